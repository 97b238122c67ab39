"""The targets and baselines of the built graph are well-formed RDF Data Cubes (data-cube.toml says which rules)."""

import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

RULES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data-cube.toml").read_text(encoding="utf-8"))
CONSTRAINTS: list[dict[str, str]] = RULES["constraint"]


def breaks(cube: ox.Store, constraint: dict[str, str]) -> bool:
    """Whether a normalized cube breaks a constraint."""
    prefixes, query = RULES["prefixes"], constraint["query"]
    if "values" not in constraint:
        return bool(cube.query(prefixes + query))
    values = [row["p"].value for row in cube.query(prefixes + constraint["values"])]
    return any(bool(cube.query(prefixes + query.replace("$p", value))) for value in values)


def normalized(cube: ox.Store) -> ox.Store:
    cube.update(RULES["prefixes"] + RULES["normalization"])
    return cube


def example(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load((RULES["prefixes"] + RULES["sound"] + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return normalized(store)


@pytest.fixture(scope="module")
def cube(built_graph: ox.Store) -> ox.Store:
    """The built graph as one, normalized."""
    store = ox.Store()
    store.extend({ox.Quad(q.subject, q.predicate, q.object) for q in built_graph})
    return normalized(store)


def test_the_constraints_are_the_21_of_the_recommendation() -> None:
    assert {one["id"].rstrip("b") for one in CONSTRAINTS} == {f"IC-{n}" for n in range(1, 22)}


def test_there_are_observations_to_check(cube: ox.Store) -> None:
    counts = cube.query(RULES["prefixes"] + "SELECT ?set (COUNT(?o) AS ?n) WHERE { ?o qb:dataSet ?set } GROUP BY ?set")
    found = {row["set"].value.rpartition("/")[2]: int(row["n"].value) for row in counts}
    assert found.keys() == {"targets", "baselines"}
    assert found["targets"] > 700 and found["baselines"] > 50


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda one: one["id"])
def test_the_built_graph_keeps_the_constraint(constraint: dict[str, str], cube: ox.Store) -> None:
    assert not breaks(cube, constraint), f"{constraint['id']}: {constraint['name']}"


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda one: one["id"])
def test_the_constraint_notices_a_cube_that_breaks_it(constraint: dict[str, str]) -> None:
    assert not breaks(example(""), constraint)
    assert breaks(example(constraint["broken"]), constraint)

"""The pitfalls of pitfalls.toml, and that docs/ontology-checks.md names them all."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RULES: dict[str, Any] = tomllib.loads((HERE / "pitfalls.toml").read_text(encoding="utf-8"))
PITFALLS: list[dict[str, str]] = RULES["pitfall"]


def found(ontology: ox.Store, pitfall: dict[str, str]) -> set[str]:
    """The terms that have a pitfall."""
    return {row["term"].value for row in ontology.query(RULES["prefixes"] + pitfall["query"])}


@pytest.fixture(scope="module")
def ontology() -> ox.Store:
    store = ox.Store()
    store.load(path=str(ROOT / "ontology" / "phancong.ttl"))
    return store


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda one: one["id"])
def test_the_ontology_has_no_pitfall(pitfall: dict[str, str], ontology: ox.Store) -> None:
    assert found(ontology, pitfall) == set(), pitfall["name"]


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda one: one["id"])
def test_the_query_finds_the_pitfall(pitfall: dict[str, str]) -> None:
    broken = ox.Store()
    broken.load((RULES["prefixes"] + pitfall["broken"]).encode(), format=ox.RdfFormat.TURTLE)
    assert found(broken, pitfall)


def test_the_document_names_each_pitfall_and_no_other() -> None:
    text = (ROOT / "docs" / "ontology-checks.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([PL]\d[\d-]*) \|", text, re.MULTILINE) == [one["id"] for one in PITFALLS]

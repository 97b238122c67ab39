"""What is left of a network at each strength, counted before it is measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.network import Node, Tie, ask, kinds, network_of, read_network, reading
from graph.network.model import edges_of
from graph.network.publishing import STRENGTHS, published
from graph.network.reading import read_strengths
from graph.network.strengths import READABLE_EDGES, Strength, readable, steps, strength_text, strengths, strengths_json
from graph.store import Store

TIES = [Tie("a", "b", f"t{n}", 1 / 3) for n in range(5)] + [Tie("b", "c", "u", 0.9), Tie("c", "d", "v", 0.9)]
SORE = "agency/quang-tri/so-khoa-hoc-va-cong-nghe"


def test_each_strength_counts_what_the_network_of_that_strength_has() -> None:
    found = strengths(edges_of(TIES, directed=False))
    assert [one.at_least for one in found] == [0.9, 1.666667]
    nodes = {name: Node(name, name, "agency") for name in "abcd"}
    for one in found:
        left = network_of(TIES, nodes, directed=False, at_least=float(strength_text(one.at_least)))
        assert (one.nodes, one.edges) == (len(left.nodes), len(left.edges))


def test_nothing_has_no_strength() -> None:
    assert strengths([]) == ()
    assert readable(()) == 0
    assert strengths_json(()) == {"strengths": [], "readable": 0}


def test_the_readable_strength_is_the_least_that_can_be_read() -> None:
    falling = [Strength(1, 900, 3000), Strength(2, 400, READABLE_EDGES), Strength(3, 4, 3)]
    assert readable(falling) == 2
    assert readable(falling[:1]) == 1, "where none can be read, the strongest edges"


def test_a_choice_offers_strengths_at_which_much_falls_away_and_the_readable_one() -> None:
    many = [Strength(n, 500, 1000 - n) for n in range(1, 990)]
    offered = steps(many)
    assert len(offered) < 30
    assert offered[0] == many[0]
    assert readable(many) in [one.at_least for one in offered]


@pytest.mark.parametrize("name", kinds())
def test_a_release_says_what_its_networks_have(built_releases: Path, plans_store: Store, name: str) -> None:
    release = built_releases / "current"
    said = json.loads(published(release, name, STRENGTHS).read_text(encoding="utf-8"))
    for one in said["strengths"]:
        at_least = strength_text(one["at_least"])
        left = read_network(plans_store, ask(plans_store, name, {"at_least": at_least}))
        assert (one["nodes"], one["edges"]) == (len(left.nodes), len(left.edges))
    ready = published(release, name, "json", strength_text(said["readable"]))
    if said["readable"] > said["strengths"][0]["at_least"]:
        plain = json.loads(ready.read_text(encoding="utf-8"))
        assert len(plain["edges"]) <= READABLE_EDGES
        whole = json.loads(published(release, name, "json").read_text(encoding="utf-8"))
        places = {node["iri"]: (node["x"], node["y"]) for node in whole["nodes"]}
        assert all(places[node["iri"]] == (node["x"], node["y"]) for node in plain["nodes"])
    else:
        assert not ready.exists(), "the whole can be read"


def test_what_is_too_large_to_be_measured_can_be_counted(plans_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_EDGES", 100)
    found = read_strengths(plans_store, ask(plans_store, "lead-coordinator", {"at_least": "1"}))
    assert found[0].edges > 100


def test_a_node_taken_out_does_not_count(plans_store: Store) -> None:
    whole, without = (
        read_strengths(plans_store, ask(plans_store, "lead-coordinator", given)) for given in ({}, {"without": SORE})
    )
    assert without[0].edges < whole[0].edges


def test_the_role_of_an_agency_narrows_to_what_it_leads_or_coordinates(plans_store: Store) -> None:
    node = f"https://w3id.org/phancong/id/{SORE}"
    given = {"agency": SORE.removeprefix("agency/")}
    both, leads, coordinates = (
        read_network(plans_store, ask(plans_store, "lead-coordinator", {**given, **role}))
        for role in ({}, {"role": "lead"}, {"role": "coordination"})
    )
    assert leads.edges and coordinates.edges
    assert {edge.source for edge in leads.edges if node in (edge.source, edge.target)} >= {node}
    items = [{item for edge in one.edges for item in edge.items} for one in (both, leads, coordinates)]
    assert items[1] | items[2] == items[0]
    assert items[1] < items[0] and items[2] < items[0]

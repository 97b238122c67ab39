"""Networks small enough to count by hand."""

from __future__ import annotations

import dataclasses
import io
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.network import (
    Answer,
    Asked,
    Network,
    NetworkMeasures,
    Node,
    NodeMeasures,
    ReleaseName,
    Removal,
    Tie,
    explanations,
    kinds,
    measure,
    network_of,
    remove,
)
from graph.network.answers import Removed
from graph.network.formats import edges_csv, nodes_csv, to_gexf, to_graphml, to_json, to_svg
from graph.network.layout import HEIGHT, WIDTH, places
from graph.network.measures import gini, hhi
from graph.network.model import without

NODES = {name: Node(name, f"Sở {name} & <b>", "agency") for name in "abcdefg"}
# a leads with b (three tasks) and c; b leads with a; d stands between c and e
TIES = [
    Tie("a", "b", "t1"),
    Tie("a", "b", "t2"),
    Tie("a", "b", "t3"),
    Tie("a", "c", "t3"),
    Tie("b", "a", "t4"),
    Tie("c", "d", "t5"),
    Tie("d", "e", "t6"),
    Tie("a", "a", "t7"),
]


def answered(network: Network, without: Removed | None = None, *, placed: bool = True) -> Answer:
    """A network as if it had been asked for."""
    asked = Asked(kinds()["lead-coordinator"], {}, {}, "SELECT …", 0, without.iri if without else None)
    found = places(network) if placed else {node.iri: (12.5, 0.1) for node in network.nodes}
    return Answer(asked, ReleaseName("r", "2026-01-01"), network, *measure(network), found, without)


@pytest.fixture(scope="module")
def network() -> Network:
    return network_of(TIES, NODES, directed=True)


def test_an_edge_counts_its_tasks_once_and_nobody_is_tied_to_himself(network: Network) -> None:
    again = network_of([*TIES, *TIES], NODES, directed=True)
    assert again == network
    assert [(e.source, e.target, e.weight) for e in network.edges] == [
        ("a", "b", 3),
        ("a", "c", 1),
        ("b", "a", 1),
        ("c", "d", 1),
        ("d", "e", 1),
    ]
    assert [node.iri for node in network.nodes] == ["a", "b", "c", "d", "e"]


def test_weak_edges_can_be_left_out(network: Network) -> None:
    strong = network_of(TIES, NODES, directed=True, at_least=2)
    assert [(e.source, e.target) for e in strong.edges] == [("a", "b")]
    assert [node.iri for node in strong.nodes] == ["a", "b"]


def test_without_direction_the_two_ways_are_one_edge() -> None:
    (edge,) = network_of([Tie("b", "a", "t1"), Tie("a", "b", "t2")], NODES, directed=False).edges
    assert (edge.source, edge.target, edge.items) == ("a", "b", ("t1", "t2"))


def test_measures_counted_by_hand(network: Network) -> None:
    whole, nodes = measure(network)
    assert (whole.nodes, whole.edges, whole.items, whole.parts) == (5, 5, 6, 1)
    assert whole.density == 5 / 20
    assert whole.reciprocity == 2 / 5
    assert (nodes["a"].out_strength, nodes["a"].in_strength, nodes["a"].neighbours) == (4, 1, 2)
    assert nodes["d"].broker and nodes["c"].broker and not nodes["e"].broker
    assert nodes["c"].betweenness == round(4 / 6, 6), "of the six pairs of others, four meet through c"
    assert sum(found.pagerank for found in nodes.values()) == pytest.approx(1, abs=1e-5)
    assert nodes["a"].community == nodes["b"].community != nodes["e"].community
    assert whole.hhi == round((16 + 1 + 1 + 1) / 49, 6)


def test_two_triangles_and_a_bridge_worked_out_by_hand() -> None:
    ends = ("ab", "bc", "ac", "de", "ef", "df", "cd")
    whole, nodes = measure(network_of([Tie(a, b, a + b) for a, b in ends], NODES, directed=False))
    assert whole.communities == 2
    assert whole.modularity == round(2 * (3 / 7 - (7 / 14) ** 2), 6), "3 of 7 edges inside, 7 of 14 ends, each"
    assert [iri for iri, found in nodes.items() if found.broker] == ["c", "d"]
    assert nodes["c"].betweenness == 6 / 10, "of the ten pairs of others, a and b meet d, e and f through c"
    assert (nodes["c"].out_strength, nodes["c"].in_strength, whole.reciprocity) == (3, 3, None)
    assert whole.gini == round(gini([2, 2, 2, 2, 3, 3]), 6) == round(2 / 21, 6)


def test_a_strong_edge_is_short_whatever_its_direction() -> None:
    """From a to c it is 1/4 + 1/4 through b, and 1 directly."""
    ties = [
        Tie("a", "c", "t0"),
        *(Tie("a", "b", f"t{n}") for n in range(4)),
        *(Tie("c", "b", f"u{n}") for n in range(4)),
    ]
    _, nodes = measure(network_of(ties, NODES, directed=True))
    assert nodes["b"].betweenness == 1


def test_pagerank_worked_out_by_hand() -> None:
    """a gets 0.15/2 and half of what b, which leads nowhere, passes on: a = 0.075 + 0.425 b, and a + b = 1."""
    _, nodes = measure(network_of([Tie("a", "b", "t")], NODES, directed=True))
    assert nodes["a"].pagerank == pytest.approx(0.5 / 1.425, abs=1e-5)
    _, turns = measure(network_of([Tie("a", "b", "t"), Tie("b", "a", "u")], NODES, directed=True))
    assert turns["a"].pagerank == turns["b"].pagerank == 0.5


def test_measures_are_those_of_networkx_on_a_graph_that_is_known() -> None:
    known = nx.karate_club_graph()
    labels = {n: Node(f"n{n:02}", "x", "agency") for n in known}
    ties = [
        Tie(labels[a].iri, labels[b].iri, f"{a}-{b}-{k}") for a, b, w in known.edges(data="weight") for k in range(w)
    ]
    whole, nodes = measure(network_of(ties, {node.iri: node for node in labels.values()}, directed=False))
    assert (whole.nodes, whole.edges, whole.items) == (34, 78, 231)
    for _, _, edge in known.edges(data=True):
        edge["distance"] = 1 / edge["weight"]
    betweenness, pagerank = nx.betweenness_centrality(known, weight="distance"), nx.pagerank(known)
    for n, node in labels.items():
        assert nodes[node.iri].betweenness == pytest.approx(betweenness[n], abs=1e-6)
        assert nodes[node.iri].pagerank == pytest.approx(pagerank[n], abs=1e-5)
        assert nodes[node.iri].out_strength == known.degree(n, weight="weight")
    assert measure(network_of(ties, {node.iri: node for node in labels.values()}, directed=False)) == (whole, nodes)


def test_concentration() -> None:
    assert gini([5, 5, 5]) == pytest.approx(0)
    assert gini([1, 1, 8]) == pytest.approx(14 / 30)
    assert hhi([5, 5]) == 0.5
    assert (gini([]), hhi([])) == (0.0, 0.0)


def test_what_changes_without_a_node(network: Network) -> None:
    assert remove(network, "c") == Removal(items_lost=1, edges_lost=2, parts_gained=1, cut_off=())
    assert remove(network, "d").cut_off == ("e",)
    with pytest.raises(KeyError):
        remove(network, "nobody")


def test_an_empty_network_can_be_measured_and_written() -> None:
    empty = network_of([], {}, directed=True)
    whole, _ = measure(empty)
    assert (whole.nodes, whole.edges, whole.parts, whole.reciprocity) == (0, 0, 0, None)
    assert to_json(answered(empty))["edges"] == []
    assert nx.read_graphml(io.BytesIO(to_graphml(answered(empty)).encode())).number_of_nodes() == 0
    ElementTree.fromstring(to_svg(answered(empty)))


ends = st.sampled_from("abcdefg")
ties = st.lists(st.builds(Tie, ends, ends, st.sampled_from(["t1", "t2", "t3"]), st.just(1)))


@given(ties, st.booleans())
def test_what_is_written_is_read_again(found: list[Tie], directed: bool) -> None:
    network = network_of(found, NODES, directed=directed)
    answer = answered(network, placed=False)
    plain = to_json(answer)
    for written, read in ((to_graphml(answer), nx.read_graphml), (to_gexf(answer), nx.read_gexf)):
        assert same_as_json(read(io.BytesIO(written.encode())), plain)


def same_as_json(graph: nx.Graph, plain: dict[str, Any]) -> bool:
    """Whether a graph that was read has the nodes and edges of the JSON, with all that is said of them."""
    nodes = [
        {"iri": iri, **{k: v for k, v in data.items() if k not in ("id", "viz")}}
        for iri, data in graph.nodes(data=True)
    ]
    directed = plain["network"]["directed"]
    edges = {
        (one, other) if directed else (min(one, other), max(one, other)): (data["weight"], data["items"].split(" "))
        for one, other, data in graph.edges(data=True)
    }
    same_edges = edges == {(e["source"], e["target"]): (e["weight"], e["items"]) for e in plain["edges"]}
    return nodes == plain["nodes"] and same_edges and (graph.is_directed() == directed or not nodes)


@given(ties)
def test_measures_lie_within_their_bounds(found: list[Tie]) -> None:
    network = network_of(found, NODES, directed=True)
    whole, nodes = measure(network)
    for one in nodes.values():
        assert 0 <= one.betweenness <= 1 and 0 <= one.pagerank <= 1 and 1 <= one.community <= whole.communities
    assert 0 <= whole.gini < 1 and 0 <= whole.hhi <= 1 and 0 <= whole.density <= 1
    parts = [remove(network, node.iri).parts_gained > 0 for node in network.nodes]
    assert parts == [nodes[node.iri].broker for node in network.nodes], "a broker is who holds parts together"


def test_tables_and_picture(network: Network) -> None:
    answer = answered(network)
    assert nodes_csv(answer).splitlines()[0] == (
        "id,label,kind,area,area_label,type,type_label,x,y,out_strength,in_strength,neighbours,betweenness,pagerank,community,broker"
    )
    assert edges_csv(answer).splitlines()[1] == "a,Sở a & <b>,b,Sở b & <b>,3,t1 t2 t3"
    picture = to_svg(answer)
    assert picture == to_svg(answered(network))
    root = ElementTree.fromstring(picture)
    assert len(root.findall(".//{*}circle")) == 5
    assert len(root.findall(".//{*}line")) == 5


def test_every_node_has_its_place_and_keeps_it(network: Network) -> None:
    found = places(network)
    assert found.keys() == {node.iri for node in network.nodes}
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in found.values())
    assert len(set(found.values())) == len(found), "no two in one place"
    assert places(without(network, "e"), found) == {iri: place for iri, place in found.items() if iri != "e"}
    apart = network_of([Tie("a", "b", "t"), Tie("c", "d", "t")], NODES, directed=True)
    assert len(set(places(apart).values())) == 4


def test_taking_a_node_out_says_what_changes(network: Network) -> None:
    before, _ = measure(network)
    change = Removed("d", "Sở d", remove(network, "d"), before)
    said = to_json(answered(without(network, "d"), change))
    assert said["filters"] == {"without": "d"}
    assert said["removal"] == {
        "iri": "d",
        "label": "Sở d",
        "items_lost": 2,
        "edges_lost": 2,
        "parts_gained": 1,
        "cut_off": ("e",),
        "before": {**said["removal"]["before"], "nodes": 5, "edges": 5},
    }
    assert [node["iri"] for node in said["nodes"]] == ["a", "b", "c"], "who has no edge left is no node"


def test_every_measure_is_explained_in_both_languages() -> None:
    for kind, measures in (("node", NodeMeasures), ("network", NetworkMeasures), ("removal", Removal)):
        assert list(explanations()[kind]) == [field.name for field in dataclasses.fields(measures)]
        for said in explanations()[kind].values():
            assert said["label"].keys() == said["says"].keys() == {"vi", "en"}
            assert all(text.endswith(".") for text in said["says"].values())

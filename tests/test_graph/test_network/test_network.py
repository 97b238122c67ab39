"""Networks small enough to count by hand."""

from __future__ import annotations

import dataclasses
import io
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.network import (
    Network,
    NetworkMeasures,
    Node,
    NodeMeasures,
    Removal,
    explanations,
    measure,
    network_of,
    remove,
)
from graph.network.formats import edges_csv, nodes_csv, to_gexf, to_graphml, to_json, to_svg
from graph.network.measures import gini, hhi

NODES = {name: Node(name, f"Sở {name} & <b>", "agency") for name in "abcdefg"}
# a leads with b (three tasks) and c; b leads with a; d stands between c and e
TIES = [
    ("a", "b", "t1"),
    ("a", "b", "t2"),
    ("a", "b", "t3"),
    ("a", "c", "t3"),
    ("b", "a", "t4"),
    ("c", "d", "t5"),
    ("d", "e", "t6"),
    ("a", "a", "t7"),
]


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
    (edge,) = network_of([("b", "a", "t1"), ("a", "b", "t2")], NODES, directed=False).edges
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
    whole, nodes = measure(empty)
    assert (whole.nodes, whole.edges, whole.parts, whole.reciprocity) == (0, 0, 0, None)
    assert to_json(empty, whole, nodes)["edges"] == []
    assert nx.read_graphml(io.BytesIO(to_graphml(empty, nodes).encode())).number_of_nodes() == 0
    ElementTree.fromstring(to_svg(empty, nodes, "", str))


ties = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg"), st.sampled_from(["t1", "t2", "t3"])))


@given(ties, st.booleans())
def test_what_is_written_is_read_again(found: list[tuple[str, str, str]], directed: bool) -> None:
    network = network_of(found, NODES, directed=directed)
    whole, nodes = measure(network)
    plain = to_json(network, whole, nodes)
    for written, read in ((to_graphml(network, nodes), nx.read_graphml), (to_gexf(network, nodes), nx.read_gexf)):
        graph = read(io.BytesIO(written.encode()))
        assert graph.is_directed() == directed or not network.nodes
        assert [
            {"id": iri, **{k: v for k, v in data.items() if k != "id"}} for iri, data in graph.nodes(data=True)
        ] == plain["nodes"]
        edges = {
            (one, other) if directed else (min(one, other), max(one, other)): (data["weight"], data["items"].split(" "))
            for one, other, data in graph.edges(data=True)
        }
        assert edges == {(e["source"], e["target"]): (e["weight"], e["items"]) for e in plain["edges"]}


@given(ties)
def test_measures_lie_within_their_bounds(found: list[tuple[str, str, str]]) -> None:
    network = network_of(found, NODES, directed=True)
    whole, nodes = measure(network)
    for one in nodes.values():
        assert 0 <= one.betweenness <= 1 and 0 <= one.pagerank <= 1 and 1 <= one.community <= whole.communities
    assert 0 <= whole.gini < 1 and 0 <= whole.hhi <= 1 and 0 <= whole.density <= 1
    parts = [remove(network, node.iri).parts_gained > 0 for node in network.nodes]
    assert parts == [nodes[node.iri].broker for node in network.nodes], "a broker is who holds parts together"


def test_tables_and_picture(network: Network) -> None:
    _, nodes = measure(network)
    assert nodes_csv(network, nodes).splitlines()[0].startswith("id,label,kind,out_strength")
    assert edges_csv(network).splitlines()[1] == "a,Sở a & <b>,b,Sở b & <b>,3,t1 t2 t3"
    picture = to_svg(network, nodes, "Ai chủ trì & ai phối hợp", lambda iri: f"/id/{iri}?x=1&y=2")
    assert picture == to_svg(network, nodes, "Ai chủ trì & ai phối hợp", lambda iri: f"/id/{iri}?x=1&y=2")
    root = ElementTree.fromstring(picture)
    assert len(root.findall(".//{*}circle")) == 5
    assert len(root.findall(".//{*}line")) == 5


def test_every_measure_is_explained_in_both_languages() -> None:
    for kind, measures in (("node", NodeMeasures), ("network", NetworkMeasures), ("removal", Removal)):
        assert list(explanations()[kind]) == [field.name for field in dataclasses.fields(measures)]
        for said in explanations()[kind].values():
            assert said["label"].keys() == said["says"].keys() == {"vi", "en"}
            assert all(text.endswith(".") for text in said["says"].values())

"""What can be measured on a network, of each node and of the whole. measures.toml says in words what each says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from graph.network.model import Network, to_networkx

_EXPLANATIONS = Path(__file__).with_name("measures.toml")
_SEED = 57  # the Louvain method and the layout begin with chance; a fixed one gives the same answer each time


@dataclass(frozen=True, slots=True)
class NodeMeasures:
    """The measures of a node. ``community`` counts from 1, the largest first; shares lie between 0 and 1.

    Strengths are whole numbers where edges count things.
    """

    out_strength: float
    in_strength: float
    neighbours: int
    betweenness: float
    pagerank: float
    community: int
    broker: bool


@dataclass(frozen=True, slots=True)
class NetworkMeasures:
    """The measures of a network. ``reciprocity`` is None where edges have no direction."""

    nodes: int
    edges: int
    items: int
    density: float
    reciprocity: float | None
    parts: int
    communities: int
    modularity: float
    gini: float
    hhi: float


@dataclass(frozen=True, slots=True)
class Removal:
    """What changes when a node is taken out; ``cut_off`` are the IRIs of the nodes that have no edge left."""

    items_lost: int
    edges_lost: int
    parts_gained: int
    cut_off: tuple[str, ...]


def explanations() -> Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]:
    """What each measure is called and says: ``[node | network | removal][name][label | says][vi | en]``."""
    return tomllib.loads(_EXPLANATIONS.read_text(encoding="utf-8"))


def measure(network: Network) -> tuple[NetworkMeasures, dict[str, NodeMeasures]]:
    """The measures of a network, and of its nodes by IRI; shares are rounded to six places."""
    graph = to_networkx(network)
    plain = graph.to_undirected() if network.directed else graph
    if network.directed:  # the two directions of a pair carry tasks of their own
        for one, other in plain.edges:
            plain[one][other]["weight"] = sum(
                graph[a][b]["weight"] for a, b in ((one, other), (other, one)) if graph.has_edge(a, b)
            )
    for _, _, edge in plain.edges(data=True):
        edge["distance"] = 1 / edge["weight"]
    communities = _communities(plain)
    community_of = {iri: n for n, members in enumerate(communities, 1) for iri in members}
    betweenness = nx.betweenness_centrality(plain, weight="distance")
    pagerank = nx.pagerank(graph, weight="weight") if graph else {}
    brokers = set(nx.articulation_points(plain))
    outgoing = dict(graph.out_degree(weight="weight") if network.directed else graph.degree(weight="weight"))
    incoming = dict(graph.in_degree(weight="weight") if network.directed else graph.degree(weight="weight"))
    of_nodes = {
        node.iri: NodeMeasures(
            out_strength=round(outgoing[node.iri], 6),
            in_strength=round(incoming[node.iri], 6),
            neighbours=plain.degree(node.iri),
            betweenness=round(betweenness[node.iri], 6),
            pagerank=round(pagerank[node.iri], 6),
            community=community_of[node.iri],
            broker=node.iri in brokers,
        )
        for node in network.nodes
    }
    led = sorted(strength for strength in outgoing.values() if strength)
    whole = NetworkMeasures(
        nodes=len(network.nodes),
        edges=len(network.edges),
        items=len({item for edge in network.edges for item in edge.items}),
        density=round(nx.density(graph), 6),
        reciprocity=round(nx.overall_reciprocity(graph), 6) if network.directed and network.edges else None,
        parts=nx.number_connected_components(plain),
        communities=len(communities),
        modularity=round(nx.community.modularity(plain, communities), 6) if network.edges else 0.0,
        gini=round(gini(led), 6),
        hhi=round(hhi(led), 6),
    )
    return whole, of_nodes


def remove(network: Network, iri: str) -> Removal:
    """What changes when a node is taken out. Raises :class:`KeyError` where the network does not have it."""
    if iri not in {node.iri for node in network.nodes}:
        raise KeyError(iri)
    graph = to_networkx(network)
    plain = graph.to_undirected() if network.directed else graph
    parts = nx.number_connected_components(plain)
    lost = [edge for edge in network.edges if iri in (edge.source, edge.target)]
    kept = {item for edge in network.edges if edge not in lost for item in edge.items}
    left = plain.copy()
    left.remove_node(iri)
    return Removal(
        items_lost=len({item for edge in lost for item in edge.items} - kept),
        edges_lost=len(lost),
        parts_gained=(nx.number_connected_components(left) if left else 0) - parts,
        cut_off=tuple(sorted(nx.isolates(left))),
    )


def gini(values: Sequence[float]) -> float:
    """How unevenly values above 0, in ascending order, are spread: 0 evenly, near 1 all at one (Gini 1912)."""
    total = sum(values)
    if not total:
        return 0.0
    ranked = sum(rank * value for rank, value in enumerate(values, 1))
    return 2 * ranked / (len(values) * total) - (len(values) + 1) / len(values)


def hhi(values: Sequence[float]) -> float:
    """The sum of squared shares, from 1/n to 1 (Herfindahl–Hirschman index); 0 for no values."""
    total = sum(values)
    return sum((value / total) ** 2 for value in values) if total else 0.0


def _communities(plain: nx.Graph) -> list[set[str]]:
    """The communities, the largest first and of two as large the one with the smallest IRI."""
    if not plain.number_of_edges():
        return [{iri} for iri in sorted(plain)]
    found = nx.community.louvain_communities(plain, weight="weight", seed=_SEED)
    return sorted(found, key=lambda members: (-len(members), min(members)))

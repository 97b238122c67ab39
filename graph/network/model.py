"""What a network is: nodes, and edges that each name the tasks (citations, links) they are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """An agency, a group of agencies, a topic, a document or a task: its IRI, its label and what kind of these it is.

    ``area`` and ``type`` (of an agency or a document; of a task its document) are IRIs with their labels; "" for none.
    """

    iri: str
    label: str
    kind: str
    area: str = ""
    area_label: str = ""
    type: str = ""
    type_label: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """One thing (a task, a citation, a link) that ties a source to a target (IRIs), and how strongly."""

    source: str
    target: str
    item: str
    weight: float = 1


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A tie from one node to another (IRIs), the IRIs of the things that make it, in order, each once, and their weight
    together: how many they are, where each weighs the same."""

    source: str
    target: str
    items: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges in the order of their IRIs. In an undirected network each edge goes from the smaller IRI to the
    greater."""

    directed: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network_of(ties: Iterable[Tie], nodes: Mapping[str, Node], *, directed: bool, at_least: float = 0) -> Network:
    """The network that ties make; a node tied to itself is left out.

    ``at_least``: weaker edges are left out, and nodes that no edge is left of. Raises :class:`KeyError` for a tie whose
    end is not among the nodes.
    """
    edges = tuple(edge for edge in edges_of(ties, directed=directed) if edge.weight >= at_least)
    tied = {end for edge in edges for end in (edge.source, edge.target)}
    return Network(directed, tuple(sorted(nodes[iri] for iri in tied)), edges)


def edges_of(ties: Iterable[Tie], *, directed: bool) -> list[Edge]:
    """The edges that ties make, in order."""
    items: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for tie in ties:
        if tie.source != tie.target:
            ends = (tie.source, tie.target) if directed else ends_of(tie.source, tie.target)
            items[ends][tie.item] = tie.weight
    return sorted(
        Edge(source, target, tuple(sorted(found)), round(sum(found.values()), 6))
        for (source, target), found in items.items()
    )


def ends_of(one: str, other: str) -> tuple[str, str]:
    """The two ends of an undirected edge in their order."""
    return min(one, other), max(one, other)


def without(network: Network, iri: str) -> Network:
    """The network with a node taken out, its edges and the nodes that have no other."""
    edges = tuple(edge for edge in network.edges if iri not in (edge.source, edge.target))
    tied = {end for edge in edges for end in (edge.source, edge.target)}
    return Network(network.directed, tuple(node for node in network.nodes if node.iri in tied), edges)


def to_networkx(network: Network) -> nx.Graph:
    """The same for networkx, nodes by IRI with what is known of them, edges with ``weight`` and ``items``.

    ``items`` is one text, the IRIs with a space between, since GraphML and GEXF have no lists.
    """
    graph: nx.Graph = nx.DiGraph() if network.directed else nx.Graph()
    for node in network.nodes:
        graph.add_node(node.iri, **about(node))
    for edge in network.edges:
        graph.add_edge(edge.source, edge.target, weight=edge.weight, items=" ".join(edge.items))
    return graph


def about(node: Node) -> dict[str, str]:
    """What is known of a node beside its IRI; what it does not have is left out."""
    fields = ("label", "kind", "area", "area_label", "type", "type_label")
    return {name: getattr(node, name) for name in fields if getattr(node, name)}

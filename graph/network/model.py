"""What a network is: nodes, and edges that each name the tasks (or citations) they are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """An agency, a group of agencies, a topic, a document or a task: its IRI, its label and what kind of these it
    is."""

    iri: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A tie from one node to another (IRIs) and the IRIs of the things that make it, in order, each once."""

    source: str
    target: str
    items: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How many things make the tie."""
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges in the order of their IRIs. In an undirected network each edge goes from the smaller IRI to the
    greater."""

    directed: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network_of(
    ties: Iterable[tuple[str, str, str]], nodes: Mapping[str, Node], *, directed: bool, at_least: int = 1
) -> Network:
    """The network that ties (source, target, item: IRIs) make; a node tied to itself is left out.

    ``at_least``: weaker edges are left out, and nodes that no edge is left of. Raises :class:`KeyError` for a tie whose
    end is not among the nodes.
    """
    items: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source, target, item in ties:
        if source != target:
            items[(source, target) if directed else (min(source, target), max(source, target))].add(item)
    strong = {ends: found for ends, found in items.items() if len(found) >= at_least}
    edges = tuple(sorted(Edge(source, target, tuple(sorted(found))) for (source, target), found in strong.items()))
    tied = {end for edge in edges for end in (edge.source, edge.target)}
    return Network(directed, tuple(sorted(nodes[iri] for iri in tied)), edges)


def to_networkx(network: Network) -> nx.Graph:
    """The same for networkx, nodes by IRI with ``label`` and ``kind``, edges with ``weight`` and ``items``.

    ``items`` is one text, the IRIs with a space between, since GraphML and GEXF have no lists.
    """
    graph: nx.Graph = nx.DiGraph() if network.directed else nx.Graph()
    for node in network.nodes:
        graph.add_node(node.iri, label=node.label, kind=node.kind)
    for edge in network.edges:
        graph.add_edge(edge.source, edge.target, weight=edge.weight, items=" ".join(edge.items))
    return graph

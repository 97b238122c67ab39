"""Responsibility networks: who leads with whom beside them, who works on what, which document cites which, which tasks
say the same.

`reading` asks a release, `model` is a network, `measures` and `layout` add to it, `answers` holds all of it together,
`formats` writes it, `publishing` does so for a whole release.
"""

from graph.network.answers import Answer, ReleaseName, answer
from graph.network.measures import NetworkMeasures, NodeMeasures, Removal, explanations, measure, remove
from graph.network.model import Edge, Network, Node, Tie, network_of, to_networkx
from graph.network.reading import (
    Asked,
    NetworkSizeError,
    UnknownEdgeError,
    ask,
    kinds,
    node_iri,
    parameters,
    read_edge,
    read_network,
)

__all__ = [
    "Answer",
    "Asked",
    "Edge",
    "Network",
    "NetworkMeasures",
    "NetworkSizeError",
    "Node",
    "NodeMeasures",
    "ReleaseName",
    "Removal",
    "Tie",
    "UnknownEdgeError",
    "answer",
    "ask",
    "explanations",
    "kinds",
    "measure",
    "network_of",
    "node_iri",
    "parameters",
    "read_edge",
    "read_network",
    "remove",
    "to_networkx",
]

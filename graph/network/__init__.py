"""Responsibility networks: who leads with whom beside them, who leads on what, which document follows which."""

from graph.network.measures import NetworkMeasures, NodeMeasures, Removal, explanations, measure, remove
from graph.network.model import Edge, Network, Node, network_of, to_networkx
from graph.network.reading import read_network

__all__ = [
    "Edge",
    "Network",
    "NetworkMeasures",
    "Node",
    "NodeMeasures",
    "Removal",
    "explanations",
    "measure",
    "network_of",
    "read_network",
    "remove",
    "to_networkx",
]

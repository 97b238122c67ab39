"""Where the nodes of a network stand in a picture: the same network stands the same way each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import networkx as nx

from graph.network.model import Network, to_networkx

WIDTH, HEIGHT = 1600, 1000
"""The measures of the picture, in its own units: a screen is wider than tall. x grows to the right, y downwards."""

_MARGIN = 50
_GAP = 0.6  # between two parts, as a share of the side of a square that holds one node
_ROUNDS = 150
_SEED = 57  # the model begins with chance

Place = tuple[float, float]


def places(network: Network, known: Mapping[str, Place] | None = None) -> dict[str, Place]:
    """The place of each node by IRI (ForceAtlas2: Jacomy et al. 2014); parts without an edge between them stand side
    by side, the largest first.

    Where the places of all nodes are known they keep them, so that a part of a network is found where it stands in the
    whole.
    """
    if known and all(node.iri in known for node in network.nodes):
        return {node.iri: known[node.iri] for node in network.nodes}
    graph = to_networkx(network).to_undirected()
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    corners, width, height = _rows([sqrt(len(part)) for part in parts])
    across, down = (WIDTH - 2 * _MARGIN) / max(width, 1), (HEIGHT - 2 * _MARGIN) / max(height, 1)
    found = {}
    for part, (left, top) in zip(parts, corners, strict=True):
        side = sqrt(len(part))
        for iri, (x, y) in _square(graph.subgraph(sorted(part))).items():
            found[iri] = (
                round(_MARGIN + across * (left + side * x), 1),
                round(_MARGIN + down * (top + side * y), 1),
            )
    return {node.iri: found[node.iri] for node in network.nodes}


def _square(part: nx.Graph) -> dict[str, Place]:
    """The places of a connected part in the square from 0 to 1."""
    ordered = nx.Graph()  # a subgraph has its nodes in an order of its own
    ordered.add_nodes_from(sorted(part))
    ordered.add_edges_from(sorted(part.edges))
    found = nx.forceatlas2_layout(ordered, max_iter=_ROUNDS, scaling_ratio=8.0, seed=_SEED)
    across, down = ([float(place[axis]) for place in found.values()] for axis in (0, 1))
    return {iri: (_share(x, across), _share(y, down)) for iri, x, y in zip(found, across, down, strict=True)}


def _share(value: float, values: Sequence[float]) -> float:
    low, high = min(values), max(values)
    return (value - low) / (high - low) if high > low else 0.5


def _rows(sides: Sequence[float]) -> tuple[list[Place], float, float]:
    """Put squares, the largest first, into rows of about the width that gives the whole the measures of the picture;
    their corners at the left and top, and the width and height of the whole."""
    gap = _GAP + 0.05 * max(sides, default=0)
    most = max(sqrt(sum((side + gap) ** 2 for side in sides) * WIDTH / HEIGHT) * 1.15, max(sides, default=0))
    corners: list[Place] = []
    left = top = tallest = width = 0.0
    for side in sides:
        if left and left + side > most:
            left, top, tallest = 0.0, top + tallest + gap, 0.0
        corners.append((left, top))
        width, tallest = max(width, left + side), max(tallest, side)
        left += side + gap
    return corners, width, top + tallest

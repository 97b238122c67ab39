"""How much of a network is left at each strength: what can be said of it before it is measured and drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graph.network.model import Edge

READABLE_EDGES = 200
"""More edges in one picture are no longer told apart."""

_FALL = 0.8  # of two strengths next to each other in a list the greater leaves at most this share of the edges


@dataclass(frozen=True, slots=True)
class Strength:
    """How many nodes and edges are left where weaker edges than `at_least` are left out."""

    at_least: float
    nodes: int
    edges: int


def strengths(edges: Iterable[Edge]) -> tuple[Strength, ...]:
    """What is left at each strength that an edge has, the least first: that is the whole network."""
    ordered = sorted(edges, key=lambda edge: -edge.weight)
    ends: set[str] = set()
    nodes = []  # by how many of the strongest edges there are
    for edge in ordered:
        ends |= {edge.source, edge.target}
        nodes.append(len(ends))
    falling = [-edge.weight for edge in ordered]
    found = []
    for weight in sorted(set(falling), reverse=True):
        left = bisect_left(falling, weight + 1e-9)
        found.append(Strength(-weight, nodes[left - 1], left))
    return tuple(found)


def readable(found: Sequence[Strength]) -> float:
    """The least strength that leaves a network that can be read; the greatest where none does, 0 where nothing is."""
    return next((one.at_least for one in found if one.edges <= READABLE_EDGES), found[-1].at_least if found else 0)


def steps(found: Sequence[Strength]) -> tuple[Strength, ...]:
    """The strengths worth a choice: the least, the readable one, and those at which many edges fall away."""
    chosen: list[Strength] = []
    for one in found:
        if not chosen or one.edges <= _FALL * chosen[-1].edges or one.at_least == readable(found):
            chosen.append(one)
    return tuple(chosen)


def strength_text(at_least: float) -> str:
    """A strength as the parameter ``at_least`` takes it, exactly: weights have at most six places."""
    return f"{at_least:.6f}".rstrip("0").rstrip(".")


def strengths_json(found: Sequence[Strength]) -> Mapping[str, Any]:
    """Plain values: ``strengths`` worth a choice with what each leaves, and ``readable``, the one pages begin with."""
    return {"strengths": [asdict(one) for one in steps(found)], "readable": readable(found)}

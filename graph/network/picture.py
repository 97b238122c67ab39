"""A network as a picture: where its marks stand and how large they are. Files and pages draw it in their colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

LETTERS = 14
"""The size of a label, in the units of the layout."""

_LABELLED = 30  # nodes that may have their label beside them, the strongest first; every node has it as a tooltip
_LONGEST_LABEL = 34  # characters
_LETTER = 0.55  # how wide a letter is, of its size
_LEAST, _MOST = 4.0, 22.0  # radius
_WIDE = 10  # the weight from which an edge may be as wide as edges get


@dataclass(frozen=True, slots=True)
class Circle:
    """A node; `above` is the line on which its label stands, `labelled` whether there is room for it."""

    iri: str
    label: str
    short: str
    x: float
    y: float
    radius: float
    above: float
    community: int
    strength: float
    labelled: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An edge."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines below, circles above."""

    lines: tuple[Line, ...]
    circles: tuple[Circle, ...]


def picture(nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]]) -> Picture:
    """Draw the nodes and edges of a network's JSON: nodes as large as they are strong, edges as wide as they are.

    A label that would lie on one of a stronger node is left out.
    """
    place = {node["iri"]: (node["x"], node["y"]) for node in nodes}
    strongest = max((edge["weight"] for edge in edges), default=1)
    lines = tuple(
        Line(*place[edge["source"]], *place[edge["target"]], round(0.7 + 5 * edge["weight"] / max(strongest, _WIDE), 2))
        for edge in edges
    )
    strength = {node["iri"]: node["out_strength"] + node["in_strength"] for node in nodes}
    most = max(strength.values(), default=1)
    radius = {iri: round(_LEAST + (_MOST - _LEAST) * sqrt(one / most), 1) for iri, one in strength.items()}
    ordered = sorted(nodes, key=lambda node: (-strength[node["iri"]], node["iri"]))
    labelled = _labelled(ordered, radius)
    return Picture(
        lines,
        tuple(
            Circle(
                iri=node["iri"],
                label=node["label"],
                short=_short(node["label"]),
                x=node["x"],
                y=node["y"],
                radius=radius[node["iri"]],
                above=_above(node, radius),
                community=node["community"],
                strength=strength[node["iri"]],
                labelled=node["iri"] in labelled,
            )
            for node in ordered
        ),
    )


def _labelled(ordered: Sequence[Mapping[str, Any]], radius: Mapping[str, float]) -> set[str]:
    """The nodes whose label has room, given to the strongest first."""
    boxes: dict[str, tuple[float, float, float, float]] = {}
    for node in ordered:
        half = len(_short(node["label"])) * LETTERS * _LETTER / 2
        bottom = _above(node, radius)
        box = (node["x"] - half, bottom - LETTERS, node["x"] + half, bottom + 4)
        if len(boxes) < _LABELLED and not any(_meet(box, other) for other in boxes.values()):
            boxes[node["iri"]] = box
    return set(boxes)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _above(node: Mapping[str, Any], radius: Mapping[str, float]) -> float:
    return float(round(node["y"] - radius[node["iri"]] - 4, 1))


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"

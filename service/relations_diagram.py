"""A diagram of a document among those it has relations with, laid out here and drawn as SVG by the template.

What points at the document stands on its left, what it points at on its right; the list beside it has the same and
more. Measures are user units of SVG, one a CSS pixel at full size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

_WIDTH, _HEIGHT, _GAP, _WIRE, _MARGIN = 244, 44, 16, 150, 4  # of a box, between boxes, between columns, around
_LEVEL = 76  # of the space between columns, as far as a word needs it
_INTO = 18  # of it, where what comes in is one line with one point
_MOST = 8  # boxes on a side
_CHARACTERS = 27  # of the name in a box


@dataclass(frozen=True, slots=True)
class Related:
    """A document with a relation: the word for this, the document's IRI and name, its area and date."""

    relation: str
    iri: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A document; `iri` is "" for the one in the middle and for a box that stands for those left out."""

    x: float
    y: float
    width: float
    height: float
    name: str
    note: str
    iri: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """A relation, along points from the document that has it to the other; level where its word stands (`at`)."""

    points: tuple[tuple[float, float], ...]
    text: str
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class RelationsDiagram:
    """A drawing and its size."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def relations_diagram(
    name: str, note: str, incoming: Sequence[Related], outgoing: Sequence[Related], more: str
) -> RelationsDiagram | None:
    """Lay out a document and its relations, None where it has none; `more` is the text for those that are left out,
    with a place for their number."""
    if not incoming and not outgoing:
        return None
    left, right = _fitting(incoming, more), _fitting(outgoing, more)
    rows = max(len(left), len(right), 1)
    height = 2 * _MARGIN + rows * (_HEIGHT + _GAP) - _GAP
    middle_x = _MARGIN + (_WIDTH + _WIRE if left else 0)
    middle_y = (height - _HEIGHT) / 2
    boxes = [Box(middle_x, middle_y, _WIDTH, _HEIGHT, _short(name), note, "", main=True)]
    arrows: list[Arrow] = []
    for y, one in _column(left, height):
        boxes.append(Box(_MARGIN, y, _WIDTH, _HEIGHT, _short(one.name), one.note, one.iri))
        edge, level = _MARGIN + _WIDTH, y + _HEIGHT / 2
        points = ((edge, level), (edge + _LEVEL, level), (middle_x - _INTO, height / 2), (middle_x, height / 2))
        arrows.append(Arrow(points, one.relation, (edge + 6, level - 5)))
    right_x = middle_x + _WIDTH + _WIRE
    for y, one in _column(right, height):
        boxes.append(Box(right_x, y, _WIDTH, _HEIGHT, _short(one.name), one.note, one.iri))
        level = y + _HEIGHT / 2
        out = ((middle_x + _WIDTH, height / 2), (right_x - _LEVEL, level), (right_x, level))
        arrows.append(Arrow(out, one.relation, (right_x - _LEVEL + 2, level - 5)))
    width = (right_x + _WIDTH if right else middle_x + _WIDTH) + _MARGIN
    return RelationsDiagram(width, height, tuple(boxes), tuple(arrows))


def _fitting(related: Sequence[Related], more: str) -> list[Related]:
    """Return what has room; the last box says how many more there are."""
    if len(related) <= _MOST:
        return list(related)
    return [*related[: _MOST - 1], Related("", "", more % (len(related) - _MOST + 1))]


def _column(related: Sequence[Related], height: float) -> list[tuple[float, Related]]:
    top = (height - len(related) * (_HEIGHT + _GAP) + _GAP) / 2
    return [(top + n * (_HEIGHT + _GAP), one) for n, one in enumerate(related)]


def _short(name: str) -> str:
    return shorten(name, _CHARACTERS, placeholder="…")

"""Diagrams of the ontology's classes, laid out here and drawn as SVG by the template; nothing is fetched or run.

All measures are user units of SVG, one a CSS pixel at full size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.namespaces import PC
from graph.ontology import Ontology, Term
from service.pages import in_language

_HEIGHT, _GAP, _MARGIN = 30, 14, 8  # of a box, between boxes, around the diagram
_SIDE, _MIDDLE, _WIRE = 190, 190, 230  # widths: boxes at the side and in the middle, and the space between
_CROSSING = 80  # between the columns of an overview
_NAME = 170  # of that space, what the name of a property has
_CHARACTER = 7.4  # width of a character of 13 pixels, on average
_SWEEPS = 12  # rounds of ordering; the order settles long before


@dataclass(frozen=True, slots=True)
class Box:
    """A class; `name` is the anchor of one of ours, None for one of a standard."""

    x: float
    y: float
    width: float
    height: float
    text: str
    name: str | None
    main: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A property, along points from the box it starts at to the one it leads to; `at` is where its name begins or, when
    it leads away from the class in the middle, ends. Without `at` the name is not written."""

    points: tuple[tuple[float, float], ...]
    text: str
    at: tuple[float, float] | None = None
    outgoing: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing and its size."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def neighbourhood(ontology: Ontology, term: Term, language: str) -> Diagram:
    """A class in the middle, what points at it on its left, what it points at on its right, each with the property."""
    incoming = [one for one in ontology.relations if one.target == term.iri and one.source != term.iri]
    outgoing = [one for one in ontology.relations if one.source == term.iri]
    rows = max(len(incoming), len(outgoing), 1)
    height = 2 * _MARGIN + rows * (_HEIGHT + _GAP) - _GAP
    left = _MARGIN + (_SIDE + _WIRE if incoming else 0)
    middle = Box(left, (height - _HEIGHT) / 2, _MIDDLE, _HEIGHT, _text(ontology, term.iri, language), None, True)
    boxes, lines = [middle], []
    for relations, x, far in ((incoming, _MARGIN, False), (outgoing, left + _MIDDLE + _WIRE, True)):
        top = (height - len(relations) * (_HEIGHT + _GAP) + _GAP) / 2
        for n, relation in enumerate(relations):
            other = relation.target if far else relation.source
            text, anchor = _text(ontology, other, language), _anchor(ontology, other)
            box = Box(x, top + n * (_HEIGHT + _GAP), _SIDE, _HEIGHT, text, anchor)
            boxes.append(box)
            lines.append(_labelled(box, middle, far, _text(ontology, relation.property, language)))
    width = left + _MIDDLE + (_WIRE + _SIDE if outgoing else 0) + _MARGIN
    return Diagram(width, height, tuple(boxes), tuple(lines))


def overview(ontology: Ontology, language: str, *, own: bool) -> Diagram:
    """Classes in columns, so that properties lead from left to right: either those between which properties of ours
    lead or those between which properties of standards do. A line stands for all of them between two classes."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for one in ontology.relations:
        ours = {one.source, one.target} <= ontology.by_iri.keys()
        if ours and one.source != one.target and (one.property in ontology.by_iri) == own:
            pairs.setdefault((one.source, one.target), []).append(_text(ontology, one.property, language))
    names = [iri for iri in ontology.by_iri if any(iri in pair for pair in pairs)]
    pairs = {pair: found for pair, found in pairs.items() if pair[::-1] not in pairs or _comes_first(names, *pair)}
    columns = _ordered(_columns(names, list(pairs)), list(pairs))
    width = max(len(_text(ontology, name, language)) for name in names) * _CHARACTER + 24
    height = 2 * _MARGIN + max(map(len, columns)) * (_HEIGHT + 2 * _GAP) - 2 * _GAP
    boxes = {}
    for i, column in enumerate(columns):
        x, step = _MARGIN + i * (width + _CROSSING), height / len(column)
        for n, name in enumerate(column):
            text = _text(ontology, name, language)
            boxes[name] = Box(x, step * (n + 0.5) - _HEIGHT / 2, width, _HEIGHT, text, _anchor(ontology, name))
    lines = [_plain(boxes[a], boxes[b], ", ".join(texts)) for (a, b), texts in sorted(pairs.items())]
    total = 2 * _MARGIN + len(columns) * (width + _CROSSING) - _CROSSING
    return Diagram(total, height, tuple(boxes.values()), tuple(lines))


def _comes_first(names: Sequence[str], one: str, other: str) -> bool:
    return names.index(one) < names.index(other)


def _columns(names: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The longest way to a class from one that nothing points at tells its column. A ring of classes would have no
    longest way; it ends after as many steps as there are classes."""
    depth = dict.fromkeys(names, 0)
    for _ in names:
        for source, target in pairs:
            depth[target] = max(depth[target], min(depth[source] + 1, len(names)))
    return [[name for name in names if depth[name] == level] for level in sorted(set(depth.values()))]


def _ordered(columns: list[list[str]], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Each column in the order of the middle of what its classes are connected with in the column beside it (the
    barycentre method of Sugiyama), so that fewer lines cross."""
    beside: dict[str, set[str]] = {name: set() for column in columns for name in column}
    for source, target in pairs:
        beside[source].add(target)
        beside[target].add(source)
    for sweep in range(_SWEEPS):
        order = list(pairwise(columns if sweep % 2 == 0 else columns[::-1]))
        for fixed, column in order:
            place = {name: n / len(fixed) for n, name in enumerate(fixed)}
            middle = {name: _middle([place[one] for one in beside[name] if one in place]) for name in column}
            column.sort(key=lambda name: middle[name])
    return columns


def _middle(places: Sequence[float]) -> float:
    return sum(places) / len(places) if places else 0.5


def _labelled(box: Box, middle: Box, outgoing: bool, text: str) -> Line:
    """A line that is level as far as its name goes."""
    y, core = box.y + box.height / 2, middle.y + middle.height / 2
    if outgoing:
        points = ((middle.x + middle.width, core), (box.x - _NAME, y), (box.x, y))
        return Line(points, text, (box.x - 10, y - 5), True)
    edge = box.x + box.width
    return Line(((edge, y), (edge + _NAME, y), (middle.x, core)), text, (edge + 6, y - 5))


def _plain(source: Box, target: Box, text: str) -> Line:
    """A straight line between the sides of two boxes that face each other."""
    forward = source.x < target.x
    start = (source.x + (source.width if forward else 0), source.y + source.height / 2)
    return Line((start, (target.x + (0 if forward else target.width), target.y + target.height / 2)), text)


def _text(ontology: Ontology, iri: str, language: str) -> str:
    term = ontology.by_iri.get(iri)
    return ontology.short(iri) if term is None else _label(term, language)


def _label(term: Term, language: str) -> str:
    return in_language(term.label, language) or term.name


def _anchor(ontology: Ontology, iri: str) -> str | None:
    return iri.removeprefix(PC) if iri in ontology.by_iri else None

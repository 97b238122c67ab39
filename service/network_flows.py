"""Flows from topics to who leads to who coordinates (a Sankey diagram), from two networks: pure numbers that
templates/network_flows.html draws as SVG, in the units of a view box."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

WIDTH = 1280
"""The width of the drawing."""

MOST = (14, 14, 18)
"""Topics, leads and coordinators that stand by themselves, the strongest; the others of a column stand together."""

_ACROSS = (320.0, 620.0, 945.0)  # where the boxes of a column begin
_BOX = 12.0  # how wide they are
_GAP = 24.0  # from a box to the next, so that a line of text fits
_FULL = 520.0  # the height of all boxes of the strongest column together
_ROUNDS = 4  # of ordering the boxes by those that they are tied to
OTHERS = ""
"""The IRI of the box that stands for the others of its column."""

Place = tuple[int, str]  # column, IRI
Tie = tuple[int, str, str]  # column, from, to


@dataclass(frozen=True, slots=True)
class Box:
    """A topic, a lead or a coordinator, or the others of a column (`iri` is OTHERS, `count` how many they are); `value`
    is how many tasks the bands at its stronger side carry."""

    column: int
    iri: str
    count: int
    value: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """What ties two boxes of neighbouring columns: how many tasks, and the line through its middle (SVG path data)."""

    column: int
    source: str
    target: str
    value: float
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Flows:
    """A drawing: its height, boxes and bands, and the ties behind the bands that are no sum, (from, to, tasks)."""

    height: float
    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]
    topics: tuple[tuple[str, str, float], ...]
    """The ties from topics to leads, all of them, the strongest first."""


def flows(ties: Mapping[str, Any], on_topics: Mapping[str, Any], at_least: float = 0) -> Flows:
    """Lay out the JSON of "lead-coordinator" and of "agency-topic" (who leads), narrowed alike: the right half is the
    first, the left half what the second says of the leads of the first; weaker ties than `at_least` are left out."""
    leads = {edge["source"] for edge in ties["edges"]}
    left = [
        (edge["target"], edge["source"], edge["weight"])
        for edge in on_topics["edges"]
        if edge["source"] in leads and edge["weight"] >= at_least
    ]
    right = [(edge["source"], edge["target"], edge["weight"]) for edge in ties["edges"]]
    strengths = [
        _strengths((topic, value) for topic, _, value in left),
        _strengths((lead, value) for lead, _, value in right),
        _strengths((coordinator, value) for _, coordinator, value in right),
    ]
    shown = [_strongest(strength, most) for strength, most in zip(strengths, MOST, strict=True)]
    carried: dict[Tie, float] = defaultdict(float)
    for column, half in enumerate((left, right)):
        for source, target, value in half:
            one = source if source in shown[column] else OTHERS
            other = target if target in shown[column + 1] else OTHERS
            carried[column, one, other] += value
    counts = [len(strength) - len(chosen) for strength, chosen in zip(strengths, shown, strict=True)]
    return _drawn(carried, counts, tuple(sorted(left, key=lambda tie: (-tie[2], tie))))


def _strengths(values: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for iri, value in values:
        found[iri] += value
    return found


def _strongest(strength: Mapping[str, float], most: int) -> set[str]:
    """Those that stand by themselves; where one would be left over, it does too."""
    ordered = sorted(strength, key=lambda iri: (-strength[iri], iri))
    return set(ordered if len(ordered) <= most + 1 else ordered[:most])


def _drawn(carried: Mapping[Tie, float], counts: list[int], topics: tuple[tuple[str, str, float], ...]) -> Flows:
    sides: dict[Place, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (column, source, target), value in carried.items():
        sides[column, source][1] += value
        sides[column + 1, target][0] += value
    values = {place: max(both) for place, both in sides.items()}
    columns = _ordered(carried, values)
    total = max((sum(values[place] for place in column) for column in columns), default=0) or 1
    scale = _FULL / total
    height = max((sum(values[place] * scale + _GAP for place in column) for column in columns), default=0) + _GAP
    boxes = _boxes(columns, values, scale, height, counts)
    bands = _bands(carried, boxes, scale)
    return Flows(round(height, 1), tuple(boxes.values()), bands, topics)


def _ordered(carried: Mapping[Tie, float], values: Mapping[Place, float]) -> list[list[Place]]:
    """The boxes of each column from top to bottom: the strongest first, then each near those that it is tied to; the
    others last."""
    columns = [
        sorted((place for place in values if place[0] == n), key=lambda place: (-values[place], place[1]))
        for n in range(3)
    ]
    ties: dict[Place, list[tuple[Place, float]]] = defaultdict(list)
    for (column, source, target), value in carried.items():
        ties[column, source].append(((column + 1, target), value))
        ties[column + 1, target].append(((column, source), value))
    for _ in range(_ROUNDS):
        for places in columns:
            rank = {place: n / max(1, len(one)) for one in columns for n, place in enumerate(one)}
            places.sort(key=_by_neighbours(ties, rank))
    return columns


def _by_neighbours(
    ties: Mapping[Place, list[tuple[Place, float]]], rank: Mapping[Place, float]
) -> Callable[[Place], tuple[bool, float, str]]:
    def key(place: Place) -> tuple[bool, float, str]:
        weight = sum(value for _, value in ties[place])
        middle = sum(rank[other] * value for other, value in ties[place]) / weight
        return place[1] == OTHERS, round(middle, 9), place[1]

    return key


def _boxes(
    columns: list[list[Place]], values: Mapping[Place, float], scale: float, height: float, counts: list[int]
) -> dict[Place, Box]:
    boxes = {}
    for n, column in enumerate(columns):
        used = sum(values[place] * scale for place in column)
        gap = (height - used) / (len(column) + 1)
        top = gap
        for place in column:
            tall = values[place] * scale
            count = counts[n] if place[1] == OTHERS else 1
            boxes[place] = Box(
                n, place[1], count, values[place], _ACROSS[n], round(top, 1), _BOX, round(max(tall, 1), 1)
            )
            top += tall + gap
    return boxes


def _bands(carried: Mapping[Tie, float], boxes: Mapping[Place, Box], scale: float) -> tuple[Band, ...]:
    """The bands; at each side of a box they lie below each other in the order of the boxes at their other ends."""
    ordered = sorted(
        carried.items(), key=lambda one: (one[0][0], boxes[one[0][0], one[0][1]].y, boxes[one[0][0] + 1, one[0][2]].y)
    )
    begins = dict(_stacked(ordered, boxes, scale, side=0))
    by_target = sorted(
        carried.items(), key=lambda one: (one[0][0], boxes[one[0][0] + 1, one[0][2]].y, boxes[one[0][0], one[0][1]].y)
    )
    ends = dict(_stacked(by_target, boxes, scale, side=1))
    bands = []
    for key, value in ordered:
        column, source, target = key
        x1, x2 = boxes[column, source].x + _BOX, boxes[column + 1, target].x
        middle = round((x1 + x2) / 2, 1)
        path = f"M{x1:g} {begins[key]:g}C{middle:g} {begins[key]:g} {middle:g} {ends[key]:g} {x2:g} {ends[key]:g}"
        bands.append(Band(column, source, target, value, path, round(max(value * scale, 1), 1)))
    return tuple(bands)


def _stacked(
    ordered: list[tuple[Tie, float]], boxes: Mapping[Place, Box], scale: float, side: int
) -> Iterable[tuple[Tie, float]]:
    """Where the middle of each band meets its box on one side."""
    used: dict[Place, float] = defaultdict(float)
    for key, value in ordered:
        place = (key[0] + side, key[2] if side else key[1])
        yield key, round(boxes[place].y + used[place] + value * scale / 2, 1)
        used[place] += value * scale

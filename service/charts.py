"""Where the marks of charts stand: pure numbers that templates/macros/charts.html draws as SVG, without a script.

Across, everything is in per cent of the width, so that a drawing fits a phone and a wall alike while its letters keep
their size; down, it is in pixels from the top.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

HEIGHT = 220
"""Pixels from the top of a drawing to its axis."""

FOOT = 26
"""Pixels below the axis, for what is written there."""

SERIES = 6
"""Lines that a chart may have: as many as charts.css has colours."""

_HEAD = 20  # pixels above the highest mark, for what is written there
_LEFT, _RIGHT = 9.0, 95.0  # per cent: where the first and the last year of a line chart stand
_LABEL = 12  # pixels from a point to its number
_LEVELS = 5  # as many shades as charts.css has


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar from `start`, `share` long, in per cent of the room; `href` is where its number comes from.

    `note` tells apart what has the same label, `about` is the IRI of what the label names. Bars to the left of zero are
    those of numbers below it.
    """

    label: str
    value: float
    start: float
    share: float
    href: str = ""
    note: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across at a round number."""

    y: float
    value: float


@dataclass(frozen=True, slots=True)
class Column:
    """An upright column for a quarter such as "2026-Q3"."""

    quarter: str
    value: int
    x: float
    width: float
    y: float
    height: float
    href: str = ""


@dataclass(frozen=True, slots=True)
class YearMark:
    """Where a year begins (`x`) and where its number stands (`middle`)."""

    year: str
    x: float
    middle: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """A column for each quarter from the first to the last, also where nothing is due."""

    columns: tuple[Column, ...]
    years: tuple[YearMark, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What a series says of a year: a number and how it is meant.

    `comparator` is one of "=", "≥", ">", "≤", "<", "range" (then `high` is its upper end) and "baseline" (what is so
    already).
    """

    year: int
    number: float
    comparator: str = "="
    high: float | None = None
    written: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Values by year of one thing, such as an indicator in one province; `href` is its page."""

    name: str
    values: tuple[Value, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a line chart; `y_high` is where the upper end of a range stands, `y_label` its number."""

    value: Value
    x: float
    y: float
    y_high: float | None
    y_label: float


@dataclass(frozen=True, slots=True)
class Line:
    """A series on a line chart: its colour (from 1), its points by year, and the straight pieces between them."""

    series: Series
    colour: int
    points: tuple[Point, ...]

    @property
    def pieces(self) -> tuple[tuple[Point, Point], ...]:
        """The pairs of points that a line joins."""
        return tuple(pairwise(self.points))


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over years; `years` has where each stands across."""

    lines: tuple[Line, ...]
    years: tuple[tuple[int, float], ...]
    ticks: tuple[Tick, ...]
    comparators: tuple[str, ...]
    """The comparators that occur, for the legend."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Numbers where rows and columns meet; `cells` has (row, column) -> (number, shade from 1 to 5)."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], tuple[float, int]]


def bars(
    values: Iterable[tuple[str, float, str] | tuple[str, float, str, str] | tuple[str, float, str, str, str]],
) -> tuple[Bar, ...]:
    """Return a bar for each (label, number, address), with a note and the IRI of what is named if given, in order."""
    given = list(values)
    numbers = [one[1] for one in given]
    least, most = min([0, *numbers]), max([0, *numbers])
    span = (most - least) or 1

    def across(number: float) -> float:
        return round(100 * number / span, 2)

    return tuple(
        Bar(label, number, across(min(number, 0) - least), across(abs(number)), href, *more)
        for label, number, href, *more in given
    )


def timeline(counts: Mapping[str, int], hrefs: Mapping[str, str] | None = None) -> Timeline:
    """Return columns for numbers by quarter ("2026-Q3" -> 12); `hrefs` has the address of what a column counts.

    Raises ValueError where there is no quarter or one is written otherwise.
    """
    first, last = min(map(_quarters, counts)), max(map(_quarters, counts))
    names = [f"{n // 4}-Q{n % 4 + 1}" for n in range(first, last + 1)]
    ticks, top = _ticks(0, max(counts.values()))
    step = 100 / len(names)
    columns = []
    for n, name in enumerate(names):
        value = counts.get(name, 0)
        height = round(value / top * (HEIGHT - _HEAD), 1)
        x, width = round(n * step + step * 0.1, 3), round(step * 0.8, 3)
        columns.append(Column(name, value, x, width, HEIGHT - height, height, (hrefs or {}).get(name, "")))
    return Timeline(tuple(columns), _years(names, step), ticks)


def _quarters(name: str) -> int:
    """Return the number of quarters from the year 0 to one."""
    year, mark, quarter = name.partition("-Q")
    if not mark or quarter not in ("1", "2", "3", "4"):
        raise ValueError(f'"{name}" is no quarter such as "2026-Q3"')
    return int(year) * 4 + int(quarter) - 1


def _years(names: Sequence[str], step: float) -> tuple[YearMark, ...]:
    places: dict[str, list[int]] = {}
    for n, name in enumerate(names):
        places.setdefault(name[:4], []).append(n)
    return tuple(
        YearMark(year, round(of[0] * step, 3), round((of[0] + of[-1] + 1) / 2 * step, 3)) for year, of in places.items()
    )


def line_chart(series: Iterable[Series]) -> LineChart:
    """Return lines for series, at most six: more are no longer told apart. Raises ValueError for more, or for none."""
    given = [one for one in series if one.values]
    if not 1 <= len(given) <= SERIES:
        raise ValueError(f"a line chart has 1 to {SERIES} series, not {len(given)}")
    values = [value for one in given for value in one.values]
    numbers = [value.number for value in values] + [value.high for value in values if value.high is not None]
    ticks, top = _ticks(min(numbers), max(numbers))
    bottom = ticks[0].value
    years = sorted({value.year for value in values})
    across = {year: _across(year, years[0], years[-1]) for year in years}

    def down(number: float) -> float:
        return round(HEIGHT - (number - bottom) / (top - bottom) * (HEIGHT - _HEAD), 1)

    lines = tuple(Line(one, n, _points(one, across, down)) for n, one in enumerate(given, 1))
    comparators = tuple(
        mark for mark in ("baseline", "=", "≥", ">", "≤", "<", "range") if mark in {v.comparator for v in values}
    )
    return LineChart(lines, tuple(across.items()), ticks, comparators)


def _points(series: Series, across: Mapping[int, float], down: Callable[[float], float]) -> tuple[Point, ...]:
    """Return the points of a series by year, what is so already before what is to be reached in the same year.

    The number of a point stands above it, or below where another of the same year stands higher.
    """
    points: list[Point] = []
    for value in sorted(series.values, key=lambda value: (value.year, value.comparator != "baseline", value.number)):
        y, high = down(value.number), None if value.high is None else down(value.high)
        under = any(other.year == value.year and other.number > value.number for other in series.values)
        label = y + _LABEL + 8 if under else (y if high is None else high) - _LABEL
        points.append(Point(value, across[value.year], y, high, label))
    return tuple(points)


def _across(year: int, first: int, last: int) -> float:
    if first == last:
        return (_LEFT + _RIGHT) / 2
    return round(_LEFT + (_RIGHT - _LEFT) * (year - first) / (last - first), 2)


def _ticks(least: float, most: float) -> tuple[tuple[Tick, ...], float]:
    """Return lines at round numbers around all values, from zero unless that would flatten them, and the last."""
    if least >= 0 and (least <= most / 2 or least == most):
        least = 0
    span = (most - least) or abs(most) or 1
    raw = span / 4
    unit = 10 ** math.floor(math.log10(raw))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= raw * 0.999)
    if least == 0 and most >= 4:
        step = max(step, 1.0)
    first, last = math.floor(least / step), max(math.ceil(most / step), math.floor(least / step) + 1)
    top, bottom = last * step, first * step
    height = HEIGHT - _HEAD
    ticks = [
        Tick(round(HEIGHT - (n * step - bottom) / (top - bottom) * height, 1), round(n * step, 10))
        for n in range(first, last + 1)
    ]
    return tuple(ticks), top


def scale_of(unit: str) -> str:
    """Return what an axis counts in for a unit as a plan writes it: "% GRDP" and "% dân số" are per cent, as "%" is.

    Other units stay as they are, for nothing says that two of them are the same.
    """
    return "%" if unit.startswith("%") else unit


def matrix(cells: Mapping[tuple[str, str], float]) -> Matrix:
    """Return a matrix for numbers by (row, column): rows in their order, columns sorted, shades by the most."""
    most = max(cells.values(), default=0)
    shaded = {
        place: (number, max(1, math.ceil(_LEVELS * number / most))) for place, number in cells.items() if number > 0
    }
    return Matrix(
        rows=tuple(dict.fromkeys(row for row, _ in cells)),
        columns=tuple(sorted({column for _, column in cells})),
        cells=shaded,
    )

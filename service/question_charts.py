"""The charts of an answer, as the question's file asks for them: which rows become which marks.

Nothing is drawn that its numbers do not carry: values of different units stand in charts of their own, but for per
cent, of whatever, where each series says of what. What is left out for want of room is counted.
"""

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.questions.answers import Answer, Row
from graph.questions.question import Chart, ChartType, Column
from service import charts

_MOST_BARS = 15
_MOST_ROWS = 24  # of a matrix
_MOST_DRAWINGS = 3
_LONGEST = 90  # characters of a label
_YEAR = re.compile(r"\d{4}")
_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_COMPARATORS = {
    "at-least": "≥",
    "more-than": ">",
    "at-most": "≤",
    "less-than": "<",
    "range": "range",
    "baseline": "baseline",
}  # codes of the vocabulary, as charts.py says them

Address = Callable[[Column, Row], str]
"""Where the value of a column in a row leads, "" for nowhere; a template says it, for only pages know addresses."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart to be drawn: `kind` is bars, lines, matrix or timeline, and `marks` what charts.py made for it.

    `label` and `measure` are the columns that it shows; `shown` of `all` rows or series have a place in it.
    """

    kind: str
    marks: tuple[charts.Bar, ...] | charts.LineChart | charts.Matrix | charts.Timeline
    label: Column
    measure: Column
    unit: str
    shown: int
    all: int


def drawings(answer: Answer, language: str, address: Address, most: int = _MOST_BARS) -> tuple[Drawing, ...]:
    """Return the charts of an answer: none where its question has none, or where there is nothing to compare.

    `most` is how many bars a chart may have.
    """
    chart = answer.question.chart
    if chart is None or len(answer.rows) < 2:
        return ()
    columns = {column.name: column for column in answer.question.columns}
    match chart.type:
        case ChartType.BAR:
            return _bars(answer.rows, chart, columns, language, address, most)
        case ChartType.LINE:
            by_series = dataclasses.replace(chart, x=chart.series, series=chart.x)  # where all is of one year
            return _lines(answer.rows, chart, columns, language) or _bars(
                answer.rows, by_series, columns, language, address, most
            )
        case ChartType.HEATMAP:
            return (*_timeline(answer.rows, chart, columns), *_matrix(answer.rows, chart, columns))
        case ChartType.NETWORK:
            return ()  # it has pages of its own


def _bars(
    rows: Sequence[Row], chart: Chart, columns: Mapping[str, Column], language: str, address: Address, most: int
) -> tuple[Drawing, ...]:
    drawn = []
    for scale, units in _by_scale(rows, columns[chart.y], language).items():
        of_scale = [(unit, row) for unit, of_unit in units.items() for row in of_unit]
        first = of_scale[:most]
        marks = charts.bars(
            (
                _short(row[chart.x]),
                row[chart.y],
                address(columns[chart.y], row),
                _with_unit(str(row.get(chart.series) or ""), unit, units),
                row.get(columns[chart.x].link) or "",
            )
            for unit, row in first
        )
        unit = _said(scale, units)
        drawn.append(Drawing("bars", marks, columns[chart.x], columns[chart.y], unit, len(first), len(of_scale)))
    return tuple(drawn[:_MOST_DRAWINGS])


def _lines(rows: Sequence[Row], chart: Chart, columns: Mapping[str, Column], language: str) -> tuple[Drawing, ...]:
    drawn = []
    for scale, units in _by_scale(rows, columns[chart.y], language).items():
        values: dict[str, dict[charts.Value, None]] = {}  # each value once: two plans may say the same
        for unit, row in ((unit, row) for unit, of_unit in units.items() for row in of_unit):
            if year := _YEAR.search(str(row[chart.x])):
                comparator = _COMPARATORS.get(str(row.get(chart.comparator)), "=")
                value = charts.Value(int(year[0]), row[chart.y], comparator, row.get(chart.high))
                values.setdefault(_with_unit(str(row.get(chart.series) or ""), unit, units), {})[value] = None
        series = [charts.Series(_short(name), tuple(of_name)) for name, of_name in values.items()]
        moving = [one for one in series if len({value.year for value in one.values}) > 1][: charts.SERIES]
        if moving:
            marks = charts.line_chart(moving)
            unit = _said(scale, units)
            drawn.append(Drawing("lines", marks, columns[chart.x], columns[chart.y], unit, len(moving), len(series)))
    return tuple(drawn[:_MOST_DRAWINGS])


def _matrix(rows: Sequence[Row], chart: Chart, columns: Mapping[str, Column]) -> tuple[Drawing, ...]:
    totals: dict[str, float] = {}
    for row in rows:
        totals[row[chart.y]] = totals.get(row[chart.y], 0) + row[chart.value]
    most = sorted(totals, key=lambda name: -totals[name])[:_MOST_ROWS]
    cells: dict[tuple[str, str], float] = {}
    for name in most:
        for row in rows:
            if row[chart.y] == name:
                place = (_short(name), row[chart.x])
                cells[place] = cells.get(place, 0) + row[chart.value]
    marks = charts.matrix(cells)
    return (Drawing("matrix", marks, columns[chart.y], columns[chart.value], "", len(most), len(totals)),)


def _timeline(rows: Sequence[Row], chart: Chart, columns: Mapping[str, Column]) -> tuple[Drawing, ...]:
    """Return what falls into each quarter over all rows, where the answer lists the things that it counts."""
    listed = next((column.name for column in columns.values() if column.type == "iris"), None)
    if listed is None or not all(_QUARTER.fullmatch(row[chart.x]) for row in rows):
        return ()
    things: dict[str, set[str]] = {}
    for row in rows:
        things.setdefault(row[chart.x], set()).update(row[listed])
    marks = charts.timeline({quarter: len(found) for quarter, found in things.items()})
    return (Drawing("timeline", marks, columns[chart.x], columns[chart.value], "", len(rows), len(rows)),)


def _by_scale(rows: Iterable[Row], measure: Column, language: str) -> dict[str, dict[str, list[Row]]]:
    """Return the rows that have a number by what an axis counts them in and then by their unit, the most rows first."""
    scales: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        if row[measure.name] is not None:
            stated = row[measure.unit_column] if measure.unit_column else None
            unit = stated or (measure.unit.in_language(language) if measure.unit else "")
            scales.setdefault(charts.scale_of(unit), {}).setdefault(unit, []).append(row)
    most = sorted(scales, key=lambda scale: -sum(map(len, scales[scale].values())))
    return {scale: scales[scale] for scale in most}


def _said(scale: str, units: Mapping[str, object]) -> str:
    """Return the unit of a chart: the only one, else what its axis counts in."""
    return next(iter(units)) if len(units) == 1 else scale


def _with_unit(name: str, unit: str, units: Mapping[str, object]) -> str:
    """Return the name of a series, with its unit where the chart has several."""
    return name if len(units) == 1 else f"{name} ({unit})".strip()


def _short(label: object) -> str:
    text = str(label or "–")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"

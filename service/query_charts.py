"""The chart of the answer of any SELECT query: which of its columns are numbers, names and years, as its own terms say.

A number by a name is bars; where a column holds years as well, lines. What is left out for want of room is counted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.namespaces import XSD
from service import charts
from service.pages import short_name

Row = Mapping[str, Mapping[str, str]]
"""A solution: variable -> term of SPARQL JSON."""

_MOST_BARS = 15
_LONGEST = 60  # characters of a label
_YEAR = re.compile(r"(19|20|21)\d\d")
_FLOATING = frozenset({XSD + "decimal", XSD + "double", XSD + "float"})
_WHOLE = frozenset(XSD + name for name in ("integer", "int", "long", "short", "byte"))  # as the store gives them back


@dataclass(frozen=True, slots=True)
class ResultChart:
    """A chart: `kind` is bars or lines, `marks` what charts.py made for it.

    `label` and `measure` are the variables that it shows; `shown` of `all` rows or series have a place in it.
    """

    kind: str
    marks: tuple[charts.Bar, ...] | charts.LineChart
    label: str
    measure: str
    shown: int
    all: int


def result_chart(variables: Sequence[str], rows: Sequence[Row]) -> ResultChart | None:
    """Return the chart of the solutions of a query; none where there are fewer than two, or no numbers with names.

    The number is the last column of numbers, the name the first column of texts, else of IRIs, that tells rows apart.
    """
    bound = {name: [row[name] for row in rows if name in row] for name in variables}
    years = [name for name in variables if bound[name] and all(_YEAR.fullmatch(term["value"]) for term in bound[name])]
    numbers = [name for name in variables if bound[name] and all(map(_is_number, bound[name]))]
    measures = [name for name in numbers if name not in years]
    names = [name for name in variables if bound[name] and name not in numbers + years]
    if len(rows) < 2 or not measures:
        return None
    measure, label = measures[-1], _label(names, bound)
    drawn = _lines(rows, years[0], label, measure) if years else None
    return drawn or (_bars(rows, label, measure) if label else None)


def _label(names: Sequence[str], bound: Mapping[str, Sequence[Mapping[str, str]]]) -> str | None:
    texts = [name for name in names if all(term["type"] == "literal" for term in bound[name])]
    telling = [name for name in texts if len({term["value"] for term in bound[name]}) > 1]
    return next(iter(telling or names), None)


def _bars(rows: Sequence[Row], label: str, measure: str) -> ResultChart:
    measured = [row for row in rows if measure in row]
    first = measured[:_MOST_BARS]
    marks = charts.bars((_text(row, label), _number(row[measure]), "", "", "") for row in first)
    return ResultChart("bars", marks, label, measure, len(first), len(measured))


def _lines(rows: Sequence[Row], year: str, label: str | None, measure: str) -> ResultChart | None:
    """Return lines over the years; none where a series has two numbers for a year, or no series has two years."""
    series: dict[str, dict[int, float]] = {}
    for row in rows:
        if year in row and measure in row:
            values = series.setdefault(_text(row, label) if label else "", {})
            when = int(row[year]["value"])
            if when in values:
                return None
            values[when] = _number(row[measure])
    moving = {name: values for name, values in series.items() if len(values) > 1}
    shown = [
        charts.Series(name, tuple(charts.Value(when, values[when]) for when in sorted(values)))
        for name, values in list(moving.items())[: charts.SERIES]
    ]
    if not shown:
        return None
    return ResultChart("lines", charts.line_chart(shown), label or year, measure, len(shown), len(series))


def _is_number(term: Mapping[str, str]) -> bool:
    return term.get("datatype") in _FLOATING | _WHOLE and Decimal(term["value"]).is_finite()


def _number(term: Mapping[str, str]) -> float:
    return float(term["value"])


def _text(row: Row, name: str) -> str:
    term = row.get(name)
    text = "–" if term is None else short_name(term["value"]) if term["type"] == "uri" else term["value"]
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"

"""The pages about an indicator, and about a row of a plan that states one: what must be reached, and by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.namespaces import PC, SKOS, passage_of, thing
from graph.source_text import Span
from service.charts import SERIES, LineChart, Series, Value, line_chart, scale_of
from service.kinds.asking import Asking
from service.kinds.evidence import read_evidence, shown
from service.kinds.facts import TITLE, Document, Facts, read_documents
from service.kinds.page import KindPage
from service.kinds.parts import read_parts
from service.kinds.tasks import Named
from service.pages import short_name

_COMPARATORS = {
    thing("comparator", name): mark
    for name, mark in {"at-least": "≥", "more-than": ">", "at-most": "≤", "less-than": "<", "range": "range"}.items()
}


@dataclass(frozen=True, slots=True)
class Observation:
    """A target, which has a year, or a baseline, which has the time it speaks of. `value` is a number where there is
    one, of a range the lower end and `most` the upper; `place` the source and the characters that state it."""

    iri: str
    row: Named
    document: str
    area: str
    target: bool
    period: str
    written: str
    value: str
    most: str
    comparator: Named
    unit: str
    place: tuple[str, Span] | None


async def read_indicator(asking: Asking, facts: Facts) -> KindPage:
    """Return the page about an indicator: its targets and baselines in all plans, under all its names."""
    label = facts.text(SKOS + "prefLabel")
    observations = await _observations(asking, "observations")
    context = {
        "name": label,
        "canonical": facts.thing(PC + "canonicalIndicator"),
        "measure": facts.thing(PC + "measure"),
        "names": sorted({one.row.name for one in observations} - {label}),
        "rows": sorted({(one.document, one.row.name, one.row.iri) for one in observations}),
        **await _shared(asking, observations),
    }
    return KindPage("indicator.html", label, context)


async def read_plan_indicator(asking: Asking, facts: Facts) -> KindPage:
    """Return the page about a row of a plan that states an indicator."""
    label, document = facts.text(TITLE), facts.text(PC + "document")
    observations = await _observations(asking, "observations-of-row")
    parts = await read_parts(asking)
    names = ("number", "group", "unit", "sentence", "confidence")
    context = {
        "name": label,
        "fields": {name: facts.text(PC + name) for name in names},
        "concept": facts.thing(PC + "indicator"),
        "assignments": parts.assignments(),
        "corrections": parts.corrections(),
        "doubts": facts.texts(PC + "doubt"),
        "evidence": shown(asking, await read_evidence(asking, asking.thing.value), parts.names()),
        **await _shared(asking, observations, [document]),
        "plan": document,
    }
    return KindPage("plan_indicator.html", label, context)


async def _shared(asking: Asking, observations: Sequence[Observation], more: Sequence[str] = ()) -> dict[str, object]:
    documents = await read_documents(asking, [*more, *(one.document for one in observations)])
    return {
        "observations": observations,
        "documents": documents,
        "charts": charts(observations, documents),
        "anchor": anchor,
    }


async def _observations(asking: Asking, query: str) -> list[Observation]:
    found: dict[str, Observation] = {}
    for row in sorted(await asking.rows(query), key=lambda row: row.get("passage", "")):
        observation = Observation(
            row["observation"],
            Named(row["indicator"], row["title"]),
            row["document"],
            asking.name(row["area"]) if "area" in row else "",
            "year" in row,
            row.get("year", row.get("period", "")),
            row["written"],
            row.get("value", ""),
            row.get("max", ""),
            Named(row["comparator"], asking.name(row["comparator"])) if "comparator" in row else Named("", ""),
            row.get("unit", ""),
            passage_of(row.get("passage", "")),
        )
        found.setdefault(observation.iri, observation)
    return sorted(found.values(), key=lambda one: (one.area, one.document, one.row.name, one.row.iri, one.period))


@dataclass(frozen=True, slots=True)
class Chart:
    """The numbers of one unit, or of per cent, over the years: a line for each indicator of a plan, whose years can be
    rows apart."""

    unit: str
    drawn: LineChart


def charts(observations: Sequence[Observation], documents: Mapping[str, Document]) -> list[Chart]:
    """Return drawings of the values that are numbers, unit by unit; what is stated in words is only in the table.

    Per cent is one unit, of whatever; then each line says of what. A value leads to its row of the table.
    """
    lines: dict[tuple[str, str, str], list[Observation]] = {}
    for one in observations:
        if one.value:
            lines.setdefault((one.unit, one.document, one.row.name), []).append(one)
    units: dict[str, set[str]] = {}  # by what an axis counts in
    for unit, _, _ in lines:
        units.setdefault(scale_of(unit), set()).add(unit)
    series: dict[str, list[Series]] = {}
    for (unit, plan, row), points in lines.items():
        document, scale = documents[plan], scale_of(unit)
        name = f"{points[0].area}, {document.number or document.name}: {row}"
        if len(units[scale]) > 1:
            name = f"{name} ({unit})"
        series.setdefault(scale, []).append(Series(name, tuple(map(_value, points)), f"#{anchor(points[0])}"))
    groups = ((scale, all_[n : n + SERIES]) for scale, all_ in series.items() for n in range(0, len(all_), SERIES))
    return [Chart(scale if len(units[scale]) > 1 else min(units[scale]), line_chart(group)) for scale, group in groups]


def _value(one: Observation) -> Value:
    high = float(one.most) if one.most else None
    comparator = _COMPARATORS.get(one.comparator.iri, "=") if one.target else "baseline"
    return Value(int(one.period[:4]), float(one.value), comparator, high, one.written, f"#{anchor(one)}")


def anchor(one: Observation) -> str:
    """Return the place on a page where an observation stands in the table."""
    return short_name(one.iri).removeprefix("document/").replace("/", "-")

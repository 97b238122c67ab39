"""The pages about an indicator, and about a row of a plan that states one: what must be reached, and by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.namespaces import PC, SKOS, passage_of
from graph.source_text import Span
from service.kinds.asking import Asking
from service.kinds.evidence import read_evidence, shown
from service.kinds.facts import TITLE, Document, Facts, read_documents
from service.kinds.page import KindPage
from service.kinds.parts import read_parts
from service.kinds.tasks import Named


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
    comparator: str
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
    return {"observations": observations, "documents": documents, "series": series(observations, documents)}


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
            asking.name(row["comparator"]) if "comparator" in row else "",
            row.get("unit", ""),
            passage_of(row.get("passage", "")),
        )
        found.setdefault(observation.iri, observation)
    return sorted(found.values(), key=lambda one: (one.area, one.document, one.row.name, one.row.iri, one.period))


@dataclass(frozen=True, slots=True)
class Series:
    """What one row of one plan wants of an indicator over the years, for drawing: those values that are numbers, in one
    unit."""

    name: str
    unit: str
    points: tuple[Observation, ...]


def series(observations: Sequence[Observation], documents: Mapping[str, Document]) -> list[Series]:
    """Return the numbers row by row and unit by unit; what is stated in words is only in the table."""
    groups: dict[tuple[str, str], list[Observation]] = {}
    for one in observations:
        if one.value:
            groups.setdefault((one.row.iri, one.unit), []).append(one)
    rows_of = {(one.document, one.row.iri) for one in observations}
    found = []
    for (_, unit), points in groups.items():
        document = documents[points[0].document]
        alone = sum(document.iri == other for other, _ in rows_of) == 1
        name = f"{points[0].area or document.name}" if alone else f"{points[0].area}: {points[0].row.name}"
        found.append(Series(name, unit, tuple(sorted(points, key=lambda one: one.period))))
    return found

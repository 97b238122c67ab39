"""The page about a document: its head, what it has to do with others, its tasks and indicators, how well it was read,
and its text beside them. A document that is only cited has no tasks: its page says who carries it out and cites it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from graph.namespaces import DCT, ELI, PC, thing
from graph.source_text import Span
from service.kinds.asking import Asking, Row
from service.kinds.evidence import Evidence, read_evidence
from service.kinds.excerpts import Excerpt, excerpts_of, read_marks, window_of
from service.kinds.facts import (
    ISSUER,
    RELATIONS,
    TITLE,
    Document,
    Facts,
    passages,
    read_documents,
)
from service.kinds.page import KindPage
from service.kinds.tasks import listed, read_tasks
from service.localized import date_text
from service.problems import Problem, not_a_page
from service.relations_diagram import Related, relations_diagram
from service.source_texts import read_text
from service.texts import TEXTS

_INDICATORS = 25  # rows on a page
_OPENING = 1500  # characters that the text panel shows before a row is chosen
_MARGIN = 300  # characters around the passages of a row
_METRIC = thing("metric") + "/"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to another document: its short name, whether this document has it or the other, and the places that
    say so."""

    name: str
    outgoing: bool
    document: Document
    places: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A target or baseline as written, with its IRI."""

    iri: str
    written: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of a plan's indicators: `values` by year, `baseline` with the time it speaks of."""

    iri: str
    title: str
    number: str
    unit: str
    values: Mapping[str, Value]
    baseline: tuple[str, Value] | None


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured of the document's source: counts of records, and of findings by severity."""

    records: int
    doubtful: int
    corrected: int
    findings: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Panel:
    """The text beside the tables: windows of it, the record that was chosen, and its evidence."""

    source: str
    excerpts: Sequence[Excerpt]
    row: str
    cell: str
    evidence: Sequence[Evidence]
    places: Sequence[tuple[str, Span]] = ()


async def read_document(asking: Asking, facts: Facts) -> KindPage:
    """Return the page about a document."""
    iri = asking.thing.value
    relations = await _relations(asking, facts)
    documents = await read_documents(asking, [iri])
    this = documents[iri]
    context: dict[str, Any] = {"document": this, "facts": _head(facts), "relations": relations, "documents": documents}
    context["diagram"] = _diagram(this, relations, asking)
    if not this.source:
        return KindPage("document.html", this.name, context, [one.iri for one in facts.things(ISSUER)])
    tasks = listed(await read_tasks(asking, "document"), asking.given)
    indicators = await _indicators(asking)
    records = {task.iri for task in tasks.everything} | indicators["iris"]
    context |= {
        "tasks": tasks,
        "indicators": indicators,
        "quality": await _quality(asking, this.source),
        "panel": await _panel(asking, this, facts, records),
    }
    return KindPage("document.html", this.name, context, [one.iri for one in facts.things(ISSUER)])


def _head(facts: Facts) -> dict[str, Any]:
    return {
        "title": facts.text(TITLE),
        "number": facts.text(ELI + "id_local"),
        "date": facts.text(ELI + "date_document"),
        "type": facts.thing(ELI + "type_document"),
        "issuers": facts.things(ISSUER),
        "area": facts.thing(PC + "area"),
        "status": facts.thing(PC + "status"),
        "signatory": facts.text(PC + "signatory"),
        "source": facts.thing(DCT + "source"),
        "passages": facts.passages(),
    }


async def _relations(asking: Asking, facts: Facts) -> list[Relation]:
    """Return the relations of a document, both ways. "Cites" is for documents that have no other: who implements a
    document cites it too."""
    outgoing = [(name, one.iri) for iri, name in RELATIONS.items() for one in facts.things(iri)]
    rows = await asking.rows("documents-pointing")
    incoming = [(RELATIONS[row["property"]], row["document"]) for row in rows]
    order = list(RELATIONS.values())
    documents = await read_documents(asking, [iri for _, iri in (*outgoing, *incoming)])
    found = []
    for outward, pairs, citations in ((True, outgoing, "citations-made"), (False, incoming, "citations-received")):
        places: dict[str, list[str]] = {}
        for row in await asking.rows(citations) if pairs else ():
            places.setdefault(row["document"], []).append(row["passage"])
        telling = {iri for name, iri in pairs if name != "cites"}
        for name, iri in sorted(set(pairs), key=lambda pair: (order.index(pair[0]), documents[pair[1]].date, pair[1])):
            if name != "cites" or iri not in telling:
                found.append(Relation(name, outward, documents[iri], tuple(passages(places.get(iri, ())))))
    return found


def _diagram(this: Document, relations: Sequence[Relation], asking: Asking) -> Any:
    words = TEXTS[asking.language]
    drawn = [one for one in relations if one.name != "cites"]
    sides = [
        [
            Related(words[f"relation_{one.name}"], one.document.iri, *_in_a_box(one.document, asking.language))
            for one in drawn
            if one.outgoing == outgoing
        ]
        for outgoing in (False, True)
    ]
    return relations_diagram(*_in_a_box(this, asking.language), sides[0], sides[1], words["diagram_more"])


def _in_a_box(document: Document, language: str) -> tuple[str, str]:
    """Return the name of a document in a drawing, and what stands below it."""
    name = document.number or document.name
    parts = (document.type if document.number else document.area, date_text(document.date, language))
    return name, " · ".join(part for part in parts if part)


async def _indicators(asking: Asking) -> dict[str, Any]:
    """Return a page of the indicators of a plan, with all years that any on it has a target for."""
    rows = sorted(
        await asking.rows("indicators-of-document"), key=lambda row: (int(row.get("order", 0)), row["indicator"])
    )
    last = max(1, -(-len(rows) // _INDICATORS))
    asked = asking.given.get("indicators", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked) <= last):
        raise not_a_page("indicators", asked, last)
    page = int(asked)
    shown = rows[_INDICATORS * (page - 1) : _INDICATORS * page]
    values: dict[str, list[Row]] = {}
    if shown:
        wanted = [NamedNode(row["indicator"]) for row in shown]
        for row in await asking.rows("values-of-indicators", indicator=wanted):
            values.setdefault(row["indicator"], []).append(row)
    indicators = [_indicator(row, values.get(row["indicator"], ())) for row in shown]
    return {
        "shown": indicators,
        "iris": {row["indicator"] for row in rows},
        "page": page,
        "pages": last,
        "years": sorted({year for one in indicators for year in one.values}),
        "baseline": any(one.baseline for one in indicators),
    }


def _indicator(row: Row, said: Sequence[Row]) -> Indicator:
    values, baseline = {}, None
    for one in said:
        value = Value(one["observation"], one["written"])
        if "year" in one:
            values[one["year"]] = value
        else:
            baseline = (one.get("period", ""), value)
    return Indicator(row["indicator"], row["title"], row.get("number", ""), row.get("unit", ""), values, baseline)


async def _quality(asking: Asking, source: str) -> Quality | None:
    """Return the quality figures of a source. The graph holds shares of its records and how many they are."""
    shares: dict[str, tuple[float, int]] = {}
    findings: Counter[str] = Counter()
    for row in await asking.rows("figures", this=(NamedNode(thing("source", source)),)):
        metric = row["metric"].removeprefix(_METRIC)
        if "size" in row:
            shares[metric] = float(row["value"]), int(row["size"])
        else:
            findings[metric] += int(row["value"])
    if not shares:
        return None
    counted = {metric: round(share * size) for metric, (share, size) in shares.items()}
    records = max(size for _, size in shares.values())
    return Quality(
        records,
        counted.get("doubtful-records", 0),
        counted.get("corrected-records", 0),
        findings["open-findings"],
        findings["accepted-findings"],
    )


async def _panel(asking: Asking, this: Document, facts: Facts, records: Collection[str]) -> Panel | None:
    """Return the text beside the tables: around the row that was chosen, else its opening; None without a text."""
    text = read_text(asking.lease.release, this.source)
    if text is None:
        return None
    row = asking.given.get("row", "")
    if not row:
        start = min((span.start for _, span in facts.passages()), default=0)
        opening = window_of(text, this.source, Span(start, min(len(text), start + _OPENING)), (), ())
        return Panel(this.source, [opening], "", "", ())
    iri = f"{this.iri}/{row}"
    if iri not in records:
        vi = f'row="{row}": không phải nhiệm vụ hay chỉ tiêu của văn bản này.'
        raise Problem("bad-parameter", f'row="{row}": is no task or indicator of this document.', vi=vi)
    cell = asking.given.get("cell", "")
    evidence = await read_evidence(asking, iri)
    shown = [one for one in evidence if one.field == cell] or evidence
    places = sorted({place for one in shown for place in one.places}, key=lambda place: place[1].start)
    marks = await read_marks(asking, this.source)
    return Panel(
        this.source,
        excerpts_of(asking, this.source, [span for _, span in places], marks, _MARGIN),
        row,
        cell,
        evidence,
        places,
    )

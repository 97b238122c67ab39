"""Evidence: the characters of the source that each field of a record rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.namespaces import DCT, PC, passage_of
from graph.source_text import Span
from graph.text import fold
from service.kinds.asking import Asking, Row
from service.kinds.excerpts import Excerpt, excerpts_of, kind_of

_OWN = {"title": DCT + "title", "result": PC + "expectedResult", "section": PC + "section", "group": PC + "group",
        "unit": PC + "unit", "number": PC + "number", "sentence": PC + "sentence"}  # fmt: skip
_MARGIN = 60  # characters before and after
ROW = "row"
"""The field of a passage that states a record and none of its fields as it stands, such as one that was corrected."""

_ORDER = ("title", "lead", "coordination", "deadline", "result", "target", "baseline", "unit", "number", "section",
          "group", "sentence", "row", "document", "citation", "classification", "correction")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one field of a record, or one of its parts, rests on. `field` is "title", "result", "lead", "coordination",
    "deadline", "classification", "target" …; `part` the IRI of the part, that of the record for its own fields;
    `places` the source and characters of each passage; `quotes` their words."""

    field: str
    part: str
    places: tuple[tuple[str, Span], ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence with what a page shows of it: what the part is about, and the passages with the words around them."""

    evidence: Evidence
    name: str
    excerpts: Sequence[Excerpt]


def shown(asking: Asking, evidence: Sequence[Evidence], names: Mapping[str, str]) -> list[Shown]:
    """Return evidence with its excerpts; `names` says of parts what they are about."""
    found = []
    for one in evidence:
        sources = dict.fromkeys(source for source, _ in one.places)
        spans = {source: [span for where, span in one.places if where == source] for source in sources}
        excerpts = [part for source in sources for part in excerpts_of(asking, source, spans[source], margin=_MARGIN)]
        found.append(Shown(one, names.get(one.part, ""), excerpts))
    return found


async def read_evidence(asking: Asking, iri: str) -> list[Evidence]:
    """Return the evidence of a record, field by field."""
    node = (NamedNode(iri),)
    values: dict[str, list[str]] = {}
    for row in await asking.rows("statements", this=node):
        values.setdefault(row["property"], []).append(row["value"])
    return evidence_of(iri, values, await asking.rows("evidence", this=node))


def evidence_of(iri: str, values: Mapping[str, Sequence[str]], rows: Sequence[Row]) -> list[Evidence]:
    """Return evidence from the passages of a record and its parts.

    The graph says that a record's title, result and the like rest on its passages, not which on which: a passage is
    that of the field whose value has its words.
    """
    found: dict[tuple[str, str], dict[tuple[str, Span], str]] = {}
    for row in rows:
        place = passage_of(row["passage"])
        if place is not None:
            part, quote = row["part"], row.get("exact", "")
            field = _field(quote, values) if part == iri else kind_of(part)
            found.setdefault((field, part), {})[place] = quote
    evidence = []
    for (field, part), places in found.items():
        ordered = sorted(places.items(), key=lambda one: (one[0][0], one[0][1].start, one[0][1].end))
        evidence.append(Evidence(field, part, tuple(p for p, _ in ordered), tuple(q for _, q in ordered)))
    return sorted(evidence, key=lambda one: (_place(one.field), one.places[0][1].start, one.part))


def _field(quote: str, values: Mapping[str, Sequence[str]]) -> str:
    words = fold(quote)
    fields = (name for name, iri in _OWN.items() if any(words in fold(value) for value in values.get(iri, ())))
    return next(fields, ROW) if words else ROW


def _place(field: str) -> int:
    return _ORDER.index(field) if field in _ORDER else len(_ORDER)

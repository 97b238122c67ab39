"""What the page about a thing shows: its statements, and what points at it, with labels and true counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.questions.table import Table
from graph.store import PREFIXES
from service.leases import select
from service.names import curie, property_name
from service.pages import in_language, short_name
from service.pool import Lease

_INCOMING = 20  # subjects that a page lists for each property; the count says how many there are
_LABEL = "skos:prefLabel|dct:title|rdfs:label"
_WORDING = "pc:asWritten|(oa:hasSelector/oa:exact)|oa:exact|pc:reason"  # stands in for a label
_PROLOGUE = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("dct", "oa", "pc", "rdfs", "skos"))


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: its text, and where it leads if it is an IRI."""

    text: str
    iri: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Statements:
    """One property of a thing, or one by which others point at it. `count` is how many there are in all."""

    property: str
    label: str
    values: tuple[Value, ...]
    count: int
    query: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as its page shows it: its name, its statements, and what points at it."""

    title: str
    outgoing: tuple[Statements, ...]
    incoming: tuple[Statements, ...]


async def read_thing(lease: Lease, iri: NamedNode, language: str) -> Thing | None:
    """Return what the page about a thing shows, None where the graph says nothing of it or about it."""
    own = _labels(await select(lease, _own_labels(iri)), "label", language)
    outgoing = _outgoing(await select(lease, _outgoing_query(iri)), language)
    incoming = await _incoming(lease, iri, language)
    if not outgoing and not incoming:
        return None
    return Thing(own.get("", short_name(iri.value)), tuple(outgoing), tuple(incoming))


def _own_labels(iri: NamedNode) -> str:
    return f"""{_PROLOGUE}SELECT ?label ?text WHERE {{
  {{ {iri} {_LABEL} ?label }} UNION {{ {iri} {_WORDING} ?text }}
}}"""


def _outgoing_query(iri: NamedNode) -> str:
    return f"""{_PROLOGUE}SELECT ?property ?propertyLabel ?value ?label ?text WHERE {{
  {iri} ?property ?value .
  OPTIONAL {{ ?property rdfs:label ?propertyLabel }}
  OPTIONAL {{ ?value {_LABEL} ?label }}
  OPTIONAL {{ ?value {_WORDING} ?text }}
}} ORDER BY ?property ?value"""


def _subjects_query(iri: NamedNode, property_iri: NamedNode, limit: int | None) -> str:
    subjects = f"SELECT DISTINCT ?subject WHERE {{ ?subject {property_iri} {iri} }} ORDER BY ?subject"
    if limit is None:
        return subjects
    return f"""{_PROLOGUE}SELECT ?subject ?label ?text WHERE {{
  {{ {subjects} LIMIT {limit} }}
  OPTIONAL {{ ?subject {_LABEL} ?label }}
  OPTIONAL {{ ?subject {_WORDING} ?text }}
}} ORDER BY ?subject"""


def _labels(found: Table, name: str, language: str) -> dict[str, str]:
    """Return the label of the single thing that a table is about under "", if it has one."""
    label = _label(found.rows, name, language)
    return {} if label is None else {"": label}


def _label(rows: Iterable[Mapping[str, Mapping[str, str]]], name: str, language: str) -> str | None:
    """Return the best label that some rows about the same thing give it, else how it is written."""
    rows = list(rows)
    labels = {row[name].get("xml:lang", ""): row[name]["value"] for row in rows if name in row}
    return in_language(labels, language) or next((row["text"]["value"] for row in rows if "text" in row), None)


def _outgoing(found: Table, language: str) -> list[Statements]:
    properties: dict[str, dict[tuple[str, ...], list[Mapping[str, Mapping[str, str]]]]] = {}
    for row in found.rows:
        term = row["value"]
        key = (term["type"], term["value"], term.get("xml:lang", ""), term.get("datatype", ""))
        properties.setdefault(row["property"]["value"], {}).setdefault(key, []).append(row)
    statements = []
    for property_iri, values in properties.items():
        some = next(iter(values.values()))
        shown = tuple(_value(rows, language) for rows in values.values())
        label = _label(({k: v for k, v in row.items() if k != "text"} for row in some), "propertyLabel", language)
        named = label or property_name(property_iri, language)
        statements.append(Statements(property_iri, named, shown, len(shown)))
    return statements


def _value(rows: list[Mapping[str, Mapping[str, str]]], language: str) -> Value:
    term = rows[0]["value"]
    if term["type"] != "uri":
        return Value(term["value"], None, term.get("xml:lang"))
    return Value(_label(rows, "label", language) or curie(term["value"]), term["value"], None)


async def _incoming(lease: Lease, iri: NamedNode, language: str) -> list[Statements]:
    counted = await select(
        lease,
        f"""{_PROLOGUE}SELECT ?property ?count ?propertyLabel WHERE {{
  {{ SELECT ?property (COUNT(DISTINCT ?subject) AS ?count) WHERE {{ ?subject ?property {iri} }} GROUP BY ?property }}
  OPTIONAL {{ ?property rdfs:label ?propertyLabel }}
}} ORDER BY ?property""",
    )
    properties: dict[str, list[Mapping[str, Mapping[str, str]]]] = {}
    for row in counted.rows:
        properties.setdefault(row["property"]["value"], []).append(row)
    statements = []
    for name, rows in properties.items():
        found = await select(lease, _subjects_query(iri, NamedNode(name), _INCOMING))
        subjects: dict[str, list[Mapping[str, Mapping[str, str]]]] = {}
        for row in found.rows:
            subjects.setdefault(row["subject"]["value"], []).append(row)
        values = tuple(
            Value(_label(about, "label", language) or curie(subject), subject, None)
            for subject, about in subjects.items()
        )
        label = _label(rows, "propertyLabel", language) or property_name(name, language)
        query = _subjects_query(iri, NamedNode(name), None)
        statements.append(Statements(name, label, values, int(rows[0]["count"]["value"]), query))
    return statements

"""/id/…, /page/… and /data/…: every thing of the graph at its own IRI.

/id/… names the thing and redirects (303) to a document about it: /page/… for people, /data/… for machines
(Cool URIs for the Semantic Web, section 4.2).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pyoxigraph import NamedNode

from graph.namespaces import BASE
from graph.questions.answers import Table
from graph.store import GRAPH_FORMATS, PREFIXES, ResultKind
from service.answers import Service, asked_format, leased, result_response, select, service_of, while_connected
from service.pages import in_language, language_of, page_response, short_name
from service.pool import Lease
from service.problems import Problem
from service.releases import Release
from service.results import Result
from service.workers import Query

router = APIRouter()

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


@router.api_route("/id/{path:path}", methods=["GET", "HEAD"])
async def thing(request: Request, path: str) -> Response:
    """Send the client to the document about a thing that it can read."""
    service = service_of(request)
    chosen = asked_format(request, ("text/html", *GRAPH_FORMATS))
    kind = "page" if chosen == "text/html" else "data"
    query = f"?{request.url.query}" if request.url.query else ""
    # The raw path, so that what was escaped stays so.
    raw = request.scope["raw_path"].decode("ascii").partition("/id/")[2]
    location = f"{service.settings.public_url}/{kind}/{raw}{query}"
    return Response(status_code=303, headers={"Location": location, "Vary": "Accept"})


@router.api_route("/data/{path:path}", methods=["GET", "HEAD"])
async def data(request: Request, path: str) -> Response:
    """Return all statements about a thing as RDF."""
    service = service_of(request)
    iri = _iri(path)
    chosen = asked_format(request, tuple(GRAPH_FORMATS))
    await request.body()

    async def run() -> Result:
        async with leased(service.known_pool, service.settings) as lease:
            await _check_held(lease, iri)
            formats = {ResultKind.GRAPH: chosen, ResultKind.SOLUTIONS: None, ResultKind.BOOLEAN: None}
            return await lease.run(Query(f"CONSTRUCT {{ {iri} ?p ?o }} WHERE {{ {iri} ?p ?o }}", formats))

    return result_response(request, await while_connected(request, run()))


@router.get("/page/{path:path}")
async def page(request: Request, path: str) -> Response:
    """Return a page about a thing: its statements, and what points at it, with the true counts."""
    await request.body()
    return await while_connected(request, _page(request, service_of(request), path))


async def _page(request: Request, service: Service, path: str) -> Response:
    language = language_of(request)
    iri = _iri(path)
    async with leased(service.known_pool, service.settings) as lease:
        own = _labels(await select(lease, _own_labels(iri)), "label", language)
        outgoing = _outgoing(await select(lease, _outgoing_query(iri)), language)
        incoming = await _incoming(lease, iri, language)
        if not outgoing and not incoming:
            raise _not_held(lease.release, iri)
        return page_response(
            request,
            lease.release,
            "thing.html",
            language,
            iri=iri.value,
            path=f"/data/{path}",
            title=own.get("", short_name(iri.value)),
            outgoing=outgoing,
            incoming=incoming,
        )


def _iri(path: str) -> NamedNode:
    try:
        return NamedNode(f"{BASE}id/{path}")
    except ValueError as error:
        vi = f"Đường dẫn không tạo thành một IRI: {error}."
        raise Problem("not-found", f"The path is no part of an IRI: {error}.", vi=vi) from None


def _not_held(release: Release, iri: NamedNode) -> Problem:
    """Return what to answer for a thing that the graph says nothing about: gone, or never heard of."""
    last = release.last_to_describe(iri.value)
    if last is None:
        vi = f"Đồ thị không nói gì về {iri.value}."
        return Problem("not-found", f"The graph says nothing about {iri.value}.", vi=vi)
    vi = f"Bản dữ liệu cuối cùng mô tả {iri.value} là {last}."
    return Problem("gone", f"The last release that described {iri.value} is {last}.", {"lastRelease": last}, vi=vi)


async def _check_held(lease: Lease, iri: NamedNode) -> None:
    if not (await select(lease, f"SELECT ?p WHERE {{ {iri} ?p ?o }} LIMIT 1")).rows:
        raise _not_held(lease.release, iri)


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
        statements.append(Statements(property_iri, label or _curie(property_iri), shown, len(shown)))
    return statements


def _value(rows: list[Mapping[str, Mapping[str, str]]], language: str) -> Value:
    term = rows[0]["value"]
    if term["type"] != "uri":
        return Value(term["value"], None, term.get("xml:lang"))
    return Value(_label(rows, "label", language) or _curie(term["value"]), term["value"], None)


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
            Value(_label(about, "label", language) or _curie(subject), subject, None)
            for subject, about in subjects.items()
        )
        label = _label(rows, "propertyLabel", language) or _curie(name)
        query = _subjects_query(iri, NamedNode(name), None)
        statements.append(Statements(name, label, values, int(rows[0]["count"]["value"]), query))
    return statements


def _curie(iri: str) -> str:
    """Return an IRI as a person recognises it: with a known prefix, or below the graph's base."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return short_name(iri)

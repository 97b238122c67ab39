"""/catalog, /void and /croissant.json: what a portal harvests, and a page about the data for people.

The catalogue is in the store; here it gets the addresses that the service is reached under, and pages when it is long.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph
from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from graph.catalogue.dcat import CATALOGUE, CATALOGUE_GRAPH, DCAT, ENDPOINT, SERIES, WHOLE
from graph.catalogue.schema_org import schema_org
from graph.catalogue.statements import by_subject, readdressed
from graph.catalogue.vocabularies import SPDX_NS
from graph.catalogue.void import DESCRIPTION, VOID
from graph.dumps.files import CROISSANT, DUMPS
from graph.namespaces import BASE, DCT, RDF, SKOS, XSD, thing
from graph.store import GRAPH_FORMATS, PREFIXES
from service.answers import asked_format, content_response, while_connected
from service.leases import leased, select
from service.negotiation import FORMATS
from service.pages import HTML, language_of, render
from service.pool import Lease
from service.problems import Problem
from service.releases import Release
from service.shared import Service, public_url, service_of

router = APIRouter()

HYDRA = "http://www.w3.org/ns/hydra/core#"
_PREFIXES = {
    **PREFIXES,
    "dcat": DCAT,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": HYDRA,
    "spdx": SPDX_NS,
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": VOID,
}
_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in _PREFIXES.items())
_PARTS = frozenset({DCT + "temporal", DCAT + "distribution"})  # what a dataset consists of
_ENDINGS = ("ttl", "rdf", "jsonld", "nt")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the catalogue, counted from 1, of how many, with its statements."""

    number: int
    last: int
    total: int
    triples: Sequence[Triple]


@router.api_route("/catalog", methods=["GET", "HEAD"])
async def catalogue(request: Request) -> Response:
    """Return the catalogue as RDF (DCAT-AP), or as a page where a browser asks."""
    offers = (*GRAPH_FORMATS, "text/html")  # RDF first: a harvester takes anything
    chosen = asked_format(request, offers)
    await request.body()
    return await while_connected(request, _catalogue(request, service_of(request), chosen))


@router.api_route("/catalog.{ending}", methods=["GET", "HEAD"])
async def catalogue_as(request: Request, ending: str) -> Response:
    """Return the catalogue in the format that the ending of the address names."""
    if ending not in _ENDINGS:
        raise Problem("not-found", f"The catalogue has no format {ending}; there are {', '.join(_ENDINGS)}.")
    await request.body()
    return await while_connected(request, _catalogue(request, service_of(request), FORMATS[ending]))


@router.api_route("/.well-known/void", methods=["GET", "HEAD"])
async def well_known(request: Request) -> Response:
    """Send the client to the VoID description (VoID, section 7.2)."""
    location = f"{service_of(request).settings.public_url}/void"
    return Response(status_code=303, headers={"Location": location})


@router.api_route("/void", methods=["GET", "HEAD"])
async def void(request: Request) -> Response:
    """Return the VoID description: how much the endpoint holds of what."""
    chosen = asked_format(request, tuple(GRAPH_FORMATS))
    service = service_of(request)
    await request.body()

    async def answer() -> Response:
        async with leased(service.known_pool, service.settings) as lease:
            triples = await _triples(lease, _VOID_QUERY)
            return _rdf(request, lease.release, triples, chosen)

    return await while_connected(request, answer())


@router.api_route("/croissant.json", methods=["GET", "HEAD"])
async def croissant(request: Request) -> Response:
    """Return the Croissant metadata of the tables of the release in use."""
    release = service_of(request).releases.current()
    try:
        content = (release.folder / DUMPS / CROISSANT).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Problem("not-found", f"The release {release.id} has no dumps.") from None
    own = json.dumps(f"{BASE}dumps/")[1:-1]
    moved = content.replace(own, f"{public_url(request)}/dumps/")
    return content_response(request, release, moved.encode(), "application/ld+json")


async def structured_data(request: Request, lease: Lease, dataset: str, language: str) -> Markup:
    """Return the schema.org description of a dataset as a script element for the head of a page; empty for none."""
    said = by_subject(await _datasets(lease, [dataset]))
    return json_ld(schema_org(dataset, said, language, public_url(request))) if dataset in said else Markup()


def json_ld(content: Mapping[str, Any]) -> Markup:
    """Return JSON-LD as a script element, which no text in it can end."""
    escaped = json.dumps(content, ensure_ascii=False).replace("&", "\\u0026").replace("<", "\\u003c")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(escaped))


def dataset_of_document(path: str) -> str:
    """Return the dataset of the document at a path below id/."""
    return thing("dataset", path)


async def _catalogue(request: Request, service: Service, chosen: str) -> Response:
    number = _page_number(request)
    async with leased(service.known_pool, service.settings) as lease:
        page = await _page(lease, number, service.settings.catalogue_page)
        if chosen != "text/html":
            links = _paging(f"{public_url(request)}/catalog", page, service.settings.catalogue_page)
            return _rdf(request, lease.release, [*page.triples, *links], chosen)
        return _html(request, lease.release, page)


def _page_number(request: Request) -> int:
    given = request.query_params.get("page", "1")
    if not given.isascii() or not given.isdecimal() or int(given) < 1:
        raise Problem("malformed-request", f'page="{given}" has to be a whole number from 1.')
    return int(given)


async def _page(lease: Lease, number: int, size: int) -> Page:
    counted = await select(lease, f"{_PROLOGUE}SELECT (COUNT(*) AS ?n) WHERE {{ <{CATALOGUE}> dcat:dataset ?d }}")
    total = int(counted.rows[0]["n"]["value"])
    last = max(1, -(-total // size))
    if number > last:
        raise Problem("not-found", f"The catalogue has {last} pages.")
    listed = await select(
        lease,
        f"""{_PROLOGUE}SELECT ?dataset WHERE {{ <{CATALOGUE}> dcat:dataset ?dataset }}
ORDER BY ?dataset LIMIT {size} OFFSET {(number - 1) * size}""",
    )
    datasets = [row["dataset"]["value"] for row in listed.rows]
    triples = [
        *await _described(lease, [CATALOGUE, ENDPOINT, SERIES]),
        *(Triple(NamedNode(CATALOGUE), NamedNode(DCAT + "dataset"), NamedNode(dataset)) for dataset in datasets),
        *await _datasets(lease, datasets),
    ]
    return Page(number, last, total, list(dict.fromkeys([*triples, *await _mentioned(lease, triples)])))


async def _datasets(lease: Lease, datasets: Sequence[str]) -> list[Triple]:
    """The statements about datasets, their parts, and all that these mention."""
    own = await _described(lease, datasets)
    if not own:  # most pages are about things that are no dataset
        return []
    parts = await _described(lease, _led_to(one for one in own if one.predicate.value in _PARTS))
    areas = _led_to(one for one in own if one.predicate.value == DCT + "spatial")
    labels = await _triples(lease, _labels_query(areas))
    return [*own, *parts, *labels, *await _mentioned(lease, [*own, *parts])]


async def _mentioned(lease: Lease, triples: Sequence[Triple]) -> list[Triple]:
    """The catalogue's statements about what some statements lead to and do not describe themselves."""
    known = {one.subject.value for one in triples if isinstance(one.subject, NamedNode)}
    leading = (one for one in triples if one.predicate.value != DCAT + "servesDataset")  # it stands on its own page
    return await _described(lease, [iri for iri in _led_to(leading) if iri not in known])


def _led_to(triples: Iterable[Triple]) -> list[str]:
    return sorted({one.object.value for one in triples if isinstance(one.object, NamedNode)})


async def _described(lease: Lease, subjects: Sequence[str]) -> list[Triple]:
    """The catalogue's statements about some things, without the list of all datasets."""
    return await _triples(
        lease,
        f"""SELECT ?s ?p ?o WHERE {{ {_values(subjects)} GRAPH <{CATALOGUE_GRAPH}> {{ ?s ?p ?o }}
  FILTER (?p != <{DCAT}dataset>) }}""",
    )


def _labels_query(areas: Sequence[str]) -> str:
    label = f"<{SKOS}prefLabel>"
    return f"SELECT DISTINCT ?s ?p ?o WHERE {{ {_values(areas)} ?s {label} ?o . BIND ({label} AS ?p) }}"


def _values(iris: Sequence[str]) -> str:
    return f"VALUES ?s {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


_VOID_QUERY = f"""SELECT ?s ?p ?o WHERE {{
  GRAPH <{CATALOGUE_GRAPH}> {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?s), "{DESCRIPTION}"))
}}"""


async def _triples(lease: Lease, query: str) -> list[Triple]:
    """Run a SELECT query for ?s ?p ?o and return what it finds as triples."""
    found = await select(lease, query)
    return [Triple(NamedNode(row["s"]["value"]), NamedNode(row["p"]["value"]), _term(row)) for row in found.rows]


def _term(row: Mapping[str, Mapping[str, str]]) -> NamedNode | Literal:
    term = row["o"]
    if term["type"] == "uri":
        return NamedNode(term["value"])
    if "xml:lang" in term:
        return Literal(term["value"], language=term["xml:lang"])
    datatype = term.get("datatype")
    if row["p"]["value"] == DCAT + "byteSize":
        datatype = XSD + "nonNegativeInteger"  # the store keeps whole numbers of every kind as xsd:integer
    return Literal(term["value"], datatype=NamedNode(datatype) if datatype else None)


def _rdf(request: Request, release: Release, triples: Iterable[Triple], media_type: str) -> Response:
    rdf_format = GRAPH_FORMATS[media_type]
    prefixes = None if rdf_format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS) else _PREFIXES
    ordered = sorted(readdressed(triples, public_url(request)), key=str)
    content = pyoxigraph.serialize(ordered, format=rdf_format, prefixes=prefixes)
    assert content is not None
    return content_response(request, release, content, media_type)


def _paging(address: str, page: Page, size: int) -> list[Triple]:
    """Return how to get on in a catalogue of several pages (Hydra Core Vocabulary, Collections); none for one page."""
    if page.last == 1:
        return []
    this = NamedNode(f"{address}?page={page.number}")
    numbers = {"first": 1, "last": page.last}
    if page.number > 1:
        numbers["previous"] = page.number - 1
    if page.number < page.last:
        numbers["next"] = page.number + 1
    kinds = ("PartialCollectionView", "PagedCollection")  # the name before 2015, which harvesters know as well
    return [
        *(Triple(this, NamedNode(RDF + "type"), NamedNode(HYDRA + kind)) for kind in kinds),
        Triple(this, NamedNode(HYDRA + "totalItems"), _integer(page.total)),
        Triple(this, NamedNode(HYDRA + "itemsPerPage"), _integer(size)),
        *(Triple(this, NamedNode(HYDRA + name), NamedNode(f"{address}?page={n}")) for name, n in numbers.items()),
    ]


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def _html(request: Request, release: Release, page: Page) -> Response:
    said = by_subject(page.triples)
    language, public = language_of(request), public_url(request)
    listed = sorted(one.value for one in said.get(CATALOGUE, {}).get(DCAT + "dataset", ()))
    listed.sort(key=lambda iri: iri != WHOLE)  # the whole first
    datasets = [schema_org(iri, said, language, public) for iri in listed]
    content = render(
        request,
        "catalogue.html",
        language,
        release=release,
        datasets=datasets,
        page=page,
        endings=_ENDINGS,
        structured=json_ld({"@context": "https://schema.org/", "@graph": datasets}),
    )
    return content_response(request, release, content, HTML)

"""/id/…, /page/…, /data/… and /linkset/…: every thing of the graph at its own IRI.

/id/… names the thing and redirects (303) to a document about it: /page/… for people, /data/… for machines
(Cool URIs for the Semantic Web, section 4.2). The documents say by typed links how they hang together (Signposting).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pyoxigraph import NamedNode

from graph.namespaces import BASE
from graph.store import PREFIXES, ResultKind
from service.answers import asked_format, content_response, json_content, result_response, while_connected
from service.catalogue import dataset_of_document, structured_data
from service.descriptions import description_query, held_query, incoming_count_query, last_page
from service.kinds import read_kind
from service.kinds.asking import Asking
from service.kinds.page import KindPage
from service.leases import leased, select
from service.links import LICENCE, LINKSET, Link, link_header, linkset
from service.names import names_of
from service.pages import language_of, page_response
from service.pool import Lease
from service.problems import Problem, not_a_page
from service.releases import Release
from service.shared import public_url, service_of
from service.source_texts import text_is_held
from service.thing_pages import Thing, read_thing
from service.workers import Query

router = APIRouter()

_ENDINGS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}
"""What the address of a description may end in, and its media type."""
_FORMATS = tuple(_ENDINGS.values())
_HTML = "text/html"
_OF_DATA = ("alternate", "describedby")  # what the descriptions are to the page
_MOST_PAGES = 10**6  # a larger number is none that a description has
_STATEMENTS = "statements"  # ?view= that has the generic page of a thing
_PASSED_BY = f"{PREFIXES['eli']}passed_by"


@router.api_route("/id/{path:path}", methods=["GET", "HEAD"])
async def thing(request: Request, path: str) -> Response:
    """Send the client to the document about a thing that it can read."""
    service, iri = service_of(request), _iri(path)
    chosen = asked_format(request, (_HTML, *_FORMATS))
    await request.body()

    async def answer() -> Response:
        async with leased(service.known_pool, service.settings) as lease:
            await _check_held(lease, iri)
        # The raw path, so that what was escaped stays so.
        raw = request.scope["raw_path"].decode("ascii").partition("/id/")[2]
        document = f"page/{raw}" if chosen == _HTML else f"data/{raw}.{_ending(chosen)}"
        query = f"?{request.url.query}" if request.url.query else ""
        location = f"{service.settings.public_url}/{document}{query}"
        return Response(status_code=303, headers={"Location": location, "Vary": "Accept"})

    return await while_connected(request, answer())


@router.api_route("/data/{path:path}", methods=["GET", "HEAD"])
async def data(request: Request, path: str) -> Response:
    """Return the description of a thing as RDF, in the format that the address ends in, else in the one asked for."""
    name, dot, ending = path.rpartition(".")
    if dot and ending in _ENDINGS:
        path, chosen = name, _ENDINGS[ending]
    else:
        chosen = asked_format(request, _FORMATS)
    service, iri, page = service_of(request), _iri(path), _page_number(request)
    await request.body()

    async def answer() -> Response:
        async with leased(service.known_pool, service.settings) as lease:
            await _check_held(lease, iri)
            counted = await select(lease, incoming_count_query(iri))
            incoming = int(counted.rows[0]["count"]["value"])
            if page > last_page(incoming):
                raise Problem("not-found", f"The description of {iri.value} has {last_page(incoming)} pages.")
            address = f"{public_url(request)}/data/{quote(path)}.{_ending(chosen)}"
            query = description_query(iri, NamedNode(address), page, incoming)
            formats = {ResultKind.GRAPH: chosen, ResultKind.SOLUTIONS: None, ResultKind.BOOLEAN: None}
            response = result_response(request, await lease.run(Query(query, formats)))
        links = [
            *_links_of_data(public_url(request), quote(path), chosen),
            *_neighbours(address, page, last_page(incoming)),
        ]
        response.headers["Link"] = link_header(links)
        response.headers["Content-Location"] = address if page == 1 else f"{address}?page={page}"
        return response

    return await while_connected(request, answer())


@router.api_route("/page/{path:path}", methods=["GET", "HEAD"])
async def page(request: Request, path: str) -> Response:
    """Return a page about a thing: its statements, and what points at it, with the true counts."""
    service, iri, language = service_of(request), _iri(path), language_of(request)
    given = {name: value for name, value in request.query_params.items() if value and name != "lang"}
    await request.body()

    async def answer() -> Response:
        async with leased(service.known_pool, service.settings) as lease:
            asking = Asking(lease, iri, language, given, await names_of(lease), service.cache)
            shown = await read_kind(asking) if given.get("view") != _STATEMENTS else None
            shown = shown or _generic(await _read(lease, iri, language))
            structured = await structured_data(request, lease, dataset_of_document(path), language)
            about = {"iri": iri.value, "path": f"/data/{path}", "page_title": shown.title, "structured": structured}
            context = {**about, "given": defaultdict(str, given), "changed": partial(_changed, given), **shown.context}
            context["held"] = partial(text_is_held, lease.release)
            response = page_response(request, lease.release, shown.template, language, **context)
        response.headers["Link"] = link_header(_links_of_page(public_url(request), quote(path), shown.authors))
        return response

    return await while_connected(request, answer())


@router.api_route("/linkset/{path:path}", methods=["GET", "HEAD"])
async def links(request: Request, path: str) -> Response:
    """Return the typed links of all documents about a thing (Signposting, level 2)."""
    service, iri, public = service_of(request), _iri(path), public_url(request)
    path = quote(path)
    await request.body()

    async def answer() -> Response:
        async with leased(service.known_pool, service.settings) as lease:
            found = await _read(lease, iri, "vi")
            page_links = (f"{public}/page/{path}", _links_of_page(public, path, _authors(found)))
            data_links = (
                (f"{public}/data/{path}.{ending}", _links_of_data(public, path, media_type))
                for ending, media_type in _ENDINGS.items()
            )
            content = json_content(linkset([page_links, *data_links]))
            return content_response(request, lease.release, content, LINKSET)

    return await while_connected(request, answer())


def _generic(found: Thing) -> KindPage:
    return KindPage("thing.html", found.title, {"thing_read": found}, _authors(found))


def _changed(given: Mapping[str, str], **changes: str | None) -> dict[str, str]:
    """Return the parameters of this page with some changed; None takes one away, as does a change of all but the page
    with the page."""
    kept = {name: value for name, value in given.items() if name != "page"}
    return {name: value for name, value in {**kept, **changes}.items() if value}


async def _read(lease: Lease, iri: NamedNode, language: str) -> Thing:
    found = await read_thing(lease, iri, language)
    if found is None:
        raise _not_held(lease.release, iri)
    return found


def _links_of_page(public: str, path: str, authors: Sequence[str]) -> list[Link]:
    """The typed links of a page about a thing (Signposting, level 1, landing page)."""
    return [
        Link("canonical", f"{public}/page/{path}"),
        Link("cite-as", f"{BASE}id/{path}"),
        Link("type", "https://schema.org/AboutPage"),
        Link("license", LICENCE),
        *(Link("author", author) for author in authors),
        Link("collection", f"{public}/catalog"),
        *(Link(rel, f"{public}/data/{path}.{end}", type_) for end, type_ in _ENDINGS.items() for rel in _OF_DATA),
        Link("linkset", f"{public}/linkset/{path}", LINKSET),
    ]


def _links_of_data(public: str, path: str, media_type: str) -> list[Link]:
    """The typed links of a description of a thing."""
    others = ((ending, type_) for ending, type_ in _ENDINGS.items() if type_ != media_type)
    return [
        Link("canonical", f"{public}/data/{path}.{_ending(media_type)}"),
        Link("cite-as", f"{BASE}id/{path}"),
        Link("describes", f"{public}/page/{path}", _HTML),
        Link("license", LICENCE),
        Link("collection", f"{public}/catalog"),
        Link("alternate", f"{public}/page/{path}", _HTML),
        *(Link("alternate", f"{public}/data/{path}.{ending}", type_) for ending, type_ in others),
        Link("linkset", f"{public}/linkset/{path}", LINKSET),
    ]


def _neighbours(address: str, page: int, last: int) -> list[Link]:
    before = [Link("prev", address if page == 2 else f"{address}?page={page - 1}")] if page > 1 else []
    return before + ([Link("next", f"{address}?page={page + 1}")] if page < last else [])


def _authors(found: Thing) -> list[str]:
    """The IRIs of those who issued a document."""
    return [v.iri for said in found.outgoing if said.property == _PASSED_BY for v in said.values if v.iri]


def _ending(media_type: str) -> str:
    return next(ending for ending, known in _ENDINGS.items() if known == media_type)


def _page_number(request: Request) -> int:
    text = request.query_params.get("page", "1")
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_PAGES):
        raise not_a_page("page", text, _MOST_PAGES)
    return int(text)


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
    if not (await select(lease, held_query(iri))).rows:
        raise _not_held(lease.release, iri)

"""/search: tasks, agencies, documents and indicators by words, with facets, as a page without script or as JSON.

The index is a file of the release. It is read in threads of its own, each search with its own connection and a
deadline, so that none holds up the event loop or another search for long.
"""

import asyncio
import functools
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.namespaces import BASE, thing
from graph.search import (
    FACETS,
    INDEX,
    MOST_WORDS,
    Facet,
    Found,
    Hit,
    Piece,
    QueryError,
    Search,
    SearchError,
    SearchTimeoutError,
)
from service.answers import asked_format, content_response, json_content
from service.document_names import document_names, document_of
from service.leases import leased
from service.links import link_header
from service.names import names_of
from service.pages import language_of, page_response, short_name
from service.paging import RESERVED, Page, address, check_page, page_of
from service.problems import Problem
from service.releases import Release
from service.shared import Service, public_url, service_of
from service.texts import TEXTS

router = APIRouter()

_HITS = 20  # of a page, unless ?limit= says otherwise
_MOST_HITS = 1000  # of a page
_NAMED_VALUES = 50  # allowed values that an error names in words; it has all of them as data
_PLAIN = ("kind", "year")  # facets whose values are no IRIs


class _Threads:
    """Threads that search, and a bound on how many searches may be under way or wait for one."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="search")
        self._under_way = 0

    async def run(self, work: Callable[[], Found], most: int) -> Found:
        """Search in a thread. Raises Problem where there are as many already."""
        if self._under_way >= most:
            limit = {"name": "queue_length", "value": most}
            raise Problem("busy", f"{most} searches are under way already.", {"limit": limit}, {"Retry-After": "5"})
        self._under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._under_way -= 1


_THREADS = _Threads()

Filters = Mapping[str, Sequence[str]]
"""Values by facet; of several of one facet, an entry has to have one."""


@router.api_route("/search", methods=["GET", "HEAD"])
async def search(request: Request) -> Response:
    """Find tasks, agencies, documents and indicators by words (?q=) and facets."""
    release = service_of(request).releases.current()
    chosen = asked_format(request, ("application/json", "text/html"))
    query = _query(request)
    page = page_of(request, release, _HITS)
    if page.limit is None or page.limit > _MOST_HITS:
        raise Problem(
            "bad-parameter",
            f"A page may have {_MOST_HITS} hits; the Link header leads to the next.",
            {"parameter": "limit"},
            vi=f"Một trang có tối đa {_MOST_HITS} kết quả; tiêu đề Link dẫn tới trang sau.",
        )
    found = await _found(request, release, query, page)
    check_page(page, found.total)
    links = page.links(request, release, found.total)
    facets = _facets(request, found)
    if chosen == "text/html":
        response = page_response(
            request,
            release,
            "search.html",
            language_of(request),
            query=query,
            found=found,
            facets=facets,
            filters=_kept(request),
            start=page.start,
            page_links={link.rel: link.target for link in links},
            places=await _places(service_of(request), language_of(request), found.hits),
        )
    else:
        pages = {link.rel: link.target for link in links}
        content = json_content(_as_json(request, release, query, found, facets, pages))
        response = content_response(request, release, content, "application/json")
    if links:
        response.headers["Link"] = link_header(links)
    return response


def _query(request: Request) -> str:
    """Return what is searched for. Raises Problem for a parameter that there is none of, or that is given twice."""
    known = {"q", "format", "lang", *RESERVED, *FACETS}
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        if name not in known:
            listed = ", ".join(("q", *FACETS, *RESERVED))
            raise Problem(
                "bad-parameter",
                f'There is no parameter "{name}"; there are {listed}.',
                {"parameter": name},
                vi=f'Không có tham số "{name}"; có các tham số {listed}.',
            )
        if name not in FACETS and names.count(name) > 1:
            raise Problem(
                "bad-parameter",
                f'The parameter "{name}" is given more than once.',
                {"parameter": name},
                vi=f'Tham số "{name}" được nêu hơn một lần.',
            )
    return request.query_params.get("q", "").strip()


async def _places(service: Service, language: str, hits: Sequence[Hit]) -> dict[str, str]:
    """Return, by IRI, which document a row stands in and which area an agency belongs to: many have the same name."""
    documents = {hit.iri: document for hit in hits if (document := document_of(hit.iri)) not in ("", hit.iri)}
    async with leased(service.known_pool, service.settings) as lease:
        named = await document_names(lease, service, language, documents.values())
        names = await names_of(lease)
    places = {iri: named[document] for iri, document in documents.items() if document in named}
    for hit in hits:
        kind, *path = short_name(hit.iri).split("/")
        if kind in ("agency", "agency-group") and len(path) > 1:
            places[hit.iri] = names.of(thing("area", path[0]), language)
    return places


def _filters(request: Request) -> dict[str, list[str]]:
    """Return the filters of a request; a value of a facet is an IRI, or what stands behind the facet's name in it."""
    filters: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name in FACETS and value:
            whole = value if name in _PLAIN or value.startswith(("http://", "https://")) else thing(name, value)
            filters.setdefault(name, []).append(whole)
    return filters


async def _found(request: Request, release: Release, query: str, page: Page) -> Found:
    """Search in a thread, and say what goes wrong there as a problem."""
    settings = service_of(request).settings
    work = functools.partial(
        _search, release.folder / INDEX, query, _filters(request), page, seconds=settings.short_seconds
    )
    try:
        return await _THREADS.run(work, settings.queue_length)
    except QueryError as error:
        said = str(error)
        vi = f"Câu tìm có quá nhiều từ; tối đa {MOST_WORDS} từ."
        raise Problem("bad-parameter", f"{said[0].upper()}{said[1:]}.", {"parameter": "q"}, vi=vi) from None
    except SearchTimeoutError:
        limit = {"name": "short_seconds", "value": settings.short_seconds}
        detail = f"A search may take {settings.short_seconds:g} seconds."
        raise Problem("query-deadline", detail, {"limit": limit}) from None
    except SearchError as error:
        raise Problem("store-unavailable", f"The release {release.id} has no search index: {error}.") from None


def _search(index: Path, query: str, filters: Filters, page: Page, seconds: float) -> Found:
    search = Search(index, seconds)
    try:
        for name, values in filters.items():
            allowed = search.values(name)
            for value in values:
                if value not in allowed:
                    raise _no_value(name, value, allowed)
        assert page.limit is not None
        return search.find(query, filters, limit=page.limit, offset=page.start)
    finally:
        search.close()


def _no_value(name: str, value: str, allowed: Sequence[str]) -> Problem:
    shorter = [short(name, one) for one in allowed]
    listed = ", ".join(shorter[:_NAMED_VALUES])
    left_out = len(shorter) - _NAMED_VALUES
    more = (f" và {left_out} giá trị khác", f" and {left_out} more") if left_out > 0 else ("", "")
    return Problem(
        "bad-parameter",
        f'"{name}" has no value "{short(name, value)}"; it can be {listed}{more[1]}.',
        {"parameter": name, "allowed": [{"value": one} for one in shorter]},
        vi=f'"{name}" không có giá trị "{short(name, value)}"; có thể là {listed}{more[0]}.',
    )


def short(facet: str, value: str) -> str:
    """Return the shortest value that means the same in an address."""
    return value if facet in _PLAIN else value.removeprefix(f"{BASE}id/{facet}/")


def _facets(request: Request, found: Found) -> dict[str, list[dict[str, Any]]]:
    """Return all values of each facet with their counts, and the address that adds the value or takes it away."""
    chosen = _filters(request)
    facets: dict[str, list[dict[str, Any]]] = {name: [] for name in FACETS}
    for facet in found.facets:
        selected = facet.value in chosen.get(facet.name, ())
        facets[facet.name].append(
            {
                "value": short(facet.name, facet.value),
                "label": _label(facet),
                "count": facet.count,
                "selected": selected,
                "address": _switched(request, facet, chosen, selected=selected),
            }
        )
    return facets


def _label(facet: Facet) -> dict[str, str]:
    if facet.name == "kind":
        return {language: TEXTS[language][f"search_kind_{facet.value}"] for language in TEXTS}
    own = short(facet.name, facet.value)
    usual = facet.labels.get("vi") or next(iter(facet.labels.values()), own)
    return {language: facet.labels.get(language, usual) for language in TEXTS}


def _switched(request: Request, facet: Facet, chosen: Filters, *, selected: bool) -> str:
    """Return the address of the same search with a value of a facet, or without it."""
    values = [value for value in chosen.get(facet.name, ()) if value != facet.value]
    if not selected:
        values.append(facet.value)
    others = [(name, value) for name, value in request.query_params.multi_items() if name not in (facet.name, "cursor")]
    return address(request, [*others, *((facet.name, short(facet.name, value)) for value in values)])


def _kept(request: Request) -> list[tuple[str, str]]:
    """Return the filters that a new search of the page keeps."""
    return [(name, value) for name, value in request.query_params.multi_items() if name in FACETS and value]


def _as_json(
    request: Request,
    release: Release,
    query: str,
    found: Found,
    facets: Mapping[str, Sequence[Mapping[str, Any]]],
    pages: Mapping[str, str],
) -> dict[str, Any]:
    content: dict[str, Any] = {
        "query": query,
        "filters": _filters(request),
        "total": found.total,
        "accents_passed_over": found.relaxed,
        "release": {"id": release.id, "issued": release.issued},
        "hits": [_hit(request, hit) for hit in found.hits],
        "facets": facets,
    }
    return {**content, "page": pages} if pages else content


def _hit(request: Request, hit: Hit) -> dict[str, Any]:
    return {
        "iri": hit.iri,
        "title": hit.title,
        "kind": hit.kind,
        "marked": _pieces(hit.marked),
        "snippet": _pieces(hit.snippet),
        "address": f"{public_url(request)}/{hit.iri.removeprefix(BASE)}",
    }


def _pieces(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "found": piece.found} for piece in pieces]

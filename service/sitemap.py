"""/sitemap.xml (sitemaps.org) and /robots.txt: the pages that search engines shall find, and when they last changed."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from graph.catalogue.dcat import CATALOGUE_GRAPH, DCAT, WHOLE
from graph.catalogue.statements import addressed
from graph.namespaces import DCT
from service.answers import content_response, while_connected
from service.leases import leased, select
from service.problems import Problem
from service.shared import public_url, service_of

router = APIRouter()

LARGEST = 50_000
"""How many addresses a sitemap may have (sitemaps.org, protocol)."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = ("", "questions", "catalog", "dumps/", "quality")  # they change with the whole
_CHANGES = f"""SELECT ?dataset ?page ?modified WHERE {{ GRAPH <{CATALOGUE_GRAPH}> {{
  ?dataset <{DCAT}landingPage> ?page ; <{DCT}modified> ?modified }} }} ORDER BY ?page"""

Entry = tuple[str, str | None]
"""An address and when it last changed (ISO 8601), where that is known."""


@router.api_route("/robots.txt", methods=["GET", "HEAD"])
async def robots(request: Request) -> Response:
    """Let everything be read but queries, and name the sitemap."""
    return PlainTextResponse(
        f"User-agent: *\nDisallow: /sparql?\nAllow: /\n\nSitemap: {public_url(request)}/sitemap.xml\n"
    )


@router.api_route("/sitemap.xml", methods=["GET", "HEAD"])
async def sitemap(request: Request) -> Response:
    """List the pages with the time when their data last changed; when they are too many for one file, list files."""
    service, public = service_of(request), public_url(request)
    page = request.query_params.get("page")
    await request.body()

    async def answer() -> Response:
        async with leased(service.known_pool, service.settings) as lease:
            changes = (await select(lease, _CHANGES)).rows
            content = sitemap_xml(_entries(changes, list(service.questions), public), public, page)
            return content_response(request, lease.release, content, "application/xml")

    return await while_connected(request, answer())


def sitemap_xml(entries: Sequence[Entry], public: str, page: str | None) -> bytes:
    """Return a sitemap; more entries than one may have are pages, and without a page asked for their index."""
    pages = [entries[start : start + LARGEST] for start in range(0, len(entries), LARGEST)]
    if page is None and len(pages) > 1:
        return _xml(
            "sitemapindex", "sitemap", [(f"{public}/sitemap.xml?page={n}", None) for n in range(1, len(pages) + 1)]
        )
    if page is not None and page not in map(str, range(1, len(pages) + 1)):
        raise Problem("not-found", f"The sitemap has {len(pages)} pages.")
    return _xml("urlset", "url", pages[int(page or 1) - 1])


def _entries(changes: Sequence[Mapping[str, Mapping[str, str]]], questions: Sequence[str], public: str) -> list[Entry]:
    whole = next((row["modified"]["value"] for row in changes if row["dataset"]["value"] == WHOLE), None)
    paths = [*_PAGES, *(f"questions/{question}" for question in questions)]
    documents = [row for row in changes if row["dataset"]["value"] != WHOLE]
    return [
        *((f"{public}/{path}", whole) for path in paths),
        *((addressed(row["page"]["value"], public), row["modified"]["value"]) for row in documents),
    ]


def _xml(root: str, element: str, entries: Sequence[Entry]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for address, changed in entries:
        time = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<{element}><loc>{escape(address)}</loc>{time}</{element}>")
    return "\n".join([*lines, f"</{root}>", ""]).encode()

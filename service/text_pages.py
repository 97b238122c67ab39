"""/text/{source}: the text of a source, exactly as its passages count it: whole as plain text, page by page for people.

?char=START,END selects characters, as the fragment identifiers of plain text do (RFC 5147), in Unicode code points.
"""

import re
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pyoxigraph import NamedNode

from graph.namespaces import thing
from graph.source_text import Span
from service.answers import asked_format, content_response, while_connected
from service.kinds.asking import Asking
from service.kinds.excerpts import read_marks, window_of
from service.kinds.facts import TITLE, read_documents, read_facts
from service.leases import leased
from service.links import Link, link_header
from service.names import names_of
from service.pages import language_of, page_response
from service.problems import Problem, not_a_page
from service.shared import public_url, service_of
from service.source_texts import page_at, pages, read_text, text_is_held

router = APIRouter()

_PLAIN = "text/plain"
_CHAR = re.compile(r"([0-9]{1,9}),([0-9]{1,9})")


@router.api_route("/text/{source}", methods=["GET", "HEAD"])
async def text(request: Request, source: str) -> Response:
    """Return the text of a source: all of it as plain text, or the page with the characters asked for."""
    service, language = service_of(request), language_of(request)
    plain = _wants_plain(request)
    await request.body()

    async def answer() -> Response:
        async with leased(service.known_pool, service.settings) as lease:
            content = read_text(lease.release, source)
            if content is None:
                vi = f'Bản dữ liệu {lease.release.id} không có toàn văn của nguồn "{source}".'
                said = f'The release {lease.release.id} holds no text of a source "{source}".'
                raise Problem("not-found", said, vi=vi)
            if plain:
                return content_response(request, lease.release, content.encode(), f"{_PLAIN}; charset=utf-8")
            selected = _selected(request, content)
            number = _page(request, content, selected)
            this = NamedNode(thing("source", source))
            asking = Asking(lease, this, language, {}, await names_of(lease), service.cache)
            facts = await read_facts(asking)
            read = await asking.rows("documents-read")
            marks = await read_marks(asking, source)
            window = pages(content)[number - 1]
            context = {
                "held": partial(text_is_held, lease.release),
                "source": source,
                "title": facts.text(TITLE) or source,
                "documents": await read_documents(asking, [row["document"] for row in read]),
                "length": len(content),
                "window": window,
                "excerpt": window_of(content, source, window, marks, [selected] if selected else []),
                "selected": selected,
                "page": number,
                "pages": len(pages(content)),
            }
            response = page_response(request, lease.release, "text.html", language, **context)
        address = f"{public_url(request)}/text/{source}"
        response.headers["Link"] = link_header([Link("alternate", f"{address}?format=txt", _PLAIN)])
        return response

    return await while_connected(request, answer())


def _wants_plain(request: Request) -> bool:
    if request.query_params.get("format") == "txt":
        return True
    return asked_format(request, ("text/html", _PLAIN)) == _PLAIN


def _selected(request: Request, content: str) -> Span | None:
    """Return the characters that ?char= names, None without it. Raises Problem."""
    given = request.query_params.get("char")
    if not given:
        return None
    match = _CHAR.fullmatch(given)
    if match is None or not int(match[1]) < int(match[2]) <= len(content):
        vi = f'char="{given}": phải là ĐẦU,CUỐI với 0 ≤ ĐẦU < CUỐI ≤ {len(content)}.'
        said = f'char="{given}": has to be START,END with 0 ≤ START < END ≤ {len(content)}.'
        raise Problem("bad-parameter", said, vi=vi)
    return Span(int(match[1]), int(match[2]))


def _page(request: Request, content: str, selected: Span | None) -> int:
    given = request.query_params.get("page")
    if given is None:
        return page_at(content, selected.start) if selected else 1
    last = len(pages(content))
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= last):
        raise not_a_page("page", given, last)
    return int(given)

"""/sparql: the query operation of the SPARQL 1.1 Protocol (section 2.1), and what the endpoint says of itself."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

import pyoxigraph
from fastapi import Request
from fastapi.responses import Response
from pyoxigraph import RdfFormat
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from graph.store import GRAPH_FORMATS, PREFIXES, RESULT_FORMATS, Dataset, ResultKind
from service.answers import accepted, asked_format, content_response, result_response, while_connected
from service.description import FORMATS, SD, VOID, service_description
from service.errors import error_response
from service.negotiation import negotiate_results
from service.problems import Problem
from service.query_page import answer_page, form_page, problem_page
from service.shared import Service, public_url, service_of
from service.workers import Query

PATHS = ("/sparql", "/sparql/")
"""Where the endpoint is."""

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_HTML = "text/html"
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_RESULT_OFFERS = (*RESULT_FORMATS, _HTML)
_GRAPH_OFFERS = (*GRAPH_FORMATS, _HTML)
_BEHIND_PAGE = {
    ResultKind.SOLUTIONS: "application/sparql-results+json",
    ResultKind.BOOLEAN: "application/sparql-results+json",
    ResultKind.GRAPH: "text/turtle",
}


@dataclass(frozen=True, slots=True)
class _Operation:
    """A query operation as it came in; `text` is None where there is none, which a GET may do."""

    text: str | None
    dataset: Dataset
    accept: str | None
    language: str


async def sparql(request: Request) -> Response:
    """Answer a query; without one, describe the endpoint: RDF for machines, a form for people."""
    allow = {"Allow": ", ".join(_METHODS)}
    if request.method not in _METHODS:
        raise HTTPException(405, "Method Not Allowed", allow)
    if request.method == "OPTIONS":  # preflight requests are answered before they come here
        return Response(status_code=204, headers=allow)
    service = service_of(request)
    operation = await _operation(request, service.settings.query_bytes)
    if operation.text is None:
        return await _description(request, service, operation)
    chosen = _media_types(operation.accept)
    media_types = {kind: _BEHIND_PAGE[kind] if given == _HTML else given for kind, given in chosen.items()}
    query = Query(operation.text, media_types, operation.dataset)
    try:
        result = service.kept(query)
        if result is None:
            result = await while_connected(request, service.run(query))
    except Problem as problem:
        if chosen[ResultKind.SOLUTIONS] != _HTML:
            raise
        return problem_page(request, operation.language, operation.text, operation.dataset, problem)
    if chosen[result.kind] == _HTML:
        return answer_page(request, operation.language, operation.text, operation.dataset, result)
    return result_response(request, result)


async def endpoint(scope: Scope, receive: Receive, send: Send) -> None:
    """The endpoint as an ASGI application, which takes every method, so that it says itself which it has."""
    request = Request(scope, receive, send)
    try:
        response = await sparql(request)
    except Exception as error:
        response = error_response(request, error)
    await response(scope, receive, send)


async def _operation(request: Request, limit: int) -> _Operation:
    """Read the query operation from the request (Protocol, table of section 2.1). Raises Problem."""
    body = await _body(request, limit)
    pairs = _pairs(request.scope["query_string"].decode("latin-1"), "The query string")
    direct = []
    if request.method == "POST":
        content_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
        charset = dict(parse_qsl(parameters.replace(" ", ""), separator=";")).get("charset", "utf-8").strip('"')
        if content_type.strip() == "application/sparql-update":
            raise Problem("read-only", "The body is a SPARQL update, and the service only reads.")
        if content_type.strip() not in (_FORM, _DIRECT) or charset not in ("utf-8", "utf8"):
            given = request.headers.get("content-type", "none")
            raise Problem("unsupported-media-type", f"The Content-Type is {given}.")
        try:
            text = body.decode()
        except UnicodeDecodeError as error:
            raise Problem("malformed-request", f"The body is not UTF-8: byte {error.start} does not fit.") from None
        if content_type.strip() == _FORM:
            pairs += _pairs(text, "The form")
        else:
            direct = [text]
    queries = direct + [value for name, value in pairs if name == "query"]
    if any(name == "update" for name, _ in pairs):
        raise Problem("read-only", "The request has the parameter update, and the service only reads.")
    if len(queries) > 1:
        raise Problem("malformed-request", f"The request has {len(queries)} queries.")
    if not queries and request.method == "POST":
        raise Problem("malformed-request", "The form has no parameter query.")
    return _Operation(
        text=queries[0] if queries else None,
        dataset=Dataset(
            tuple(value for name, value in pairs if name == "default-graph-uri"),
            tuple(value for name, value in pairs if name == "named-graph-uri"),
        ),
        accept=accepted(request, next((value for name, value in pairs if name == "format"), "")),
        language="en" if ("lang", "en") in pairs else "vi",
    )


def _pairs(text: str, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise Problem("malformed-request", f"{where} is not UTF-8.") from None


async def _body(request: Request, limit: int) -> bytes:
    """Read the body, but no more than the limit."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            detail = f"A request body may have {limit} bytes."
            raise Problem("request-too-large", detail, {"limit": {"name": "query_bytes", "value": limit}})
    return bytes(body)


def _media_types(accept: str | None) -> dict[ResultKind, str | None]:
    """Return the media type for each kind of result, None where the client takes none of them.

    What the query returns is only known once the engine has read it, so all kinds are negotiated beforehand.
    """
    results = negotiate_results(accept, _RESULT_OFFERS)
    graph = negotiate_results(accept, _GRAPH_OFFERS)
    return {ResultKind.SOLUTIONS: results, ResultKind.BOOLEAN: results, ResultKind.GRAPH: graph}


async def _description(request: Request, service: Service, operation: _Operation) -> Response:
    chosen = asked_format(request, _GRAPH_OFFERS)
    release, sizes = await while_connected(request, service.sizes_of_release())
    if chosen == _HTML:
        return form_page(request, release, operation.language, sizes)
    endpoint = f"{public_url(request)}/sparql"
    description = service_description(endpoint, sizes, bool(service.settings.federation))
    content = pyoxigraph.serialize(description, format=GRAPH_FORMATS[chosen], prefixes=_prefixes(chosen))
    assert content is not None
    return content_response(request, release, content, chosen)


def _prefixes(media_type: str) -> dict[str, str] | None:
    if GRAPH_FORMATS[media_type] in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        return None
    return {**PREFIXES, "sd": SD, "void": VOID, "formats": FORMATS}

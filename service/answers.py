"""From a request to a worker and back: runs queries for requests, and makes responses of results.

This is where a client that goes away stops its query, and where what a worker says becomes a problem.
"""

import asyncio
import contextlib
import hashlib
import json
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from graph.questions.answers import Table, read_table
from graph.questions.catalogue import Question
from graph.store import GRAPH_FORMATS, RESULT_FORMATS, ResultKind
from service.negotiation import FORMATS, negotiate_results
from service.problems import Problem
from service.releases import Release, Releases
from service.settings import Settings
from service.workers import (
    BusyError,
    DeadlineError,
    Lease,
    NoFormatError,
    Pool,
    Query,
    QueryRefusedError,
    Result,
    ResultSizeError,
    StoreUnavailableError,
    WorkerEndedError,
    WorkerError,
)

_T = TypeVar("_T")
_PIECE = 1 << 18  # bytes read from a large result at once
_RETRY_SECONDS = 5  # what a client that was turned away is asked to wait

RELEASE_HEADER = "Phancong-Release"
"""The header that names the release an answer comes from."""

_JSON = {
    ResultKind.SOLUTIONS: "application/sparql-results+json",
    ResultKind.BOOLEAN: "application/sparql-results+json",
    ResultKind.GRAPH: "text/turtle",
}


@dataclass(frozen=True, slots=True)
class Service:
    """What the routes share: settings, releases, questions, and two pools of workers.

    `open_pool` takes the queries that anybody writes; `known_pool` only the service's own, so that those never stand
    behind a query that does not end.
    """

    settings: Settings
    releases: Releases
    questions: Mapping[str, Question]
    open_pool: Pool
    known_pool: Pool


class ClientGoneError(Exception):
    """The client closed the connection; there is nobody to answer."""


def service_of(request: Request) -> Service:
    """Return what `create_app` put into the application."""
    service: Service = request.app.state.service
    return service


def asked_format(request: Request, offers: Sequence[str]) -> str:
    """Return which of the media types offered the client asks for, by ?format= or else by Accept, or raise Problem."""
    name = request.query_params.get("format")
    if name is not None and name not in FORMATS and "/" not in name:
        raise Problem("not-acceptable", f'There is no format "{name}"; there are {", ".join(FORMATS)}.')
    chosen = negotiate_results(accepted(request), offers)
    if chosen is None:
        raise Problem("not-acceptable", f"This can be had as {', '.join(offers)}.")
    return chosen


def accepted(request: Request) -> str | None:
    """Return the media types that the client takes, as in Accept; ?format= goes before the header.

    It may be a name of FORMATS or a media type. Another name is passed over: SPARQL clients send names of their own
    beside the header, and the SPARQL Protocol leaves further parameters to the service.
    """
    name = request.query_params.get("format", "")
    if name in FORMATS:
        return FORMATS[name]
    return name if "/" in name else request.headers.get("accept")


async def while_connected(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """Await `work`, and cancel it when the client goes away (then ClientGoneError). The body must have been read."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise ClientGoneError
    finally:
        for pending in (task, gone):
            if not pending.done():
                pending.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


@contextlib.asynccontextmanager
async def problems(settings: Settings) -> AsyncIterator[None]:
    """Turn what workers raise inside into problems."""
    try:
        yield
    except WorkerError as error:
        raise _problem(error, settings) from error


def _problem(error: WorkerError, settings: Settings) -> Problem:
    retry = {"Retry-After": str(_RETRY_SECONDS)}
    match error:
        case QueryRefusedError(reason="update"):
            return Problem("read-only", "The text is a SPARQL update, and the service only reads.")
        case QueryRefusedError(reason="service"):
            return Problem("no-federation", "The query has a SERVICE clause, which would make this service ask others.")
        case QueryRefusedError(line=int(line), column=column):
            detail = f"line {line}, column {column}: {error}"
            return Problem("query-syntax", detail, {"line": line, "column": column})
        case QueryRefusedError():
            return Problem("query-syntax", str(error))
        case NoFormatError(kind=kind):
            formats = GRAPH_FORMATS if kind is ResultKind.GRAPH else RESULT_FORMATS
            what = {"solutions": "SELECT", "boolean": "ASK", "graph": "CONSTRUCT and DESCRIBE"}[kind]
            return Problem("not-acceptable", f"{what} can be answered as {', '.join(formats)}.")
        case DeadlineError():
            limit = {"name": "query_seconds", "value": settings.query_seconds}
            return Problem("query-deadline", f"A query may take {settings.query_seconds:g} seconds.", {"limit": limit})
        case ResultSizeError():
            limit = {"name": "result_bytes", "value": settings.result_bytes}
            detail = f"A result may have {settings.result_bytes} bytes in the format asked for."
            return Problem("result-too-large", detail, {"limit": limit})
        case WorkerEndedError():
            limit = {"name": "worker_memory_bytes", "value": settings.worker_memory_bytes}
            detail = f"The process that ran it ended ({error}); it may use {settings.worker_memory_bytes} bytes."
            return Problem("worker-ended", detail, {"limit": limit}, retry)
        case BusyError():
            limit = {"name": "queue_length", "value": settings.queue_length}
            return Problem("busy", f"No worker is free: {error}.", {"limit": limit}, retry)
        case StoreUnavailableError():
            return Problem("store-unavailable", str(error), headers=retry)
        case _:
            raise error


@contextlib.asynccontextmanager
async def leased(pool: Pool, settings: Settings) -> AsyncIterator[Lease]:
    """Hold a worker of a pool; what it raises becomes a problem."""
    async with problems(settings), pool.lease() as lease:
        yield lease


async def select(lease: Lease, text: str) -> Table:
    """Run a SELECT query and return its solutions."""
    result = await lease.run(Query(text, _JSON))
    with result.body as body:
        return read_table(body.read())


def not_modified(request: Request, etag: str) -> bool:
    """Tell whether the client has this representation (If-None-Match: RFC 9110, section 13.1.2)."""
    given = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return etag in tags or given.strip() == "*"


def release_headers(release: Release, digest: str) -> dict[str, str]:
    """Return the headers that every answer from the store has."""
    return {
        RELEASE_HEADER: release.id,
        "ETag": f'"{release.id}-{digest}"',
        "Vary": "Accept",
        "Cache-Control": "no-cache",  # keep it, but ask whether the release is still the same
    }


def result_response(request: Request, result: Result) -> Response:
    """Return a complete result as it came from the worker; it is closed when it has been sent."""
    headers = release_headers(result.release, result.digest)
    content_type = f"{result.media_type}; charset=utf-8" if result.media_type.startswith("text/") else result.media_type
    if not_modified(request, headers["ETag"]):
        result.body.close()
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD" or result.size <= _PIECE:
        with result.body as body:
            content = b"" if request.method == "HEAD" else body.read()
        headers["Content-Length"] = str(result.size)
        return Response(content, headers=headers, media_type=content_type)
    headers["Content-Length"] = str(result.size)
    return StreamingResponse(_pieces(result), headers=headers, media_type=content_type)


async def _pieces(result: Result) -> AsyncIterator[bytes]:
    with result.body as body:
        while piece := await asyncio.to_thread(body.read, _PIECE):
            yield piece


def content_response(request: Request, release: Release, content: bytes, media_type: str) -> Response:
    """Return content made from answers of one release."""
    headers = release_headers(release, hashlib.blake2b(content, digest_size=12).hexdigest())
    if not_modified(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def json_content(value: object) -> bytes:
    """Return a value as JSON, with Vietnamese text as it is written."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()

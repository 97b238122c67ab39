"""From a request to a worker and back: runs queries for requests, and makes responses of results.

This is where a client that goes away stops its query, and where what a worker says becomes a problem.
"""

import asyncio
import contextlib
import hashlib
import json
import logging
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import Request
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

from graph.questions.question import Question
from graph.questions.table import Table, read_table
from graph.store import GRAPH_FORMATS, RESULT_FORMATS, ResultKind
from service.cache import AnswerCache
from service.compression import COMPRESSED
from service.metrics import Metrics
from service.negotiation import FORMATS, negotiate_results
from service.pool import Lease, Pool
from service.problems import Problem
from service.releases import Release, Releases
from service.results import Result
from service.settings import Settings
from service.workers import (
    BusyError,
    DeadlineError,
    NetworkQuery,
    NoFormatError,
    NoNetworkError,
    Query,
    QueryRefusedError,
    ResultSizeError,
    StoreUnavailableError,
    WorkerEndedError,
    WorkerError,
)

if TYPE_CHECKING:
    from service.description import SizesOfRelease

_LOG = logging.getLogger("phancong")
_T = TypeVar("_T")
_WATCH_AFTER = 0.02  # seconds
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
    """What the routes share: settings, releases, questions, pools of workers, kept answers, sizes, metrics.

    `open_pool` takes the queries that anybody writes; `known_pool` only the service's own, so that those never stand
    behind a query that does not end; `network_pool` computes networks; `federated_pool`, there if any host is allowed,
    takes those with SERVICE.
    """

    settings: Settings
    releases: Releases
    questions: Mapping[str, Question]
    open_pool: Pool
    known_pool: Pool
    network_pool: Pool
    federated_pool: Pool | None
    cache: AnswerCache
    sizes: "SizesOfRelease"
    metrics: Metrics

    def kept(self, query: Query | NetworkQuery) -> Result | None:
        """Return the answer of a query that was asked before, if it is kept."""
        result = self.cache.get(self.releases.current(), query)
        if result is not None:
            self.metrics.cached.inc()
        return result

    async def compute(self, query: NetworkQuery) -> Result:
        """Let a worker compute a network, and keep it. Raises Problem."""
        async with leased(self.network_pool, self.settings) as lease:
            result = await lease.run(query)
        self.cache.put(query, result)
        return result

    async def run(self, query: Query) -> Result:
        """Let a worker answer a query that anybody wrote, and keep the answer. Raises Problem."""
        try:
            try:
                async with self.open_pool.lease() as lease:
                    result = await lease.run(query)
            except QueryRefusedError as error:
                if error.reason != "service" or self.federated_pool is None:
                    raise
                async with self.federated_pool.lease() as lease:
                    result = await lease.run(query)
        except WorkerError as error:
            raise _problem(error, self.settings) from error
        self.cache.put(query, result)
        return result


class ClientGoneError(Exception):
    """The client closed the connection; there is nobody to answer."""


def service_of(request: Request) -> Service:
    """Return what `create_app` put into the application."""
    service: Service = request.app.state.service
    return service


def public_url(request: Request) -> str:
    """Return what the service is reached as, without a slash at the end."""
    return service_of(request).settings.public_url or str(request.base_url).rstrip("/")


def asked_format(request: Request, offers: Sequence[str]) -> str:
    """Return which of the media types offered the client asks for, by ?format= or else by Accept, or raise Problem."""
    name = request.query_params.get("format")
    if name is not None and name not in FORMATS and "/" not in name:
        raise Problem("not-acceptable", f'There is no format "{name}"; there are {", ".join(FORMATS)}.')
    chosen = negotiate_results(accepted(request, name or ""), tuple(offers))
    if chosen is None:
        raise Problem("not-acceptable", f"This can be had as {', '.join(offers)}.")
    return chosen


def accepted(request: Request, name: str) -> str | None:
    """Return the media types that the client takes, as in Accept; `name`, the value of ?format=, goes before it.

    It may be a name of FORMATS or a media type. Another name is passed over: SPARQL clients send names of their own
    beside the header, and the SPARQL Protocol leaves further parameters to the service.
    """
    if name in FORMATS:
        return FORMATS[name]
    return name if "/" in name else request.headers.get("accept")


async def while_connected(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """Await `work`, and cancel it when the client goes away (then ClientGoneError). The body must have been read."""
    return await _while_connected(request.receive, work)


async def _while_connected(receive: Receive, work: Coroutine[Any, Any, _T]) -> _T:
    task = asyncio.current_task()
    assert task is not None
    watch: asyncio.Task[None] | None = None
    working = True

    def begin() -> None:
        nonlocal watch
        watch = asyncio.ensure_future(_disconnected(receive))
        watch.add_done_callback(stop)

    def stop(watch: asyncio.Task[None]) -> None:
        if working and not watch.cancelled():
            task.cancel()

    timer = asyncio.get_running_loop().call_later(_WATCH_AFTER, begin)  # what is answered at once needs no watching
    try:
        return await work
    except asyncio.CancelledError:
        if watch is not None and watch.done() and task.uncancel() == 0:
            raise ClientGoneError from None
        raise
    finally:
        working = False
        timer.cancel()
        if watch is not None:
            watch.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@contextlib.asynccontextmanager
async def problems(settings: Settings) -> AsyncIterator[None]:
    """Turn what workers raise inside into problems."""
    try:
        yield
    except WorkerError as error:
        raise _problem(error, settings) from error


def _problem(error: WorkerError, settings: Settings) -> Problem:
    limit: dict[str, object]
    retry = {"Retry-After": str(_RETRY_SECONDS)}
    match error:
        case QueryRefusedError(reason="update"):
            return Problem("read-only", "The text is a SPARQL update, and the service only reads.")
        case QueryRefusedError(reason="service"):
            limit = {"name": "service_hosts", "value": settings.service_hosts}
            return Problem("no-federation", f"The query has a SERVICE clause: {error}.", {"limit": limit})
        case NoNetworkError(reason="parameter"):
            return Problem("bad-parameter", f"{error}.", error.members, vi=f"{error.vi}.")
        case NoNetworkError(reason="edge"):
            return Problem("not-found", f"{error}.", vi=f"{error.vi}.")
        case NoNetworkError():
            return Problem("network-too-large", str(error), vi=error.vi)
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
        case BusyError():  # which of the limits, the error says
            limit = {"name": error.limit, "value": getattr(settings, error.limit)}
            return Problem("busy", f"The query has no place now: {error}.", {"limit": limit}, retry)
        case StoreUnavailableError():
            return Problem("store-unavailable", str(error), headers=retry)
        case _:
            raise error


@contextlib.asynccontextmanager
async def leased(pool: Pool, settings: Settings) -> AsyncIterator[Lease]:
    """Hold a worker of a pool; what it raises becomes a problem."""
    async with problems(settings), pool.lease() as lease:
        yield lease


async def select(lease: Lease, text: str, cache: AnswerCache | None = None) -> Table:
    """Run a SELECT query and return its solutions, from `cache` where it keeps them."""
    query = Query(text, _JSON)
    kept = cache.get(lease.release, query) if cache else None
    if kept is not None:
        return read_table(kept.body)
    result = await lease.run(query)
    if cache:
        cache.put(query, result)
    return read_table(await whole(result))


def not_modified(request: Request, headers: Mapping[str, str]) -> bool:
    """Tell whether the client has this representation: by If-None-Match, else by If-Modified-Since (RFC 9110, sections
    13.1.2 and 13.1.3). `headers` are those of `release_headers`."""
    given, etag = request.headers.get("if-none-match"), headers.get("ETag")
    if given is None:
        since, changed = request.headers.get("if-modified-since"), headers.get("Last-Modified")
        return since is not None and changed is not None and _not_later(changed, since)
    if etag is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return etag.removeprefix("W/") in tags or given.strip() == "*"


def _not_later(changed: str, since: str) -> bool:
    try:
        return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # a date that is none is passed over
        return False


@lru_cache(maxsize=8)
def _http_date(issued: str) -> str:
    return format_datetime(datetime.fromisoformat(issued).astimezone(UTC), usegmt=True)


def release_headers(release: Release, digest: str | None) -> dict[str, str]:
    """Return the headers that every answer from the store has; without a digest of its content it has no ETag."""
    headers = {
        RELEASE_HEADER: release.id,
        "Last-Modified": _http_date(release.issued),
        "Vary": "Accept",
        "Cache-Control": "no-cache",  # keep it, but ask whether the release is still the same
    }
    return headers if digest is None else {**headers, "ETag": f'"{release.id}-{digest}"'}


def result_response(request: Request, result: Result) -> Response:
    """Return a result as it came from the worker, a long one while it is found; it is closed when it has been sent."""
    headers = release_headers(result.release, result.digest)
    media_type = result.media_type
    if not_modified(request, headers):
        result.close()
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    if result.rest is None:
        return Response(result.body, headers=headers)  # the server leaves the body out where HEAD asks
    return _LongResponse(result, headers, service_of(request).settings)


async def whole(result: Result) -> bytes:
    """Return all bytes of a result of the service's own queries, which are short. Raises WorkerError."""
    pieces = [result.body]
    if result.rest is not None:
        try:
            pieces += [piece async for piece in result.rest.read()]
        finally:
            result.close()
    return b"".join(pieces)


class _LongResponse(Response):
    """Sends a long result while it is found.

    When a limit bites on the way, the response ends without its last chunk, which every client takes for what it is:
    a broken transfer (RFC 9112, section 8). When the client goes, or takes nothing for `client_seconds`, the query is
    stopped.
    """

    def __init__(self, result: Result, headers: Mapping[str, str], settings: Settings) -> None:
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self._result = result
        self._seconds = settings.client_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            if scope["method"] == "HEAD":
                await send({"type": "http.response.body", "body": b""})
            else:
                await _while_connected(receive, self._send(send))
        except WorkerError as error:
            _LOG.warning("a result was broken off: %s", error)
        except (ClientGoneError, TimeoutError):
            _LOG.info("a client went away, or took nothing for %g seconds", self._seconds)
        finally:
            self._result.close()

    async def _send(self, send: Send) -> None:
        async def piece(content: bytes, more: bool = True) -> None:
            async with asyncio.timeout(self._seconds):
                await send({"type": "http.response.body", "body": content, "more_body": more})

        assert self._result.rest is not None
        await piece(self._result.body)
        async for content in self._result.rest.read():
            await piece(content)
        await piece(b"", more=False)


def content_response(request: Request, release: Release, content: bytes, media_type: str) -> Response:
    """Return content made from answers of one release."""
    headers = release_headers(release, hashlib.blake2b(content, digest_size=12).hexdigest())
    if media_type.partition(";")[0] in COMPRESSED:
        headers["ETag"] = f"W/{headers['ETag']}"
    if not_modified(request, headers):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def json_content(value: object) -> bytes:
    """Return a value as JSON, with Vietnamese text as it is written."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()

"""Asks the workers: holds one, runs queries of the service's own, and says what a worker says as a problem."""

import contextlib
from collections.abc import AsyncIterator

from graph.questions.table import Table, read_table
from graph.store import GRAPH_FORMATS, RESULT_FORMATS, ResultKind
from service.cache import AnswerCache
from service.pool import Lease, Pool
from service.problems import Problem
from service.results import Result
from service.settings import Settings
from service.workers import (
    BusyError,
    DeadlineError,
    NoFormatError,
    NoNetworkError,
    Query,
    QueryRefusedError,
    ResultSizeError,
    StoreUnavailableError,
    WorkerEndedError,
    WorkerError,
)

_RETRY_SECONDS = 5  # what a client that was turned away is asked to wait

_JSON = {
    ResultKind.SOLUTIONS: "application/sparql-results+json",
    ResultKind.BOOLEAN: "application/sparql-results+json",
    ResultKind.GRAPH: "text/turtle",
}


@contextlib.asynccontextmanager
async def problems(settings: Settings) -> AsyncIterator[None]:
    """Turn what workers raise inside into problems."""
    try:
        yield
    except WorkerError as error:
        raise problem_of(error, settings) from error


def problem_of(error: WorkerError, settings: Settings) -> Problem:
    """Return the problem that a client is told. Raises the error itself where it is no client's business."""
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


async def whole(result: Result) -> bytes:
    """Return all bytes of a result of the service's own queries, which are short. Raises WorkerError."""
    pieces = [result.body]
    if result.rest is not None:
        try:
            pieces += [piece async for piece in result.rest.read()]
        finally:
            result.close()
    return b"".join(pieces)

"""From requests and to responses: which format is asked for, whether the client is still there, headers, long results.

This is where a client that goes away stops its query.
"""

import asyncio
import hashlib
import json
import logging
from collections.abc import Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

from service.compression import COMPRESSED
from service.negotiation import FORMATS, negotiate_results
from service.problems import Problem
from service.releases import Release
from service.results import Result
from service.settings import Settings
from service.shared import service_of
from service.workers import (
    WorkerError,
)

_LOG = logging.getLogger("phancong")
_T = TypeVar("_T")
_WATCH_AFTER = 0.02  # seconds

RELEASE_HEADER = "Phancong-Release"
"""The header that names the release an answer comes from."""


class ClientGoneError(Exception):
    """The client closed the connection; there is nobody to answer."""


def asked_format(request: Request, offers: Sequence[str]) -> str:
    """Return which of the media types offered the client asks for, by ?format= or else by Accept, or raise Problem."""
    name = request.query_params.get("format")
    if name is not None and name not in FORMATS and "/" not in name:
        listed = ", ".join(FORMATS)
        vi = f'Không có dạng "{name}"; có {listed}.'
        raise Problem("not-acceptable", f'There is no format "{name}"; there are {listed}.', vi=vi)
    chosen = negotiate_results(accepted(request, name or ""), tuple(offers))
    if chosen is None:
        listed = ", ".join(offers)
        raise Problem("not-acceptable", f"This can be had as {listed}.", vi=f"Có thể lấy ở các dạng {listed}.")
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

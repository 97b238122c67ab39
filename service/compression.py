"""Compresses pages and what they load on the way out (Content-Encoding: gzip, RFC 9110, section 8.4.1).

Only whole bodies of known length: results that are sent while they are found stay as they are, and so do dumps, whose
Repr-Digest speaks of their bytes (RFC 9530, section 3).
"""

import asyncio
import gzip

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COMPRESSED = ("text/html", "text/css", "text/javascript", "image/svg+xml", "application/json")
"""The media types of what is compressed. Their ETags are weak, for the same ETag stands for the same content in two
encodings (RFC 9110, section 8.8.1)."""

_LEAST = 1000  # bytes; less is not worth it
_MOST = 1 << 23  # bytes that are held in memory for it
_LONG = 1 << 16  # bytes from which it is done beside the event loop
_LEVEL = 5


class Compression:
    """Compresses what suits, for clients that take gzip."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        takes_gzip = scope["type"] == "http" and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if takes_gzip and scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, _Compressed(send, with_body=scope["method"] == "GET"))
        else:
            await self._app(scope, receive, send)


class _Compressed:
    """Sends one response on, compressed where it suits."""

    def __init__(self, send: Send, with_body: bool) -> None:
        self._send = send
        self._with_body = with_body
        self._start: Message | None = None  # held back until the body is whole
        self._pieces: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _suits(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._pieces.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._send_whole(self._start)

    async def _send_whole(self, start: Message) -> None:
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["Content-Encoding"] = "gzip"
        body = b"".join(self._pieces)
        if self._with_body:
            body = await asyncio.to_thread(_compress, body) if len(body) > _LONG else _compress(body)
            headers["Content-Length"] = str(len(body))
        else:
            del headers["Content-Length"]  # of what GET would send; nobody has compressed it
        headers.add_vary_header("Accept-Encoding")
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _compress(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)


def _suits(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    length = int(headers.get("content-length", "0"))
    return (
        start["status"] != 206
        and headers.get("content-type", "").partition(";")[0] in COMPRESSED
        and _LEAST <= length <= _MOST
        and "content-encoding" not in headers
        and "repr-digest" not in headers
    )

"""What every request passes first: the headers that all responses have, scripts of other sites, the way to /sparql.

The SPARQL endpoint stands here, before FastAPI, whose layers take as long as a short query.
"""

from collections.abc import Collection

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.answers import RELEASE_HEADER
from service.pages import CONTENT_POLICY

_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    # Scripts of any site may read everything here: all is public, and nobody is known by a cookie. Said to everybody,
    # so that no response depends on who asks.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(["ETag", "Link", "Repr-Digest", "Retry-After", RELEASE_HEADER]),
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",  # seconds
}


def _encoded(headers: dict[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


class Entrance:
    """The service as one ASGI application."""

    _every = _encoded(_HEADERS)
    _preflight = _encoded(_PREFLIGHT)

    def __init__(self, api: FastAPI, endpoint: ASGIApp, paths: Collection[str]) -> None:
        """Take the application, and the endpoint with the paths that lead to it."""
        self._api = api
        self._endpoint = endpoint
        self._paths = frozenset(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or start and stop what belongs to the application."""
        if scope["type"] != "http":
            await self._api(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}  # a response may bring its own
                message["headers"] = [*message["headers"], *(one for one in self._every if one[0] not in given)]
            await send(message)

        if _is_preflight(scope):
            await send_with_headers({"type": "http.response.start", "status": 204, "headers": self._preflight})
            await send({"type": "http.response.body"})
        elif scope["path"] in self._paths:
            scope["app"] = self._api
            await self._endpoint(scope, receive, send_with_headers)
        else:
            await self._api(scope, receive, send_with_headers)


def _is_preflight(scope: Scope) -> bool:
    """Tell whether a browser asks beforehand whether a script may ask (Fetch standard, CORS-preflight fetch)."""
    if scope["method"] != "OPTIONS":
        return False
    return any(name == b"access-control-request-method" for name, _ in scope["headers"])

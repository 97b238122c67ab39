"""Puts the service together and runs it."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.asking import AskingError
from graph.questions.metadata import CatalogueError
from graph.store import StoreError, open_read_only
from service import (
    api_page,
    ask,
    catalogue,
    changes,
    data_page,
    dumps,
    front,
    graphs,
    health,
    metrics,
    networks,
    ontology,
    openapi,
    quality,
    questions,
    search,
    sitemap,
    sparql,
    text_pages,
    things,
)
from service.answers import RELEASE_HEADER, ClientGoneError
from service.compression import Compression
from service.http import BoundedHttpProtocol
from service.pages import CONTENT_POLICY, HTML, render
from service.problems import PROBLEM_TYPES, Problem, problem_language, problem_response, wants_page
from service.releases import ReleaseError, Releases
from service.settings import Settings, SettingsError, from_environment
from service.starting import make_service, workers_of
from service.static_files import BuiltFiles

_LOG = logging.getLogger("phancong")

_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}


class ServeError(Exception):
    """The service cannot start: one line that says why and what to do."""


def create_app(settings: Settings, release_dir: Path) -> ASGIApp:
    """Make the application for a folder that holds releases and the link `current`, or for one release itself.

    Raises ReleaseError when there is no release, and CatalogueError or AskingError when a question file is wrong.
    """
    service = make_service(settings, release_dir)
    asking = ask.AskingOfRelease(service.questions)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with workers_of(service):
            beforehand = (front.prepare(service), asking.prepare(service), service.sizes.of(service))
            api.state.prepared = asyncio.gather(*map(_prepared, beforehand))
            yield
            api.state.prepared.cancel()

    # No docs pages: they load their scripts from elsewhere. No redirects to other paths: behind a proxy they would name
    # the wrong host.
    api = FastAPI(
        title="Phân Công", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, version="0.1.0"
    )
    data = (data_page, api_page, changes, catalogue, dumps, sitemap)
    for module in (
        graphs,
        front,
        questions,
        ask,
        search,
        networks,
        things,
        text_pages,
        ontology,
        openapi,
        quality,
        *data,
        health,
        metrics,
    ):
        api.include_router(module.router)
    api.mount("/static", BuiltFiles(), name="static")
    api.add_middleware(Compression)
    cors = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=["ETag", "Link", "Repr-Digest", "Retry-After", RELEASE_HEADER],
    )
    # The endpoint stands before FastAPI, whose own layers take as long as a short query.
    app = Starlette(
        routes=[*sparql.routes, Mount("/", api)],
        middleware=[cors],
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    api.state.asking = asking
    for one in (app, api):
        one.state.service = service
        one.add_exception_handler(Problem, _problem)
        one.add_exception_handler(HTTPException, _http_error)
        one.add_exception_handler(ClientGoneError, _client_gone)
        one.add_exception_handler(Exception, _mistake)
    return _SecurityHeaders(app)


def serve(host: str, port: int, release_dir: Path) -> None:
    """Serve a release until the process is told to stop (SIGINT, SIGTERM), letting requests under way end.

    Raises ServeError when there is no release that can be served, a setting or a question file is wrong, or the
    address is taken.
    """
    try:
        settings = from_environment(os.environ)
        app = create_app(settings, release_dir)
        open_read_only(
            Releases(release_dir).current().store
        )  # a damaged store is said here and not by the first reader
    except (SettingsError, ReleaseError, CatalogueError, AskingError, StoreError) as error:
        raise ServeError(str(error)) from error
    config = uvicorn.Config(
        app,
        http=BoundedHttpProtocol,
        ws="none",
        access_log=False,  # queries are not for the log, and counting is done by /metrics
        server_header=False,
        # Every request is answered or stopped at its deadline by then.
        timeout_graceful_shutdown=int(settings.queue_seconds + settings.query_seconds) + 1,
    )
    with _listen(host, port) as listening:
        uvicorn.Server(config).run([listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, the event loop sends small answers at once (TCP_NODELAY) instead of 40 ms later.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise ServeError(f"cannot listen on {host}:{port}: {error}; choose another with --port") from error
    return listening


class _SecurityHeaders:
    """Adds the headers that every response has, but none that it brings itself."""

    _encoded = tuple((name.lower().encode(), value.encode()) for name, value in _HEADERS.items())

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in self._encoded if one[0] not in given)]
            await send(message)

        await self._app(scope, receive, send_with_headers)


async def _prepared(work: Awaitable[object]) -> None:
    try:
        await work
    except Problem as problem:
        _LOG.warning("who comes first may have to wait: %s", problem)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return _respond(request, error)


async def _http_error(request: Request, error: Exception) -> Response:
    """Say what FastAPI says in its own form (404, 405) as a problem."""
    assert isinstance(error, HTTPException)
    slug = next((kind.slug for kind in PROBLEM_TYPES.values() if kind.status == error.status_code), "internal-error")
    detail = f"{request.method} {request.url.path}: {error.detail}."
    return _respond(request, Problem(slug, detail, headers=dict(error.headers or {})))


async def _client_gone(request: Request, error: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it; the log shows it


async def _mistake(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    problem = Problem("internal-error", f"{request.method} {request.url.path} could not be answered.")
    return _respond(request, problem)


def _respond(request: Request, problem: Problem) -> Response:
    language = problem_language(request)
    if not wants_page(request):
        return problem_response(problem, language)
    release = request.app.state.service.releases.current()
    content = render(request, "problem.html", language, problem=problem, release=release)
    headers = {**problem.headers, "Content-Language": language, "Vary": "Accept, Accept-Language"}
    return Response(content, problem.type.status, headers, HTML)

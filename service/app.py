"""Puts the service together and runs it."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

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
    errors,
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
from service.compression import Compression
from service.entrance import Entrance
from service.http import BoundedHttpProtocol
from service.problems import Problem
from service.releases import ReleaseError, Releases
from service.settings import Settings, SettingsError, from_environment
from service.shared import Service
from service.starting import make_service, workers_of
from service.static_files import BuiltFiles

_LOG = logging.getLogger("phancong")


class ServeError(Exception):
    """The service cannot start: one line that says why and what to do."""


def create_app(settings: Settings, release_dir: Path) -> ASGIApp:
    """Make the application for a folder that holds releases and the link `current`, or for one release itself.

    Raises ReleaseError when there is no release, and CatalogueError or AskingError when a question file is wrong.
    """
    service = make_service(settings, release_dir)
    asking = ask.AskingOfRelease(service.questions)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with workers_of(service):
            beforehand = (front.prepare, asking.prepare, Service.sizes_of_release, networks.prepare)
            begun = [_prepared(prepare(service)) for prepare in beforehand if settings.prepare]
            api.state.prepared = asyncio.gather(*begun)
            yield
            api.state.prepared.cancel()

    # No docs pages: they load their scripts from elsewhere. No redirects to other paths: behind a proxy they would name
    # the wrong host.
    api = FastAPI(
        title="Phân Công",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        version="0.1.0",
        lifespan=lifespan,
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
    api.state.asking = asking
    api.state.service = service
    for kind in errors.KINDS:
        api.add_exception_handler(kind, errors.handle)
    return Entrance(api, sparql.endpoint, sparql.PATHS)


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


async def _prepared(work: Awaitable[object]) -> None:
    try:
        await work
    except Problem as problem:
        _LOG.warning("who comes first may have to wait: %s", problem)

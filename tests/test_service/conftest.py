"""The service with its default settings, for all tests that do not change or load it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import Server, Session, make_release, running, switch


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    make_release(folder, "2026-03-01")
    switch(folder, "2026-03-01")
    return folder


@pytest.fixture(scope="session")
def portal(built_releases: Path) -> Iterator[Server]:
    """The service on the release of the five plans."""
    with running(built_releases, {}) as one:
        yield one


@pytest.fixture(scope="session")
def session(portal: Server) -> Iterator[Session]:
    """The service on the release of the five plans, asked over one connection."""
    with httpx.Client(base_url=portal.url, timeout=60) as client:
        yield Session(portal.url, portal.process, client)


@pytest.fixture(scope="session")
def server(releases: Path) -> Iterator[Server]:
    """The service with its default settings; tests that change it or load it start their own."""
    with running(releases, {}) as one:
        yield one

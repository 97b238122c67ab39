"""One browser and one server for all tests here. Without Chromium, or without the built scripts, they are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from serving import Server, running

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "service" / "web" / "node_modules" / "axe-core" / "axe.min.js"
BUILT = ROOT / "service" / "static" / "built" / "manifest.json"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("no Chromium on the PATH: install it (Debian: apt-get install chromium)")
    if not BUILT.exists():
        pytest.skip("the scripts of the pages are not built: make assets")
    with sync_playwright() as playwright:
        # No sandbox: containers do not let Chromium make its own, and these pages are ours.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(built_releases: Path) -> Iterator[Server]:
    """The service on the release of the five plans."""
    with running(built_releases, {"PREPARE": "yes"}) as one:
        yield one


@pytest.fixture
def visitor(chromium: Browser, site: Server) -> Iterator[BrowserContext]:
    """A reader at a desk who was never here before: nothing is kept from other tests."""
    context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield context
    context.close()


@pytest.fixture(scope="session")
def without_scripts(chromium: Browser, site: Server) -> Iterator[BrowserContext]:
    """A reader whose browser runs no scripts."""
    with chromium.new_context(base_url=site.url, java_script_enabled=False) as context:
        yield context


@pytest.fixture(scope="session")
def axe() -> str:
    """The program that looks for barriers, for running inside a page."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make assets")
    return AXE.read_text(encoding="utf-8")

"""Every page in a real browser: on a phone and at a desk, light and dark, in both languages, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from addresses import PAGES
from playwright.sync_api import Browser, BrowserContext, CDPSession, ConsoleMessage, Page, Request, expect
from serving import Server

MOST_BYTES = 200_000
"""What a first view of a page may transfer, letters included."""

FIND_BARRIERS = """async () => (await axe.run({
        runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], resultTypes: ["violations"]})).violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => one.id + ": " + one.nodes.slice(0, 5).map(node => node.html.slice(0, 200)).join(" | "))"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LINKS = "() => [...document.querySelectorAll('main a[href]')].map(one => one.getAttribute('href'))"
HEADINGS = "() => [...document.querySelectorAll('main :is(h1, h2, h3, caption)')].map(one => one.innerText)"

Scheme = Literal["light", "dark"]
PHONE, DESK = 390, 1280
EVERY = pytest.mark.parametrize("path", PAGES)
VISITS = pytest.mark.parametrize(("language", "width", "scheme"), [("vi", DESK, "light"), ("en", PHONE, "dark")])


def in_language(path: str, language: str) -> str:
    if language == "vi":
        return path
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def is_fault(message: ConsoleMessage) -> bool:
    """Whether a message on the console says that something is wrong; that Chromium draws without a graphics card here is
    nothing that a page could change."""
    return message.type in ("error", "warning") and "GL Driver Message" not in message.text


def barriers(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)  # through the debugger, so the content security policy stays in force
    found: list[str] = page.evaluate(FIND_BARRIERS)
    return found


@pytest.fixture(scope="module")
def window(chromium: Browser, site: Server) -> Iterator[tuple[Page, CDPSession]]:
    """One window for page after page, which is quicker than a new one for each."""
    with chromium.new_context(base_url=site.url) as context:
        page = context.new_page()
        yield page, context.new_cdp_session(page)


@pytest.fixture
def reader(window: tuple[Page, CDPSession]) -> Page:
    """The window of a reader who was never here before: nothing is kept from page to page."""
    page, session = window
    page.goto("about:blank")
    session.send("Network.clearBrowserCache")
    for disabled in (False, True):  # only turning it off drops what is kept in the window's memory
        session.send("Network.setCacheDisabled", {"cacheDisabled": disabled})
    return page


@pytest.fixture(scope="module")
def plain(without_scripts: BrowserContext) -> Iterator[Page]:
    """The same without scripts."""
    page = without_scripts.new_page()
    yield page
    page.close()


@dataclass
class Seen:
    """What a browser tells of while it shows a page: faults on its console, and what it fetched."""

    faults: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


@contextmanager
def watched(page: Page) -> Iterator[Seen]:
    seen = Seen()
    listeners: dict[Any, Callable[[Any], object]] = {
        "console": lambda message: seen.faults.append(message.text) if is_fault(message) else None,
        "pageerror": lambda error: seen.faults.append(str(error)),
        "requestfinished": lambda request: seen.requests.append(request),  # Playwright takes no built-in method
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield seen
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


@EVERY
@VISITS
def test_a_page_works_at_every_width_and_shuts_nobody_out(
    reader: Page, site: Server, axe: str, path: str, language: str, width: int, scheme: Scheme
) -> None:
    reader.set_viewport_size({"width": width, "height": 900})
    reader.emulate_media(color_scheme=scheme)
    with watched(reader) as seen:
        response = reader.goto(in_language(path, language))
        assert response is not None
        assert response.status == 200
        assert reader.locator("html").get_attribute("lang") == language
        reader.evaluate("() => document.fonts.ready")
        assert barriers(reader, axe) == []
        assert reader.evaluate(OVERFLOW) <= 0
        reader.set_viewport_size({"width": PHONE if width == DESK else DESK, "height": 900})
        assert reader.evaluate(OVERFLOW) <= 0
        assert seen.faults == []
        assert {urlsplit(one.url).netloc for one in seen.requests} == {urlsplit(site.url).netloc}
        sizes = [one.sizes() for one in seen.requests]
        assert all(one["responseBodySize"] >= 0 for one in sizes), "what a cache gives counts below nothing"
        assert sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes) < MOST_BYTES


@EVERY
def test_a_page_says_the_same_without_scripts(plain: Page, reader: Page, path: str) -> None:
    plain.goto(path)
    expect(plain.locator("h1")).to_be_visible()
    expect(plain.locator("[data-needs-script]:visible")).to_have_count(0)
    if plain.locator("script[src]").count():  # else it is the same page
        loads_more = path.startswith(("/networks", "/sparql"))  # the drawing, the editor
        reader.goto(path, wait_until="networkidle" if loads_more else "load")
        for what in (HEADINGS, LINKS):
            offered = plain.evaluate(what)
            assert [one for one in reader.evaluate(what) if one not in offered] == []

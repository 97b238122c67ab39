"""Every page in a real browser: on a phone and at a desk, light and dark, in both languages, with scripts and without."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

import pytest
from addresses import PAGES
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect
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


@EVERY
@VISITS
def test_a_page_works_at_every_width_and_shuts_nobody_out(
    visitor: BrowserContext, site: Server, axe: str, path: str, language: str, width: int, scheme: Scheme
) -> None:
    page = visitor.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    said: list[str] = []
    requests: list[Request] = []
    page.on("console", lambda message: said.append(message.text) if is_fault(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfinished", lambda request: requests.append(request))

    response = page.goto(in_language(path, language))
    assert response is not None
    assert response.status == 200
    assert page.locator("html").get_attribute("lang") == language
    page.evaluate("() => document.fonts.ready")
    assert barriers(page, axe) == []
    assert page.evaluate(OVERFLOW) <= 0
    page.set_viewport_size({"width": PHONE if width == DESK else DESK, "height": 900})
    assert page.evaluate(OVERFLOW) <= 0
    assert said == []
    assert {urlsplit(one.url).netloc for one in requests} == {urlsplit(site.url).netloc}
    sizes = [one.sizes() for one in requests]
    assert sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes) < MOST_BYTES


@EVERY
def test_a_page_says_the_same_without_scripts(
    without_scripts: BrowserContext, regular: BrowserContext, path: str
) -> None:
    plain = without_scripts.new_page()
    plain.goto(path)
    expect(plain.locator("h1")).to_be_visible()
    expect(plain.locator("[data-needs-script]:visible")).to_have_count(0)
    if plain.locator("script[src]").count():  # else it is the same page
        scripted = regular.new_page()
        loads_more = path.startswith(("/networks", "/sparql"))  # the drawing, the editor
        scripted.goto(path, wait_until="networkidle" if loads_more else "load")
        for what in (HEADINGS, LINKS):
            offered = plain.evaluate(what)
            assert [one for one in scripted.evaluate(what) if one not in offered] == []
        scripted.close()
    plain.close()

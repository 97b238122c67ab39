"""From the home page to the words of a plan in four clicks, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from serving import Server

AGENCY = "Sở Khoa học và Công nghệ"
MOST_CLICKS = 4


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_home_page_to_the_passage_that_makes_an_agency_the_lead(
    chromium: Browser, site: Server, scripts: bool
) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/")
    clicks = 0

    def click(selector: str) -> None:
        nonlocal clicks
        page.locator(selector).first.click()
        page.wait_for_load_state()
        clicks += 1

    click(f".bars tr:has-text('Quảng Trị') a:text-is('{AGENCY}')")
    click("main th a[href*='/task/']")  # the first task that the agency has
    assert AGENCY in lead(page)
    click(f".evidence-item:has(h3:has-text('Chủ trì: {AGENCY}')) a.place")
    assert page.url.endswith("#passage")
    assert page.locator("mark#passage").is_visible()
    said = page.locator("mark").all_inner_texts()
    assert "".join(said) == AGENCY
    assert clicks <= MOST_CLICKS
    context.close()


def lead(page: Page) -> str:
    """Who leads, on the page of a task."""
    return page.locator(".facts > div:has(dt:text-is('Chủ trì'))").inner_text()


def test_a_row_shows_its_passage_beside_it(chromium: Browser, site: Server) -> None:
    context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/page/document/quang-tri-687-kh-ubnd-2026")
    page.locator("tr:has(a[href$='/task/pl-i.3-3.4']) a.cell-place").nth(1).click()
    page.wait_for_load_state()
    page.wait_for_timeout(1000)  # the page scrolls smoothly
    for selector in ("#chosen", "aside mark"):
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 900, selector
    assert page.locator("aside mark").inner_text() == "Sở Ngoại vụ"
    page.locator("aside mark a").click()
    page.wait_for_load_state()
    assert page.url.endswith("/page/document/quang-tri-687-kh-ubnd-2026/task/pl-i.3-3.4")
    context.close()


def test_the_text_in_the_browser_is_that_of_the_source(chromium: Browser, site: Server) -> None:
    whole = site.get("/text/quang-tri-2026-ke-hoach?format=txt").text
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    read = ""
    for number in (1, 2, 3):
        page.goto(f"/text/quang-tri-2026-ke-hoach?page={number}")
        read += page.evaluate("() => document.querySelector('.source').textContent")
    assert read == whole
    context.close()

"""The query page in a real browser: writing, completing, running, sharing, and getting out again by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

CONTENT = ".editor .cm-content"


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    """The query page with its editor open; nothing may be said on the console, least of all by the content policy."""
    said: list[str] = []
    page = visitor.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto("/sparql")
    page.locator("#query").focus()
    expect(page.locator(CONTENT)).to_be_focused()
    yield page
    assert [one for one in said if "status of 400" not in one] == []


def write(page: Page, text: str) -> None:
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(text)


def test_a_term_is_completed_by_its_label_and_its_prefix_declared(page: Page) -> None:
    write(page, "SELECT ?task ?agency { ?task lea")
    expect(page.locator(".editor .cm-tooltip-autocomplete")).to_contain_text("cơ quan chủ trì")
    page.locator(".editor li:has-text('pc:leadAgency')").click()
    page.keyboard.type(" ?agency")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("#result table.solutions")).to_be_visible()
    assert page.locator("#query").input_value().startswith("PREFIX pc: <https://w3id.org/phancong/def#>\nSELECT")
    page.locator("#result td a").first.click()
    page.wait_for_load_state()
    assert "/page/" in page.url


def test_a_topic_is_completed_by_its_name_and_its_prefix_declared(page: Page) -> None:
    write(page, "SELECT (COUNT(*) AS ?n) { ?task <https://w3id.org/phancong/def#topic> du")
    page.locator(".editor li:has-text('topic:data')").first.click()
    page.keyboard.type(" }")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("#result table.solutions")).to_be_visible()
    assert "PREFIX topic: <https://w3id.org/phancong/id/topic/>" in page.locator("#query").input_value()
    assert int(page.locator("#result td").inner_text()) > 0


def test_variables_keywords_and_typed_prefixes_are_known(page: Page) -> None:
    write(page, "SELECT ?agencyOfTask { ?agencyOfTask skos:")
    expect(page.locator(CONTENT)).to_contain_text("PREFIX skos:")
    page.keyboard.press("Escape")
    page.keyboard.type("prefLabel ?n . ?age")
    expect(page.locator(".editor .cm-tooltip-autocomplete li")).to_have_text(["?agencyOfTask"])
    page.keyboard.press("Escape")
    page.keyboard.type(" ?p ?o } lim")
    expect(page.locator(".editor .cm-tooltip-autocomplete")).to_contain_text("LIMIT")


def test_a_mistake_is_marked_where_it_stands_and_the_query_stays(page: Page) -> None:
    write(page, "SELECT *\n{ ?s ?p }")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("#result .problem")).to_contain_text("line 2")
    expect(page.locator(".editor .mistake")).to_have_text("}")
    page.keyboard.type("x")
    expect(page.locator(".editor .mistake")).to_have_count(0)


def test_the_keyboard_gets_out_of_the_editor(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "format"
    page.keyboard.press("Shift+Tab")
    expect(page.locator(CONTENT)).to_be_focused()


def test_a_link_brings_the_query_back_with_and_without_scripts(page: Page, without_scripts: BrowserContext) -> None:
    write(page, "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/phancong/def#Task> }")
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.locator("#shared")).to_be_visible()
    link = page.locator("#shared-link").input_value()
    plain = without_scripts.new_page()
    plain.goto(link)
    counted = plain.locator("#result td").inner_text()
    assert int(counted) > 400
    plain.close()


def test_a_long_query_is_shared_behind_the_hash(page: Page, visitor: BrowserContext) -> None:
    query = "SELECT (1 AS ?one) {} # " + "dài lắm " * 400
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(query)
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.locator("#shared")).to_be_visible()
    link = page.locator("#shared-link").input_value()
    assert "#q=" in link
    assert len(link) < 300
    other = visitor.new_page()
    other.goto(link)
    expect(other.locator("#result td")).to_have_text("1")
    assert other.locator("#query").input_value() == query
    other.close()


def test_without_scripts_a_mistake_leaves_the_query_in_the_form(without_scripts: BrowserContext) -> None:
    page = without_scripts.new_page()
    page.goto("/sparql")
    page.locator("#query").fill("SELECT *\n{ ?s ?p }")
    page.get_by_role("button", name="Chạy").click()
    expect(page.locator("#query")).to_have_value("SELECT *\n{ ?s ?p }")
    expect(page.locator("#result pre mark")).to_have_text("}")
    page.close()

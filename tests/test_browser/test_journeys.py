"""What people come for, done in a real browser: with the keyboard, on paper, in a frame."""

from __future__ import annotations

import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import BrowserContext, expect
from serving import Server


def test_the_evidence_of_a_number_opens_without_scripts(without_scripts: BrowserContext) -> None:
    page = without_scripts.new_page()
    page.goto("/questions/agencies-by-tasks-led?topic=data")
    page.locator("a.evidence-link").first.click()
    expect(page.locator("#evidence q").first).to_be_visible()
    page.close()


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/questions/agencies-by-tasks-led?topic=data")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    seen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => {
                    const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
                    return [document.activeElement.outerHTML.slice(0, 60), outlineStyle, parseInt(outlineWidth)];
                }"""
            )
        )
    assert len({element for element, _, _ in seen}) > 15
    for element, style, width in seen:
        assert style != "none" and width >= 1, element
    page.goto("/questions/agencies-by-tasks-led?topic=data")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_the_list_of_questions_is_filtered_in_whatever_accents(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/questions")
    shown = page.locator("#groups li:visible")
    expect(shown.first).to_be_visible()
    everything = shown.count()
    page.get_by_label("Lọc câu hỏi theo từ").fill("chi tieu")
    expect(page.get_by_role("heading", name="Ai làm với ai")).to_be_hidden()
    assert 0 < shown.count() < everything
    for text in shown.all_inner_texts():
        assert re.search("chỉ tiêu", text, re.IGNORECASE)
    page.get_by_label("Lọc câu hỏi theo từ").fill("zzz")
    expect(page.get_by_role("status")).to_be_visible()


def test_an_answer_stands_in_a_frame_of_another_site_and_a_page_does_not(
    visitor: BrowserContext, site: Server, tmp_path: Path
) -> None:
    path = "/questions/agencies-by-tasks-led?topic=data"
    frames = f'<iframe id="a" src="{site.url}{path}&embed=1"></iframe><iframe id="b" src="{site.url}{path}"></iframe>'
    (tmp_path / "index.html").write_text(frames, encoding="utf-8")
    page = visitor.new_page()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path)) as elsewhere:
        Thread(target=elsewhere.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{elsewhere.server_port}/")
        expect(page.frame_locator("#a").get_by_role("heading", level=1)).to_be_visible()
        expect(page.frame_locator("#b").locator("main")).to_have_count(0)
        elsewhere.shutdown()


def test_a_page_can_be_printed(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/questions/agencies-by-tasks-led?topic=data")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("nav.menu")).to_be_hidden()
    expect(page.locator("table.cards")).to_be_visible()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_a_question_in_words_is_seen_whole_and_asked_with_enter(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/ask")
    field = page.get_by_label("Câu hỏi", exact=True)
    field.press_sequentially("Sở Y tế làm gì")
    low = field.bounding_box()
    field.fill("Cơ quan nào chủ trì nhiều nhiệm vụ về dữ liệu nhất? " * 4)
    high = field.bounding_box()
    assert low and high and high["height"] > 2 * low["height"]
    field.fill("Sở Y tế làm gì")
    field.press("Enter")
    page.wait_for_url("**/ask?q=*")
    expect(page.get_by_label("Câu hỏi", exact=True)).to_have_value("Sở Y tế làm gì")
    page.close()

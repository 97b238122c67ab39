"""The drawing of a network in a real browser: filters, address and history, search, keyboard, files, without WebGL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, expect
from serving import Server

PATH = "/networks/lead-coordinator"
LEAD = "agency/quang-tri/so-khoa-hoc-va-cong-nghe"
DRAWN = re.compile(r"^\d+ \d+$")


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    """The page of the network, drawn; whatever it says on the console is a fault."""
    page = visitor.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(PATH)
    expect(page.locator("#network")).to_have_attribute("data-drawn", DRAWN)
    yield page
    assert said == []


def drawn(page: Page) -> tuple[int, int]:
    expect(page.locator("#network")).to_have_attribute("data-drawn", DRAWN)
    nodes, edges = str(page.locator("#network").get_attribute("data-drawn")).split()
    return int(nodes), int(edges)


def said(page: Page) -> tuple[int, int]:
    count = page.locator("#network-count")
    return int(count.get_attribute("data-nodes") or 0), int(count.get_attribute("data-edges") or 0)


def given(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_what_is_drawn_is_what_the_page_says_and_the_tables_have(page: Page) -> None:
    assert drawn(page) == said(page)
    assert page.locator("tr[data-node]").count() == drawn(page)[0]
    assert page.locator("tr[data-source]").count() == drawn(page)[1]
    # WebGL has drawn: not every point of the stage has the colour of the ground
    colours = page.locator("#stage").screenshot()
    assert len(set(colours)) > 100
    assert len(colours) > 10_000, "a picture of one colour is smaller"
    expect(page.locator(".network-picture")).to_be_hidden()


def test_a_filter_changes_address_count_tables_and_drawing_and_history_goes_back(page: Page) -> None:
    before = drawn(page)
    page.get_by_label("Chủ đề", exact=True).focus()
    page.get_by_label("Chủ đề", exact=True).select_option("data")
    expect(page).to_have_url(re.compile(r"topic=data"))
    expect(page.locator(f"#network-count:not([data-edges='{before[1]}'])")).to_be_visible()
    assert drawn(page) == said(page) != before
    assert page.locator("tr[data-source]").count() == drawn(page)[1]
    assert "topic=data" in str(page.get_by_role("link", name="GraphML").get_attribute("href"))
    expect(page.get_by_label("Chủ đề", exact=True)).to_be_focused()
    page.get_by_role("link", name="Ma trận").click()
    expect(page.locator("table.network-matrix")).to_be_visible()
    assert given(page) == {"topic": "data", "view": "matrix"}
    page.go_back()
    expect(page.locator("#stage")).to_be_visible()
    page.go_back()
    expect(page.locator(f"#network-count[data-edges='{before[1]}']")).to_be_visible()
    expect(page.get_by_label("Chủ đề", exact=True)).to_have_value("")
    assert drawn(page) == before


def picture(page: Page) -> bytes:
    """The drawing without its frame, whose round corners depend on where the page is scrolled to."""
    stage = page.locator("#stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    inside = FloatRect(x=box["x"] + 4, y=box["y"] + 4, width=box["width"] - 8, height=box["height"] - 8)
    return page.screenshot(clip=inside)


def test_the_address_brings_back_filters_node_and_camera(page: Page, visitor: BrowserContext) -> None:
    page.get_by_role("combobox", name="Tìm nút trong hình").fill("quang tri so khoa hoc")
    page.locator("#found-nodes li", has_text="Sở Khoa học và Công nghệ – Quảng Trị").click()
    expect(page.locator("#chosen-node")).to_have_text("Sở Khoa học và Công nghệ")
    page.get_by_role("button", name="Phóng to").click()
    expect(page).to_have_url(re.compile("camera="))
    page.wait_for_timeout(800)  # until the camera rests
    assert given(page)["node"] == LEAD
    camera = given(page)["camera"]
    again = visitor.new_page()
    again.goto(page.url)
    drawn(again)
    expect(again.locator("#chosen-node")).to_have_text("Sở Khoa học và Công nghệ")
    assert again.locator("tr.chosen[data-node]").get_attribute("data-node") == LEAD
    again.wait_for_timeout(500)
    assert given(again)["camera"] == camera, "a view that is only looked at stays as it is"
    whole = visitor.new_page()
    whole.goto(PATH)
    drawn(whole)
    assert picture(whole) != picture(again)
    whole.goto(page.url)
    drawn(whole)
    expect(whole.locator("#chosen-node")).to_be_visible()
    assert picture(whole) == picture(again), "point for point"


def test_a_pointer_chooses_a_node_and_nothing(page: Page) -> None:
    page.goto(f"{PATH}?node={LEAD}")  # the camera is told to stand over the node, so that it is found under the middle
    drawn(page)
    page.get_by_role("button", name="Vừa khung").click()
    page.locator("#stage").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(800)
    chosen = given(page)["node"]
    page.evaluate("document.querySelector('#stage').scrollIntoView({block: 'center', behavior: 'instant'})")
    box = page.locator("#stage").bounding_box()
    assert box
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    expect(page.locator("#chosen-node")).to_have_count(0)
    assert "node" not in given(page)
    page.wait_for_timeout(400)  # or it is a double click
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#chosen-node")).to_be_visible()
    assert given(page)["node"] == chosen
    page.go_back()
    expect(page.locator("#chosen-node")).to_have_count(0)


def test_the_keyboard_walks_from_node_to_node_and_is_told_where_it_is(page: Page) -> None:
    status = page.locator("#network-status")
    page.locator("#stage").focus()
    page.keyboard.press("ArrowRight")
    expect(status).to_contain_text("nút kề.")
    strongest = given(page)["node"]
    assert page.locator("tr[data-node]").first.get_attribute("data-node") == strongest
    page.keyboard.press("ArrowDown")
    expect(status).to_contain_text("Nút kề 1/")
    page.keyboard.press("ArrowDown")
    expect(status).to_contain_text("Nút kề 2/")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Đi ra")
    assert given(page)["node"] != strongest
    heading = page.locator("#chosen-node a")
    expect(heading).to_have_attribute("href", f"/id/{given(page)['node']}")
    expect(status).to_contain_text(heading.inner_text())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.network-node, .communities') !== null"), "on to the panel"
    page.locator("#stage").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#chosen-node")).to_have_count(0)
    page.keyboard.press("0")
    expect(page).to_have_url(re.compile(r"camera=0\.5000,0\.5000,1\.0000"))
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile(r"camera=0\.5000,0\.5000,0\.7"))


def test_search_says_when_nothing_is_called_so(page: Page) -> None:
    field = page.get_by_role("combobox", name="Tìm nút trong hình")
    field.fill("zzzz")
    expect(page.locator("#found-nodes li")).to_have_text("Không có nút nào tên như vậy.")
    field.press("Escape")
    expect(page.locator("#found-nodes")).to_be_hidden()
    field.fill("cong an")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("#chosen-node")).to_contain_text(re.compile("công an", re.IGNORECASE))


def test_what_is_seen_is_saved_as_a_picture_and_what_is_shown_as_graphml(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as begun:
        page.get_by_role("button", name="PNG").click()
    begun.value.save_as(tmp_path / "a.png")
    assert begun.value.suggested_filename == "lead-coordinator.png"
    content = (tmp_path / "a.png").read_bytes()
    assert content.startswith(b"\x89PNG") and len(content) > 10_000
    with page.expect_download() as begun:
        page.get_by_role("link", name="GraphML").click()
    begun.value.save_as(tmp_path / "a.graphml")
    assert (tmp_path / "a.graphml").read_text(encoding="utf-8").count("<edge ") == drawn(page)[1]


def test_the_legend_names_communities_and_lets_one_stand_out(page: Page) -> None:
    button = page.locator("[data-community='1'] button")
    before = page.locator("#stage").screenshot()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(200)
    assert page.locator("#stage").screenshot() != before


def test_without_webgl_the_still_picture_stays(chromium: Browser, site: Server) -> None:
    context = chromium.new_context(base_url=site.url)
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = context.new_page()
    page.goto(PATH)
    expect(page.locator("#no-webgl")).to_be_visible()
    expect(page.locator(".network-picture")).to_be_visible()
    expect(page.locator("#stage")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("media", ["screen", "print"])
def test_without_scripts_and_on_paper_there_is_a_picture_with_links(
    chromium: Browser, site: Server, media: str
) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=media == "print")
    page = context.new_page()
    page.goto(f"{PATH}?node={LEAD}&lang=en")
    if media == "print":
        drawn(page)
        page.emulate_media(media="print")
    expect(page.locator(".network-picture")).to_be_visible()
    links = page.locator(".network-picture a")
    assert links.count() == said(page)[0]
    assert all("lang=en" in str(one) for one in links.evaluate_all("all => all.map(one => one.getAttribute('href'))"))
    if media == "screen":
        expect(page.locator("#chosen-node")).to_be_visible()
        page.get_by_label("Topic", exact=True).select_option("data")
        page.get_by_role("button", name="Show", exact=True).click()
        assert given(page)["topic"] == "data" and given(page)["node"] == LEAD
    context.close()


def test_who_wants_no_motion_gets_none(chromium: Browser, site: Server) -> None:
    context = chromium.new_context(base_url=site.url, reduced_motion="reduce")
    page = context.new_page()
    page.goto(PATH)
    drawn(page)
    page.get_by_role("button", name="Phóng to").click()
    page.wait_for_timeout(400)
    first = page.evaluate("location.search")
    page.wait_for_timeout(400)
    assert "camera" in first and page.evaluate("location.search") == first
    context.close()


def large(corner: str) -> dict[str, object]:
    """A network of more edges than are drawn at each step of the camera, with a node alone in its top left corner."""
    around = [(f"agency/tinh/so-{n}", 800 + 8 * (n % 100), 500 + 5 * (n // 100) * 40) for n in range(300)]
    nodes = [
        {"iri": f"https://w3id.org/phancong/id/{name}", "label": name, "x": x, "y": y, "out_strength": 20}
        | {"in_strength": 20, "neighbours": 20, "community": 1}
        for name, x, y in [(corner, 0, 0), *around]
    ]
    ends = [(1 + n % 300, 1 + (n + 1 + n // 300) % 300) for n in range(2700)]
    edges = [{"source": nodes[one]["iri"], "target": nodes[other]["iri"], "weight": 1} for one, other in ends]
    about = {"network": {"name": "lead-coordinator", "directed": True}, "layout": {"width": 1600, "height": 1000}}
    return {**about, "nodes": nodes, "edges": edges}


def test_a_large_network_moves_as_a_picture_and_stays_under_the_pointer(visitor: BrowserContext) -> None:
    corner = "agency/tinh/so-trong-goc"
    page = visitor.new_page()
    page.route("**/*format=json*", lambda route: route.fulfill(json=large(corner)))
    page.goto(PATH)
    assert drawn(page) == (301, 2700)
    stage = page.locator("#stage")
    stage.evaluate("stage => { stage.scrollIntoView({block: 'center', behavior: 'instant'}); stage.focus(); }")
    box = stage.bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.08 / 1.16, box["y"] + box["height"] * 0.08 / 1.16
    page.mouse.move(x, y)
    page.evaluate(
        """() => {
            const layer = document.querySelector("#stage .sigma-edges");
            new MutationObserver(() => (layer.dataset.moved ??= layer.style.transform)).observe(layer, {attributes: true});
        }"""
    )
    for _ in range(3):
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(60)
    layer = page.locator("#stage .sigma-edges")
    expect(layer).to_have_attribute("data-moved", re.compile(r"scale\(1\."))
    expect(layer).not_to_have_attribute("style", re.compile("scale"))
    expect(page).to_have_url(re.compile(r"camera=[^&]+,0\.[0-5]"))
    page.mouse.move(box["x"] - 5, box["y"] - 5)
    in_parts = stage.screenshot()
    page.evaluate("dispatchEvent(new Event('resize'))")  # all of it is drawn at once
    page.wait_for_timeout(300)
    assert stage.screenshot() == in_parts
    page.mouse.click(x, y)
    expect(page).to_have_url(re.compile(f"node={corner}"))

"""Pages by kind, on the release of the five plans: the numbers are those of the API, and all leads to the passage."""

import html
import re
from pathlib import Path

import pytest
from serving import Server, problem
from test_pages import HTML, Checked

from graph.sources import load_sources, read_source

PLAN = "/page/document/quang-tri-687-kh-ubnd-2026"
SO = "/page/agency/quang-tri/so-khoa-hoc-va-cong-nghe"
TEXT = "/text/quang-tri-2026-ke-hoach"
KINDS = [
    PLAN,
    f"{PLAN}?row=task/pl-i.1-1.1&cell=lead",
    "/page/document/viet-nam-57-nq-tw-2024",
    f"{PLAN}/task/pl-i.1-1.1",
    "/page/document/quang-tri-plan-2025/task/i-iv-50",
    "/page/document/quang-tri-plan-2025/indicator/ii-2025-1.1",
    SO,
    "/page/agency-group/quang-tri/don-vi-lien-quan",
    "/page/indicator/ty-le-phu-song-5g-tren-dia-ban",
    "/page/topic/data",
    "/page/area/quang-tri",
    "/page/area/ha-noi",
    "/page/agency-type/so-khoa-hoc-va-cong-nghe",
    "/page/shared-task/thanh-hoa-266-kh-tu-2025/ii-7",
    "/page/source/quang-tri-2026-ke-hoach",
    "/page/source/quang-tri-2026-ke-hoach/passage/7690-7714",
    TEXT,
    f"{TEXT}?char=7690,7714",
]


def page(server: Server, path: str) -> tuple[str, Checked]:
    response = server.get(path, headers=HTML)
    assert response.status_code == 200, (path, response.text)
    checked = Checked()
    checked.feed(response.text)
    assert checked.open == []
    return response.text, checked


def main(text: str) -> str:
    return text.partition("<main")[2].partition("</main>")[0]


def marked(text: str) -> str:
    """The words that are marked, as a browser has them."""
    pieces = re.findall(r"<mark[^>]*>(.*?)</mark>", text, re.DOTALL)
    return "".join(html.unescape(re.sub("<[^>]*>", "", piece)) for piece in pieces)


def shown_source(text: str) -> str:
    """The characters of the window of a text that a page shows."""
    window = re.findall(r'<div class="source[^"]*" lang="vi">(.*?)</div>', text, re.DOTALL)[0]
    return html.unescape(re.sub("<[^>]*>", "", window))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {source.slug: read_source(source) for source in load_sources()}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", KINDS)
def test_a_page_is_sound_in_both_languages(portal: Server, path: str, language: str) -> None:
    text, checked = page(portal, f"{path}{'&' if '?' in path else '?'}lang={language}")
    ids = [attributes["id"] for _, attributes in checked.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in checked.tags:
        link = attributes.get("href") or ""
        if link.startswith("#"):
            assert link[1:] in ids
        if tag == "a" and link.startswith("/") and language == "en" and "lang" not in attributes:
            assert "lang=en" in link, link
        for name in (attributes.get("aria-labelledby") or "").split():
            assert name in ids
        if tag == "select":
            assert ("label", attributes["id"]) in [(one, also.get("for")) for one, also in checked.tags]
    assert "undefined" not in text.lower()


def test_the_links_of_a_document_lead_somewhere(portal: Server) -> None:
    _, checked = page(portal, f"{PLAN}?row=task/pl-i.1-1.1")
    links = {attributes["href"] or "" for tag, attributes in checked.tags if tag == "a" and attributes.get("href")}
    for link in sorted(link for link in links if link.startswith("/"))[::7]:
        assert portal.get(link, headers=HTML, follow_redirects=True).status_code == 200, link


def test_the_numbers_of_an_agency_are_those_of_the_question(portal: Server) -> None:
    text, _ = page(portal, SO)
    for role, address in (("lead", "role=lead#tasks"), ("coordination", "role=coordination#tasks")):
        asked = portal.get(f"/questions/tasks-of-agency?agency=quang-tri/so-khoa-hoc-va-cong-nghe&role={role}")
        count = asked.json()["row_count"]
        assert f'?{address}">{count}</a>' in text
        listed, _ = page(portal, f"{SO}?role={role}")
        assert f"{count} nhiệm vụ" in listed
        assert main(listed).count('<th scope="row" role="rowheader" lang="vi">') == min(count, 50)


def test_each_number_leads_to_as_many_tasks(portal: Server) -> None:
    text, _ = page(portal, SO)
    links = re.findall(r'<a href="(\?[^"]*|/page/agency/quang-tri/so-khoa[^"?]*\?[^"]*)#tasks"[^>]*>(\d+)<', text)
    assert len(links) > 20
    for link, count in links[::5]:
        address = html.unescape(link)
        listed, _ = page(portal, SO + address[address.index("?") :])
        found = re.search(r'id="tasks-count">(\d+)', listed)
        assert found is not None
        assert found[1] == count, link


def test_a_list_is_filtered_and_sorted_without_script(portal: Server) -> None:
    everything, _ = page(portal, PLAN)
    assert "32 nhiệm vụ" in everything
    lead = "agency/quang-tri/so-khoa-hoc-va-cong-nghe"
    some, _ = page(portal, f"{PLAN}?lead={lead}&sort=-title")
    found = re.search(r"(\d+) trong 32 nhiệm vụ", some)
    assert found is not None
    assert f'<option value="{lead}" selected>Sở Khoa học và Công nghệ ({found[1]})</option>' in some
    titles = re.findall(r'role="rowheader" lang="vi"><a href="/id/document/[^"]*/task/[^"]*">(.*?)</a>', some)
    assert titles == sorted(titles, reverse=True)
    assert len(titles) == int(found[1])
    assert 'aria-sort="descending"' in some


@pytest.mark.parametrize(
    "query",
    ["sort=colour", "page=0", "page=99", "page=²", "row=task/none", "indicators=99", "indicators=x"],
)
def test_what_a_page_cannot_show_is_refused(portal: Server, query: str) -> None:
    problem(portal.get(f"{PLAN}?{query}"), 400, "bad-parameter")


@pytest.mark.parametrize("cell", ["title", "lead", "deadline", "result"])
def test_a_cell_leads_to_its_characters_and_these_to_the_record(
    portal: Server, texts: dict[str, str], cell: str
) -> None:
    text, _ = page(portal, f"{PLAN}?row=task/pl-i.1-1.1&cell={cell}")
    places = re.findall(r'class="place" href="/text/quang-tri-2026-ke-hoach\?char=(\d+)%2C(\d+)#passage"', text)
    aside = text.partition("<aside")[2].partition("</aside>")[0]
    offsets = sorted(
        {(int(a), int(b)) for a, b in places if f"char={a}%2C{b}" in aside},
    )
    expected = "".join(texts["quang-tri-2026-ke-hoach"][start:end] for start, end in offsets)
    assert marked(aside) == expected != ""
    assert 'href="/id/document/quang-tri-687-kh-ubnd-2026/task/pl-i.1-1.1"' in aside
    assert 'id="chosen"' in text


def test_the_text_is_the_source_character_by_character(portal: Server, texts: dict[str, str]) -> None:
    slug = "quang-tri-2026-ke-hoach"
    pages = []
    for number in (1, 2, 3):
        pages.append(shown_source(page(portal, f"{TEXT}?page={number}")[0]))
    assert "".join(pages) == texts[slug]
    plain = portal.get(TEXT, headers={"Accept": "text/plain"})
    assert plain.headers["content-type"] == "text/plain; charset=utf-8"
    assert plain.content.decode() == texts[slug]
    assert portal.get(f"{TEXT}?format=txt").content.decode() == texts[slug]


def test_characters_are_addressed_and_marked(portal: Server, texts: dict[str, str]) -> None:
    text, checked = page(portal, f"{TEXT}?char=7690,7714")
    assert marked(text) == texts["quang-tri-2026-ke-hoach"][7690:7714] == "Sở Khoa học và Công nghệ"
    assert ("mark", {"id": "passage"}) in checked.tags
    across = f"{TEXT}?char=8200,9000"  # over the end of a page: each page marks its part
    first = marked(page(portal, across)[0])
    second = marked(page(portal, f"{across}&page=2")[0])
    assert first + second == texts["quang-tri-2026-ke-hoach"][8200:9000]


@pytest.mark.parametrize(
    "query", ["char=5", "char=9,9", "char=7,3", "char=0,999999999", "char=-1,4", "page=4", "page=x"]
)
def test_characters_that_are_none_are_refused(portal: Server, query: str) -> None:
    problem(portal.get(f"{TEXT}?{query}"), 400, "bad-parameter")


@pytest.mark.parametrize("source", ["none", "..%2Frelease", "%2e%2e%2frelease.json", "A"])
def test_a_text_that_is_none_is_not_found(portal: Server, source: str) -> None:
    assert portal.get(f"/text/{source}").status_code == 404


def test_a_release_without_texts_says_so(server: Server) -> None:
    problem(server.get(TEXT), 404, "not-found")


def test_evidence_has_each_field_with_its_words(portal: Server) -> None:
    text, _ = page(portal, f"{PLAN}/task/pl-i.1-1.1")
    evidence = text.partition('id="evidence"')[2].partition("</section>")[0]
    items = re.findall(r"<h3>(.*?)</h3>(.*?)</div>\s*</div>|$", evidence, re.DOTALL)
    assert "Chủ trì" in evidence and "Thời hạn" in evidence and "Kết quả" in evidence
    assert items
    assert '/text/quang-tri-2026-ke-hoach?char=7690%2C7714#passage"' in evidence


def test_a_task_names_the_same_task_in_other_plans_and_who_leads_it_there(portal: Server) -> None:
    text, _ = page(portal, "/page/document/thanh-hoa-266-kh-tu-2025/task/ii-7")
    alike = text.partition('id="alike"')[2].partition("</section>")[0]
    assert "/id/document/quang-ngai-action-plan-2025-05/task/ii-i-1" in alike
    assert re.search(r'data-label="Chủ trì"><a href="/id/agency', alike)


def test_a_corrected_task_shows_what_was_corrected(portal: Server) -> None:
    text, _ = page(portal, "/page/document/quang-tri-plan-2025/task/i-iv-50")
    corrections = text.partition('id="corrections"')[2].partition("</section>")[0]
    assert corrections.count('role="rowheader"') == 4


def test_a_resolution_names_who_implements_it(portal: Server) -> None:
    text, _ = page(portal, "/page/document/viet-nam-57-nq-tw-2024")
    assert "không có toàn văn ở đây" in text
    assert text.count("được thực hiện bởi") > 3
    assert 'class="diagram' in text


def test_an_indicator_has_its_targets_drawn_and_listed_with_their_passages(portal: Server) -> None:
    text, _ = page(portal, "/page/indicator/ty-le-phu-song-5g-tren-dia-ban")
    assert '<figure class="chart"' in text
    table = text.rpartition("<table")[2]
    rows = portal.get("/questions/indicator-across-areas?indicator=ty-le-phu-song-5g-tren-dia-ban").json()["rows"]
    assert table.count("<tr ") - 1 == len({row["observation"] for row in rows})
    assert table.count('class="place"') == table.count("<tr ") - 1


def test_every_thing_can_be_seen_statement_by_statement(portal: Server) -> None:
    text, _ = page(portal, f"{PLAN}?view=statements&lang=en")
    for name in ("issued by", "date of the document", "read from the passage", "class"):
        assert f'">{name}</dt>' in text


def test_a_page_has_not_changed_until_the_release_does(portal: Server) -> None:
    for path in (SO, TEXT):
        first = portal.get(path, headers=HTML)
        again = portal.get(path, headers={**HTML, "If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_each_query_is_used_and_each_is_there() -> None:
    folder = Path(__file__).parent.parent.parent / "service"
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("**/*.py"))
    for path in (folder / "kinds" / "queries").glob("*.rq"):
        assert f'"{path.stem}"' in code, path.name


def test_an_agency_names_what_it_was_before(portal: Server) -> None:
    for now, before in (("quang-ngai", "kon-tum"), ("kon-tum", "quang-ngai")):
        text, _ = page(portal, f"/page/agency/{now}/ubnd-tinh")
        changes = text.partition('id="changes"')[2].partition("</section>")[0]
        assert f"/id/agency/{before}/ubnd-tinh" in changes

"""Pages for people: what stands on them, that all of it is escaped, and that their links lead somewhere."""

import html
import re
from html.parser import HTMLParser

import pytest
from serving import Server

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = [
    "/",
    "/?lang=en",
    "/questions",
    "/questions/agencies-by-tasks-led",
    "/questions/tasks-of-agency",
    "/questions/tasks-of-agency?agency=quang-tri/so-khoa-hoc-va-cong-nghe&lang=en",
    "/questions/documents-implementing-resolution",
    "/sparql",
    "/quality",
    "/quality?lang=en",
    "/page/document/quang-tri-687-kh-ubnd-2026",
    "/page/document/quang-tri-687-kh-ubnd-2026/task/i-ii-2",
    "/page/topic/data?lang=en",
    "/problems/busy",
]
OURS = re.compile(r'<script type="module" src="/static/built/[\w./-]+"></script>')
VOID = {"meta", "link", "input", "br", "img"}


class Checked(HTMLParser):
    """Collects links and ids, and checks that tags are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        if tag != self.open[-1] and self.open[-1] in ("p", "li", "option"):
            self.open.pop()
        assert self.open.pop() == tag


def page(server: Server, path: str) -> tuple[str, Checked]:
    response = server.get(path, headers=HTML, follow_redirects=True)
    assert response.status_code == 200, (path, response.text)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    checked = Checked()
    checked.feed(response.text)
    assert checked.open == []
    return response.text, checked


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_and_its_links_lead_somewhere(server: Server, path: str) -> None:
    _, checked = page(server, path)
    names = [tag for tag, _ in checked.tags]
    for landmark in ("header", "main", "h1", "title"):
        assert names.count(landmark) == 1, landmark
    assert "nav" in names and "footer" in names
    for tag, attributes in checked.tags:
        assert tag != "script" or (attributes.get("src") or "").startswith("/static/built/")
        assert "style" not in attributes
    ids = [attributes["id"] for _, attributes in checked.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in checked.tags:
        if tag in ("select", "input", "textarea") and attributes.get("type") != "hidden":
            assert ("label", attributes["id"]) in [(one, also.get("for")) for one, also in checked.tags]
        link = attributes.get("href") or ""
        if link.startswith("#"):
            assert link[1:] in ids
        elif link.startswith("/"):
            assert server.get(link, headers=HTML, follow_redirects=True).status_code == 200, link
        for names in (attributes.get("aria-labelledby"), attributes.get("aria-describedby")):
            assert set((names or "").split()) <= set(ids)


@pytest.mark.parametrize(
    "path",
    [
        "/questions/tasks-of-agency?agency=quang-tri/so-khoa-hoc-va-cong-nghe",
        "/page/document/quang-tri-687-kh-ubnd-2026/task/i-ii-2",
        "/page/document/quang-tri-687-kh-ubnd-2026",
        "/sparql?query=SELECT * { ?s <http://purl.org/dc/terms/title> ?o }",
    ],
)
def test_text_from_documents_is_escaped(server: Server, path: str) -> None:
    text, _ = page(server, path)
    assert "<script" not in OURS.sub("", text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in text


def test_text_from_the_address_is_escaped(server: Server) -> None:
    attack = '"><script>alert(2)</script>'
    for path, name in (
        ("/questions/agencies-by-tasks-led", "topic"),
        ("/questions/documents-implementing-resolution", "resolution"),
        ("/sparql", "query"),
        ("/nothing", "x"),
        ("/", "x"),
    ):
        text = server.get(path, params={name: attack}, headers=HTML).text
        assert "<!doctype html>" in text
        assert "<script" not in OURS.sub("", text)


def test_the_front_page_has_figures_charts_plans_and_changes(server: Server) -> None:
    text, checked = page(server, "/")
    assert "01/03/2026" in text
    assert "Cơ quan nào chủ trì nhiều nhiệm vụ nhất?" in text
    bars = text[text.index('class="bars"') : text.index("</figure>")]
    assert bars.index("Quảng Trị") < bars.index("Thanh Hóa")
    assert bars.count("<rect") == bars.count('<td class="number">') > 1
    assert "Bản phát hành đầu tiên" in text[text.index('id="changes"') :]
    assert [attributes["action"] for tag, attributes in checked.tags if tag == "form"] == ["/ask", "/search"]


def test_the_language_can_be_changed_and_stays(server: Server) -> None:
    vietnamese, _ = page(server, "/questions/tasks-of-agency?agency=quang-tri/so-y-te")
    switch = re.search(r'<a class="language" href="([^"]*)" lang="en"', vietnamese)
    assert switch is not None
    english, checked = page(server, html.unescape(switch[1]))
    assert "Which tasks does this agency have?" in english
    assert ("html", {"lang": "en"}) in checked.tags
    for tag, attributes in checked.tags:
        link = attributes.get("href") or ""
        if tag == "a" and link.startswith("/") and attributes.get("lang") != "vi":
            assert "lang=en" in link


def test_a_thing_page_labels_what_it_links_and_counts_what_points_at_it(server: Server) -> None:
    text, _ = page(server, "/id/agency/quang-tri/so-khoa-hoc-va-cong-nghe?view=statements")
    assert "<h1>Sở Khoa học và Công nghệ</h1>" in text
    assert '<a href="/id/area/quang-tri">Quảng Trị</a>' in text
    assert "cơ quan chủ trì" in text  # the label of the property, from the vocabulary
    assert "Xây dựng kho dữ liệu dùng chung của tỉnh" in text
    english, _ = page(server, "/id/agency/quang-tri/so-khoa-hoc-va-cong-nghe?view=statements&lang=en")
    assert "lead agency" in english


def test_a_long_list_says_how_long_it_is_and_leads_to_all_of_it(server: Server) -> None:
    text, checked = page(server, "/page/long-list")
    assert "20 trong 25" in text
    links = [attributes.get("href") or "" for tag, attributes in checked.tags if tag == "a"]
    assert sum(link.startswith("/id/listed/") for link in links) == 20
    (everything,) = [link for link in links if link.startswith("/sparql?")]
    assert page(server, everything)[0].count('<a href="/id/listed/') == 25


def test_errors_are_pages_for_browsers(server: Server) -> None:
    response = server.get("/questions/agencies-by-tasks-led?topic=nonesuch", headers=HTML)
    assert response.status_code == 400
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "có thể là " in response.text
    assert '<a href="/problems/bad-parameter">' in response.text


def test_the_style_comes_from_the_service(server: Server) -> None:
    _, checked = page(server, "/")
    sheets = [attributes["href"] for _, attributes in checked.tags if attributes.get("rel") == "stylesheet"]
    assert len(sheets) == 1
    response = server.get(str(sheets[0]))
    assert response.headers["content-type"].startswith("text/css")
    assert re.findall(r"""url\(["']?(?:https?:|data:|//)""", response.text) == []


def test_what_is_named_by_its_content_may_be_kept_and_the_rest_is_asked_for(server: Server) -> None:
    for _, attributes in page(server, "/")[1].tags:
        address = attributes.get("href") or ""
        if address.startswith("/static/"):
            kept = server.get(address).headers["cache-control"]
            assert kept == ("public, max-age=31536000, immutable" if "/assets/" in address else "no-cache")


def test_the_quality_page_has_the_figures_of_the_release(server: Server) -> None:
    text, _ = page(server, "/quality?lang=en")
    assert "Tasks – all documents" in text
    assert text.index("all documents") < text.index("Tasks – 000")
    assert "97.7%" in text and "43/44" in text
    figures = server.get("/quality?format=json").json()
    assert [score["document"] for score in figures] == ["000", "*"]

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from graph.findings import Report
from graph.reports.html import to_html, to_index

VOID = {"meta", "br"}


class Outline(HTMLParser):
    """Checks that what is opened is closed, and keeps names and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    assert found.open == []
    return found


def test_a_page_stands_alone_and_needs_no_script(report: Report) -> None:
    page = outline(to_html(report))
    assert "script" not in page.tags and page.links == []
    assert page.tags.count("article") == len(report.findings) == 3


def test_a_page_says_everything_in_both_languages(report: Report) -> None:
    page = to_html(report)
    assert '<html lang="vi">' in page
    for finding in report.findings:
        assert finding.message_vi in page and finding.message_en in page
    assert "Kết nối, chia sẻ cơ sở dữ liệu toàn tỉnh" in page and "plan.txt:1" in page
    assert "data/accepted-findings.toml" in page
    assert page.count("Does not conform") == 1


def test_accepted_findings_come_last_with_who_when_and_why_and_text_is_escaped(report: Report) -> None:
    page = to_html(report)
    before, after = page.split("Accepted, so in the source</span></h2>")
    assert before.count("<article") == 2 and after.count("<article") == 1
    assert "Nguyễn Văn A, 2026-11-23: So &lt;in&gt; the source." in after


def test_a_report_without_findings_conforms(report: Report) -> None:
    page = to_html(replace(report, findings=()))
    assert "Conforms" in page and "<article" not in page


def test_the_index_counts_and_links_each_report(report: Report) -> None:
    page = to_index({"b": report, "a": replace(report, findings=())})
    assert re.findall(r'<a href="(\w+)\.html">', page) == ["a", "b"]
    rows = [re.findall(r'<td class="n">(\d+)</td>', row) for row in page.split("<tr>")[2:]]
    assert rows == [["0", "0", "0", "0"], ["1", "1", "0", "1"]]
    assert {"a.sarif", "a.ttl", "a.json", "a.txt"} <= set(outline(page).links)

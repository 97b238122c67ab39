"""The macros that pages share: what they draw and that all of it is escaped."""

import re
from functools import partial
from xml.etree import ElementTree

import pytest

from service.charts import Series, Value, bars, line_chart, matrix, timeline
from service.localized import date_text, number_text, quarter_text, size_text
from service.pages import TEMPLATES
from service.texts import TEXTS

LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


def rendered(language: str, file: str, call: str, **context: object) -> str:
    """Return what a call of a macro makes; it has to be well-formed by itself."""
    name = call.partition("(")[0]
    template = TEMPLATES.from_string(f'{{% from "macros/{file}.html" import {name} with context %}}{{{{ {call} }}}}')
    words = {"date": date_text, "quarter": quarter_text, "number": number_text, "size": size_text}
    said = {name: partial(function, language=language) for name, function in words.items()}
    text = template.render(t=TEXTS[language], language=language, link=_link, **said, **context)
    ElementTree.fromstring(f"<page>{text}</page>")
    assert "style=" not in text
    return text


def _link(path: str, **parameters: object) -> str:
    return path + "?" + "&".join(f"{name}={value}" for name, value in parameters.items())


@LANGUAGES
def test_bars_have_their_numbers_beside_them(language: str) -> None:
    rows = bars([("Sở <Y tế>", 1200, "/tasks"), ("Sở Nội vụ", 300, "")])
    text = rendered(language, "charts", 'bar_chart("b", "Title", rows, "Agency", "Tasks", note="n")', rows=rows)
    assert "Sở &lt;Y tế&gt;" in text
    assert f'<td class="number">{number_text(300, language)}</td>' in text
    assert re.findall(r'<rect x="0.0" width="([\d.]+)"', text) == ["100.0", "25.0"]


@LANGUAGES
def test_a_timeline_has_a_table_with_the_same_numbers(language: str) -> None:
    drawn = timeline({"2025-Q4": 8, "2026-Q3": 2}, {"2026-Q3": "/due"})
    text = rendered(language, "charts", 'timeline_chart("d", "Due", drawn, "tasks")', drawn=drawn)
    assert text.count("<rect ") == 2
    assert text.count("<tr>") == 3
    assert text.count('href="/due"') == 2
    assert quarter_text("2026-Q3", language) in text


@LANGUAGES
def test_lines_show_comparators_and_baseline_in_drawing_legend_and_table(language: str) -> None:
    one = Series("Một", (Value(2025, 10.5, "baseline", written="10,5%"), Value(2030, 50, "≥", href="/target")))
    two = Series("Hai", (Value(2026, 5, "range", high=7), Value(2030, 9, "≤"), Value(2031, 9)))
    text = rendered(language, "charts", 'line_chart("l", "Targets", drawn, unit="%")', drawn=line_chart([one, two]))
    for name in ("least", "most", "baseline", "range", "equal"):
        assert TEXTS[language][f"comparator_{name}"] in text
    assert text.count('class="range"') == 1
    assert "10,5%" in text
    assert "5–7" in text
    nameless = line_chart([Series("", two.values)])
    assert 'class="legend"' not in rendered(language, "charts", 'line_chart("l", "T", drawn)', drawn=nameless)


@LANGUAGES
def test_a_matrix_is_a_table(language: str) -> None:
    drawn = matrix({("Sở Y tế", "2025-Q4"): 3, ("Sở Nội vụ", "2026-Q1"): 1})
    text = rendered(language, "charts", 'heat_table("m", "Load", drawn, "Agency", say=quarter)', drawn=drawn)
    assert '<td class="heat-5">3</td>' in text and '<td class="heat-2">1</td>' in text
    assert quarter_text("2026-Q1", language) in text


@LANGUAGES
def test_a_table_of_data(language: str) -> None:
    columns = [
        {"name": "title", "label": "Title"},
        {"name": "due", "label": "Due", "kind": "date"},
        {"name": "count", "label": "Count", "kind": "number"},
        {"name": "bytes", "label": "Size", "kind": "size"},
    ]
    rows = [
        {
            "id": "row-1",
            "title": {"text": "A & B", "href": "/a", "lang": "vi", "badge": "new"},
            "due": "2026-09-30",
            "count": 1234,
            "bytes": 1_540_000,
        },
        {"title": "C", "due": None, "count": {"text": 5, "href": "/c"}, "bytes": None},
    ]
    text = rendered(
        language, "tables", 'data_table("t", "Caption", columns, rows, note="n")', columns=columns, rows=rows
    )
    assert '<a href="/a" lang="vi">A &amp; B</a>' in text
    assert f'<time datetime="2026-09-30">{date_text("2026-09-30", language)}</time>' in text
    assert f'<td role="cell" data-label="Count" class="number">{number_text(1234, language)}</td>' in text
    assert '<td role="cell" data-label="Due"></td>' in text
    assert '<tr role="row" id="row-1">' in text


@LANGUAGES
def test_parts(language: str) -> None:
    crumbs = rendered(language, "parts", 'breadcrumbs([("Home", "/")], "Here")')
    assert '<a href="/">Home</a>' in crumbs and '<span aria-current="page">Here</span>' in crumbs
    figures = rendered(language, "parts", 'key_figures([{"value": 1445, "label": "tasks", "href": "/t"}])')
    assert f'<a href="/t">{number_text(1445, language)}</a>' in figures
    assert 'class="badge warn"' in rendered(language, "parts", 'badge("draft", "warn")')
    passage = rendered(language, "parts", 'passage("quote", "Kế hoạch", "/doc", 1200, 1210, before="a ", after=" b")')
    assert "a <mark>quote</mark> b" in passage and number_text(1200, language) in passage
    assert "CSV" in rendered(language, "parts", 'downloads([("CSV", "/a.csv")])')


@pytest.mark.parametrize(
    ("page", "last", "shown"), [(1, 1, []), (1, 3, ["1", "2", "3"]), (6, 12, ["1", "4", "5", "6", "7", "8", "12"])]
)
def test_a_pager_shows_the_ends_and_what_is_near(page: int, last: int, shown: list[str]) -> None:
    text = rendered("en", "parts", f'pager("/list", {{"q": "x"}}, {page}, {last})')
    assert re.findall(r">(\d+)</", text) == shown
    assert ('rel="next"' in text) == (page < last)

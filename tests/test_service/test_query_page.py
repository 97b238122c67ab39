"""The query page: its examples, charts of any result, mistakes, and the terms that its editor completes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from serving import Server, problem

from graph.namespaces import XSD
from service.charts import LineChart
from service.query_charts import result_chart
from service.query_page import EXAMPLES

HTML = {"Accept": "text/html"}
Row = Mapping[str, Mapping[str, str]]


def text(value: str) -> Mapping[str, str]:
    return {"type": "literal", "value": value}


def number(value: float) -> Mapping[str, str]:
    return {"type": "literal", "value": str(value), "datatype": f"{XSD}decimal"}


def test_a_number_by_a_name_is_bars_and_says_how_many_have_no_place() -> None:
    rows: list[Row] = [{"area": text("X"), "name": text(f"Sở {n}"), "n": number(n)} for n in range(20)]
    chart = result_chart(["area", "name", "n"], rows)
    assert chart is not None
    assert (chart.kind, chart.label, chart.measure, chart.shown, chart.all) == ("bars", "name", "n", 15, 20)


def test_years_are_lines_but_not_where_a_year_has_two_numbers() -> None:
    rows: list[Row] = [
        {"area": text(area), "year": text(year), "n": number(len(area))}
        for area in ("A", "B")
        for year in ("2025", "2030")
    ]
    chart = result_chart(["area", "year", "n"], rows)
    assert chart is not None
    assert isinstance(chart.marks, LineChart)
    assert [line.series.name for line in chart.marks.lines] == ["A", "B"]
    again = result_chart(["area", "year", "n"], [*rows, rows[0]])
    assert again is not None
    assert again.kind == "bars"


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"name": text("A"), "n": number(1)}],
        [{"name": text("A")}, {"name": text("B")}],
        [{"n": number(1)}, {"n": number(2)}],
        [{"name": text("A"), "n": {**number(1), "value": "INF"}}, {"name": text("B"), "n": number(1)}],
    ],
)
def test_nothing_is_drawn_that_has_no_numbers_by_names(rows: list[Row]) -> None:
    assert result_chart(["name", "n"], rows) is None


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_finds_something(portal: Server, example: str) -> None:
    page = portal.get("/sparql", params={"query": EXAMPLES[example].query, "format": "html"})
    assert page.status_code == 200
    assert "<td>" in page.text or "Đúng" in page.text or "pc:" in page.text


def test_the_query_of_a_question_can_be_opened(portal: Server) -> None:
    page = portal.get("/sparql?example=agencies-by-tasks-led", headers=HTML).text
    assert "PREFIX" in page
    assert 'href="/questions/agencies-by-tasks-led"' in page
    content = problem(portal.get("/sparql?example=agencies-by-task&format=html"), 404, "not-found")
    assert "agencies-by-tasks-led" in str(content["nearest"])


def test_a_mistake_is_shown_with_the_query_to_people_and_as_a_problem_to_machines(portal: Server) -> None:
    asked = {"query": "SELECT *\n{ ?s <x> }"}
    page = portal.get("/sparql", params=asked, headers=HTML)
    assert page.status_code == 400
    assert 'data-line="2" data-column="' in page.text
    assert "{ ?s &lt;x&gt; }</textarea>" in page.text
    content = problem(portal.get("/sparql", params=asked, headers={"Accept": "*/*"}), 400, "query-syntax")
    assert content["line"] == 2


def test_an_answer_has_a_chart_and_links_to_all_of_it(portal: Server) -> None:
    page = portal.get("/sparql", params={"query": EXAMPLES["topics-by-tasks"].query, "format": "html"}).text
    assert 'class="bars"' in page
    assert 'download="phancong.csv"' in page
    assert 'href="/id/topic/data"' in page


def test_terms_have_prefixes_and_labels_in_both_languages(portal: Server) -> None:
    content = portal.get("/def/terms.json").json()
    named = {one["name"]: one for one in content["terms"]}
    assert named["pc:leadAgency"]["label"].keys() == {"vi", "en"}
    assert named["pc:Task"]["kind"] == "class"
    assert {name.partition(":")[0] for name in named} <= content["prefixes"].keys()
    assert named["topic:data"] == {"name": "topic:data", "kind": "concept", "label": {"vi": "Dữ liệu", "en": "Data"}}
    assert content["prefixes"]["agency-type"] == "https://w3id.org/phancong/id/agency-type/"
    assert {"area:quang-tri", "agency-type:so-khoa-hoc-va-cong-nghe"} <= named.keys()

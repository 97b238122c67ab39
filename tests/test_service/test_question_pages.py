"""Pages of questions: charts, evidence on demand, the view for frames, groups; and what changed between releases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from serving import Server, Session, problem

from graph.questions.answers import Answer
from graph.questions.catalogue import read_catalogue
from service.charts import LineChart, Matrix, Timeline
from service.front import changes
from service.question_charts import drawings
from service.question_groups import group_questions
from service.releases import Release

HTML = {"Accept": "text/html"}
QUESTIONS = read_catalogue()
LED = "/questions/agencies-by-tasks-led?topic=data"


def answer(name: str, rows: list[dict[str, object]]) -> Answer:
    question = QUESTIONS[name]
    whole = [{column.name: None for column in question.columns} | row for row in rows]
    return Answer(question, {}, {}, "", None, whole, "r", "2026-03-01T08:00:00Z")


def nowhere(*_: object) -> str:
    return ""


def test_bars_have_a_chart_for_each_unit_and_say_how_many_have_no_place() -> None:
    rows = [{"areaLabel": f"Tỉnh {n}", "value": float(n), "unitLabel": "%"} for n in range(20)]
    rows.append({"areaLabel": "Tỉnh 20", "value": 3.0, "unitLabel": None})
    unit = next(one for one in QUESTIONS["targets-by-area"].columns if one.name == "value").unit_column
    drawn = drawings(answer("targets-by-area", [{**row, unit: row["unitLabel"]} for row in rows]), "vi", nowhere, 8)
    assert [(one.unit, one.shown, one.all) for one in drawn] == [("%", 8, 20), ("", 1, 1)]


def test_lines_have_comparators_and_one_chart_a_unit() -> None:
    rows: list[dict[str, object]] = [
        {"areaLabel": "A", "period": "2025-03", "value": 5.0, "unit": "%", "comparator": "baseline"},
        {"areaLabel": "A", "period": "2030", "value": 50.0, "unit": "%", "comparator": "at-least"},
        {"areaLabel": "B", "period": "2030", "value": 10.0, "unit": "%", "comparator": "range", "valueMax": 12.0},
        {"areaLabel": "A", "period": "2030", "value": 900.0, "unit": "người", "comparator": "equal"},
        {"areaLabel": "A", "period": "lâu dài", "value": None, "unit": "%"},
    ]
    (drawn,) = drawings(answer("indicator-across-areas", rows), "vi", nowhere)
    assert isinstance(drawn.marks, LineChart)
    assert (drawn.unit, drawn.shown, drawn.all) == ("%", 1, 2)  # B has one year: no line
    assert [(one.value.year, one.value.comparator) for one in drawn.marks.lines[0].points] == [
        (2025, "baseline"),
        (2030, "≥"),
    ]


def test_per_cent_of_whatever_has_one_chart_where_each_line_says_of_what() -> None:
    rows: list[dict[str, object]] = [
        {"areaLabel": area, "period": year, "value": value, "unit": unit, "comparator": "equal"}
        for area, unit, value in (("A", "% GRDP", 10.0), ("B", "%", 12.0), ("C", "triệu đồng", 3.0))
        for year in ("2025", "2030")
    ]
    per_cent, money = drawings(answer("indicator-across-areas", rows), "vi", nowhere)
    assert isinstance(per_cent.marks, LineChart)
    assert (per_cent.unit, money.unit) == ("%", "triệu đồng")
    assert [line.series.name for line in per_cent.marks.lines] == ["A (% GRDP)", "B (%)"]


def test_an_unknown_question_is_answered_with_the_nearest(portal: Server) -> None:
    response = portal.get("/questions/agency-by-tasks-lead?lang=en")
    content = problem(response, 404, "not-found")
    assert content["nearest"][0] == "agencies-by-tasks-led"
    assert "/questions lists all" in str(content["detail"])
    assert problem(portal.get("/questions/zzz"), 404, "not-found")["nearest"] == []


def test_quarters_are_drawn_over_all_rows_and_by_agency_a_task_counted_once() -> None:
    rows: list[dict[str, object]] = [
        {"agencyLabel": "A", "quarter": "2025-Q4", "taskCount": 2, "tasks": ["t1", "t2"]},
        {"agencyLabel": "B", "quarter": "2025-Q4", "taskCount": 1, "tasks": ["t1"]},
    ]
    over_all, by_agency = drawings(answer("workload-by-quarter", rows), "en", nowhere)
    assert isinstance(over_all.marks, Timeline) and isinstance(by_agency.marks, Matrix)
    assert [(one.quarter, one.value) for one in over_all.marks.columns] == [("2025-Q4", 2)]
    assert by_agency.marks.cells == {("A", "2025-Q4"): (2, 5), ("B", "2025-Q4"): (1, 3)}


def test_every_question_stands_in_one_group() -> None:
    named = [question.id for group in group_questions(QUESTIONS) for question in group.questions]
    assert sorted(named) == sorted(QUESTIONS)


def test_every_answer_of_the_plans_can_be_shown(portal: Server) -> None:
    for question in QUESTIONS.values():
        response = portal.get(f"/questions/{question.id}", params=question.sample, headers=HTML)
        assert response.status_code == 200, question.id
        if question.chart and question.chart.type != "network":
            assert '<figure class="chart"' in response.text, question.id


def test_the_evidence_of_a_number_is_shown_where_it_is_asked_for(portal: Server) -> None:
    text = portal.get(LED, headers=HTML).text
    assert "<q" not in text
    links = re.findall(r'class="evidence-link" href="([^"]+)"', text)
    shown = portal.get(links[0].partition("#")[0].replace("&amp;", "&"), headers=HTML).text
    assert shown.count('id="evidence"') == 1
    rows = portal.get(LED, headers={"Accept": "application/json"}).json()["rows"]
    assert shown.count("<q") == sum(len(item["passages"]) for item in rows[0]["evidence"])


def test_evidence_of_what_is_no_row_is_none(portal: Server) -> None:
    text = portal.get(f"{LED}&evidence=%3E%20%7D%20DROP%20ALL", headers=HTML).text
    assert "<q" not in text


def test_only_the_view_for_frames_may_be_framed(server: Server) -> None:
    policy = "content-security-policy"
    assert "frame-ancestors 'none'" in server.get("/questions", headers=HTML).headers[policy]
    assert "frame-ancestors 'none'" in server.get(LED, headers=HTML).headers[policy]
    embedded = server.get(f"{LED}&embed=1", headers=HTML)
    assert embedded.headers.get_list(policy) == [
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors *; object-src 'none'"
    ]
    assert "<form" not in embedded.text and "<nav" not in embedded.text
    assert "<table" in embedded.text and "CC BY 4.0" in embedded.text


@pytest.mark.parametrize("address", ["/questions/tasks-of-agency?embed=1", "/questions/tasks-of-agency"])
def test_without_a_required_parameter_there_is_no_answer(server: Server, address: str) -> None:
    response = server.get(address, headers=HTML)
    assert response.status_code == 200
    assert "<table" not in response.text


def test_changes_are_told_release_by_release() -> None:
    first = Release(Path(), "1", "2026-01-01T00:00:00Z", {"Task": 3, "Agency": 2, "quads": 9})
    second = Release(Path(), "2", "2026-02-01T00:00:00Z", {"Task": 5, "Agency": 2, "Target": 4, "quads": 90})
    assert [(one.release.id, one.differences) for one in changes([first, second])] == [
        ("2", {"Task": 2, "Target": 4}),
        ("1", None),
    ]
    assert changes([]) == []


def test_the_front_page_lists_the_plans_by_area(portal: Server) -> None:
    text = portal.get("/", headers=HTML).text
    areas = text[text.index('id="areas"') : text.index('id="changes"')]
    assert areas.index("Quảng Ngãi") < areas.index("Quảng Trị") < areas.index("687/KH-UBND") < areas.index("Thanh Hóa")
    assert text.count('<figure class="chart"') == 4


def test_findings_have_their_place_and_who_accepted_them(portal: Server) -> None:
    text = portal.get("/quality?lang=en", headers=HTML).text
    assert text.count('class="finding"') > 5
    assert text.count('class="passage"') > 5
    assert "Row 66 says that the indicator is new" in text


NAMED = "Sở Khoa học và Công nghệ – Quảng Trị"
SHORT = "quang-tri/so-khoa-hoc-va-cong-nghe"


def test_a_long_list_takes_names_and_shows_them(session: Session) -> None:
    page = html.fromstring(session.get("/questions/tasks-of-agency", params={"agency": NAMED}, headers=HTML).text)
    (field,) = page.xpath("//input[@id='agency']")
    offered = page.xpath("//datalist[@id='agency-values']/option/@value")
    assert field.get("value") == NAMED and NAMED in offered and len(offered) > 60
    assert SHORT.replace("/", "%2F") in page.xpath("string(//section[@aria-labelledby='reuse']//a/@href)")
    by_name = session.get("/questions/tasks-of-agency", params={"agency": NAMED.upper()}).json()
    assert by_name["rows"] == session.get(f"/questions/tasks-of-agency?agency={SHORT}").json()["rows"]
    english = session.get(f"/questions/tasks-of-agency?lang=en&agency={SHORT}", headers=HTML)
    assert html.fromstring(english.text).xpath("string(//input[@id='agency']/@value)").startswith("Department of Sci")


def test_a_name_that_several_have_or_none_says_what_there_is(session: Session) -> None:
    several = session.get("/questions/tasks-of-agency", params={"agency": "College – Thanh Hoa", "lang": "en"})
    assert "several values" in str(problem(several, 400, "bad-parameter")["detail"])
    for path in ("/questions/tasks-of-agency", "/networks/lead-coordinator"):
        for name in ("Sở Không Có", "SởKhôngCó"):
            allowed = problem(session.get(path, params={"agency": name}), 400, "bad-parameter")["allowed"]
            assert isinstance(allowed, list) and len(allowed) > 60


def test_an_english_page_names_what_has_an_english_name_and_data_stay_as_they_are(session: Session) -> None:
    path = f"/questions/tasks-of-agency?agency={SHORT}&role=lead"
    said = html.fromstring(session.get(f"{path}&lang=en", headers=HTML).text)
    roles = {cell.text_content().strip() for cell in said.xpath("//td[@data-label='Role']")}
    assert roles == {"lead"}
    assert {row["roleLabel"] for row in session.get(f"{path}&lang=en").json()["rows"]} == {"chủ trì"}
    assert "Quang Ngai" in session.get("/quality?lang=en", headers=HTML).text
    assert "<h3>Quang Ngai</h3>" in session.get("/?lang=en", headers=HTML).text


def test_a_page_about_a_wrong_value_leads_back_to_the_form(session: Session) -> None:
    window = {"from": "2026-12-31", "to": "2026-01-01"}
    response = session.get("/questions/tasks-due", params=window, headers=HTML)
    page = html.fromstring(response.text)
    assert (response.status_code, bool(page.xpath("//a[@href='/questions/tasks-due']"))) == (400, True)
    assert "ngày trước" in page.xpath("string(//p[@class='notice'])")

"""/ask: a question in words as JSON and as a page that works without scripts."""

from __future__ import annotations

import pytest
from serving import Server, problem

from graph.asking.understanding import LONGEST

QUESTION = "Cơ quan nào chủ trì nhiều nhiệm vụ về dữ liệu nhất ở Quảng Trị?"


def test_an_answer_is_that_of_the_question_understood(portal: Server) -> None:
    told = portal.get("/ask", params={"q": QUESTION, "format": "json"}).json()
    assert (told["outcome"], told["understood"]["question"]["id"]) == ("answer", "agencies-by-tasks-led")
    assert {name: one["words"] for name, one in told["understood"]["parameters"].items()} == {
        "topic": "dữ liệu",
        "area": "Quảng Trị",
    }
    asked = portal.get("/questions/agencies-by-tasks-led", params={"topic": "data", "area": "quang-tri"}).json()
    assert (told["answer"]["sparql"], told["answer"]["rows"]) == (asked["sparql"], asked["rows"])


def test_the_page_says_what_was_understood_and_answers(portal: Server) -> None:
    page = portal.get("/ask", params={"q": QUESTION, "format": "html"}).text
    assert "Cơ quan nào chủ trì nhiều nhiệm vụ nhất?" in page and "từ “dữ liệu”" in page
    assert "/questions/agency-types-by-tasks-led?" in page, "other readings"
    assert "<table" in page and "SELECT" in page


def test_what_was_understood_is_named_in_the_language_of_the_page(portal: Server) -> None:
    pages = {
        one: portal.get("/ask", params={"q": QUESTION, "format": "html", "lang": one}).text for one in ("vi", "en")
    }
    assert "<dd>Dữ liệu <small>" in pages["vi"]
    assert "<dd>Data <small>" in pages["en"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_without_a_question_has_examples_that_are_answered(portal: Server, language: str) -> None:
    page = portal.get("/ask", params={"lang": language, "format": "html"})
    assert page.status_code == 200 and page.text.count('<li><a href="/ask?') == 4


def test_the_examples_are_answered(portal: Server) -> None:
    from service.ask import _EXAMPLES

    for text in (text for texts in _EXAMPLES.values() for text in texts):
        told = portal.get("/ask", params={"q": text, "format": "json"}).json()
        assert told["outcome"] == "answer" and told["answer"]["rows"], text


def test_what_is_open_is_offered_with_links(portal: Server) -> None:
    page = portal.get("/ask", params={"q": "Sở Y tế làm gì?", "format": "html", "lang": "en"}).text
    assert "can be several; please choose" in page
    assert "/questions/tasks-of-agency?lang=en&amp;agency=thanh-hoa%2Fso-y-te" in page
    assert "<table" not in page


def test_what_is_absent_or_unknown_is_said_and_not_answered(portal: Server) -> None:
    for text, outcome in (("Đà Nẵng có nhiệm vụ gì?", "absent"), ("giá vàng hôm nay", "unknown")):
        told = portal.get("/ask", params={"q": text, "format": "json"}).json()
        assert (told["outcome"], told["answer"], told["choices"]) == (outcome, None, [])
        assert told["messages"] and all(set(one) == {"vi", "en"} for one in told["messages"])


def test_the_day_of_asking_can_be_given(portal: Server) -> None:
    told = portal.get("/ask", params={"q": "Quý này việc gì đến hạn?", "day": "2025-05-05", "format": "json"}).json()
    assert {name: one["value"] for name, one in told["understood"]["parameters"].items()} == {
        "from": "2025-04-01",
        "to": "2025-06-30",
    }
    response = portal.get("/ask", params={"q": QUESTION, "day": "soon"})
    assert "no date" in str(problem(response, 400, "bad-parameter")["detail"])


@pytest.mark.parametrize("text", ["", " ", "x" * (LONGEST + 1), "a\x00b", "dữ\x1bliệu"])
@pytest.mark.parametrize("form", ["json", "html"])
def test_what_is_no_question_is_refused_with_the_reason(portal: Server, text: str, form: str) -> None:
    response = portal.get("/ask", params={"q": text, "format": form})
    assert response.status_code == 400
    assert "cannot be read as a question" in response.text


def test_a_question_asked_twice_is_refused(portal: Server) -> None:
    response = portal.get("/ask?q=dữ+liệu&q=y+tế&format=json")
    assert 'The parameter "q" is given more than once.' in str(problem(response, 400, "bad-parameter")["detail"])


def test_the_page_of_words_that_fit_nothing_has_examples(portal: Server) -> None:
    page = portal.get("/ask", params={"q": "giá vàng hôm nay", "format": "html"}).text
    assert "Sở Y tế Thanh Hóa được giao những việc gì?" in page


def test_bytes_that_are_no_text_are_refused(portal: Server) -> None:
    assert portal.get("/ask?q=%FF%FE%00").status_code == 400


def test_an_injection_is_inert(portal: Server) -> None:
    text = '"} DROP ALL # <script>alert(1)</script> nhiệm vụ về dữ liệu ở Quảng Trị'
    assert "<script>alert" not in portal.get("/ask", params={"q": text, "format": "html"}).text
    told = portal.get("/ask", params={"q": text, "format": "json"}).json()
    assert "DROP" not in str(told["answer"])


def test_a_place_without_a_plan_is_said_and_nothing_is_offered(portal: Server) -> None:
    told = portal.get("/ask", params={"q": "Nhiệm vụ của Sở Y tế Hà Nội", "format": "json"}).json()
    assert (told["outcome"], told["answer"], told["choices"]) == ("absent", None, [])
    assert [one["en"] for one in told["messages"]] == ["No plan of “Hà Nội” is held here."]


def test_a_page_without_an_answer_does_not_say_that_it_understood(portal: Server) -> None:
    page = portal.get(
        "/ask", params={"q": "Cơ quan nào chủ trì nhiều nhiệm vụ về bóng đá nhất?", "format": "html"}
    ).text
    assert "Đã hiểu là" not in page and "<table" not in page
    assert "Không hiểu “bóng đá”" in page

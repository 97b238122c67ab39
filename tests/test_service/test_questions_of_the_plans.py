"""Every question over HTTP, on a release built from the five plans."""

from __future__ import annotations

import pytest
from serving import Session, problem

from graph.questions.catalogue import read_catalogue
from graph.questions.question import Question

CATALOGUE = read_catalogue()


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_pages_are_in_both_languages(session: Session, question: Question) -> None:
    for language in ("vi", "en"):
        page = session.get(f"/questions/{question.id}", params={**question.sample, "format": "html", "lang": language})
        assert page.status_code == 200
        assert question.title.in_language(language) in page.text


def test_a_page_names_the_other_readings(session: Session) -> None:
    page = session.get("/questions/agencies-by-tasks-led", params={"topic": "data", "format": "html"})
    assert "/questions/agency-types-by-tasks-led?topic=data" in page.text


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_a_value_that_no_parameter_can_take_is_refused_with_those_it_can(session: Session, question: Question) -> None:
    for parameter in question.parameters:
        if parameter.values:
            given = {one.name: one.example for one in question.parameters if one.required}
            response = session.get(f"/questions/{question.id}", params={**given, parameter.name: "999999"})
            detail = str(problem(response, 400, "bad-parameter")["detail"])
            assert f'"{parameter.name}" has no value "999999"; it can be ' in detail

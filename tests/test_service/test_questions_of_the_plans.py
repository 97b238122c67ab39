"""Every question over HTTP, on a release built from the five plans."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Server, problem, running

from graph.questions.catalogue import read_catalogue
from graph.questions.question import Question

CATALOGUE = read_catalogue()


@pytest.fixture(scope="module")
def plans_server(built_releases: Path) -> Iterator[Server]:
    with running(built_releases, {}) as one:
        yield one


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_json_csv_and_page_tell_the_same(plans_server: Server, question: Question) -> None:
    path = f"/questions/{question.id}"
    content = plans_server.get(path, params={**question.sample, "format": "json"}).json()
    assert content["row_count"] == len(content["rows"]) > 0
    table = plans_server.get(path, params={**question.sample, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(table.text, newline="")))
    assert len(rows) == content["row_count"]
    assert list(rows[0]) == [column["name"] for column in content["columns"]]
    for language in ("vi", "en"):
        page = plans_server.get(path, params={**question.sample, "format": "html", "lang": language})
        assert page.status_code == 200
        assert question.title.in_language(language) in page.text


def test_a_page_names_the_other_readings(plans_server: Server) -> None:
    page = plans_server.get("/questions/agencies-by-tasks-led", params={"topic": "data", "format": "html"})
    assert "/questions/agency-types-by-tasks-led?topic=data" in page.text


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_a_value_that_no_parameter_can_take_is_refused_with_those_it_can(
    plans_server: Server, question: Question
) -> None:
    for parameter in question.parameters:
        if parameter.values:
            given = {one.name: one.example for one in question.parameters if one.required}
            response = plans_server.get(f"/questions/{question.id}", params={**given, parameter.name: "999999"})
            detail = str(problem(response, 400, "bad-parameter")["detail"])
            assert f'"{parameter.name}" has no value "999999"; it can be ' in detail

"""The competency questions of docs/competency-questions.md, asked on a release built from the five plans."""

from __future__ import annotations

import csv
import io
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.namespaces import BASE
from graph.questions.answers import as_text, plain_rows
from graph.questions.binding import bind, render
from graph.questions.catalogue import read_catalogue
from graph.questions.question import Column
from graph.solutions import table
from graph.store import Store

DOCUMENT = Path(__file__).parents[2] / "docs" / "competency-questions.md"
CATALOGUE = read_catalogue()
SECTION = re.compile(r"^## (CQ\d\d) .+?\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """One competency question: how it is asked, and what was found by hand."""

    name: str
    question: str
    given: dict[str, str]
    compare: str  # "", "first" or "among"
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def cases() -> list[Case]:
    return [read_case(name, text) for name, text in SECTION.findall(DOCUMENT.read_text(encoding="utf-8"))]


def read_case(name: str, text: str) -> Case:
    command = re.search(r"^`phancong ask (.+)`$", text, re.MULTILINE)
    expected = re.search(r"^```csv ?(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert command, f"{name}: no command"
    assert expected, f"{name}: no answer"
    question, *options = shlex.split(command[1])
    given = dict(option.split("=", 1) for option in options if option != "--param")
    header, *rows = csv.reader(io.StringIO(expected[2]))
    return Case(name, question, given, expected[1], tuple(header), [tuple(row) for row in rows])


def answer(store: Store, case: Case) -> list[tuple[str, ...]]:
    question = CATALOGUE[case.question]
    columns = {column.name: column for column in question.columns}
    rows = plain_rows(question.columns, table(store, render(question, bind(question, case.given))))
    return [tuple(cell(columns[name], row[name]) for name in case.columns) for row in rows]


def cell(column: Column, value: object) -> str:
    if value is None:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(as_text(column, value))
    return text.replace(f"{BASE}id/", "")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_answer_is_what_a_reader_finds(plans_store: Store, case: Case) -> None:
    rows = answer(plans_store, case)
    match case.compare:
        case "first":
            assert rows[: len(case.rows)] == case.rows
        case "among":
            assert [row for row in case.rows if row not in rows] == []
        case "":
            assert rows == case.rows
        case other:
            pytest.fail(f'{case.name}: "{other}" is no way to compare')


def test_there_are_enough_and_each_is_served_by_the_question_that_answers_it() -> None:
    asked = {case.name: case.question for case in cases()}
    assert len(asked) == len(cases()) >= 25
    assert [name for name, question in asked.items() if name not in CATALOGUE[question].serves] == []


def test_every_question_serves_a_competency_question() -> None:
    names = {case.name for case in cases()}
    assert {name for question in CATALOGUE.values() for name in question.serves} == names

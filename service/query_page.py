"""The query page: /sparql for people, with a form, examples, the answer as chart and table, and what is wrong.

It works without scripts; with them (service/web/src/sparql.ts) the form is an editor, and an answer takes the place of
the one before without loading the page again.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from graph.questions.binding import bind, render
from graph.questions.question import Question, Text
from graph.store import Dataset, ResultKind
from service.answers import content_response
from service.pages import HTML, page_response
from service.pages import render as render_page
from service.problems import Problem
from service.query_charts import result_chart
from service.question_groups import group_questions
from service.questions import no_question
from service.releases import Release
from service.results import WHOLE, Result
from service.shared import service_of
from service.sizes import Sizes

_ROWS = 1000  # of a result on a page
_GRAPHS = 100  # in the list of graphs
_DEFAULT_DATASET = Dataset()


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with; `question` is the id of the question that it answers, if it is one."""

    id: str
    title: Text
    query: str
    question: str | None = None


def _read_examples(path: Path) -> dict[str, Example]:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["example"]
    return {one["id"]: Example(one["id"], Text(one["vi"], one["en"]), one["query"].lstrip()) for one in entries}


EXAMPLES = _read_examples(Path(__file__).with_name("query_examples.toml"))
"""The examples that are no questions, by id."""


def form_page(request: Request, release: Release, language: str, sizes: Sizes) -> Response:
    """Return the page with an example to begin with (?example= chooses it) and the list of graphs. Raises Problem."""
    largest = sorted(sizes.named, key=lambda one: (-one.triples, one.iri))[:_GRAPHS]
    chosen = _example(request.query_params.get("example"), service_of(request).questions)
    context = {**_context(request, chosen.query), "chosen": chosen, "sizes": sizes, "largest": largest}
    return page_response(request, release, "sparql.html", language, **context)


def answer_page(request: Request, language: str, query: str, dataset: Dataset, result: Result) -> Response:
    """Return the page with a result: chart and table up to a stated number of rows, links to all of it elsewhere."""
    result.close()
    formats = ("ttl", "nt", "jsonld", "rdf") if result.kind is ResultKind.GRAPH else ("csv", "tsv", "json", "xml")
    context = {**_context(request, query, dataset), "result": _shown(result), "formats": formats}
    return page_response(request, result.release, "sparql.html", language, **context)


def problem_page(request: Request, language: str, query: str, dataset: Dataset, problem: Problem) -> Response:
    """Return the page with what is wrong with the query, which stays in the form, and the place where it is known."""
    release = service_of(request).releases.current()
    context = {**_context(request, query, dataset), "problem": problem, "place": _place(query, problem.members)}
    content = render_page(request, "sparql.html", language, release=release, **context)
    response = content_response(request, release, content, HTML)
    response.status_code = problem.type.status
    response.headers.update(problem.headers)
    return response


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a query, counted from 1: its line, and what stands before, at and behind it; at the end of a line the
    last sign is what stands there."""

    line: int
    column: int
    before: str
    at: str
    behind: str


def _place(query: str, members: Mapping[str, Any]) -> Place | None:
    line, column = members.get("line"), members.get("column")
    lines = query.splitlines()
    if line is None or column is None or not 1 <= line <= len(lines):
        return None
    text = lines[line - 1]
    at = max(0, min(column, len(text)) - 1)
    return Place(line, column, text[:at], text[at : at + 1], text[at + 1 :])


def _context(request: Request, query: str, dataset: Dataset = _DEFAULT_DATASET) -> dict[str, Any]:
    service = service_of(request)
    return {
        "query": query,
        "dataset": dataset,
        "settings": service.settings,
        "examples": EXAMPLES.values(),
        "groups": group_questions(service.questions),
    }


def _example(name: str | None, questions: Mapping[str, Question]) -> Example:
    """Return the example of an id: one of ours, or the query of a question for its sample. Raises Problem."""
    if name is None:
        return next(iter(EXAMPLES.values()))
    if name in EXAMPLES:
        return EXAMPLES[name]
    if name not in questions:
        raise no_question(name, questions)
    question = questions[name]
    return Example(name, question.title, render(question, bind(question, question.sample)), name)


def _shown(result: Result) -> dict[str, Any]:
    """Return what the page shows of a result; one that is too large only says so."""
    shown: dict[str, Any] = {"most": WHOLE, "too_large": result.rest is not None, "kind": result.kind.value}
    if result.rest is not None:
        return shown
    if result.kind is ResultKind.GRAPH:
        return {**shown, "text": result.body.decode()}
    content = json.loads(result.body)
    if result.kind is ResultKind.BOOLEAN:
        return {**shown, "boolean": content["boolean"]}
    variables, rows = content["head"]["vars"], content["results"]["bindings"]
    chart = result_chart(variables, rows)
    return {**shown, "variables": variables, "rows": rows[:_ROWS], "count": len(rows), "chart": chart}

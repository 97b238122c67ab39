"""/questions: the catalogue of questions, and the answer of each as JSON, CSV or a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.questions.answers import Answer, Row, add_evidence, in_both, plain_rows, to_csv, to_json
from graph.questions.binding import ParameterError, Term, bind, render, short_value
from graph.questions.catalogue import Column, ColumnType, Parameter, ParameterType, Question
from service.answers import (
    Service,
    asked_format,
    content_response,
    json_content,
    leased,
    select,
    service_of,
    while_connected,
)
from service.pages import language_of, page_response
from service.pool import Lease
from service.problems import Problem
from service.releases import Release

router = APIRouter()

_OFFERS = ("application/json", "text/csv", "text/html")
_RESERVED = ("format", "lang")  # names that are no parameters of questions
_NAMED_VALUES = 50  # allowed values that an error message lists
_PAGE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a parameter can take: as it is given, and what it is called."""

    value: str
    label: str


@router.get("/questions")
async def catalogue(request: Request) -> Response:
    """List the questions with their parameters."""
    service = service_of(request)
    release = service.releases.current()
    if asked_format(request, ("application/json", "text/html")) == "text/html":
        questions = service.questions.values()
        return page_response(request, release, "questions.html", language_of(request), questions=questions)
    content = json_content({"questions": [_described(question) for question in service.questions.values()]})
    return content_response(request, release, content, "application/json")


@router.get("/questions/{question_id}")
async def question(request: Request, question_id: str) -> Response:
    """Answer one question."""
    service = service_of(request)
    asked = service.questions.get(question_id)
    if asked is None:
        ids = ", ".join(service.questions)
        raise Problem("not-found", f'There is no question "{question_id}"; the questions are {ids}.')
    chosen = asked_format(request, _OFFERS)
    given = _given(request)
    await request.body()
    if chosen == "text/html":
        return await while_connected(request, question_page(request, service, asked, given))
    try:
        bound = bind(asked, given)
    except ParameterError as error:
        raise Problem("bad-parameter", f"{error}.") from None

    async def run() -> tuple[Release, Answer]:
        async with leased(service.known_pool, service.settings) as lease:
            return lease.release, await answer(lease, asked, given, bound)

    release, answered = await while_connected(request, run())
    if chosen == "text/csv":
        response = content_response(
            request, release, to_csv(answered).encode(), "text/csv; charset=utf-8; header=present"
        )
        response.headers["Content-Disposition"] = f'inline; filename="{asked.id}.csv"'
        return response
    return content_response(request, release, json_content(to_json(answered)), "application/json")


async def answer(lease: Lease, question: Question, given: Mapping[str, str], bound: Mapping[str, Term]) -> Answer:
    """Run a question, and its evidence query where it has one.

    Raises Problem when there are no rows because a value given is none that the parameter can take.
    """
    sparql = render(question, bound)
    rows = plain_rows(question.columns, await select(lease, sparql))
    evidence_sparql = None
    if not rows:
        await _check_values(lease, question, bound)
    if question.evidence is not None:
        evidence_sparql = render(question, bound, question.evidence.sparql)
        if rows:
            add_evidence(rows, question.evidence, await select(lease, evidence_sparql))
    return Answer(question, given, bound, sparql, evidence_sparql, rows, lease.release.id, lease.release.issued)


async def question_page(request: Request, service: Service, question: Question, given: Mapping[str, str]) -> Response:
    """Return the page of a question: its form, and its answer unless a required parameter is still to be chosen."""
    missing = any(one.required and one.name not in given for one in question.parameters)
    try:
        bound = {} if missing else bind(question, given)
    except ParameterError as error:
        raise Problem("bad-parameter", f"{error}.") from None
    async with leased(service.known_pool, service.settings) as lease:
        choices = {one.name: await _choices(lease, one) for one in question.parameters if one.values}
        answered = None if missing else await answer(lease, question, given, bound)
        return page_response(
            request,
            lease.release,
            "question.html",
            language_of(request),
            question=question,
            given=given,
            choices=choices,
            **page_context(answered),
        )


def page_context(answered: Answer | None) -> dict[str, Any]:
    """Return what the template of an answer needs of it."""
    return {
        "answer": answered,
        "page_rows": answered.rows[:_PAGE_ROWS] if answered else (),
        "columns": [one for one in answered.question.columns if _shown(one)] if answered else (),
        "arguments": _arguments,
    }


def _shown(column: Column) -> bool:
    """Tell whether a page shows a column: IRIs are behind the texts that link to them."""
    return column.type not in (ColumnType.IRI, ColumnType.IRIS)


def _arguments(answered: Answer, column: Column, row: Row) -> dict[str, str]:
    """Return the parameters with which a cell's link asks the other question."""
    arguments = {}
    for name, source in column.arguments.items():
        value = answered.given.get(source[1:]) if source.startswith("$") else row[source]
        if value is not None:
            arguments[name] = str(value)
    return arguments


def _given(request: Request) -> dict[str, str]:
    """Return the question's parameters of the request; an empty one, as a form sends it, is not given."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name not in _RESERVED and value]
    given = dict(pairs)
    if len(given) < len(pairs):
        repeated = next(name for name in given if sum(name == other for other, _ in pairs) > 1)
        raise Problem("bad-parameter", f'The parameter "{repeated}" is given more than once.')
    return given


async def _choices(lease: Lease, parameter: Parameter) -> list[Choice]:
    rows = (await select(lease, parameter.values)).rows
    return [Choice(_short(parameter, row["value"]["value"]), row.get("label", row["value"])["value"]) for row in rows]


def _short(parameter: Parameter, value: str) -> str:
    return short_value(parameter, value) if parameter.type is ParameterType.IRI else value


async def _check_values(lease: Lease, question: Question, bound: Mapping[str, Term]) -> None:
    for parameter in question.parameters:
        if not parameter.values or parameter.name not in bound:
            continue
        allowed = [choice.value for choice in await _choices(lease, parameter)]
        value = _short(parameter, bound[parameter.name].value)
        if value not in allowed:
            listed = ", ".join(allowed[:_NAMED_VALUES])
            more = f" and {len(allowed) - _NAMED_VALUES} more" if len(allowed) > _NAMED_VALUES else ""
            detail = f'The parameter "{parameter.name}" has no value "{value}"; it can be {listed}{more}.'
            raise Problem("bad-parameter", detail)


def _described(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "path": f"/questions/{question.id}",
        "title": in_both(question.title),
        "description": in_both(question.description),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "required": parameter.required,
                "default": parameter.default,
                "label": in_both(parameter.label),
                "description": in_both(parameter.description),
                "example": parameter.example,
            }
            for parameter in question.parameters
        ],
        "formats": _OFFERS,
    }

"""/questions: the catalogue of questions, and the answer of each as JSON, CSV or a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.questions.answers import (
    Answer,
    Row,
    add_evidence,
    described_chart,
    described_column,
    in_both,
    plain_rows,
    to_csv,
    to_json,
)
from graph.questions.binding import Choice, ParameterError, Term, bind, check_choice, choices, named, render
from graph.questions.question import Column, ColumnType, Parameter, Question
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
_PAGE_ROWS = 200


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

    async def run() -> tuple[Release, Answer]:
        async with leased(service.known_pool, service.settings) as lease:
            return lease.release, await answer(lease, asked, given, await _bound(lease, asked, given))

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
        await _check_values(lease, question, given, bound)
    if question.evidence is not None:
        evidence_sparql = render(question, bound, question.evidence.sparql)
        if rows:
            add_evidence(rows, question.evidence, await select(lease, evidence_sparql))
    return Answer(question, given, bound, sparql, evidence_sparql, rows, lease.release.id, lease.release.issued)


async def question_page(request: Request, service: Service, question: Question, given: Mapping[str, str]) -> Response:
    """Return the page of a question: its form, and its answer unless a required parameter is still to be chosen."""
    missing = any(one.required and one.name not in given for one in question.parameters)
    async with leased(service.known_pool, service.settings) as lease:
        bound = {} if missing else await _bound(lease, question, given)
        offered = {one.name: await _choices(lease, one) for one in question.parameters if one.values}
        answered = None if missing else await answer(lease, question, given, bound)
        return page_response(
            request,
            lease.release,
            "question.html",
            language_of(request),
            question=question,
            given=given,
            choices=offered,
            **page_context(answered, service.questions),
        )


def page_context(answered: Answer | None, questions: Mapping[str, Question]) -> dict[str, Any]:
    """Return what the template of an answer needs of it and of the catalogue."""
    return {
        "answer": answered,
        "page_rows": answered.rows[:_PAGE_ROWS] if answered else (),
        "columns": _shown(answered.question.columns) if answered else (),
        "arguments": _arguments,
        "other_readings": _other_readings(answered, questions) if answered else (),
    }


def _other_readings(answered: Answer, questions: Mapping[str, Question]) -> list[tuple[Question, dict[str, str]]]:
    """Return the questions that read the same words otherwise, each with those of the values given that it takes."""
    others = [questions[name] for name in answered.question.other_readings]
    taken = [{one.name for one in other.parameters} & answered.given.keys() for other in others]
    return [(other, {name: answered.given[name] for name in names}) for other, names in zip(others, taken, strict=True)]


def _shown(columns: Sequence[Column]) -> list[Column]:
    """Return the columns that a page shows: IRIs stand behind the texts that link to them, where there are such."""
    linked = {column.link for column in columns}
    hidden = {one.name for one in columns if one.type is ColumnType.IRIS or one.name in linked}
    return [one for one in columns if one.name not in hidden]


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


async def _bound(lease: Lease, question: Question, given: Mapping[str, str]) -> dict[str, Term]:
    """Return the terms of the values given, or raise Problem, which lists the values that the parameter can take."""
    try:
        return bind(question, given)
    except ParameterError as error:
        about = error.parameter
        allowed = f"; {named(await _choices(lease, about))}" if about and about.values else ""
        raise Problem("bad-parameter", f"{error}{allowed}.") from None


async def _check_values(lease: Lease, question: Question, given: Mapping[str, str], bound: Mapping[str, Term]) -> None:
    """Raise Problem when a value given is none that its parameter can take; a default is not the caller's doing."""
    for parameter in question.parameters:
        if parameter.values and parameter.name in given:
            try:
                check_choice(parameter, bound[parameter.name], await _choices(lease, parameter))
            except ParameterError as error:
                raise Problem("bad-parameter", f"{error}.") from None


async def _choices(lease: Lease, parameter: Parameter) -> list[Choice]:
    return choices(parameter, await select(lease, parameter.values))


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
                "values": parameter.values or None,
            }
            for parameter in question.parameters
        ],
        "columns": [described_column(column) for column in question.columns],
        "chart": described_chart(question),
        "serves": question.serves,
        "other_readings": question.other_readings,
        "formats": _OFFERS,
    }

"""/questions: the catalogue of questions, and the answer of each as JSON, as a table, as a workbook or a page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pyoxigraph import NamedNode

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
    to_tsv,
)
from graph.questions.binding import (
    Choice,
    ParameterError,
    Term,
    bind,
    check_choice,
    choices,
    may_be_name,
    meant,
    render,
    typed,
)
from graph.questions.catalogue import nearest
from graph.questions.linked import CONTEXTS, csvw
from graph.questions.question import Column, ColumnType, Parameter, Question
from graph.questions.spreadsheet import MEDIA_TYPE as XLSX
from graph.questions.spreadsheet import to_xlsx
from graph.questions.table import Table
from service.answer_names import in_page_language
from service.answers import asked_format, content_response, json_content, while_connected
from service.cache import AnswerCache
from service.document_names import document_names
from service.leases import leased, select
from service.links import Link, link_header
from service.names import names_of
from service.pages import framed_elsewhere, language_of, page_response
from service.paging import RESERVED, Page, changed, check_page, page_of
from service.pool import Lease
from service.problems import Problem
from service.question_charts import drawings
from service.question_groups import group_questions
from service.releases import Release
from service.shared import Service, public_url, service_of

router = APIRouter()

CSV, TSV, CSVW = "text/csv", "text/tab-separated-values", "application/csvm+json"
OFFERS = ("application/json", "application/ld+json", CSV, TSV, XLSX, CSVW, "text/html")
"""The formats of an answer."""

_NOT_PARAMETERS = ("format", "lang", "evidence", "embed", *RESERVED)  # names that are no parameters of questions
_PAGE_ROWS = 100  # of an answer on a page for people, unless ?limit= says otherwise
_PAGE_ROWS_WITH_EVIDENCE = 25  # where each row brings its passages along
_FOREVER = "public, max-age=31536000, immutable"


@router.api_route("/questions", methods=["GET", "HEAD"])
async def catalogue(request: Request) -> Response:
    """List the questions with their parameters."""
    service = service_of(request)
    release = service.releases.current()
    if asked_format(request, ("application/json", "text/html")) == "text/html":
        groups = group_questions(service.questions)
        return page_response(request, release, "questions.html", language_of(request), groups=groups)
    content = json_content({"questions": [_described(question) for question in service.questions.values()]})
    return content_response(request, release, content, "application/json")


@router.api_route("/questions/contexts/{number}.jsonld", methods=["GET", "HEAD"])
async def answer_context(request: Request, number: str) -> Response:
    """Return a JSON-LD context of answers; what stands at its address never changes."""
    path = CONTEXTS / f"context-{number}.jsonld"
    if not number.isalnum() or not path.is_file():
        raise Problem("not-found", f"There is no context {number} of answers.")
    release = service_of(request).releases.current()
    response = content_response(request, release, path.read_bytes(), "application/ld+json")
    response.headers["Cache-Control"] = _FOREVER
    return response


@router.api_route("/questions/{question_id}", methods=["GET", "HEAD"])
async def question(request: Request, question_id: str) -> Response:
    """Answer one question."""
    service = service_of(request)
    asked = service.questions.get(question_id)
    if asked is None:
        raise no_question(question_id, service.questions)
    chosen = asked_format(request, OFFERS)
    given = _given(request)
    await request.body()
    if chosen == "text/html":
        return await while_connected(request, question_page(request, service, asked, given))

    async def run() -> tuple[Release, Answer, Page]:
        async with leased(service.known_pool, service.settings) as lease:
            page = page_of(request, lease.release)
            values = await _values_meant(lease, asked, given)
            bound = await _bound(lease, asked, values)
            evidence = _of_no_row if chosen in (CSV, TSV, CSVW) else _of_each_row  # tables do not hold it
            return lease.release, await answer(lease, asked, values, bound, service.cache, evidence), page

    release, whole, page = await while_connected(request, run())
    check_page(page, whole.row_count)
    links = page.links(request, release, whole.row_count)
    return _table_response(request, release, whole.part(page.start, page.limit), chosen, links)


def no_question(question_id: str, questions: Mapping[str, Question]) -> Problem:
    """Return the problem of an unknown question: the ids that are nearest to it, and where all of them are."""
    like = nearest(question_id, questions)
    en = f'There is no question "{question_id}"; /questions lists all {len(questions)}'
    vi = f'Không có câu hỏi "{question_id}"; /questions liệt kê cả {len(questions)} câu'
    if like:
        en, vi = f"{en}, nearest are {', '.join(like)}", f"{vi}, gần nhất là {', '.join(like)}"
    return Problem("not-found", f"{en}.", {"nearest": like, "list": "/questions"}, vi=f"{vi}.")


def _table_response(
    request: Request, release: Release, answered: Answer, chosen: str, links: Sequence[Link]
) -> Response:
    """Return an answer, or a part of it, in a format, with the links to its other parts and to what describes it."""
    ending, charset = "", ""
    described = [Link("describedby", changed(request, {"format": "csvw"}), CSVW)]
    match chosen:
        case "text/csv":
            content, ending, charset = to_csv(answered).encode(), "csv", "; charset=utf-8; header=present"
        case "text/tab-separated-values":
            content, ending, charset = to_tsv(answered).encode(), "tsv", "; charset=utf-8; header=present"
        case "application/csvm+json":
            content = json_content(_csvw(request, answered))
            described = [Link("describes", changed(request, {"format": "csv"}), CSV)]
        case _ if chosen == XLSX:
            content, ending = to_xlsx(answered), "xlsx"
        case _:
            content = json_content(_framed(request, answered, links))
            described = []
    response = content_response(request, release, content, f"{chosen}{charset}")
    if links or described:
        response.headers["Link"] = link_header([*links, *described])
    if ending:
        how = "attachment" if ending == "xlsx" else "inline"
        response.headers["Content-Disposition"] = f'{how}; filename="{answered.question.id}.{ending}"'
    return response


def _framed(request: Request, answered: Answer, links: Sequence[Link]) -> dict[str, Any]:
    """Return the answer as JSON-LD, with its own address and those of its other parts."""
    content = to_json(answered, f"{public_url(request)}/")
    page = {link.rel: link.target for link in links}
    return {**content, "id": changed(request, {}, without=("format", "lang")), **({"page": page} if page else {})}


def _csvw(request: Request, answered: Answer) -> dict[str, Any]:
    """Return CSVW metadata of the answer as CSV, with the SPARQL that was run and the release."""
    about: dict[str, Any] = {
        "dc:issued": {"@value": answered.release_issued, "@type": "xsd:dateTime"},
        "dc:source": answered.release_id,
        "schema:query": answered.sparql,
        "dc:isVersionOf": {"@id": f"{public_url(request)}/questions/{answered.question.id}"},
    }
    return csvw(answered.question, changed(request, {"format": "csv"}), about)


def _of_each_row(rows: Sequence[Row]) -> Sequence[Row]:
    return rows


def _of_no_row(rows: Sequence[Row]) -> Sequence[Row]:
    return ()


async def answer(
    lease: Lease,
    question: Question,
    given: Mapping[str, str],
    bound: Mapping[str, Term],
    cache: AnswerCache | None = None,
    with_evidence: Callable[[Sequence[Row]], Sequence[Row]] = _of_each_row,
) -> Answer:
    """Run a question, and its evidence query where it has one; what `cache` keeps is not run again.

    `with_evidence` chooses the rows that get their evidence. Raises Problem when there are no rows because a value
    given is none that the parameter can take.
    """

    async def found(sparql: str) -> Table:
        return await select(lease, sparql, cache)

    sparql = render(question, bound)
    rows = plain_rows(question.columns, await found(sparql))
    evidence_sparql = None
    if not rows:
        await _check_values(lease, question, given, bound)
    if question.evidence is not None:
        evidence_sparql = render(question, bound, question.evidence.sparql)
        if chosen := with_evidence(rows):
            only = "" if len(chosen) == len(rows) else _values(question.evidence.key, chosen)
            add_evidence(chosen, question.evidence, await found(evidence_sparql + only))
    return Answer(question, given, bound, sparql, evidence_sparql, rows, lease.release.id, lease.release.issued)


async def plain_answer(lease: Lease, service: Service, name: str, given: Mapping[str, str]) -> Answer:
    """Return the answer of a question without its evidence; one that finds nothing has no rows."""
    question = service.questions[name]
    bound = bind(question, given)
    sparql = render(question, bound)
    rows = plain_rows(question.columns, await select(lease, sparql, service.cache))
    return Answer(question, given, bound, sparql, None, rows, lease.release.id, lease.release.issued)


def _values(variable: str, rows: Sequence[Row]) -> str:
    """Return the end of a query that keeps the solutions of these rows (SPARQL 1.1, section 10.2.2)."""
    return f"\nVALUES ?{variable} {{ {' '.join(str(NamedNode(row[variable])) for row in rows)} }}"


async def question_page(request: Request, service: Service, question: Question, given: Mapping[str, str]) -> Response:
    """Return the page of a question: its form, and its answer unless a required parameter is still to be chosen.

    With ?embed=1 it is the answer alone, for a frame in a page of others.
    """
    embedded, inline = request.query_params.get("embed") == "1", _inline(question)
    missing = any(one.required and one.name not in given for one in question.parameters)
    async with leased(service.known_pool, service.settings) as lease:
        page = page_of(request, lease.release, _PAGE_ROWS_WITH_EVIDENCE if inline else _PAGE_ROWS)
        given = await _values_meant(lease, question, given)
        bound = {} if missing else await _bound(lease, question, given)
        offered = {one.name: await _choices(lease, one) for one in question.parameters if one.values}
        evidence = _of_no_row if embedded else _evidence_shown(question, page, request.query_params.get("evidence"))
        answered = None if missing else await answer(lease, question, given, bound, service.cache, evidence)
        if answered:
            answered = in_page_language(answered, await names_of(lease), language_of(request))
        shown = answered.part(page.start, page.limit) if answered else None
        documents = await shown_documents(lease, service, language_of(request), shown)
    links: Sequence[Link] = ()
    context: dict[str, Any] = {
        "question": question,
        "given": given,
        "choices": offered,
        "typed": typed,
        "answer": answered,
    }
    if answered:
        check_page(page, answered.row_count)
        links = page.links(request, lease.release, answered.row_count)
        context |= page_context(shown, service.questions)
        context |= {"drawn": answered, "start": page.start, "page_links": {link.rel: link.target for link in links}}
        context |= {"embedded": embedded, "asked_evidence": not inline and "evidence" in request.query_params}
        context |= _addresses(request)
        context["labels"] = _labels(offered, given, language_of(request))
        context["documents"] = documents
    template = "question_embedded.html" if embedded else "question.html"
    response = page_response(request, lease.release, template, language_of(request), **context)
    if links:
        response.headers["Link"] = link_header(links)
    return framed_elsewhere(response) if embedded else response


def _addresses(request: Request) -> dict[str, str]:
    """Return the address of an answer as the public sees it, and that of its view for frames."""
    without = ("cursor", "evidence", "embed", "format")
    return {
        "permalink": changed(request, {}, without=without),
        "embed_address": changed(request, {"embed": "1"}, without=without),
    }


def _inline(question: Question) -> bool:
    """Tell whether each row shows its evidence: where it speaks of the row itself.

    Where it is what a number counts, a page would grow a hundredfold; there a row links to its own (?evidence=).
    """
    return question.evidence is not None and question.evidence.item == question.evidence.key


def _evidence_shown(question: Question, page: Page, asked: str | None) -> Callable[[Sequence[Row]], Sequence[Row]]:
    """Return what chooses the rows whose evidence a page shows; `asked` is the key of the row that it is asked for."""
    if question.evidence is None:
        return _of_no_row
    key, inline = question.evidence.key, _inline(question)
    end = None if page.limit is None else page.start + page.limit
    return lambda rows: [row for row in rows[page.start : end] if inline or row[key] == asked]


def page_context(answered: Answer | None, questions: Mapping[str, Question]) -> dict[str, Any]:
    """Return what the template of an answer needs of it and of the catalogue; all its rows stand on one page."""
    return {
        "answer": answered,
        "drawn": answered,
        "drawings": drawings,
        "labels": {},
        "documents": {},
        "start": 0,
        "page_links": {},
        "page_rows": answered.rows if answered else (),
        "columns": _shown(answered.question.columns) if answered else (),
        "arguments": _arguments,
        "other_readings": _other_readings(answered, questions) if answered else (),
        "asked_evidence": False,
        "embedded": False,
    }


async def shown_documents(lease: Lease, service: Service, language: str, shown: Answer | None) -> dict[str, str]:
    """Return what the documents are called that an answer shows by their IRIs, by these."""
    columns = [one.name for one in _shown(shown.question.columns) if one.type is ColumnType.IRI] if shown else []
    iris = {row[name] for row in shown.rows for name in columns if row[name]} if shown else set()
    return await document_names(lease, service, language, iris) if iris else {}


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
    pairs = [
        (name, value) for name, value in request.query_params.multi_items() if name not in _NOT_PARAMETERS and value
    ]
    given = dict(pairs)
    if len(given) < len(pairs):
        repeated = next(name for name in given if sum(name == other for other, _ in pairs) > 1)
        raise Problem(
            "bad-parameter",
            f'The parameter "{repeated}" is given more than once.',
            {"parameter": repeated},
            vi=f'Tham số "{repeated}" được nêu hơn một lần.',
        )
    return given


async def _values_meant(lease: Lease, question: Question, given: Mapping[str, str]) -> Mapping[str, str]:
    """Return the values given, with those in the place of names that somebody typed. Raises Problem."""
    parameters = {one.name: one for one in question.parameters}
    named = [name for name in given if name in parameters and may_be_name(parameters[name], given[name])]
    offered = {name: await _choices(lease, parameters[name]) for name in named}
    return values_meant(parameters, given, offered)


def values_meant(
    parameters: Mapping[str, Parameter], given: Mapping[str, str], offered: Mapping[str, Sequence[Choice]]
) -> dict[str, str]:
    """Return the values given, with those in the place of names; `offered` are the values that the parameters can take
    to which something may be a name of. Raises Problem."""
    values = dict(given)
    for name, allowed in offered.items():
        try:
            values[name] = meant(parameters[name], given[name], allowed)
        except ParameterError as error:
            raise _problem(error, allowed) from None
    return values


async def _bound(lease: Lease, question: Question, given: Mapping[str, str]) -> dict[str, Term]:
    """Return the terms of the values given, or raise Problem, which lists the values that the parameter can take."""
    try:
        return bind(question, given)
    except ParameterError as error:
        about = error.parameter
        if about is None or not about.values:
            raise _problem(error) from None
        allowed = await _choices(lease, about)
        raise _problem(error.with_allowed(allowed), allowed) from None


async def _check_values(lease: Lease, question: Question, given: Mapping[str, str], bound: Mapping[str, Term]) -> None:
    """Raise Problem when a value given is none that its parameter can take; a default is not the caller's doing."""
    for parameter in question.parameters:
        if parameter.values and parameter.name in given:
            allowed = await _choices(lease, parameter)
            try:
                check_choice(parameter, bound[parameter.name], allowed)
            except ParameterError as error:
                raise _problem(error, allowed) from None


def _problem(error: ParameterError, allowed: Sequence[Choice] = ()) -> Problem:
    """Return what is wrong with a parameter, with all values that it can take, for people and for machines."""
    members: dict[str, Any] = {}
    if error.parameter:
        members["parameter"] = error.parameter.name
        members["example"] = error.parameter.example
    if allowed:
        members["allowed"] = [
            {"value": one.value, "label": one.label} | ({"label_en": one.label_en} if one.label_en else {})
            for one in allowed
        ]
    return Problem("bad-parameter", f"{error.said.en}.", members, vi=f"{error.said.vi}.")


async def value_labels(lease: Lease, question: Question, given: Mapping[str, str], language: str) -> dict[str, str]:
    """Return what the values given are called in a language, "vi" or "en", those that have a name. Raises Problem."""
    listed = [one for one in question.parameters if one.values and one.name in given]
    return _labels({one.name: await _choices(lease, one) for one in listed}, given, language)


def _labels(offered: Mapping[str, Sequence[Choice]], given: Mapping[str, str], language: str) -> dict[str, str]:
    return {
        name: one.in_language(language)
        for name, value in given.items()
        for one in offered.get(name, ())
        if one.value == value
    }


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
        "formats": OFFERS,
    }


async def ask_question(lease: Lease, question: Question, given: Mapping[str, str]) -> Answer:
    """Answer a question for the values given. Raises Problem, which lists the values that a parameter can take."""
    return await answer(lease, question, given, await _bound(lease, question, given))

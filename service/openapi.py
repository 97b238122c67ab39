"""/openapi.json: what can be asked, for machines (OpenAPI 3.1): a path for each question, its parameters with the
values that they can take in the release in use, and an example of each."""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response

from graph.asking.understanding import LONGEST
from graph.questions.binding import Choice, choices
from graph.questions.question import Column, ColumnType, Parameter, ParameterType, Question, Text
from graph.search import FACETS
from service.answers import content_response, json_content, while_connected
from service.leases import leased, select
from service.negotiation import FORMATS
from service.pool import Lease
from service.questions import OFFERS
from service.shared import public_url, service_of

router = APIRouter()

_SCHEMAS: Mapping[ColumnType, dict[str, Any]] = {
    ColumnType.IRI: {"type": ["string", "null"], "format": "iri"},
    ColumnType.IRIS: {"type": "array", "items": {"type": "string", "format": "iri"}},
    ColumnType.TEXT: {"type": ["string", "null"]},
    ColumnType.TEXTS: {"type": "array", "items": {"type": "string"}},
    ColumnType.INTEGER: {"type": ["integer", "null"]},
    ColumnType.DECIMAL: {"type": ["number", "null"]},
    ColumnType.DATE: {"type": ["string", "null"], "format": "date"},
}
_TYPES: Mapping[ParameterType, dict[str, Any]] = {
    ParameterType.IRI: {"type": "string"},
    ParameterType.STRING: {"type": "string"},
    ParameterType.INTEGER: {"type": "integer"},
    ParameterType.DECIMAL: {"type": "number"},
    ParameterType.DATE: {"type": "string", "format": "date"},
}
_PAGING = [
    {
        "name": "limit",
        "in": "query",
        "description": "Rows of a page; the Link header leads to the others. Số dòng của một trang.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 999_999_999},
    },
    {
        "name": "cursor",
        "in": "query",
        "description": "Where a page begins, as the Link header of another page has it. Chỗ bắt đầu của trang.",
        "schema": {"type": "string"},
    },
]
_LANGUAGE = {
    "name": "lang",
    "in": "query",
    "description": "The language of pages and errors. Ngôn ngữ của trang và thông báo lỗi.",
    "schema": {"type": "string", "enum": ["vi", "en"]},
}
_HEADERS = {
    "ETag": {"description": "Changes with the release.", "schema": {"type": "string"}},
    "Link": {
        "description": "first, prev, next and last page, where there are such; describedby for tables.",
        "schema": {"type": "string"},
    },
    "Phancong-Release": {"description": "The release that answers.", "schema": {"type": "string"}},
}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457; a wrong parameter comes with all values that it can take.",
    "required": ["type", "title", "status", "detail", "advice"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "advice": {"type": "string"},
        "parameter": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "object"}},
    },
}


@router.api_route("/openapi.json", methods=["GET", "HEAD"], include_in_schema=False)
async def openapi(request: Request) -> Response:
    """Describe the service."""
    service = service_of(request)
    await request.body()

    async def run() -> Response:
        async with leased(service.known_pool, service.settings) as lease:
            content = await described_service(request, lease)
            return content_response(request, lease.release, json_content(content), "application/json")

    return await while_connected(request, run())


async def described_service(request: Request, lease: Lease) -> dict[str, Any]:
    """Return the OpenAPI description of the service, with the choices of the release of a lease."""
    service = service_of(request)
    offered: dict[str, Sequence[Choice]] = {}
    for question in service.questions.values():
        for one in question.parameters:
            if one.values and one.values not in offered:
                offered[one.values] = choices(one, await select(lease, one.values, service.cache))
    return describe(request.app, service.questions, offered, public_url(request))


def describe(
    api: FastAPI, questions: Mapping[str, Question], offered: Mapping[str, Sequence[Choice]], url: str
) -> dict[str, Any]:
    """Return the OpenAPI description; `offered` are the choices of the parameters, by the query for them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # HEAD and GET of a route have one name there; the names are given below
        content = get_openapi(
            title=api.title,
            version=api.version,
            openapi_version="3.1.0",
            description="Who leads which task of the plans for Resolution 57-NQ/TW. Cơ quan nào chủ trì việc gì.",
            routes=api.routes,
            servers=[{"url": url}],
        )
    paths = {address: _operations(address, path) for address, path in content["paths"].items()}
    del paths["/questions/{question_id}"]
    names = _names(questions)
    schemas: dict[str, Any] = {"Problem": _PROBLEM}
    content |= {"paths": paths, "components": {"schemas": schemas}}
    for one in (one for question in questions.values() for one in question.parameters if one.values):
        schemas[names[one.values]] = _allowed(one, offered[one.values])
    for question in questions.values():
        paths[f"/questions/{question.id}"] = {"get": _operation(question, names)}
    paths["/search"] = {"get": _search()}
    paths["/ask"] = {"get": _ask()}
    paths["/sparql"] = {"get": _sparql()}
    return content


def _operations(address: str, path: Mapping[str, Any]) -> dict[str, Any]:
    """The operations of a path that FastAPI describes, under names of their own; HEAD is GET without the body, and
    what is wrong is told as a problem, not in FastAPI's own form."""
    kept = {}
    for method, operation in path.items():
        if method != "head":
            told = {status: response for status, response in operation["responses"].items() if status != "422"}
            name = f"{method}{address.replace('/', '-')}".translate({ord(one): None for one in "{}"})
            kept[method] = {**operation, "operationId": name, "responses": told}
    return kept


def _names(questions: Mapping[str, Question]) -> dict[str, str]:
    """Return a name for each query for values: that of the parameter, with a number where several differ."""
    names: dict[str, str] = {}
    for question in questions.values():
        for one in question.parameters:
            if one.values and one.values not in names:
                taken = sum(name.partition("-")[0] == one.name for name in names.values())
                names[one.values] = f"{one.name}-{taken + 1}" if taken else one.name
    return names


def _allowed(parameter: Parameter, offered: Sequence[Choice]) -> dict[str, Any]:
    values: list[Any] = [one.value for one in offered]
    if parameter.type is ParameterType.INTEGER:
        values = [int(value) for value in values]
    schema = {**_TYPES[parameter.type], "description": _both(parameter.label)}
    return {**schema, "enum": list(dict.fromkeys(values))} if values else schema


def _operation(question: Question, names: Mapping[str, str]) -> dict[str, Any]:
    formats = {
        "name": "format",
        "in": "query",
        "description": "Goes before Accept. Được ưu tiên hơn Accept.",
        "schema": {"type": "string", "enum": [name for name, accept in FORMATS.items() if _offered(accept)]},
    }
    return {
        "operationId": question.id,
        "tags": ["questions"],
        "summary": _both(question.title),
        "description": _both(question.description),
        "parameters": [
            *(_parameter(question, one, names) for one in question.parameters),
            *_PAGING,
            formats,
            _LANGUAGE,
        ],
        "responses": {
            "200": {"description": "The answer.", "headers": _HEADERS, "content": _content(question)},
            "304": {"description": "The client has it (If-None-Match)."},
            "400": _problem("A parameter is unknown, missing or does not fit, or a cursor cannot be used."),
            "406": _problem("None of the formats that the client takes is offered."),
        },
    }


def _offered(accept: str) -> bool:
    return any(offer in OFFERS for offer in accept.split(", "))


def _parameter(question: Question, one: Parameter, names: Mapping[str, str]) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{names[one.values]}"} if one.values else dict(_TYPES[one.type])
    if one.type is ParameterType.IRI:
        schema = {"anyOf": [schema, {"type": "string", "format": "iri"}]}
    if one.default is not None:
        schema = {**schema, "default": _value(one, one.default)}
    examples = {"example": {"value": _value(one, one.example)}}
    if one.name in question.sample:
        examples["sample"] = {"value": _value(one, question.sample[one.name])}
    return {
        "name": one.name,
        "in": "query",
        "required": one.required,
        "description": _both(one.description),
        "schema": schema,
        "examples": examples,
    }


def _value(parameter: Parameter, text: str) -> Any:
    match parameter.type:
        case ParameterType.INTEGER:
            return int(text)
        case ParameterType.DECIMAL:
            return float(text)
        case _:
            return text


def _content(question: Question) -> dict[str, Any]:
    answer = {
        "type": "object",
        "required": ["@context", "question", "parameters", "release", "sparql", "row_count", "rows"],
        "properties": {
            "release": {"type": "object", "required": ["id", "issued"]},
            "sparql": {"type": "string"},
            "row_count": {"type": "integer"},
            "rows": {"type": "array", "items": _row(question.columns)},
        },
    }
    json_types = ("application/json", "application/ld+json")
    return {offer: {"schema": answer} if offer in json_types else {} for offer in OFFERS}


def _row(columns: Sequence[Column]) -> dict[str, Any]:
    properties = {one.name: {**_SCHEMAS[one.type], "description": _both(one.label)} for one in columns}
    return {"type": "object", "required": [one.name for one in columns], "properties": properties}


def _search() -> dict[str, Any]:
    facets = [
        {
            "name": name,
            "in": "query",
            "description": "A value of this facet; several are alternatives.",
            "schema": {"type": "array", "items": {"type": "string"}},
        }
        for name in FACETS
    ]
    words = {
        "name": "q",
        "in": "query",
        "description": "Words to find. Từ cần tìm.",
        "schema": {"type": "string"},
        "examples": {"example": {"value": "dữ liệu"}, "abbreviation": {"value": "KHCN"}},
    }
    return {
        "operationId": "search",
        "tags": ["search"],
        "summary": "Tìm kiếm / Search",
        "parameters": [words, *facets, *_PAGING, _LANGUAGE],
        "responses": {
            "200": {
                "description": "What was found, with facets.",
                "headers": _HEADERS,
                "content": {"application/json": {"schema": {"type": "object"}}, "text/html": {}},
            },
            "400": _problem("A parameter is unknown or does not fit, or a cursor cannot be used."),
        },
    }


def _ask() -> dict[str, Any]:
    words = {
        "name": "q",
        "in": "query",
        "description": "A question in Vietnamese or English (docs/asking.md). Câu hỏi bằng lời.",
        "schema": {"type": "string", "maxLength": LONGEST},
        "examples": {"example": {"value": "Cơ quan nào chủ trì nhiều nhiệm vụ về dữ liệu nhất ở Quảng Trị?"}},
    }
    day = {
        "name": "day",
        "in": "query",
        "description": 'The day on which "this quarter" is asked; today in Viet Nam, if not given.',
        "schema": {"type": "string", "format": "date"},
    }
    return {
        "operationId": "ask",
        "tags": ["questions"],
        "summary": "Hỏi bằng lời / Ask in words",
        "parameters": [words, day, _LANGUAGE],
        "responses": {
            "200": {
                "description": "What was understood, and the answer or what is open.",
                "headers": _HEADERS,
                "content": {"application/json": {"schema": {"type": "object"}}, "text/html": {}},
            },
            "400": _problem("The words cannot be read as a question, or the day is none."),
        },
    }


def _sparql() -> dict[str, Any]:
    return {
        "operationId": "sparql",
        "tags": ["sparql"],
        "summary": "SPARQL 1.1 Protocol (docs/endpoint.md)",
        "parameters": [
            {
                "name": "query",
                "in": "query",
                "description": "A query; without one, the service description.",
                "schema": {"type": "string"},
                "examples": {"example": {"value": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"}},
            }
        ],
        "responses": {
            "200": {
                "description": "The result.",
                "content": {"application/sparql-results+json": {"schema": {"type": "object"}}},
            },
            "400": _problem("The text is no query."),
        },
    }


def _problem(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content}


def _both(text: Text) -> str:
    return f"{text.vi} / {text.en}"

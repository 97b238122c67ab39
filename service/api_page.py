"""/api: the OpenAPI description as a page: what can be asked, with which parameters, in both languages.

What an operation and its parameters are called comes from the questions and from api_page.toml; all else is read from
the description that machines get (service/openapi.py), so that the two say the same.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.questions.question import Question, Text
from service.answers import while_connected
from service.leases import leased
from service.openapi import described_service
from service.pages import language_of, page_response
from service.question_groups import group_questions
from service.shared import service_of

router = APIRouter()

_GROUPS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["group"]
_SHOWN_VALUES = 8  # of a parameter; more are counted
_EVERY_QUESTION = ("limit", "cursor", "format", "lang")  # parameters that are said once for all questions


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its JSON types, the values that it can take (the first few of `count`), an example."""

    name: str
    where: str
    required: bool
    types: str
    description: str
    values: tuple[Any, ...]
    count: int
    example: Any


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked at a path with GET; `title` is None where only the service's own English says what it is."""

    id: str
    path: str
    title: Text | None
    description: str
    parameters: tuple[Parameter, ...]
    formats: tuple[str, ...]
    statuses: tuple[str, ...]
    example: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Operations under a heading."""

    title: Text
    operations: tuple[Operation, ...]


@router.api_route("/api", methods=["GET", "HEAD"])
async def api_page(request: Request) -> Response:
    """Return the page of the API."""
    await request.body()
    return await while_connected(request, _page(request))


async def _page(request: Request) -> Response:
    service = service_of(request)
    async with leased(service.known_pool, service.settings) as lease:
        content = await described_service(request, lease)
    questions, others = groups(content, service.questions, language_of(request))
    context = {"questions": questions, "others": others, "version": content["openapi"]}
    return page_response(request, lease.release, "api.html", language_of(request), **context)


def groups(
    content: Mapping[str, Any], questions: Mapping[str, Question], language: str
) -> tuple[Sequence[Group], Sequence[Group]]:
    """Return the operations of an OpenAPI description: those that are questions, and all others, in their groups."""
    found = {one.id: one for one in _operations(content, questions, language)}
    asked = [
        Group(group.title, tuple(found[one.id] for one in group.questions if one.id in found))
        for group in group_questions(questions)
    ]
    named = [one["id"] for group in _GROUPS for one in group["operation"]]
    rest = [name for name in found if name not in named and name not in questions]
    others = []
    for n, group in enumerate(_GROUPS, 1):
        names = [one["id"] for one in group["operation"]] + (rest if n == len(_GROUPS) else [])
        others.append(Group(Text(group["vi"], group["en"]), tuple(found[name] for name in names if name in found)))
    return asked, others


def _operations(content: Mapping[str, Any], questions: Mapping[str, Question], language: str) -> Iterator[Operation]:
    titles = {one["id"]: Text(one["vi"], one["en"]) for group in _GROUPS for one in group["operation"]}
    schemas = content["components"]["schemas"]
    for path, methods in content["paths"].items():
        if "get" not in methods:
            continue
        said = methods["get"]
        question = questions.get(said["operationId"])
        labels = {one.name: one.description.in_language(language) for one in question.parameters} if question else {}
        parameters = tuple(
            _parameter(one, labels.get(one["name"], one.get("description", "")), schemas)
            for one in said.get("parameters", ())
            if question is None or one["name"] not in _EVERY_QUESTION
        )
        yield Operation(
            said["operationId"],
            path,
            question.title if question else titles.get(said["operationId"]),
            question.description.in_language(language) if question else said.get("description", ""),
            parameters,
            tuple(said["responses"].get("200", {}).get("content", ())),
            tuple(said["responses"]),
            question.sample if question else {},
        )


def _parameter(said: Mapping[str, Any], description: str, schemas: Mapping[str, Any]) -> Parameter:
    schema = _resolved(said.get("schema", {}), schemas)
    values = tuple(schema.get("enum", ()))
    examples = [one["value"] for one in said.get("examples", {}).values()]
    types = schema.get("type", "string")
    return Parameter(
        said["name"],
        said["in"],
        bool(said.get("required")),
        schema.get("format") or (types if isinstance(types, str) else " | ".join(types)),
        description,
        values[:_SHOWN_VALUES],
        len(values),
        examples[0] if examples else schema.get("default"),
    )


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference means; of alternatives the first, which has the short values."""
    if "anyOf" in schema:
        return _resolved(schema["anyOf"][0], schemas)
    if "$ref" in schema:
        found: Mapping[str, Any] = schemas[schema["$ref"].rpartition("/")[2]]
        return found
    return schema

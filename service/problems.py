"""Errors as problem details (RFC 9457): what is wrong, which limit was hit, and what to do about it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from graph.namespaces import BASE
from service.negotiation import negotiate, negotiate_language

_FILE = Path(__file__).with_name("problems.toml")


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of error, with a page of its own at /problems/<slug>: what it is called and what to do, by language."""

    slug: str
    status: HTTPStatus
    title: Mapping[str, str]
    advice: Mapping[str, str]

    @property
    def iri(self) -> str:
        """The IRI that names this kind."""
        return f"{BASE}problems/{self.slug}"


def _read(path: Path) -> dict[str, ProblemType]:
    kinds = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        slug: ProblemType(slug, HTTPStatus(kind["status"]), kind["title"], kind["advice"])
        for slug, kind in kinds.items()
    }


PROBLEM_TYPES = _read(_FILE)
"""All kinds of error that the service answers with, by slug."""


class Problem(Exception):  # noqa: N818 (the word of RFC 9457)
    """An error to answer with."""

    def __init__(
        self,
        slug: str,
        detail: str,
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        vi: str | None = None,
    ) -> None:
        """Take its kind, what is wrong here in English and, where people meet it, in Vietnamese, further members (such
        as limits) and headers."""
        super().__init__(detail)
        self.slug = slug
        self.detail = {"en": detail, "vi": vi or detail}
        self.members = members or {}
        self.headers = headers or {}

    @property
    def type(self) -> ProblemType:
        """The kind of this problem."""
        return PROBLEM_TYPES[self.slug]


def not_a_page(name: str, given: str, last: int) -> Problem:
    """Return what to raise for a parameter that is no page of a list of `last` pages."""
    vi = f'{name}="{given}": phải là số nguyên từ 1 đến {last}.'
    return Problem("bad-parameter", f'{name}="{given}": has to be a whole number from 1 to {last}.', vi=vi)


def wants_page(request: Request) -> bool:
    """Tell whether the client rather takes an HTML page than JSON: a browser."""
    offers = ("application/problem+json", "application/json", "text/html")
    return negotiate(request.headers.get("accept"), offers) == "text/html"


def problem_language(request: Request) -> str:
    """Return the language that an error is told in: ?lang=, else for a page that of pages, else Accept-Language."""
    named = request.query_params.get("lang")
    if named in ("vi", "en"):
        return named
    return "vi" if wants_page(request) else negotiate_language(request.headers.get("accept-language"), ("en", "vi"))


def problem_response(problem: Problem, language: str) -> Response:
    """Return the problem as application/problem+json (RFC 9457, section 3)."""
    content = {
        "type": problem.type.iri,
        "title": problem.type.title[language],
        "status": problem.type.status.value,
        "detail": problem.detail[language],
        "advice": problem.type.advice[language],
        **problem.members,
    }
    headers = {**problem.headers, "Content-Language": language, "Vary": "Accept, Accept-Language"}
    return JSONResponse(content, problem.type.status, headers, "application/problem+json")

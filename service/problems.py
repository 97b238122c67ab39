"""Errors as problem details (RFC 9457): what is wrong, which limit was hit, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from graph.namespaces import BASE
from service.negotiation import negotiate


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of error, with a page of its own at /problems/<slug>: what it is called and what to do."""

    slug: str
    status: HTTPStatus
    title: str
    advice: str

    @property
    def iri(self) -> str:
        """The IRI that names this kind."""
        return f"{BASE}problems/{self.slug}"


PROBLEM_TYPES: dict[str, ProblemType] = {
    kind.slug: kind
    for kind in (
        ProblemType(
            "malformed-request",
            HTTPStatus.BAD_REQUEST,
            "The request does not follow the SPARQL 1.1 Protocol",
            "Send exactly one query: GET with ?query=…, or POST as a form or as application/sparql-query.",
        ),
        ProblemType(
            "query-syntax",
            HTTPStatus.BAD_REQUEST,
            "This is no query the service can run",
            "Correct the query at the place the detail names (SPARQL 1.1 Query Language).",
        ),
        ProblemType(
            "bad-parameter",
            HTTPStatus.BAD_REQUEST,
            "A parameter is unknown, missing or has a value that does not fit",
            "Use the parameters and values that the detail names; /questions describes them all.",
        ),
        ProblemType(
            "read-only",
            HTTPStatus.FORBIDDEN,
            "The data cannot be changed here",
            "The service only answers queries; SPARQL updates are not accepted.",
        ),
        ProblemType(
            "no-federation",
            HTTPStatus.FORBIDDEN,
            "SERVICE is not allowed",
            "Ask the other endpoint yourself and join the results.",
        ),
        ProblemType(
            "not-found",
            HTTPStatus.NOT_FOUND,
            "There is nothing at this address",
            "Start from the front page, /questions or /sparql.",
        ),
        ProblemType(
            "method-not-allowed",
            HTTPStatus.METHOD_NOT_ALLOWED,
            "This address does not take this method",
            "Use one of the methods in the Allow header.",
        ),
        ProblemType(
            "not-acceptable",
            HTTPStatus.NOT_ACCEPTABLE,
            "None of the formats you take can be given",
            "Ask for one of the formats that the detail names, in Accept or with ?format=.",
        ),
        ProblemType(
            "request-too-large",
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "The request is too large",
            "Send a shorter query.",
        ),
        ProblemType(
            "unsupported-media-type",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "A query is not taken in this media type",
            "Use application/sparql-query or application/x-www-form-urlencoded, in UTF-8.",
        ),
        ProblemType(
            "result-too-large",
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "The result is larger than the service gives out",
            "Ask for less (fewer columns, LIMIT and OFFSET with ORDER BY), or load the data from a dump. No part of "
            "the result was sent.",
        ),
        ProblemType(
            "query-deadline",
            HTTPStatus.GATEWAY_TIMEOUT,
            "The query took too long and was stopped",
            "Make the query more selective (a join without a shared variable is the usual cause), or load the data "
            "from a dump.",
        ),
        ProblemType(
            "worker-ended",
            HTTPStatus.SERVICE_UNAVAILABLE,
            "The query was stopped, most likely because it needed more memory than it may use",
            "Make the query more selective, or avoid ORDER BY, DISTINCT and GROUP BY over many rows.",
        ),
        ProblemType(
            "busy",
            HTTPStatus.SERVICE_UNAVAILABLE,
            "Too many queries are waiting",
            "Try again after the seconds in the Retry-After header.",
        ),
        ProblemType(
            "store-unavailable",
            HTTPStatus.SERVICE_UNAVAILABLE,
            "The data cannot be read at the moment",
            "Try again later; the operator finds the reason in the log.",
        ),
        ProblemType(
            "internal-error",
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "The service made a mistake",
            "Please report the request that led here; the operator finds the reason in the log.",
        ),
    )
}
"""All kinds of error that the service answers with, by slug."""


class Problem(Exception):  # noqa: N818 (the word of RFC 9457)
    """An error to answer with."""

    def __init__(
        self,
        slug: str,
        detail: str,
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Take its kind, what is wrong here, further members (such as limits) and headers."""
        super().__init__(detail)
        self.slug = slug
        self.detail = detail
        self.members = members or {}
        self.headers = headers or {}

    @property
    def type(self) -> ProblemType:
        """The kind of this problem."""
        return PROBLEM_TYPES[self.slug]


def wants_page(request: Request) -> bool:
    """Tell whether the client rather takes an HTML page than JSON: a browser."""
    offers = ("application/problem+json", "application/json", "text/html")
    return negotiate(request.headers.get("accept"), offers) == "text/html"


def problem_response(problem: Problem) -> Response:
    """Return the problem as application/problem+json (RFC 9457, section 3)."""
    content = {
        "type": problem.type.iri,
        "title": problem.type.title,
        "status": problem.type.status.value,
        "detail": problem.detail,
        "advice": problem.type.advice,
        **problem.members,
    }
    return JSONResponse(content, problem.type.status, dict(problem.headers), "application/problem+json")

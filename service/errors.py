"""What is raised while a request is answered, as a response: a problem, or a page about it."""

import logging

from fastapi import Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from service.answers import ClientGoneError
from service.pages import HTML, render
from service.problems import PROBLEM_TYPES, Problem, problem_language, problem_response, wants_page

_LOG = logging.getLogger("phancong")
_ANEW = ("/questions/", "/page/", "/text/", "/networks/")  # pages that need no parameters

KINDS = (Problem, HTTPException, ClientGoneError, Exception)
"""What `error_response` answers; frameworks that look handlers up by class ask for each."""


async def handle(request: Request, error: Exception) -> Response:
    """Return what `error_response` does, as FastAPI wants its handlers."""
    return error_response(request, error)


def error_response(request: Request, error: Exception) -> Response:
    """Say what went wrong in the language and format asked for; of a mistake of ours the log has more."""
    match error:
        case Problem():
            return _respond(request, error)
        case HTTPException():  # what FastAPI says in its own form (404, 405)
            same = (one.slug for one in PROBLEM_TYPES.values() if one.status == error.status_code)
            asked = f"{request.method} {request.url.path}"
            slug, detail = next(same, "internal-error"), f"{asked}: {error.detail}."
            vi = f"Địa chỉ {request.url.path} không có ở đây." if slug == "not-found" else f"{asked}: không được."
            return _respond(request, Problem(slug, detail, headers=dict(error.headers or {}), vi=vi))
        case ClientGoneError():
            return Response(status_code=499)  # nobody reads it; the log shows it
    said = f"{request.method} {request.url.path} could not be answered."
    vi = f"{request.method} {request.url.path}: không trả lời được."
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return _respond(request, Problem("internal-error", said, vi=vi))


def _respond(request: Request, problem: Problem) -> Response:
    language = problem_language(request)
    if not wants_page(request):
        return problem_response(problem, language)
    release = request.app.state.service.releases.current()
    path = request.url.path
    form = path if problem.type.slug == "bad-parameter" and path.startswith(_ANEW) else ""
    content = render(request, "problem.html", language, problem=problem, release=release, form=form)
    headers = {**problem.headers, "Content-Language": language, "Vary": "Accept, Accept-Language"}
    return Response(content, problem.type.status, headers, HTML)

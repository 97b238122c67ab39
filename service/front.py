"""/: the front page, and /problems/…: a page for each kind of error."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.catalogue.dcat import WHOLE
from graph.questions.binding import bind
from service.answers import Service, leased, service_of, while_connected
from service.catalogue import structured_data
from service.pages import language_of, page_response
from service.problems import PROBLEM_TYPES, Problem
from service.questions import answer, page_context

router = APIRouter()

_ROWS = 10  # of the first answer; its own page has more


@router.api_route("/", methods=["GET", "HEAD"])
async def home(request: Request) -> Response:
    """Return the first rows of the answer to the first question, and the list of all questions."""
    await request.body()
    return await while_connected(request, _home(request, service_of(request)))


async def _home(request: Request, service: Service) -> Response:
    first = next(iter(service.questions.values()))
    async with leased(service.known_pool, service.settings) as lease:
        answered = await answer(lease, first, first.sample, bind(first, first.sample))
        questions = service.questions.values()
        context = page_context(answered, service.questions)
        language = language_of(request)
        structured = await structured_data(request, lease, WHOLE, language)
        context |= {"questions": questions, "structured": structured, "page_rows": answered.rows[:_ROWS]}
        return page_response(request, lease.release, "home.html", language, **context)


@router.get("/problems/{slug}")
async def problem_type(request: Request, slug: str) -> Response:
    """Explain a kind of error."""
    kind = PROBLEM_TYPES.get(slug)
    if kind is None:
        raise Problem("not-found", f"There is no kind of problem {slug}; there are {', '.join(PROBLEM_TYPES)}.")
    release = service_of(request).releases.current()
    return page_response(request, release, "problem_type.html", language_of(request), kind=kind)

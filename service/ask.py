"""/ask: a question in words, what was understood of it, and the answer if nothing is left open."""

import asyncio
import datetime
from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.asking import WordsError
from graph.asking.choices import choices
from graph.asking.found import Asking
from graph.asking.ideas import read_ideas
from graph.asking.names import QUERIES, names_of
from graph.asking.telling import messages, to_json
from graph.asking.understanding import LONGEST, Candidate, Outcome, Understanding, understand
from graph.questions.answers import Answer
from graph.questions.answers import to_json as answer_to_json
from graph.questions.binding import bind
from graph.questions.question import Question
from service.answer_names import in_page_language
from service.answers import asked_format, content_response, json_content, while_connected
from service.leases import leased, select
from service.names import names_of as vocabulary_names
from service.pages import language_of, page_response
from service.pool import Lease
from service.problems import Problem
from service.questions import answer, page_context, shown_documents, value_labels
from service.releases import Release
from service.shared import Service, service_of

router = APIRouter()

_PAGE_ROWS = 200  # of an answer; the question's own page has more
_VIET_NAM = datetime.timezone(datetime.timedelta(hours=7))
_EXAMPLES = {
    "vi": (
        "Cơ quan nào chủ trì nhiều nhiệm vụ về dữ liệu nhất ở Quảng Trị?",
        "Sở Y tế Thanh Hóa được giao những việc gì?",
        "Việc gì đến hạn trong quý IV/2025 ở Quảng Ngãi?",
        "Mỗi tỉnh đặt mục tiêu phủ sóng 5G năm 2030 bao nhiêu?",
    ),
    "en": (
        "Which agencies lead most tasks on data in Quang Tri?",
        "Which tasks does the Department of Health of Thanh Hoa have?",
        "What is due in Q4 2025 in Quang Ngai?",
        "Which 5G coverage target does each province set for 2030?",
    ),
}


class AskingOfRelease:
    """What understanding needs; the names of a release are read once the service has started, and after a switch when
    words are first asked of the new one.
    """

    def __init__(self, questions: Mapping[str, Question]) -> None:
        """Read the ideas. Raises AskingError where their files are wrong."""
        self._ideas = read_ideas(questions)
        self._known: tuple[Release, Asking] | None = None

    async def prepare(self, service: Service) -> None:
        """Read the names of the release in use, so that the first who asks does not wait for that. Raises Problem."""
        async with leased(service.known_pool, service.settings) as lease:
            await self.of(lease)

    async def of(self, lease: Lease) -> Asking:
        """Return what understanding needs for the release of a worker. Raises Problem."""
        if self._known is None or self._known[0] != lease.release:
            found = {name: await select(lease, query) for name, query in QUERIES.items()}
            asking = await asyncio.to_thread(lambda: Asking.of(self._ideas, names_of(found)))
            self._known = lease.release, asking
        return self._known[1]


@router.api_route("/ask", methods=["GET", "HEAD"])
async def ask(request: Request) -> Response:
    """Answer a question in words, or say what it leaves open."""
    service = service_of(request)
    chosen = asked_format(request, ("application/json", "text/html"))
    _each_once(request)
    text, day = request.query_params.get("q"), _day(request)
    await request.body()
    if text is None and chosen == "text/html":
        return _page(request, service.releases.current(), {})
    return await while_connected(request, _answered(request, service, text or "", day, chosen))


async def _answered(request: Request, service: Service, text: str, day: datetime.date, chosen: str) -> Response:
    async with leased(service.known_pool, service.settings) as lease:
        asking = await request.app.state.asking.of(lease)
        understanding = _understood(text, asking, day)
        offered = choices(understanding, asking.names)
        answered = await _answer(lease, service, understanding) if understanding.outcome is Outcome.ANSWER else None
        told = to_json(understanding, offered, asking.names)
        if chosen == "text/html":
            said = messages(understanding)
            if answered:
                answered = in_page_language(answered, await vocabulary_names(lease), language_of(request))
            context = page_context(answered and answered.part(0, _PAGE_ROWS), service.questions)
            shown: Answer | None = context["answer"]
            context["documents"] = await shown_documents(lease, service, language_of(request), shown)
            if told["understood"]:
                context["labels"] = await _labels(lease, understanding.candidates[0], language_of(request))
            told_of = {"understanding": understanding, "told": told, "offered": offered, "said": said}
            return _page(request, lease.release, {**told_of, **context})
        content = told | {"day": day.isoformat(), "answer": answer_to_json(answered) if answered else None}
        return content_response(request, lease.release, json_content(content), "application/json")


def _understood(text: str, asking: Asking, day: datetime.date) -> Understanding:
    try:
        return understand(text, asking, day)
    except WordsError as error:
        detail = f"The parameter q cannot be read as a question: {error}."
        raise Problem("bad-parameter", detail, vi=f"Không đọc được tham số q như một câu hỏi: {error.vi}.") from None


async def _answer(lease: Lease, service: Service, understanding: Understanding) -> Answer:
    best = understanding.candidates[0]
    question, given = best.asked.question, best.filled.values
    return await answer(lease, question, given, bind(question, given), service.cache)


async def _labels(lease: Lease, best: Candidate, language: str) -> dict[str, str]:
    """Return what the values understood are called: as they were found, or in English where they have a name in it."""
    filled = best.filled
    return filled.labels | await value_labels(lease, best.asked.question, filled.values, language)


def _page(request: Request, release: Release, context: Mapping[str, object]) -> Response:
    language = language_of(request)
    empty: dict[str, object] = {
        "understanding": None,
        "told": None,
        "offered": (),
        "said": (),
        "labels": {},
        "answer": None,
    }
    more = {"examples": _EXAMPLES[language], "longest": LONGEST, "asked": request.query_params.get("q", "")}
    return page_response(request, release, "ask.html", language, **{**empty, **more, **context})


def _each_once(request: Request) -> None:
    for name in ("q", "day"):
        if len(request.query_params.getlist(name)) > 1:
            detail, vi = f'The parameter "{name}" is given more than once.', f'Tham số "{name}" được nêu hơn một lần.'
            raise Problem("bad-parameter", detail, vi=vi)


def _day(request: Request) -> datetime.date:
    """Return the day of asking: ?day=, else today in Viet Nam."""
    given = request.query_params.get("day")
    try:
        return datetime.date.fromisoformat(given) if given else datetime.datetime.now(_VIET_NAM).date()
    except ValueError:
        detail = f'The parameter day, "{given}", is no date such as 2026-02-10.'
        vi = f'Tham số day, "{given}", không phải là ngày như 2026-02-10.'
        raise Problem("bad-parameter", detail, vi=vi) from None

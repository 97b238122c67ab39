"""/: the front page, and /problems/…: a page for each kind of error."""

import asyncio
import contextlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.catalogue.dcat import WHOLE
from graph.questions.answers import Answer, Row
from service.answer_names import in_page_language
from service.answers import while_connected
from service.catalogue import structured_data
from service.changes import numbers_of
from service.document_names import document_names
from service.leases import leased
from service.names import names_of
from service.pages import language_of, page_response, read_templates
from service.pool import Lease
from service.problems import PROBLEM_TYPES, Problem
from service.questions import page_context, plain_answer
from service.releases import Release
from service.shared import Service, service_of

router = APIRouter()

_LEADING = tomllib.loads(Path(__file__).with_name("front.toml").read_text(encoding="utf-8"))["leading"]
_HELD = "documents-held"  # the question whose answer lists the plans
_FIGURES = {
    "Task": "/questions/tasks",
    "Agency": "/questions/agencies-by-tasks-led",
    "PlanIndicator": "/questions/documents-held",
    "Target": None,
    "Passage": None,
}  # what a release counts, in the order of the page, and where its number leads
_RELEASES = 3  # whose changes are told


@dataclass(frozen=True, slots=True)
class Change:
    """A release, how many more (or less) of each class it holds than the one before (none for the first), and how many
    records it added, removed and changed, where it says so."""

    release: Release
    differences: Mapping[str, int] | None
    records: Mapping[str, int] | None = None


@router.api_route("/", methods=["GET", "HEAD"])
async def home(request: Request) -> Response:
    """Return what this is, its figures, leading questions with their charts, the plans, and what changed."""
    await request.body()
    return await while_connected(request, _home(request, service_of(request)))


async def prepare(service: Service) -> None:
    """Read the templates and answer the questions of the front page, so that the first reader waits for neither.

    Raises Problem.
    """
    await asyncio.to_thread(read_templates)
    async with leased(service.known_pool, service.settings) as lease:
        held, *_ = await _answers(lease, service)
        await document_names(lease, service, "vi", [row["document"] for row in held.rows])


async def _home(request: Request, service: Service) -> Response:
    language = language_of(request)
    async with leased(service.known_pool, service.settings) as lease:
        names = await names_of(lease)
        held, *leading = (in_page_language(one, names, language) for one in await _answers(lease, service))
        structured = await structured_data(request, lease, WHOLE, language)
        documents = await document_names(lease, service, language, [row["document"] for row in held.rows])
    figures = [
        {"name": name, "value": lease.release.counts[name], "path": path}
        for name, path in _FIGURES.items()
        if name in lease.release.counts
    ]
    context: dict[str, Any] = {
        "held": _by_area(held.rows),
        "documents": documents,
        "plans": len(held.rows),
        "figures": figures,
        "leading": [
            page_context(one, service.questions) | {"subject": entry.get("subject")}
            for entry, one in zip(_LEADING, leading, strict=True)
        ],
        "structured": structured,
        "changes": changes(service.releases.kept())[:_RELEASES],
        "questions": len(service.questions),
    }
    return page_response(request, lease.release, "home.html", language, **context)


async def _answers(lease: Lease, service: Service) -> list[Answer]:
    """Return which plans are held, and the answers of the leading questions."""
    leading = [(one["question"], one.get("parameters", {})) for one in _LEADING]
    return [await plain_answer(lease, service, name, given) for name, given in [(_HELD, {}), *leading]]


def _by_area(rows: Sequence[Row]) -> dict[str, list[Row]]:
    areas: dict[str, list[Row]] = {}
    for row in rows:
        areas.setdefault(row["areaLabel"], []).append(row)
    return areas


def changes(releases: Sequence[Release]) -> list[Change]:
    """Return what changed in the numbers from release to release, the last first; `releases` in order of issue."""
    found = [Change(releases[0], None)] if releases else []
    for before, after in pairwise(releases):
        names = [name for name in _FIGURES if name in after.counts]
        differences = {name: after.counts[name] - before.counts.get(name, 0) for name in names}
        records = None
        with contextlib.suppress(Problem):  # a damaged list is said on its own page
            records = numbers_of(after)
        found.append(Change(after, {name: number for name, number in differences.items() if number}, records))
    return found[::-1]


@router.get("/problems/{slug}")
async def problem_type(request: Request, slug: str) -> Response:
    """Explain a kind of error."""
    kind = PROBLEM_TYPES.get(slug)
    if kind is None:
        known = ", ".join(PROBLEM_TYPES)
        vi = f"Không có loại lỗi {slug}; có {known}."
        raise Problem("not-found", f"There is no kind of problem {slug}; there are {known}.", vi=vi)
    release = service_of(request).releases.current()
    return page_response(request, release, "problem_type.html", language_of(request), kind=kind)

"""/quality: what the release says of its own quality: what validation found, how much was read, how well it was read.

How well is measured against rows that people read; what was found has its place in the source, and where a person has
accepted it, who and why.
"""

import json
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.answer_names import in_page_language
from service.answers import asked_format, content_response, json_content, while_connected
from service.document_names import called, document_names, documents_by_source
from service.findings import read_findings
from service.leases import leased
from service.names import names_of
from service.pages import language_of, page_response
from service.problems import Problem
from service.questions import plain_answer
from service.releases import Release
from service.shared import Service, service_of

router = APIRouter()

_HELD, _TRUSTED = "documents-held", "quality-of-documents"  # the questions that say what was read
_OVERALL = "*"  # the document of the figures over all documents
_ORDER = ("task", "indicator", "document", "citation")


@router.api_route("/quality", methods=["GET", "HEAD"])
async def quality(request: Request) -> Response:
    """Return precision, recall and F1 by field and document as JSON; a page has what was found and covered as well."""
    service = service_of(request)
    release = service.releases.current()
    scores = _scores(release)
    if asked_format(request, ("text/html", "application/json")) == "application/json":
        response = content_response(request, release, json_content(scores), "application/json")
    else:
        await request.body()
        response = await while_connected(request, _page(request, service))
    response.headers["Vary"] = "Accept"
    return response


async def _page(request: Request, service: Service) -> Response:
    async with leased(service.known_pool, service.settings) as lease:
        held = await plain_answer(lease, service, _HELD, {})
        held = in_page_language(held, await names_of(lease), language_of(request))
        trusted = await plain_answer(lease, service, _TRUSTED, {})
        documents = await document_names(lease, service, language_of(request), [row["document"] for row in held.rows])
        by_source = await documents_by_source(lease, service, documents)
        release = lease.release
    doubts = {row["plan"]: row for row in trusted.rows}
    groups = _grouped(_scores(release))
    return page_response(
        request,
        release,
        "quality.html",
        language_of(request),
        overall={kind: scores for (document, kind), scores in groups.items() if not document},
        by_document={key: scores for key, scores in groups.items() if key[0]},
        findings=read_findings(release.folder),
        documents=documents,
        called=partial(called, by_source=by_source, names=documents),
        coverage=[{**row, **doubts.get(row["document"], {}), "title": row["title"]} for row in held.rows],
    )


def _scores(release: Release) -> list[dict[str, Any]]:
    path = release.folder / "evaluation.json"
    try:
        scores: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Problem("not-found", f"The release {release.id} was not measured: it has no {path.name}.") from None
    return scores


def _grouped(scores: list[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The figures by kind and document, those over all documents first."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for score in sorted(scores, key=lambda score: (score["document"] != _OVERALL, _ORDER.index(score["kind"]))):
        document = "" if score["document"] == _OVERALL else score["document"]
        groups.setdefault((document, score["kind"]), []).append(score)
    return groups

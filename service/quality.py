"""/quality: how well the plans were extracted, as the release measured it against rows that people read."""

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.answers import asked_format, content_response, json_content, service_of
from service.pages import HTML, language_of, render
from service.problems import Problem
from service.releases import Release

router = APIRouter()

_OVERALL = "*"  # the document of the figures over all documents
_ORDER = ("task", "indicator", "document", "citation")


@router.api_route("/quality", methods=["GET", "HEAD"])
async def quality(request: Request) -> Response:
    """Return precision, recall and F1 by field and document: as JSON, or as a page with the figures over all."""
    release = service_of(request).releases.current()
    scores = _scores(release)
    if asked_format(request, ("text/html", "application/json")) == "application/json":
        response = content_response(request, release, json_content(scores), "application/json")
    else:
        content = render(request, "quality.html", language_of(request), release=release, groups=_grouped(scores))
        response = content_response(request, release, content, HTML)
    response.headers["Vary"] = "Accept"
    return response


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

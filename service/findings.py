"""What the validation of a release found, from the reports that the release holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with its place in a source: `message` by language, `focus` the IRI of the thing at fault.

    `row` is the annex and number as the plan has them, `accepted` what a person said who has accepted it, "" for none.
    """

    severity: str
    message: Mapping[str, str]
    focus: str
    document: str
    document_name: str
    row: str
    title: str
    quote: str
    start: int | None
    end: int | None
    accepted: str


@lru_cache(maxsize=2)
def read_findings(release: Path) -> tuple[Finding, ...]:
    """Return the findings of all reports of a release folder, the graver first; none where it holds no reports."""
    found = [
        _finding(one)
        for path in sorted((release / "report").glob("*.json"))
        for one in json.loads(path.read_text(encoding="utf-8"))["findings"]
    ]
    return tuple(sorted(found, key=lambda one: SEVERITIES.index(one.severity)))


def _finding(said: Mapping[str, Any]) -> Finding:
    place = said["place"]
    passage = place.get("passage") or {}
    accepted = said.get("accepted")
    return Finding(
        severity=said["severity"],
        message={"vi": said["message_vi"], "en": said["message_en"]},
        focus=said["focus"],
        document=place.get("document") or "",
        document_name=place.get("document_name") or place.get("file") or "",
        row=", ".join(filter(None, (place.get("annex"), place.get("number")))),
        title=place.get("title") or "",
        quote=passage.get("quote", ""),
        start=passage.get("start"),
        end=passage.get("end"),
        accepted=f"{accepted['by']}, {accepted['on']}: {accepted['why']}" if accepted else "",
    )

"""Reports as text for a terminal, as JSON and as the SHACL validation report in Turtle."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from graph.findings import SEVERITIES, Finding, Place, Report

_QUOTE_LENGTH = 160


def to_text(report: Report) -> str:
    """For people: a block for each finding, worst first, and a summary line."""
    return "\n\n".join([*map(_block, report.findings), summary(report)]) + "\n"


def summary(report: Report) -> str:
    """One line: how many findings of each severity, how many accepted, and the verdict."""
    counts = [f"{report.count(name)} {name}{'s' if report.count(name) != 1 else ''}" for name in SEVERITIES]
    counts += [f"{report.accepted} accepted"] if report.accepted else []
    return f"{', '.join(counts)}: {'conforms' if report.conforms else 'does not conform'}"


def to_json(report: Report) -> str:
    """For programs: ``{"conforms": …, "findings": [{"severity": …, "place": {…}, …}, …]}``."""
    plain = {"conforms": report.conforms, "findings": [_plain(finding) for finding in report.findings]}
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def to_turtle(report: Report) -> str:
    """The SHACL validation report (https://www.w3.org/TR/shacl/#validation-report) in Turtle."""
    return report.results.serialize(format="turtle")


def row_of(place: Place) -> str | None:
    """Annex and row of a place in words."""
    return ", ".join(f"{name} {said}" for name, said in (("annex", place.annex), ("row", place.number)) if said) or None


def block_of(place: Place) -> str | None:
    """The first lines of a correction or acceptance of the record at a place, as TOML."""
    parts = (("source", place.source), ("kind", place.record), ("at", place.at))
    return ", ".join(f"{name} = {json.dumps(said)}" for name, said in parts if said is not None) or None


def _plain(finding: Finding) -> dict[str, Any]:
    plain = dataclasses.asdict(finding)
    if finding.accepted is not None:
        plain["accepted"] = {name: getattr(finding.accepted, name) for name in ("by", "on", "why")}
    return plain


def _block(finding: Finding) -> str:
    place, passage, accepted = finding.place, finding.place.passage, finding.accepted
    lines = [
        ("document", f"{place.document_name or ''} <{place.document}>".strip() if place.document else None),
        ("file", f"{place.file}:{passage.line}" if place.file and passage and passage.line else place.file),
        ("place", row_of(place)),
        ("record", _shortened(place.title) if place.title and place.record != "document" else None),
        ("passage", f'{passage.start}-{passage.end} "{_shortened(passage.quote)}"' if passage else None),
        ("focus", finding.focus),
        ("path", finding.path),
        ("value", None if finding.value is None else _shortened(finding.value)),
        ("shape", finding.shape),
    ]
    if accepted:
        lines.append(("accepted", f"{accepted.by}, {accepted.on}: {accepted.why}"))
    else:
        lines += [("mend", finding.remedy_vi), ("", finding.remedy_en), ("", block_of(place))]
    mark = f"{finding.severity.upper()} (accepted)" if accepted else finding.severity.upper()
    head = f"{mark}  {finding.message_vi}\n  {finding.message_en}"
    return "\n".join([head, *(f"  {name:<9} {said}" for name, said in lines if said)])


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _QUOTE_LENGTH else f"{one_line[: _QUOTE_LENGTH - 1]}…"

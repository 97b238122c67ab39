"""Reports as SARIF 2.1.0, which code hosts and editors read: a finding at its characters, accepted ones suppressed.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from graph.findings import Finding, Passage, Report, Severity
from graph.reports.plain import row_of

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SOURCES = "SOURCES"  # a base that who reads the report puts in: the folder of the sources
_LEVELS: dict[Severity, str] = {"violation": "error", "warning": "warning", "info": "note"}


def to_sarif(report: Report) -> str:
    """One run. Messages are English; ``translations`` has the same rules in Vietnamese (section 3.19.3). Character
    offsets count Unicode code points."""
    rules = {finding.shape_name: finding for finding in reversed(report.findings)}
    names = sorted(rules)
    run = {
        "tool": {
            "driver": {
                "name": "phancong",
                "version": version("phancong"),
                "language": "en",
                "rules": [_rule(name, rules[name]) for name in names],
            }
        },
        "translations": [_translation([rules[name] for name in names])] if names else [],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_SOURCES: {"description": {"text": "The folder of the sources, data/sources."}}},
        "results": [_result(finding, names.index(finding.shape_name)) for finding in report.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(name: str, finding: Finding) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": finding.message_en},
        "messageStrings": {"default": {"text": _escaped(finding.message_en)}},
        "help": {"text": finding.remedy_en or finding.message_en},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"shape": finding.shape},
    }


def _translation(findings: list[Finding]) -> dict[str, Any]:
    rules = [
        {
            "id": finding.shape_name,
            "shortDescription": {"text": finding.message_vi},
            "messageStrings": {"default": {"text": _escaped(finding.message_vi)}},
            "help": {"text": finding.remedy_vi or finding.message_vi},
        }
        for finding in findings
    ]
    return {"name": "phancong", "language": "vi", "contents": ["localizedData"], "rules": rules}


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.shape_name,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"id": "default", "text": finding.message_en},
        "locations": [_location(finding)],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
        "properties": {
            name: said
            for name, said in (
                ("document", finding.place.document),
                ("annex", finding.place.annex),
                ("row", finding.place.number),
                ("focus", finding.focus),
                ("path", finding.path),
                ("value", finding.value),
            )
            if said is not None
        },
    }
    if finding.accepted:
        why = f"{finding.accepted.by}, {finding.accepted.on}: {finding.accepted.why}"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    """The characters in the file if the finding has such a place, and the thing in the graph."""
    place, passage = finding.place, finding.place.passage
    logical: dict[str, Any] = {"fullyQualifiedName": finding.focus, "kind": "resource"}
    if row := row_of(place):
        logical["name"] = row
    location: dict[str, Any] = {"logicalLocations": [logical]}
    if place.file:
        location["physicalLocation"] = {"artifactLocation": {"uri": quote(place.file), "uriBaseId": _SOURCES}}
    if place.file and passage:
        location["physicalLocation"]["region"] = _region(passage)
    return location


def _region(passage: Passage) -> dict[str, Any]:
    """The characters of a passage by offset and, where the text was at hand, by line and column (section 3.30)."""
    region: dict[str, Any] = {
        "charOffset": passage.start,
        "charLength": passage.end - passage.start,
        "snippet": {"text": passage.quote},
    }
    if passage.line is not None and passage.column is not None:
        before, newline, last = passage.quote.rpartition("\n")
        region |= {
            "startLine": passage.line,
            "startColumn": passage.column,
            "endLine": passage.line + before.count("\n") + len(newline),
            "endColumn": len(last) + (1 if newline else passage.column),
        }
    return region


def _fingerprint(finding: Finding) -> str:
    """The same for the same finding in every release: its shape, thing, path and value."""
    said = "\0".join((finding.shape, finding.focus, finding.path or "", finding.value or ""))
    return hashlib.sha256(said.encode()).hexdigest()


def _escaped(text: str) -> str:
    """Braces mean placeholders in a message string (section 3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")

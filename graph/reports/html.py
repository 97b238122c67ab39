"""Reports as pages for people: whole in one file, in both languages, without a script."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph.findings import SEVERITIES, Finding, Report
from graph.reports.plain import block_of


def to_html(report: Report) -> str:
    """A page with every finding: open ones first, by document; accepted ones after them."""
    still_open = [finding for finding in report.findings if finding.accepted is None]
    accepted = [finding for finding in report.findings if finding.accepted is not None]
    return _page(
        "report.html",
        report=report,
        severities=SEVERITIES,
        groups=(("open", _by_document(still_open)), ("accepted", _by_document(accepted))),
        block_of=block_of,
    )


def to_index(reports: Mapping[str, Report]) -> str:
    """A page with a row for each report, which it links to as ``<name>.html``."""
    return _page("index.html", reports=dict(sorted(reports.items())), severities=SEVERITIES)


def _by_document(findings: list[Finding]) -> dict[str, list[Finding]]:
    """Findings by the name of their document; those of none come last."""
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.place.document is None):
        groups.setdefault(finding.place.document_name or finding.place.document or "", []).append(finding)
    return groups


def _page(name: str, **values: object) -> str:
    return _environment().get_template(name).render(**values) + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

"""A report with a violation, a warning and an accepted warning, each with its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.findings import Acceptance, Report
from graph.validation import load_shapes, read_graph, validate

ROOT = Path(__file__).parent.parent.parent.parent
EXAMPLES = ROOT / "tests" / "test_shapes" / "examples"


@pytest.fixture(scope="session")
def report() -> Report:
    data = read_graph(EXAMPLES / "plan.ttl")
    for name in ("Target-year", "DeadlineWindow", "Task-lead"):
        data += read_graph(EXAMPLES / "fails" / f"{name}.ttl")
    found = validate(data, load_shapes(ROOT / "shapes"))
    accepted = Acceptance("000", "DeadlineWindow", "", None, "Nguyễn Văn A", "2026-11-23", "So <in> the source.", "x")
    findings = tuple(
        replace(finding, accepted=accepted) if finding.shape_name == "DeadlineWindow" else finding
        for finding in found.findings
    )
    return replace(found, findings=findings)

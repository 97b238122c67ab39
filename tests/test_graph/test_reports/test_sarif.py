from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sarif_kit.validate import validation_errors

from graph.findings import Passage, Report
from graph.reports.sarif import to_sarif

TEXT = "Kết nối, chia sẻ cơ sở dữ liệu toàn tỉnh"


def run(report: Report) -> dict[str, Any]:
    log = json.loads(to_sarif(report))
    assert validation_errors(log) == []  # the schema that OASIS publishes, errata 01
    found: dict[str, Any] = log["runs"][0]
    return found


def test_a_log_is_valid_with_and_without_findings(report: Report) -> None:
    assert len(run(report)["results"]) == 3
    assert run(replace(report, findings=()))["results"] == []


def test_the_schema_notices_what_is_wrong(report: Report) -> None:
    log = json.loads(to_sarif(report))
    log["runs"][0]["results"][0]["level"] = "bad"
    assert validation_errors(log)


def test_a_finding_stands_at_its_characters(report: Report) -> None:
    result = next(one for one in run(report)["results"] if one["ruleId"] == "Task-lead")
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "plan.txt", "uriBaseId": "SOURCES"}
    assert location["physicalLocation"]["region"] == {
        "charOffset": 0,
        "charLength": 40,
        "snippet": {"text": TEXT},
        "startLine": 1,
        "startColumn": 1,
        "endLine": 1,
        "endColumn": 41,
    }
    assert location["logicalLocations"][0]["name"] == "annex PL, row 2"
    assert result["properties"]["row"] == "2"


def test_a_region_over_several_lines_ends_on_the_last(report: Report) -> None:
    finding = report.findings[0]
    passage = Passage(100, 113, "Kết nối\nchung", line=7, column=5)
    found = run(replace(report, findings=(replace(finding, place=replace(finding.place, passage=passage)),)))
    region = found["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert [region[name] for name in ("startLine", "startColumn", "endLine", "endColumn")] == [7, 5, 8, 6]


def test_severities_are_levels_and_accepted_findings_are_suppressed(report: Report) -> None:
    results = {one["ruleId"]: one for one in run(report)["results"]}
    assert {name: one["level"] for name, one in results.items()} == {
        "Target-year": "error",
        "DeadlineWindow": "warning",
        "Task-lead": "warning",
    }
    (suppression,) = results["DeadlineWindow"]["suppressions"]
    assert suppression["status"] == "accepted" and "Nguyễn Văn A" in suppression["justification"]
    assert "suppressions" not in results["Task-lead"]


def test_rules_are_the_same_in_vietnamese(report: Report) -> None:
    found = run(report)
    rules, (translation,) = found["tool"]["driver"]["rules"], found["translations"]
    assert [rule["id"] for rule in rules] == [rule["id"] for rule in translation["rules"]]
    assert translation["language"] == "vi"
    assert all(one["ruleId"] == rules[one["ruleIndex"]]["id"] for one in found["results"])
    assert "chủ trì" in json.dumps(translation, ensure_ascii=False)


def test_fingerprints_tell_findings_apart_and_stay(report: Report) -> None:
    prints = [one["partialFingerprints"]["finding/v1"] for one in run(report)["results"]]
    assert len(set(prints)) == 3
    assert prints == [one["partialFingerprints"]["finding/v1"] for one in run(report)["results"]]

"""The list of doubtful records, from the real plans."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

MENDED = "the result's first words are missing in the source"


def review(*options: str) -> str:
    command = [sys.executable, "-m", "graph.cli", "review", *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def items() -> list[dict[str, Any]]:
    return [json.loads(line) for line in review("--format", "json").splitlines()]


def test_the_most_doubtful_records_come_first_with_their_passages(items: list[dict[str, Any]]) -> None:
    assert len(items) > 20
    assert [item["confidence"] for item in items] == sorted(item["confidence"] for item in items)
    for item in items:
        assert item["doubts"] and item["text"] and item["passage"][0] <= item["at"] < item["passage"][1]


def test_raw_and_corrected_records_differ(items: list[dict[str, Any]]) -> None:
    raw = review("--no-corrections")
    assert MENDED not in raw
    assert any(MENDED in doubt for item in items for doubt in item["doubts"])
    assert "docs/corrections.md" in raw

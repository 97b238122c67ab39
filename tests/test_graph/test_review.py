"""The list of doubtful records, from the real plans."""

from __future__ import annotations

import json
import subprocess
import sys


def test_the_most_doubtful_records_come_first_with_their_passages() -> None:
    command = [sys.executable, "-m", "graph.cli", "review", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    items = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(items) > 20
    assert [item["confidence"] for item in items] == sorted(item["confidence"] for item in items)
    for item in items:
        assert item["doubts"] and item["text"] and item["passage"][0] <= item["at"] < item["passage"][1]


def test_raw_and_corrected_records_differ() -> None:
    command = [sys.executable, "-m", "graph.cli", "review"]
    corrected = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    raw = subprocess.run([*command, "--no-corrections"], capture_output=True, text=True, check=True).stdout
    assert "the result's first words are missing in the source" not in raw
    assert "the result's first words are missing in the source" in corrected
    assert "docs/corrections.md" in corrected

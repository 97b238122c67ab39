"""`phancong ask` in words, and `phancong evaluate --asking`, run as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

from graph.asking.evaluation import LABELLED

QUESTION = "Cơ quan nào chủ trì nhiều nhiệm vụ về dữ liệu nhất ở Quảng Trị?"


def phancong(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "graph.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_what_was_understood_stands_beside_the_answer(built_releases: Path) -> None:
    done = phancong("ask", QUESTION, "--format", "csv", "--release", built_releases)
    assert done.returncode == 0, done.stderr
    assert next(csv.DictReader(io.StringIO(done.stdout)))["agencyLabel"] == "Sở Y tế"
    assert "understood as agencies-by-tasks-led" in done.stderr and "from “Quảng Trị”" in done.stderr


def test_what_is_open_is_asked_back_as_commands(built_releases: Path) -> None:
    done = phancong("ask", "Sở Y tế làm gì?", "--release", built_releases)
    assert (done.returncode, done.stdout) == (1, "")
    assert "phancong ask tasks-of-agency --param agency=thanh-hoa/so-y-te" in done.stderr


def test_json_holds_both(built_releases: Path) -> None:
    done = phancong(
        "ask", "Quý này việc gì đến hạn?", "--day", "2025-05-05", "--format", "json", "--release", built_releases
    )
    told = json.loads(done.stdout)
    assert told["understood"]["parameters"]["from"]["value"] == "2025-04-01"
    assert told["answer"]["question"]["id"] == "tasks-due"


def test_a_wrong_call_is_refused_in_one_line(built_releases: Path) -> None:
    for arguments, words in (((QUESTION, "--param", "topic=ai"), "goes with the id"), (("x " * 400,), "at most 500")):
        done = phancong("ask", *arguments, "--release", built_releases)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
        assert words in done.stderr


def test_evaluate_prints_a_set_and_language_a_row(built_releases: Path, tmp_path: Path) -> None:
    labelled = tmp_path / LABELLED.name
    labelled.mkdir()
    for name in ("held-out", "held-out-2"):
        shutil.copy(LABELLED / f"{name}.jsonl", labelled)
    done = phancong("evaluate", "--asking", "--gold", tmp_path, "--release", built_releases)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in ("held-out ", "held-out-2", "vi-plain", "answered wrongly"))

"""The console script, run as a user runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from distributed import LocalCluster

from graph.sources import SOURCES

PLAN = SOURCES / "quang-tri-2026-ke-hoach.txt"
PATIENCE = 300  # seconds; a build takes twenty, several times that beside other programs on two processors


def phancong(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "graph.cli", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=PATIENCE, check=False)


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit code 2, one line on standard error with the words, no traceback."""
    assert done.returncode == 2, done
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr


def test_extract_prints_records_as_json_lines() -> None:
    done = phancong("extract", PLAN)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert [r["kind"] for r in records].count("task") == 32
    assert records[0] | {"kind": "document", "doc": "002", "number": "687/KH-UBND"} == records[0]


def test_an_unlisted_file_is_named_after_itself(tmp_path: Path) -> None:
    copy = tmp_path / "ke-hoach-moi.txt"
    copy.write_bytes(PLAN.read_bytes())
    assert json.loads(phancong("extract", copy).stdout.splitlines()[0])["doc"] == "ke-hoach-moi"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"Danh sach mua hang\n- gao\n", "is no plan"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is an image"),
        (b"KE HOACH\0", "null character"),
    ],
)
def test_a_file_that_is_no_plan_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    assert_refused(phancong("extract", path), str(path), words)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert_refused(phancong("extract", tmp_path / "no.txt"), "no.txt", "cannot be read")


def test_a_bad_file_loses_none_of_the_good(tmp_path: Path) -> None:
    bad = tmp_path / "x.txt"
    bad.write_bytes(b"")
    done = phancong("extract", bad, PLAN)
    assert done.returncode == 1
    assert "1 of 2 files could not be used:" in done.stderr
    assert done.stderr.splitlines()[-1].endswith("is empty")
    assert sum(json.loads(line)["kind"] == "task" for line in done.stdout.splitlines()) == 32


def test_a_build_runs_on_a_cluster(tmp_path: Path) -> None:
    few = tmp_path / "sources"
    few.mkdir()
    entries = (SOURCES / "sources.toml").read_text(encoding="utf-8").split("[[source]]")
    for file in (PLAN.name, "kon-tum-2025-ke-hoach.txt"):  # the two shortest
        shutil.copy(SOURCES / file, few)
    chosen = [entry for entry in entries if any(f'"{path.name}"' in entry for path in few.glob("*.txt"))]
    (few / "sources.toml").write_text("".join(f"[[source]]{entry}" for entry in chosen), encoding="utf-8")
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        done = phancong("build", "--cluster", cluster.scheduler_address, "--sources", few, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "[2/2]" in done.stderr and "now in use" in done.stderr


def test_a_cluster_that_is_not_there_is_refused(tmp_path: Path) -> None:
    done = phancong("build", "--cluster", "tcp://127.0.0.1:9", "--out", tmp_path)
    assert (
        done.returncode,
        done.stderr.splitlines()[-1].startswith("phancong: --cluster tcp://127.0.0.1:9: no scheduler"),
    ) == (2, True)


def test_build_without_a_manifest_is_refused(tmp_path: Path) -> None:
    assert_refused(
        phancong("build", "--sources", tmp_path, "--out", tmp_path / "out"), "sources.toml", "cannot be read"
    )


def test_asking_without_a_release_says_what_to_do(tmp_path: Path) -> None:
    for command in (("ask", "agencies-by-tasks-led"), ("query", "-"), ("serve",), ("validate",)):
        assert_refused(phancong(*command, "--release", tmp_path, stdin="ASK {}"), str(tmp_path), "phancong build")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", "who-knows"), ("no question", "phancong ask")),
        (("ask", "agencies-by-tasks-led", "--param", "topic"), ("no name=value",)),
        (("ask", "agencies-by-tasks-led", "--param", "theme=data"), ("no parameter", "topic")),
        (("ask", "agencies-by-tasks-led", "--param", "topic=a", "--param", "topic=b"), ("given twice",)),
        (("query", "no-such-file.rq"), ("no-such-file.rq", "cannot be read")),
    ],
)
def test_a_wrong_call_is_refused(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert_refused(phancong(*arguments), *words)


def test_the_questions_are_listed() -> None:
    done = phancong("ask")
    assert done.returncode == 0
    assert "agencies-by-tasks-led [--param topic=data]" in done.stdout


def test_validate_says_what_and_where(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_text("<https://x.example/s> <https://x.example/p> 1 .")
    bad.write_text(
        "@prefix pc: <https://w3id.org/phancong/def#> .\n<https://w3id.org/phancong/id/document/a-1/task/i-1> a pc:Task ; pc:number '1' ."
    )
    assert phancong("validate", good).returncode == 0
    done = phancong("validate", bad, "--format", "json")
    assert done.returncode == 1
    assert any("document" in finding["message_en"] for finding in json.loads(done.stdout)["findings"])
    (tmp_path / "worse.ttl").write_text("<a> <b> .")
    assert_refused(phancong("validate", tmp_path / "worse.ttl"), "worse.ttl:1")


def test_evaluate_prints_a_field_a_row() -> None:
    rows = [line.split() for line in phancong("evaluate").stdout.splitlines()]
    (row,) = (row for row in rows if row[:3] == ["task", "002", "row"])
    assert "1.000" in row
    assert any(row[:3] == ["task", "002", "lead"] for row in rows)


def test_a_bad_gold_file_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "tasks-x.jsonl").write_text('{"doc": "002"}\n{"doc"\n')
    assert_refused(phancong("evaluate", "--gold", tmp_path), "tasks-x.jsonl:2", "no JSON")


EXAMPLES = Path(__file__).parent.parent / "test_shapes" / "examples"


@pytest.mark.parametrize(
    ("form", "words"), [("sarif", '"ruleId": "Task-title"'), ("html", "<article"), ("json", '"conforms": false')]
)
def test_a_violation_is_told_in_every_format_with_exit_code_1(form: str, words: str) -> None:
    files = (EXAMPLES / "plan.ttl", EXAMPLES / "fails" / "Task-title.ttl")
    done = phancong("validate", *files, "--format", form, "--jobs", "1")
    assert (done.returncode, done.stderr) == (1, "")
    assert words in done.stdout


def test_an_accepted_finding_that_is_none_stops_a_build(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    manifest = (SOURCES / "sources.toml").read_text(encoding="utf-8")
    block = next(part for part in manifest.split("[[source]]") if PLAN.name in part)
    (sources / "sources.toml").write_text(f"[[source]]{block}", encoding="utf-8")
    (sources / PLAN.name).write_bytes(PLAN.read_bytes())
    (tmp_path / "accepted-findings.toml").write_text(
        '[[accepted]]\nsource = "002"\nshape = "Task-lead"\nfocus = "document/x/task/1"\n'
        'by = "A"\non = 2026-11-23\nwhy = "So."\n',
        encoding="utf-8",
    )
    done = phancong("build", "--sources", sources, "--out", tmp_path / "out")
    assert done.returncode == 2 and "Task-lead no longer finds" in done.stderr.splitlines()[-1]
    assert phancong("build", "--sources", sources, "--out", tmp_path / "out", "--no-corrections").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("agencies-by-tasks-led", "--param", "topic=nonesuch"),
            ('"topic" has no value "nonesuch"', "it can be ", "data"),
        ),
        (("agencies-by-tasks-led", "--param", "topic=da ta"), ("does not fit", "it can be ", "data")),
        (("tasks-due", "--param", "from=soon", "--param", "to=2025-12-31"), ("no date such as 2025-12-31",)),
        (("tasks-due", "--param", "to=2025-12-31"), ('"from" is missing',)),
        (("open-ended-tasks", "--param", "kind=never"), ("it can be ongoing, recurring, other, none",)),
        (("plan-differences-by-agency", "--param", "older=a", "--param", "newer=b"), ('"older" has no value "a"',)),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_those_that_do(
    built_releases: Path, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    assert_refused(phancong("ask", *arguments, "--release", str(built_releases)), *words)

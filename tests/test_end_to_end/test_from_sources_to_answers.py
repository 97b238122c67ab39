"""The main job: five plans are built into a release, served by the real server, and asked by real clients."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

from graph.sources import Source, load_sources, read_source

COMMAND = [sys.executable, "-m", "graph.cli"]
Answer = dict[str, Any]


@pytest.fixture(scope="module")
def releases(built_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, because some of these tests build into it."""
    return shutil.copytree(built_releases, tmp_path_factory.mktemp("copy") / "releases", symlinks=True)


@pytest.fixture(scope="module")
def server(releases: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*COMMAND, "serve", "--port", str(port), "--release", str(releases)])
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                if httpx.get(f"{url}/health/ready", timeout=60).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        assert process.wait(20) in (0, -signal.SIGTERM), "the server stops when asked"


@pytest.fixture(scope="module")
def answer(server: str) -> Answer:
    response = httpx.get(f"{server}/questions/agencies-by-tasks-led", params={"topic": "data"}, timeout=60)
    assert response.status_code == 200
    said: Answer = response.json()
    return said


def test_which_agency_leads_the_most_data_tasks_by_http(answer: Answer) -> None:
    rows = answer["rows"]
    assert "topic/data" in answer["sparql"]
    assert [row["taskCount"] for row in rows if row["kind"] == "agency"] == sorted(
        (row["taskCount"] for row in rows if row["kind"] == "agency"), reverse=True
    )
    assert all(len(row["tasks"]) == row["taskCount"] == len(row["evidence"]) for row in rows)


def test_the_same_by_sparqlwrapper_and_from_the_command_line(server: str, releases: Path, answer: Answer) -> None:
    counts = [(row["agency"], row["taskCount"]) for row in answer["rows"]]
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery(answer["sparql"])
    client.setReturnFormat(JSON)
    found = client.queryAndConvert()["results"]["bindings"]
    assert [(row["agency"]["value"], int(row["taskCount"]["value"])) for row in found] == counts
    asked = run("ask", "agencies-by-tasks-led", "--param", "topic=data", "--format", "json", "--release", releases)
    assert json.loads(asked)["rows"] == answer["rows"]
    table = csv.DictReader(io.StringIO(run("query", "-", "--release", releases, stdin=answer["sparql"])))
    assert [(row["agency"], int(row["taskCount"])) for row in table] == counts


def run(*arguments: str | Path, stdin: str = "") -> str:
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=300, check=True
    )
    return done.stdout


def test_every_passage_behind_the_answer_is_the_text_of_the_source(answer: Answer) -> None:
    texts = {source.slug: read_source(source) for source in load_sources()}
    checked = 0
    for row in answer["rows"]:
        for task in row["evidence"]:
            assert {passage["states"] for passage in task["passages"]} == {"task", "lead"}
            for passage in task["passages"]:
                slug = passage["passage"].split("/source/")[1].split("/")[0]
                assert texts[slug][passage["start"] : passage["end"]] == passage["quote"]
                checked += 1
    assert checked > 100


def test_a_task_of_the_answer_can_be_followed(server: str, answer: Answer) -> None:
    task = answer["rows"][0]["tasks"][0]
    path = task.removeprefix("https://w3id.org/phancong")
    page = httpx.get(server + path, headers={"Accept": "text/html"}, follow_redirects=True, timeout=60)
    assert page.status_code == 200
    assert answer["rows"][0]["evidence"][0]["taskTitle"][:40] in page.text
    data = httpx.get(server + path, headers={"Accept": "text/turtle"}, follow_redirects=True, timeout=60)
    assert data.status_code == 200
    assert "wasDerivedFrom" in data.text


def test_the_first_page_shows_the_answer(server: str) -> None:
    page = httpx.get(server, timeout=60)
    assert page.status_code == 200
    assert "Sở Khoa học và Công nghệ" in page.text


def test_documents_that_implement_the_resolution(server: str) -> None:
    rows = httpx.get(f"{server}/questions/documents-implementing-resolution", timeout=60).json()["rows"]
    assert {row["document"].rsplit("/", 1)[1] for row in rows} >= {
        "thanh-hoa-266-kh-tu-2025",
        "quang-ngai-action-plan-2025-05",
        "kon-tum-plan",
    }


def test_no_statement_stands_in_two_graphs(releases: Path) -> None:
    """In the union of all graphs it would be two solutions, and be counted twice."""
    lines = (releases / "current" / "phancong.nq").read_text(encoding="utf-8").splitlines()
    times = Counter(line.rsplit(" ", 2)[0] for line in lines)
    assert [statement for statement, graphs in times.items() if graphs > 1] == []


def test_two_builds_are_byte_identical(releases: Path, tmp_path: Path) -> None:
    run("build", "--out", tmp_path, "--jobs", "1")
    one, other = (folder / "current" / "phancong.nq" for folder in (releases, tmp_path))
    assert hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()
    sums = [(folder / "current" / "dumps" / "SHA256SUMS").read_text().splitlines() for folder in (releases, tmp_path)]
    changed = {line.split("  ")[1] for line in set(sums[0]) ^ set(sums[1])}
    assert changed == {"croissant.json"}, "the only file of a dump that names the release"


def test_building_again_from_the_same_inputs_does_nothing(releases: Path) -> None:
    before = sorted(releases.iterdir())
    run("build", "--out", releases)
    assert sorted(releases.iterdir()) == before


def test_the_readme_shows_the_real_answer(releases: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    query, answer = (re.search(rf"```{kind}\n(.*?)```", readme, re.DOTALL)[1] for kind in ("sparql", "csv"))
    assert run("query", "-", "--release", releases, stdin=query).split() == answer.split()


def test_the_release_validates(releases: Path) -> None:
    assert "0 violations" in run("validate", "--release", releases)


def test_killing_a_build_at_any_moment_leaves_the_service_answering(server: str, releases: Path) -> None:
    """Builds from changed inputs are killed after different times; the service answers from the release before all along."""
    before = httpx.get(f"{server}/questions/agencies-by-tasks-led", timeout=60).headers["Phancong-Release"]
    sources = load_sources()[:2]
    for delay in (0.3, 1.0, 1.6, 2.2):
        command = [*COMMAND, "build", "--sources", _some_sources(releases, sources), "--out", str(releases)]
        build = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(delay)
        if build.poll() is None:
            os.killpg(build.pid, signal.SIGKILL)
            build.wait()
        answered = httpx.get(f"{server}/questions/agencies-by-tasks-led", timeout=60)
        assert answered.status_code == 200
        in_use = (releases / "current").resolve().name
        assert answered.headers["Phancong-Release"] == in_use
        assert in_use == before or build.returncode == 0, "only a build that ended may switch"


def _some_sources(releases: Path, sources: Sequence[Source]) -> str:
    folder = releases.parent / "fewer-sources"
    folder.mkdir(exist_ok=True)
    blocks = []
    for source in sources:
        (folder / source.path.name).write_bytes(source.path.read_bytes())
        fields = {
            "id": source.id,
            "file": source.path.name,
            "sha256": source.sha256,
            "title": source.title,
            "area": source.area,
        }
        blocks.append(
            "[[source]]\n"
            + "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
        )
    (folder / "sources.toml").write_text("".join(blocks), encoding="utf-8")
    return str(folder)

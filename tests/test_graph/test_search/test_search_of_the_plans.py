"""Searching a release of the five plans, and the command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.search import INDEX, Search

ID = "https://w3id.org/phancong/id/"


def search(releases: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "graph.cli", "search", *arguments, "--release", str(releases)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("query", ["Sở Y tế", "sở y tế", "so y te"])
def test_an_agency_is_found_by_its_name(built_releases: Path, query: str) -> None:
    found = Search(built_releases / "current" / INDEX).find(query)
    assert f"{ID}agency/quang-tri/so-y-te" in [hit.iri for hit in found.hits[:3]]


def test_a_document_is_found_by_its_number(built_releases: Path) -> None:
    found = Search(built_releases / "current" / INDEX).find("687/KH-UBND")
    assert f"{ID}document/quang-tri-687-kh-ubnd-2026" in [hit.iri for hit in found.hits]


def test_the_command_filters_and_counts(built_releases: Path) -> None:
    done = search(
        built_releases, "cơ sở dữ liệu", "--filter", "kind=task", "--filter", "area=quang-ngai", "--format", "json"
    )
    found = json.loads(done.stdout)
    assert found["total"] == len(found["hits"]) > 0
    assert all(hit["iri"].startswith(f"{ID}document/quang-ngai") for hit in found["hits"])


def test_what_cannot_be_filtered_by_is_said(built_releases: Path) -> None:
    done = search(built_releases, "x", "--filter", "color=red")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--filter color=red: has to be FACET=VALUE with a facet of kind, area" in done.stderr


def test_nothing_found_is_no_error(built_releases: Path) -> None:
    done = search(built_releases, "zzzz")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (0, "", "0 of 0")

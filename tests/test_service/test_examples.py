"""The examples of docs/endpoint.md, run as they stand there against a running service, and its lists."""

import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import httpx
import pytest
from serving import Server, oxigraph

from service import workers
from service.metrics import Metrics
from service.settings import Settings

DOCUMENT = (Path(__file__).parents[2] / "docs" / "endpoint.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("example", examples("bash"), ids=["select", "construct", "graph"])
def test_curl(server: Server, example: str) -> None:
    script = f"set -o pipefail\n{example.replace(ADDRESS, server.url)}"
    shown = subprocess.run(["bash", "-euc", script], capture_output=True, text=True, check=True).stdout
    assert len(shown.splitlines()) >= 3
    assert "https://w3id.org/phancong/" in shown


def test_sparqlwrapper_to_pandas(server: Server) -> None:
    (example,) = examples("python")
    code = example.replace(ADDRESS, server.url)
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert re.match(r" +label +tasks\n0 +Sở Khoa học và Công nghệ +3\n", shown)


def test_a_federated_query_from_another_endpoint(server: Server) -> None:
    (example,) = examples("sparql")
    with oxigraph("") as other:
        query = {"query": example.replace(ADDRESS, server.url)}
        response = httpx.get(other, params=query, headers={"Accept": "text/csv"}, timeout=60)
    assert response.text.splitlines()[:2] == ["label,tasks", "Sở Khoa học và Công nghệ,3"]


def test_every_limit_is_in_the_list() -> None:
    no_limits = {"workers", "question_workers", "public_url", "cache_bytes", "catalogue_page", "prepare"}
    limits = DOCUMENT.partition("## Limits")[2].partition("## Metrics")[0]
    named = {field.name for field in fields(Settings) if f"`{field.name.upper()}`" in limits}
    assert named >= {field.name for field in fields(Settings)} - no_limits


def test_every_metric_and_outcome_is_in_the_list() -> None:
    listed = DOCUMENT.partition("## Metrics")[2]
    for family in Metrics().registry.collect():
        assert f"`{family.name}" in listed
    for error in workers.WorkerError.__subclasses__():
        assert f"`{error.outcome}`" in listed

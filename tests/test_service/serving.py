"""Helpers: releases built from plans.trig, the service in a process of its own on a free port, and its problems."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph

from graph.store import create

HERE = Path(__file__).parent
PROTOCOL_DATA = "http://kasei.us/2009/09/sparql/data"  # the graphs that the W3C protocol tests speak of


def nquads(path: Path, more: str = "") -> Path:
    """Write the fixture as N-Quads, with the graphs of the W3C protocol tests."""
    quads = pyoxigraph.parse(path=str(HERE / "plans.trig"))
    graphs = "".join(
        f"<{PROTOCOL_DATA}/data{n}.rdf> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        f"<http://xmlns.com/foaf/0.1/Document> <{PROTOCOL_DATA}/data{n}.rdf> .\n"
        for n in (1, 2, 3)
    )
    listed = "".join(
        f"<https://w3id.org/phancong/id/listed/{n}> <http://purl.org/dc/terms/isPartOf> "
        "<https://w3id.org/phancong/id/long-list> <http://example.org/listed> .\n"
        for n in range(25)
    )
    listed += "".join(
        f"<https://w3id.org/phancong/id/listed-too/{n}> <http://purl.org/dc/terms/isPartOf> "
        "<https://w3id.org/phancong/id/longer-list> <http://example.org/listed> .\n"
        for n in range(1100)
    )
    content = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS)
    path.write_bytes(content + (graphs + listed + more).encode())
    return path


def make_release(folder: Path, name: str, more: str = "") -> Path:
    release = folder / name
    release.mkdir(parents=True)
    create(release / "store", nquads(release / "data.nq", more))
    counts = {"tasks": 4, "documents": 2}
    (release / "release.json").write_text(json.dumps({"id": name, "issued": "2026-03-01T08:00:00Z", "counts": counts}))
    (release / "retired.tsv").write_text("https://w3id.org/phancong/id/document/withdrawn\t2026-02-01\n")
    score = {"precision": 1.0, "recall": 0.977, "f1": 0.989, "right": 43, "gold": 44, "predicted": 43}
    scores = [{"kind": "task", "document": document, "field": "topic:data", **score} for document in ("000", "*")]
    (release / "evaluation.json").write_text(json.dumps(scores))
    return release


def switch(folder: Path, name: str) -> None:
    """Point `current` at another release, in one step as a build does it."""
    (folder / "next").symlink_to(name)
    (folder / "next").replace(folder / "current")


@dataclass
class Server:
    url: str
    process: subprocess.Popen[bytes]

    def get(self, path: str, **options: object) -> httpx.Response:
        return httpx.get(self.url + path, timeout=60, **options)

    def head(self, path: str, **options: object) -> httpx.Response:
        return httpx.head(self.url + path, timeout=60, **options)

    def query(self, text: str, accept: str = "application/sparql-results+json", **parameters: object) -> httpx.Response:
        return self.get("/sparql", params={"query": text, **parameters}, headers={"Accept": accept})

    def worker_ids(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(child) for file in children for child in file.read_text().split()]


@dataclass
class Session(Server):
    """The same service, asked over one connection: for tests that ask much."""

    client: httpx.Client

    def get(self, path: str, **options: object) -> httpx.Response:
        return self.client.get(path, **options)

    def head(self, path: str, **options: object) -> httpx.Response:
        return self.client.head(path, **options)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(release_dir: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """Run the service. Nothing is prepared unless the settings say so: most tests need a little of it only."""
    port = free_port()
    code = "import sys; from pathlib import Path; from service.app import serve; serve('127.0.0.1', int(sys.argv[1]), Path(sys.argv[2]))"
    given = {"PREPARE": "no", **settings}
    environment = {**os.environ, **{f"PHANCONG_{name}": value for name, value in given.items()}}
    process = subprocess.Popen([sys.executable, "-c", code, str(port), str(release_dir)], env=environment)
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        until(lambda: live(server), process)  # not until it is ready: most tests need nothing that it prepares
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def live(server: Server) -> bool:
    try:
        return server.get("/health/live").status_code == 200
    except httpx.TransportError:
        return False


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes] | None = None) -> None:
    """Wait until something holds; give up after a time that is far longer than it ever takes."""
    end = time.monotonic() + 60
    while not condition():
        assert process is None or process.poll() is None, "the server ended"
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def problem(response: httpx.Response, status: int, slug: str) -> dict[str, object]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    content: dict[str, object] = response.json()
    assert content["status"] == status
    assert content["type"] == f"https://w3id.org/phancong/problems/{slug}"
    assert {"title", "detail", "advice"} <= content.keys()
    return content


@contextmanager
def oxigraph(nquads: str) -> Iterator[str]:
    """Run an Oxigraph server that holds these quads, and return the address of its endpoint."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "--union-default-graph"], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(address), process)
        quads = {"Content-Type": "application/n-quads"}
        httpx.post(f"{address}/store", content=nquads, headers=quads).raise_for_status()
        yield f"{address}/query"
    finally:
        process.terminate()
        process.wait(timeout=30)


def answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code < 500
    except httpx.TransportError:
        return False

"""How long networks take over HTTP, p50 and p95 in milliseconds: unfiltered ones, which lie in the release, and
filtered ones, each of which is computed anew.

    .venv/bin/python bench/networks.py [--release DIR] [--runs N]

The service is started for it. The peer of the same run is networkx alone: betweenness of the unfiltered network by the
same library, in this process; the last column says how many of these a request takes, which is about the same on every
machine. Exits with 1 when a p95 is over its limit (50 ms unfiltered, 300 ms filtered).
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import networkx as nx

UNFILTERED_MS, FILTERED_MS = 50, 300
FORMATS = ("json", "graphml", "gexf", "csv", "svg", "html")
AREAS = ("quang-tri", "thanh-hoa", "quang-ngai")
STARTS_IN = 60  # seconds


def main() -> int:
    """Print a line for each network and way to ask for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--release", type=Path, default=Path("releases"), metavar="DIR")
    parser.add_argument("--runs", type=int, default=30, metavar="N", help="requests of each kind (30)")
    options = parser.parse_args()
    over = 0
    print(f"{'request':44} {'p50':>7} {'p95':>7} {'ratio':>7}")
    with _service(options.release) as url:
        for network in _get(f"{url}/networks")["networks"]:
            address = url + network["path"]
            peer = _betweenness(_get(address))
            for name, requests in _requests(network, options.runs):
                taken = [_milliseconds(f"{address}?{urllib.parse.urlencode(one)}") for one in requests]
                p50, p95 = statistics.median(taken), sorted(taken)[int(0.95 * (len(taken) - 1))]
                limit = FILTERED_MS if "at_least" in requests[0] else UNFILTERED_MS
                over += p95 > limit
                print(f"{network['name'] + ' ' + name:44} {p50:7.1f} {p95:7.1f} {p50 / peer:7.2f}")
    return 1 if over else 0


def _requests(network: dict[str, object], runs: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
    for format in FORMATS:
        yield format, [{"format": format}] * runs
    # A threshold that leaves the same edges, but was never asked for before: no answer comes from memory.
    yield "computed, whole", [{"at_least": f"0.{n:06}"} for n in range(1, runs + 1)]
    for area in AREAS:
        yield f"computed, {area}", [{"area": area, "at_least": f"0.{n:06}"} for n in range(1, runs + 1)]


def _betweenness(network: dict[str, list[dict[str, object]]]) -> float:
    graph = nx.Graph()
    graph.add_edges_from((edge["source"], edge["target"], {"far": 1}) for edge in network["edges"])
    begun = time.perf_counter()
    nx.betweenness_centrality(graph, weight="far")
    return (time.perf_counter() - begun) * 1000


def _milliseconds(address: str) -> float:
    begun = time.perf_counter()
    with urllib.request.urlopen(address) as response:
        response.read()
    return (time.perf_counter() - begun) * 1000


def _get(address: str) -> dict[str, list[dict[str, object]]]:
    with urllib.request.urlopen(address) as response:
        content: dict[str, list[dict[str, object]]] = json.load(response)
    return content


@contextmanager
def _service(release: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "graph.cli", "serve", "--port", str(port), "--release", str(release)]
    process = subprocess.Popen(command, env=os.environ, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}/health/ready")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(address: str) -> None:
    until = time.monotonic() + STARTS_IN
    while True:
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())

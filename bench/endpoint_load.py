"""The SPARQL endpoint under attack and under load: prints what happens to others, and how much memory it takes.

    .venv/bin/python bench/endpoint_load.py [--release DIR] [--query-seconds N] [--rows N]

First one client reads a result of a million rows. Then the fifty queries of tests/test_service/hostile.py run one after
the other while twenty clients ask for the number of tasks, four times a second each, in words that differ. The
memory is that of all processes of the service together, each page counted once (PSS), read ten times a second.
Exits with 1 when a client got a wrong answer or waited a second, or the memory passed 500 MB.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "test_service"))

import httpx
from hostile import queries
from serving import Server, running

from graph.store import create

CLIENTS = 20
PAUSE = 0.25
MEMORY = 500_000_000
COUNT = "SELECT (COUNT(?t) AS ?n) { ?t a <https://w3id.org/phancong/def#Task> } # "


@dataclass(slots=True)
class Seen:
    """What the well-behaved clients saw: seconds of each answer, and answers that were not right."""

    seconds: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)


def behave(server: Server, number: int, right: str, done: threading.Event, seen: Seen) -> None:
    """Ask until told to stop."""
    with httpx.Client(base_url=server.url, timeout=60) as client:
        while not done.wait(PAUSE):
            query = f"{COUNT}{number} {time.time_ns()}"
            begun = time.perf_counter()
            response = client.get("/sparql", params={"query": query, "format": "csv"})
            seen.seconds.append(time.perf_counter() - begun)
            if response.text != right:
                seen.wrong[f"{response.status_code} {response.text[:200]}"] += 1


def attack(server: Server, text: str) -> str:
    """Return how a hostile query ended."""
    headers = {"Content-Type": "application/sparql-query"}
    try:
        response = httpx.post(f"{server.url}/sparql", content=text, headers=headers, timeout=120)
    except httpx.RemoteProtocolError:
        return "broken off on its way"
    slug = response.json()["type"].rsplit("/", 1)[1] if response.status_code >= 400 else ""
    return f"{response.status_code} {slug}".strip()


@contextmanager
def memory(server: Server) -> Iterator[list[int]]:
    """Measure the memory of all processes of the service during the block."""
    measured: list[int] = []
    done = threading.Event()

    def measure() -> None:
        while not done.wait(0.1):
            measured.append(sum(pss(process) for process in (server.process.pid, *server.worker_ids())))

    thread = threading.Thread(target=measure)
    thread.start()
    try:
        yield measured
    finally:
        done.set()
        thread.join()


def pss(process: int) -> int:
    """Return the bytes that a process holds, its share of what it shares."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def hostile(release: Path, seconds: float) -> bool:
    """Run the hostile queries, print what happened, and tell whether all was well."""
    with running(release, {"PREPARE": "yes", "QUERY_SECONDS": str(seconds)}) as server:
        right = server.get("/sparql", params={"query": COUNT, "format": "csv"}).text
        seen, done = Seen(), threading.Event()
        clients = [threading.Thread(target=behave, args=(server, n, right, done, seen)) for n in range(CLIENTS)]
        for client in clients:
            client.start()
        with memory(server) as measured:
            outcomes = Counter(attack(server, text) for text in queries().values())
        done.set()
        for client in clients:
            client.join()
    seen.seconds.sort()
    p50, p99 = statistics.median(seen.seconds), seen.seconds[int(len(seen.seconds) * 0.99)]
    print(f"hostile queries\t{sum(outcomes.values())}\t{dict(outcomes)}")
    print(f"answers to others\t{len(seen.seconds)}\twrong: {dict(seen.wrong)}")
    print(f"seconds\tp50 {p50:.3f}\tp99 {p99:.3f}\tlongest {seen.seconds[-1]:.3f}")
    print(f"memory\tlargest {max(measured) / 1e6:.0f} MB")
    return not seen.wrong and seen.seconds[-1] < 1


def stream(rows: int) -> bool:
    """Read a long result from a store made for it, print what it took, and tell whether it took too much memory."""
    with tempfile.TemporaryDirectory() as folder:
        release = Path(folder)
        with (release / "phancong.nq").open("w") as nquads:
            for n in range(rows):
                nquads.write(f'<http://x/{n}> <http://x/title> "Nhiệm vụ số {n}" <http://x/g> .\n')
        create(release / "store", release / "phancong.nq")
        (release / "release.json").write_text('{"id": "rows", "issued": "2026-01-01T00:00:00+00:00", "counts": {}}')
        with running(release, {"PREPARE": "yes"}) as server, memory(server) as measured:
            begun = time.perf_counter()
            first, size, lines = 0.0, 0, 0
            asked = {"query": "SELECT ?s ?title { ?s <http://x/title> ?title }", "format": "csv"}
            with httpx.stream("GET", f"{server.url}/sparql", params=asked, timeout=120) as response:
                for piece in response.iter_bytes():
                    first = first or time.perf_counter() - begun
                    size, lines = size + len(piece), lines + piece.count(b"\n")
            seconds = time.perf_counter() - begun
    print(f"rows\t{lines - 1}\t{size / 1e6:.0f} MB in {seconds:.1f} s, the first after {first:.2f} s")
    print(f"memory\tlargest {max(measured) / 1e6:.0f} MB")
    return lines - 1 == rows and max(measured) < MEMORY


def main() -> int:
    """Run both."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--release", type=Path, default=ROOT / "releases" / "current")
    parser.add_argument("--query-seconds", type=float, default=3.0)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    streamed = stream(given.rows)
    return int(not (hostile(given.release.resolve(), given.query_seconds) and streamed))


if __name__ == "__main__":
    sys.exit(main())

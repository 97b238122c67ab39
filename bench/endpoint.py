"""The SPARQL endpoint against two others over HTTP: `oxigraph serve-read-only` on the same store, and rdflib-endpoint.

    make bench-endpoint          or: .venv/bin/python bench/endpoint.py [--release DIR] [--rounds N]

Every round asks each server the same query once, one after the other, so that whatever else the machine does weighs on
all of them alike; the figures are medians of the rounds. The tasks: an analytic query and two small look-ups (all that
is said of an area; an agency's names and those of its type), each with another comment each time, so that nobody
answers from memory, and the analytic query with the same text each time.
Exits with 1 when a ratio misses its target. rdflib-endpoint has the same data in memory, its default.
"""

import argparse
import http.client
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "test_service"))

import pyoxigraph
from serving import free_port, running, until

from graph.store import open_read_only

JSON = "application/sparql-results+json"
PREFIXES = """PREFIX dct: <http://purl.org/dc/terms/>
PREFIX pc: <https://w3id.org/phancong/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
ANALYTIC = f"""{PREFIXES}SELECT ?label (COUNT(DISTINCT ?task) AS ?tasks) (COUNT(DISTINCT ?other) AS ?others) WHERE {{
  ?task a pc:Task ; pc:leadAgency ?agency ; dct:title ?title .
  ?agency skos:prefLabel ?label .
  OPTIONAL {{ ?task pc:coordinatingAgency ?other }}
}} GROUP BY ?label ORDER BY DESC(?tasks) ?label LIMIT 20"""
LOOKUP = "SELECT ?p ?o WHERE { <https://w3id.org/phancong/id/area/quang-tri> ?p ?o }"
NAMES = f"""{PREFIXES}SELECT ?name ?type WHERE {{
  <https://w3id.org/phancong/id/agency/quang-tri/so-khoa-hoc-va-cong-nghe> skos:prefLabel ?name ;
    pc:agencyType/skos:prefLabel ?type .
}}"""


@dataclass(frozen=True, slots=True)
class Task:
    """A query, whether its text differs each time, and how many times as long as the peers it may take."""

    name: str
    query: str
    fresh: bool
    most: Mapping[str, float]


TASKS = (
    Task("analytic", ANALYTIC, True, {"oxigraph": 1.2, "rdflib-endpoint": 0.2}),
    Task("look-up", LOOKUP, True, {"oxigraph": 3.0, "rdflib-endpoint": 0.2}),
    Task("look-up of names", NAMES, True, {"oxigraph": 3.0, "rdflib-endpoint": 0.2}),
    Task("repeated", ANALYTIC, False, {"oxigraph": 1.0, "rdflib-endpoint": 0.2}),
    Task("repeated look-up", LOOKUP, False, {}),
)


class Endpoint:
    """One server and the connection to it."""

    def __init__(self, port: int, path: str) -> None:
        """Take the port on this machine and the path of the endpoint."""
        self.port = port
        self._path = path
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, query: str) -> bytes:
        """Return the answer as SPARQL JSON."""
        self._connection.request("GET", f"{self._path}?{urlencode({'query': query})}", headers={"Accept": JSON})
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise SystemExit(f"port {self.port}: {response.status} {content[:500]!r}")
        return content

    def answers(self) -> bool:
        """Tell whether the server is there."""
        try:
            self.ask("ASK {}")
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return False
        return True


@contextmanager
def served(command: list[str | Path], path: str, port: int) -> Iterator[Endpoint]:
    """Run a server until the end of the block."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        endpoint = Endpoint(port, path)
        until(endpoint.answers, process)
        yield endpoint
    finally:
        process.terminate()
        process.wait()


def peers(environment: Path) -> Path:
    """Make an environment with the other servers, once, and return where their commands are."""
    if not (environment / "bin" / "rdflib-endpoint").exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        wanted = ROOT / "bench" / "requirements.txt"
        subprocess.run([environment / "bin" / "pip", "install", "--quiet", "-r", wanted], check=True)
    return environment / "bin"


def in_store(release: Path, query: str) -> float:
    """Return the milliseconds that the query takes without any server."""
    store = open_read_only(release / "store")
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        with Path("/dev/null").open("wb") as nowhere:
            store.query(query).write(nowhere, JSON)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def measure(endpoints: Mapping[str, Endpoint], task: Task, rounds: int) -> dict[str, float]:
    """Return the median in milliseconds for each server; the slow one is asked every tenth time."""
    answers = {name: endpoint.ask(task.query) for name, endpoint in endpoints.items()}
    if len({solutions(answer) for answer in answers.values()}) > 1:
        raise SystemExit(f"{task.name}: the servers answer differently")
    times: dict[str, list[float]] = {name: [] for name in endpoints}
    for n in range(rounds):
        for name, endpoint in endpoints.items():
            if name == "rdflib-endpoint" and n % 10:
                continue
            query = f"{task.query}\n# {n} {time.time_ns()}" if task.fresh else task.query
            begun = time.perf_counter()
            endpoint.ask(query)
            times[name].append((time.perf_counter() - begun) * 1000)
    return {name: statistics.median(taken) for name, taken in times.items()}


def solutions(answer: bytes) -> frozenset[str]:
    """Return the solutions of an answer without their order."""
    read = pyoxigraph.parse_query_results(answer, pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(read, pyoxigraph.QuerySolutions)
    return frozenset(str(list(solution)) for solution in read)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--release", type=Path, default=ROOT / "releases" / "current")
    parser.add_argument("--rounds", type=int, default=200)
    given = parser.parse_args()
    release, commands = given.release.resolve(), peers(ROOT / ".venv" / "bench")
    oxigraph, rdflib = free_port(), free_port()
    with ExitStack() as stack:
        ours = stack.enter_context(running(release, {"PREPARE": "yes"}))
        endpoints = {
            "phancong": Endpoint(int(ours.url.rsplit(":", 1)[1]), "/sparql"),
            "oxigraph": stack.enter_context(
                served(
                    [
                        *(commands / "oxigraph", "serve-read-only", "--location", release / "store"),
                        *("--bind", f"127.0.0.1:{oxigraph}", "--union-default-graph"),
                    ],
                    "/query",
                    oxigraph,
                )
            ),
            "rdflib-endpoint": stack.enter_context(
                served(
                    [
                        *(commands / "rdflib-endpoint", "serve", "--host", "127.0.0.1", "--port", str(rdflib)),
                        *(release / "phancong.nq", release / "catalogue.nq"),
                    ],
                    "/",
                    rdflib,
                )
            ),
        }
        print(
            f"in the store: analytic {in_store(release, ANALYTIC):.2f} ms, look-up {in_store(release, LOOKUP):.2f} ms"
        )
        print("task\tserver\tp50 ms\tours / theirs\tat most")
        missed = False
        for task in TASKS:
            taken = measure(endpoints, task, given.rounds)
            for name, milliseconds in taken.items():
                ratio, most = taken["phancong"] / milliseconds, task.most.get(name)
                missed |= most is not None and ratio > most
                print(f"{task.name}\t{name}\t{milliseconds:.2f}\t{ratio:.3f}\t{most or '-'}", flush=True)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())

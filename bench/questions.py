"""How long each question takes, with its sample parameters, on a release: p50 and p95 in milliseconds.

    .venv/bin/python bench/questions.py [--release DIR] [--runs N] [--limit MS] [--unfiltered] [--service ADDRESS]

`evidence` is the p95 of the query for the evidence, `both` the two together, and `both cpu` the processor time of the
same runs: what the queries themselves cost where other programs disturb the clock. The peer of the same run is one scan
of the whole store (`SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }`): the last column says how many scans a question takes,
which is about the same on every machine. Exits with 1 when a question, its evidence included, is over the limit by the
clock. With --unfiltered nothing is given but what a question needs: all plans at once, the most that it can answer.

With --service a running service is asked over HTTP for the same answers as JSON, evidence included: `first` is the
first request, the p50 and p95 those of the others, whose queries the service has kept.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from graph.questions.answers import plain_rows
from graph.questions.binding import bind, render
from graph.questions.catalogue import read_catalogue
from graph.questions.question import Question
from graph.release import current
from graph.solutions import table
from graph.store import Store, open_read_only
from service.workers import ALLOCATOR

_SCAN = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_HEADER = f"{'question':46} {'rows':>5} {'p50':>7} {'p95':>7} {'evidence':>8} {'both':>7} {'both cpu':>8} {'scans':>6}"
_HTTP_HEADER = f"{'question':42} {'first':>7} {'p50':>7} {'p95':>7}"


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of reading all solutions of a query."""

    p50: float
    p95: float
    cpu_p95: float


def main() -> int:
    """Print a line a question, slowest first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--release", type=Path, default=Path("releases"), metavar="DIR")
    parser.add_argument("--runs", type=int, default=40, metavar="N", help="runs of each query, after two more (40)")
    parser.add_argument("--limit", type=float, default=50, metavar="MS", help="for the p95 with evidence (50)")
    parser.add_argument("--service", metavar="ADDRESS", help="ask a service instead, such as http://127.0.0.1:8000")
    parser.add_argument("--unfiltered", action="store_true", help="only the parameters that a question needs")
    options = parser.parse_args()
    if options.service:
        return _over_http(options.service, options.runs, options.limit)
    store = open_read_only(current(options.release).path / "store")
    scan = _measured(store, _SCAN, options.runs)
    questions = read_catalogue().values()
    lines = sorted((_line(store, one, scan, options) for one in questions), reverse=True)
    print(_HEADER)
    print("\n".join(line for _, line in lines))
    over = sum(p95 > options.limit for p95, _ in lines)
    print(f"a scan of the store: {scan.p50:.1f} ms (p50); {len(lines)} questions, {over} over {options.limit:g} ms")
    return 1 if over else 0


def _line(store: Store, question: Question, scan: Measured, options: argparse.Namespace) -> tuple[float, str]:
    """Return the p95 of a question and the line to print."""
    runs = options.runs
    needed = {one.name for one in question.parameters if one.required or not options.unfiltered}
    bound = bind(question, {name: value for name, value in question.sample.items() if name in needed})
    sparql = render(question, bound)
    one = _measured(store, sparql, runs)
    evidence, both, cpu = " " * 8, one.p95, one.cpu_p95
    if question.evidence:
        theirs = _measured(store, render(question, bound, question.evidence.sparql), runs)
        evidence, both, cpu = f"{theirs.p95:8.1f}", one.p95 + theirs.p95, one.cpu_p95 + theirs.cpu_p95
    rows = len(plain_rows(question.columns, table(store, sparql)))
    figures = f"{rows:5} {one.p50:7.1f} {one.p95:7.1f} {evidence} {both:7.1f} {cpu:8.1f}"
    return both, f"{question.id:46} {figures} {one.p50 / scan.p50:6.2f}"


def _over_http(address: str, runs: int, limit: float) -> int:
    """Print a line a question, slowest first, of the answers that a service gives as JSON."""
    lines = []
    with httpx.Client(base_url=address, timeout=60) as client:
        for question in read_catalogue().values():
            times = []
            for _ in range(runs + 1):
                start = time.perf_counter()
                client.get(f"/questions/{question.id}", params={**question.sample}).raise_for_status()
                times.append((time.perf_counter() - start) * 1000)
            p95 = _p95(times[1:])
            lines.append((p95, f"{question.id:42} {times[0]:7.1f} {statistics.median(times[1:]):7.1f} {p95:7.1f}"))
    print(_HTTP_HEADER)
    print("\n".join(line for _, line in sorted(lines, reverse=True)))
    over = sum(p95 > limit for p95, _ in lines)
    print(f"{len(lines)} questions, {over} over {limit:g} ms")
    return 1 if over else 0


def _measured(store: Store, sparql: str, runs: int) -> Measured:
    times, cpu_times = [], []
    for _ in range(runs + 2):
        start, cpu_start = time.perf_counter(), time.process_time()
        table(store, sparql)
        times.append((time.perf_counter() - start) * 1000)
        cpu_times.append((time.process_time() - cpu_start) * 1000)
    return Measured(statistics.median(times[2:]), _p95(times[2:]), _p95(cpu_times[2:]))


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[18]


if __name__ == "__main__":
    if not ALLOCATOR.keys() <= os.environ.keys():  # it is read when a program starts: run as the service's workers do
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ALLOCATOR)
    sys.exit(main())

"""How long each question takes, with its sample parameters, on a release: p50 and p95 in milliseconds.

    .venv/bin/python bench/questions.py [--release DIR] [--runs N] [--limit MS]

`p95 cpu` is the processor time of the same runs: what the query itself costs where other programs disturb the clock.
The peer of the same run is one scan of the whole store (`SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }`): the last column
says how many scans a question takes, which is about the same on every machine. Exits with 1 when the p95 of a question
is over the limit by the clock.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.questions.answers import plain_rows
from graph.questions.binding import bind, render
from graph.questions.catalogue import read_catalogue
from graph.questions.question import Question
from graph.questions.table import Table, read_table
from graph.release import current
from graph.store import Store, open_read_only

_SCAN = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_HEADER = f"{'question':42} {'rows':>5} {'p50':>7} {'p95':>7} {'p95 cpu':>7} {'evidence':>8} {'scans':>6}"


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
    parser.add_argument("--limit", type=float, default=50, metavar="MS", help="for the p95 of the answer's query (50)")
    options = parser.parse_args()
    store = open_read_only(current(options.release).path / "store")
    scan = _measured(store, _SCAN, options.runs)
    questions = read_catalogue().values()
    lines = sorted((_line(store, question, scan, options.runs) for question in questions), reverse=True)
    print(_HEADER)
    print("\n".join(line for _, line in lines))
    over = sum(p95 > options.limit for p95, _ in lines)
    print(f"a scan of the store: {scan.p50:.1f} ms (p50); {len(lines)} questions, {over} over {options.limit:g} ms")
    return 1 if over else 0


def _line(store: Store, question: Question, scan: Measured, runs: int) -> tuple[float, str]:
    """Return the p95 of a question and the line to print."""
    bound = bind(question, question.sample)
    sparql = render(question, bound)
    one = _measured(store, sparql, runs)
    evidence = " " * 8
    if question.evidence:
        evidence = f"{_measured(store, render(question, bound, question.evidence.sparql), runs).p95:8.1f}"
    rows = len(plain_rows(question.columns, _select(store, sparql)))
    figures = f"{rows:5} {one.p50:7.1f} {one.p95:7.1f} {one.cpu_p95:7.1f} {evidence} {one.p50 / scan.p50:6.2f}"
    return one.p95, f"{question.id:42} {figures}"


def _measured(store: Store, sparql: str, runs: int) -> Measured:
    times, cpu_times = [], []
    for _ in range(runs + 2):
        start, cpu_start = time.perf_counter(), time.process_time()
        _select(store, sparql)
        times.append((time.perf_counter() - start) * 1000)
        cpu_times.append((time.process_time() - cpu_start) * 1000)
    return Measured(statistics.median(times[2:]), _p95(times[2:]), _p95(cpu_times[2:]))


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[18]


def _select(store: Store, sparql: str) -> Table:
    results = io.BytesIO()
    store.query(sparql).write(results, "application/sparql-results+json")
    return read_table(results.getvalue())


if __name__ == "__main__":
    sys.exit(main())

"""How long each question takes, with its sample parameters, on a release: p50 and p95 in milliseconds.

    .venv/bin/python bench/questions.py [--release DIR] [--runs N] [--limit MS]

The peer of the same run is one scan of the whole store (`SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }`): the last column
says what part of it a question takes, which is about the same on every machine. Exits with 1 when the p95 of a
question is over the limit.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from graph.questions.answers import plain_rows
from graph.questions.binding import bind, render
from graph.questions.catalogue import read_catalogue
from graph.questions.table import Table, read_table
from graph.release import current
from graph.store import Store, open_read_only

_SCAN = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def main() -> int:
    """Print a line a question, slowest first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--release", type=Path, default=Path("releases"), metavar="DIR")
    parser.add_argument(
        "--runs", type=int, default=40, metavar="N", help="runs of each query, after two to warm up (40)"
    )
    parser.add_argument("--limit", type=float, default=50, metavar="MS", help="for the p95 of the answer's query (50)")
    options = parser.parse_args()
    store = open_read_only(current(options.release).path / "store")
    scan, _ = _measured(store, _SCAN, options.runs)
    lines = []
    for question in read_catalogue().values():
        bound = bind(question, question.sample)
        sparql = render(question, bound)
        p50, p95 = _measured(store, sparql, options.runs)
        evidence = render(question, bound, question.evidence.sparql) if question.evidence else None
        with_evidence = f"{_measured(store, evidence, options.runs)[1]:9.1f}" if evidence else " " * 9
        count = len(plain_rows(question.columns, _select(store, sparql)))
        lines.append((p95, f"{question.id:42} {count:5} {p50:7.1f} {p95:7.1f} {with_evidence} {p50 / scan:9.2f}"))
    print(f"{'question':42} {'rows':>5} {'p50 ms':>7} {'p95 ms':>7} {'evidence':>9} {'of a scan':>9}")
    print("\n".join(line for _, line in sorted(lines, reverse=True)))
    print(f"a scan of the store: {scan:.1f} ms (p50); {len(lines)} questions; limit {options.limit:g} ms")
    return 1 if max(p95 for p95, _ in lines) > options.limit else 0


def _measured(store: Store, sparql: str, runs: int) -> tuple[float, float]:
    """Return p50 and p95 of reading all solutions of a query, in milliseconds."""
    times = []
    for _ in range(runs + 2):
        start = time.perf_counter()
        _select(store, sparql)
        times.append((time.perf_counter() - start) * 1000)
    return _percentiles(times[2:])


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def _select(store: Store, sparql: str) -> Table:
    results = io.BytesIO()
    store.query(sparql).write(results, "application/sparql-results+json")
    return read_table(results.getvalue())


if __name__ == "__main__":
    sys.exit(main())

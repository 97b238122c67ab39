"""How long a question in words takes to understand; the peer of the same run is the query that answers it.

.venv/bin/python bench/asking.py [FOLDER OF RELEASES]
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from graph.asking.evaluation import TODAY, load_labels
from graph.asking.found import Asking
from graph.asking.ideas import read_ideas
from graph.asking.names import QUERIES, names_of
from graph.asking.understanding import Outcome, understand
from graph.questions.binding import bind, render
from graph.questions.catalogue import read_catalogue
from graph.release import current
from graph.solutions import select, table
from graph.store import open_read_only


def main(releases: Path) -> None:
    """Understand and answer every labelled question, and print medians, 95th percentiles and their ratio."""
    store = open_read_only(current(releases).path / "store")
    start = time.perf_counter()
    found = {name: table(store, query) for name, query in QUERIES.items()}
    asking = Asking.of(read_ideas(read_catalogue()), names_of(found))
    print(f"names and ideas, once a release: {time.perf_counter() - start:.2f} s")
    understood, answered = [], []
    for label in (label for labels in load_labels().values() for label in labels):
        start = time.perf_counter()
        understanding = understand(label["ask"], asking, TODAY)
        understood.append(time.perf_counter() - start)
        if understanding.outcome is Outcome.ANSWER:
            best = understanding.candidates[0]
            question = best.asked.question
            start = time.perf_counter()
            select(store, render(question, bind(question, best.filled.values)))
            answered.append(time.perf_counter() - start)
    for name, times in (("understanding", understood), ("its query", answered)):
        p95 = statistics.quantiles(times, n=20)[-1]
        print(
            f"{name:14} {len(times):4} times  median {statistics.median(times) * 1e3:6.1f} ms  p95 {p95 * 1e3:6.1f} ms"
        )
    print(f"understanding / its query, medians: {statistics.median(understood) / statistics.median(answered):.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "releases"))

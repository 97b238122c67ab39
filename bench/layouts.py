"""How well plans are read again that were printed in layouts, columns and issuers' names of other plans.

Prints a row a case: its rows, and the F1 of every field that is not 1.000. usage: layouts.py [PART OF A NAME];
"trial" measures only the plan that was written for the tests, in the layouts of ``layouts/trials.py`` and
``layouts/scattered.py``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "test_graph" / "test_extraction"))

from layouts.cases import all_cases, measure, measure_file
from layouts.scattered import SCATTERED
from layouts.trials import TRIALS, expected

from graph.evaluation import Scores
from graph.extraction import Extractor
from graph.sources import load_sources, read_source
from graph.vocabulary import load_vocabulary

LEFT_OUT = ("topic", "whole")  # what a case is not about


def main(wanted: str = "") -> None:
    """Measure every case whose name holds the wanted part."""
    for name, rows, scores in measured(Extractor.load(load_vocabulary()), wanted):
        fields = {field: tally.f1 for (_, doc, field), tally in scores.items() if doc == "*"}
        short = [f"{f} {f1:.3f}" for f, f1 in fields.items() if f1 < 0.9995 and not f.startswith(LEFT_OUT)]
        print(f"{name:52} {rows:3} rows  {'  '.join(short) or 'every field 1.000'}", flush=True)


def measured(extractor: Extractor, wanted: str) -> Iterator[tuple[str, int, Scores]]:
    """The name of each case, how many rows it has, and how well they are read."""
    with tempfile.TemporaryDirectory() as folder:
        for name, trial in {**TRIALS, **SCATTERED}.items():
            if wanted in f"trial/{name}":
                path = Path(folder) / "plan"
                path.write_bytes(trial(expected(name)))
                yield f"trial/{name}", len(expected(name)), measure_file(extractor, path, expected(name))
    if wanted.startswith("trial"):
        return
    plans = {source.id: extractor.extract(source.id, read_source(source)) for source in load_sources()}
    for case in all_cases(plans):
        if wanted in case.name:
            yield case.name, len(case.gold), measure(extractor, case)


if __name__ == "__main__":
    main(*sys.argv[1:2])

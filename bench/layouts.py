"""How well plans are read again that were printed in layouts, columns and issuers' names of other plans.

Prints a row a case: rows found, and the F1 of every field that is not 1.000. usage: layouts.py [PART OF A NAME]
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "test_graph" / "test_extraction"))

from layouts.cases import all_cases, measure

from graph.extraction import Extractor
from graph.sources import load_sources, read_source
from graph.vocabulary import load_vocabulary

LEFT_OUT = ("topic", "whole")  # what a case is not about


def main(wanted: str = "") -> None:
    """Measure every case whose name holds the wanted part."""
    extractor = Extractor.load(load_vocabulary())
    plans = {source.id: extractor.extract(source.id, read_source(source)) for source in load_sources()}
    for case in all_cases(plans):
        if wanted in case.name:
            scores = measure(extractor, case)
            fields = {field: tally.f1 for (_, doc, field), tally in scores.items() if doc == "*"}
            short = [f"{f} {f1:.3f}" for f, f1 in fields.items() if f1 < 0.9995 and not f.startswith(LEFT_OUT)]
            print(f"{case.name:52} {len(case.gold):3} rows  {'  '.join(short) or 'every field 1.000'}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])

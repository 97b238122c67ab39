"""A plan written for the tests, in layouts of other offices, is read about as well as the plans at hand
(``bench/layouts.py trials`` prints the figures)."""

from __future__ import annotations

from pathlib import Path

import pytest
from layouts.cases import measure_file
from layouts.scattered import SCATTERED
from layouts.trials import TRIALS, expected

from graph.extraction import Extractor

ALL = {**TRIALS, **SCATTERED}
LEAST = {"row": 0.97, "title": 0.92, "no": 0.97, "lead": 0.95, "coord": 0.93, "result": 0.92, "deadline": 0.95}


@pytest.mark.parametrize("name", ALL)
def test_a_layout_of_another_office(tmp_path: Path, extractor: Extractor, name: str) -> None:
    path = tmp_path / "plan"
    path.write_bytes(ALL[name](expected(name)))
    scores = measure_file(extractor, path, expected(name))
    reached = {field: tally.f1 for (_, doc, field), tally in scores.items() if doc == "*"}
    assert {field: reached[field] for field, least in LEAST.items() if reached[field] < least} == {}

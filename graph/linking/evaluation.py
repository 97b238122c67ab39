"""Linking quality: links against pairs that people labelled (data/evaluation/links), each the same or not.

What counts is who ends up together: two tasks in one cluster, two indicators with one canonical indicator.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.evaluation import GOLD, GoldError, Scores, Tally
from graph.namespaces import BASE

LABELLED = GOLD / "links"
_PARTS = {"a": str, "b": str, "same": bool}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things of one kind (``tasks``, ``indicators``), and whether a reader holds them for the same."""

    kind: str
    a: str
    b: str
    same: bool


def load_pairs(folder: Path = LABELLED) -> tuple[Pair, ...]:
    """The labelled pairs of a folder; one that is not there holds none. Raises :class:`GoldError`."""
    pairs = []
    for path in sorted(folder.glob("*.jsonl")):
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise GoldError(f"{path}:{n}: is no JSON: {error}") from None
            wrong = next((part for part, kind in _PARTS.items() if not isinstance(row.get(part), kind)), None)
            if wrong:
                raise GoldError(f"{path}:{n}: {wrong} is missing or no {_PARTS[wrong].__name__}")
            a, b = (f"{BASE}id/{row[end]}" for end in ("a", "b"))
            pairs.append(Pair(path.stem, a, b, row["same"]))
    return tuple(pairs)


def score_links(pairs: Sequence[Pair], together: Mapping[str, str], field: str) -> Scores:
    """Precision and recall by kind. ``together`` says of a thing what it was put together with: its leader or canonical
    indicator; a thing that is not there was put together with none."""
    scores: Scores = {}
    for pair in pairs:
        found = together.get(pair.a, pair.a) == together.get(pair.b, pair.b)
        tally = scores.setdefault((pair.kind, "*", field), Tally())
        tally.add(int(found and pair.same), int(pair.same), int(found))
    return scores

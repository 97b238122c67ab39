"""Extraction quality: extracted records against gold rows, a field and a document at a time.

Texts are compared as people would: case, diacritics and spacing aside, so that a mended OCR error is no miss. Agency
lists, targets, topics and numbers are compared as sets. Gold may be partial (data/evaluation/README.md).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.text import fold

GOLD = Path(__file__).parent.parent / "data" / "evaluation"
KINDS = ("document", "task", "indicator", "citation")
_SAME_TITLE, _SAME_RESULT, _SAME_AGENCY = 0.95, 0.9, 0.9
_SAME_ROW, _SAME_PLACE_BONUS = 0.6, 0.15
_JUDGED_TOPIC = "data"
_WHOLE = "whole row"

Row = Mapping[str, Any]


class GoldError(Exception):
    """A gold file cannot be used; the message names the file and the line."""


@dataclass(slots=True)
class Tally:
    """How often a field was right: found of ``gold``, and of what was ``predicted``."""

    right: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, right: int, gold: int, predicted: int) -> None:
        """Count some more."""
        self.right, self.gold, self.predicted = self.right + right, self.gold + gold, self.predicted + predicted

    @property
    def precision(self) -> float:
        """Share of the predicted that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.gold + self.predicted
        return 2 * self.right / total if total else 1.0


Scores = dict[tuple[str, str, str], Tally]
"""By kind, document and field; document ``*`` is all of them."""


def load_gold(folder: Path = GOLD) -> dict[str, list[Row]]:
    """The gold rows of a folder by kind; a line ``complete`` is kept among them. Raises :class:`GoldError`."""
    rows: dict[str, list[Row]] = defaultdict(list)
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise GoldError(f"{folder}: holds no gold rows (*.jsonl)")
    for path in files:
        kind = next((kind for kind in KINDS if path.name.startswith(kind)), None)
        if kind is None:
            raise GoldError(f"{path}: its name tells no kind of record ({', '.join(KINDS)})")
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                rows[kind] += [json.loads(line)] if line.strip() else []
            except ValueError as error:
                raise GoldError(f"{path}:{n}: is no JSON: {error}") from None
    return rows


def rows_about(gold: Mapping[str, Sequence[Row]], sources: Sequence[str]) -> dict[str, list[Row]]:
    """The gold rows about some sources, by their ids; "003-plan" is a document that the file of 003 holds."""

    def wanted(row: Row) -> bool:
        return "complete" in row or any(row["doc"] == id_ or row["doc"].startswith(f"{id_}-") for id_ in sources)

    return {kind: [row for row in rows if wanted(row)] for kind, rows in gold.items()}


def evaluate(gold: Mapping[str, Sequence[Row]], predicted: Sequence[Row]) -> Scores:
    """Score extracted records (as :func:`graph.records.to_json` gives them) against gold rows."""
    scores: Scores = defaultdict(Tally)
    for kind, rows in gold.items():
        complete = {part for row in rows for part in row.get("complete", ())}
        counted = [row for row in rows if "complete" not in row and not row.get("optional")]
        for doc in dict.fromkeys(row["doc"] for row in counted):
            mine = [row for row in counted if row["doc"] == doc]
            theirs = [row for row in predicted if row["kind"] == kind and row["doc"] == doc]
            fields: dict[str, Tally] = defaultdict(Tally)
            _SCORERS[kind](mine, theirs, fields, complete)
            for field, tally in fields.items():
                if not tally.gold and not tally.predicted:  # nobody states it, nobody claims it
                    continue
                for key in ((kind, doc, field), (kind, "*", field)):
                    scores[key].add(tally.right, tally.gold, tally.predicted)
    return scores


def to_text(scores: Scores) -> str:
    """A field a row: kind, document, field, precision, recall, F1 and the counts."""
    lines = [f"{'kind':10} {'document':13} {'field':19} {'P':>6} {'R':>6} {'F1':>6}  right/gold, predicted"]
    for (kind, doc, field), t in scores.items():
        counts = f"{t.right}/{t.gold}, {t.predicted}"
        lines.append(f"{kind:10} {doc:13} {field:19} {t.precision:6.3f} {t.recall:6.3f} {t.f1:6.3f}  {counts}")
    return "\n".join(lines) + "\n"


def to_json(scores: Scores) -> list[dict[str, Any]]:
    """The same as plain values, one object a field and document."""
    return [
        {
            "kind": kind,
            "document": doc,
            "field": field,
            "precision": round(t.precision, 4),
            "recall": round(t.recall, 4),
            "f1": round(t.f1, 4),
            "right": t.right,
            "gold": t.gold,
            "predicted": t.predicted,
        }
        for (kind, doc, field), t in scores.items()
    ]


Fields = dict[str, Tally]


def _score_tasks(gold: Sequence[Row], predicted: Sequence[Row], fields: Fields, complete: set[str]) -> None:
    pairs = _pair(gold, predicted, "title")
    for mine, theirs in pairs:
        got = theirs or {}
        before = _wrong(fields)
        fields["row"].add(int(theirs is not None), 1, int(theirs is not None))
        _one(fields["title"], theirs, _reads(mine, "title", got) >= _SAME_TITLE)
        _one(fields["no"], theirs, str(mine.get("no")) == str(got.get("no")))
        for field in ("lead", "coord"):
            fields[field].add(*_names(mine.get(f"{field}_clean") or mine[field], got.get(field, ())))
        _one(fields["result"], theirs, _reads(mine, "result", got) >= _SAME_RESULT)
        readings = [mine.get("deadline"), *(mine.get("deadline_alt") or [])]
        _one(fields["deadline"], theirs, _times(got.get("deadline")) in map(_times, readings))
        free = set(mine.get("topics_optional") or ()) - set(mine["topics"])
        says, should = _JUDGED_TOPIC in set(got.get("topics", ())) - free, _JUDGED_TOPIC in mine["topics"]
        fields[f"topic:{_JUDGED_TOPIC}"].add(int(says and should), int(should), int(says))
        _count_whole(fields, theirs, before)
    _count_spurious(fields, pairs, predicted, complete)


def _score_indicators(gold: Sequence[Row], predicted: Sequence[Row], fields: Fields, complete: set[str]) -> None:
    prose = [row for row in gold if row.get("annex") is None]
    if prose:
        _score_prose(prose, [row for row in predicted if row.get("annex") is None], fields)
    pairs = _pair(
        [row for row in gold if row.get("annex") is not None], [r for r in predicted if r.get("annex")], "name"
    )
    for mine, theirs in pairs:
        got = theirs or {}
        before = _wrong(fields)
        fields["row"].add(int(theirs is not None), 1, int(theirs is not None))
        _one(fields["name"], theirs, _reads(mine, "name", got) >= _SAME_TITLE)
        _one(fields["unit"], theirs, _reads(mine, "unit", got) >= _SAME_RESULT)
        wanted, found = _targets(mine), _targets(got)
        fields["targets"].add(len(wanted & found), len(wanted), len(found))
        fields["lead"].add(*_names(_responsible(mine), _responsible(got)))
        _count_whole(fields, theirs, before)
    _count_spurious(fields, pairs, [row for row in predicted if row.get("annex")], complete)


def _score_prose(gold: Sequence[Row], predicted: Sequence[Row], fields: Fields) -> None:
    """Targets in running text: found where one of the same year, operator and value speaks of the same thing; naming is
    free."""
    free = list(predicted)
    for mine in gold:
        words = set(fold(mine["name"]).split())

        def fit(row: Row, mine: Row = mine, words: set[str] = words) -> tuple[bool, float]:
            said = set(fold(f"{row.get('name')} {row.get('sentence')}").split())
            return bool(_targets(mine) & _targets(row)), len(words & said) / max(1, len(words))

        best = max(free, key=fit, default=None)
        hit = best is not None and fit(best)[0] and fit(best)[1] >= 0.4
        if best is not None and hit:
            free.remove(best)
        fields["prose row"].add(int(hit), 1, 0)
    fields["prose row"].add(0, 0, len(predicted))


def _score_citations(gold: Sequence[Row], predicted: Sequence[Row], fields: Fields, complete: set[str]) -> None:
    found = {_number(row["number"]): row for row in predicted}
    wanted = [row for row in gold if row.get("number")]
    for mine in wanted:
        spellings = [_number(number) for number in (mine["number"], *(mine.get("aliases") or ()))]
        theirs = next((found[number] for number in spellings if number in found), None)
        fields["number"].add(int(theirs is not None), 1, 0)
        if theirs is None:
            continue
        if mine.get("date"):
            fields["date"].add(int(theirs["date"] == mine["date"]), 1, int(bool(theirs["date"])))
        readings = [mine.get("relation"), *(mine.get("relation_alt") or ())]
        fields["relation"].add(int(theirs["relation"] in readings), 1, 1)
    fields["number"].add(0, 0, len(found))


def _score_documents(gold: Sequence[Row], predicted: Sequence[Row], fields: Fields, complete: set[str]) -> None:
    for mine in gold:
        theirs = predicted[0] if predicted else None
        got = theirs or {}
        for field in ("number", "date", "issuer", "province", "status"):
            readings = [mine.get(field), *(mine.get(f"{field}_alt") or ())]
            _one(fields[field], theirs, any(_alike(value, got.get(field)) >= _SAME_RESULT for value in readings))
        _one(fields["title"], theirs, _reads(mine, "title", got) >= 0.85)
        for field in ("implements", "replaces"):
            wanted, found = {_number(n) for n in mine.get(field) or ()}, {_number(n) for n in got.get(field) or ()}
            fields[field].add(len(wanted & found), len(wanted), len(found))


_SCORERS: Mapping[str, Callable[[Sequence[Row], Sequence[Row], Fields, set[str]], None]] = {
    "document": _score_documents,
    "task": _score_tasks,
    "indicator": _score_indicators,
    "citation": _score_citations,
}


def _pair(gold: Sequence[Row], predicted: Sequence[Row], field: str) -> list[tuple[Row, Row | None]]:
    """Each gold row with at most one extracted row: the most similar text, the same place in the plan counting for
    something."""

    def place(row: Row) -> tuple[str, str, str]:
        return str(row.get("annex")), str(row.get("no")), str(row.get("block_year"))

    candidates = []
    for g, mine in enumerate(gold):
        for p, theirs in enumerate(predicted):
            here = place(mine) == place(theirs)
            if mine.get("block_year") != theirs.get("block_year") or not (
                here or _share_words(mine[field], theirs[field])
            ):
                continue
            likeness = _alike(mine[field], theirs[field])
            if likeness >= _SAME_ROW or (here and likeness >= 0.35):
                candidates.append((-likeness - _SAME_PLACE_BONUS * here, g, p))
    taken: dict[int, int] = {}
    for _, g, p in sorted(candidates):
        if g not in taken and p not in taken.values():
            taken[g] = p
    return [(mine, predicted[taken[g]] if g in taken else None) for g, mine in enumerate(gold)]


def _count_spurious(
    fields: Fields, pairs: Sequence[tuple[Row, Row | None]], predicted: Sequence[Row], complete: set[str]
) -> None:
    matched = {id(theirs) for _, theirs in pairs if theirs is not None}
    for row in predicted:
        if id(row) not in matched and {row["doc"], f"{row['doc']}/{row.get('annex')}"} & complete:
            fields["row"].add(0, 0, 1)


def _wrong(fields: Fields) -> int:
    """How much is missing or too much in all fields so far."""
    return sum(t.gold + t.predicted - 2 * t.right for field, t in fields.items() if not field.startswith(_WHOLE))


def _count_whole(fields: Fields, theirs: Row | None, wrong_before: int) -> None:
    """Whether every field of a row is right, apart for rows that carry doubts: what a doubt and no doubt are worth."""
    if theirs is not None:
        kind = "doubtful" if theirs.get("doubts") else "sure"
        fields[f"{_WHOLE}, {kind}"].add(int(_wrong(fields) == wrong_before), 1, 1)


def _one(tally: Tally, theirs: Row | None, right: bool) -> None:
    tally.add(int(right and theirs is not None), 1, int(theirs is not None))


def _names(gold: Iterable[str], predicted: Iterable[str]) -> tuple[int, int, int]:
    wanted, left = (
        [fold(name).removeprefix("cac ") for name in gold],
        [fold(name).removeprefix("cac ") for name in predicted],
    )
    size, right = len(left), 0
    for name in wanted:
        best = max(left, key=lambda other: SequenceMatcher(None, name, other, autojunk=False).ratio(), default=None)
        if best is not None and SequenceMatcher(None, name, best, autojunk=False).ratio() >= _SAME_AGENCY:
            left.remove(best)
            right += 1
    return right, len(wanted), size


def _responsible(row: Row) -> Sequence[str]:
    return row.get("lead") or row.get("lead_inherited") or ()


def _targets(row: Row) -> set[tuple[Any, ...]]:
    found = set()
    for target in row.get("targets") or ():
        op = "yes" if target["op"] == "text" and fold(target["raw"]) in {"hoan thanh", "co", "x"} else target["op"]
        found.add((target["year"], op, target["value"], target.get("value_max")))
    return found


def _times(deadlines: Iterable[Row] | None) -> frozenset[tuple[Any, ...]]:
    return frozenset((d["kind"], d["end"] or "", d["recurrence"] or "") for d in deadlines or ())


def _reads(gold: Row, field: str, got: Row) -> float:
    readings = [gold.get(f"{field}_clean") or gold.get(field), gold.get(field), *(gold.get(f"{field}_alt") or ())]
    return max(_alike(reading, got.get(field)) for reading in readings)


@lru_cache(maxsize=65536)
def _alike(a: str | None, b: str | None) -> float:
    left, right = _comparable(a), _comparable(b)
    return 1.0 if left == right else SequenceMatcher(None, left, right, autojunk=False).ratio()


def _comparable(text: str | None) -> str:
    """Folded, but with the signs that make a value or a number what it is."""
    kept = str(text or "").replace("%", " phan tram ").replace("≥", " tu ").replace("≤", " toi da ")
    return fold(kept)


def _share_words(a: str, b: str) -> bool:
    left, right = set(fold(a).split()), set(fold(b).split())
    return 3 * len(left & right) >= len(left | right)


def _number(number: str) -> str:
    return "".join(number.lower().split())

"""How well questions in words are understood: labelled phrasings (data/evaluation/asking), by set and language."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.asking import AskingError
from graph.asking.found import Asking
from graph.asking.understanding import Outcome, Understanding, understand

LABELLED = Path(__file__).parent.parent.parent / "data" / "evaluation" / "asking"
TODAY = datetime.date(2026, 2, 10)
"""The day on which the labelled questions are asked."""

DECLINED = "declined"
"""The outcome of a label that anything but an answer is right for: what is not about the catalogue."""

_KEYS = {"ask", "language", "outcome", "question", "parameters", "or"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A phrasing, its set, what it was understood as, and whether that is right."""

    set: str
    label: Mapping[str, Any]
    understanding: Understanding
    right: bool


def load_labels(folder: Path = LABELLED) -> dict[str, list[Mapping[str, Any]]]:
    """The labelled phrasings of a folder, by set. Raises AskingError."""
    sets = {path.stem: _labels(path) for path in sorted(folder.glob("*.jsonl"))}
    if not sets:
        raise AskingError(f"{folder}: holds no labelled questions (*.jsonl)")
    return sets


def judge(sets: Mapping[str, Iterable[Mapping[str, Any]]], asking: Asking) -> list[Judged]:
    """Understand every phrasing and compare."""
    found = []
    for name, labels in sets.items():
        for label in labels:
            understanding = understand(label["ask"], asking, TODAY)
            found.append(Judged(name, label, understanding, is_right(label, understanding)))
    return found


def is_right(label: Mapping[str, Any], understanding: Understanding) -> bool:
    """Whether the outcome is the labelled one, and with it the question and all its parameters."""
    if label["outcome"] == DECLINED:
        return understanding.outcome is not Outcome.ANSWER
    if understanding.outcome != label["outcome"]:
        return False
    if understanding.outcome is Outcome.CHOOSE:
        return label["question"] in {one.asked.question.id for one in understanding.candidates}
    if understanding.outcome is not Outcome.ANSWER:
        return True
    best = understanding.candidates[0]
    defaults = {one.name: one.default for one in best.asked.question.parameters if one.default is not None}
    meant = [(one["question"], defaults | one["parameters"]) for one in (label, *label.get("or", ()))]
    return (best.asked.question.id, defaults | best.filled.values) in meant


def to_text(judged: Iterable[Judged]) -> str:
    """The share understood rightly, a set and language a row, and how many were answered wrongly."""
    lines = [f"{'set':12} {'language':9} {'right':>9} {'share':>6} {'answered wrongly':>16}"]
    for row in _shares(list(judged)):
        counts = f"{row['right']:4}/{row['all']:4} {row['share']:6.3f} {row['answered_wrongly']:16}"
        lines.append(f"{row['set']:12} {row['language']:9} {counts}")
    return "\n".join(lines) + "\n"


def to_json(judged: Iterable[Judged]) -> dict[str, Any]:
    """The same as rows of a table (language ``*`` is all of them), and the mistakes one by one."""
    judged = list(judged)
    mistakes = [
        {"set": one.set, "label": one.label, "outcome": one.understanding.outcome, "taken_for": _taken(one)}
        for one in judged
        if not one.right
    ]
    return {"shares": _shares(judged), "mistakes": mistakes}


def _shares(judged: list[Judged]) -> list[dict[str, Any]]:
    rows = []
    for name in dict.fromkeys(one.set for one in judged):
        mine = [one for one in judged if one.set == name]
        for language in (*dict.fromkeys(one.label["language"] for one in mine), "*"):
            counted = [one for one in mine if language in (one.label["language"], "*")]
            right = sum(one.right for one in counted)
            wrongly = sum(not one.right and one.understanding.outcome is Outcome.ANSWER for one in counted)
            row = {"right": right, "all": len(counted), "share": right / len(counted), "answered_wrongly": wrongly}
            rows.append({"set": name, "language": language, **row})
    return rows


def _taken(judged: Judged) -> list[dict[str, Any]]:
    near = judged.understanding.candidates[:2]
    return [{"question": one.asked.question.id, "parameters": one.filled.values, "fit": one.fit} for one in near]


def _labels(path: Path) -> list[Mapping[str, Any]]:
    labels: list[Mapping[str, Any]] = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            label = json.loads(line)
        except ValueError as error:
            raise AskingError(f"{path}:{n}: is no JSON: {error}") from None
        if not isinstance(label, dict) or not {"ask", "language", "outcome"} <= set(label) <= _KEYS:
            raise AskingError(f"{path}:{n}: needs ask, language and outcome, and takes question, parameters and or")
        labels.append(label)
    return labels

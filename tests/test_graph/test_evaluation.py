"""Scores: which gold rows count, and what is said of fields that nobody states."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.evaluation import GOLD, GoldError, evaluate, load_gold, rows_about

PLAN = {"doc": "003-plan", "number": "1/KH-UBND", "title": "Kế hoạch", "replaces": []}


def test_gold_rows_are_kept_for_every_document_of_a_source() -> None:
    gold = {"document": [PLAN, PLAN | {"doc": "003"}, PLAN | {"doc": "0031"}, {"complete": ["003"]}]}
    assert [row.get("doc") for row in rows_about(gold, ["003"])["document"]] == ["003-plan", "003", None]


def test_the_sources_of_this_project_keep_every_gold_row() -> None:
    gold = load_gold(GOLD)
    assert rows_about(gold, ["000", "001", "002", "003", "004"]) == gold


def test_a_field_that_nobody_states_has_no_score() -> None:
    scores = evaluate({"document": [PLAN]}, [PLAN | {"kind": "document", "number": "2/KH-UBND"}])
    assert ("document", "*", "replaces") not in scores
    assert scores["document", "*", "title"].f1 == 1.0
    assert scores["document", "*", "number"].f1 == 0.0


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("rows.jsonl", "{}\n", "its name tells no kind"),
        ("tasks.jsonl", "{}\n{\n", "tasks.jsonl:2"),
        ("x.txt", "", "holds no gold"),
    ],
)
def test_gold_that_cannot_be_read_is_refused(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=words):
        load_gold(tmp_path)

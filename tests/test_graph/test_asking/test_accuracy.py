"""The labelled questions: how many there are, that their labels can be right, and the share understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.asking import AskingError
from graph.asking.evaluation import judge, load_labels, to_json, to_text
from graph.asking.found import Asking
from graph.questions.binding import bind
from graph.questions.catalogue import read_catalogue

LABELS = load_labels()
LEAST = 0.9  # of each set
MOST_WRONG = 0.01  # of what was not used to build it; the rest of the mistakes ask back
OFF_CATALOGUE = "off-catalogue"  # how the names of sets begin that hold sentences that no answer is right for
# Sets whose mistakes nobody has looked at.
UNSEEN = ("held-out-2", "held-out-7", "held-out-13", "held-out-14", "held-out-15")


def test_every_label_names_a_question_and_parameters_that_it_takes() -> None:
    catalogue = read_catalogue()
    for label in (label for labels in LABELS.values() for label in labels):
        for meant in (label, *label.get("or", ())):
            if "parameters" in meant:
                assert bind(catalogue[meant["question"]], meant["parameters"]) is not None


def test_the_sets_share_no_phrasing_and_cover_outcomes_and_languages() -> None:
    asked = [label["ask"] for labels in LABELS.values() for label in labels]
    assert len(asked) == len(set(asked)) >= 120
    for name, labels in LABELS.items():
        outcomes = {"declined"} if name.startswith(OFF_CATALOGUE) else {"answer", "choose", "absent", "unknown"}
        assert {label["language"] for label in labels} == {"vi", "vi-plain", "en"}
        assert {label["outcome"] for label in labels} == outcomes


def test_what_was_not_used_to_build_it_is_understood(asking: Asking) -> None:
    judged = judge({name: LABELS[name] for name in UNSEEN}, asking)
    shares = [row for row in to_json(judged)["shares"] if row["language"] == "*"]
    assert sum(row["all"] for row in shares) >= 120
    assert sum(row["right"] for row in shares) / sum(row["all"] for row in shares) >= LEAST
    assert sum(row["answered_wrongly"] for row in shares) / sum(row["all"] for row in shares) <= MOST_WRONG
    assert "held-out-2   *" in to_text(judged)


def test_what_was_used_to_build_it_stays_understood(asking: Asking) -> None:
    judged = judge({name: labels for name, labels in LABELS.items() if name not in UNSEEN}, asking)
    for row in to_json(judged)["shares"]:
        if row["language"] == "*":
            assert row["share"] >= LEAST, row["set"]
            assert row["answered_wrongly"] == 0, row["set"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"ask": "x"', "is no JSON"),
        ('{"ask": "x"}', "needs ask"),
        ('{"ask": "x", "language": "vi", "outcome": "answer", "why": 1}', "takes"),
    ],
)
def test_a_bad_label_is_refused_with_its_line(line: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line)
    with pytest.raises(AskingError, match=f"a.jsonl:1: .*{words}"):
        load_labels(tmp_path)


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AskingError, match="holds no labelled questions"):
        load_labels(tmp_path)

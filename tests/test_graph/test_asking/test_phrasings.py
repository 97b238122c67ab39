"""Whole phrasings: what is counted, what it says of a new one, and the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.asking import AskingError
from graph.asking.evaluation import TODAY
from graph.asking.found import Asking, find
from graph.asking.ideas import read_ideas
from graph.asking.phrasings import NO_QUESTION, counted, read_phrasings
from graph.questions.catalogue import read_catalogue

IDEAS = read_ideas(read_catalogue())
FEW = (
    ("tasks-due", "Việc gì đến hạn {period}?"),
    ("tasks-due", "What is due {period} in {area}?"),
    ("documents-held", "Which plans do you hold for {area}?"),
    ("documents-held", "Kho có những kế hoạch nào?"),
    (NO_QUESTION, "Hôm nay ăn gì?"),
)


def test_every_question_has_phrasings_and_so_have_questions_that_are_not_in_the_catalogue() -> None:
    phrasings = read_phrasings(IDEAS)
    assert set(phrasings.totals) == {one.question.id for one in IDEAS.asked} | {NO_QUESTION}
    assert min(phrasings.totals.values()) >= 10


def test_words_and_kinds_of_names_tell_the_question(asking: Asking) -> None:
    phrasings = counted(FEW, IDEAS)
    for text, question in (
        ("việc nào đến hạn tháng 3?", "tasks-due"),
        ("which plans of Thanh Hoa do you hold", "documents-held"),
        ("ăn gì hôm nay", NO_QUESTION),
    ):
        shares = phrasings.shares(find(text, asking, TODAY).signs)
        assert max(shares, key=lambda one: shares[one]) == question
        assert sum(shares.values()) == pytest.approx(1)


def test_nothing_is_likelier_where_no_sign_is_known() -> None:
    assert list(counted(FEW, IDEAS).shares({"zzz"}).values()) == pytest.approx([1 / 3] * 3)


def test_names_count_by_their_kind_and_not_as_words(asking: Asking) -> None:
    signs = find("Sở Y tế Quảng Trị làm gì trong quý I/2026?", asking, TODAY).signs
    assert {":agency", ":area", ":period"} <= signs
    assert not {"te", "quang", "2026"} & signs


def test_a_word_of_several_phrasings_of_questions_is_known() -> None:
    phrasings = counted([*FEW, (NO_QUESTION, "ăn hôm nay"), ("tasks-due", "xyz"), ("documents-held", "xyz")], IDEAS)
    assert "xyz" in phrasings.words
    assert "an" not in phrasings.words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[no-such]\nvi = ["a"]', r"\[no-such\]: is no question"),
        ('[tasks]\nfr = ["a"]', "has more than vi and en"),
        ('[tasks]\nvi = ["a {colour}"]', r"\{colour\} is none of"),
        ("[tasks", "is no TOML"),
    ],
)
def test_a_bad_entry_is_refused_with_its_place(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "phrasings.toml"
    path.write_text(text)
    with pytest.raises(AskingError, match=f"phrasings.toml: .*{words}"):
        read_phrasings(IDEAS, path)

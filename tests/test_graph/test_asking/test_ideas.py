"""The files of ideas and of what tells each question."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.asking import AskingError
from graph.asking.ideas import IDEAS, QUESTIONS, read_ideas
from graph.questions.catalogue import read_catalogue

CATALOGUE = read_catalogue()


def test_every_question_of_the_catalogue_can_be_told() -> None:
    assert [asked.question.id for asked in read_ideas(CATALOGUE).asked if not asked.readings] == []


def test_every_idea_is_used() -> None:
    ideas = read_ideas(CATALOGUE)
    used = {name for asked in ideas.asked for one in asked.readings for name in {*one.needed, *one.optional}}
    assert set(ideas.by_name) - used - {"stop", "filler", "narrow", "weakly", "threshold", "not", "turn"} == set()


def test_a_question_without_an_entry_is_told_by_its_titles(tmp_path: Path) -> None:
    questions = tmp_path / "questions.toml"
    questions.write_text("")
    (asked,) = (one for one in read_ideas(CATALOGUE, IDEAS, questions).asked if one.question.id == "agency-pairs")
    assert {"pair", "most"} <= set(asked.readings[0].needed) | set(asked.readings[1].needed)


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        ("[no-such]\nreadings = []", r"\[no-such\]: there is no such question"),
        ('[tasks]\nreadings = ["task wish"]', '"wish" is neither an idea'),
        ('[tasks]\nreadings = ["task :colour"]', '":colour" is neither an idea'),
        ('[tasks]\nalike = ["wishes"]', "alike names a question that is not"),
        ('[tasks]\nvalues.kind.x = ["y"]', 'no parameter "kind"'),
        ("[tasks", "is no TOML"),
    ],
)
def test_a_bad_entry_is_refused_with_its_place(questions: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "questions.toml"
    path.write_text(questions)
    with pytest.raises(AskingError, match=f"questions.toml: .*{words}"):
        read_ideas(CATALOGUE, IDEAS, path)


def test_a_place_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ideas.toml"
    path.write_text('[task]\nonly = "middle"\nen = ["task"]\n')
    with pytest.raises(AskingError, match=r'ideas.toml: \[task\]: only is "first" or "last"'):
        read_ideas(CATALOGUE, path, QUESTIONS)


def test_an_idea_without_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ideas.toml"
    path.write_text("[task]\nweight = 1\n")
    with pytest.raises(AskingError, match=r"ideas.toml: \[task\]: needs words"):
        read_ideas(CATALOGUE, path, QUESTIONS)

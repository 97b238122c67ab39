"""The groups in which pages list the questions, read from question_groups.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.questions.question import Question, Text


@dataclass(frozen=True, slots=True)
class Group:
    """A group of questions with its heading."""

    title: Text
    questions: tuple[Question, ...]


_GROUPS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["group"]


def group_questions(questions: Mapping[str, Question]) -> tuple[Group, ...]:
    """Return the questions by group, in the order of the file; those that no group names end the last group."""
    named = {name for group in _GROUPS for name in group["questions"]}
    rest = [name for name in questions if name not in named]
    found = []
    for n, group in enumerate(_GROUPS, 1):
        names = [*group["questions"], *(rest if n == len(_GROUPS) else ())]
        of_group = tuple(questions[name] for name in names if name in questions)
        found.append(Group(Text(group["vi"], group["en"]), of_group))
    return tuple(group for group in found if group.questions)

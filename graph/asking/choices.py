"""What to offer where a question in words stays open, and what else an answered one could mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.asking.names import Name, Names
from graph.asking.parameters import BY_NUMBER
from graph.asking.understanding import Candidate, Outcome, Understanding
from graph.questions.binding import short_value
from graph.questions.question import Question

_MOST = 40  # options of one doubt that are offered


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with values; ``label`` is what a doubtful name was taken for, ``missing`` what is to be filled in."""

    question: Question
    values: Mapping[str, str]
    label: str = ""
    missing: tuple[str, ...] = ()


def choices(understanding: Understanding, names: Names) -> tuple[Choice, ...]:
    """The questions to choose from: the readings of a doubtful name, the best question with its gaps, the next ones.

    Of an answered question, those that it could be besides; where a name is absent or nothing fits, none.
    """
    if understanding.outcome in (Outcome.ABSENT, Outcome.UNKNOWN):
        return ()
    best, *others = understanding.candidates
    mine = [] if understanding.outcome is Outcome.ANSWER else list(_of_candidate(best, names))
    rest = [Choice(one.asked.question, one.filled.values) for one in others if one.answerable]
    return (*mine, *rest)


def option_label(option: Name, names: Names) -> str:
    """What an option is called, with the area that tells it from others of the name."""
    area = names.areas.get(option.area)
    return f"{option.label} – {area.label}" if area and option.kind == "agency" else option.label


def _of_candidate(best: Candidate, names: Names) -> Iterator[Choice]:
    question, values = best.asked.question, best.filled.values
    several = next((doubt for doubt in best.filled.doubts if doubt.kind in ("several", "each")), None)
    missing = tuple(doubt.parameter for doubt in best.filled.doubts if doubt.kind in ("missing", "order"))
    if several is None:
        yield Choice(question, values, missing=missing)
        return
    for option in several.options[:_MOST]:
        name = several.parameter
        value = option.number if name in BY_NUMBER else short_value(best.asked.parameters[name], option.iri)
        yield Choice(question, {**values, name: value}, option_label(option, names), missing)

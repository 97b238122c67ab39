"""Understands a question put in words: which question of the catalogue is meant, or what is open.

Below a fit (``weighing``) of ``UNKNOWN`` nothing is said to be meant. An answer needs a fit of ``SURE``; a lead of
``MARGIN`` before any other question that could be answered, unless that one explains fewer words or is less specific
about the same; every idea and value that is needed; no name that the question cannot be narrowed by; and no word that
changes what is asked. Else there is a choice, and what keeps it open is said.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.asking import WordsError
from graph.asking.found import Asking, Found, find
from graph.asking.ideas import Asked
from graph.asking.parameters import Doubt, Filled, fill
from graph.asking.tokens import normal
from graph.asking.weighing import Fit, Part, best_fit

LONGEST = 500
"""The characters of a question that are read; a longer one is refused."""

UNKNOWN, SURE, MARGIN = 0.4, 0.55, 0.08
_OFFERED = 4  # questions among which a choice is offered


class Outcome(StrEnum):
    """What came of the words: an answer can be given, a choice is open, a name is not in the data, nothing fits."""

    ANSWER = "answer"
    CHOOSE = "choose"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be meant: how well it fits, what the words mean then, its values, what keeps it open."""

    asked: Asked
    fit: float
    whole: bool
    needed: float
    parts: tuple[Part, ...]
    left: frozenset[int]
    filled: Filled

    @property
    def answerable(self) -> bool:
        """Whether nothing is missing or in doubt."""
        return self.whole and not self.filled.doubts

    @property
    def specificity(self) -> tuple[float, float]:
        """How many of the values that the question cannot do without were named, and the weight of the words needed."""
        required = [one.name for one in self.asked.question.parameters if one.required]
        return sum(name in self.filled.values for name in required), self.needed

    @property
    def not_understood(self) -> tuple[str, ...]:
        """The words that nothing was made of."""
        return tuple(part.text for part in self.parts if not part.role)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was made of the words. ``candidates`` has the best first; an answer is the first one's."""

    text: str
    outcome: Outcome
    candidates: tuple[Candidate, ...]
    not_understood: tuple[str, ...]


def understand(text: str, asking: Asking, today: datetime.date) -> Understanding:
    """Say what a question in words means on the day ``today``. Raises WordsError for what is no text, or too long."""
    text = normal(text)
    if not text:
        raise WordsError("nothing was asked", "chưa có câu hỏi nào")
    if len(text) > LONGEST:
        english = f"the question has {len(text)} characters; at most {LONGEST} are read"
        raise WordsError(english, f"câu hỏi có {len(text)} ký tự; chỉ đọc tối đa {LONGEST}")
    if not text.isprintable() or "\ufffd" in text:  # what is no UTF-8 arrives as U+FFFD
        raise WordsError("the question holds characters that are no text", "câu hỏi có ký tự không phải chữ")
    found = find(text, asking, today)
    fits = filter(None, (best_fit(asked, found) for asked in asking.ideas.asked))
    near = (one for one in fits if one.half and one.fit >= UNKNOWN)
    ranked = sorted((_candidate(one, found, asking, today) for one in near), key=_rank)
    candidates = tuple(ranked[:_OFFERED])
    unknown = candidates[0].not_understood if candidates else tuple(found.words[n].text for n in found.unknown)
    return Understanding(text, _outcome(candidates), candidates, unknown)


def _candidate(fit: Fit, found: Found, asking: Asking, today: datetime.date) -> Candidate:
    filled = fill(fit.asked, fit.used, found, asking.names, today)
    filled.doubts += [Doubt("stray", match.meanings[0].kind, found.written(match)) for match in fit.stray]
    filled.doubts += [Doubt("turned", words=found.written(match)) for match in fit.turned]
    filled.doubts += [Doubt("unread", words=" ".join(fit.unread))] if fit.unread else []
    return Candidate(fit.asked, fit.fit, fit.whole, fit.needed, fit.parts, fit.left, filled)


def _outcome(candidates: Sequence[Candidate]) -> Outcome:
    if not candidates:
        return Outcome.UNKNOWN
    best = candidates[0]
    if any(doubt.kind == "absent" for doubt in best.filled.doubts):
        return Outcome.ABSENT if best.whole or best.fit >= SURE else Outcome.UNKNOWN
    near = (one for one in candidates[1:] if best.fit - one.fit < MARGIN)
    rivals = [one for one in near if one.answerable and not _outdoes(best, one)]
    return Outcome.ANSWER if best.answerable and best.fit >= SURE and not rivals else Outcome.CHOOSE


def _outdoes(best: Candidate, other: Candidate) -> bool:
    """Whether a candidate explains more words than another, or is more specific about the same."""
    return best.left < other.left or (best.left == other.left and best.specificity > other.specificity)


def _rank(candidate: Candidate) -> tuple[float, ...]:
    return (-candidate.fit, *(-one for one in candidate.specificity), candidate.asked.question.order)

"""Understands a question put in words: which question of the catalogue is meant, or what is open.

How well a question fits is what the rules say (``weighing``) and, for what they leave open, how much the words are like
whole phrasings that are known to mean it (``phrasings``):

    fit = by rules + ½ · likeness · (1 - by rules)

Below ``UNKNOWN`` nothing is said to be meant. An answer needs a fit of ``SURE``; a lead of ``MARGIN`` before any other
question that could be answered, unless that one explains fewer words or is less specific about the same, or whole
phrasings alone make the best one ``LIKELY``; every value that is needed; every idea too, unless the question is likely;
no name that the question cannot be narrowed by; and no word that changes what is asked. Else there is a choice, and
what keeps it open is said. Words that are most like those of no question are not answered unless the rules are sure.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.asking import WordsError
from graph.asking.found import Asking, Found, find
from graph.asking.ideas import STOP, Asked
from graph.asking.parameters import BY_NUMBER, Doubt, Filled, fill
from graph.asking.phrasings import NO_QUESTION
from graph.asking.shorthand import spelled_out
from graph.asking.tokens import normal
from graph.asking.weighing import Fit, Part, best_fit

LONGEST = 500
"""The characters of a question that are read; a longer one is refused."""

UNKNOWN, SURE, MARGIN, LIKELY = 0.5, 0.55, 0.08, 0.8
_CLOSED = 0.5  # how much of what the rules leave open the likeness to whole phrasings can close
_LEAST = 0.1  # of a fit by the rules alone, however likely the question
_FAMILIAR = 0.7  # below, words that are most like those of no question are none
_CLEAR = 0.9  # from here on words that are like those of no question may mean one, and a choice is offered
_UNHEARD = 0.1  # below, a question is none that words which are like those of no question can mean
_SURE_BY_RULES, _SURE_BY_PHRASINGS = 0.8, 0.95  # from here on, words that nothing is known of may be passed over
_MOSTLY_BY_RULES = 0.6  # below, whole phrasings have to leave next to no doubt
_FEW_STRANGE = 2  # of such words, where an idea that the rules want lacks besides
_BEHIND = 0.3  # how far an answerable question may be behind one that lacks values
_OFFERED = 4  # questions among which a choice is offered


class Outcome(StrEnum):
    """What came of the words: an answer can be given, a choice is open, a name is not in the data, nothing fits."""

    ANSWER = "answer"
    CHOOSE = "choose"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be meant: how well it fits, what the words mean then, its values, what keeps it open.

    ``by_rules`` is how well it fits by the ideas and names alone, ``likely`` its share of the likeness to phrasings.
    """

    asked: Asked
    fit: float
    by_rules: float
    likely: float
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
    def by_number(self) -> bool:
        """Whether it is asked of a document that needs not be held, such as a resolution that plans carry out."""
        return not BY_NUMBER.keys().isdisjoint(self.filled.values)

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
    found = find(spelled_out(text), asking, today)
    shares = asking.phrasings.shares(found.signs)
    ranked = sorted(_candidates(found, shares, asking, today), key=_rank)
    candidates = tuple(_answerable_first(ranked)[:_OFFERED])
    unknown = candidates[0].not_understood if candidates else tuple(found.words[n].text for n in found.unknown)
    return Understanding(text, _outcome(candidates, shares), candidates, unknown)


def _candidates(found: Found, shares: Mapping[str, float], asking: Asking, today: datetime.date) -> Iterator[Candidate]:
    most = max(shares.values(), default=1.0)
    for asked in asking.ideas.asked:
        share = shares.get(asked.question.id, 0.0)
        fit = best_fit(asked, found, share >= LIKELY)
        if fit is None or fit.fit < _LEAST or not (fit.half or share >= LIKELY):
            continue
        candidate = _candidate(fit, share, share / most, found, asking, today)
        if candidate.fit >= UNKNOWN:
            yield candidate


def _candidate(
    fit: Fit, share: float, relative: float, found: Found, asking: Asking, today: datetime.date
) -> Candidate:
    filled = fill(fit.asked, fit.used, found, asking.names, today)
    filled.doubts += [Doubt("stray", match.meanings[0].kind, found.written(match)) for match in fit.stray]
    filled.doubts += [Doubt("turned", words=found.written(match)) for match in fit.turned]
    unread = [one for one, strongly in fit.unread if strongly or share < LIKELY] or _strange(fit, share, found)
    filled.doubts += [Doubt("unread", words=" ".join(unread))] if unread else []
    score = fit.fit + _CLOSED * relative * (1 - fit.fit)
    return Candidate(
        fit.asked, score, fit.fit, share, fit.whole or share >= LIKELY, fit.needed, fit.parts, fit.left, filled
    )


def _strange(fit: Fit, share: float, found: Found) -> list[str]:
    """The words that nothing is known of, where no more words than these were understood, or where neither the rules
    nor whole phrasings leave little doubt of what is meant with them.
    """
    strange = [found.words[n].text for n in found.unknown if n in fit.left and n not in found.familiar]
    understood = sum(bool(part.role) and part.meaning != STOP for part in fit.parts)
    few = fit.whole or len(strange) <= _FEW_STRANGE
    sure = fit.fit >= _SURE_BY_RULES or (share >= _SURE_BY_PHRASINGS and few)
    return strange if understood <= len(strange) or not sure else []


def _answerable_first(ranked: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; where the best lacks values, or has several of one, or asks of what is not held, a sure one that
    does not goes before it.

    It must not be far behind; and but for values that lack, only one that is likely or needs not hold it is taken.
    """
    kinds = {doubt.kind for doubt in ranked[0].filled.doubts} if ranked else set()
    if not kinds or not kinds <= {"missing", "absent", "several"}:
        return ranked
    least = max(SURE, ranked[0].fit - _BEHIND)
    plain = [one for one in ranked if not one.filled.doubts and one.fit >= least]
    if "absent" in kinds and not ranked[0].whole and plain:  # a name alone: of what is held something can be asked
        return [plain[0], *(one for one in ranked if one is not plain[0])]
    sure = (one for one in plain if one.whole or one.by_number)
    first = next((one for one in sure if kinds == {"missing"} or one.likely >= LIKELY or one.by_number), ranked[0])
    return [first, *(one for one in ranked if one is not first)]


def _outcome(candidates: Sequence[Candidate], shares: Mapping[str, float]) -> Outcome:
    if not candidates:
        return Outcome.UNKNOWN
    best = candidates[0]
    strange = shares.get(NO_QUESTION, 0.0) >= LIKELY and best.likely < _UNHEARD
    if strange and best.fit < _CLEAR:
        return Outcome.UNKNOWN
    if any(doubt.kind == "absent" for doubt in best.filled.doubts):
        return Outcome.ABSENT if best.whole or best.fit >= SURE else Outcome.UNKNOWN
    if best.fit < _FAMILIAR and shares.get(NO_QUESTION, 0.0) >= max(shares.values(), default=1.0):
        return Outcome.UNKNOWN
    near = (one for one in candidates[1:] if best.fit - one.fit < MARGIN)
    rivals = [one for one in near if one.answerable and not (_outdoes(best, one) or _alike(best, one))]
    rivals = rivals if best.likely < LIKELY else []
    complete = best.answerable or _instead_of_absent(*candidates[:2])
    sure = best.fit >= SURE and (best.by_rules >= _MOSTLY_BY_RULES or best.likely >= _SURE_BY_PHRASINGS)
    return Outcome.ANSWER if complete and not strange and sure and not rivals else Outcome.CHOOSE


def _instead_of_absent(best: Candidate, other: Candidate | None = None) -> bool:
    """Whether a question asked by number stands before one whose document is not held, with nothing in doubt."""
    absent = other is not None and other.whole and any(doubt.kind == "absent" for doubt in other.filled.doubts)
    return absent and best.by_number and not best.filled.doubts


def _outdoes(best: Candidate, other: Candidate) -> bool:
    """Whether a candidate explains more words than another, or is more specific about the same."""
    return best.left < other.left or (best.left == other.left and best.specificity > other.specificity)


def _alike(best: Candidate, other: Candidate) -> bool:
    """Whether two candidates are questions that answer the same, with the same values."""
    return other.asked.question.id in best.asked.alike and other.filled.values == best.filled.values


def _rank(candidate: Candidate) -> tuple[float, ...]:
    return (
        -candidate.fit,
        -(candidate.likely >= LIKELY),
        -round(candidate.likely, 1),
        *(-one for one in candidate.specificity),
        candidate.asked.question.order,
    )

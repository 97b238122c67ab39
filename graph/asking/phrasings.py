"""Which words go with which question of the catalogue, counted from whole phrasings (phrasings.toml).

The signs of a phrasing are its words without accents, two words in a row, its ideas, and the kinds of names and periods
in it ("{area}"), never the names. Of n phrasings of a question, k with a sign that has a share s of all phrasings:

    evidence = log((k + a·s) / (n + a) / s)

which is above 0 where the sign is commoner with this question than with others, and draws near 0 where little is known.
The evidence of all signs of what was asked, summed up (naive Bayes, all questions as likely before a word was read) and
tempered, since signs are no strangers to each other, tells how likely each question is.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from graph.asking import AskingError
from graph.asking.ideas import KINDS, STOP, Ideas
from graph.asking.lexicon import longest_first
from graph.asking.tokens import tokens
from graph.entries import read_toml

PHRASINGS = Path(__file__).with_name("phrasings.toml")
NO_QUESTION = "unknown"
"""The entry of questions that the catalogue does not have."""

_PRIOR, _TWO, _TEMPER = 0.3, 0.5, 0.4  # a; the weight of two words in a row; of the sum
_KNOWN = 2  # phrasings that a word stands in, at least, to be no unknown word
FILLER = "filler"
"""The idea of words that say nothing: they are no signs."""

_UNTOLD = {STOP, FILLER, "narrow", "weakly", "threshold", "happened", "yet"}  # ideas that are no signs
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Phrasings:
    """The signs counted: how many phrasings each question has, and in how many of them each sign is."""

    totals: Mapping[str, int]
    counts: Mapping[str, Mapping[str, int]]

    def shares(self, signs: Iterable[str]) -> dict[str, float]:
        """How likely each question (and :data:`NO_QUESTION`) is from the signs of what was asked; 1 in all."""
        sums = dict.fromkeys(self.totals, 0.0)
        for sign in signs:
            evidence = self._evidence.get(sign)
            if evidence:
                weight = _TWO if " " in sign else 1.0
                for question, none in self._none.items():
                    sums[question] += weight * evidence.get(question, none)
        best = max(sums.values(), default=0.0)
        powers = {question: math.exp(_TEMPER * (one - best)) for question, one in sums.items()}
        total = sum(powers.values())
        return {question: power / total for question, power in powers.items()}

    @cached_property
    def words(self) -> frozenset[str]:
        """Words, without accents, that several phrasings of questions have: they do no harm, whatever they mean."""
        return frozenset(
            sign
            for sign, by_question in self.counts.items()
            if sum(by_question.values()) - by_question.get(NO_QUESTION, 0) >= _KNOWN and " " not in sign
        )

    @cached_property
    def _none(self) -> dict[str, float]:
        return {question: math.log(_PRIOR / (n + _PRIOR)) for question, n in self.totals.items()}

    @cached_property
    def _evidence(self) -> dict[str, dict[str, float]]:
        everything = sum(self.totals.values())
        found = {}
        for sign, by_question in self.counts.items():
            share = sum(by_question.values()) / everything
            found[sign] = {
                question: math.log((k + _PRIOR * share) / (self.totals[question] + _PRIOR) / share)
                for question, k in by_question.items()
            }
        return found


def read_phrasings(ideas: Ideas, path: Path = PHRASINGS) -> Phrasings:
    """Read the phrasings and count their signs. Raises AskingError."""
    known = {one.question.id for one in ideas.asked} | {NO_QUESTION}
    phrasings = []
    for question, entry in read_toml(path, AskingError).items():
        if question not in known or not set(entry) <= {"vi", "en"}:
            raise AskingError(f"{path}: [{question}]: is no question of graph/questions, or has more than vi and en")
        phrasings += [(question, text) for texts in entry.values() for text in texts]
    return counted(phrasings, ideas, str(path))


def counted(phrasings: Iterable[tuple[str, str]], ideas: Ideas, place: str = "") -> Phrasings:
    """Count the signs of phrasings, each with its question. Raises AskingError, which names the ``place``."""
    totals: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for question, text in phrasings:
        unknown = set(_PLACE.findall(text)) - KINDS
        if unknown:
            raise AskingError(f"{place}: [{question}]: {{{unknown.pop()}}} is none of {', '.join(sorted(KINDS))}")
        totals[question] += 1
        for sign in _signs_of_template(text, ideas):
            counts[sign][question] += 1
    return Phrasings(dict(totals), {sign: dict(by_question) for sign, by_question in counts.items()})


def _signs_of_template(text: str, ideas: Ideas) -> frozenset[str]:
    words, told = [], []
    for n, part in enumerate(_PLACE.split(text)):
        if n % 2:
            words.append(f":{part}")
            continue
        found = tokens(part)
        chosen = longest_first(ideas.lexicon.matches(found, misspelt=False), set())
        told += [one.name for match in chosen for one in match.meanings]
        fillers = (match for match in chosen if any(one.name == FILLER for one in match.meanings))
        nothing = {n for match in fillers for n in range(match.start, match.end)}
        words += [word.folded for n, word in enumerate(found) if n not in nothing]
    return signs(words, told)


def signs(words: Sequence[str], ideas: Iterable[str]) -> frozenset[str]:
    """The signs of words without accents, ":area" and alike where something is named, and of the ideas in them."""
    named = Counter(word for word in words if word.startswith(":"))
    twice = (f"{kind}{kind}" for kind, n in named.items() if n > 1)
    in_a_row = (f"{one} {other}" for one, other in pairwise(["^", *words, "$"]))
    return frozenset([*words, *in_a_row, *twice, *(f"#{name}" for name in ideas if name not in _UNTOLD)])

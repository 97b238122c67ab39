"""Known spellings found in a question: with its accents, without them, and with one letter wrong.

Accents count where the question has any: "sở" is no "số". A question without accents matches as if none were needed.
A name of two words or more is also found with one word misspelt, one letter (Damerau-Levenshtein distance 1) or its
accents; a single word only from five letters on. The misspelt word must be no word of the lexicon, unless it begins
with a capital as a name does, not just as a question does: "Quản Trị" is read as "Quảng Trị", "quản trị" is left
alone. So is a known abbreviation: "the DOST" is no "the most". Two capital letters ("AI") are found only as capitals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from graph.asking.tokens import Token, tokens

_LEAST_LETTERS = 3  # of a word that may be misspelt within a name
_LEAST_ALONE = 5  # of one that stands alone
_CAPITALS = 2  # letters; a spelling of no more, all capitals, counts only so

Meaning = TypeVar("Meaning", bound=Hashable)
_Folded = tuple[str, ...]
_Gap = tuple[_Folded, _Folded]  # what stands before and behind a word that may be anything


@dataclass(frozen=True, slots=True)
class Match(Generic[Meaning]):
    """Tokens from ``start`` to before ``end`` that spell something known, and all that they can mean.

    ``misspelt`` is the right spelling where the question's is not.
    """

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    misspelt: str = ""

    def __len__(self) -> int:
        """The number of words."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Spelling:
    text: str
    exact: tuple[str, ...]
    folded: _Folded

    @property
    def capitals(self) -> bool:
        """Whether it counts only as it stands: "AI" is a topic, "ai" is who."""
        return len(self.text) <= _CAPITALS and self.text.isupper()


@dataclass(slots=True)
class Lexicon(Generic[Meaning]):
    """Spellings with what they mean."""

    _meanings: dict[_Spelling, dict[Meaning, None]] = field(default_factory=dict)
    _by_folded: dict[_Folded, list[_Spelling]] = field(default_factory=lambda: defaultdict(list))
    _by_gap: dict[_Gap, list[_Spelling]] = field(default_factory=lambda: defaultdict(list))
    _words: set[str] = field(default_factory=set)
    _longest: int = 0

    @classmethod
    def of(cls, spellings: Iterable[tuple[str | Sequence[Token], Meaning]]) -> Lexicon[Meaning]:
        """A lexicon of spellings, texts or their words, each with one of its meanings."""
        lexicon = cls()
        for spelling, meaning in spellings:
            lexicon._add(tokens(spelling) if isinstance(spelling, str) else spelling, meaning)
        return lexicon

    def _add(self, found: Sequence[Token], meaning: Meaning) -> None:
        if not found:
            return
        text = " ".join(one.text for one in found)
        spelling = _Spelling(text, tuple(one.exact for one in found), tuple(one.folded for one in found))
        if spelling not in self._meanings:
            self._by_folded[spelling.folded].append(spelling)
            self._longest = max(self._longest, len(found))
            self._words.update(spelling.folded)
            for place, word in enumerate(spelling.folded):
                if len(word) >= (_LEAST_LETTERS if len(found) > 1 else _LEAST_ALONE):
                    self._by_gap[spelling.folded[:place], spelling.folded[place + 1 :]].append(spelling)
        self._meanings.setdefault(spelling, {})[meaning] = None

    def matches(self, words: Sequence[Token], misspelt: bool = True) -> list[Match[Meaning]]:
        """All spellings among the words, overlapping ones too, the longest first, rightly spelt before ``misspelt``."""
        accents = any(word.accented for word in words)
        capitals = {n for n, word in enumerate(words) if word.capital and (n or any(one.capital for one in words[1:2]))}
        doubtful = [n for n, word in enumerate(words) if misspelt and self._may_be_misspelt(word, n in capitals)]
        found = []
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + self._longest) + 1):
                match = self._match(words[start:end], start, accents, [n - start for n in doubtful if start <= n < end])
                if match is not None:
                    found.append(match)
        return sorted(found, key=lambda one: (-len(one), bool(one.misspelt), one.start))

    def _may_be_misspelt(self, word: Token, name: bool) -> bool:
        if word.folded.isdigit() or (word.text.isupper() and (word.folded,) in self._by_folded):
            return False
        return name or word.folded not in self._words

    def _match(
        self, part: Sequence[Token], start: int, accents: bool, doubtful: Sequence[int]
    ) -> Match[Meaning] | None:
        right, wrong = [], []
        for spelling in self._by_folded.get(tuple(word.folded for word in part), ()):
            slips = _slips(part, spelling) if accents else 0
            if slips == 0 and (not spelling.capitals or part[0].text.isupper()):
                right.append(spelling)
            elif len(part) > 1 and (slips == 1 or not any(word.accented for word in part)):
                wrong.append(spelling)
        if not right and not wrong:
            wrong = sorted(self._misspelt(part, doubtful), key=lambda one: _slips(part, one))
        if not right and not wrong:
            return None
        right = [spelling for spelling in right if spelling.capitals] or right
        meanings = tuple(dict.fromkeys(one for spelling in right or wrong for one in self._meanings[spelling]))
        return Match(start, start + len(part), meanings, "" if right else wrong[0].text)

    def _misspelt(self, part: Sequence[Token], doubtful: Sequence[int]) -> Iterator[_Spelling]:
        folded = tuple(word.folded for word in part) if doubtful else ()
        for place in doubtful:
            if len(part) == 1 and folded[place] in self._words:
                continue
            for spelling in self._by_gap.get((folded[:place], folded[place + 1 :]), ()):
                if one_apart(folded[place], spelling.folded[place]) and not spelling.folded[place].isdigit():
                    yield spelling


def longest_first(matches: Iterable[Match[Meaning]], taken: set[int]) -> list[Match[Meaning]]:
    """Of matches in the order of their worth, those that share no word with a better one or with ``taken``."""
    chosen = []
    for match in matches:
        places = range(match.start, match.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(match)
    return sorted(chosen, key=lambda one: one.start)


def one_apart(one: str, other: str) -> bool:
    """Whether one letter more, less, other or swapped with its neighbour makes one word the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[shared:], other[shared:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:])


def _slips(part: Sequence[Token], spelling: _Spelling) -> int:
    return sum(word.exact != right for word, right in zip(part, spelling.exact, strict=True))


def spellings_of(table: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Each spelling of a table with the key that it stands under."""
    for key, texts in table.items():
        for text in texts:
            yield text, key

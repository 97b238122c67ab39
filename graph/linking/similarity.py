"""Which texts of different documents say the same, among millions: word pairs, blocking, clusters around a first one.

A text is the set of its neighbouring word pairs, folded. Two texts are as alike as the pairs they share, a pair
counting the less the more texts hold it, so that what every plan repeats ("khoa học, công nghệ, đổi mới sáng tạo")
tells little: the Dice coefficient over weights ``log(1 + texts / texts with the pair)``.

Not all texts are compared. Documents are taken one after the other; a text is compared with the leaders found so far,
and with those only that share one of its rarest pairs. It joins the most similar leader or becomes one. A leader takes
at most one text of a document. So every member of a cluster is like its leader; likeness is not passed on.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from graph.text import fold

RAREST = 16  # word pairs of a text that look up leaders, and under which a leader is found
COMMON = 100  # a pair that more leaders than this are found under tells nothing and is passed over
COMPARED = 20  # leaders that a text is compared with at most: those that share most of its rarest pairs
_WORD = re.compile(r"[^\W_]+")
_RUN, _RUNS = 3, 3  # shared wording is told in runs of three words at least, the three longest

Pairs = frozenset[int]


@dataclass(frozen=True, slots=True)
class Item:
    """A text to compare: ``id`` names it, ``document`` is where it stands."""

    id: str
    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """That a text says the same as an earlier one, the leader of a cluster: how alike (0 … 1), and the words they
    share, longest run first, as ``member`` writes them."""

    member: str
    leader: str
    score: float
    wording: tuple[str, ...]


def match(
    items: Sequence[Item], threshold: float, apart: Collection[tuple[str, str]] = (), *, all_pairs: bool = False
) -> list[Match]:
    """The matches among items given document by document, earliest document first.

    ``apart`` holds pairs of ids (either way round) that must not match. ``all_pairs`` compares each text with every
    leader: the same by brute force, for tests and measurements.
    """
    corpus = _Corpus(item.text for item in items)
    clusters = _Clusters(corpus, threshold, {frozenset(pair) for pair in apart}, all_pairs)
    found: list[Match] = []
    for _, texts in groupby(items, key=lambda item: item.document):
        found += clusters.take(list(texts))
    return found


class _Corpus:
    """Word pairs by number, with the texts that hold each."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self.holders: Counter[int] = Counter()
        self._count = 0
        for text in texts:
            self.holders.update(self.pairs(text))
            self._count += 1
        self._weights = [math.log1p(self._count / self.holders[pair]) for pair in range(len(self._numbers))]

    def pairs(self, text: str) -> Pairs:
        """The word pairs of a text, by number."""
        return frozenset(self._numbers.setdefault(pair, len(self._numbers)) for pair in pairwise(fold(text).split()))

    def weight(self, pairs: Iterable[int]) -> float:
        """What pairs tell together."""
        # fsum: the sum of a set must not depend on its order
        return math.fsum(map(self._weights.__getitem__, pairs))

    def rarest(self, pairs: Pairs) -> list[int]:
        """The pairs that find a text: the rarest of those that another text has too."""
        return sorted((p for p in pairs if self.holders[p] > 1), key=lambda p: (self.holders[p], p))[:RAREST]

    def wording(self, text: str, other: Pairs) -> tuple[str, ...]:
        """What a text shares with the pairs of another, in runs of words as written, the longest first."""
        words = [word for word in _WORD.finditer(text) if fold(word[0])]
        runs: list[list[re.Match[str]]] = [[]]
        for first, second in pairwise(words):
            if self._numbers.get((fold(first[0]), fold(second[0]))) in other:
                runs[-1] = [*(runs[-1] or [first]), second]
            elif runs[-1]:
                runs.append([])
        told = {text[run[0].start() : run[-1].end()] for run in runs if len(run) >= _RUN}
        return tuple(sorted(told, key=lambda run: (-len(run), run))[:_RUNS])


@dataclass(frozen=True, slots=True)
class _Leader:
    item: Item
    pairs: Pairs
    weight: float


class _Clusters:
    """The leaders so far, and where to find them."""

    def __init__(self, corpus: _Corpus, threshold: float, apart: Collection[frozenset[str]], all_pairs: bool) -> None:
        self._corpus, self._threshold, self._apart, self._all_pairs = corpus, threshold, apart, all_pairs
        self._leaders: list[_Leader] = []
        self._found_under: defaultdict[int, list[int]] = defaultdict(list)

    def take(self, texts: Sequence[Item]) -> list[Match]:
        """Match the texts of one document with the leaders, best first and each leader once; the rest become
        leaders."""
        mine = [_Leader(item, pairs := self._corpus.pairs(item.text), self._corpus.weight(pairs)) for item in texts]
        likely = sorted((-score, n, leader) for n, text in enumerate(mine) for leader, score in self._alike(text))
        matched: dict[int, Match] = {}
        taken: set[int] = set()
        for negative, n, number in likely:
            if n not in matched and number not in taken:
                leader = self._leaders[number]
                taken.add(number)
                wording = self._corpus.wording(mine[n].item.text, leader.pairs)
                matched[n] = Match(mine[n].item.id, leader.item.id, round(-negative, 2), wording)
        for n, text in enumerate(mine):
            if n not in matched:
                self._add(text)
        return [matched[n] for n in sorted(matched)]

    def _add(self, leader: _Leader) -> None:
        for pair in self._corpus.rarest(leader.pairs):
            self._found_under[pair].append(len(self._leaders))
        self._leaders.append(leader)

    def _alike(self, text: _Leader) -> Iterator[tuple[int, float]]:
        """The leaders that are alike enough, by number, with the score."""
        for number in range(len(self._leaders)) if self._all_pairs else self._candidates(text):
            leader = self._leaders[number]
            total = text.weight + leader.weight
            score = 2 * self._corpus.weight(text.pairs & leader.pairs) / total if total else 0.0
            if score >= self._threshold and frozenset((text.item.id, leader.item.id)) not in self._apart:
                yield number, score

    def _candidates(self, text: _Leader) -> list[int]:
        shared: Counter[int] = Counter()
        for pair in self._corpus.rarest(text.pairs):
            leaders = self._found_under.get(pair, ())
            if len(leaders) <= COMMON:
                shared.update(leaders)
        return sorted(shared, key=lambda number: (-shared[number], number))[:COMPARED]

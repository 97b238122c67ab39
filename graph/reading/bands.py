"""Tables with rules between their rows and none between their columns: the boxes of their cells, from the rules and
from the white space that runs down the table.

Lengths are points, ``top`` counts from the upper edge of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.reading.layout import Piece, lines

Box = tuple[float, float, float, float]
_SAME = 4.0  # points within which two edges are one
_GUTTER = 0.6  # of the size of the letters: white space between two columns
_FEWEST_BANDS = 4  # a header and three rows
_FEWEST_COLUMNS = 3
_FEWEST_COLUMNS_SEEN = 0.5  # share of the bands whose words stand in columns


@dataclass(frozen=True, slots=True)
class Rule:
    """A level rule."""

    x0: float
    x1: float
    top: float


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two rules that run over the whole table, and the shorter rules within."""

    top: float
    bottom: float
    words: tuple[Piece, ...]
    within: tuple[Rule, ...]

    def apart(self, size: float) -> list[Piece]:
        """The words that stand in columns, those over a shorter rule left out; none in a heading of one piece."""
        rows = lines(self.words)
        if len(rows) == 1 and len(rows[0]) == 1:
            return []
        return [word for word in self.words if not any(_over(word, rule) for rule in self.within)]


def find(rules: Sequence[Rule], words: Sequence[Piece], size: float) -> Iterator[list[Box]]:
    """The boxes of the cells of each such table of a page; ``size`` is that of most letters."""
    left, right = min((rule.x0 for rule in rules), default=0.0), max((rule.x1 for rule in rules), default=0.0)
    whole = [rule for rule in rules if rule.x0 - left < _SAME and right - rule.x1 < _SAME]
    for bands in _tables(_bands(whole, rules, words), size):
        edges = [left, *_gutters(bands, left, right, size), right]
        if len(edges) > _FEWEST_COLUMNS and len(bands) >= _FEWEST_BANDS:
            yield [box for band in bands for box in _boxes(band, edges, size)]


def _bands(whole: Sequence[Rule], rules: Sequence[Rule], words: Sequence[Piece]) -> Iterator[_Band]:
    for above, below in pairwise(sorted(whole, key=lambda rule: rule.top)):
        if below.top - above.top > _SAME:
            inside = [w for w in words if above.top < (w.top + w.bottom) / 2 < below.top]
            within = [r for r in rules if r not in whole and above.top + _SAME < r.top < below.top - _SAME]
            yield _Band(above.top, below.top, tuple(inside), tuple(within))


def _tables(bands: Iterator[_Band], size: float) -> Iterator[list[_Band]]:
    """The bands of each table: running text between two tables stands in no columns."""
    table: list[_Band] = []
    for band in bands:
        rows = lines(band.words)
        if len(rows) > 1 and all(len(row) == 1 for row in rows):
            yield table
            table = []
        else:
            table.append(band)
    yield table


def _gutters(bands: Sequence[_Band], left: float, right: float, size: float) -> list[float]:
    """The middles of the white spaces that run down all bands but headings."""
    apart = [words for band in bands if (words := band.apart(size))]
    if len(apart) < _FEWEST_COLUMNS_SEEN * len(bands):
        return []
    gutters, reached = [], left
    for word in sorted((word for words in apart for word in words), key=lambda word: word.x0):
        if reached > left and word.x0 - reached >= _GUTTER * size:
            gutters.append((reached + word.x0) / 2)
        reached = max(reached, word.x1)
    return gutters


def _boxes(band: _Band, edges: Sequence[float], size: float) -> Iterator[Box]:
    """The boxes of a row: one of a heading, and two below each other where a shorter rule parts a header."""
    if not band.words:
        return
    if not band.apart(size):
        yield edges[0], band.top, edges[-1], band.bottom
        return
    for rule in band.within[:1]:
        under = [(x0, x1) for x0, x1 in pairwise(edges) if rule.x0 < (x0 + x1) / 2 < rule.x1]
        if under:
            yield under[0][0], band.top, under[-1][1], rule.top
    for x0, x1 in pairwise(edges):
        parted = next((rule.top for rule in band.within[:1] if rule.x0 < (x0 + x1) / 2 < rule.x1), band.top)
        yield x0, parted, x1, band.bottom


def _over(word: Piece, rule: Rule) -> bool:
    return word.bottom <= rule.top + _SAME and rule.x0 - _SAME < word.x0 and word.x1 < rule.x1 + _SAME

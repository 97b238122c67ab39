"""Where the columns of a table end: between two labels of its header where a line down the page would cut the fewest
words, or left of where most pieces begin."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.reading.aligned.header import Label, labels_of
from graph.reading.aligned.pages import Page
from graph.reading.aligned.pieces import W, Words, opens_row, pieces_of

_NARROW_GAP = 0.6  # of what it costs to cut a word
_CUT_WORD = 2.0  # pieces that begin at a place for which one cut word stands
_NARROWEST = 3  # units of a column
_OTHER_WIDTH = 0.5  # pieces, for a unit by which a column is wider or narrower than on the page before
_WIDER = 12  # units by which it can be wider
_CUT = 0.12  # share of the lines that the end of a column may cut


@dataclass(frozen=True, slots=True)
class End:
    """Where a column ends: what begins right of ``at`` is the next one's. Text that runs past it is cut near ``full``,
    where the longest text of the column ends."""

    at: float
    full: float
    next: float | None = None  # where the cell right of it begins, known from the line above
    together: frozenset[tuple[str, str]] = frozenset()  # words that stand side by side more than once


def placed(
    pages: Iterable[Page[W]], ends: tuple[float, ...], columns: int, unit: float
) -> Iterator[tuple[tuple[float, ...], list[Words[W]]]]:
    """Where the columns end, and the lines for which they do; ``ends``: where they do on the page before."""
    lines: list[Words[W]] = []
    for page in pages:
        found = _ends(page, ends, columns, unit)
        if found != ends and lines:
            yield ends, lines
            lines = []
        ends = found
        lines += [*page.lines, ()]
    if lines:
        yield ends, lines


def word_pairs(lines: Iterable[Words[W]], unit: float) -> frozenset[tuple[str, str]]:
    """The words that stand side by side in pieces of some lines more than once."""
    pieces = (piece for line in lines for piece in pieces_of(line, unit))
    pairs = Counter((left.text, right.text) for piece in pieces for left, right in pairwise(piece))
    return frozenset(pair for pair, count in pairs.items() if count > 1)


def with_longest(
    ends: tuple[float, ...], lines: Sequence[Words[W]], unit: float, together: frozenset[tuple[str, str]]
) -> tuple[End, ...]:
    """The ends of columns with how far the longest text of each reaches that a wide gap parts from the next, and which
    words stand ``together`` elsewhere."""
    longest = [0.0, *ends[:-1]]
    for line in lines:
        for piece, behind in pairwise(pieces_of(line, unit)):
            for n, (begin, end) in enumerate(pairwise((0.0, *ends))):
                if begin <= piece[0].x0 + unit and piece[-1].x1 <= end + unit <= behind[0].x0 + 2 * unit:
                    longest[n] = max(longest[n], piece[-1].x1)
    begins = (0.0, *ends)
    return tuple(
        End(end, min(end, far) if far > begin else end, together=together)
        for begin, end, far in zip(begins, ends, longest, strict=False)
    )


def _ends(page: Page[W], before: tuple[float, ...], columns: int, unit: float) -> tuple[float, ...]:
    """Where the columns of a page end: as its header says, as on the page before where that cuts little, or else where
    there are gaps down the page."""
    lines = [line for line in (*page.header, *page.lines) if line]
    labels = labels_of(page.header, unit)
    if len(labels) == columns:
        return _ends_by_labels(labels, lines, unit)
    costs = _profile(lines, unit)
    cut = [costs[round(end / unit)] for end in before if round(end / unit) < len(costs)]
    if max(cut, default=0.0) <= _CUT * len(lines):
        return before
    return _ends_by_begins(lines, before, unit)


def _profile(lines: Sequence[Words[W]], unit: float) -> list[float]:
    """What a line down the page costs at each place (counted in units): the words and narrow gaps that it cuts."""
    width = math.ceil(max((line[-1].x1 for line in lines if line), default=0.0) / unit) + 1
    steps = [0.0] * (width + 1)
    for line in lines:
        for piece in pieces_of(line, unit):
            spans = [(word.x0, word.x1, 1.0) for word in piece]
            spans += [(left.x1, right.x0, _NARROW_GAP) for left, right in pairwise(piece)]
            for x0, x1, cost in spans:
                begin, end = math.floor(x0 / unit + 0.01), math.ceil(x1 / unit - 0.01)
                steps[begin] += cost
                steps[max(end, begin)] -= cost
    costs, cost = [], 0.0
    for step in steps[:width]:
        cost += step
        costs.append(cost)
    return costs


def _ends_by_labels(labels: Sequence[Label], lines: Sequence[Words[W]], unit: float) -> tuple[float, ...]:
    """Where the columns below some labels end: between two labels where the fewest words are cut, at the right of that
    place, as most cells begin at the left of theirs."""
    costs = _profile(lines, unit)
    ends = []
    for left, right in pairwise(labels):
        places = range(math.ceil(left.middle / unit), max(math.ceil(left.middle / unit) + 1, int(right.middle / unit)))
        least = min(costs[place] for place in places if place < len(costs))
        runs = _runs([place for place in places if place < len(costs) and costs[place] <= least + 0.5])
        ends.append(max(runs, key=len)[-1] * unit)
    return tuple(ends)


def _runs(places: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _ends_by_begins(lines: Sequence[Words[W]], before: tuple[float, ...], unit: float) -> tuple[float, ...]:
    """Where columns end that have no header above them: left of the places where, down the page, most pieces begin and
    the fewest words are cut, about as far apart as on the page before. As there, where there are no such places."""
    costs = _profile(lines, unit)
    begins = Counter(int(piece[0].x0 / unit + 0.5) for line in lines for piece in pieces_of(line, unit))
    numbers = [line[0].x0 / unit for line in lines if opens_row(line, unit)]
    fits = [
        begins[place] + begins[place + 1] / 2 - _CUT_WORD * (costs[place - 1] if place else 0.0)
        for place in range(len(costs))
    ]
    first = int(min(numbers, default=-1.0) + 1)
    best: dict[int, tuple[float, tuple[int, ...]]] = {n: (fits[n], (n,)) for n in range(first, len(costs))}
    for left, right in pairwise(before):
        width = round((right - left) / unit)
        grown: dict[int, tuple[float, tuple[int, ...]]] = {}
        for place in range(len(costs)):
            reached = (
                (score + fits[place] - _OTHER_WIDTH * abs(place - last - width), (*places, place))
                for last, (score, places) in best.items()
                if _NARROWEST <= place - last <= width + _WIDER
            )
            found = max(reached, default=None)
            if found:
                grown[place] = found
        best = grown
    _, places = max(best.values(), default=(0.0, ()))
    return tuple(max(place - 1, 0) * unit for place in places) or before

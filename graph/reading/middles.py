"""Cells that stand in the middle of their rows, raised to the top, where nothing but row numbers tells rows apart: in a
text that keeps the places of a page ("pdftotext -layout").

The middle of each cell of such a row stands as high as its number. So of all ways to part the lines between the numbers
the one is taken whose cells lie best around them (dynamic programme over where rows begin and end). Lines are counted
as printed, blank ones left aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Generic, TypeVar

from graph.reading.aligned.pieces import Word
from graph.reading.aligned.rows import goes_on
from graph.reading.cell_lines import ROW_NUMBER

W = TypeVar("W", bound=Word)
_FEWEST = 3  # rows
_HIGHEST = 24  # lines of a row above its number, and below
_HIGHEST_HEADER = 8  # lines
_GAP = 2.0  # units between two cells
_ASIDE = 8.0  # units by which row numbers stand right of the leftmost word near them
_NEAR = 20  # lines
_HALF = 0.1  # what a cell of two lines weighs beside a number, for one of them stands as high
_AT_TOP = 1.5  # what a cell weighs at most that stands at the top of its row
_APART, _HOLE = 2, 0.5  # lines by which those of a cell stand apart, and what each line more weighs
_OFF = 1.0  # lines by which the middle of a row may lie off its number
_WITHIN = 0.75  # lines off the middle that a cell weighs which begins within a sentence
_LEFT = 2.0  # and a line that belongs to no row
_BEHIND_BREAK = 0.4  # the same at the top of a page, where the rest of a cut row may stand
_CUT = 1.5  # and a row that a page break cuts
_CHEAPER = 0.95  # of what it costs to take the cells for standing at the top
_SURELY = 0.1  # share of the rows that reach above their numbers


@dataclass(frozen=True)
class _Lines(Generic[W]):
    """The written lines of a table, which of them have row numbers, and before which of them a gap stands."""

    lines: Sequence[Sequence[W]]
    gaps: frozenset[int]
    unit: float
    header: Sequence[Sequence[W]] = ()  # of a table whose lines only go on

    @cached_property
    def repeated(self) -> frozenset[int]:
        """The lines at the top of a page that say again what the header does."""
        first = self.numbered[0] if self.numbered else 0
        tops = [self.header] if self.header else [self.lines[:n] for n in range(min(first, _HIGHEST_HEADER), 0, -1)]
        found = ({i for begin, end in _headers(self, top) for i in range(begin, end) if i > first} for top in tops)
        return frozenset(next(filter(None, found), ()))

    @cached_property
    def numbered(self) -> list[int]:
        """The lines that begin with a row number, left of where titles do."""
        found = self._with_numbers
        titles = {i: self.lines[i][1].x0 for i in found if len(self.lines[i]) > 1}
        return [
            i
            for i in found
            if not any(abs(other - i) < _NEAR and self.lines[i][0].x0 >= x0 - self.unit for other, x0 in titles.items())
        ]

    @cached_property
    def _with_numbers(self) -> list[int]:
        found = []
        for i, line in enumerate(self.lines):
            near = self.lines[max(0, i - _NEAR) : i + _NEAR]
            left = min(other[0].x0 for other in near)
            apart = len(line) == 1 or line[1].x0 - line[0].x1 >= _GAP * self.unit
            if apart and ROW_NUMBER.fullmatch(line[0].text) and line[0].x0 - left <= _ASIDE * self.unit:
                found.append(i)
        return found

    @cached_property
    def headings(self) -> frozenset[int]:
        """The lines without wide gaps that begin where row numbers stand and run over the columns, and those of a
        repeated header: no row holds them."""
        found = set(self.repeated)
        for i, line in enumerate(self.lines):
            near = [other for other in self.numbered if abs(other - i) < _NEAR]
            right = max((self.lines[other][0].x1 for other in near), default=0.0)
            one = all(word.x0 - before.x1 < _GAP * self.unit for before, word in pairwise(line))
            begins_left = line[0].x0 < right + _GAP * self.unit
            if near and one and i not in near and begins_left and line[-1].x1 > right + _ASIDE * self.unit:
                found.add(i)
        return frozenset(found)

    def cells(self, begin: int, end: int) -> list[list[tuple[int, W]]]:
        """The words of some lines, each with its line, in groups with a gap down those lines between them."""
        words = sorted(((i, word) for i in range(begin, end) for word in self.lines[i]), key=lambda one: one[1].x0)
        cells = [words[:1]]
        right = words[0][1].x1
        for i, word in words[1:]:
            if word.x0 - right >= _GAP * self.unit:
                cells.append([])
            cells[-1].append((i, word))
            right = max(right, word.x1)
        return cells

    def above(self, begin: int, cell: Sequence[tuple[int, W]]) -> list[W]:
        """The words of the nearest line above a row that stand over one of its cells; none above the first row, where
        the header stands."""
        if begin <= self.numbered[0]:
            return []
        left, right = min(word.x0 for _, word in cell), max(word.x1 for _, word in cell)
        near = reversed(self.lines[max(0, begin - 2) : begin])
        over = ([word for word in line if word.x0 < right and left < word.x1] for line in near)
        return next(filter(None, over), [])

    def off(self, begin: int, number: int, end: int) -> tuple[float, float]:
        """How far the cells of a row lie off its number: their middles, and their tops."""
        middle = top = within = 0.0
        for cell in self.cells(begin, end):
            first, last = min(i for i, _ in cell), max(i for i, _ in cell)
            opening = sorted((word for i, word in cell if i == first), key=lambda word: word.x0)
            within += _WITHIN * goes_on(self.above(begin, cell), opening)
            heights = sorted({i for i, _ in cell})
            within += _HOLE * sum(max(0, below - above - _APART) for above, below in pairwise(heights))
            aside = abs((first + last) / 2 - number)
            aside = min(aside, _AT_TOP) if first == begin and last < end - 1 else aside
            middle += _HALF if aside == 0.5 else aside
            top += abs(first - number)
        return middle + within, top + within


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to part the lines so far: what it costs, and where its rows begin and end."""

    cost: float
    rows: tuple[tuple[int, int], ...]


def to_the_top(
    lines: Sequence[Sequence[W]], unit: float, header: Sequence[Sequence[W]] = ()
) -> tuple[list[tuple[int, Sequence[W]]], bool]:
    """The lines of a table, each with its place, the words of cells in the middle of a row moved to its upper lines;
    lines of which nothing stays are left out, and whether any were. As they are where cells stand at the top. ``unit``
    is the width of a space; ``header`` that of the table, where the lines only go on with it and do not begin with
    it."""
    found = dict(enumerate(lines))
    places = [i for i, line in enumerate(lines) if line and not _is_page_number(lines, i)]
    gaps = frozenset(n for n, (above, below) in enumerate(pairwise(places), 1) if below - above > 1)
    written = _Lines([lines[i] for i in places], gaps, unit, header)
    rows = _rows(written)
    top = header or written.lines[: rows[0][0] if rows else 0]
    for begin, end in (*(_headers(written, top) if rows else ()), *rows):
        for place, line in zip(places[begin:end], _raised(written, begin, end), strict=True):
            found[place] = line
            if not line:
                del found[place]
    return sorted(found.items()), bool(rows)


def _is_page_number(lines: Sequence[Sequence[W]], i: int) -> bool:
    """Whether a line is a mere number beside a gap."""
    alone = len(lines[i]) == 1 and lines[i][0].text.strip("-–").isdecimal()
    return alone and (not i or i + 1 == len(lines) or not lines[i - 1] or not lines[i + 1])


def _headers(written: _Lines[W], header: Sequence[Sequence[W]]) -> Iterator[tuple[int, int]]:
    """Where a header stands and is repeated: lines that hold the same words."""
    said = sorted(word.text for line in header for word in line)
    for begin in range(len(written.lines)):
        words: list[str] = []
        for end in range(begin, min(begin + _HIGHEST_HEADER, len(written.lines))):
            words += [word.text for word in written.lines[end]]
            if len(words) >= len(said):
                if sorted(words) == said:
                    yield begin, end + 1
                break


def _raised(written: _Lines[W], begin: int, end: int) -> Iterator[list[W]]:
    lines: list[list[W]] = [[] for _ in range(begin, end)]
    for cell in written.cells(begin, end):
        heights = sorted({i for i, _ in cell})
        for i, word in cell:
            lines[heights.index(i)].append(word)
    yield from (sorted(line, key=lambda word: word.x0) for line in lines)


def _rows(written: _Lines[W]) -> tuple[tuple[int, int], ...]:
    """Where the rows begin and end; none where their cells do not stand in the middle."""
    numbered = written.numbered
    if len(numbered) < _FEWEST:
        return ()
    tops = 0.0
    for number, below in zip(numbered, [*numbered[1:], min(numbered[-1] + 1, len(written.lines))], strict=True):
        tops += written.off(number, number, min(below, number + _HIGHEST))[1]
    best: dict[int, _Way] = {0: _Way(0.0, ())}
    for n, number in enumerate(numbered):
        least = numbered[n - 1] + 1 if n else max(0, number - _HIGHEST)
        most = min(numbered[n + 1] if n + 1 < len(numbered) else len(written.lines), number + 1 + _HIGHEST)
        best = _grown(written, best, number, max(least, number - _HIGHEST), most, free=n == 0)
    if not best:
        return ()
    way = min(best.values(), key=lambda way: way.cost)
    reach_up = sum(begin < number for (begin, _), number in zip(way.rows, numbered, strict=True))
    return way.rows if way.cost < _CHEAPER * tops and reach_up >= _SURELY * len(numbered) else ()


def _grown(
    written: _Lines[W], best: dict[int, _Way], number: int, least: int, most: int, *, free: bool
) -> dict[int, _Way]:
    """The best ways with one row more, by where it ends."""
    starts: dict[int, _Way] = {}
    for begin in range(max([least, *(i + 1 for i in written.headings if i < number)]), number + 1):
        ways = [
            _Way(way.cost + (0.0 if free else _between(written, end, begin)), way.rows)
            for end, way in best.items()
            if end <= begin
        ]
        if ways:
            starts[begin] = min(ways, key=lambda way: way.cost)
    grown: dict[int, _Way] = {}
    for end in range(number + 1, min([most, *(i for i in written.headings if i > number)]) + 1):
        for begin, way in starts.items():
            if abs((begin + end - 1) / 2 - number) > _OFF and end not in written.gaps:
                continue
            middle, top = written.off(begin, number, end)
            off = min(middle, top + _CUT) if end in written.gaps else middle
            if end not in grown or way.cost + off < grown[end].cost:
                grown[end] = _Way(way.cost + off, (*way.rows, (begin, end)))
    return grown


def _between(written: _Lines[W], end: int, begin: int) -> float:
    """What it costs that lines between two rows belong to neither: little behind a page break."""
    cut = next((gap for gap in range(end, begin + 1) if gap in written.gaps), begin)
    left = [i for i in range(end, begin) if i not in written.headings]
    return sum(_LEFT if i < cut else _BEHIND_BREAK for i in left)

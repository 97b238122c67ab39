"""Tables without rules, known by where their words stand: on a page, or in a text that keeps the places of a page
("pdftotext -layout").

The header tells how many columns there are. Between two of its labels a column ends where a line down the page would
cut the fewest words. Row numbers in the first column begin the rows; where cells stand in the middle of their rows, a
row reaches as far above its number as below it. On each page columns may stand elsewhere.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from graph.reading.cell_lines import ROW_NUMBER


class Word(Protocol):
    """A word on a line: where it begins and ends, and what it says."""

    @property
    def x0(self) -> float:
        """Where it begins."""

    @property
    def x1(self) -> float:
        """Where it ends."""

    @property
    def text(self) -> str:
        """What it says."""


W = TypeVar("W", bound=Word)
Words = Sequence[W]
"""The words of a line from left to right; none for a blank line."""

_OPEN_END = re.compile(
    r"^(?:và|của|cho|tại|theo|với|về|từ|đến|đoạn|năm|quý|tháng|số|các)$|[,(/–-]$", re.IGNORECASE
)  # a word or sign with which no cell ends
_PAGE_NUMBER = re.compile(r"[-–]?\d{1,3}[-–]?")
_FEWEST_COLUMNS = 3
_MOST_HEADER_LINES = 8
_LONGEST_LABEL = 70  # characters
_MOST_BLANK = 12  # lines, as at the foot of a page
_MOST_BETWEEN = 2  # lines of a heading over all columns and the row below it
_UNDER_WAY = 1.5  # lines off the middle that a cell weighs which begins within a sentence
_CUT_ROW = 0.5  # and the rest of a row at the top of a page
_FULL_PAGE = 10  # lines by which columns can be told without a header
_NARROW_GAP = 0.6  # of what it costs to cut a word
_CUT_WORD = 2.0  # pieces that begin at a place for which one cut word stands
_NARROWEST = 3  # units of a column
_OTHER_WIDTH = 0.5  # pieces, for a unit by which a column is wider or narrower than on the page before
_WIDER = 12  # units by which it can be wider
_CUT = 0.12  # share of the lines that the end of a column may cut
_ASIDE = 5.0  # units by which a word may stand off its column


@dataclass(frozen=True, slots=True)
class Row(Generic[W]):
    """A row: the lines of each of its cells."""

    cells: tuple[tuple[Words[W], ...], ...]


@dataclass(frozen=True, slots=True)
class Aligned(Generic[W]):
    """A table: its rows, the header first, one past its last line, the lines of its header, and where its columns end
    at last."""

    rows: tuple[Row[W], ...]
    end: int
    header: Sequence[Words[W]]
    ends: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _End:
    """Where a column ends: what begins right of ``at`` is the next one's. Text that runs past it is cut near ``full``,
    where the longest text of the column ends."""

    at: float
    full: float
    next: float | None = None  # where the cell right of it begins, known from the line above


@dataclass(frozen=True, slots=True)
class _Label:
    """Where a label of the header stands."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    def overlaps(self, other: _Label) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1


def read(lines: Sequence[Words[W]], start: int, unit: float) -> Aligned[W] | None:
    """The table whose header begins at a line, None for none. ``unit`` is the width of a space."""
    body = _end_of_header(lines, start, unit)
    if body is None:
        return None
    body = _shortest(lines, start, body)
    header = lines[start:body]
    labels = _labels(header, unit)
    end = _end(lines, start, body, labels, unit)
    pages = [*_placed(_pages(lines[body:end], header, header), (), len(labels), unit)]
    top = _row(header, [_End(end, end) for end in pages[0][0]], unit)
    return Aligned((top, *_rows(pages, unit)), end, header, pages[-1][0])


def go_on(lines: Sequence[Words[W]], above: Aligned[W], unit: float) -> Aligned[W] | None:
    """The rows with which a table goes on at the top of another page, None where it does not."""
    labels = _labels(above.header, unit)
    before = len(above.header)
    end = _end([*above.header, *lines], 0, before, labels, unit) - before
    pages = [*_placed(_pages(lines[:end], above.header, ()), above.ends, len(labels), unit)]
    if end <= 0 or not pages:
        return None
    return Aligned(tuple(_rows(pages, unit)), end, above.header, pages[-1][0])


def _rows(pages: Sequence[tuple[tuple[float, ...], list[Words[W]]]], unit: float) -> list[Row[W]]:
    """The rows of the pages of a table, one that a page break cut put together."""
    rows: list[Row[W]] = []
    for ends, lines in pages:
        filled = _filled(ends, lines, unit)
        for n, group in enumerate(_groups(lines, filled, unit)):
            row = _row(group, filled, unit)
            if n == 0 and rows and _is_cut(row):
                rows[-1] = Row(tuple((*above, *below) for above, below in zip(rows[-1].cells, row.cells, strict=True)))
            else:
                rows.append(row)
    return rows


def _pieces(line: Words[W], unit: float) -> list[list[W]]:
    """The words of a line, those with narrow gaps between them together."""
    pieces: list[list[W]] = []
    for word in line:
        if pieces and word.x0 - pieces[-1][-1].x1 < 2 * unit:
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def _opens_row(line: Words[W], unit: float) -> bool:
    """Whether a line begins with a row number apart from what follows it."""
    return len(line) > 1 and ROW_NUMBER.fullmatch(line[0].text) is not None and len(_pieces(line, unit)[0]) == 1


def _end_of_header(lines: Sequence[Words[W]], start: int, unit: float) -> int | None:
    """Where the first row of a table begins whose header begins at a line, None where none does."""
    if len(_pieces(lines[start], unit)) < 2 or _opens_row(lines[start], unit):
        return None
    most, right = 0, math.inf
    for i in range(start, min(start + _MOST_HEADER_LINES + 1, len(lines))):
        if i > start and _opens_row(lines[i], unit) and lines[i][0].x0 <= right + unit:
            return i if most >= _FEWEST_COLUMNS else None
        pieces = _pieces(lines[i], unit)
        right = min(right, pieces[0][-1].x1) if pieces else right
        if any(sum(len(word.text) + 1 for word in piece) > _LONGEST_LABEL for piece in pieces):
            return None
        most = max(most, len(pieces))
    return None


def _shortest(lines: Sequence[Words[W]], start: int, body: int) -> int:
    """Where a header ends whose first line comes again: what follows both is the header."""
    for again in range(body, len(lines)):
        if _same(lines[again], lines[start]):
            size = next((n for n in range(1, body - start) if not _same_at(lines, start + n, again + n)), body - start)
            return start + size
    return body


def _same(one: Words[W], other: Words[W]) -> bool:
    return [word.text for word in one] == [word.text for word in other]


def _same_at(lines: Sequence[Words[W]], one: int, other: int) -> bool:
    return other < len(lines) and _same(lines[one], lines[other])


def _labels(header: Sequence[Words[W]], unit: float) -> list[_Label]:
    """The labels of a header from left to right; one that stands over several gives way to them."""
    labels: list[_Label] = []
    for line in header:
        pieces = [_Label(piece[0].x0, piece[-1].x1) for piece in _pieces(line, unit)]
        kept = [label for label in labels if sum(piece.overlaps(label) for piece in pieces) < 2]
        for piece in pieces:
            below = [label for label in kept if piece.overlaps(label)]
            if len(below) > 1:  # it stands over them
                continue
            kept = [label for label in kept if label not in below]
            kept.append(
                _Label(min(piece.x0, *(b.x0 for b in below)), max(piece.x1, *(b.x1 for b in below))) if below else piece
            )
        labels = sorted(kept, key=lambda label: label.x0)
    return labels


def _end(lines: Sequence[Words[W]], start: int, body: int, labels: Sequence[_Label], unit: float) -> int:
    """One past the last line of a table: what follows is running text."""
    begins: set[int] = set()
    end, blank, right = body, 0, labels[0].x1
    for i in range(body, len(lines)):
        line = lines[i]
        if not line:
            blank += 1
            if blank > _MOST_BLANK:
                break
            continue
        pieces = _pieces(line, unit)
        begin = round(pieces[0][0].x0 / unit)
        if len(pieces) > 1:
            right = line[0].x1 if _same(line, lines[start]) else right
        elif _is_page_number(line) or _is_numeral(line):
            continue
        elif (
            line[0].x0 < right - unit or (blank and not any(abs(begin - known) <= 1 for known in begins))
        ) and not _heads_rows(lines, i, unit):
            break
        begins.update(round(piece[0].x0 / unit) for piece in pieces)
        end, blank = i + 1, 0
    return end


def _heads_rows(lines: Sequence[Words[W]], i: int, unit: float) -> bool:
    """Whether a row follows a line so closely that the line is its heading, set over all columns."""
    below = [line for line in lines[i + 1 : i + 2 + _MOST_BETWEEN] if line][:_MOST_BETWEEN]
    return any(_opens_row(line, unit) for line in below)


def _is_numeral(line: Words[W]) -> bool:
    """Whether a line holds nothing but the number of a heading whose title stands above and below it."""
    return len(line) == 1 and ROW_NUMBER.fullmatch(line[0].text) is not None


def _is_page_number(line: Words[W]) -> bool:
    return len(line) == 1 and _PAGE_NUMBER.fullmatch(line[0].text) is not None


@dataclass(frozen=True, slots=True)
class _Page(Generic[W]):
    """A part of a table whose columns stand in one place: its header, where it has one, and its lines."""

    header: Sequence[Words[W]]
    lines: Sequence[Words[W]]


def _pages(lines: Sequence[Words[W]], header: Sequence[Words[W]], top: Sequence[Words[W]]) -> Iterator[_Page[W]]:
    """The lines of a body below the header ``top``, parted where the header is repeated and where, behind a gap, enough
    lines follow."""
    said = [[word.text for word in line] for line in header]
    found: list[_Page[W]] = []
    page: list[Words[W]] = []
    i = 0
    while i < len(lines):
        repeated = [[word.text for word in line] for line in lines[i : i + len(header)]] == said
        if repeated or (not lines[i] and len(page) >= _FULL_PAGE):
            found.append(_Page(top, page))
            top, page = (lines[i : i + len(header)], []) if repeated else ((), [])
            i += len(header) if repeated else 1
            continue
        if page if not lines[i] else not _is_page_number(lines[i]):
            page.append(lines[i])
        i += 1
    found.append(_Page(top, page))
    yield from (one for one in found if one.lines)


def _placed(
    pages: Iterable[_Page[W]], ends: tuple[float, ...], columns: int, unit: float
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


def _filled(ends: tuple[float, ...], lines: Sequence[Words[W]], unit: float) -> tuple[_End, ...]:
    """The ends of columns with how far the longest text of each reaches that a wide gap parts from the next."""
    longest = [0.0, *ends[:-1]]
    for line in lines:
        for piece, behind in pairwise(_pieces(line, unit)):
            for n, (begin, end) in enumerate(pairwise((0.0, *ends))):
                if begin <= piece[0].x0 + unit and piece[-1].x1 <= end + unit <= behind[0].x0 + 2 * unit:
                    longest[n] = max(longest[n], piece[-1].x1)
    begins = (0.0, *ends)
    return tuple(
        _End(end, min(end, far) if far > begin else end) for begin, end, far in zip(begins, ends, longest, strict=False)
    )


def _ends(page: _Page[W], before: tuple[float, ...], columns: int, unit: float) -> tuple[float, ...]:
    """Where the columns of a page end: as its header says, as on the page before where that cuts little, or else where
    there are gaps down the page."""
    lines = [line for line in (*page.header, *page.lines) if line]
    labels = _labels(page.header, unit)
    if len(labels) == columns:
        return _ends_by_labels(labels, lines, unit)
    costs = _profile(lines, unit)
    cut = [costs[round(end / unit)] for end in before if round(end / unit) < len(costs)]
    if max(cut, default=0.0) <= _CUT * len(lines):
        return before
    return _ends_by_begins(lines, before, unit)


def _is_cut(row: Row[W]) -> bool:
    """Whether a row is the rest of one on the page before: it has no number and goes on within a sentence."""
    opening = [cell[0][0].text[0] for cell in row.cells if cell]
    return not row.cells[0] and any(not first.isupper() and first not in "-+•" for first in opening)


def _profile(lines: Sequence[Words[W]], unit: float) -> list[float]:
    """What a line down the page costs at each place (counted in units): the words and narrow gaps that it cuts."""
    width = math.ceil(max((line[-1].x1 for line in lines if line), default=0.0) / unit) + 1
    steps = [0.0] * (width + 1)
    for line in lines:
        for piece in _pieces(line, unit):
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


def _ends_by_labels(labels: Sequence[_Label], lines: Sequence[Words[W]], unit: float) -> tuple[float, ...]:
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
    begins = Counter(int(piece[0].x0 / unit + 0.5) for line in lines for piece in _pieces(line, unit))
    numbers = [line[0].x0 / unit for line in lines if _opens_row(line, unit)]
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


def _groups(lines: Sequence[Words[W]], ends: Sequence[_End], unit: float) -> Iterator[list[Words[W]]]:
    """The lines of each row, and of each heading over all columns. What stands above the first number is the rest of a
    row that the page break cut."""
    written = [line for line in lines if line]
    numbered = [i for i, line in enumerate(written) if _is_numbered(line, ends, unit)]
    headings = [i for i, line in enumerate(written) if i not in numbered and _is_over_all(line, ends, unit)]
    begins = (
        _begins_of_middles(written, numbered, ends, unit) if _in_the_middle(written, numbered, ends, unit) else numbered
    )
    cuts = sorted({0, *begins, *headings, *(i + 1 for i in headings), len(written)})
    yield from (written[begin:end] for begin, end in pairwise(cuts))


def _is_over_all(line: Words[W], ends: Sequence[_End], unit: float) -> bool:
    """Whether a line is a heading without a number that runs from the first column over others."""
    pieces = _pieces(line, unit)
    return len(pieces) == 1 and line[0].x0 < ends[0].at - unit and line[-1].x1 > ends[0].at + _ASIDE * unit


def _in_the_middle(lines: Sequence[Words[W]], numbered: Sequence[int], ends: Sequence[_End], unit: float) -> bool:
    """Whether cells stand in the middle of their rows: beside many numbers the title is under way, or absent."""
    beside = [_split(lines[i], ends, unit)[1] for i in numbered]
    return 4 * sum(not title or title[0].text[0].islower() for title in beside) > len(beside)


def _begins_of_middles(
    lines: Sequence[Words[W]], numbered: Sequence[int], ends: Sequence[_End], unit: float
) -> list[int]:
    """Where the rows begin whose numbers stand in the middle of them: so that each reaches as far above its number as
    below it, and begins with a capital."""

    split = [_split(line, ends, unit) for line in lines]

    def off(i: int) -> float:
        above = split[i - 1] if i else [[] for _ in split[i]]
        return _UNDER_WAY * any(_goes_on(*cells) for cells in zip(above, split[i], strict=True))

    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (off(0), (0,))} if numbered else {}
    best |= {begin: (_CUT_ROW + off(begin), (begin,)) for begin in range(1, numbered[0] + 1)} if numbered else {}
    for above, number in pairwise(numbered):
        best = {
            begin: min(
                (cost + abs((first + begin - 1) / 2 - above) + off(begin), (*begins, begin))
                for first, (cost, begins) in best.items()
            )
            for begin in range(above + 1, number + 1)
        }
    ended = [
        (cost + abs((first + len(lines) - 1) / 2 - numbered[-1]) / 2, begins) for first, (cost, begins) in best.items()
    ]
    return list(min(ended)[1]) if ended else []


def _goes_on(above: Words[W], cell: Words[W]) -> bool:
    """Whether a line of a cell goes on within a sentence, or with what the line above leaves open."""
    return bool(cell) and (cell[0].text[0].islower() or (bool(above) and _OPEN_END.search(above[-1].text) is not None))


def _is_numbered(line: Words[W], ends: Sequence[_End], unit: float) -> bool:
    first = _split(line, ends[:1], unit)[0] if line else []
    return len(first) == 1 and ROW_NUMBER.fullmatch(first[0].text) is not None


def _row(lines: Sequence[Words[W]], ends: Sequence[_End], unit: float) -> Row[W]:
    """The cells of a row. One whose only text runs over the columns is a heading: all of it is its title."""
    if len(lines) == 1 and _is_over_all(lines[0], ends, unit) and not _is_numbered(lines[0], ends, unit):
        split = [[[], list(lines[0])]]
    elif _is_heading(lines, ends, unit):
        split = [_split(line, ends[:1], unit) for line in lines]
    else:
        split = []
        for line in lines:
            split.append(_split(line, _below(split, ends), unit))
    cells = [tuple(part for part in cell if part) for cell in zip(*split, strict=True)]
    return Row((*cells, *[()] * (len(ends) + 1 - len(cells))))


def _below(split: Sequence[Sequence[Words[W]]], ends: Sequence[_End]) -> list[_End]:
    """The ends of columns with where the cells of the next one begin in the lines of a row so far."""
    cells = [[cell for cell in column if cell] for column in zip(*split, strict=True)][1:] or [[] for _ in ends]
    return [replace(end, next=cell[-1][0].x0 if cell else None) for end, cell in zip(ends, cells, strict=True)]


def _is_heading(lines: Sequence[Words[W]], ends: Sequence[_End], unit: float) -> bool:
    behind = [_pieces(_split(line, ends[:1], unit)[1], unit) for line in lines]
    if len(ends) < 2 or max(map(len, behind), default=0) > 1:
        return False
    numbered = _is_numbered(lines[0], ends, unit)
    return any(
        any(piece[0].x0 < end.at < piece[-1].x1 for end in ends[1:]) or (numbered and piece[0].x0 > ends[1].at)
        for pieces in behind
        for piece in pieces
    )


def _split(line: Words[W], ends: Sequence[_End], unit: float) -> list[list[W]]:
    """The words of a line by column: cut at the gap next to where each column ends, if one is near."""
    cells: list[list[W]] = []
    rest = list(line)
    for end in ends:
        cut = _cut(rest, end, unit)
        cells.append(rest[:cut])
        rest = rest[cut:]
    return [*cells, rest]


def _cut(line: Sequence[W], end: _End, unit: float) -> int:
    """How many words of a line stand before the end of a column."""
    if not line or line[-1].x1 <= end.at + unit:
        return len(line)
    if line[0].x0 >= end.at - unit / 2:
        return 0
    below = [i for i, word in enumerate(line) if end.next is not None and abs(word.x0 - end.next) < 1.5 * unit]
    if end.next is not None and below:
        return min(below, key=lambda i: abs(line[i].x0 - (end.next or 0.0)))
    gaps = [(left.x1, right.x0) for left, right in pairwise(line)]
    wide = [i for i, (x1, x0) in enumerate(gaps) if x0 - x1 >= 2 * unit and _away(end.at, x1, x0) <= _ASIDE * unit]
    if wide:
        return min(wide, key=lambda i: _away(end.at, *gaps[i])) + 1
    near = [i for i, (x1, x0) in enumerate(gaps) if _away(end.full, x1, x0) <= _ASIDE * unit]
    if near:
        return min(near, key=lambda i: _away(end.full, *gaps[i]) - _ASIDE * unit * _begins_anew(line, i + 1)) + 1
    return sum((word.x0 + word.x1) / 2 < end.at for word in line)


def _begins_anew(line: Sequence[W], at: int) -> bool:
    """Whether a word with a capital follows one without: a cell may begin there."""
    return line[at].text[0].isupper() and line[at - 1].text[0].islower()


def _away(place: float, begin: float, end: float) -> float:
    """How far a place is from a gap."""
    return 0.0 if begin <= place <= end else min(abs(place - begin), abs(place - end))

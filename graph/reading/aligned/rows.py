"""The rows of a table: which lines belong to each, and how its lines are cut into cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Generic

from graph.reading.aligned.columns import End
from graph.reading.aligned.pieces import W, Words, pieces_of
from graph.reading.cell_lines import ROW_NUMBER

_OPEN_END = re.compile(
    r"^(?:và|của|cho|tại|theo|với|về|từ|đến|các)$|[,(/–-]$", re.IGNORECASE
)  # a word or sign with which no cell ends
_WANTS_NUMBER = re.compile(r"(?:đoạn|năm|quý|tháng|số)", re.IGNORECASE)
_NUMBER = re.compile(r"\d|[IVX]+\b")
_NUMERAL = re.compile(r"[IVX]+[.)]")
_UNDER_WAY = 1.5  # lines off the middle that a cell weighs which begins within a sentence
_CUT_ROW = 0.5  # and the rest of a row at the top of a page
_ASIDE = 5.0  # units by which a word may stand off its column


@dataclass(frozen=True, slots=True)
class Row(Generic[W]):
    """A row: the lines of each of its cells."""

    cells: tuple[tuple[Words[W], ...], ...]


def groups(lines: Sequence[Words[W]], ends: Sequence[End], unit: float, *, at_top: bool) -> Iterator[list[Words[W]]]:
    """The lines of each row, and of each heading over all columns. What stands above the first number is the rest of a
    row that the page break cut. ``at_top``: cells are known to stand at the top of their rows."""
    written = [line for line in lines if line]
    numbered = [i for i, line in enumerate(written) if _is_numbered(line, ends, unit)]
    headings = [i for i, line in enumerate(written) if i not in numbered and _is_over_all(line, ends, unit)]
    middles = not at_top and _in_the_middle(written, numbered, ends, unit)
    begins = _begins_of_middles(written, numbered, ends, unit) if middles else numbered
    cuts = sorted({0, *begins, *headings, *(i + 1 for i in headings), len(written)})
    yield from (written[begin:end] for begin, end in pairwise(cuts))


def row_of(lines: Sequence[Words[W]], ends: Sequence[End], unit: float) -> Row[W]:
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


def is_cut(row: Row[W]) -> bool:
    """Whether a row is the rest of one on the page before: it has no number and goes on within a sentence."""
    opening = [cell[0][0].text[0] for cell in row.cells if cell]
    return not row.cells[0] and any(not first.isupper() and first not in "-+•" for first in opening)


def _is_over_all(line: Words[W], ends: Sequence[End], unit: float) -> bool:
    """Whether a line is a heading without a number that runs from the first column over others, or from anywhere left
    of the others a Roman numeral with a title ("II. HẠ TẦNG SỐ")."""
    if len(pieces_of(line, unit)) != 1 or line[-1].x1 <= ends[0].at + _ASIDE * unit:
        return False
    numeral = len(line) > 1 and _NUMERAL.fullmatch(line[0].text) is not None and line[1].text[0].isupper()
    return line[0].x0 < (ends[0].at + _ASIDE * unit if numeral else ends[0].at - unit)


def _in_the_middle(lines: Sequence[Words[W]], numbered: Sequence[int], ends: Sequence[End], unit: float) -> bool:
    """Whether cells stand in the middle of their rows: beside many numbers the title is under way, or absent."""
    beside = [_split(lines[i], ends, unit)[1] for i in numbered]
    return 4 * sum(not title or title[0].text[0].islower() for title in beside) > len(beside)


def _begins_of_middles(
    lines: Sequence[Words[W]], numbered: Sequence[int], ends: Sequence[End], unit: float
) -> list[int]:
    """Where the rows begin whose numbers stand in the middle of them: so that each reaches as far above its number as
    below it, and begins with a capital."""

    split = [_split(line, ends, unit) for line in lines]

    def off(i: int) -> float:
        above = split[i - 1] if i else [[] for _ in split[i]]
        return _UNDER_WAY * any(goes_on(*cells) for cells in zip(above, split[i], strict=True))

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


def goes_on(above: Words[W], cell: Words[W]) -> bool:
    """Whether a line of a cell goes on within a sentence, or with what the line above leaves open."""
    if not cell or not above:
        return bool(cell) and cell[0].text[0].islower()
    last, first = above[-1].text, cell[0].text
    numbered = _WANTS_NUMBER.fullmatch(last) and _NUMBER.match(first)  # "Quý" | "III/2025", but not "Hằng năm" | "2026"
    return first[0].islower() or bool(_OPEN_END.search(last) or numbered)


def _is_numbered(line: Words[W], ends: Sequence[End], unit: float) -> bool:
    first = _split(line, ends[:1], unit)[0] if line else []
    return len(first) == 1 and ROW_NUMBER.fullmatch(first[0].text) is not None


def _below(split: Sequence[Sequence[Words[W]]], ends: Sequence[End]) -> list[End]:
    """The ends of columns with where the cells of the next one begin in the lines of a row so far."""
    cells = [[cell for cell in column if cell] for column in zip(*split, strict=True)][1:] or [[] for _ in ends]
    return [replace(end, next=cell[-1][0].x0 if cell else None) for end, cell in zip(ends, cells, strict=True)]


def _is_heading(lines: Sequence[Words[W]], ends: Sequence[End], unit: float) -> bool:
    behind = [pieces_of(_split(line, ends[:1], unit)[1], unit) for line in lines]
    if len(ends) < 2 or max(map(len, behind), default=0) > 1:
        return False
    numbered = _is_numbered(lines[0], ends, unit)
    return any(
        any(piece[0].x0 < end.at < piece[-1].x1 for end in ends[1:]) or (numbered and piece[0].x0 > ends[1].at)
        for pieces in behind
        for piece in pieces
    )


def _split(line: Words[W], ends: Sequence[End], unit: float) -> list[list[W]]:
    """The words of a line by column: cut at the gap next to where each column ends, if one is near."""
    cells: list[list[W]] = []
    rest = list(line)
    for end in ends:
        cut = _cut(rest, end, unit)
        cells.append(rest[:cut])
        rest = rest[cut:]
    return [*cells, rest]


def _cut(line: Sequence[W], end: End, unit: float) -> int:
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
        return min(near, key=lambda i: _away(end.full, *gaps[i]) - _ASIDE * unit * _parts(line, i + 1, end)) + 1
    return sum((word.x0 + word.x1) / 2 < end.at for word in line)


def _parts(line: Sequence[W], at: int, end: End) -> int:
    """How surely a cell ends before a word of a line: surely not between words that stand together elsewhere."""
    return _begins_anew(line, at) - ((line[at - 1].text, line[at].text) in end.together)


def _begins_anew(line: Sequence[W], at: int) -> bool:
    """Whether a word with a capital follows one without: a cell may begin there."""
    return line[at].text[0].isupper() and line[at - 1].text[0].islower()


def _away(place: float, begin: float, end: float) -> float:
    """How far a place is from a gap."""
    return 0.0 if begin <= place <= end else min(abs(place - begin), abs(place - end))

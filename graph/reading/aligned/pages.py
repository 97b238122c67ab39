"""How far a table reaches, and the parts of it whose columns stand in one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic

from graph.reading.aligned.header import Label
from graph.reading.aligned.pieces import W, Words, is_numeral, is_page_number, is_same, opens_row, pieces_of

_MOST_BLANK = 12  # lines, as at the foot of a page
_MOST_BETWEEN = 2  # lines of a heading over all columns and the row below it
_MOST_ABOVE = 14  # lines of a page above its first row number
_FEWEST_PIECES = 3  # of a row
_LONGEST_LINE = 70  # characters of a cell
_FULL_PAGE = 10  # lines by which columns can be told without a header


@dataclass(frozen=True, slots=True)
class Page(Generic[W]):
    """A part of a table whose columns stand in one place: its header, where it has one, and its lines."""

    header: Sequence[Words[W]]
    lines: Sequence[Words[W]]


def end_of_table(lines: Sequence[Words[W]], start: int, body: int, labels: Sequence[Label], unit: float) -> int:
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
        pieces = pieces_of(line, unit)
        begin = round(pieces[0][0].x0 / unit)
        if len(pieces) > 1:
            right = line[0].x1 if is_same(line, lines[start]) else right
        elif is_page_number(line) or is_numeral(line):
            continue
        elif (line[0].x0 < right - unit or (blank and not any(abs(begin - known) <= 1 for known in begins))) and not (
            _heads_rows(lines, i, unit) or (blank and _rows_follow(lines, i, unit))
        ):
            break
        begins.update(round(piece[0].x0 / unit) for piece in pieces)
        end, blank = i + 1, 0
    return end


def _heads_rows(lines: Sequence[Words[W]], i: int, unit: float) -> bool:
    """Whether a row follows a line so closely that the line is its heading, set over all columns."""
    below = [line for line in lines[i + 1 : i + 2 + _MOST_BETWEEN] if line][:_MOST_BETWEEN]
    return any(opens_row(line, unit) for line in below)


def _rows_follow(lines: Sequence[Words[W]], i: int, unit: float) -> bool:
    """Whether a numbered row follows lines at the top of a page whose columns stand elsewhere: short ones, none of
    them a title in capitals."""
    for line in (line for line in lines[i : i + _MOST_ABOVE] if line):
        pieces = pieces_of(line, unit)
        if opens_row(line, unit) and len(pieces) >= _FEWEST_PIECES:
            return True
        if " ".join(word.text for word in line).isupper() or max(map(_length, pieces)) > _LONGEST_LINE:
            return False
    return False


def _length(piece: Words[W]) -> int:
    return sum(len(word.text) + 1 for word in piece)


def pages_of(lines: Sequence[Words[W]], header: Sequence[Words[W]], top: Sequence[Words[W]]) -> Iterator[Page[W]]:
    """The lines of a body below the header ``top``, parted where the header is repeated and where, behind a gap, enough
    lines follow."""
    said = [[word.text for word in line] for line in header]
    found: list[Page[W]] = []
    page: list[Words[W]] = []
    i = 0
    while i < len(lines):
        repeated = [[word.text for word in line] for line in lines[i : i + len(header)]] == said
        full = len(page) >= _FULL_PAGE or (
            page and all(lines[i + 1 : i + 1 + _FULL_PAGE]) and len(lines) > i + _FULL_PAGE
        )
        if repeated or (not lines[i] and full):
            found.append(Page(top, page))
            top, page = (lines[i : i + len(header)], []) if repeated else ((), [])
            i += len(header) if repeated else 1
            continue
        if page if not lines[i] else not is_page_number(lines[i]):
            page.append(lines[i])
        i += 1
    found.append(Page(top, page))
    yield from (one for one in found if one.lines)

"""Cells that stand in the middle of their rows, or at their foot, raised to the top, where tables without rules are
read more surely.

Rows that stand further apart than the lines within them are known by that. In each, the words that stand below each
other are a cell, and its first line becomes the first of the row. Nothing is raised where rows stand no further apart,
or where a row so found holds two row numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.reading.cell_lines import ROW_NUMBER
from graph.reading.layout import Line, Piece

_FURTHER = 0.25  # of the size of the letters: by so much more than lines stand rows apart
_FEWEST = 3  # rows
_CLOSEST = 0.1  # share of the words that may stand closer to those below them than lines of a cell do
_GAP = 0.5  # of the size of the letters: what parts two cells at least


def to_the_top(text: Sequence[Line]) -> list[tuple[Piece, ...]]:
    """The words of each line, those of cells in the middle of a row moved to its upper lines; as many lines, none of
    which holds anything where all of it was moved."""
    lines = [tuple(word for piece in line for word in piece.words) for line in text]
    bands = _bands(lines)
    numbers = [_row_numbers(band) for band in bands]
    if max(numbers, default=0) > 1 or sum(numbers) < _FEWEST:
        return lines
    return [line for band in bands for line in _raised(band)]


def _bands(lines: Sequence[tuple[Piece, ...]]) -> list[list[tuple[Piece, ...]]]:
    """The lines in groups that stand further apart than lines of a cell do."""
    if not lines:
        return []
    usual = _leading(lines)
    bands = [[lines[0]]]
    foot = max(word.bottom for word in lines[0])
    for line in lines[1:]:
        if min(word.top for word in line) - foot > usual + _FURTHER * line[0].size:
            bands.append([])
        bands[-1].append(line)
        foot = max(foot, *(word.bottom for word in line))
    return bands


def _leading(lines: Sequence[tuple[Piece, ...]]) -> float:
    """The white space between two lines of a cell: that between the words next below each other that are closest."""
    found = sorted(below.top - above.bottom for above, below in _next_below(lines))
    return max(0.0, found[int(_CLOSEST * len(found))]) if found else 0.0


def _next_below(lines: Sequence[tuple[Piece, ...]]) -> Iterator[tuple[Piece, Piece]]:
    """Words with the nearest that stands below each, where one does within the next lines."""
    for n, line in enumerate(lines):
        for word in line:
            below = (other for near in lines[n + 1 : n + 4] for other in near if _overlap(word, other))
            other = next(below, None)
            if other is not None:
                yield word, other


def _overlap(one: Piece, other: Piece) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _row_numbers(band: Sequence[tuple[Piece, ...]]) -> int:
    """How many lines of a band begin with a row number that stands left of all else in the band."""
    left = min(word.x0 for line in band for word in line)
    return sum(line[0].x0 < left + line[0].size and bool(ROW_NUMBER.fullmatch(line[0].text)) for line in band)


def _raised(band: Sequence[tuple[Piece, ...]]) -> Iterator[tuple[Piece, ...]]:
    lines: list[list[Piece]] = [[] for _ in band]
    for cell in _cells(band):
        heights = sorted({n for n, _ in cell})
        for n, word in cell:
            lines[heights.index(n)].append(word)
    yield from (tuple(sorted(line, key=lambda word: word.x0)) for line in lines)


def _cells(band: Sequence[tuple[Piece, ...]]) -> list[list[tuple[int, Piece]]]:
    """The words of a band, each with its line, in groups with a gap down the band between them."""
    words = sorted(((n, word) for n, line in enumerate(band) for word in line), key=lambda one: one[1].x0)
    cells = [[words[0]]]
    right = words[0][1].x1
    for (_, _), (n, word) in pairwise(words):
        if word.x0 - right > _GAP * word.size:
            cells.append([])
        cells[-1].append((n, word))
        right = max(right, word.x1)
    return cells

"""Merged cells put back into rows and columns.

A cell over several columns is followed by empty ones. One over several rows of the body is a cell of each of them, for
that is what merging says; a header's merged cell stands once, where it begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
MOST_ACROSS = 100  # no plan has more columns; a larger span is damage


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """What a cell holds, and over how many columns and rows."""

    content: T
    across: int = 1
    down: int = 1


def spread(rows: Sequence[Sequence[Cell[T]]], empty: T, heads: int) -> Iterator[list[T]]:
    """Each row with a content for each column; the first ``heads`` rows are those of the header."""
    merged: dict[int, tuple[int, T]] = {}  # by column: for how many rows more, and what
    for n, row in enumerate(rows):
        cells = list(_merged(0, merged))
        for cell in row:
            for content in (cell.content, *[empty] * (min(cell.across, MOST_ACROSS) - 1)):
                if cell.down > 1:
                    merged[len(cells)] = (cell.down - 1, content if n >= heads else empty)
                cells.append(content)
            cells += _merged(len(cells), merged)
        yield cells


def _merged(column: int, merged: dict[int, tuple[int, T]]) -> Iterator[T]:
    """The merged cells from rows above that stand at a column and right of it, one after the other."""
    while column in merged:
        more, content = merged.pop(column)
        if more > 1:
            merged[column] = (more - 1, content)
        yield content
        column += 1

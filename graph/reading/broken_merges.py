"""Cells merged over rows that a page break cuts: their text stands on one of the pages alone, and the rows on the other
seem to have an empty cell."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from graph.reading.rendition import Printed, PrintedRow

_FEW = 2  # filled cells: a row with no more may be a heading


def fill(parts: Sequence[Printed], columns: Set[int]) -> list[Printed]:
    """The parts with the text of such cells in all their rows. ``columns`` are those in which cells are merged over
    rows elsewhere in the file; in others an empty cell is an empty cell."""
    filled = list(parts)
    for at, row in enumerate(parts):
        if isinstance(row, PrintedRow) and row.after_break and at:
            _fill(filled, at - 1, range(at, len(filled)), columns)
            _fill(filled, at, range(at - 1, -1, -1), columns)
    return filled


def _fill(parts: list[Printed], source: int, onwards: range, columns: Set[int]) -> None:
    """Give what a row says in some columns to the rows next to it, one after the other, as long as they are empty
    there."""
    given = parts[source]
    if isinstance(given, str) or given.opens or sum(map(bool, given.cells)) <= _FEW:
        return
    open_columns = {i for i in columns if i < len(given.cells) and given.cells[i]}
    for at in onwards:
        row = parts[at]
        if isinstance(row, str) or row.opens or sum(map(bool, row.cells)) <= _FEW:
            return
        open_columns = {i for i in open_columns if i < len(row.cells) and not row.cells[i]}
        if not open_columns:
            return
        cells = (given.cells[i] if i in open_columns else cell for i, cell in enumerate(row.cells))
        parts[at] = replace(row, cells=tuple(cells), merged=True)

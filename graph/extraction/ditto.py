"""Cells that say "as above" ("nt", "như trên", a ditto mark): read as what stands in the row above."""

from __future__ import annotations

from collections.abc import Sequence

from graph.extraction.alignment import AS_ABOVE
from graph.extraction.assembly import TableRow
from graph.extraction.headers import Column, Role

_ROLES: tuple[Role, ...] = ("lead", "coordinate", "result", "deadline", "unit")


def repeat_above(rows: Sequence[TableRow], columns: Sequence[Column]) -> None:
    """Give each cell that says so what the nearest row above holds in its column, and say it as a doubt. Headings
    between hold nothing and are passed over."""
    for i, column in enumerate(columns):
        above = None
        for row in rows if column.role in _ROLES else ():
            if above and AS_ABOVE.fullmatch(row.cells[i].text):
                row.cells[i] = above
                row.doubts.append(f'{column.role} said to be as above ("nt")')
            above = row.cells[i] or (None if _assigns(row, columns) else above)


def _assigns(row: TableRow, columns: Sequence[Column]) -> bool:
    return any(cell and column.role in _ROLES for cell, column in zip(row.cells, columns, strict=True))

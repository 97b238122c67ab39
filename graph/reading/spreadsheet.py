"""Spreadsheets (.xlsx): each sheet's title rows as paragraphs, its table as rows.

Values are read, not formulas. A date is written as plans write it, a number as its format shows it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import IO, Any

import openpyxl

from graph.reading import tables
from graph.reading.limits import Limits, UnreadableError
from graph.reading.merged import Cell
from graph.reading.rendition import Printed, Rendition

_FEWEST_IN_HEADER = 3  # filled cells of the row in which a table begins
_Row = list[Cell[tuple[str, ...]]]


def read(file: IO[bytes], limits: Limits) -> Rendition:
    """The visible sheets of a workbook. Raises :class:`UnreadableError`."""
    book = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    parts: list[Printed] = []
    left_out: list[str] = []
    cells = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            left_out.append(f"sheet {sheet.title!r} is hidden")
            continue
        cells += sheet.max_row * sheet.max_column
        if cells > limits.cells:
            raise UnreadableError(f"has more cells than PHANCONG_CELLS allows ({limits.cells})")
        parts += _sheet(sheet)
    return Rendition(tuple(parts), tuple(left_out))


def _sheet(sheet: Any) -> Iterator[Printed]:
    """Rows with few filled cells above the header and below the table are paragraphs."""
    rows = list(_rows(sheet))
    filled = [sum(any(cell.content) for cell in row) for row in rows]
    begin = next((i for i, count in enumerate(filled) if count >= _FEWEST_IN_HEADER), len(rows))
    numbered = [i for i in range(begin, len(rows)) if filled[i] > 1 or _opens_with_number(rows[i])]
    end = numbered[-1] + 1 if numbered else begin
    for row in rows[:begin]:
        yield from _paragraphs(row)
    yield ""
    yield from tables.printed(rows[begin:end])
    for row in rows[end:]:
        yield from _paragraphs(row)
    yield ""


def _opens_with_number(row: _Row) -> bool:
    return bool(row and row[0].content and len(row[0].content[0]) <= 5)


def _paragraphs(row: _Row) -> Iterator[str]:
    texts = [text for cell in row for text in cell.content]
    yield from texts or [""]


def _rows(sheet: Any) -> Iterator[_Row]:
    """The rows in the columns that hold something; merged cells as one."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        spans[merged.min_row, merged.min_col] = (
            merged.max_col - merged.min_col + 1,
            merged.max_row - merged.min_row + 1,
        )
        covered.update((row, column) for row, column in merged.cells)
    covered -= spans.keys()
    grid = list(sheet.iter_rows())
    used = [column for column in range(sheet.max_column) if any(row[column].value is not None for row in grid)]
    first, last = (used[0], used[-1]) if used else (0, -1)
    for row in grid:
        cells = []
        for cell in row[first : last + 1]:
            if (cell.row, cell.column) not in covered:
                across, down = spans.get((cell.row, cell.column), (1, 1))
                cells.append(Cell(_lines(_shown(cell)), min(across, last + 2 - cell.column), down))
        yield cells


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _shown(cell: Any) -> str:
    """The value of a cell as a reader of the sheet sees it."""
    value = cell.value
    format = str(cell.number_format or "")
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, format)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int | float):
        return _number(value, format)
    return "" if value is None else str(value)


def _date(value: datetime.date, format: str) -> str:
    if "d" not in format.lower() and "y" in format.lower():
        return f"{value.month}/{value.year}" if "m" in format.lower() else str(value.year)
    return f"{value.day:02}/{value.month:02}/{value.year}"


def _number(value: float, format: str) -> str:
    """With a decimal comma; a percentage as the sheet shows it."""
    if "%" in format:
        return f"{value * 100:.10g}%".replace(".", ",")
    return f"{value:.15g}".replace(".", ",")

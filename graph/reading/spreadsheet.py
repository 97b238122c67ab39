"""Spreadsheets (.xlsx): each sheet's title rows as paragraphs, its table as rows.

Values are read, not formulas. A date is written as plans write it, a number as its format shows it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence, Set
from itertools import product
from typing import IO, Any

import openpyxl

from graph.reading import tables
from graph.reading.cell_lines import ROW_NUMBER
from graph.reading.fonts import LegacyFonts
from graph.reading.limits import Limits, UnreadableError
from graph.reading.merged import Cell
from graph.reading.rendition import Printed, Rendition, apart

_FEWEST_IN_HEADER = 3  # filled cells of the row in which a table begins
_FIRST = 2  # cells of which one may be the number of a row
_Row = list[Cell[tables.Content]]


def read(file: IO[bytes], limits: Limits) -> Rendition:
    """The visible sheets of a workbook. Raises :class:`UnreadableError`."""
    book = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    parts: list[Printed] = []
    left_out: list[str] = []
    most = limits.cells
    legacy = LegacyFonts.of(_written_in_fonts(book))
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            left_out.append(f"sheet {sheet.title!r} is hidden")
            continue
        box = _written(sheet)
        most -= 0 if box is None else (box[2] - box[0] + 1) * (box[3] - box[1] + 1)
        if most < 0:
            raise UnreadableError(f"has more cells than PHANCONG_CELLS allows ({limits.cells})")
        hidden = _hidden_rows(sheet)
        if box:
            parts += apart(_tables(list(_rows(sheet, box, hidden, legacy))))
            left_out += [f"{len(hidden)} hidden rows of sheet {sheet.title!r}"] if hidden else []
    return Rendition(tuple(parts), tuple(left_out))


def _hidden_rows(sheet: Any) -> set[int]:
    """The rows that somebody hid; those that a filter hides are there, only not looked at now."""
    if sheet.auto_filter.ref is not None:
        return set()
    return {number for number, row in sheet.row_dimensions.items() if row.hidden}


def _written_in_fonts(book: Any) -> Iterator[tuple[str, str]]:
    """The text of the cells with their fonts."""
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if isinstance(cell.value, str):
                yield _font(cell), f"{cell.value} "


def _font(cell: Any) -> str:
    return str(cell.font.name or "")


def _written(sheet: Any) -> tuple[int, int, int, int] | None:
    """The first row and column and the last that hold something; formats alone can reach to the end of a sheet."""
    places = [place for place, cell in sheet._cells.items() if cell.value is not None]
    if not places:
        return None
    rows, columns = zip(*places, strict=True)
    return min(rows), min(columns), max(rows), max(columns)


def _tables(rows: list[_Row]) -> Iterator[Printed]:
    """The tables of a sheet one after the other; rows above a header and below the last row are paragraphs."""
    filled = [sum(any(cell.content) for cell in row) for row in rows]
    begin = next((i for i, count in enumerate(filled) if count >= _FEWEST_IN_HEADER), len(rows))
    end = next(
        (i for i in range(begin + 2, len(rows)) if not filled[i] and _new_table(rows[i:], filled[i:])), len(rows)
    )
    body = [i for i in range(begin, end) if filled[i] > 1 or _number(rows[i])]
    last = body[-1] + 1 if body else begin
    for row in rows[:begin]:
        yield from _paragraphs(row)
    yield ""
    yield from tables.printed(rows[begin:last])
    for row in rows[last:end]:
        yield from _paragraphs(row)
    yield ""
    if end < len(rows):
        yield from _tables(rows[end:])


def _new_table(rows: Sequence[_Row], filled: Sequence[int]) -> bool:
    """Whether the next full row below a blank one is a header: none of its first cells is a row number."""
    below = next((row for row, count in zip(rows, filled, strict=True) if count >= _FEWEST_IN_HEADER), None)
    return below is not None and not any(_number(below[i:]) for i in range(_FIRST))


def _number(row: _Row) -> bool:
    opening = next(tables.texts(row[0].content), "") if row else ""
    return ROW_NUMBER.fullmatch(opening.strip()) is not None


def _paragraphs(row: _Row) -> Iterator[str]:
    yield from [text for cell in row for text in tables.texts(cell.content)] or [""]


def _rows(sheet: Any, box: tuple[int, int, int, int], hidden: Set[int], legacy: LegacyFonts) -> Iterator[_Row]:
    """The rows within a box but the hidden ones; merged cells as one."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    first_row, first_column, last_row, last_column = box
    for merged in sheet.merged_cells.ranges:
        right, bottom = min(merged.max_col, last_column), min(merged.max_row, last_row)
        shown = sum(row not in hidden for row in range(merged.min_row, bottom + 1))
        spans[merged.min_row, merged.min_col] = (right - merged.min_col + 1, max(1, shown))
        covered.update(product(range(merged.min_row, bottom + 1), range(merged.min_col, right + 1)))
    covered -= spans.keys()
    for row in sheet.iter_rows(first_row, last_row, first_column, last_column):
        if row[0].row in hidden:
            continue
        yield [
            Cell(_lines(_shown(cell, legacy)), *spans.get((cell.row, cell.column), (1, 1)))
            for cell in row
            if (cell.row, cell.column) not in covered
        ]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _shown(cell: Any, legacy: LegacyFonts) -> str:
    """The value of a cell as a reader of the sheet sees it."""
    value = cell.value
    format = str(cell.number_format or "")
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, format)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int | float):
        return _numeral(value, format)
    return "" if value is None else legacy.read(_font(cell), str(value)) if legacy.used else str(value)


def _date(value: datetime.date, format: str) -> str:
    if "d" not in format.lower() and "y" in format.lower():
        return f"{value.month}/{value.year}" if "m" in format.lower() else str(value.year)
    return f"{value.day:02}/{value.month:02}/{value.year}"


def _numeral(value: float, format: str) -> str:
    """With a decimal comma; a percentage as the sheet shows it."""
    if "%" in format:
        return f"{value * 100:.10g}%".replace(".", ",")
    return f"{value:.15g}".replace(".", ",")

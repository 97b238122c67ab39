"""Tables as Word, HTML and spreadsheets hold them, to what a rendition holds.

Letterheads and signatures are tables too, set side by side for their looks; they are read as the paragraphs they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.reading.cell_lines import ROW_NUMBER
from graph.reading.merged import Cell, spread
from graph.reading.rendition import Printed, PrintedRow, plain

Paragraphs = tuple[str, ...]
_LAYOUT_COLUMNS, _LAYOUT_ROWS = 2, 6  # a table of no more is a letterhead or a signature


def printed(rows: Sequence[Sequence[Cell[Paragraphs]]]) -> Iterator[Printed]:
    """The rows of one table, or the paragraphs of one that is there for its looks; tables in a cell are its text."""
    rows = [row for row in rows if row]
    width = max((sum(cell.across for cell in row) for row in rows), default=0)
    if width < _LAYOUT_COLUMNS or (width == _LAYOUT_COLUMNS and len(rows) <= _LAYOUT_ROWS):
        yield from _column_by_column(rows)
        return
    first = plain(" ".join(rows[0][0].content))
    heads = 0 if ROW_NUMBER.fullmatch(first) else max(cell.down for cell in rows[0])
    for n, cells in enumerate(spread(rows, (), heads)):
        texts = [" ".join(content) for content in cells]
        yield PrintedRow(tuple(texts + [""] * (width - len(texts))), opens=n == 0)


def _column_by_column(rows: Sequence[Sequence[Cell[Paragraphs]]]) -> Iterator[str]:
    for column in range(_LAYOUT_COLUMNS):
        for row in rows:
            if column < len(row):
                yield from (text for text in row[column].content if text.strip())
        yield ""

"""Tables in HTML, as OCR programs write them into their text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.reading.blocks import Row
from graph.reading.cell_lines import ROW_NUMBER
from graph.reading.merged import Cell, spread
from graph.source_text import CELL_LINE, SourceText

TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?(?:</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?(\d{1,2})\b", re.IGNORECASE)
_LINE_TAG = re.compile(r"</(?:p|div|li)\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


def read(table: SourceText) -> Iterator[Row]:
    """The rows of the text of one table."""
    rows = [row for row in map(_cells, _parts(table, _ROW)) if row]
    heads = 0 if not rows or ROW_NUMBER.fullmatch(rows[0][0].content.text) else max(cell.down for cell in rows[0])
    for n, cells in enumerate(spread(rows, SourceText.empty(), heads)):
        yield Row(tuple(cells), opens=n == 0)


def _cells(row: SourceText) -> list[Cell[SourceText]]:
    cells = []
    for attributes, text in zip(_CELL.findall(row.text), _parts(row, _CELL), strict=True):
        span = {kind.lower(): max(1, int(size)) for kind, size in _SPAN.findall(attributes)}
        cells.append(
            Cell(
                text.replaced(_LINE_TAG, CELL_LINE).replaced(_TAG, " ").folded_lines(),
                span.get("col", 1),
                span.get("row", 1),
            )
        )
    return cells


def _parts(text: SourceText, opening: re.Pattern[str]) -> list[SourceText]:
    """What stands behind each opening tag, up to the next."""
    return list(text.split(opening))[1:]

"""Tables in HTML, as OCR programs write them into their text.

A cell over several columns is followed by empty ones. One over several rows of the body is a cell of each of them, for
that is what merging says; a header's merged cell stands once, where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.reading.blocks import Row
from graph.reading.cell_lines import ROW_NUMBER
from graph.source_text import SourceText

TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?(?:</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?(\d{1,2})\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a cell holds, and over how many columns and rows."""

    text: SourceText
    across: int
    down: int


def read(table: SourceText) -> Iterator[Row]:
    """The rows of the text of one table."""
    rows = [row for row in map(_cells, _parts(table, _ROW)) if row]
    heads = 0 if not rows or ROW_NUMBER.fullmatch(rows[0][0].text.text) else max(cell.down for cell in rows[0])
    merged: dict[int, tuple[int, SourceText]] = {}  # by column: for how many rows more, and what
    for n, row in enumerate(rows):
        cells = list(_merged(0, merged))
        for cell in row:
            for text in (cell.text, *[SourceText.empty()] * (cell.across - 1)):
                if cell.down > 1:
                    merged[len(cells)] = (cell.down - 1, text if n >= heads else SourceText.empty())
                cells.append(text)
            cells += _merged(len(cells), merged)
        yield Row(tuple(cells), opens=n == 0)


def _merged(column: int, merged: dict[int, tuple[int, SourceText]]) -> Iterator[SourceText]:
    """The merged cells from rows above that stand at a column and right of it, one after the other."""
    while column in merged:
        more, text = merged.pop(column)
        if more > 1:
            merged[column] = (more - 1, text)
        yield text
        column += 1


def _cells(row: SourceText) -> list[_Cell]:
    cells = []
    for attributes, text in zip(_CELL.findall(row.text), _parts(row, _CELL), strict=True):
        span = {kind.lower(): max(1, int(size)) for kind, size in _SPAN.findall(attributes)}
        cells.append(_Cell(text.replaced(_TAG, " ").folded(), span.get("col", 1), span.get("row", 1)))
    return cells


def _parts(text: SourceText, opening: re.Pattern[str]) -> list[SourceText]:
    """What stands behind each opening tag, up to the next."""
    return list(text.split(opening))[1:]

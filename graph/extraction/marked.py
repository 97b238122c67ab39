"""Tables that tell times by a mark in one of several columns ("Thời gian hoàn thành năm 2026" over "Quý I" … "Quý IV"),
read as if each row named its times: the labels of the columns it marks, with the year that stands over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.extraction.headers import Terms, role_of
from graph.reading import Row
from graph.source_text import SourceText
from graph.text import fold

_PERIOD = re.compile(r"(?:quy|q) ?(?:[ivx]+|[1-4])|(?:thang|t) ?\d{1,2}|(?:nam )?20\d\d")
_YEAR = re.compile(r"(?:năm\s+)?20\d\d", re.IGNORECASE)
_MARK = re.compile(r"[xX×✓✔√●•*+vV]")
_FEWEST = 2  # columns of times


def with_times(rows: Sequence[Row], terms: Terms) -> Sequence[Row]:
    """The rows of a table, its columns of marks as one of times; as they are where it has no such columns."""
    if len(rows) <= 2:
        return rows
    over, below, body = rows[0], rows[1], rows[2:]
    columns = [i for i, cell in enumerate(below.cells) if _PERIOD.fullmatch(fold(cell.text))]
    if len(columns) < _FEWEST or columns != list(range(columns[0], columns[-1] + 1)) or len(over.cells) <= columns[0]:
        return rows
    label = over.cells[columns[0]]
    marks = [cell.text for row in body for cell in row.cells[columns[0] : columns[-1] + 1] if cell]
    if not marks or role_of(_YEAR.sub("", label.text), terms, ("deadline", "task", "result")) != "deadline":
        return rows
    if not all(map(_MARK.fullmatch, marks)):
        return rows
    year = _YEAR.search(label.text)
    said = label[year.start() : year.end()] if year else SourceText.empty()
    times = {i: SourceText.join(" ", [below.cells[i], said]) for i in columns}
    heads = [_with(over, columns, label), _with(below, columns, SourceText.empty())]
    marked = ([times[i] for i in columns if i < len(row.cells) and row.cells[i]] for row in body)
    return [*heads, *(_with(row, columns, SourceText.join("; ", said)) for row, said in zip(body, marked, strict=True))]


def _with(row: Row, columns: Sequence[int], cell: SourceText) -> Row:
    """A row with one cell in place of those of some columns."""
    return replace(row, cells=(*row.cells[: columns[0]], cell, *row.cells[columns[-1] + 1 :]))

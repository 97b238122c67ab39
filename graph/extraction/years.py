"""The years of columns: those that hold the values of several ("100 / 100" below "Mục tiêu 2030/2045") are read as a
column a year, and the one of a year before that of the document is a baseline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.extraction.headers import Column, Header
from graph.extraction.quantities import parse_quantity
from graph.reading import Row
from graph.source_text import SourceText

_YEARS = re.compile(r"20\d\d(?:\s*/\s*20\d\d)+")
_YEAR = re.compile(r"20\d\d")
_SLASH = re.compile(r"\s*/\s*")


def with_years_apart(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of a table, each column whose label names several years as one a year; a cell that does not hold as many
    values stands in the first. As they are where no label of the first row does."""
    if not rows or not any(_YEARS.search(cell.text) for cell in rows[0].cells):
        return rows
    years = [len(_YEAR.findall(found[0])) if (found := _YEARS.search(cell.text)) else 1 for cell in rows[0].cells]
    return [replace(row, cells=tuple(_apart(row.cells, years, of_labels=n == 0))) for n, row in enumerate(rows)]


def _apart(cells: Sequence[SourceText], years: Sequence[int], *, of_labels: bool) -> Sequence[SourceText]:
    placed: list[SourceText] = []
    for i, cell in enumerate(cells):
        wanted = years[i] if i < len(years) else 1
        found = _YEARS.search(cell.text) if of_labels and wanted > 1 else None
        if found:
            named, said = cell[: found.start()], cell[found.start() : found.end()]
            placed += (SourceText.join(" ", [named.strip(), year]) for year in said.split(_SLASH))
            continue
        values = list(cell.split(_SLASH)) if wanted > 1 else [cell]
        placed += values if len(values) == wanted else [cell, *[SourceText.empty()] * (wanted - 1)]
    return placed


def with_past(header: Header, rows: Sequence[Sequence[SourceText]], issued: int) -> Header:
    """The header with its one column of a year before that of the document (and targets behind it) as a baseline, the
    cells of its rows given: no plan sets a target for the past. A limit in one of them ("≥ 70") says that it is one of
    targets all the same."""
    years = [column.year for column in header.columns if column.role == "target" and column.year]
    past = [year for year in years if year < issued]
    if len(past) != 1 or len(years) == 1 or any(column.role == "baseline" for column in header.columns):
        return header
    at = next(i for i, column in enumerate(header.columns) if column.year == past[0])
    found = [parse_quantity(cells[at].text) for cells in rows]
    if any(quantity and quantity.op in (">=", "<=", ">", "<") for quantity in found):
        return header
    columns = (*header.columns[:at], Column("baseline", period=str(past[0])), *header.columns[at + 1 :])
    return replace(header, columns=columns)

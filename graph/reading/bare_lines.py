"""Tables with a cell a line and nothing in front of it, an empty cell an empty line, as office programs save them as
text. Row numbers that come again after as many lines as there are columns tell such a table from others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.reading.blocks import Row
from graph.reading.cell_lines import ROW_NUMBER
from graph.source_text import SourceText

_FIRST = re.compile(r"\(?(?:1(?:\.1)*|I|A)[.)]?")
_COLUMNS = range(4, 11)
_FEWEST_ROWS = 3
_LONGEST_LABEL = 70  # characters
_LONGEST_OF_NUMBER = 5  # characters of the label above row numbers
_FEWEST_BELOW = 2  # labels of the second row of a header
_HEADS_TEXT = re.compile(r"(?:\d{1,2}|[IVX]+|[A-ZĐ])\.\s+\S|PHỤ LỤC\b|Nơi nhận\s*:")  # what may follow a table
_YEAR = re.compile(r"\b20\d\d\b")
_HEADING = 2  # lines: its number and its title


@dataclass(frozen=True, slots=True)
class BareTable:
    """Where a table stands in lines, how many columns it has, and where its rows begin."""

    start: int
    end: int
    columns: int
    begins: tuple[int, ...]


def find(lines: Sequence[SourceText]) -> Iterator[BareTable]:
    """The tables of a text from the top."""
    last, before = 0, None
    for i, line in enumerate(lines):
        if i < last + _COLUMNS[0]:
            continue
        if before and line.text.strip() == _next_number(lines, before):  # its rows count on from those of the last one
            table = _with_columns(lines, i, before.columns, last, fewest=1)
            tables = [table] if table else []
        elif _FIRST.fullmatch(line.text.strip()):
            tables = [table for columns in _COLUMNS if (table := _with_columns(lines, i, columns, last))]
        else:
            continue
        if tables:
            before = max(tables, key=lambda table: table.end)
            yield before
            last = before.end


def _next_number(lines: Sequence[SourceText], table: BareTable) -> str | None:
    """The number that a row behind a table would have."""
    number = lines[table.begins[-1]].text.strip().rstrip(".)")
    return str(int(number) + 1) if number.isdecimal() else None


def _with_columns(
    lines: Sequence[SourceText], first: int, columns: int, last: int, fewest: int = _FEWEST_ROWS
) -> BareTable | None:
    """The table of so many columns whose body begins at a line, if there is one of as many rows."""
    start = first - columns
    if start > last and len(lines[start - 1].text.strip()) <= _LONGEST_OF_NUMBER < len(lines[start].text.strip()):
        start -= bool(lines[start - 1].text.strip())  # a header of two rows has one label more than columns
    header = [line.text.strip() for line in lines[max(start, 0) : first]]
    if start < last or not all(
        0 < len(label) <= _LONGEST_LABEL and not ROW_NUMBER.fullmatch(label) for label in header
    ):
        return None
    begins, full, at = [first], 0, first
    while size := next((n for n in (columns, _HEADING) if _is_row(lines, at, n)), 0):
        full += size == columns
        at += size
        begins.append(at)
    return BareTable(start, at, columns, tuple(begins[:-1])) if full >= fewest else None


def _is_row(lines: Sequence[SourceText], at: int, size: int) -> bool:
    """Whether a row of so many lines begins at a line: a number, a title, and behind the row another number or the end
    of the table."""
    if at + size > len(lines) or not ROW_NUMBER.fullmatch(lines[at].text.strip()) or not lines[at + 1].text.strip():
        return False
    behind = lines[at + size].text.strip() if at + size < len(lines) else ""
    return not behind or ROW_NUMBER.fullmatch(behind) is not None or _HEADS_TEXT.match(behind) is not None


def read(lines: Sequence[SourceText], table: BareTable) -> Iterator[Row]:
    """The rows of a table; of a header of two rows those labels are the second that name a year, or else two."""
    first = table.begins[0]
    cuts = [table.start, *table.begins, table.end]
    if first - table.start > table.columns:
        below = next((n for n, line in enumerate(lines[table.start : first][::-1]) if not _YEAR.search(line.text)), 0)
        cuts.insert(1, first - max(below, _FEWEST_BELOW))
    for n, (begin, end) in enumerate(pairwise(cuts)):
        cells = [line.folded_lines() for line in lines[begin:end]]
        yield Row((*cells, *[SourceText.empty()] * (table.columns - len(cells))), opens=n == 0)

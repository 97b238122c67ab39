"""What was found in a file and what was left out, for the person who wants to know why a record is missing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.extraction.annexes import read_tables
from graph.extraction.flattened.lines import FlatTable, names_in
from graph.extraction.headers import Role, Terms, load_other_tables
from graph.reading import Paragraph, Row, read_blocks
from graph.records import Extraction, IndicatorRecord, TaskRecord
from graph.text import fold

_OTHER_COLUMNS = "its columns are those of neither tasks nor indicators"
_NO_HEADER = "no header with columns of tasks or indicators"
_NO_ROWS = "its columns are named, but its rows cannot be told apart in this text; a Word, PDF or HTML file would tell"
_ENOUGH_COLUMNS = 2  # by whose names a table is known
_NAMED_COLUMNS: tuple[Role, ...] = ("task", "lead", "coordinate", "result", "deadline")
_ENOUGH_NAMES = 3  # of these, on lines of their own, stand for a table
_WIDE_GAP = re.compile(r"\s{2,}")
_LONGEST_LABEL = 40  # characters shown of a label


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of a file: its annex, what it lists (tasks, indicators) or why it was left out, its labels, and how many
    rows are printed (None where they are flattened to lines)."""

    annex: str | None
    holds: str | None
    left_out: str | None
    rows: int | None
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file holds: its tables, its records by kind, how many of them are doubtful, and what was left out."""

    tables: tuple[FoundTable, ...]
    records: dict[str, int]
    doubtful: int
    left_out: tuple[str, ...]


def survey(text: str, extraction: Extraction, left_out: Sequence[str], terms: Terms) -> Survey:
    """The survey of a file from its text, its records and what its reader left out."""
    records = {
        "documents": len(extraction.documents),
        "tasks": len(extraction.tasks),
        "indicators": len(extraction.indicators),
        "citations": len(extraction.citations),
    }
    judged: list[TaskRecord | IndicatorRecord] = [*extraction.tasks, *extraction.indicators]
    doubtful = sum(bool(record.doubts) for record in judged)
    return Survey(tuple(_tables(text, terms)), records, doubtful, tuple(left_out))


def _tables(text: str, terms: Terms) -> Iterator[FoundTable]:
    blocks, kinds = read_blocks(text), load_other_tables()
    used: set[int] = set()
    found = False
    for table in read_tables(blocks, terms):
        found = True
        rows = None if isinstance(table.body, FlatTable) else table.body
        used.update(map(_place, rows or ()))
        labels = _labels(rows) if rows else tuple(column.role for column in table.header.columns)
        reason = None if table.header.holds else _reason(labels, kinds, _OTHER_COLUMNS)
        yield FoundTable(table.annex, table.header.holds, reason, len(rows) if rows else None, labels)
    for printed in _printed(blocks):
        found = True
        if not any(_place(row) in used for row in printed):
            labels = _labels(printed)
            yield FoundTable(None, None, _reason(labels, kinds, _NO_HEADER), len(printed), labels)
    named = () if found else _names_of_columns(blocks, terms)
    if len(named) >= _ENOUGH_NAMES:
        yield FoundTable(None, None, _NO_ROWS, None, named)


def _names_of_columns(blocks: Sequence[Paragraph | Row], terms: Terms) -> tuple[str, ...]:
    """The names of columns that stand alone in a text, on one line or two, or apart from others by wide gaps: of each
    kind the most frequent, for a header is repeated on each page."""
    lines = [block.text.text.strip() for block in blocks if isinstance(block, Paragraph)]
    pieces = [piece for line in lines for piece in _WIDE_GAP.split(line)]
    broken = [f"{line} {below}" for line, below in pairwise(filter(None, lines))]
    found: dict[Role, Counter[str]] = defaultdict(Counter)
    for piece in (*pieces, *broken):
        for role in _NAMED_COLUMNS:
            if " " in piece and len(piece) <= _LONGEST_LABEL and fold(piece) in terms[role]:  # one word says little
                found[role][piece] += 1
    named = tuple(counted.most_common(1)[0][0] for counted in found.values())
    return max([named, *(tuple(names_in(line, terms)) for line in lines)], key=len)


def _reason(labels: Sequence[str], kinds: Mapping[str, Sequence[str]], other: str) -> str:
    """Why a table is left out: what its columns say that it lists, or the other reason."""
    named = {
        kind: sum(any(f" {term} " in f" {fold(label)} " for term in terms) for label in labels)
        for kind, terms in kinds.items()
    }
    best = max(named, key=lambda kind: named[kind], default="")
    return f"it lists {best}" if best and named[best] >= _ENOUGH_COLUMNS else other


def _printed(blocks: Sequence[Paragraph | Row]) -> Iterator[list[Row]]:
    """The rows of each printed table."""
    rows: list[Row] = []
    for block in blocks:
        if rows and (isinstance(block, Paragraph) or block.opens):
            yield rows
            rows = []
        if isinstance(block, Row):
            rows.append(block)
    if rows:
        yield rows


def _place(row: Row) -> int:
    return min((cell.origin[0] for cell in row.cells if cell), default=-1)


def _labels(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(cell.folded().text[:_LONGEST_LABEL] for cell in rows[0].cells) if rows else ()

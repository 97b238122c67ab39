"""The tables of a document, each with its header and the annex it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.extraction.headers import Header, Terms, read_header
from graph.reading import Block, Paragraph, Row
from graph.source_text import SourceText
from graph.text import fold

_ANNEX = re.compile(
    r"\b(?:phu|phong) luc(?: so)?(?: (?P<no>[ivxlc]+|\d+|[a-d]))?$"
)  # OCR reads "PHỤ LỤC" as "PHÒNG LỤC"
_ATTACHED = re.compile(r"(?:ban hanh )?kem theo ")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ONLY_ANNEX = "PL"


@dataclass(frozen=True, slots=True)
class Table:
    """Consecutive rows with their header (None: not one of ours). ``annex`` is its number as printed, "PL" for an annex
    without, None outside any annex; ``doubts`` says where the number had to be concluded."""

    rows: tuple[Row, ...]
    header: Header | None
    annex: str | None
    doubts: tuple[str, ...] = ()


def read_tables(blocks: Sequence[Block], terms: Terms) -> tuple[Table, ...]:
    """Every table of a document in reading order."""
    tables: list[Table] = []
    annex: str | None = None
    doubts: tuple[str, ...] = ()
    for above, rows in _tables(blocks):
        printed = [number for number in map(annex_number, above) if number]
        if printed:
            annex, doubts = printed[-1], ()
        elif annex and any(_ATTACHED.match(fold(line.text)) for line in above):
            annex, doubts = _next(annex), ("the annex's heading is lost; numbered after the one before",)
        tables.append(Table(tuple(rows), read_header(rows, terms), annex, doubts))
    return tuple(tables)


def annex_number(line: SourceText) -> str | None:
    """The number of the annex that a heading line opens, None for any other line."""
    words = line.text.split()
    found = _ANNEX.search(fold(line.text))
    if not found or len(words) > 8 or line.text.lstrip().startswith("("):
        return None
    return (found["no"] or _ONLY_ANNEX).upper()


def _tables(blocks: Sequence[Block]) -> Iterator[tuple[list[SourceText], list[Row]]]:
    """Each table's rows with the paragraphs between it and the table before."""
    above: list[SourceText] = []
    rows: list[Row] = []
    for block in blocks:
        if rows and (isinstance(block, Paragraph) or block.opens):
            yield above, rows
            above, rows = [], []
        if isinstance(block, Paragraph):
            above.append(block.text)
        else:
            rows.append(block)
    if rows:
        yield above, rows


def _next(annex: str) -> str:
    if annex.isdigit():
        return str(int(annex) + 1)
    value = next((n for n in range(1, 40) if roman(n) == annex), None)
    return roman(value + 1) if value else annex


def roman(number: int) -> str:
    """A number from 1 to 49 in Roman numerals."""
    text = ""
    for value, numeral in _ROMAN:
        count, number = divmod(number, value)
        text += numeral * count
    return text

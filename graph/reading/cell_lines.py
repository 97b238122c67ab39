"""Tables with a cell a line behind a tab, as a Word file dumped to text gives them.

Blank lines stand between most rows, but also inside some, and page breaks swallow them; so a row is known by its number
and by how many columns the header has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.reading.blocks import Block, Paragraph, Row
from graph.source_text import SourceText

ROW_NUMBER = re.compile(
    r"\(?(?:\d+(?:\.\d+)*|[IVXLC]+(?:\.\d+)*|[A-ZĐ](?:\.\d+)+)[.)]?|\(?[a-zđ][.)]"
)  # "3", "3.1.", "(3)", "IV", "II.2.1", "A.1", "b)"
_LEADING_TAB = re.compile(r"\s*\t")


def recognise(lines: Sequence[SourceText]) -> bool:
    """Whether a run of lines with tabs has one cell a line: each tab leads its line."""
    written = [line.text for line in lines if line.text.strip()]
    return sum(bool(_LEADING_TAB.match(line)) and line.count("\t") == 1 for line in written) > 0.9 * len(written)


def read(lines: Sequence[SourceText]) -> Iterator[Block]:
    """The rows of a run; a run of one cell is no table but an indented line."""
    groups = list(_groups(lines))
    if sum(map(len, groups)) == 1:
        yield Paragraph(groups[0][0])
        return
    header = next((i for i, group in enumerate(groups) if ROW_NUMBER.fullmatch(group[0].text)), len(groups))
    width = _width(groups[:header])
    rows = [*groups[:header], *_body(groups[header:], width)]
    for i, row in enumerate(rows):
        yield Row(tuple(row), opens=i == 0)


def _groups(lines: Sequence[SourceText]) -> Iterator[list[SourceText]]:
    """The cells between blank lines."""
    group: list[SourceText] = []
    for line in lines:
        if line.text.strip(" ") == "":
            if group:
                yield group
            group = []
        else:
            group.append(line.folded())
    if group:
        yield group


def _width(header: Sequence[Sequence[SourceText]]) -> int:
    """How many columns the rows have: those of the first header row, one of them replaced by the columns of the
    second."""
    if not header:
        return 0
    below = [sum(bool(cell) for cell in group) for group in header[1:]]
    return len(header[0]) + sum(n - 1 for n in below if n)


def _body(groups: Sequence[Sequence[SourceText]], width: int) -> Iterator[list[SourceText]]:
    """Cells to rows: a row ends when it is full or when, after a gap, the next cell is a row number.

    A group that exactly completes the row belongs to it even if it begins with a number (a blank line inside a row).
    """
    row: list[SourceText] = []
    for group in groups:
        if row and ROW_NUMBER.fullmatch(group[0].text) and len(row) + len(group) != width:
            yield row
            row = []
        for cell in group:
            if width and len(row) >= width:
                yield row
                row = []
            row.append(cell)
    if row:
        yield row

"""Tables with a bar between cells, as Markdown has them and OCR programs write them.

The rule below the header is drawing. A row that opens with a bar and does not close with one goes on in the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.reading.blocks import Row
from graph.source_text import SourceText

_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:+=_–—-]+")
_FEWEST_BARS = 2


def recognise(line: SourceText) -> bool:
    """Whether a line is a row of such a table."""
    return "|" in line.text and len(_BAR.findall(line.text)) >= _FEWEST_BARS


def end_of_table(lines: Sequence[SourceText], start: int) -> int:
    """One past the last line of the table that begins at a line; a blank line between two rows is a page break."""
    end = i = start + 1
    while i < len(lines):
        if recognise(lines[i]) or (_is_open(lines[end - 1]) and lines[i].text.strip()):
            end = i + 1
        elif lines[i].text.strip():
            break
        i += 1
    return end


def read(lines: Sequence[SourceText]) -> Iterator[Row]:
    """The rows of a run of such lines."""
    opens, after_break = True, False
    row = SourceText.empty()
    for line in lines:
        if not line.text.strip():
            after_break = True
            continue
        row = SourceText.join(" ", [row, line])
        if _is_open(row):
            continue
        if not _RULE.fullmatch(row.text) or "-" not in row.text:
            yield Row(_cells(row), opens, after_break)
            opens, after_break = False, False
        row = SourceText.empty()
    if row:
        yield Row(_cells(row), opens, after_break)


def _is_open(row: SourceText) -> bool:
    text = row.text.strip()
    return text.startswith("|") and not text.endswith("|")


def _cells(row: SourceText) -> tuple[SourceText, ...]:
    cells = list(row.strip().split(_BAR))
    if not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return tuple(cell.folded_lines() for cell in cells)

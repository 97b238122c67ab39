"""From a published file to blocks: paragraphs and table rows, each with where it stands. One module a layout.

A text export shows its tables in one of several ways; which one is recognised from the lines themselves, run by run,
never from the name of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.reading import cell_lines, tabbed
from graph.reading.blocks import Block, Paragraph, Row
from graph.source_text import SourceText

__all__ = ["Block", "Paragraph", "Row", "read_blocks"]

_MARKUP = re.compile(r"\[bookmark: [^\]]*\]|\*\*")


def read_blocks(source: str) -> tuple[Block, ...]:
    """The paragraphs (one a line; blank ones are kept, empty) and table rows of a text, in reading order."""
    text = SourceText.of_source(source).without(_MARKUP)
    return tuple(_blocks(list(text.lines())))


def _blocks(lines: Sequence[SourceText]) -> Iterator[Block]:
    i = 0
    while i < len(lines):
        if "\t" not in lines[i].text:
            yield Paragraph(lines[i])
            i += 1
            continue
        end = _end_of_table(lines, i)
        read = cell_lines.read if cell_lines.recognise(lines[i:end]) else tabbed.read
        yield from read(lines[i:end])
        i = end


def _end_of_table(lines: Sequence[SourceText], start: int) -> int:
    """One past the last line of the run of lines with tabs; blank lines stand for page breaks and gaps between rows."""
    end = start + 1
    for i in range(start + 1, len(lines)):
        if "\t" in lines[i].text:
            end = i + 1
        elif lines[i].text.strip():
            break
    return end

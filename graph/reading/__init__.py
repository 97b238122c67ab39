"""From a published file to blocks: paragraphs and table rows, each with where it stands. One module a layout.

A text export shows its tables in one of several ways; which one is recognised from the text itself, run by run, never
from the name of a file. What is no text (Word, PDF,
HTML, spreadsheets) has a text rendition (:mod:`graph.reading.rendition`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from graph.reading import (
    bare_lines,
    cell_lines,
    gridded,
    letterheads,
    markup,
    piped,
    rendition,
    separated,
    spaced,
    tabbed,
)
from graph.reading.blocks import Block, Paragraph, Row
from graph.source_text import CELL_LINE, ENTITY, SourceText

__all__ = ["Block", "Paragraph", "Row", "read_blocks"]

_MARKUP = re.compile(
    r"\[bookmark: [^\]]*\]|\*\*|\\(?=[-*_#.+~<>()\[\]])|\N{BYTE ORDER MARK}|\N{ZERO WIDTH SPACE}|\N{SOFT HYPHEN}"
)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục)\b[^\t]*\t\s*$")
_CELL_LINE = re.compile(CELL_LINE)


def read_blocks(source: str) -> tuple[Block, ...]:
    """The paragraphs (one a line; blank ones are kept, empty) and table rows of a text, in reading order."""
    if source.startswith(rendition.MARK):
        return tuple(rendition.read(SourceText.of_source(source)))
    sign = separated.recognise(source)
    if sign:
        return tuple(separated.read(SourceText.of_source(source), sign))
    text = (
        tabbed.without_quotes(SourceText.of_source(source))
        .without(_MARKUP)
        .replaced(_LINE_BREAK, CELL_LINE)
        .replaced(ENTITY, html.unescape)
    )
    return tuple(_all_blocks(text))


def _all_blocks(text: SourceText) -> Iterator[Block]:
    last = 0
    for table in markup.TABLE.finditer(text.text):
        yield from _blocks(list(text[last : table.start()].lines()))
        yield from markup.read(text[table.start() : table.end()])
        last = table.end()
    yield from _blocks(list(text[last:].lines()))


def _blocks(written: Sequence[SourceText]) -> Iterator[Block]:
    lines = tabbed.with_whole_rows(written)
    bare = {table.start: table for table in bare_lines.find(lines)}
    i = 0
    while i < len(lines):
        if i in bare:
            end = bare[i].end
            yield from bare_lines.read(lines, bare[i])
        elif "\t" in lines[i].text and tabbed.is_title(lines[i]):
            end = i + 1
            yield Paragraph(lines[i].strip())
        elif "\t" in lines[i].text:
            end = _end_of_table(lines, i)
            head = letterheads.read([tabbed.cells(line) for line in lines[i:end] if line.text.strip()])
            read = cell_lines.read if cell_lines.recognise(lines[i:end]) else tabbed.read
            yield from map(Paragraph, head) if head else read(lines[i:end])
        elif gridded.recognise(lines, i):
            end = gridded.end_of_table(lines, i)
            yield from _table_or_letterhead(gridded.read(lines[i:end]))
        elif piped.recognise(lines[i]):
            end = piped.end_of_table(lines, i)
            yield from _table_or_letterhead(piped.read(lines[i:end]))
        elif side_by_side := spaced.read(lines, i):
            rows, end = side_by_side
            yield from rows
        else:
            end = i + 1
            yield Paragraph(lines[i].replaced(_CELL_LINE, " "))
        i = end


def _table_or_letterhead(rows: Iterator[Row]) -> Sequence[Block]:
    table = list(rows)
    return [Paragraph(line) for line in letterheads.read([row.cells for row in table])] or table


def _end_of_table(lines: Sequence[SourceText], start: int) -> int:
    """One past the last line of the run of lines with tabs; blank lines stand for page breaks and gaps between rows,
    drawn ones for rules."""
    end = start + 1
    for i in range(start + 1, len(lines)):
        if "\t" in lines[i].text and not _ANNEX.match(lines[i].text):
            end = i + 1
        elif not tabbed.DRAWING.fullmatch(lines[i].text):
            break
    return end

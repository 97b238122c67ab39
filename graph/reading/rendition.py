"""The text rendition of a file that is no text: what its reader found, as text that passages can point into.

A record leads to characters of its source, and a Word file or PDF has none that an offset could count. So a reader
writes what it finds as text, once, and everything after it (offsets, passages, quotes) refers to that text. The form
is exact: reading what was written gives the same paragraphs and rows.

    %phancong-rendition 1       the first line, by which the form is known
    KẾ HOẠCH                    a paragraph a line, its white space folded; an empty line is an empty paragraph
    <tab>                       a line of one tab alone opens a table
    TT<tab>Nhiệm vụ<tab>…       a line with tabs is a row; at least one of its cells is not empty
    <U+2028>                    in a cell: one of its paragraphs ends and the next begins
    <U+2028> before a row       one of its cells was empty, and is taken for one merged with rows on another page
    <empty line>                between two rows of a table: a page break
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.reading.blocks import Block, Paragraph, Row
from graph.source_text import CELL_LINE, SourceText

MARK = "%phancong-rendition 1\n"
_TAB = re.compile("\t")
_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\ufeff\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as a reader finds it; the fields are those of :class:`Row`."""

    cells: tuple[str, ...]
    opens: bool = False
    after_break: bool = False
    merged: bool = False


Printed = str | PrintedRow
"""A paragraph or a row of a table."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """What a reader found in a file, and what it left out, in words."""

    parts: tuple[Printed, ...]
    left_out: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Text as it stands in a rendition: NFC, white space folded, without characters that show nothing."""
    return " ".join(unicodedata.normalize("NFC", _NO_TEXT.sub("", text)).split())


def _plain_lines(cell: str) -> str:
    return CELL_LINE.join(filter(None, map(plain, cell.split(CELL_LINE))))


def apart(parts: Iterable[Printed]) -> Iterator[Printed]:
    """The parts with an empty paragraph before each one of running text: a paragraph of Word or HTML is a whole one,
    where a line of text may go on in the next. Lines in capitals stay together, as in letterheads."""
    before: Printed = ""
    for part in parts:
        if isinstance(part, str) and isinstance(before, str) and part.strip() and before.strip() and not part.isupper():
            yield ""
        yield part
        before = part


def write(parts: Iterable[Printed]) -> str:
    """Paragraphs and rows as text. Rows without any text are left out, rows of one cell get an empty second one."""
    lines: list[str] = []
    opens = False  # whether a row that opened a table was left out
    in_table = False
    for part in parts:
        if isinstance(part, str):
            lines.append(plain(part))
            opens = in_table = False
            continue
        opens = opens or part.opens
        cells = [*map(_plain_lines, part.cells)]
        if not any(cells):
            continue
        if opens or not in_table:
            lines.append("\t")
        elif part.after_break:
            lines.append("")
        lines.append(CELL_LINE * part.merged + "\t".join(cells if len(cells) > 1 else [*cells, ""]))
        opens, in_table = False, True
    return MARK + "".join(f"{line}\n" for line in lines)


def read(text: SourceText) -> Iterator[Block]:
    """The paragraphs and rows of a rendition."""
    lines = list(text[len(MARK) :].lines())[:-1]
    opens = in_table = False
    for i, line in enumerate(lines):
        if line.text == "\t":
            opens = True
        elif "\t" in line.text:
            after_break = in_table and not opens and not lines[i - 1].text
            merged = line.text.startswith(CELL_LINE)
            cells = tuple(line[len(CELL_LINE) * merged :].split(_TAB))
            yield Row(cells, opens or not in_table, after_break, placed=True, merged=merged)
            opens, in_table = False, True
        elif not (in_table and not line.text and i + 1 < len(lines) and _is_row(lines[i + 1].text)):
            yield Paragraph(line)
            in_table = False


def _is_row(line: str) -> bool:
    return "\t" in line and line != "\t"

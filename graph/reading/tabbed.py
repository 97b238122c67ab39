"""Tables with a row a line and a tab between cells, as OCR programs export them.

A blank line inside a table is a page break; a line of dashes is drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.reading.blocks import Row
from graph.source_text import CELL_LINE, SourceText

_QUOTED = re.compile(r'(?:(?<=[\t\n])|\A)"(?P<field>(?:[^"\t]|"")*)"(?=\t|\r?\n|\Z)')
_LINE_END = re.compile(r"\r?\n")
_DOUBLED = re.compile(r'"(?=")')
_TAB = re.compile(r"\t")
_DRAWING = re.compile(r"[-–—_=+|\s]+")


def without_quotes(text: SourceText) -> SourceText:
    """The text with fields in quotation marks, as spreadsheets save them, without those, their line ends as those of a
    cell; as it is where no such field between tabs holds a line end, for then the marks are the text's own."""
    quoted = list(_QUOTED.finditer(text.text)) if "\t" in text.text else []
    if not any("\n" in field["field"] and _beside_tab(text.text, field) for field in quoted):
        return text
    pieces, last = [], 0
    for field in quoted:
        value = text[field.start("field") : field.end("field")].without(_DOUBLED)
        pieces += [text[last : field.start()], SourceText.join(CELL_LINE, value.split(_LINE_END))]
        last = field.end()
    return SourceText.join("", [*pieces, text[last:]])


def _beside_tab(text: str, field: re.Match[str]) -> bool:
    return "\t" in (text[max(field.start() - 1, 0) : field.start()], text[field.end() : field.end() + 1])


def read(lines: Sequence[SourceText]) -> Iterator[Row]:
    """The rows of a run of lines with tabs."""
    opens, after_break = True, False
    for line in lines:
        if not line.text.strip():
            after_break = True
        elif _DRAWING.fullmatch(line.text) and "--" in line.text:
            continue
        else:
            yield Row(tuple(cell.folded_lines() for cell in line.split(_TAB)), opens, after_break)
            opens, after_break = False, False

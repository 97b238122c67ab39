"""Tables with a row a line and a tab between cells, as OCR programs export them.

A blank line inside a table is a page break; a line of dashes is drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.reading.blocks import Row
from graph.reading.cell_lines import ROW_NUMBER
from graph.source_text import CELL_LINE, SourceText

_QUOTED = re.compile(r'(?:(?<=[\t\n])|\A)"(?P<field>(?:[^"\t]|"")*)"(?=\t|\r?\n|\Z)')
_LINE_END = re.compile(r"\r?\n")
_DOUBLED = re.compile(r'"(?=")')
_TAB = re.compile(r"\t")
_MORE, _WITHIN = 0.35, 0.6
_MOST_PARAGRAPHS = 20  # of the cells of a row
DRAWING = re.compile(r"[-–—_=+|\s]*")


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


def with_whole_rows(lines: Sequence[SourceText]) -> list[SourceText]:
    """The lines, those of a row that the paragraphs of a cell break as one, their ends as those of a cell: a line has
    fewer tabs than the first of its table, and with the lines below it, none of which opens a row, just as many."""
    whole: list[SourceText] = []
    width, i = 0, 0
    while i < len(lines):
        tabs = lines[i].text.count("\t")
        width = width or tabs if tabs or not lines[i].text.strip() else 0
        end = _end_of_row(lines, i, width) if 0 < tabs < width else i + 1
        whole.append(SourceText.join(CELL_LINE, [line.strip("\r\n") for line in lines[i:end]]))
        i = end
    return whole


def _end_of_row(lines: Sequence[SourceText], start: int, width: int) -> int:
    """One past the last line of a row that begins at a line, which is the next where those below do not complete it."""
    if not ROW_NUMBER.fullmatch(lines[start].text.partition("\t")[0].strip()):
        return start + 1
    tabs = lines[start].text.count("\t")
    for i in range(start + 1, min(start + _MOST_PARAGRAPHS, len(lines))):
        text = lines[i].text
        if not text.strip() or text.startswith("\t") or ROW_NUMBER.fullmatch(text.partition("\t")[0].strip()):
            break
        tabs += text.count("\t")
        if tabs >= width:
            return i + 1 if tabs == width else start + 1
    return start + 1


def _beside_tab(text: str, field: re.Match[str]) -> bool:
    return "\t" in (text[max(field.start() - 1, 0) : field.start()], text[field.end() : field.end() + 1])


def cells(line: SourceText) -> list[SourceText]:
    """What stands between the tabs of a line."""
    return list(line.split(_TAB))


def is_title(line: SourceText) -> bool:
    """Whether a line of several cells holds nothing but a text in its first, as a sheet saved with tabs does above a
    table."""
    first, *others = cells(line)
    written = first.text.strip()
    return len(others) > 1 and len(written.split()) > 1 and not any(other.text.strip() for other in others)


def read(lines: Sequence[SourceText]) -> Iterator[Row]:
    """The rows of a run of lines with tabs."""
    rows: list[Row] = []
    after_break = False
    for line in lines:
        if not line.text.strip():
            after_break = True
        elif not (DRAWING.fullmatch(line.text) and "--" in line.text):
            rows.append(Row(tuple(cell.folded_lines() for cell in line.split(_TAB)), not rows, after_break))
            after_break = False
    rows = _without_empty_ends(rows)
    yield from _joined(rows) if _are_lines(rows) else rows


def _without_empty_ends(rows: Sequence[Row]) -> list[Row]:
    """The rows less the empty cells with which some end that have more than the header."""
    width = len(rows[0].cells) if rows else 0
    return [
        replace(row, cells=row.cells[:width]) if len(row.cells) > width and not any(row.cells[width:]) else row
        for row in rows
    ]


def _are_lines(rows: Sequence[Row]) -> bool:
    """Whether rows are printed over several lines each: about every third line at least has no number, and most of
    those go on within a sentence."""
    more = [row for row in rows if not row.cells[0] and not row.after_break]
    within = sum(any(cell.text[0].islower() for cell in row.cells if cell) for row in more)
    numbered = sum(ROW_NUMBER.fullmatch(row.cells[0].text) is not None for row in rows)
    return numbered > 1 and len(more) >= _MORE * len(rows) and within >= _WITHIN * len(more)


def _joined(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows with the lines without a number put to those above them, cell by cell."""
    whole = rows[0]
    for row in rows[1:]:
        if row.cells[0] or len(row.cells) != len(whole.cells):
            yield whole
            whole = row
        else:
            cells = (SourceText.join(" ", pair) for pair in zip(whole.cells, row.cells, strict=True))
            whole = replace(whole, cells=tuple(cells))
    yield whole

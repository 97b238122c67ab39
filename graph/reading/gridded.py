"""Tables drawn with lines of signs around their cells ("+-----+-----+", "├─────┼─────┤"), a cell over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.reading.blocks import Row
from graph.source_text import SourceText

_CORNER, _DASH = "+├┼┤┌┬┐└┴┘╞╪╡╠╬╣╔╦╗╚╩╝╟╫╢╒╤╕╘╧╛┏┳┓┗┻┛┣╋┫╭╮╰╯", "-=─═━"
_RULE = re.compile(rf"\s*[{_CORNER}]?(?:[{_DASH}]{{2,}}[{_CORNER}])+[{_DASH}]*\s*")
_BAR = re.compile(r"(?<!\\)[|│║┃]")


def recognise(lines: Sequence[SourceText], start: int) -> bool:
    """Whether a table begins with the line drawn at a place."""
    below = next((line.text for line in lines[start + 1 : start + 3] if line.text.strip()), "")
    return _RULE.fullmatch(lines[start].text) is not None and len(_BAR.findall(below)) > 1


def end_of_table(lines: Sequence[SourceText], start: int) -> int:
    """One past the last line of the table that begins at a line; blank lines within it are page breaks."""
    end = start + 1
    for i in range(start + 1, len(lines)):
        if _RULE.fullmatch(lines[i].text) or len(_BAR.findall(lines[i].text)) > 1:
            end = i + 1
        elif lines[i].text.strip():
            break
    return end


def read(lines: Sequence[SourceText]) -> Iterator[Row]:
    """The rows of the lines of a table: what stands between two drawn lines."""
    row: list[list[SourceText]] = []
    opens, gap, after_break = True, False, False
    for line in lines:
        if not _RULE.fullmatch(line.text):
            if line.text.strip():
                row.append(_cells(line))
            gap = gap or not line.text.strip()
            continue
        if row:
            yield _row(row, opens, after_break)
            row, opens, after_break = [], False, False
        gap, after_break = False, gap or after_break
    if row:
        yield _row(row, opens, after_break)


def _row(lines: Sequence[Sequence[SourceText]], opens: bool, after_break: bool) -> Row:
    width = max(map(len, lines))
    columns = ([line[i] for line in lines if i < len(line)] for i in range(width))
    return Row(tuple(SourceText.join(" ", column) for column in columns), opens, after_break)


def _cells(line: SourceText) -> list[SourceText]:
    cells = list(line.strip().split(_BAR))
    return [cell.folded_lines() for cell in cells[not cells[0] : len(cells) - (not cells[-1])]]

"""Tables with a row a line and a tab between cells, as OCR programs export them.

A blank line inside a table is a page break; a line of dashes is drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.reading.blocks import Row
from graph.source_text import SourceText

_TAB = re.compile(r"\t")
_DRAWING = re.compile(r"[-–—_=+|\s]+")


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

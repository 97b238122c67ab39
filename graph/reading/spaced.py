"""Tables whose columns stand side by side in a text, told apart by spaces ("pdftotext -layout")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.reading import aligned, middles
from graph.reading.blocks import Row
from graph.source_text import SourceText

_WORD = re.compile(r"\S+")
_WIDE_GAP = re.compile(r"\S {2,}(?=\S)")
_DRAWING = re.compile(r"[-–—_=─═\s]+")
_MOST_LINES = 8  # of a header


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a line; its place is counted in characters."""

    x0: float
    x1: float
    written: SourceText

    @property
    def text(self) -> str:
        return self.written.text


def read(lines: Sequence[SourceText], start: int) -> tuple[list[Row], int] | None:
    """The rows of the table whose header begins at a line and one past its last line, None for none."""
    if not _WIDE_GAP.search(lines[start].text):
        lowered = _lowered(lines[start : start + 3])
        found = read([lines[start], lowered, *lines[start + 2 :]], 1) if lowered else None
        return (found[0], start + found[1]) if found else None  # counted alike: as many lines
    if not any(len(_WIDE_GAP.findall(line.text)) >= 2 for line in lines[start : start + _MOST_LINES]):
        return None
    if aligned.read([_words(line) for line in lines[start : start + _MOST_LINES + 1]], 0, 1.0) is None:
        return None
    end = next((i for i in range(start, len(lines)) if "\t" in lines[i].text), len(lines))
    raised, at_top = middles.to_the_top([_words(line) for line in lines[start:end]], 1.0)
    table = aligned.read([words for _, words in raised], 0, 1.0, at_top=at_top)
    if table is None:
        return None
    return [*_rows(table)], start + raised[table.end][0] if table.end < len(raised) else end


def _lowered(lines: Sequence[SourceText]) -> SourceText | None:
    """The second of three lines with the first put into a gap of it, where that is the upper line of a label that goes
    on in the third; None where it is none."""
    if len(lines) < 3 or not lines[0].text.strip():
        return None
    label, line, below = lines
    x0, x1 = len(label.text) - len(label.text.lstrip()), len(label.text.rstrip())
    padded = line.text.ljust(x1)
    first = _WIDE_GAP.search(line.text)
    if not first or first.start() >= x0 or padded[x0 - 1 : x1 + 1].strip() or not below.text[x0:x1].strip():
        return None
    return SourceText.join("", [line[:x0], label[len(line[:x0]) : x1], line[x1:]])


def _words(line: SourceText) -> list[_Word]:
    if _DRAWING.fullmatch(line.text):
        return []
    return [_Word(m.start(), m.end(), line[m.start() : m.end()]) for m in _WORD.finditer(line.text)]


def _rows(table: aligned.Aligned[_Word]) -> Iterator[Row]:
    for n, row in enumerate(table.rows):
        words = (SourceText.join(" ", (word.written for line in cell for word in line)) for cell in row.cells)
        yield Row(tuple(words), opens=n == 0)

"""Tables without rules, known by where their words stand: on a page, or in a text that keeps the places of a page
("pdftotext -layout").

The header tells how many columns there are. Between two of its labels a column ends where a line down the page would
cut the fewest words. Row numbers in the first column begin the rows; where cells stand in the middle of their rows, a
row reaches as far above its number as below it. On each page columns may stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic

from graph.reading.aligned.columns import End, placed, with_longest, word_pairs
from graph.reading.aligned.header import end_of_header, labels_of, shortest
from graph.reading.aligned.pages import end_of_table, pages_of
from graph.reading.aligned.pieces import W, Words, is_same
from graph.reading.aligned.rows import Row, groups, is_cut, row_of

__all__ = ["Aligned", "go_on", "read", "with_header_as_on"]


@dataclass(frozen=True, slots=True)
class Aligned(Generic[W]):
    """A table: its rows, the header first, one past its last line, the lines of its header, and where its columns end
    at last."""

    rows: tuple[Row[W], ...]
    end: int
    header: Sequence[Words[W]]
    ends: tuple[float, ...]


def read(lines: Sequence[Words[W]], start: int, unit: float, *, at_top: bool = False) -> Aligned[W] | None:
    """The table whose header begins at a line, None for none. ``unit`` is the width of a space; ``at_top``: cells are
    known to stand at the top of their rows."""
    body = end_of_header(lines, start, unit)
    if body is None:
        return None
    body = shortest(lines, start, body)
    header = lines[start:body]
    labels = labels_of(header, unit)
    end = end_of_table(lines, start, body, labels, unit)
    pages = [*placed(pages_of(lines[body:end], header, header), (), len(labels), unit)]
    top = row_of(header, [End(end, end) for end in pages[0][0]], unit)
    return Aligned((top, *_rows(pages, unit, at_top=at_top)), end, header, pages[-1][0])


def with_header_as_on(lines: Sequence[Words[W]], above: Aligned[W]) -> Aligned[W]:
    """A table whose header is only what the top of the next page repeats of it: below that a row began that has its
    number in the middle."""
    same = [is_same(*pair) for pair in zip(above.header, lines, strict=False)]
    return replace(above, header=above.header[: same.index(False)]) if same[:1] == [True] and False in same else above


def go_on(lines: Sequence[Words[W]], above: Aligned[W], unit: float, *, at_top: bool = False) -> Aligned[W] | None:
    """The rows with which a table goes on at the top of another page, None where it does not."""
    labels = labels_of(above.header, unit)
    before = len(above.header)
    end = end_of_table([*above.header, *lines], 0, before, labels, unit) - before
    pages = [*placed(pages_of(lines[:end], above.header, ()), above.ends, len(labels), unit)]
    if end <= 0 or not pages:
        return None
    return Aligned(tuple(_rows(pages, unit, at_top=at_top)), end, above.header, pages[-1][0])


def _rows(pages: Sequence[tuple[tuple[float, ...], list[Words[W]]]], unit: float, *, at_top: bool) -> list[Row[W]]:
    """The rows of the pages of a table, one that a page break cut put together."""
    rows: list[Row[W]] = []
    together = word_pairs((line for _, lines in pages for line in lines), unit)
    for ends, lines in pages:
        columns = with_longest(ends, lines, unit, together)
        for n, group in enumerate(groups(lines, columns, unit, at_top=at_top)):
            row = row_of(group, columns, unit)
            if n == 0 and rows and is_cut(row):
                rows[-1] = Row(tuple((*above, *below) for above, below in zip(rows[-1].cells, row.cells, strict=True)))
            else:
                rows.append(row)
    return rows

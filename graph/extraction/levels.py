"""Bodies of several levels each in a column of their own below one label ("Cơ quan phối hợp" over "Cấp tỉnh" and "Cấp
xã"), read as the one column that the label names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from graph.extraction.headers import Role, Terms, role_of
from graph.reading import Row
from graph.source_text import SourceText

_BODIES: tuple[Role, ...] = ("lead", "coordinate")


def with_bodies_joined(rows: Sequence[Row], terms: Terms) -> Sequence[Row]:
    """The rows of a table, columns of bodies of several levels as one; as they are where it has no such columns."""
    if len(rows) <= 2:
        return rows
    over, below = (row.cells for row in rows[:2])
    begins = [i for i, cell in enumerate(over) if cell]
    if len(over) != len(below) or not begins or not any(map(bool, below)):
        return rows
    for begin, end in reversed([*pairwise([*begins, len(over)])]):
        levels = below[begin:end]
        if (
            len(levels) > 1
            and all(_is_level(level.text, terms) for level in levels)
            and role_of(over[begin].text, terms, _BODIES)
        ):
            rows = [_joined(row, begin, end, header=i < 2) for i, row in enumerate(rows)]
    return rows


def _is_level(label: str, terms: Terms) -> bool:
    """Whether a label names neither a column nor a year."""
    return bool(label) and not any(map(str.isdigit, label)) and role_of(label, terms, tuple(terms)) is None


def _joined(row: Row, begin: int, end: int, *, header: bool) -> Row:
    """A row with one cell in place of some: what they say, or (in the header) the first of the label's own row."""
    cells = row.cells[begin:end]
    label = cells[0] if sum(map(bool, cells)) == 1 else SourceText.empty()
    cell = label if header else SourceText.join("; ", cells)
    return replace(row, cells=(*row.cells[:begin], cell, *row.cells[end:]))

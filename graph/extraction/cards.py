"""A small table for each task, whose first column names what stands beside it ("Cơ quan chủ trì | Sở Y tế"): read as
the row of a table that such labels would head.

One table may hold many tasks one below the other, or two labels in a row ("Chủ trì | Sở Y tế | Thời hạn | 2026").
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.extraction.headers import Role, Terms
from graph.extraction.labelled import Unit, begins_another, label_of, number_of_label, rows_of
from graph.reading import Row
from graph.source_text import SourceText

_FEWEST_LABELS = 3
_SURELY = 0.5  # share of the rows that have a label
_MOST_NUMBERING = 1  # columns before that of the labels, which number the rows or the tasks
_Entry = tuple[Role | None, SourceText]  # what a label says, or (without one) a line over all columns


def read_cards(rows: Sequence[Row], above: Sequence[SourceText], terms: Terms) -> tuple[Row, ...]:
    """The tasks of a table as rows in the columns of ``labelled.HEADER``, below the headings among the paragraphs above
    it; none where its first column does not hold labels."""
    at = max(range(_MOST_NUMBERING + 1), key=lambda column: len(_roles(rows, column, terms)))
    roles = _roles(rows, at, terms)
    if not {"lead"} < set(roles) or len(set(roles)) < _FEWEST_LABELS or len(roles) < _SURELY * len(rows):
        return ()
    units = [*(Unit(line) for line in above if line.text.strip())]
    for role, value in _entries(rows, at, terms):
        _put(units, role, value)
    return tuple(rows_of(units))


def _roles(rows: Sequence[Row], column: int, terms: Terms) -> list[Role]:
    """What the labels of a column stand for."""
    cells = (row.cells[column].text for row in rows if len(row.cells) > column + 1)
    return [role for role in (label_of(cell, terms) for cell in cells if cell) if role]


def _entries(rows: Sequence[Row], at: int, terms: Terms) -> list[_Entry]:
    """What the rows say one after the other; a row without a label goes on with the one above."""
    entries: list[_Entry] = []
    for row in rows:
        cells = row.cells[at:]
        if sum(map(bool, row.cells)) == 1 and row.cells[0] and not label_of(row.cells[0].text, terms):
            entries.append((None, row.cells[0]))
            continue
        pairs = [cells[:2], cells[2:4]] if len(cells) == 4 and label_of(cells[2].text, terms) else [cells]
        for label, *values in pairs:
            value = SourceText.join(" ", values)
            if not label and entries:
                entries[-1] = (entries[-1][0], SourceText.join(" ", [entries[-1][1], value]))
                continue
            role = label_of(label.text, terms) or "note"
            if role == "task" and (number := number_of_label(label)):
                entries.append(("number", number))
            entries.append((role, value))
    return entries


def _put(units: list[Unit], role: Role | None, value: SourceText) -> None:
    """Put what a row says to the task under way, or begin another with it."""
    if role is None:
        units.append(Unit(value))
        return
    if not units or begins_another(role, units[-1]):
        units.append(Unit(SourceText.empty()))
    if units[-1].takes(role):
        units[-1].cells.setdefault(role, value)

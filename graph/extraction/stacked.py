"""Tables in which a task takes two rows: its title over all columns, and below it who leads, who coordinates, by when.
Read as the table in which the title has a column of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.extraction.headers import Role, Terms, role_of
from graph.reading import Row
from graph.source_text import SourceText

_BELOW: tuple[Role, ...] = ("lead", "coordinate", "result", "deadline", "note")
_FEWEST_BELOW = 2  # labels below that of the tasks


def in_one_row(rows: Sequence[Row], terms: Terms) -> Sequence[Row]:
    """The rows of such a table, each task one row and the header too; any other table as it is."""
    if not _is_stacked(rows, terms):
        return rows
    top, below, *body = rows
    return [replace(top, cells=(*top.cells[:2], *below.cells[1:])), *_joined(body)]


def _is_stacked(rows: Sequence[Row], terms: Terms) -> bool:
    """Whether the header has the names of the number and of the tasks above those of all other columns."""
    if len(rows) < 2 or len(rows[0].cells) != len(rows[1].cells):
        return False
    top, below = [cell.text for cell in rows[0].cells], [cell.text for cell in rows[1].cells]
    labelled = [label for label in below[1:] if label]
    return (
        all(top[:2])
        and not any(top[2:])
        and not below[0]
        and len(labelled) >= _FEWEST_BELOW
        and role_of(top[1], terms, ("task", *_BELOW)) == "task"
        and all(role_of(label, terms, _BELOW) for label in labelled)
    )


def _joined(body: Sequence[Row]) -> Iterator[Row]:
    """Each row of a title with the one below it that has the same number or none; headings alone."""
    i = 0
    while i < len(body):
        row, below = body[i], body[i + 1] if i + 1 < len(body) else None
        is_title = len(row.cells) > 1 and bool(row.cells[1]) and not any(row.cells[2:])
        if is_title and below and below.cells[0].text in ("", row.cells[0].text) and any(below.cells[2:]):
            yield replace(row, cells=(*row.cells[:2], *below.cells[1:]))
            i += 2
        else:  # a heading
            yield replace(row, cells=(*row.cells, SourceText.empty()))
            i += 1

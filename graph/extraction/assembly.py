"""Printed rows to logical rows: what page breaks cut is joined, what they scattered is put back, what stays in doubt is
said.

A printed row that holds a number or opens a title begins a logical row. One that holds neither is either the rest of
the row above (it goes on in lower case, or fills what is empty there) or, at the top of a page, the cells of the row
below, printed a line early.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graph.extraction.agencies import AgencyReader
from graph.extraction.alignment import SHIFT, SHIFT_IN_FILE, SHIFT_IN_ORDER, TAGS, align
from graph.extraction.deadlines import is_deadline
from graph.extraction.headers import Column, Header, numbers_columns
from graph.reading import Row
from graph.source_text import SourceText
from graph.text import fold

_FIRST_PARAGRAPH = re.compile(r"\s*<p>(.*?)</p>\s*(?=<p>)")
_ROMAN = re.compile(r"[IVXLC]+[.)]?")
_CLOSED = re.compile(r"[.;:!?…)]\s*$")


@dataclass
class TableRow:
    """A logical row while it is put together: its cells by column, and what is doubtful about them."""

    cells: list[SourceText]
    doubts: list[str] = field(default_factory=list)
    after_break: bool = False
    early: list[TableRow] = field(default_factory=list)  # cells printed above it for which it has no room

    def text(self, column: int | None) -> str:
        """The text of a column, empty where the table has no such column."""
        return "" if column is None else self.cells[column].text

    def fill(self, column: int, piece: SourceText) -> None:
        """Put a piece of text behind what a column holds."""
        self.cells[column] = SourceText.join(" ", [self.cells[column], piece])


@dataclass(frozen=True)
class _Columns:
    """Where the columns stand that rows are known by."""

    number: int | None
    title: int
    all: tuple[Column, ...]

    @classmethod
    def of(cls, header: Header) -> _Columns:
        roles = [column.role for column in header.columns]
        title = next(roles.index(role) for role in ("task", "indicator") if role in roles)
        return cls(roles.index("number") if "number" in roles else None, title, header.columns)

    def others(self, row: TableRow) -> list[int]:
        """The columns besides number and title that hold something."""
        return [i for i, cell in enumerate(row.cells) if cell and i not in (self.number, self.title)]


def assemble(rows: Sequence[Row], header: Header, agencies: AgencyReader) -> list[TableRow]:
    """The logical rows of the body of a table, tags dropped, white space folded; cells of agencies keep their lines."""
    columns = _Columns.of(header)
    labels = {fold(cell.text) for row in rows[: header.rows] if not numbers_columns(row) for cell in row.cells if cell}
    body: list[TableRow] = []
    early: list[TableRow] = []
    shift = _price_of_moving(rows[header.rows :], header)
    for printed in rows[header.rows :]:
        written = [cell for cell in printed.cells if cell]
        if printed.heading:
            body.append(TableRow(list(printed.cells)))
            continue
        if not written or all(fold(cell.text) in labels for cell in written) or numbers_columns(printed):
            continue
        aligned = align(printed.cells, header.columns, agencies, shift)
        moved = ["cells moved to their columns"] if aligned.moved else []
        merged = ["an empty cell is taken for one merged with rows on another page"] if printed.merged else []
        part = TableRow(list(aligned.cells), [*moved, *merged], printed.after_break)
        above = body[-1] if body and not early else None
        if _begins_row(part, above, columns):
            _give_back_paragraphs(part, above, columns)
            _take_early_cells(part, early, columns)
            body.append(part)
        elif above and _continues(part, above, columns, agencies):
            _join(part, above, body[-2] if len(body) > 1 else None, columns)
        else:
            early.append(part)
    if early and body:
        body[-1].doubts.append(
            "cells without a row follow: " + " | ".join(c.text for part in early for c in part.cells if c)
        )
    _slip_cells(body, columns, agencies)
    _pass_cells_down(body, columns)
    _shift_numbers(body, columns)
    roles = {column.role for column in columns.all}
    in_lines = {
        "lead",
        "coordinate",
        *(() if "lead" in roles else ("task", "result")),
    }  # where labels may say who leads
    for row in body:
        row.cells = [
            cell.without(TAGS).folded_lines() if column.role in in_lines else cell.without(TAGS).folded()
            for cell, column in zip(row.cells, columns.all, strict=True)
        ]
        row.doubts = list(dict.fromkeys(row.doubts))
    return body


def _price_of_moving(rows: Sequence[Row], header: Header) -> float:
    """How much it takes to believe that a cell left its column: little where rows lack cells or have some too many."""
    if any(len(row.cells) != len(header.columns) for row in rows):
        return SHIFT
    return SHIFT_IN_FILE if all(row.placed for row in rows) else SHIFT_IN_ORDER


def _begins_row(part: TableRow, above: TableRow | None, columns: _Columns) -> bool:
    if part.text(columns.number):
        return True
    title = TAGS.sub("", part.text(columns.title)).strip()
    if not title:
        return False
    if above is None:
        return True
    goes_on = title[0].islower() or (
        part.after_break
        and bool(above.text(columns.title))
        and not _CLOSED.search(above.text(columns.title))
        and len(columns.others(part)) < 2
        and not title.isupper()
    )
    return not goes_on


def _continues(part: TableRow, above: TableRow, columns: _Columns, agencies: AgencyReader) -> bool:
    """Whether a printed row without number is the rest of the row above: no cell of it stands against what is there."""
    if part.text(columns.title):
        return True
    if _ROMAN.fullmatch(above.text(columns.number)) and not columns.others(above):
        return False
    return not any(
        _GIVEN_BACK.format(i) not in above.doubts
        and _against(above.cells[i].text, part.cells[i].text, columns.all[i], agencies)
        for i in columns.others(part)
    )


def _against(there: str, piece: str, column: Column, agencies: AgencyReader) -> bool:
    """Whether a piece cannot be the rest of what a cell holds: both are whole."""
    there, piece = TAGS.sub("", there).strip(), TAGS.sub("", piece).strip()
    if not there or piece[0].islower():
        return False
    match column.role:
        case "lead" | "coordinate":
            return (
                agencies.likeness(there) >= 0.9
                and agencies.likeness(piece) >= 0.9
                and not there.endswith((",", ";", "và"))
            )
        case "deadline":
            return is_deadline(there) and not there.rstrip().endswith(("-", "–", "/"))
        case "target" | "baseline" | "unit":
            return True
        case _:
            return bool(re.search(r"[.;]$", there)) or (piece[0].isupper() and there[-1].isalnum())


def _join(part: TableRow, above: TableRow, before: TableRow | None, columns: _Columns) -> None:
    """Put a continuation behind the row above. Where it opens a text of its own in a column whose text began as the
    rest of the row before (a paragraph given back to it), all that stood there belongs to the row before."""
    for i, piece in enumerate(part.cells):
        if not piece:
            continue
        opened = TAGS.sub("", piece.text).strip()
        if before is not None and _GIVEN_BACK.format(i) in above.doubts and opened[:1].isupper():
            before.fill(i, above.cells[i])
            above.cells[i] = SourceText.empty()
        above.fill(i, piece)


_GIVEN_BACK = "a paragraph of column {} given back to the row before"


def _give_back_paragraphs(part: TableRow, above: TableRow | None, columns: _Columns) -> None:
    """After a page break the first paragraph of a cell can be the tail of the cell above it."""
    if above is None or not part.after_break:
        return
    for i in columns.others(part):
        first = _FIRST_PARAGRAPH.match(part.cells[i].text)
        if (
            first
            and first[1].strip()[:1].islower()
            and above.cells[i]
            and not _CLOSED.search(TAGS.sub("", above.cells[i].text))
        ):
            above.fill(i, part.cells[i][: first.end()])
            part.cells[i] = part.cells[i][first.end() :]
            part.doubts.append(_GIVEN_BACK.format(i))


def _take_early_cells(part: TableRow, early: list[TableRow], columns: _Columns) -> None:
    """Give a row the cells that were printed above it; where it has cells of its own they wait for
    :func:`_slip_cells`."""
    for cells in early:
        if any(part.cells[i] for i in columns.others(cells)):
            part.early.append(cells)
            continue
        for i in columns.others(cells):
            part.cells[i] = cells.cells[i]
        part.doubts.append("cells printed above the row")
    early.clear()


def _slip_cells(body: Sequence[TableRow], columns: _Columns, agencies: AgencyReader) -> None:
    """Where cells stand above a row that lacks none, the cells of that row and of some below it may have slipped down
    by one. That reading is taken, for as many rows as fit best, when their titles speak of their agencies' business
    more than as printed, the more so if the cells then left over only repeat what the last of the rows has."""
    lead = next((i for i, column in enumerate(columns.all) if column.role == "lead"), None)
    for start, first in enumerate(body):
        if not first.early:
            continue
        end = next((i for i in range(start + 1, len(body)) if body[i].after_break), len(body))
        page = [row for row in body[start:end] if columns.others(row)]
        as_printed = [row.cells for row in page]
        readings = [
            [*as_printed],
            *([first.early[-1].cells, *as_printed[: n - 1], *as_printed[n:]] for n in range(1, len(page) + 1)),
        ]

        def fit(n: int, page: list[TableRow] = page, readings: list[list[list[SourceText]]] = readings) -> float:
            repeats = n > 0 and all(
                page[n - 1].text(i) == readings[n][n - 1][i].text for i in columns.others(page[n - 1])
            )
            return _affinity(page, readings[n], lead, columns, agencies) + 0.5 * repeats

        slipped = max(range(len(readings)), key=fit) if lead is not None else 0
        left_over = [*first.early[:-1], TableRow(list(as_printed[slipped - 1]))] if slipped else first.early
        for row, taken in zip(page[:slipped], [list(cells) for cells in readings[slipped]], strict=False):
            row.cells = [old if i in (columns.number, columns.title) else taken[i] for i, old in enumerate(row.cells)]
            row.doubts.append("cells read as one row too low")
        for cells in left_over:
            words = " | ".join(cells.cells[i].text for i in columns.others(cells))
            first.doubts.append(f"cells without a row stand here: {words}")


def _affinity(
    page: Sequence[TableRow],
    cells: Sequence[Sequence[SourceText]],
    lead: int | None,
    columns: _Columns,
    agencies: AgencyReader,
) -> int:
    """How many titles name the business of the agency that a reading gives them ("y tế" for Sở Y tế)."""
    if lead is None:
        return 0
    return sum(
        any(
            business in f" {fold(row.text(columns.title))} "
            for named in agencies.split(row_cells[lead])
            for business in _business(named.name)
        )
        for row, row_cells in zip(page, cells, strict=True)
    )


def _business(agency: str) -> list[str]:
    """What a department is for, from its name: "Sở Nông nghiệp và Môi trường" -> nông nghiệp, môi trường."""
    folded = fold(agency)
    if not folded.startswith(("so ", "bo ")):
        return []
    return [f" {part} " for part in re.split(r" va ", folded.partition(" ")[2]) if " " in part]


def _pass_cells_down(body: Sequence[TableRow], columns: _Columns) -> None:
    """A section heading that carries cells while the row below has none: they are that row's, printed on the heading's
    line."""
    for heading, row in pairwise(body):
        moving = columns.others(heading)
        if (
            _ROMAN.fullmatch(heading.text(columns.number))
            and moving
            and not columns.others(row)
            and row.text(columns.number)[:1].isdigit()
        ):
            for i in moving:
                row.cells[i], heading.cells[i] = heading.cells[i], SourceText.empty()
            row.doubts.append("cells printed on the section heading's line")


def _shift_numbers(body: list[TableRow], columns: _Columns) -> None:
    """Where a row lacks its number and, further down, a number lacks its row, the numbers between slipped down by
    one."""
    if columns.number is None:
        return
    i = 0
    while i < len(body):
        bare = _bare_number_below(body, i, columns)
        if bare is not None:
            for k in range(i, bare):
                body[k].cells[columns.number] = body[k + 1].cells[columns.number]
                body[k].doubts.append("number printed one row too low")
            del body[bare]
        i += 1


def _bare_number_below(body: Sequence[TableRow], start: int, columns: _Columns) -> int | None:
    if body[start].text(columns.number) or not columns.others(body[start]):
        return None
    for i in range(start + 1, len(body)):
        if not body[i].text(columns.number):
            return None
        if not body[i].text(columns.title) and not columns.others(body[i]):
            return i
    return None

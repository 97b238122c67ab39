"""Tables printed as text, each way as an export does it."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable, Sequence
from itertools import zip_longest

from layouts.tables import Table

Printer = Callable[[Table], str]


def _header_rows(table: Table) -> list[list[str]]:
    """The header as rows of cells: a label over several columns stands in the first, the others are empty."""
    if not table.over:
        return [[column.label for column in table.columns]]
    top, below, at = [], [], 0
    for label, span in table.over:
        top += [label, *[""] * (span - 1)]
        below += [column.label if span > 1 else "" for column in table.columns[at : at + span]]
        at += span
    return [top, below]


def tabbed(table: Table) -> str:
    """A row a line, a tab between cells."""
    return "\n".join("\t".join(row) for row in [*_header_rows(table), *table.rows]) + "\n"


def tabbed_with_breaks(table: Table, rows: int = 7) -> str:
    """The same with a page break (a blank line, the header again) after some rows."""
    lines = []
    for n, row in enumerate(table.rows):
        if n and n % rows == 0:
            lines += ["", *("\t".join(labels) for labels in _header_rows(table))]
        lines.append("\t".join(row))
    return "\n".join([*("\t".join(labels) for labels in _header_rows(table)), *lines]) + "\n"


def tabbed_cut_rows(table: Table, rows: int = 5) -> str:
    """The same without repeated headers, some rows cut by a page break in their longest cell."""
    lines = ["\t".join(labels) for labels in _header_rows(table)]
    for n, row in enumerate(table.rows):
        longest = max(range(len(row)), key=lambda i: len(row[i]))
        words = row[longest].split(" ")
        if n % rows == rows - 1 and len(words) > 12:
            half = next((i for i in range(len(words) // 2, len(words)) if words[i][:1].islower()), None)
            if half:
                first = [*row[:longest], " ".join(words[:half]), *row[longest + 1 :]]
                rest = [*[""] * longest, " ".join(words[half:]), *[""] * (len(row) - longest - 1)]
                lines += ["\t".join(first), "", "\t".join(rest)]
                continue
        lines.append("\t".join(row))
    return "\n".join(lines) + "\n"


def cell_lines(table: Table) -> str:
    """A cell a line behind a tab, a blank line between rows."""
    header = _header_rows(table)
    if table.over:  # a merged cell is one cell; below it, the cells of the other columns are empty
        header = [[label for label, _ in table.over], _header_rows(table)[1]]
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in [*header, *table.rows]) + "\n"


def bare_cell_lines(table: Table) -> str:
    """A cell a line without a tab, an empty one an empty line, as some programs dump a Word file."""
    rows = [[label for label in labels if label] for labels in _header_rows(table)]
    return "\n".join("\n".join(row) for row in [*rows, *table.rows]) + "\n"


def pipes(table: Table) -> str:
    """A Markdown table."""
    header = _header_rows(table)
    rule = "|" + "|".join("---" for _ in table.columns) + "|"
    lines = [_piped(header[0]), rule, *map(_piped, header[1:]), *map(_piped, table.rows)]
    return "\n".join(lines) + "\n"


def pipes_padded(table: Table) -> str:
    """A Markdown table without outer bars, rule with colons, <br> between agencies."""
    header = _header_rows(table)
    rule = " | ".join(":---:" for _ in table.columns)
    body = [[cell.replace("; ", ";<br>") for cell in row] for row in table.rows]
    return "\n".join([" | ".join(header[0]), rule, *(" | ".join(row) for row in [*header[1:], *body])]) + "\n"


def _piped(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def html_table(table: Table) -> str:
    """An HTML table on one line, as OCR programs write it, merged header cells and headings spanning columns."""
    rows = []
    if table.over:
        top = [
            f'<td colspan="{span}">{label}</td>' if span > 1 else f'<td rowspan="2">{label}</td>'
            for label, span in table.over
        ]
        rows = ["".join(top), "".join(f"<td>{label}</td>" for label in _header_rows(table)[1] if label)]
    else:
        rows = ["".join(f"<th>{column.label}</th>" for column in table.columns)]
    rows += ["".join(f"<td>{html.escape(cell, quote=False)}</td>" for cell in row) for row in table.rows]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>\n"


def html_lines(table: Table) -> str:
    """An HTML table with a tag a line and line breaks within cells."""
    lines = ["<table border=1>", "<thead>"]
    for labels in _header_rows(table):
        lines += ["<tr>", *(f"  <th>{label}</th>" for label in labels), "</tr>"]
    lines += ["</thead>", "<tbody>"]
    for row in table.rows:
        lines += ["<tr>", *(f"  <td>{html.escape(c, quote=False).replace('; ', ';<br/>')}</td>" for c in row), "</tr>"]
    return "\n".join([*lines, "</tbody>", "</table>"]) + "\n"


def spaced(table: Table) -> str:
    """Columns side by side, told apart by spaces, lines of all cells next to each other (``pdftotext -layout``)."""
    widths = [column.width for column in table.columns]
    lines = []
    for row in [*_header_rows(table), *table.rows]:
        cells = [textwrap.wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        for pieces in zip_longest(*cells, fillvalue=""):
            lines.append("  ".join(piece.ljust(width) for piece, width in zip(pieces, widths, strict=True)).rstrip())
    return "\n".join(lines) + "\n"


def flattened(
    table: Table, *, gap: str = "\n\n", page: int = 30, header: bool = True, empty: str = " ", glue: bool = True
) -> str:
    """A PDF flattened to lines: cell after cell, each printed line a line, ``gap`` between lines.

    A page holds ``page`` lines; a row that does not fit is cut, its cells going on after the page number and (with
    ``header``) the header. Cells of one line beside each other share a line (``glue``); ``empty`` stands for an empty
    cell.
    """
    labels = [line for column in table.columns for line in textwrap.wrap(column.label, max(column.width, 6))]
    lines = [*labels]
    left, number = page, 1
    for row in table.rows:
        cells = [_wrapped(cell, column.width) for cell, column in zip(row, table.columns, strict=True)]
        height = max(map(len, cells))
        while height > left:
            lines += _flat_row([cell[:left] for cell in cells], empty, glue) if left > 1 else []
            cells = [cell[left:] for cell in cells] if left > 1 else cells
            height = max(map(len, cells))
            number += 1
            lines += [str(number), *(labels if header else [])]
            left = page
        lines += _flat_row(cells, empty, glue)
        left -= height
    return gap.join(f"{line} " for line in lines) + "\n"


def _wrapped(cell: str, width: int) -> list[str]:
    return [line for paragraph in cell.split("\n") for line in textwrap.wrap(paragraph, width)]


def _flat_row(cells: Sequence[Sequence[str]], empty: str, glue: bool) -> list[str]:
    lines: list[str] = []
    single = False
    for cell in cells:
        if not cell:
            lines += [empty] if empty else []
            single = False
        elif glue and single and len(cell) == 1:
            lines[-1] += f" {cell[0]}"
        else:
            lines += cell
            single = len(cell) == 1
    return lines


def flattened_without_gaps(table: Table) -> str:
    """Flattened, no blank lines, empty cells leave nothing, few page breaks."""
    return flattened(table, gap="\n", page=42, empty="", glue=False)


def flattened_no_header(table: Table) -> str:
    """Flattened, the header printed once only."""
    return flattened(table, gap="\n", page=36, header=False)


LAYOUTS: dict[str, Printer] = {
    f.__name__.replace("_", " "): f
    for f in (
        tabbed,
        tabbed_with_breaks,
        tabbed_cut_rows,
        cell_lines,
        bare_cell_lines,
        pipes,
        pipes_padded,
        html_table,
        html_lines,
        spaced,
        flattened,
        flattened_without_gaps,
        flattened_no_header,
    )
}

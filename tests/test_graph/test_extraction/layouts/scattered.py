"""Trials whose rows do not say everything themselves: who leads or by when stands above a table, cells stand in the
middle of rows that nothing parts, two tables stand side by side in one run of lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

import openpyxl
from reportlab.lib.pagesizes import A4, landscape

from layouts.trials import HEAD, Tasks, Trial, _add_table, _cell, _pdf, _rows, _saved, _sections, _word


def word_times_above_tables(tasks: Tasks) -> bytes:
    """Word: a table for each time, which only the paragraph above it names, "Tham mưu" for who leads."""
    document = _word()
    ordered = sorted(tasks, key=lambda task: task.deadline_raw)
    for n, (time, group) in enumerate(groupby(ordered, key=lambda task: task.deadline_raw), 1):
        document.add_paragraph(f"{n}. Nhóm nhiệm vụ: {time}")
        rows = [["STT", "Nội dung công việc", "Tham mưu", "Phối hợp thực hiện", "Sản phẩm đầu ra"]]
        rows += [[_cell(task, show) for show in ("no", "title", "lead", "coord", "result")] for task in group]
        _add_table(document, rows)
    return _saved(document.save)


def sheet_a_lead(tasks: Tasks) -> bytes:
    """A spreadsheet: a sheet for each body that leads, named above its table."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    ordered = sorted(tasks, key=lambda task: task.lead_raw)
    for n, (lead, group) in enumerate(groupby(ordered, key=lambda task: task.lead_raw), 1):
        sheet = book.create_sheet(f"Đơn vị {n}")
        sheet.append(["BẢNG GIAO NHIỆM VỤ"])
        sheet.append([f"Cơ quan chủ trì: {lead}"])
        sheet.append([])
        sheet.append(["STT", "Nhiệm vụ", "Đơn vị phối hợp", "Sản phẩm", "Thời hạn"])
        for task in group:
            sheet.append([_cell(task, show) for show in ("no", "title", "coord", "result", "deadline")])
    return _saved(book.save)


def word_short_duties(tasks: Tasks) -> bytes:
    """Word: "CT: …" and "PH: …" in one cell."""
    document = _word()
    rows = [["TT", "Nhiệm vụ", "Phân công thực hiện (CT: chủ trì; PH: phối hợp)", "Sản phẩm", "Thời hạn"]]
    for roman, section, group in _sections(tasks):
        rows.append([roman, section, "", "", ""])
        for task in group:
            duties = f"CT: {task.lead_raw}" + (f"\nPH: {task.coord_raw}" if task.coord_raw else "")
            rows.append([_cell(task, "no"), task.title, duties, _cell(task, "result"), task.deadline_raw])
    _add_table(document, rows)
    return _saved(document.save)


def pdf_middles_without_rules(tasks: Tasks) -> bytes:
    """PDF without rules, cells in the middle of their rows, labels of two lines."""
    head = [
        [
            "TT",
            "Nội dung\nnhiệm vụ",
            "Cơ quan\nchủ trì",
            "Cơ quan\nphối hợp",
            "Thời hạn\nhoàn thành",
            "Kết quả,\nsản phẩm",
        ]
    ]
    body = _rows(tasks, "no", "title", "lead", "coord", "deadline", "result")
    return _pdf([*head, *body], (4, 28, 16, 20, 14, 18), [], landscape(A4), 1)


def tabs_two_tables(tasks: Tasks) -> bytes:
    """Tabs between cells; a blank line alone parts two tables with columns of their own."""
    half = len(tasks) // 2
    shows = (
        ("no", "title", "lead", "coord", "deadline", "result"),
        ("no", "title", "deadline", "result", "lead", "coord"),
    )
    labels = {
        "no": "STT",
        "title": "Nội dung",
        "lead": "Chủ trì",
        "coord": "Phối hợp",
        "deadline": "Thời hạn",
        "result": "Kết quả",
    }
    tables = [
        [[labels[show] for show in columns], *([_cell(task, show) for show in columns] for task in part)]
        for columns, part in zip(shows, (tasks[:half], tasks[half:]), strict=True)
    ]
    return "\n\n".join("\n".join(map("\t".join, rows)) for rows in (*[[[line] for line in HEAD]], *tables)).encode()


def text_middles_of_half_lines(tasks: Tasks) -> bytes:
    """ "pdftotext -layout" of cells in the middle of rows that stand as close as lines do: cells of an even number of
    lines stand half a line off the others, and get lines of their own; the header on each page."""
    widths = (6, 26, 22, 24, 18, 24)
    labels = ["STT", "Nhiệm vụ, giải pháp", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành", "Kết quả"]
    body = _rows(tasks, "no", "title", "lead", "coord", "deadline", "result")
    pages = []
    for n in range(0, len(body), 8):
        lines = [line for row in [labels, *body[n : n + 8]] for line in _half_lines(row, widths)]
        pages.append("\n".join(lines) + f"\n\n\n{n // 8 + 1}\n")
    return ("\n".join(HEAD) + "\n\n" + "\f".join(pages)).encode()


def _half_lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [textwrap.wrap(cell, width - 2) for cell, width in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    for half in range(2 * height):
        at = [half - (height - len(cell)) for cell in cells]  # half lines below the first of each cell
        pieces = [
            cell[k // 2] if k % 2 == 0 and 0 <= k < 2 * len(cell) else "" for cell, k in zip(cells, at, strict=True)
        ]
        if any(pieces):
            yield "".join(piece.ljust(width) for piece, width in zip(pieces, widths, strict=True)).rstrip()


SCATTERED: dict[str, Trial] = {
    trial.__name__.replace("_", " "): trial
    for trial in (
        word_times_above_tables,
        sheet_a_lead,
        word_short_duties,
        pdf_middles_without_rules,
        tabs_two_tables,
        text_middles_of_half_lines,
    )
}

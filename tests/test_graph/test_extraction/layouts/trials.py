"""One plan as other offices would send it: each trial is a file of a format, layout and set of columns that neither the
five plans nor ``printing`` and ``files`` have."""

from __future__ import annotations

import datetime
import html
import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import Any

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.colors import lightgrey
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from graph.records import TaskRecord
from layouts.files import _CELL, _TEXT
from layouts.tables import ROMAN
from layouts.written import written_tasks

HEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH PHÚ THỌ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 3127/KH-UBND",
    "Phú Thọ, ngày 18 tháng 7 năm 2025",
    "KẾ HOẠCH",
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
    "Căn cứ Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "Xác định rõ nội dung công việc, thời hạn, tiến độ hoàn thành và trách nhiệm của các cơ quan, đơn vị.",
    "PHỤ LỤC",
    "PHÂN CÔNG NHIỆM VỤ",
    "(Ban hành kèm theo Kế hoạch số 3127/KH-UBND ngày 18 tháng 7 năm 2025 của UBND tỉnh)",
)
FOOT = ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, KGVX.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
Tasks = Sequence[TaskRecord]
Rows = list[list[str]]
Trial = Callable[[Tasks], bytes]


def _sections(tasks: Tasks) -> list[tuple[str, str, list[TaskRecord]]]:
    """The sections with their Roman numerals and tasks."""
    groups = groupby(tasks, key=lambda task: task.section or "")
    return [(ROMAN[n], section, list(group)) for n, (section, group) in enumerate(groups)]


def _rows(tasks: Tasks, *shows: str) -> Rows:
    """A heading row for each section (number and title), then its tasks in the columns that ``shows`` names."""
    rows: Rows = []
    for roman, section, group in _sections(tasks):
        rows.append([roman, section, *[""] * (len(shows) - 2)])
        rows += [[_cell(task, show) for show in shows] for task in group]
    return rows


def _cell(task: TaskRecord, show: str) -> str:
    fields = {"no": task.no, "title": task.title, "lead": task.lead_raw, "coord": task.coord_raw}
    return {**fields, "result": task.result, "deadline": task.deadline_raw, "": ""}[show] or ""


def _saved(save: Callable[[Any], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def _word(lying: bool = True) -> Any:
    document = docx.Document()
    if lying:
        document.sections[0].orientation = WD_ORIENT.LANDSCAPE
    for line in HEAD:
        document.add_paragraph(line)
    return document


def _fill(cell: Any, text: str, bold: bool = False) -> None:
    first, *more = text.split("\n")
    cell.paragraphs[0].add_run(first).bold = bold
    for line in more:
        cell.add_paragraph(line)


def _add_table(document: Any, rows: Rows) -> Any:
    table = document.add_table(len(rows), len(rows[0]))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            _fill(cell, text)
    return table


def word_numbers_counted(tasks: Tasks) -> bytes:
    """Word: the numbers of the rows are those of a list, no text; the header of two rows has "Phân công thực hiện" over
    the agencies; headings are merged over all columns, bold, in capitals."""
    document = _word()
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="91">{level}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="91"/></w:num>'))
    head = [
        ["STT", "NỘI DUNG CÔNG VIỆC", "PHÂN CÔNG THỰC HIỆN", "", "THỜI GIAN\nHOÀN THÀNH", "SẢN PHẨM", "GHI CHÚ"],
        ["", "", "ĐƠN VỊ CHỦ TRÌ", "ĐƠN VỊ PHỐI HỢP", "", "", ""],
    ]
    rows = _rows(tasks, "no", "title", "lead", "coord", "deadline", "result", "")
    table = _add_table(document, [*head, *[["", *row[1:]] for row in rows]])
    for column in (0, 1, 4, 5, 6):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 2).merge(table.cell(0, 3))
    for n, row in enumerate(rows, 2):
        if not any(row[2:]):
            table.cell(n, 0).merge(table.cell(n, 6)).text = f"{row[0]}. {row[1].upper()}"
        else:
            properties = table.cell(n, 0).paragraphs[0]._p.get_or_add_pPr()
            properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'))
    for line in FOOT:
        document.add_paragraph(line)
    return _saved(document.save)


def word_duties_in_one_cell(tasks: Tasks) -> bytes:
    """Word: one column "Cơ quan thực hiện" with "- Chủ trì: …" and "- Phối hợp: …" as paragraphs; times in front."""
    document = _word()
    rows = [["TT", "Thời gian", "Tên nhiệm vụ", "Cơ quan thực hiện", "Sản phẩm/Kết quả"]]
    for roman, section, group in _sections(tasks):
        rows.append([roman, "", section, "", ""])
        for task in group:
            who = f"- Chủ trì: {task.lead_raw}." + (f"\n- Phối hợp: {task.coord_raw}." if task.coord_raw else "")
            rows.append([str(task.no), task.deadline_raw, task.title, who, task.result])
    _add_table(document, rows)
    return _saved(document.save)


def word_table_a_section(tasks: Tasks) -> bytes:
    """Word: a paragraph and a table of its own for each section, without a column of numbers."""
    document = _word(lying=False)
    for roman, section, group in _sections(tasks):
        document.add_paragraph(f"{roman}. {section}")
        rows = [["Nhiệm vụ cụ thể", "Chủ trì thực hiện", "Phối hợp thực hiện", "Kết quả", "Thời hạn"]]
        rows += [[_cell(task, show) for show in ("title", "lead", "coord", "result", "deadline")] for task in group]
        _add_table(document, rows)
    return _saved(document.save)


def word_merged_leads(tasks: Tasks) -> bytes:
    """Word: the cells of who leads and by when are merged over the rows that share them; no-break spaces and soft
    hyphens within words of the text; numbers as "1." in brackets "(1)"."""
    document = _word()
    shows = ("no", "title", "lead", "deadline", "coord", "result")
    rows = [["(STT)", "Nhiệm vụ, giải pháp", "Cơ quan chủ trì", "Thời hạn hoàn thành", "Cơ quan phối hợp", "Sản phẩm"]]
    body = _rows(sorted(tasks, key=lambda task: int(task.no or 0)), *shows)
    rows += [[f"({row[0]})", *row[1:]] if any(row[2:]) else row for row in body]
    table = _add_table(document, [[text.replace(" và ", "\N{NO-BREAK SPACE}và ").replace("chuyển", "chu\N{SOFT HYPHEN}yển") for text in row] for row in rows])  # fmt: skip
    for column in (2, 3):
        first = 1
        for n in range(2, len(rows) + 1):
            if n < len(rows) and rows[n][column] and rows[n][column] == rows[first][column]:
                continue
            if n - first > 1:
                for below in range(first + 1, n):
                    table.cell(below, column).text = ""
                merged = table.cell(first, column).merge(table.cell(n - 1, column))
                merged.text = rows[first][column]
            first = n
    return _saved(document.save)


def _pdf(rows: Rows, widths: Sequence[float], style: list[Any], page: Any, heads: int, cut: bool = False) -> bytes:
    """A PDF with the table behind the head; ``widths``: shares of the page; ``heads``: header rows, repeated."""
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=page, leftMargin=50, rightMargin=40, topMargin=50, bottomMargin=55)
    room = page[0] - 90
    cells = [[Paragraph(html.escape(text).replace("\n", "<br/>"), _CELL) for text in row] for row in rows]
    grid = LongTable(
        cells,
        [room * width / sum(widths) for width in widths],
        repeatRows=heads,
        style=[("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *style],
        splitInRow=int(cut),
    )

    def number(canvas: Any, _: object) -> None:
        canvas.setFont("Roboto", 9)
        canvas.drawRightString(page[0] - 40, 30, f"Trang {canvas.getPageNumber()}")

    story = [Paragraph(html.escape(line), _TEXT) for line in HEAD]
    document.build([*story, grid], onFirstPage=number, onLaterPages=number)
    return out.getvalue()


GRID = [("GRID", (0, 0), (-1, -1), 0.5, "black")]


def pdf_two_header_rows(tasks: Tasks) -> bytes:
    """PDF lying on its side, ruled, a header of two rows repeated on each page, shaded; headings over all columns."""
    head = [
        ["Số TT", "Nội dung nhiệm vụ", "Cơ quan, đơn vị thực hiện", "", "Thời gian thực hiện", "Sản phẩm đầu ra"],
        ["", "", "Chủ trì", "Phối hợp", "", ""],
    ]
    body = [
        row if any(row[2:]) else [f"{row[0]}. {row[1]}", *[""] * 5]
        for row in _rows(tasks, "no", "title", "lead", "coord", "deadline", "result")
    ]
    spans = [("SPAN", (0, n), (-1, n)) for n, row in enumerate(body, 2) if not any(row[1:])]
    over = [("SPAN", (column, 0), (column, 1)) for column in (0, 1, 4, 5)] + [("SPAN", (2, 0), (3, 0))]
    style = [*GRID, ("BACKGROUND", (0, 0), (-1, 1), lightgrey), *over, *spans]
    return _pdf([*head, *body], (4, 30, 16, 18, 12, 20), style, landscape(A4), 2)


def pdf_cut_rows(tasks: Tasks) -> bytes:
    """PDF upright, ruled, the header printed once, rows cut where a page ends."""
    body = _rows(tasks, "no", "title", "result", "lead", "coord", "deadline")
    head = [["TT", "Công việc", "Kết quả cần đạt", "Đơn vị chủ trì", "Đơn vị phối hợp", "Tiến độ"]]
    return _pdf([*head, *body], (5, 26, 18, 16, 18, 12), GRID, A4, 0, cut=True)


def pdf_rules_across(tasks: Tasks) -> bytes:
    """PDF with rules between the rows and none between the columns."""
    body = _rows(tasks, "no", "title", "lead", "coord", "deadline", "result")
    head = [["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm"]]
    rules = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"), ("LINEABOVE", (0, 0), (-1, 0), 0.5, "black")]
    return _pdf(
        [*head, *body], (4, 30, 17, 19, 12, 18), [*rules, ("VALIGN", (0, 0), (-1, -1), "TOP")], landscape(A4), 1
    )


def pdf_shaded_rows(tasks: Tasks) -> bytes:
    """PDF without rules, every second row shaded."""
    body = _rows(tasks, "no", "title", "lead", "coord", "deadline", "result")
    head = [["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm"]]
    shaded = [("BACKGROUND", (0, n), (-1, n), lightgrey) for n in range(0, len(body) + 1, 2)]
    return _pdf(
        [*head, *body], (4, 30, 17, 19, 12, 18), [*shaded, ("VALIGN", (0, 0), (-1, -1), "TOP")], landscape(A4), 1
    )


def html_of_a_portal(tasks: Tasks) -> bytes:
    """HTML of a portal: header of two rows in thead, tasks of one lead below one cell over their rows, notes, entities,
    a table around everything."""
    lines = "".join(f'<p align="center"><strong>{html.escape(line)}</strong></p>' for line in HEAD)
    rows = ""
    for roman, section, group in _sections(tasks):
        rows += f'<tr><td><b>{roman}</b></td><td colspan="6"><b>{html.escape(section)}</b></td></tr>'
        runs = [list(run) for _, run in groupby(group, key=lambda task: task.lead_raw)]
        for run in runs:
            for n, task in enumerate(run):
                lead = f'<td rowspan="{len(run)}">{html.escape(task.lead_raw)}</td>' if n == 0 else ""
                coord = html.escape(task.coord_raw).replace("; ", ";</p><p>- ")
                rows += (
                    f"<tr><td>{task.no}.</td><td><p>{html.escape(task.title)}&nbsp;</p></td>{lead}"
                    f"<td><p>{'- ' * bool(coord)}{coord}</p></td><td>{html.escape(task.result)}</td>"
                    f"<td>{html.escape(task.deadline_raw)}</td><td>&nbsp;</td></tr>"
                )
    head = (
        '<thead><tr><th rowspan="2">STT</th><th rowspan="2">Nội dung</th><th colspan="2">Phân công trách nhiệm</th>'
        '<th rowspan="2">Kết quả</th><th rowspan="2">Thời gian hoàn thành</th><th rowspan="2">Ghi chú</th></tr>'
        "<tr><th>Chủ trì</th><th>Phối hợp</th></tr></thead>"
    )
    return (
        "<!DOCTYPE html>\n<html lang=vi><head><meta charset=utf-8><style>td{border:1px}</style></head><body>"
        f"<table class=frame><tr><td>Menu</td><td>{lines}<table>{head}<tbody>{rows}</tbody></table></td></tr></table>"
    ).encode()


def html_saved_by_word(tasks: Tasks) -> bytes:
    """HTML as Word saves it, UTF-16, conditional comments, a class on everything, text broken over lines."""

    def cell(text: str) -> str:
        broken = textwrap.fill(html.escape(text), 40)
        return f"<td width=10% valign=top><p class=MsoNormal><span lang=VI style='font-size:13.0pt'>{broken}<o:p></o:p></span></p></td>"  # fmt: skip

    shows = ("no", "title", "deadline", "lead", "coord", "result")
    labels = ["Stt", "Nội dung nhiệm vụ", "Lộ trình", "Cơ quan, đơn vị chủ trì", "Cơ quan, đơn vị phối hợp", "Sản phẩm"]
    rows = "".join("<tr>" + "".join(map(cell, row)) + "</tr>\n" for row in [labels, *_rows(tasks, *shows)])
    lines = "".join(f"<p class=MsoNormal>{html.escape(line)}<o:p></o:p></p>\n" for line in HEAD)
    page = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office">\n<head><!--[if gte mso 9]><xml><o:x/></xml><![endif]-->'
        f"</head>\n<body lang=VI>\n<div class=WordSection1>{lines}<table class=MsoTableGrid>{rows}</table></div></body></html>"
    )
    return page.encode("utf-16")


def sheet_from_b5(tasks: Tasks) -> bytes:
    """A spreadsheet: the table begins in B9 under a title, headings in merged cells, dates as dates, blank rows between
    sections, a sheet of members behind."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for n, line in enumerate(HEAD[4:8], 2):
        sheet.cell(n, 2, line)
    labels = ["Stt", "Nhiệm vụ chủ yếu", "Phân công", None, "Hạn hoàn thành", "Sản phẩm dự kiến"]
    for column, label in enumerate(labels, 2):
        sheet.cell(9, column, label)
        sheet.cell(10, column, {4: "Chủ trì", 5: "Phối hợp"}.get(column))
    sheet.merge_cells("D9:E9")
    for letter in "BCFG":
        sheet.merge_cells(f"{letter}9:{letter}10")
    at = 11
    for roman, section, group in _sections(tasks):
        sheet.cell(at, 2, roman), sheet.cell(at, 3, section)
        sheet.merge_cells(start_row=at, end_row=at, start_column=3, end_column=7)
        at += 1
        for task in group:
            values = [int(task.no or 0), task.title, task.lead_raw, task.coord_raw, task.deadline_raw, task.result]
            for column, value in enumerate(values, 2):
                sheet.cell(at, column, value or None)
            if task.deadline_raw.startswith("Trước"):
                end = datetime.date.fromisoformat(task.deadline[0].end or "")
                sheet.cell(at, 6, end).number_format = "dd/mm/yyyy"
            at += 1
        at += 1
    members = book.create_sheet("Thành viên")
    for row in (["STT", "Họ và tên", "Chức vụ", "Điện thoại"], [1, "Nguyễn Văn A", "Giám đốc Sở", "0912 345 678"]):
        members.append(row)
    return _saved(book.save)


def text_of_a_spreadsheet(tasks: Tasks) -> bytes:
    """ "Unicode Text" as Excel saves it: UTF-16, tabs, cells of several lines in quotation marks."""
    rows = [["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Kết quả đầu ra"]]
    rows += _rows(tasks, "no", "title", "lead", "coord", "deadline", "result")
    quoted = [[f'"{cell.replace("; ", chr(10))}"' if "; " in cell else cell for cell in row] for row in rows]
    lines = [*HEAD, *("\t".join(row) for row in quoted)]
    return "\r\n".join(lines).encode("utf-16")


def comma_separated(tasks: Tasks) -> bytes:
    """CSV with semicolons between fields and a byte order mark."""
    rows = [["STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành"]]
    rows += _rows(tasks, "no", "title", "lead", "coord", "result", "deadline")
    return "\r\n".join(";".join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in rows).encode(
        "utf-8-sig"
    )


def _pages(lines: Sequence[str], size: int) -> list[list[str]]:
    return [list(lines[i : i + size]) for i in range(0, len(lines), size)]


def text_side_by_side(tasks: Tasks) -> bytes:
    """ "pdftotext -layout": cells in the middle of their rows, page numbers and form feeds, Windows-1258."""
    widths = (5, 38, 22, 24, 16, 24)
    labels = [
        "TT",
        "Nhiệm vụ trọng tâm",
        "Cơ quan chủ trì",
        "Cơ quan phối hợp",
        "Thời hạn hoàn thành",
        "Sản phẩm đầu ra",
    ]
    lines: list[str] = []
    for row in [labels, *_rows(tasks, "no", "title", "lead", "coord", "deadline", "result")]:
        cells = [textwrap.wrap(cell, width - 2) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, cells))
        cells = [[""] * ((height - len(cell)) // 2) + cell for cell in cells]
        for pieces in zip_longest(*cells, fillvalue=""):
            lines.append("".join(piece.ljust(width) for piece, width in zip(pieces, widths, strict=True)).rstrip())
    pages = [f"{' ' * 60}{n}\n" + "\n".join(page) for n, page in enumerate(_pages(lines, 44), 2)]
    return ("\n".join(HEAD) + "\n\f" + "\n\f".join(pages)).encode()


def text_flattened(tasks: Tasks, break_at: int = 36) -> bytes:
    """A PDF flattened to lines, the header in capitals repeated at page breaks with a page number."""
    widths = (4, 44, 20, 22, 14, 18)
    labels = ["TT", "NỘI DUNG NHIỆM VỤ", "CƠ QUAN CHỦ TRÌ", "CƠ QUAN PHỐI HỢP", "THỜI GIAN", "SẢN PHẨM"]
    header = [line for label, width in zip(labels, widths, strict=True) for line in textwrap.wrap(label, width)]
    lines = [*HEAD, *header]
    used, page = 0, 1
    for row in _rows(tasks, "no", "title", "lead", "coord", "deadline", "result"):
        cells = [textwrap.wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, cells))
        if used + height > break_at:
            page += 1
            lines += ["", str(page), *header]
            used = 0
        used += height
        lines += (
            [line for cell in cells[:2] for line in cell]
            if not any(row[2:])
            else [line for cell in cells for line in cell or [" "]]
        )
    return "\n".join(lines).encode()


def text_in_labelled_lines(tasks: Tasks) -> bytes:
    """Running text: a task a paragraph, labelled lines below it."""
    lines = [*HEAD]
    for roman, section, group in _sections(tasks):
        lines += ["", f"{roman}. {section.upper()}"]
        for n, task in enumerate(group, 1):
            lines += ["", f"{n}. {task.title}."]
            lines += [f"- Đơn vị chủ trì: {task.lead_raw}."]
            lines += [f"- Đơn vị phối hợp: {task.coord_raw}."] if task.coord_raw else []
            lines += [f"- Sản phẩm: {task.result}."] if task.result else []
            lines += [f"- Thời gian hoàn thành: {task.deadline_raw}."]
    return "\n".join(lines).encode()


def markdown_of_a_converter(tasks: Tasks) -> bytes:
    """Markdown: bold labels, padded columns, the table cut in two by a page with the header again, `<br>` in cells."""
    rows = _rows(tasks, "no", "title", "lead", "coord", "result", "deadline")
    labels = [
        "**STT**",
        "**Nhiệm vụ**",
        "**Đơn vị**<br>**chủ trì**",
        "**Đơn vị**<br>**phối hợp**",
        "**Kết quả**",
        "**Thời gian**",
    ]

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("; ", "<br>- ").ljust(12) for cell in cells) + " |"

    rule = "|" + "|".join(":" + "-" * 12 for _ in labels) + "|"
    half = len(rows) // 2
    bold = [[f"**{cell}**" if cell else "" for cell in row] if not any(row[2:]) else row for row in rows]
    parts = [[line(labels), rule, *map(line, part)] for part in (bold[:half], bold[half:])]
    return "\n\n".join(
        ["\n\n".join(f"# {one}" if one.isupper() else one for one in HEAD), *("\n".join(part) for part in parts)]
    ).encode()


def word_sub_rows(tasks: Tasks) -> bytes:
    """Word: numbers "1.1" below numbered headings, letters for the tasks of one of them, an empty column of notes in the
    middle."""
    document = _word()
    rows = [["Mã số", "Nhóm nhiệm vụ/Nhiệm vụ", "Ghi chú", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian trình", "Hình thức văn bản"]]  # fmt: skip
    for n, (_, section, group) in enumerate(_sections(tasks), 1):
        rows.append([str(n), section, "", "", "", "", ""])
        for k, task in enumerate(group, 1):
            number = f"{'abcđeg'[k - 1]})" if n == 3 else f"{n}.{k}"
            rows.append([number, task.title, "", task.lead_raw, task.coord_raw, task.deadline_raw, task.result])
    _add_table(document, rows)
    return _saved(document.save)


def word_times_in_headings(tasks: Tasks) -> bytes:
    """Word: tasks listed by their time, which only headings name."""
    document = _word()
    rows = [["TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm"]]
    ordered = sorted((task for task in tasks if task.deadline_raw), key=lambda task: task.deadline_raw)
    for n, (time, group) in enumerate(groupby(ordered, key=lambda task: task.deadline_raw)):
        rows.append([ROMAN[n], f"Các nhiệm vụ thực hiện: {time}", "", "", ""])
        rows += [[_cell(task, show) for show in ("no", "title", "lead", "coord", "result")] for task in group]
    _add_table(document, rows)
    return _saved(document.save)


def text_of_a_dump(tasks: Tasks) -> bytes:
    """A cell a line with nothing in front, an empty cell an empty line."""
    rows = [["TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Kết quả"]]
    rows += _rows(tasks, "no", "title", "lead", "coord", "deadline", "result")
    return "\n".join([*HEAD, *("\n".join(row) for row in rows), "", *FOOT]).encode()


def boxes_drawn(tasks: Tasks) -> bytes:
    """A table drawn with "+---+" and "|", cells over several lines."""
    widths = (5, 34, 20, 22, 14, 20)
    rule = "+" + "+".join("-" * width for width in widths) + "+"
    lines = [*HEAD, "", rule]
    labels = ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"]
    for row in [labels, *_rows(tasks, "no", "title", "lead", "coord", "deadline", "result")]:
        cells = [textwrap.wrap(cell, width - 2) for cell, width in zip(row, widths, strict=True)]
        for pieces in zip_longest(*cells, fillvalue=""):
            lines.append(
                "|" + "|".join(f" {piece}".ljust(width) for piece, width in zip(pieces, widths, strict=True)) + "|"
            )
        lines.append(rule)
    return "\n".join(lines).encode()


def word_of_a_converted_pdf(tasks: Tasks) -> bytes:
    """Word made of a PDF: a table for each page, the header on the first alone, page numbers between them, a row cut
    where a page ends."""
    document = _word()
    rows = [["TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian"]]
    rows += _rows(tasks, "no", "title", "lead", "coord", "result", "deadline")
    for n, page in enumerate(_pages(rows, 8), 1):
        page = [list(row) for row in page]
        if n > 1:
            document.add_paragraph(str(n))
            words = rows[(n - 1) * 8 - 1][1].split()
            page.insert(0, ["", " ".join(words[5:]), *[""] * 4])
        if n * 8 < len(rows) and any(page[-1][2:]):
            page[-1][1] = " ".join(page[-1][1].split()[:5])
        elif n > 1 and not any(rows[(n - 1) * 8 - 1][2:]):
            page.pop(0)
        _add_table(document, page)
    return _saved(document.save)


def word_coordination_first(tasks: Tasks) -> bytes:
    """Word: the table stands in the one cell of another, the coordinators before who leads, codes for numbers, capital
    letters for the sections, the header repeated as rows of the table."""
    document = _word()
    frame = document.add_table(1, 1).cell(0, 0)
    labels = ["Mã nhiệm vụ", "Nhiệm vụ", "Sở, ngành phối hợp", "Sở, ngành chủ trì", "Kết quả đầu ra", "Hạn hoàn thành"]
    rows = [labels]
    for n, row in enumerate(_rows(tasks, "no", "title", "coord", "lead", "result", "deadline"), 1):
        heads = [] if any(row[2:]) else ["ABCDEG"[ROMAN.index(row[0])]]
        rows.append([*heads, *row[1:]] if heads else row)
        if n % 9 == 0:
            rows.append(labels)
    table = frame.add_table(len(rows), len(labels))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            _fill(cell, text)
    return _saved(document.save)


def word_numbers_in_titles(tasks: Tasks) -> bytes:
    """Word: no column of numbers, each title begins with its own; headings in one cell over all columns."""
    document = _word(lying=False)
    rows = [["NHIỆM VỤ", "CHỦ TRÌ", "PHỐI HỢP", "THỜI GIAN", "KẾT QUẢ"]]
    for roman, section, group in _sections(tasks):
        rows.append([f"{roman}. {section}", "", "", "", ""])
        rows += [[f"{t.no}. {t.title}", t.lead_raw, t.coord_raw, t.deadline_raw, t.result] for t in group]
    table = _add_table(document, rows)
    for n, row in enumerate(rows):
        if not any(row[1:]):
            table.cell(n, 0).merge(table.cell(n, 4)).text = row[0]
    return _saved(document.save)


def pdf_cut_rows_below_headers(tasks: Tasks) -> bytes:
    """PDF upright, ruled, the header on each page, rows cut where a page ends, headings over all columns."""
    body = [row if any(row[2:]) else [f"{row[0]}. {row[1]}", *[""] * 5] for row in _rows(tasks, "no", "title", "lead", "coord", "deadline", "result")]  # fmt: skip
    spans = [("SPAN", (0, n), (-1, n)) for n, row in enumerate(body, 1) if not any(row[1:])]
    head = [["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Tiến độ hoàn thành", "Kết quả"]]
    return _pdf([*head, *body], (6, 24, 16, 20, 13, 16), [*GRID, *spans], A4, 1, cut=True)


def pdf_without_rules_upright(tasks: Tasks) -> bytes:
    """PDF upright without rules, the header once."""
    body = _rows(tasks, "no", "title", "lead", "coord", "deadline", "result")
    head = [["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm"]]
    return _pdf([*head, *body], (7, 28, 18, 20, 13, 16), [("VALIGN", (0, 0), (-1, -1), "TOP")], A4, 0)


def sheet_a_section(tasks: Tasks) -> bytes:
    """A spreadsheet: a sheet for each section with a title and the header, who leads in cells merged over rows, times in
    front, no numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for roman, section, group in _sections(tasks):
        sheet: Any = book.create_sheet(f"Nhóm {roman}")
        sheet.append([f"{roman}. {section.upper()}"])
        sheet.append([])
        sheet.append(["Thời hạn hoàn thành", "Nội dung thực hiện", "Đơn vị chủ trì", "Đơn vị phối hợp", "Kết quả"])
        for _, run in groupby(group, key=lambda task: task.lead_raw):
            first = sheet.max_row + 1
            for n, task in enumerate(run):
                row = [task.deadline_raw, task.title, "" if n else task.lead_raw, task.coord_raw, task.result]
                sheet.append([value or None for value in row])
            if sheet.max_row > first:
                sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=3, end_column=3)
    return _saved(book.save)


def html_with_lists(tasks: Tasks) -> bytes:
    """HTML: agencies as list items, the header repeated, no paragraphs closed, a fragment without <html>, decimal
    entities."""

    def entities(text: str) -> str:
        return "".join(char if ord(char) < 128 else f"&#{ord(char)};" for char in html.escape(text))

    def items(text: str) -> str:
        return "<ul>" + "".join(f"<li>{entities(one)}" for one in text.split("; ") if one) + "</ul>"

    labels = ["STT", "Nội dung", "Chủ trì thực hiện", "Phối hợp thực hiện", "Thời hạn", "Dự kiến sản phẩm"]
    head = "<tr>" + "".join(f"<th bgcolor=silver>{entities(label)}" for label in labels)
    rows = ""
    for n, row in enumerate(_rows(tasks, "no", "title", "lead", "coord", "deadline", "result"), 1):
        if any(row[2:]):
            rows += f"<tr><td>{row[0]}<td>{entities(row[1])}<td>{items(row[2])}<td>{items(row[3])}<td>{entities(row[4])}<td>{entities(row[5])}"  # fmt: skip
        else:
            rows += f"<tr><td colspan=6 align=center><b>{row[0]}. {entities(row[1])}</b>"
        rows += head if n % 10 == 0 else ""
    lines = "".join(f"<p>{entities(line)}" for line in HEAD)
    return f"<div class=content>{lines}<table>{head}{rows}</table></div>".encode()


def text_flattened_results_first(tasks: Tasks) -> bytes:
    """A PDF flattened to lines, a blank line between lines, the results before who leads, the header once."""
    widths = (4, 36, 24, 18, 22, 14)
    labels = ["STT", "Nhiệm vụ", "Sản phẩm đầu ra", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn"]
    lines = [*HEAD, *labels]
    for row in _rows(tasks, "no", "title", "result", "lead", "coord", "deadline"):
        cells = [textwrap.wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        lines += [line for cell in cells if cell or any(row[2:]) for line in cell or [" "]]
    return "\n\n".join(lines).encode()


def text_side_by_side_upright(tasks: Tasks) -> bytes:
    """ "pdftotext -layout": cells at the top of their rows, a blank line between rows, labels of two lines, commas
    between agencies."""
    widths = (5, 40, 24, 26, 16, 26)
    labels = [
        "STT",
        "Nội dung nhiệm vụ",
        "Cơ quan, đơn vị chủ trì",
        "Cơ quan, đơn vị phối hợp",
        "Thời gian thực hiện",
        "Kết quả",
    ]
    lines: list[str] = [*HEAD, ""]
    for row in [labels, *_rows(tasks, "no", "title", "lead", "coord", "deadline", "result")]:
        cells = [textwrap.wrap(cell.replace(";", ","), width - 3) for cell, width in zip(row, widths, strict=True)]
        for pieces in zip_longest(*cells, fillvalue=""):
            lines.append("".join(piece.ljust(width) for piece, width in zip(pieces, widths, strict=True)).rstrip())
        lines.append("")
    return "\n".join(lines).encode()


def text_in_sentences(tasks: Tasks) -> bytes:
    """Running text: a task with its labels in one paragraph."""
    lines = [*HEAD]
    for roman, section, group in _sections(tasks):
        lines += ["", f"{roman}. {section.upper()}", ""]
        for task in group:
            coord = f" Cơ quan phối hợp: {task.coord_raw}." if task.coord_raw else ""
            result = f" Sản phẩm: {task.result}." if task.result else ""
            time = f" Thời gian hoàn thành: {task.deadline_raw}."
            lines += [f"{task.no}. {task.title}. Cơ quan chủ trì: {task.lead_raw}.{coord}{result}{time}", ""]
    return "\n".join(lines).encode()


def tabs_with_lines(tasks: Tasks) -> bytes:
    """Tabs between cells, long cells go on in lines of their own, headings in one cell, dashes under the header."""
    widths = (8, 48, 30, 30, 30, 30)
    labels = ["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành", "Sản phẩm"]
    lines: list[str] = [*HEAD, "\t".join(labels), "-" * 60]
    for row in _rows(tasks, "no", "title", "lead", "coord", "deadline", "result"):
        if not any(row[2:]):
            lines.append(f"{row[0]}. {row[1]}\t\t\t\t\t")
            continue
        cells = [textwrap.wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        lines += ["\t".join(pieces) for pieces in zip_longest(*cells, fillvalue="")]
    return "\n".join(lines).encode()


TRIALS: dict[str, Trial] = {
    trial.__name__.replace("_", " "): trial
    for trial in (
        word_numbers_counted,
        word_duties_in_one_cell,
        word_table_a_section,
        word_merged_leads,
        word_sub_rows,
        word_times_in_headings,
        pdf_two_header_rows,
        pdf_cut_rows,
        pdf_rules_across,
        pdf_shaded_rows,
        html_of_a_portal,
        html_saved_by_word,
        sheet_from_b5,
        text_of_a_spreadsheet,
        comma_separated,
        text_side_by_side,
        text_flattened,
        text_in_labelled_lines,
        markdown_of_a_converter,
        text_of_a_dump,
        boxes_drawn,
        word_of_a_converted_pdf,
        word_coordination_first,
        word_numbers_in_titles,
        pdf_cut_rows_below_headers,
        pdf_without_rules_upright,
        sheet_a_section,
        html_with_lists,
        text_flattened_results_first,
        text_side_by_side_upright,
        text_in_sentences,
        tabs_with_lines,
    )
}


def expected(name: str) -> list[TaskRecord]:
    """The tasks that a trial must give: those that it prints, with the numbers that it prints."""
    tasks = written_tasks()
    numbers = NUMBERS.get(name)
    return [
        replace(task, no=numbers(n, k) if numbers else task.no)
        for n, (_, _, group) in enumerate(_sections(tasks), 1)
        for k, task in enumerate(group, 1)
    ]


NUMBERS: dict[str, Callable[[int, int], str | None]] = {  # by the places of the section and of the task in it
    "word table a section": lambda n, k: None,
    "sheet a section": lambda n, k: None,
    "word sub rows": lambda n, k: "abcđeg"[k - 1] if n == 3 else f"{n}.{k}",
    "text in labelled lines": lambda n, k: str(k),
}

"""Plans as files that are no text: Word, spreadsheet, HTML and PDF, written by libraries that have no part in reading
them (but for spreadsheets, which openpyxl writes and reads)."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import font_roboto
import openpyxl
import pypdfium2
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl.styles import Alignment
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate

from layouts.tables import Table

Head = Sequence[str]
FileWriter = Callable[[Head, Table], bytes]

_FONT = Path(font_roboto.__file__).parent / "files" / "Roboto-Regular.ttf"
pdfmetrics.registerFont(TTFont("Roboto", str(_FONT)))
_TEXT = ParagraphStyle("text", fontName="Roboto", fontSize=11, leading=14, spaceAfter=6)
_TITLE = ParagraphStyle("title", parent=_TEXT, alignment=TA_CENTER)
_CELL = ParagraphStyle("cell", fontName="Roboto", fontSize=8, leading=10)


def _header(table: Table) -> list[str]:
    return [column.label for column in table.columns]


def _is_heading(row: Sequence[str]) -> bool:
    return not any(row[2:])


def word(head: Head, table: Table) -> bytes:
    """The letterhead a table without rules, headings of the task table merged over its columns, agencies each a
    paragraph."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    letterhead = document.add_table(1, 2)
    letterhead.cell(0, 0).text, letterhead.cell(0, 1).text = "\n".join(head[:3]), "\n".join(head[3:6])
    for line in head[6:]:
        document.add_paragraph(line)
    grid = document.add_table(0, len(table.columns))
    for cell, label in zip(grid.add_row().cells, _header(table), strict=True):
        cell.paragraphs[0].add_run(label).bold = True
    grid.rows[0]._tr.get_or_add_trPr().append(grid.rows[0]._tr.makeelement(qn("w:tblHeader"), {}))
    for row in table.rows:
        cells = grid.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            first, *rest = text.split("; ")
            cell.text = first + (";" if rest else "")
            for n, part in enumerate(rest, 1):
                cell.add_paragraph(part + (";" if n < len(rest) else ""))
        if _is_heading(row):
            cells[1].merge(cells[-1]).text = row[1]
    return _saved(document.save)


def spreadsheet(head: Head, table: Table) -> bytes:
    """The head in merged rows above the table, numbers as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in head:
        sheet.append([line])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=len(table.columns))
    sheet.append(_header(table))
    for row in table.rows:
        sheet.append([int(cell) if cell.isdecimal() else cell.replace("; ", ";\n") for cell in row])
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True)
    return _saved(book.save)


def webpage(head: Head, table: Table) -> bytes:
    """A page of a legal portal: nested tags, entities, scripts, tags that are never closed."""
    lines = "".join(f"<p class=c><span>{html.escape(line)}</span>\n" for line in head)
    labels = "".join(f"<td><p><b>{html.escape(label)}</b></p>" for label in _header(table))
    rows = ""
    for row in table.rows:
        if _is_heading(row):
            rows += f"<tr><td>{row[0]}<td colspan={len(row) - 1}><p><b>{html.escape(row[1])}</b></tr>\n"
        else:
            cells = (html.escape(cell).replace("; ", ";<br>&nbsp;") for cell in row)
            rows += "<tr>" + "".join(f"<td><div><p>{cell}</p></div></td>" for cell in cells) + "</tr>\n"
    return (
        f"<!DOCTYPE html><html><head><title>x</title><script>if (1 < 2) document.write('<table>')</script></head>"
        f"<body><nav>Trang chủ | Văn bản</nav><div id=content>{lines}<table border=1><tbody><tr>{labels}</tr>\n{rows}"
        "</table></div><script>var a = '</table>';</script></body></html>"
    ).encode()


def pdf(head: Head, table: Table, *, ruled: bool = True, lying: bool = False, repeat: bool = True) -> bytes:
    """Landscape pages with numbers; the header on each page, or (``repeat`` false) rows cut where a page ends; ``lying``:
    pages turned by 90 degrees."""
    page = landscape(A4)
    out = io.BytesIO()
    width = page[0] - 80
    document = SimpleDocTemplate(out, pagesize=page, leftMargin=40, rightMargin=40, topMargin=50, bottomMargin=50)
    letters = [15 + sum(len(row[i]) for row in table.rows) ** 0.5 for i in range(len(table.columns))]
    widths = [width * size / sum(letters) for size in letters]
    cells = [[Paragraph(html.escape(cell), _CELL) for cell in row] for row in [_header(table), *table.rows]]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    style += [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
    if ruled:
        style += [("SPAN", (1, n), (-1, n)) for n, row in enumerate(table.rows, 1) if _is_heading(row)]
    grid = LongTable(cells, widths, repeatRows=int(repeat), style=style, splitInRow=int(not repeat))
    story = [Paragraph(html.escape(line), _TITLE if 5 < i < 8 else _TEXT) for i, line in enumerate(head)]

    def number(canvas, _) -> None:
        canvas.setFont("Roboto", 10)
        canvas.drawCentredString(page[0] / 2, 25, str(canvas.getPageNumber()))
        if lying:
            canvas.setPageRotation(90)

    document.build([*story, PageBreak(), grid], onFirstPage=number, onLaterPages=number)
    return out.getvalue()


def unruled_pdf(head: Head, table: Table) -> bytes:
    return pdf(head, table, ruled=False)


def plain_pdf(head: Head, table: Table) -> bytes:
    """No header repeated."""
    return pdf(head, table, repeat=False)


def scan(document: bytes, resolution: int = 200) -> bytes:
    """The pages of a PDF as pictures in another."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in pypdfium2.PdfDocument(document):
        canvas.setPageSize(page.get_size())
        picture = page.render(scale=resolution / 72).to_pil().convert("L")
        canvas.drawImage(ImageReader(picture), 0, 0, *page.get_size())
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


FILES: dict[str, FileWriter] = {
    "word": word,
    "spreadsheet": spreadsheet,
    "webpage": webpage,
    "pdf": pdf,
    "pdf header once": plain_pdf,
    "pdf without rules": unruled_pdf,
}

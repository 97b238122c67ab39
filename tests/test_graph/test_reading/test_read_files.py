"""What each kind of file can hold besides plain paragraphs and tables."""

from __future__ import annotations

import datetime
import html
import io
from collections.abc import Callable, Sequence

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from graph.reading import formats, pdf, spreadsheet, webpage, word
from graph.reading.limits import Limits
from graph.reading.rendition import Printed, PrintedRow, plain

W = nsdecls("w")


def read_word(document: object) -> list[Printed]:
    out = io.BytesIO()
    document.save(out)
    return list(word.read(io.BytesIO(out.getvalue()), Limits()).parts)


def rows(parts: Sequence[Printed]) -> list[list[str]]:
    return [[plain(cell) for cell in part.cells] for part in parts if isinstance(part, PrintedRow)]


def texts(parts: Sequence[Printed]) -> list[str]:
    return [plain(part) for part in parts if isinstance(part, str) and part.strip()]


def test_word_tracked_changes_are_read_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Giao ")
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>Sở Y tế</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>Sở Nội vụ</w:t></w:r></w:ins>"))
    assert texts(read_word(document)) == ["Giao Sở Nội vụ"]


def test_word_numbers_of_lists_are_counted() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate((("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%2%3)")))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in ((0, "A"), (1, "B"), (1, "C"), (2, "D"), (0, "E"), (1, "F")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'))
    assert texts(read_word(document)) == ["I. A", "1. B", "2. C", "2a) D", "II. E", "1. F"]


def test_word_merged_cells_and_tables_in_cells() -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    for i, row in enumerate((["TT", "Nhiệm vụ", "Cơ quan", ""], ["", "", "Chủ trì", "Phối hợp"], *[list("1AXY")] * 2)):
        for cell, text in zip(table.rows[i].cells, row, strict=True):
            cell.text = text
    table.cell(0, 2).merge(table.cell(0, 3)).text = "Cơ quan"
    for column in (0, 1):
        table.cell(0, column).merge(table.cell(1, column)).text = ("TT", "Nhiệm vụ")[column]
    table.cell(2, 2).merge(table.cell(3, 2)).text = "Sở Y tế"
    table.cell(3, 0).text = "2"
    inner = table.cell(3, 3).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "P", "Q"
    assert rows(read_word(document)) == [
        ["TT", "Nhiệm vụ", "Cơ quan", ""],
        ["", "", "Chủ trì", "Phối hợp"],
        ["1", "A", "Sở Y tế", "Y"],
        ["2", "A", "Sở Y tế", "Y P Q"],
    ]


def test_word_text_boxes_content_controls_and_links() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Trước")
    paragraph._p.append(parse_xml(f"<w:hyperlink {W}><w:r><w:t> và sau</w:t></w:r></w:hyperlink>"))
    paragraph._p.append(
        parse_xml(
            f"<w:r {W}><w:pict><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        )
    )
    document.element.body.insert(
        0, parse_xml(f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Nội dung</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    assert texts(read_word(document)) == ["Nội dung", "Trước và sau", "Trong khung"]


def test_word_rows_whose_deletion_is_tracked_are_gone() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for n, row in enumerate(table.rows):
        for cell in row.cells:
            cell.text = str(n)
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {W}/>"))
    assert rows(read_word(document)) == [["0"] * 3, ["2"] * 3]
    assert table.rows[1]._tr.find(qn("w:trPr")) is not None


def read_sheet(fill: Callable[[openpyxl.Workbook], None]) -> tuple[list[Printed], tuple[str, ...]]:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    found = spreadsheet.read(io.BytesIO(out.getvalue()), Limits())
    return list(found.parts), found.left_out


def test_spreadsheet_dates_numbers_titles_and_sheets() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["B2"] = "PHỤ LỤC I"
        for row in (
            ["TT", "Nhiệm vụ", "Thời hạn", "Tỷ lệ", "Năm"],
            [1, "A", datetime.date(2026, 6, 30), 0.8, 2030],
            [1.5, "B", datetime.datetime(2026, 9, 1), 0.125, True],
        ):
            sheet.append([None, *row])
        sheet["D5"].number_format = "mm/yyyy"
        sheet["E4"].number_format = "0%"
        sheet["B8"] = "Ghi chú dưới bảng"
        book.create_sheet("Phụ lục II")["A1"] = "PHỤ LỤC II"
        book.create_sheet("Nháp").sheet_state = "hidden"

    parts, left_out = read_sheet(fill)
    assert rows(parts) == [
        ["TT", "Nhiệm vụ", "Thời hạn", "Tỷ lệ", "Năm"],
        ["1", "A", "30/06/2026", "80%", "2030"],
        ["1,5", "B", "9/2026", "0,125", "Có"],
    ]
    assert texts(parts) == ["PHỤ LỤC I", "Ghi chú dưới bảng", "PHỤ LỤC II"]
    assert left_out == ("sheet 'Nháp' is hidden",)


def test_spreadsheet_header_of_two_rows() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.append(["TT", "Chỉ tiêu", "Mục tiêu"])
        sheet.append([None, None, 2025, 2030])
        sheet.append([1, "A", 10, 20])
        for place in ("A1:A2", "B1:B2", "C1:D1"):
            sheet.merge_cells(place)

    assert rows(read_sheet(fill)[0]) == [
        ["TT", "Chỉ tiêu", "Mục tiêu", ""],
        ["", "", "2025", "2030"],
        ["1", "A", "10", "20"],
    ]


def test_spreadsheet_two_tables_on_one_sheet_and_formats_to_its_end() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for row in (
            ["TT", "Nhiệm vụ", "Chủ trì"],
            [1, "A", "Sở Y tế"],
            [],
            [2, "B", "Sở Nội vụ"],
            [],
            ["PHỤ LỤC II"],
            ["TT", "Chỉ tiêu", "2030"],
            [1, "C", 5],
        ):
            sheet.append(row)
        sheet.cell(1_048_576, 3).number_format = "0.00"

    parts, _ = read_sheet(fill)
    assert kept(rows(parts)) == [
        ["TT", "Nhiệm vụ", "Chủ trì"],
        ["1", "A", "Sở Y tế"],
        ["2", "B", "Sở Nội vụ"],
        ["TT", "Chỉ tiêu", "2030"],
        ["1", "C", "5"],
    ]
    assert texts(parts) == ["PHỤ LỤC II"]


def test_spreadsheet_a_blank_row_below_the_header_and_numbers_in_the_second_column() -> None:
    book = openpyxl.Workbook()
    for line in (("Hạn", "Số", "Việc"), (), ("2026", "1.1", "Một"), (), ("2027", "1.2", "Hai")):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    found = spreadsheet.read(io.BytesIO(out.getvalue()), Limits()).parts
    assert sum(isinstance(part, PrintedRow) and part.opens for part in found) == 1
    assert [cells for cells in rows(found) if any(cells)][1:] == [["2026", "1.1", "Một"], ["2027", "1.2", "Hai"]]


def test_spreadsheet_rows_that_are_hidden_but_not_by_a_filter() -> None:
    book = openpyxl.Workbook()
    for line in (("TT", "Nhiệm vụ", "Chủ trì"), (1, "Bản cũ", "Sở Y tế"), (2, "Bản mới", "Sở Nội vụ")):
        book.active.append(line)
    book.active.row_dimensions[2].hidden = True
    out = io.BytesIO()
    book.save(out)
    found = spreadsheet.read(io.BytesIO(out.getvalue()), Limits())
    assert rows(found.parts) == [["TT", "Nhiệm vụ", "Chủ trì"], ["2", "Bản mới", "Sở Nội vụ"]]
    assert found.left_out == ("1 hidden rows of sheet 'Sheet'",)
    book.active.auto_filter.ref = "A1:C3"
    out = io.BytesIO()
    book.save(out)
    assert len(rows(spreadsheet.read(io.BytesIO(out.getvalue()), Limits()).parts)) == 3


def test_spreadsheet_formulas_in_cells_stay_values() -> None:
    """A cell that would be a formula elsewhere is text, a formula without a value is empty."""
    parts, _ = read_sheet(lambda book: book.active.append(["1", '\'=HYPERLINK("x")', "a", "=1+1"]))
    assert rows(parts) == [["1", '\'=HYPERLINK("x")', "a", ""]] or rows(parts) == [["1", '\'=HYPERLINK("x")', "a"]]


def read_page(page: str, encoding: str = "utf-8") -> list[Printed]:
    return list(webpage.read(io.BytesIO(page.encode(encoding)), Limits()).parts)


def test_webpage_leaves_out_scripts_and_what_is_hidden() -> None:
    page = (
        "<html><body><script>x < 1</script><style>p {}</style><p style='display:none'>ẩn</p><noscript>n</noscript>"
        "<div>Một <b>dòng</b>,<br>hai &ge; 80&nbsp;%<!-- không --></div>cuối<iframe src='http://x.example'></iframe></body>"
    )
    assert texts(read_page(page)) == ["Một dòng,", "hai ≥ 80 %", "cuối"]


def test_webpage_hidden_rows_and_cells() -> None:
    page = (
        "<table><tr><th>TT<th style='display: none'>mã<th>Nhiệm vụ<th>Chủ trì</tr><tr hidden><td>9<td>x<td>cũ<td>y</tr>"
        "<tr><td>1<td hidden>m1<td>Mới<td>Sở Y tế</tr></table>"
    )
    assert rows(read_page(page)) == [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Mới", "Sở Y tế"]]


def test_webpage_whose_body_is_one_form() -> None:
    """As portals on ASP.NET have it."""
    page = "<html><body><form id=aspnetForm><input type=hidden value=x><div>KẾ HOẠCH</div></form></body></html>"
    assert texts(read_page(page)) == ["KẾ HOẠCH"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_webpage_encodings(encoding: str) -> None:
    page = '<!DOCTYPE html><html><head><meta charset="x"></head><body><p>KẾ HOẠCH</p></body></html>'
    assert texts(read_page(page, encoding)) == ["KẾ HOẠCH"]


def test_tags_before_markdown_are_no_webpage() -> None:
    markdown = "<table><tr><td>UBND TỈNH</td></tr></table>\n\n| TT | Nhiệm vụ |\n|----|---------|\n| 1 | A |\n"
    assert formats.recognise(markdown.encode(), Limits()) == "text"
    assert formats.recognise(b"<table><tr><td>a|b</td></tr></table>\n", Limits()) == "webpage"
    assert formats.recognise(f"<html><body>{markdown}".encode(), Limits()) == "webpage"


def test_webpage_spans_and_tables_in_cells() -> None:
    page = (
        "<table><tr><th>TT<th>Nhiệm vụ<th>Chủ trì</tr><tr><td>1<td>A<td rowspan=2>Sở Y tế"
        "<tr><td>2<td><table><tr><td>B</td><td>C</td></tr></table></tr></table>"
    )
    assert rows(read_page(page)) == [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "A", "Sở Y tế"], ["2", "B C", "Sở Y tế"]]


def read_pdf(draw: Callable[[Canvas], None], size: tuple[float, float] = (600, 400)) -> list[Printed]:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    draw(canvas)
    canvas.save()
    return list(pdf.read(io.BytesIO(out.getvalue()), Limits()).parts)


def grid(canvas: Canvas, rows: Sequence[Sequence[str]], top: float = 350) -> None:
    height, width = 20.0, 120.0
    for y in range(len(rows) + 1):
        canvas.line(40, top - y * height, 40 + width * len(rows[0]), top - y * height)
    for x in range(len(rows[0]) + 1):
        canvas.line(40 + x * width, top, 40 + x * width, top - len(rows) * height)
    canvas.setFont("Helvetica", 10)
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            canvas.drawString(44 + x * width, top - y * height - 14, text)


TABLE = [["TT", "Nhiem vu", "Chu tri"], ["1", "A", "So Y te"], ["2", "B", "So Noi vu"]]


def test_pdf_table_over_pages_with_header_page_number_and_footnote() -> None:
    def draw(canvas: Canvas) -> None:
        for page, body in enumerate((TABLE, [TABLE[0], ["3", "C", "So Y te"]]), 1):
            grid(canvas, body)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(300, 20, str(page))
            if page == 1:
                canvas.setFont("Helvetica", 7)
                canvas.drawString(40, 45, "1 Chu thich")
            canvas.showPage()

    parts = read_pdf(draw)
    assert rows(parts) == [*TABLE, ["3", "C", "So Y te"]]
    assert [part.after_break for part in parts if isinstance(part, PrintedRow)] == [False, False, False, True]
    assert texts(parts) == ["1 Chu thich"]


def test_pdf_row_cut_by_a_page_break_is_one_row() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, TABLE)
        canvas.showPage()
        grid(canvas, [["", "va tiep theo", ""], ["3", "C", "So Y te"]])

    assert rows(read_pdf(draw)) == [*TABLE[:2], ["2", "B va tiep theo", "So Noi vu"], ["3", "C", "So Y te"]]


def test_pdf_year_cut_by_a_page_break_is_one_number() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [["TT", "Nhiem vu", "Thoi han"], ["1", "Xay dung", "30/9/202"]])
        canvas.showPage()
        grid(canvas, [["", "nen tang", "6"], ["2", "B", "12/2026"]])

    assert rows(read_pdf(draw))[1:] == [["1", "Xay dung nen tang", "30/9/2026"], ["2", "B", "12/2026"]]


@pytest.mark.parametrize("turned", [90, 270])
def test_pdf_pages_whose_table_lies_on_its_side(turned: int) -> None:
    def draw(canvas: Canvas) -> None:
        if turned == 90:
            canvas.translate(400, 0)
        else:
            canvas.translate(0, 600)
        canvas.rotate(turned)
        grid(canvas, TABLE)

    assert rows(read_pdf(draw, (400, 600))) == TABLE


def test_pdf_page_with_a_rotation_of_its_own() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(400, 0)
        canvas.rotate(90)
        grid(canvas, TABLE)

    assert rows(read_pdf(draw, (400, 600))) == TABLE


def test_pdf_merged_cells() -> None:
    """A heading over all columns, and an agency for two rows."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for x0, top, x1, bottom, text in (
            (40, 350, 60, 330, "TT"),
            (60, 350, 200, 330, "Nhiem vu"),
            (200, 350, 320, 330, "Chu tri"),
            (40, 330, 320, 310, "I. Nhom"),
            (40, 310, 60, 290, "1"),
            (60, 310, 200, 290, "A"),
            (40, 290, 60, 270, "2"),
            (60, 290, 200, 270, "B"),
            (200, 310, 320, 270, "So Y te"),
        ):
            canvas.rect(x0, bottom, x1 - x0, top - bottom)
            canvas.drawString(x0 + 4, top - 14, text)

    assert rows(read_pdf(draw)) == [
        ["TT", "Nhiem vu", "Chu tri"],
        ["I. Nhom", "", ""],
        ["1", "A", "So Y te"],
        ["2", "B", "So Y te"],
    ]


CELLS = st.text(alphabet="aẾđ 1.|*<&;=\"'\n-\u0301", max_size=6).map(plain)
TABLES = st.integers(3, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5)
)


def kept(table: list[list[str]]) -> list[list[str]]:
    return [row for row in table if any(row)]


@settings(deadline=None, max_examples=30)
@given(TABLES)
def test_a_word_table_is_read_as_written(table: list[list[str]]) -> None:
    document = docx.Document()
    grid = document.add_table(len(table), len(table[0]))
    for written, row in zip(table, grid.rows, strict=True):
        for text, cell in zip(written, row.cells, strict=True):
            cell.text = text
    assert kept(rows(read_word(document))) == kept(table)


@settings(deadline=None, max_examples=60)
@given(TABLES)
def test_an_html_table_is_read_as_written(table: list[list[str]]) -> None:
    body = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in table)
    assert kept(rows(read_page(f"<html><body><table>{body}</table>"))) == kept(table)


@settings(deadline=None, max_examples=30)
@given(TABLES)
def test_a_sheet_is_read_as_written(table: list[list[str]]) -> None:
    header = [f"c{i}" for i in range(len(table[0]))]

    def fill(book: openpyxl.Workbook) -> None:
        for n, row in enumerate([header, *([str(n), *row[1:]] for n, row in enumerate(table))], 1):
            for column, text in enumerate(row, 1):
                cell = book.active.cell(n, column)
                cell.value = text or None
                cell.data_type = "s" if text else "n"

    parts, _ = read_sheet(fill)
    assert rows(parts) == [header, *([str(n), *row[1:]] for n, row in enumerate(table))]

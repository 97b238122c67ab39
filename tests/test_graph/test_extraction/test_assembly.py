"""Rows that page breaks and OCR damaged, in small tables of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.extraction.agencies import AgencyReader
from graph.extraction.assembly import TableRow, assemble
from graph.extraction.headers import load_terms, read_header
from graph.reading import Row, read_blocks
from graph.reading.rendition import MARK

HEADER = "STT\tNội dung nhiệm vụ\tĐơn vị chủ trì\tĐơn vị phối hợp\tSản phẩm\tThời gian hoàn thành\n"
VALUES = "STT\tNội dung chỉ tiêu\tĐơn vị tính\tCHỈ TIÊU\t\t\tCơ quan chủ trì theo dõi\n\t\t\tHiện trạng\tNăm 2025\tNăm 2030\tNăm 2035\n"
Assembled = Callable[..., list[TableRow]]
"""From the lines of a body, and a head where it is not HEADER, to logical rows."""


@pytest.fixture
def assembled(agencies: AgencyReader) -> Assembled:
    def read(body: str, head: str = HEADER) -> list[TableRow]:
        rows = [block for block in read_blocks(head + body) if isinstance(block, Row)]
        header = read_header(rows, load_terms())
        assert header is not None
        return assemble(rows, header, agencies)

    return read


def texts(rows: list[TableRow]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows]


def test_a_cell_that_a_reader_took_for_a_merged_one_is_a_doubt(assembled: Assembled) -> None:
    body = "1\tMột\tSở Y tế\t\tBáo cáo\t2026\n\n\N{LINE SEPARATOR}2\tHai\tSở Y tế\t\tBáo cáo\t2026\n"
    rows = assembled(body, f"{MARK}\t\n{HEADER}")
    assert [row.doubts for row in rows] == [[], ["an empty cell is taken for one merged with rows on another page"]]
    assert rows[1].text(0) == "2"


def test_a_row_cut_by_a_page_break_is_joined(assembled: Assembled) -> None:
    body = "1\tXây dựng cơ sở dữ liệu về\tSở Giáo dục và\tCác đơn vị liên\tCơ sở dữ liệu đối\t2026-\n\n\tquan hệ đối ngoại\tĐào tạo\tquan\tngoại.\t2030\n"
    assert texts(assembled(body)) == [
        [
            "1",
            "Xây dựng cơ sở dữ liệu về quan hệ đối ngoại",
            "Sở Giáo dục và Đào tạo",
            "Các đơn vị liên quan",
            "Cơ sở dữ liệu đối ngoại.",
            "2026- 2030",
        ]
    ]


def test_the_tail_of_a_result_printed_a_column_too_far(assembled: Assembled) -> None:
    body = "1\tA\tSở Y tế\tSở Nội vụ\tTriển khai mạnh\t2026\n\n\t\t\t\t\tmẽ các ứng dụng số trong quản lý.\t\n"
    assert texts(assembled(body))[0][4:] == ["Triển khai mạnh mẽ các ứng dụng số trong quản lý.", "2026"]


def test_cells_printed_above_their_row_at_the_top_of_a_page(assembled: Assembled) -> None:
    body = "1\tA\tSở Y tế\tSở Nội vụ\tBáo cáo\t2026\n\n\t\t\t\tKế hoạch\tTháng 5/2025\n2\tB\tSở Tài chính\tSở Xây dựng\t\t\n"
    assert texts(assembled(body))[1] == ["2", "B", "Sở Tài chính", "Sở Xây dựng", "Kế hoạch", "Tháng 5/2025"]


def test_a_deadline_on_the_line_below_fills_the_row_above(assembled: Assembled) -> None:
    body = "1\tA\tSở Y tế\tSở Nội vụ\tBáo cáo\n\t\t\t\tTháng 9/2025\n2\tB\tSở Y tế\tSở Nội vụ\tBáo cáo\t2026\n"
    assert [row[5] for row in texts(assembled(body))] == ["Tháng 9/2025", "2026"]


def test_a_lost_result_does_not_become_the_deadline(assembled: Assembled) -> None:
    assert texts(assembled("1\tA\tSở Y tế\tCông an tỉnh\tTháng 6/2026\n")) == [
        ["1", "A", "Sở Y tế", "Công an tỉnh", "", "Tháng 6/2026"]
    ]


def test_a_result_that_says_thuong_xuyen_stays_a_result(assembled: Assembled) -> None:
    assert texts(assembled("1\tA\tSở Y tế\tCông an tỉnh\tThường xuyên\tHàng năm\n"))[0][4:] == [
        "Thường xuyên",
        "Hàng năm",
    ]


def test_number_and_heading_in_one_cell(assembled: Assembled) -> None:
    body = "II VỀ KINH TẾ SỐ\t\t\t\t\t\n1\tA\tSở Y tế\tSở Nội vụ\tBáo cáo\t2026\n"
    assert texts(assembled(body))[0][:2] == ["II", "VỀ KINH TẾ SỐ"]


def test_three_cells_in_the_paragraphs_of_one(assembled: Assembled) -> None:
    body = "1\tA\t<p>Bộ Công an</p> <p>Công an tỉnh</p> <p>Văn bản tham gia ý kiến</p>\t<p>Tháng 5/2025</p>\t\n"
    assert texts(assembled(body)) == [
        ["1", "A", "Bộ Công an", "Công an tỉnh", "Văn bản tham gia ý kiến", "Tháng 5/2025"]
    ]


def test_a_paragraph_is_given_back_to_the_row_before_the_page_break(assembled: Assembled) -> None:
    body = "1\tA\tSở Y tế\tSở Nội vụ\tThúc đẩy thanh\t2026\n\n2\tB\tSở Y tế\tSở Nội vụ\t<p>toán số.</p> <p>Kết nối.</p>\t2026\n"
    assert [row[4] for row in texts(assembled(body))] == ["Thúc đẩy thanh toán số.", "Kết nối."]


def test_numbers_that_slipped_down_by_one_row(assembled: Assembled) -> None:
    row = "\t{}\tSở Y tế\tSở Nội vụ\tBáo cáo\t2026\n"
    body = (
        "6"
        + row.format("F")
        + "\n"
        + row.format("G")
        + "7"
        + row.format("H")
        + "8"
        + row.format("I")
        + "9\t\t\t\t\t\n10"
        + row.format("K")
    )
    rows = assembled(body)
    assert [row[:2] for row in texts(rows)] == [["6", "F"], ["7", "G"], ["8", "H"], ["9", "I"], ["10", "K"]]
    assert rows[1].doubts == ["number printed one row too low"]


def test_cells_on_the_section_headings_line_are_those_of_the_row_below(assembled: Assembled) -> None:
    rows = assembled("VIII\tAn ninh mạng\tCông an tỉnh\tSở Y tế\tQuyết định\t2026\n105\tDự án\t\t\t\t\n")
    assert texts(rows) == [
        ["VIII", "An ninh mạng", "", "", "", ""],
        ["105", "Dự án", "Công an tỉnh", "Sở Y tế", "Quyết định", "2026"],
    ]


def test_cells_of_a_page_one_row_too_low_are_read_by_what_the_titles_speak_of(assembled: Assembled) -> None:
    body = (
        "1\tA\tSở Nội vụ\tSở Tài chính\tBáo cáo\t2026\n\n"
        "\tSở Y tế\tCác sở, ngành\tQuyết định\tTháng 6/2025\n"
        "2\tDữ liệu y tế tập trung\tSở Xây dựng\tCác sở, ngành\tQuyết định\tTháng 7/2025\n"
        "3\tDữ liệu xây dựng đô thị\tSở Tài chính\tCác sở, ngành\tQuyết định\tTháng 8/2025\n"
        "4\tKế hoạch tài chính số\tSở Tài chính\tCác sở, ngành\tQuyết định\tTháng 8/2025\n"
    )
    rows = assembled(body)
    assert [(row[0], row[2], row[5]) for row in texts(rows)[1:]] == [
        ("2", "Sở Y tế", "Tháng 6/2025"),
        ("3", "Sở Xây dựng", "Tháng 7/2025"),
        ("4", "Sở Tài chính", "Tháng 8/2025"),
    ]
    assert "cells without a row stand here" in rows[1].doubts[-1]


def test_a_lost_value_is_the_last_year_and_the_agency_stays_the_agency(assembled: Assembled) -> None:
    rows = assembled("1\tTỷ lệ phủ sóng 5G\t%\t5%\t60%\t100%\tSở Khoa học và Công nghệ\n", VALUES)
    assert texts(rows) == [["1", "Tỷ lệ phủ sóng 5G", "%", "5%", "60%", "100%", "", "Sở Khoa học và Công nghệ"]]


def test_a_header_repeated_on_the_next_page_is_dropped(assembled: Assembled) -> None:
    rows = assembled(
        "1\tA\tSở Y tế\tSở Nội vụ\tBáo cáo\t2026\n\n" + HEADER + "2\tB\tSở Y tế\tSở Nội vụ\tBáo cáo\t2026\n"
    )
    assert [row[0] for row in texts(rows)] == ["1", "2"]

"""Aligned tables: where their columns and rows end, and how they go on on another page."""

from __future__ import annotations

from typing import Any

from graph.reading import aligned

HEADER = "TT  Nhiệm vụ        Chủ trì    Thời hạn"
FIRST = "1   Rà soát các thủ Sở Y tế    8/2025\n    tục hành chính"
SECOND = "2   Số hóa hồ sơ    Công an    12/2025"


def texts(table: Any) -> list[list[str]]:
    return [[" ".join(word.text for line in cell for word in line) for cell in row.cells] for row in table.rows]


def test_columns_end_where_a_line_down_the_page_cuts_the_fewest_words(lines: Any) -> None:
    table = aligned.read(lines(f"{HEADER}\n{FIRST}\n{SECOND}"), 0, 1.0)
    assert texts(table) == [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Rà soát các thủ tục hành chính", "Sở Y tế", "8/2025"],
        ["2", "Số hóa hồ sơ", "Công an", "12/2025"],
    ]


def test_a_table_ends_where_running_text_begins(lines: Any) -> None:
    table = aligned.read(lines(f"{HEADER}\n{FIRST}\n{SECOND}\n\nNơi nhận: như trên"), 0, 1.0)
    assert table is not None
    assert table.end == 4


def test_a_row_that_a_page_break_cuts_goes_on_below_the_repeated_header(lines: Any) -> None:
    cut = (
        "2   Số hóa hồ sơ    Công an    12/2025\n\n"
        + HEADER
        + "\n    và kết quả      tỉnh\n3   Báo cáo         Sở Nội vụ  9/2025"
    )
    table = aligned.read(lines(f"{HEADER}\n{FIRST}\n{cut}"), 0, 1.0)
    assert texts(table)[2:] == [
        ["2", "Số hóa hồ sơ và kết quả", "Công an tỉnh", "12/2025"],
        ["3", "Báo cáo", "Sở Nội vụ", "9/2025"],
    ]


def test_a_table_goes_on_at_the_top_of_another_page(lines: Any) -> None:
    above = aligned.read(lines(f"{HEADER}\n{FIRST}\n{SECOND}"), 0, 1.0)
    assert above is not None
    below = aligned.go_on(lines("3   Báo cáo         Sở Nội vụ  9/2025"), above, 1.0)
    assert texts(below) == [["3", "Báo cáo", "Sở Nội vụ", "9/2025"]]
    assert aligned.go_on(lines("Nơi nhận: như trên"), above, 1.0) is None


def test_a_heading_with_a_numeral_may_stand_between_two_columns(lines: Any) -> None:
    table = aligned.read(lines(f"{HEADER}\n{FIRST}\n   II. HẠ TẦNG\n{SECOND}"), 0, 1.0)
    assert [row for row in texts(table) if "II. HẠ TẦNG" in row] == [["", "II. HẠ TẦNG", "", ""]]
    assert texts(table)[1][1] == "Rà soát các thủ tục hành chính"

from __future__ import annotations

from graph.reading import Paragraph, Row, read_blocks


def cells(text: str) -> list[list[str]]:
    return [[cell.text for cell in block.cells] for block in read_blocks(text) if isinstance(block, Row)]


def test_a_row_a_line_with_tabs() -> None:
    text = "PHỤ LỤC\nSTT\tNhiệm vụ\tChủ trì\n1\tA  b\t\n\n\t\tSở Y tế\n-----\t--\t---\n2\tC\tD\nGhi chú"
    rows = [block for block in read_blocks(text) if isinstance(block, Row)]
    assert cells(text) == [["STT", "Nhiệm vụ", "Chủ trì"], ["1", "A b", ""], ["", "", "Sở Y tế"], ["2", "C", "D"]]
    assert [row.opens for row in rows] == [True, False, False, False]
    assert [row.after_break for row in rows] == [False, False, True, False]


def test_a_cell_a_line_with_gaps_inside_and_between_rows() -> None:
    header = "\tTT\n\tTên chỉ tiêu\n\tĐơn vị\n\tKết quả\n\n\t\n\t\n\t\n\tNăm 2025\n\tNăm 2030\n\n"
    body = "\t1\n\tA\n\t%\n\t5\n\t10\n\t2\n\tB\n\tHoàn thành\n\n\t\n\tX\n\n\t3\n\tC\n\tTỷ lệ\n\n\t40\n\t50\n"
    assert cells(header + body) == [
        ["TT", "Tên chỉ tiêu", "Đơn vị", "Kết quả"],
        ["", "", "", "Năm 2025", "Năm 2030"],
        ["1", "A", "%", "5", "10"],
        ["2", "B", "Hoàn thành", "", "X"],
        ["3", "C", "Tỷ lệ", "40", "50"],
    ]


def test_a_short_row_ends_before_the_next_number() -> None:
    text = "\tTT\n\tNhiệm vụ\n\tChủ trì\n\n\tI.\n\tNhóm các nhiệm vụ\n\n\t1\n\tA\n\tSở Y tế\n \t2\n\tB\n\tSở Nội vụ\n"
    assert cells(text)[1:] == [["I.", "Nhóm các nhiệm vụ"], ["1", "A", "Sở Y tế"], ["2", "B", "Sở Nội vụ"]]


def test_one_indented_line_is_no_table() -> None:
    blocks = read_blocks("\tNơi nhận:\n- Như Điều 3;\n")
    assert all(isinstance(block, Paragraph) for block in blocks)


def test_bookmarks_and_bold_marks_are_no_text() -> None:
    (first, *_) = read_blocks("[bookmark: dieu_1]**Điều 1.** Ban hành")
    assert isinstance(first, Paragraph)
    assert first.text.text == "Điều 1. Ban hành"

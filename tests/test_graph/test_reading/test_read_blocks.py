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


def test_a_table_in_html_with_merged_cells() -> None:
    text = (
        "Trước bảng\n<table><tr><th rowspan=2>TT</th><th rowspan=2>Nhiệm vụ</th><th colspan=2>Cơ quan</th></tr>"
        "<tr><th>Chủ trì</th><th>Phối hợp</th></tr>\n<tr><td>1</td><td>A &amp; B<br>C</td>"
        "<td rowspan='2'><p>Sở Y tế</p></td><td>Sở Nội vụ</td></tr><tr><td>2<td>D</td><td></td></tr></table> Sau bảng"
    )
    assert cells(text) == [
        ["TT", "Nhiệm vụ", "Cơ quan", ""],
        ["", "", "Chủ trì", "Phối hợp"],
        ["1", "A & B\u2028C", "Sở Y tế", "Sở Nội vụ"],
        ["2", "D", "Sở Y tế", ""],
    ]
    paragraphs = [block.text.text.strip() for block in read_blocks(text) if isinstance(block, Paragraph)]
    assert [p for p in paragraphs if p] == ["Trước bảng", "Sau bảng"]


def test_a_character_written_as_an_entity_is_quoted_whole() -> None:
    text = "<table><tr><td>&ge; 80%</td><td>R&amp;D</td></tr></table>"
    (row,) = (block for block in read_blocks(text) if isinstance(block, Row))
    quotes = [[text[span.start : span.end] for span in cell.spans(text)] for cell in row.cells]
    assert [cell.text for cell in row.cells] == ["≥ 80%", "R&D"]
    assert quotes == [["&ge; 80%"], ["R&amp;D"]]


def test_an_html_table_that_never_closes_ends_with_the_text() -> None:
    assert cells("<table><tr><td>1</td><td>A") == [["1", "A"]]
    assert cells("<table>") == []


def test_a_table_with_bars() -> None:
    text = "| STT | Nhiệm vụ | Chủ trì |\n|:---|:---:|---|\n| 1 | A\nB | Sở Y tế<br>Sở Nội vụ |\n\n| 2 | C \\| D | |\nGhi chú\n"
    assert cells(text) == [
        ["STT", "Nhiệm vụ", "Chủ trì"],
        ["1", "A B", "Sở Y tế\u2028Sở Nội vụ"],
        ["2", "C \\| D", ""],
    ]
    assert [block.after_break for block in read_blocks(text) if isinstance(block, Row)] == [False, False, True]


def test_a_table_with_bars_only_between_cells() -> None:
    assert cells("STT | Nhiệm vụ | Chủ trì\n--- | --- | ---\n1 | A | Sở Y tế\n") == [
        ["STT", "Nhiệm vụ", "Chủ trì"],
        ["1", "A", "Sở Y tế"],
    ]


def test_a_sentence_with_one_bar_is_no_table() -> None:
    assert cells("Tỷ lệ A|B đạt 80%\n") == []


def test_lines_of_a_row_each_a_line_of_tabs_with_an_empty_column_too_many() -> None:
    text = (
        "TT\tNhiệm vụ\tChủ trì\n1\tPhủ sóng\tSở Khoa học\t\n\tdi động\tvà Công nghệ\t\n2\tSố hóa\tSở Y tế\n"
        "3\tĐưa gạo Điện\tSở Công\t\n\tBiên lên sàn\tThương\t\n\tcủa tỉnh\t\t\n"
    )
    assert cells(text)[1:] == [
        ["1", "Phủ sóng di động", "Sở Khoa học và Công nghệ"],
        ["2", "Số hóa", "Sở Y tế"],
        ["3", "Đưa gạo Điện Biên lên sàn của tỉnh", "Sở Công Thương"],
    ]


def test_paragraphs_of_a_cell_break_a_row_of_tabs() -> None:
    text = (
        "TT\tNhiệm vụ\tPhối hợp\tThời hạn\n1\tSố hóa\t- Sở Y tế\n- Sở Nội vụ\n- Các xã\t2026\n2\tMở dữ liệu\t\t2027\n"
        "3\tĐào tạo\n4\tBáo cáo\tSở Tài chính\t2027\n"
    )
    assert cells(text)[1:] == [
        ["1", "Số hóa", "- Sở Y tế\u2028- Sở Nội vụ\u2028- Các xã", "2026"],
        ["2", "Mở dữ liệu", "", "2027"],
        ["3", "Đào tạo"],
        ["4", "Báo cáo", "Sở Tài chính", "2027"],
    ]


def test_marks_that_markdown_writes_with_a_backslash() -> None:
    assert cells("| TT | Phối hợp | Thời hạn |\n|--|--|--|\n| 1 | \\- Sở Y tế<br>\\- Sở Nội vụ | 2026 |\n")[1] == [
        "1",
        "- Sở Y tế\u2028- Sở Nội vụ",
        "2026",
    ]


def test_a_letterhead_with_tabs_is_read_column_by_column() -> None:
    text = "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nPHƯỜNG A\tĐộc lập\nSố: 118/KH-UBND\tA, ngày 1\n\nKẾ HOẠCH\n"
    blocks = list(read_blocks(text))
    assert all(isinstance(block, Paragraph) for block in blocks)
    said = [block.text.text for block in blocks if isinstance(block, Paragraph) and block.text]
    assert said[:4] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG A", "Số: 118/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_a_letterhead_between_bars_is_read_column_by_column() -> None:
    text = "| | |\n|---|---|\n| **UBND TỈNH A** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |\n| Số: 9/KH-UBND | A, ngày 1 |\n"
    blocks = [block for block in read_blocks(text) if isinstance(block, Paragraph)]
    said = [block.text.text for block in blocks if block.text]
    assert said == ["UBND TỈNH A", "Số: 9/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "A, ngày 1"]


def test_a_sheet_saved_with_commas_has_text_around_its_table() -> None:
    text = """UBND TỈNH A,,CỘNG HÒA,
,,,
KẾ HOẠCH,,,
"Căn cứ Luật Dữ liệu, UBND tỉnh",,,
,,,
TT,Nhiệm vụ,Chủ trì,Thời hạn
I,Hạ tầng,,
1,"Số hóa, mở dữ liệu",Sở Y tế,2026
,,,
2,Đào tạo,Sở Nội vụ,2027
,,,
Nơi nhận:,,CHỦ TỊCH,
"""
    blocks = [block for block in read_blocks(text) if not isinstance(block, Paragraph) or block.text]
    said = [b.text.text if isinstance(b, Paragraph) else [c.text for c in b.cells] for b in blocks]
    assert said == [
        "UBND TỈNH A",
        "CỘNG HÒA",
        "KẾ HOẠCH",
        "Căn cứ Luật Dữ liệu, UBND tỉnh",
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["I", "Hạ tầng", "", ""],
        ["1", "Số hóa, mở dữ liệu", "Sở Y tế", "2026"],
        ["2", "Đào tạo", "Sở Nội vụ", "2027"],
        "Nơi nhận:",
        "CHỦ TỊCH",
    ]


def test_small_tables_with_a_cell_a_line_whose_numbers_count_on() -> None:
    header = ["TT", "Công việc", "Chủ trì", "Thời hạn"]
    rows = [[str(n), f"Việc số {n}", "Sở Y tế" if n != 2 else "", "2026"] for n in range(1, 6)]
    parts = [["1. Nhóm nhiệm vụ đầu"], header, *rows[:3], ["2. Nhóm nhiệm vụ sau"], header, *rows[3:], ["Nơi nhận:"]]
    found = cells("\n".join(["KẾ HOẠCH", "", "II. NHIỆM VỤ", *(line for part in parts for line in part)]))
    assert found == [header, *rows[:3], header, *rows[3:]]


def test_titles_in_the_first_of_many_cells_are_paragraphs() -> None:
    text = "Lưu: VT.\tAnh\n\nPHỤ LỤC I\t\t\nDANH MỤC NHIỆM VỤ\t\t\nTT\tNhiệm vụ\tChủ trì\n1\tSố hóa\tSở Y tế\n"
    blocks = read_blocks(text)
    assert [block.text.text for block in blocks if isinstance(block, Paragraph) and block.text] == [
        "PHỤ LỤC I",
        "DANH MỤC NHIỆM VỤ",
    ]
    assert cells(text)[-2:] == [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Số hóa", "Sở Y tế"]]

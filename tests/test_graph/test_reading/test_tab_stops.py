from __future__ import annotations

from graph.reading.rendition import PrintedRow
from graph.reading.tab_stops import with_rows


def rows(*parts: str) -> list[tuple[str, ...] | str]:
    return [part.cells if isinstance(part, PrintedRow) else part for part in with_rows(parts)]


def test_a_cell_a_paragraph_behind_a_tab() -> None:
    header = ("\tTT", "\tNhiệm vụ", "\tChủ trì", "\tThời hạn", "")
    found = rows(*header, "\t1", "\tSố hóa", "\tSở Y tế", "\t2026", "", "\t2", "\tMở dữ liệu", "\t\xa0", "\t2027")
    assert found == [
        ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"),
        ("1", "Số hóa", "Sở Y tế", "2026"),
        ("2", "Mở dữ liệu", "", "2027"),
    ]


def test_a_row_a_paragraph_with_tabs_between_its_cells() -> None:
    found = rows("PHỤ LỤC", "TT\tNhiệm vụ\tChủ trì", "1\tSố hóa\tSở Y tế", "2\tMở dữ liệu\tSở Nội vụ", "Nơi nhận:")
    assert found == [
        "PHỤ LỤC",
        ("TT", "Nhiệm vụ", "Chủ trì"),
        ("1", "Số hóa", "Sở Y tế"),
        ("2", "Mở dữ liệu", "Sở Nội vụ"),
        "Nơi nhận:",
    ]


def test_indented_paragraphs_and_lists_are_no_tables() -> None:
    assert rows("\tThực hiện Nghị quyết", "", "1.\tMục đích", "2.\tYêu cầu", "3.\tPhạm vi") == [
        " Thực hiện Nghị quyết",
        "",
        "1. Mục đích",
        "2. Yêu cầu",
        "3. Phạm vi",
    ]


def test_a_letterhead_with_tabs_is_read_column_by_column() -> None:
    found = rows("UBND TỈNH A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 9/KH-UBND\tA, ngày 1", "KẾ HOẠCH")
    assert found == [
        "UBND TỈNH A",
        "Số: 9/KH-UBND",
        "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "A, ngày 1",
        "",
        "KẾ HOẠCH",
    ]

"""Columns side by side in a text, their cells in the middle of their rows, over page breaks."""

from __future__ import annotations

from itertools import zip_longest

from graph.reading import Row, read_blocks

WIDTHS = (6, 26, 24, 20)
HEADER = (("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"),)
Cells = tuple[tuple[str, ...], ...]
ROWS: tuple[Cells, ...] = (
    (("1",), ("Xây dựng cơ sở dữ liệu", "dùng chung của tỉnh", "về kinh tế số"), ("Sở Khoa học", "và Công nghệ", "tỉnh"), ("Hằng năm",)),
    (("2",), ("Đào tạo cán bộ", "chuyển đổi số"), ("Sở Nội vụ",), ("Quý III/2026",)),
    (("3",), ("Phủ sóng 5G", "tại các khu công nghiệp", "và khu dân cư"), ("Sở Công Thương",), ("Năm 2026",)),
    (("4",), ("Số hóa hồ sơ",), ("Sở Y tế",), ("Năm 2027",)),
    (("5",), ("Bảo đảm an toàn", "thông tin mạng", "cấp xã"), ("Công an tỉnh",), ("Hằng năm",)),
)  # fmt: skip


def lines(cells: Cells, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """A row, its cells in the middle."""
    height = max(map(len, cells))
    placed = [("",) * ((height - len(cell)) // 2) + cell for cell in cells]
    pieces = zip_longest(*placed, fillvalue="")
    return ["".join(p.ljust(w) for p, w in zip(line, widths, strict=True)).rstrip() for line in pieces]


def header(widths: tuple[int, ...] = WIDTHS) -> list[str]:
    return lines(tuple((label,) for label in HEADER[0]), widths)


def rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in block.cells) for block in read_blocks(text) if isinstance(block, Row)]


EXPECTED = [HEADER[0], *(tuple(" ".join(cell) for cell in row) for row in ROWS)]


def test_cells_in_the_middle_of_their_rows() -> None:
    assert rows("\n".join([*header(), *(line for row in ROWS for line in lines(row))])) == EXPECTED


def test_a_row_that_a_page_break_cuts_below_a_repeated_header() -> None:
    (first, *rest), others = lines(ROWS[0]), [line for row in ROWS[1:] for line in lines(row)]
    first = f"{'1':6}{first[6:]:50}Hằng năm"  # its number and time stand beside what is left of it on its page
    rest = [f"{'':6}{line[6:56]}".rstrip() for line in rest]
    assert rows("\n".join([*header(), first, "", *header(), *rest, *others])) == EXPECTED


def test_columns_that_stand_elsewhere_on_the_next_page() -> None:
    wide = (9, 30, 27, 20)
    pages = [line for row in ROWS for line in lines(row)], [line for row in ROWS for line in lines(row, wide)]
    assert rows("\n".join([*header(), *pages[0], "", *pages[1]])) == [*EXPECTED, *EXPECTED[1:]]


def test_a_remark_with_blanks_to_fill_in_is_no_header() -> None:
    remark = "      (Kèm theo Kế hoạch số        /KH-UBND ngày       /3/2026)"
    assert rows("\n".join([remark, *header(), *(line for row in ROWS for line in lines(row))])) == EXPECTED


def test_a_cell_does_not_end_between_words_that_stand_together_elsewhere() -> None:
    table = [
        "TT     Nội dung nhiệm vụ      Cơ quan chủ trì    Thời hạn",
        "1      Nâng cấp ứng Văn phòng UBND tỉnh          2026",
        "2      Số hóa hồ sơ, tài liệu Văn phòng Tỉnh ủy  2027",
        "3      Đào tạo cán bộ         Văn phòng          2028",
        "       chuyển đổi số          Đoàn đại biểu",
        "4      Phủ sóng               Sở Y tế            2029",
    ]
    assert rows("\n".join(table))[1][:3] == ("1", "Nâng cấp ứng", "Văn phòng UBND tỉnh")

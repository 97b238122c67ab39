"""Flattened tables of our own: how lines become rows and cells again."""

from __future__ import annotations

import pytest

from graph.extraction.agencies import AgencyReader
from graph.extraction.flattened import count_pairs, reassemble
from graph.extraction.flattened.lines import FlatTable, Line, read_flat_table, split_by_year
from graph.extraction.flattened.numbers import find_starts
from graph.extraction.headers import load_terms
from graph.source_text import CELL_LINE, SourceText

TERMS = load_terms()
HEADER = "TT Tên nhiệm vụ\nCơ quan\nchủ trì\nCơ quan\nphối hợp\nKết quả\nThời gian\nhoàn thành"
VALUES = "STT Chỉ tiêu Đơn vị tính\nKết quả\nyêu cầu\nCơ quan chủ trì\ntheo dõi"


def table(text: str) -> FlatTable:
    found = read_flat_table([line.strip() for line in SourceText.of_source(text).lines()], TERMS)
    assert found is not None
    return found


def lines(text: str) -> list[Line]:
    return [Line(part) for part in SourceText.of_source(text).lines()]


def numbers(text: str) -> list[str]:
    return [start.number for start in find_starts(lines(text))]


def test_the_header_is_found_and_taken_out_wherever_it_is_repeated() -> None:
    found = table(f"Danh mục\n{HEADER}\n1\nA\n{HEADER}\nB\nhttps://x.example/y\n2")
    assert [column.role for column in found.header.columns] == [
        "number",
        "task",
        "lead",
        "coordinate",
        "result",
        "deadline",
    ]
    assert [(line.text.text, line.after_break) for line in found.lines] == [
        ("1", False),
        ("A", False),
        ("B", True),
        ("2", False),
    ]


def test_a_page_number_before_a_page_break_is_no_text() -> None:
    assert [line.text.text for line in table(f"{HEADER}\n1\nA\n20\n{HEADER}\nB").lines] == ["1", "A", "B"]


def test_a_header_whose_lines_are_repeated_in_another_order_is_a_page_break() -> None:
    header = "STT\nNhiệm vụ\nĐơn vị chủ trì\nPhối hợp\nThời hạn\nSản phẩm"
    again = "2\nThời hạn\n\nPhối hợp\n\nSTT\n\nNhiệm vụ\nĐơn vị chủ trì"
    found = table(f"{header}\n1\nA\nSản phẩm\nB\n{again}\n2\nC").lines
    assert [(line.text.text, line.after_break) for line in found] == [
        ("1", False),
        ("A", False),
        ("Sản phẩm", False),
        ("B", False),
        ("2", True),
        ("C", False),
    ]


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("STT\nNhiệm vụ\nCơ quan thực hiện\nThời gian\nSản phẩm\nChủ trì\nPhối hợp", "lead coordinate deadline result"),
        (
            "TT\nNhiệm vụ\nĐơn vị thực hiện Thời gian Sản\nphẩm\nChủ trì Phối hợp Bắt đầu Kết thúc",
            "lead coordinate note deadline result",
        ),
        ("TT\nNhiệm vụ\nThời gian\nSản phẩm\nĐơn vị chủ trì\nPhối hợp", "deadline result lead coordinate"),
    ],
)
def test_the_labels_of_a_second_row_stand_where_the_one_over_them_does(header: str, roles: str) -> None:
    assert [column.role for column in table(f"{header}\n1\nA").header.columns][2:] == roles.split()


def test_other_text_is_no_flattened_table() -> None:
    assert (
        read_flat_table([SourceText.of_source("TT Họ và tên"), SourceText.of_source("1 Nguyễn Văn A")], TERMS) is None
    )


def test_blocks_by_year() -> None:
    blocks = split_by_year(table(f"{VALUES}\nĐến năm 2025\n1.1 A % ≥ 50\nĐến năm 2030\n1.1 A % ≥ 95\n"))
    assert [(block.year, [line.text.text for line in block.lines]) for block in blocks] == [
        (2025, ["1.1 A % ≥ 50"]),
        (2030, ["1.1 A % ≥ 95"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1\nA\n2\nĐề án\n06\n3\nB", ["1", "2", "3"]),
        ("1\nA 2045\n2\nđến năm\n2030\n3 Cập nhật", ["1", "2", "3"]),
        ("39\nA\n39.1 Cơ sở\n39.2 Cơ sở\n40\nB", ["39", "39.1", "39.2", "40"]),
        ("72\nA\n74\nB\n73\nC\n74\nD\n75\nE", ["72", "74", "73", "74", "75"]),
        ("14\nA\n15\nB\nII\nC\n15\nD\n16\nE", ["14", "15", "15", "16"]),
        ("I\nA\n1\nB\nII\nC\n2\nD", ["I", "1", "II", "2"]),
        ("57\nA\n58.1\nB\n58.2\nC\n59\nD", ["57", "58.1", "58.2", "59"]),
        ("I\nA\n1\nB\nII\nC\n2\nChi cục Hải quan khu vực\nIII\n3\nD", ["I", "1", "II", "2", "3"]),
        ("I\nA\n1\nHằng quý\nII\nC\n2\nD", ["I", "1", "II", "2"]),
        ("A\nChung\n1\nB\n2\nCơ sở\nB\nRiêng\n3\nCơ sở", ["A", "1", "2", "B", "3"]),
        ("A. Chung\n1\nCơ sở\nB. Riêng\n2\nCơ sở", ["A", "1", "B", "2"]),
        ("1.2\nA\n1.3\nB\n2.1 Cơ sở\n2.2 Cơ sở\n3.1\nC\n3.2\nD", ["1.2", "1.3", "2.1", "2.2", "3.1", "3.2"]),
    ],
)
def test_row_numbers_are_told_from_other_numbers(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def rows(text: str, agencies: AgencyReader) -> list[list[str]]:
    flat = table(text)
    pairs = count_pairs(
        ["chương trình hành động", "trực tuyến mở", "các địa phương trong tỉnh", "đơn giản hóa quy trình"]
    )
    return [[cell.text for cell in row.cells] for row in reassemble(flat, pairs, agencies)]


LONG = "Xây dựng, triển khai kế hoạch phát triển kinh tế số, xã"


def test_cells_end_where_columns_do(agencies: AgencyReader) -> None:
    body = (
        f"1\n{LONG}\nhội số với các mục tiêu cụ thể\nSở Khoa học và\nCông nghệ\nCác sở, ban,\nngành, địa\nphương\nKế hoạch,\nhoạt động\nThường\nxuyên\n"
        f"2\n{LONG}\nhội số\nSở Y tế\n \nBáo cáo\n8/2025\n"
    )
    assert rows(f"{HEADER}\n{body}", agencies) == [
        ["1", f"{LONG} hội số với các mục tiêu cụ thể", "Sở Khoa học và Công nghệ", "Các sở, ban, ngành, địa phương", "Kế hoạch, hoạt động", "Thường xuyên"],
        ["2", f"{LONG} hội số", "Sở Y tế", "", "Báo cáo", "8/2025"],
    ]  # fmt: skip


def test_a_cell_can_name_both_duties_with_labels(agencies: AgencyReader) -> None:
    cell = "- Chủ trì: Sở Khoa học và\nCông nghệ.\n- Phối hợp: Công an tỉnh,\ncác sở, ban, ngành."
    body = "".join(f"{n}\n{LONG}\nhội số\n{cell}\nTháng\n9/2026\nKế hoạch được\nban hành\n" for n in range(1, 6))
    found = rows(f"TT\nNhiệm vụ\nPhân công thực hiện\nTiến độ\nKết quả\n{body}", agencies)
    assert {(row[1], row[2].split()[-1], row[3], row[4]) for row in found} == {
        (f"{LONG} hội số", "ngành.", "Tháng 9/2026", "Kế hoạch được ban hành")
    }


def test_a_row_cut_by_a_page_break_goes_on_in_every_column(agencies: AgencyReader) -> None:
    body = (
        f"1\n{LONG}\nSở Khoa học và\nCông nghệ\nCác sở, ban,\nngành, địa\nNền tảng\nđào tạo trực\n8/2025\n{HEADER}\n"
        f"hội số cho người dân, doanh nghiệp và các cơ quan nhà\nnước\nphương tuyến mở của\ntỉnh\n2\n{LONG}\nhội số\nSở Y tế\n \nBáo cáo\n8/2025\n"
    )
    first, _ = rows(f"{HEADER}\n{body}", agencies)
    assert first == [
        "1",
        f"{LONG} hội số cho người dân, doanh nghiệp và các cơ quan nhà nước",
        "Sở Khoa học và Công nghệ",
        "Các sở, ban, ngành, địa phương",
        "Nền tảng đào tạo trực tuyến mở của tỉnh",
        "8/2025",
    ]


def test_a_cell_that_ended_above_a_page_break_does_not_go_on_behind_it(agencies: AgencyReader) -> None:
    body = (
        f"1\n{LONG}\nhội số\nSở Khoa học và\nCông nghệ\nCác sở, ban,\nngành, địa\nphương\nNền tảng\nđào tạo trực\ntuyến mở của\n"
        f"tỉnh dùng\nchung cho\n8/2025\n{HEADER}\nchương trình\nhành động\n2\n{LONG}\nhội số\nSở Y tế\n \nBáo cáo\n8/2025\n"
    )
    first, _ = rows(f"{HEADER}\n{body}", agencies)
    assert first[1] == f"{LONG} hội số"
    assert first[3:] == [
        "Các sở, ban, ngành, địa phương",
        "Nền tảng đào tạo trực tuyến mở của tỉnh dùng chung cho chương trình hành động",
        "8/2025",
    ]


@pytest.mark.parametrize(
    "time", ["9/2026 và\nnhững năm\ntiếp theo", "2026-2030\ntheo hướng\ndẫn của Bộ,\nngành Trung\nương"]
)
def test_a_deadline_of_several_lines(agencies: AgencyReader, time: str) -> None:
    cells = f"{LONG}\nhội số\nSở Khoa học và\nCông nghệ\nCông an tỉnh\nKế hoạch,\nhoạt động\n{time}\n"
    found = rows(f"{HEADER}\n" + "".join(f"{n}\n{cells}" for n in range(1, 6)), agencies)
    assert {tuple(row[4:]) for row in found} == {("Kế hoạch, hoạt động", time.replace("\n", " "))}


def test_a_heading_in_capitals_is_one_cell_whatever_its_end_reads_as(agencies: AgencyReader) -> None:
    body = f"I VỀ XÃ HỘI SỐ\n1\n{LONG}\nhội số\nSở Y tế\nCông an tỉnh\nBáo cáo\n8/2025\n"
    assert rows(f"{HEADER}\n{body}", agencies)[0] == ["I", "VỀ XÃ HỘI SỐ", "", "", "", ""]


def many(cells: str) -> str:
    """Rows of the same cells, enough of them to measure the columns."""
    return f"{HEADER}\n" + "".join(f"{n}\n{cells}" for n in range(1, 14))


@pytest.mark.parametrize(
    ("result", "deadline"),
    [
        ("Kế hoạch,\nhoạt động", "Trước\n30/6/2026"),
        ("(1) Báo cáo;\n(2) Đề án", "(1) 6/2025;\n(2) Năm\n2027"),
        ("Mỗi năm ít\nnhất 20 lớp", "Hằng năm"),
        ("Trung tâm\nđược lập", "8/2025"),
    ],
)
def test_where_a_result_ends(agencies: AgencyReader, result: str, deadline: str) -> None:
    found = rows(many(f"{LONG}\nhội số\nSở Khoa học và\nCông nghệ\nCông an tỉnh\n{result}\n{deadline}\n"), agencies)
    assert {tuple(row[4:]) for row in found} == {(result.replace("\n", " "), deadline.replace("\n", " "))}


def test_bodies_on_lines_of_their_own(agencies: AgencyReader) -> None:
    found = rows(
        many(f"{LONG}\nhội số\nSở Khoa học và\nCông nghệ\nSở Y tế\nCác sở, ban, ngành\nKế hoạch,\nhoạt động\n8/2025\n"),
        agencies,
    )
    assert {row[2] for row in found} == {"Sở Khoa học và Công nghệ"}
    assert {row[3] for row in found} == {f"Sở Y tế{CELL_LINE}Các sở, ban, ngành"}


def test_a_title_below_its_number_does_not_end_within_its_first_line(agencies: AgencyReader) -> None:
    title = "Kiện toàn Ban Chỉ đạo và Tổ giúp việc"
    found = rows(many(f"{title}\nSở Nội vụ\nCông an tỉnh\nBáo cáo\n8/2025\n"), agencies)
    assert {row[1] for row in found} == {title}


def test_the_table_ends_before_the_recipients(agencies: AgencyReader) -> None:
    cells = f"{LONG}\nhội số\nSở Y tế\nCông an tỉnh\nBáo cáo\nThường xuyên\n"
    found = rows(f"{many(cells)}Nơi nhận:\n- Như trên;\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n", agencies)
    assert found[-1][4:] == ["Báo cáo", "Thường xuyên"]


def test_a_year_that_a_narrow_cell_breaks_is_no_row_number(agencies: AgencyReader) -> None:
    cells = f"{LONG}\nhội số\nSở Y tế\nCông an tỉnh\nBáo cáo\nTrước\n31/12/202\n5\n"
    assert {row[5] for row in rows(many(cells), agencies)} == {"Trước 31/12/2025"}


def test_a_collective_that_is_closed_does_not_go_on(agencies: AgencyReader) -> None:
    assert agencies.likeness("các đơn vị có liên quan") == 1.0
    assert agencies.likeness("các đơn vị có liên quan Báo cáo kết quả rà soát") < 0.5


def test_a_name_does_not_go_on_with_words_of_a_title_or_another_body(agencies: AgencyReader) -> None:
    assert agencies.likeness("Thuế tỉnh Phú Thọ") > 0.8 > agencies.likeness("Thuế tỉnh điện tử khởi tạo từ máy tính")
    swallowing = "Trung tâm đổi mới sáng tạo và hỗ trợ khởi nghiệp cấp tỉnh Sở Khoa học và Công nghệ"
    assert agencies.likeness(swallowing) < 0.5


def test_page_numbers_are_those_without_which_the_rows_count_on(agencies: AgencyReader) -> None:
    cells = f"{LONG}\nhội số\nSở Y tế\nCông an tỉnh\nBáo cáo\n8/2025\n"
    pages = ["".join(f"{n}\n{cells}" for n in range(1 + 6 * k, 7 + 6 * k)) for k in range(3)]
    found = rows(f"{HEADER}\n{pages[0]}2\n{pages[1]}3\n{pages[2]}", agencies)
    assert [row[0] for row in found] == [str(n) for n in range(1, 19)]


def test_cells_on_one_line(agencies: AgencyReader) -> None:
    body = f"39\n{LONG}\nhội số\nSở Y tế\n \nBáo cáo\n8/2025\n39.1 Cơ sở dữ liệu môi trường Sở Xây dựng\n39.2 Cơ sở dữ liệu phòng cháy Công an tỉnh\n"
    assert [row[1:3] for row in rows(f"{HEADER}\n{body}", agencies)][1:] == [
        ["Cơ sở dữ liệu môi trường", "Sở Xây dựng"],
        ["Cơ sở dữ liệu phòng cháy", "Công an tỉnh"],
    ]


def test_unit_value_and_agency_on_one_line(agencies: AgencyReader) -> None:
    body = (
        "Đến năm 2025\n1 Phát triển hạ tầng\n1.1 Tỷ lệ phủ sóng 5G trên địa bàn  % ≥ 50\nSở Khoa học và\nCông nghệ\n"
        "1.2\nTrung tâm an ninh mạng cấp\ntỉnh cho toàn hệ thống\nCó/Không Có Công an tỉnh\n"
    )
    (block,) = split_by_year(table(f"{VALUES}\n{body}"))
    found = [[cell.text for cell in row.cells] for row in reassemble(block, count_pairs([]), agencies)]
    assert found == [
        ["1", "Phát triển hạ tầng", "", "", ""],
        ["1.1", "Tỷ lệ phủ sóng 5G trên địa bàn", "%", "≥ 50", "Sở Khoa học và Công nghệ"],
        ["1.2", "Trung tâm an ninh mạng cấp tỉnh cho toàn hệ thống", "Có/Không", "Có", "Công an tỉnh"],
    ]


def test_the_year_of_a_block_may_stand_above_its_header() -> None:
    rows = "1.1 Phủ sóng 5G % ≥ 45\nSở Nội vụ"
    found = split_by_year(table(f"I. Đến năm 2026\n{VALUES}\n{rows}\nII. Đến năm 2030\n{VALUES}\n{rows}"))
    assert [(block.year, len(block.lines)) for block in found] == [(2026, 2), (2030, 2)]


def test_a_numeral_that_a_narrow_cell_breaks_is_one() -> None:
    found = table(f"{HEADER}\n8 Tiêu đề\nđường\nVI\nI Chuyển đổi số\n9 Tiêu đề\nVI\nII\nPhát triển")
    said = [line.text.text for line in found.lines]
    assert said == ["8 Tiêu đề", "đường", "VII Chuyển đổi số", "9 Tiêu đề", "VIII", "Phát triển"]

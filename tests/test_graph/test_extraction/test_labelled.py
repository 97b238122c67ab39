"""Tasks in running text whose labelled lines stand below them."""

from __future__ import annotations

import pytest

from graph.extraction.headers import load_terms
from graph.extraction.labelled import read_labelled
from graph.source_text import SourceText

TERMS = load_terms()


def test_lines_behind_a_paragraph_without_labels_go_on_with_it_and_with_no_label_above() -> None:
    text = """1. Số hóa hồ sơ
- Cơ quan chủ trì: Sở Y tế
- Thời hạn: Năm 2026
2. Phủ sóng 5G
tại các khu công nghiệp
- Cơ quan chủ trì: Sở Công Thương
- Thời hạn: Năm 2027"""
    rows = read_labelled(list(SourceText.of_source(text).lines()), TERMS)
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["1", "Số hóa hồ sơ", "Sở Y tế", "", "", "Năm 2026"],
        ["2", "Phủ sóng 5G tại các khu công nghiệp", "Sở Công Thương", "", "", "Năm 2027"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        """Tên nhiệm vụ      Số hóa hồ sơ
                  giấy
Cơ quan chủ trì   Sở Y tế
Thời hạn          Năm 2026

Tên nhiệm vụ      Phủ sóng 5G
Cơ quan chủ trì   Sở Công Thương
Thời hạn          Năm 2027""",
        """Tên nhiệm vụ

Số hóa hồ sơ
giấy

Cơ quan chủ trì

Sở Y tế

Thời hạn

Năm 2026

Tên nhiệm vụ

Phủ sóng 5G

Cơ quan chủ trì

Sở Công Thương

Thời hạn

Năm 2027""",
    ],
    ids=["apart", "on lines of their own"],
)
def test_labels_without_a_colon(text: str) -> None:
    rows = read_labelled(list(SourceText.of_source(text).lines()), TERMS)
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["", "Số hóa hồ sơ giấy", "Sở Y tế", "", "", "Năm 2026"],
        ["", "Phủ sóng 5G", "Sở Công Thương", "", "", "Năm 2027"],
    ]


def test_the_columns_of_a_table_put_out_one_after_the_other_are_no_tasks() -> None:
    page = ["Nội dung nhiệm vụ", *["Việc"] * 9, "Cơ quan chủ trì", *["Sở Y tế"] * 9, "Thời hạn", *["2026"] * 9]
    assert read_labelled(list(SourceText.of_source("\n".join(page * 3)).lines()), TERMS) == ()


def test_what_a_task_is_about_is_no_title_below_its_number() -> None:
    text = "1. Số hóa hồ sơ\nNội dung: quét\nChủ trì: Sở Y tế\nThời hạn: 2026\n" * 2
    rows = read_labelled(list(SourceText.of_source(text).lines()), TERMS)
    assert [row.cells[1].text for row in rows] == ["Số hóa hồ sơ"] * 2


@pytest.mark.parametrize("marks", [("a)", "b)"), ("2.1.", "2.2.")])
def test_a_numbered_paragraph_heads_tasks_with_letters_or_numbers_below_its_own(marks: tuple[str, str]) -> None:
    said = "- Cơ quan chủ trì: Sở Y tế\n- Thời hạn: 2026\n"
    text = f"III. NHIỆM VỤ\n2. Y tế cơ sở\n{marks[0]} Số hóa hồ sơ\n{said}{marks[1]} Khám bệnh từ xa\n{said}"
    rows = read_labelled(list(SourceText.of_source(text).lines()), TERMS)
    assert [(row.cells[0].text, row.cells[1].text) for row in rows] == [
        ("III", "NHIỆM VỤ"),
        ("2", "Y tế cơ sở"),
        (marks[0].rstrip(")."), "Số hóa hồ sơ"),
        (marks[1].rstrip(")."), "Khám bệnh từ xa"),
    ]


def test_sentences_that_say_who_leads() -> None:
    text = """1. Khám sức khỏe người cao tuổi.
Trạm Y tế xã chủ trì, phối hợp với Hội Người cao tuổi xã tổ chức thực hiện. Thời gian: Hằng năm.
2. Tiêm phòng gia súc.
Phòng Kinh tế chủ trì thực hiện. Thời gian: Tháng 4 năm 2026."""
    rows = read_labelled(list(SourceText.of_source(text).lines()), TERMS)
    assert [[cell.text for cell in row.cells if cell] for row in rows] == [
        ["1", "Khám sức khỏe người cao tuổi", "Trạm Y tế xã chủ trì, phối hợp với Hội Người cao tuổi xã", "Hằng năm"],
        ["2", "Tiêm phòng gia súc", "Phòng Kinh tế chủ trì", "Tháng 4 năm 2026"],
    ]


def test_items_with_brackets_that_share_a_line() -> None:
    text = "a) Số hóa (chủ trì: Sở Y tế; thời gian: 2026). b) Đào tạo (chủ trì: Sở Nội vụ; thời gian: 2027)."
    rows = read_labelled([SourceText.of_source(text)], TERMS)
    assert [[cell.text for cell in row.cells if cell] for row in rows] == [
        ["a", "Số hóa", "Sở Y tế", "2026"],
        ["b", "Đào tạo", "Sở Nội vụ", "2027"],
    ]


def test_blocks_between_drawn_lines_whose_titles_have_codes() -> None:
    text = """[NV-001] Số hóa hồ sơ
    Đơn vị chủ trì   : Sở Y tế
    Hạn xử lý        : 30/04/2026
----------------------------------
[NV-002] Phủ sóng 5G
    Đơn vị chủ trì   : Sở Công Thương
    Kết quả yêu cầu  : 15 trạm
----------------------------------"""
    rows = read_labelled(list(SourceText.of_source(text).lines()), TERMS)
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["NV-001", "Số hóa hồ sơ", "Sở Y tế", "", "", "30/04/2026"],
        ["NV-002", "Phủ sóng 5G", "Sở Công Thương", "", "15 trạm", ""],
    ]


def test_a_body_that_heads_paragraphs_leads_them_and_labels_may_be_broken() -> None:
    text = """A. Văn phòng HĐND và UBND xã:
1. Vận hành phòng họp trực tuyến. Phối
hợp: Công an xã. Thời gian: thường xuyên.
2. Lập hồ sơ công việc điện tử. Thời
gian: 2026.

B. Phòng Kinh tế:
1. Cập nhật bản đồ số. Phối hợp: Hội Nông dân xã. Sản phẩm: Bản đồ số. Thời gian: 30/10/2026.

III. KINH PHÍ: từ ngân sách xã.
1. Nguồn vốn. Thời gian: 2026."""
    rows = read_labelled(list(SourceText.of_source(text).lines()), TERMS)
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["A", "Văn phòng HĐND và UBND xã", "", "", "", ""],
        ["1", "Vận hành phòng họp trực tuyến", "Văn phòng HĐND và UBND xã", "Công an xã", "", "thường xuyên"],
        ["2", "Lập hồ sơ công việc điện tử", "Văn phòng HĐND và UBND xã", "", "", "2026"],
        ["B", "Phòng Kinh tế", "", "", "", ""],
        ["1", "Cập nhật bản đồ số", "Phòng Kinh tế", "Hội Nông dân xã", "Bản đồ số", "30/10/2026"],
    ]

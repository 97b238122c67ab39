"""Tables that list neither tasks nor indicators are left out, and it is said what they list."""

from __future__ import annotations

import pytest

from graph.extraction import Extractor
from graph.extraction.survey import survey

TASKS = (
    "STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n1\tXây dựng cơ sở dữ liệu\tSở Y tế\t2025\n2\tĐào tạo\tSở Nội vụ\t2026\n"
)


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ("STT|Hạng mục|Số lượng|Đơn giá|Thành tiền", "it lists a budget"),
        ("STT|Nội dung nhiệm vụ|Dự toán|Nguồn kinh phí", "it lists a budget"),
        ("STT|Họ và tên|Chức vụ|Số điện thoại", "it lists members"),
        ("TT|Nơi nhận|Địa chỉ|Số bản", "it lists recipients"),
        ("STT|Số ký hiệu|Ngày ban hành|Trích yếu", "it lists documents"),
        ("STT|Từ viết tắt|Nghĩa đầy đủ", "it lists abbreviations"),
        ("STT|Mặt hàng|Màu sắc|Kích cỡ", "no header with columns of tasks or indicators"),
    ],
)
def test_a_table_left_out_is_named(extractor: Extractor, labels: str, reason: str) -> None:
    columns = labels.count("|") + 1
    other = "\n".join("\t".join([str(n), *["x"] * (columns - 1)]) for n in (1, 2, 3))
    text = f"KẾ HOẠCH\nChuyển đổi số\n\n{TASKS}\nPhần khác\n" + labels.replace("|", "\t") + f"\n{other}\n"
    extraction = extractor.extract("x", text)
    found = survey(text, extraction, (), extractor.terms)
    assert len(extraction.tasks) == 2
    assert [(table.holds, table.left_out, table.rows) for table in found.tables] == [
        ("tasks", None, 3),
        (None, reason, 4),
    ]


def test_a_table_whose_columns_were_put_out_one_after_the_other_is_named(extractor: Extractor) -> None:
    text = "KẾ HOẠCH\nChuyển đổi số\nPHỤ LỤC\nSTT\n1\n2\n\nNội dung nhiệm vụ\nBố trí ngân sách\nĐào tạo\n\nĐơn vị chủ trì\n\nThời gian thực hiện\n\nSở TC\nHằng năm\n"
    (table,) = survey(text, extractor.extract("x", text), (), extractor.terms).tables
    assert (table.holds, table.labels) == (None, ("Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời gian thực hiện"))
    assert table.left_out is not None and "cannot be told apart" in table.left_out

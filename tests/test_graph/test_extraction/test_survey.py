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


@pytest.mark.parametrize(
    "text",
    [
        "Nội dung nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Thời gian hoàn thành\nĐào tạo\nSở Y tế\n2026\n",
        "Nội dung nhiệm vụ    Cơ quan chủ trì    Thời gian hoàn thành\nĐào tạo              Sở Y tế            2026\n",
        "TT\n1\n2\nNội dung nhiệm\nvụ\nĐào tạo\nCơ quan chủ trì\nThời gian hoàn\nthành\nSở Y tế\n2026\n",
    ],
    ids=["on one line", "side by side", "broken"],
)
def test_a_table_without_numbers_or_order_is_named(extractor: Extractor, text: str) -> None:
    text = f"KẾ HOẠCH\nChuyển đổi số\n\nPHỤ LỤC\n{text}"
    (table,) = survey(text, extractor.extract("x", text), (), extractor.terms).tables
    assert table.left_out is not None and "cannot be told apart" in table.left_out
    assert {"Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"} <= set(table.labels)


def test_columns_put_out_one_after_the_other_give_no_tasks(extractor: Extractor) -> None:
    page = "TT\n\n1\n\n2\n\nNội dung nhiệm vụ\nSố hóa\nĐào tạo\n\nCơ quan chủ trì\n\nThời hạn\n\nSở Y tế\n\n2026\n\nSở Nội vụ\n\nCông an tỉnh\n\n2027\n\n"
    assert extractor.extract("x", f"KẾ HOẠCH\nChuyển đổi số\n\nPHỤ LỤC\n{page * 3}").tasks == ()

from __future__ import annotations

import re

import pytest

from graph.linking.documents import document_slug, implemented_by_title
from graph.linking.indicators import indicator_label, indicator_slug
from graph.source_text import Span


@pytest.mark.parametrize(
    ("number", "date", "area", "kind", "slug"),
    [
        ("687/KH-UBND", "2026-02-26", "quang-tri", "plan", "quang-tri-687-kh-ubnd-2026"),
        ("57-NQ/TW", "2024-12-22", "quang-tri", "resolution", "viet-nam-57-nq-tw-2024"),
        ("71/NQ-CP", "2025-04-01", "kon-tum", "resolution", "viet-nam-71-nq-cp-2025"),
        ("193/2025/QH15", "2025-02-19", "thanh-hoa", "resolution", "viet-nam-193-2025-qh15"),
        ("39/2021/QĐ-UBND", "2021-08-20", "quang-ngai", "decision", "quang-ngai-39-2021-qd-ubnd"),
        ("06-CTr/TU", "2025-12-10", "quang-tri", "programme", "quang-tri-06-ctr-tu-2025"),
        ("1552/BTTTT-TTH", None, "thanh-hoa", "official-letter", "viet-nam-1552-btttt-tth"),
        ("225-KH/UBKTTW", "2025-04-04", "thanh-hoa", "plan", "viet-nam-225-kh-ubkttw-2025"),
        (None, "2025-05", "quang-ngai", "decision", "quang-ngai-decision-2025-05"),
        (None, None, "kon-tum", "plan", "kon-tum-plan"),
    ],
)
def test_a_document_has_one_name_wherever_it_is_cited(
    number: str | None, date: str | None, area: str, kind: str, slug: str
) -> None:
    assert document_slug(number, date, area, kind) == slug


def test_footnote_marks_make_no_other_indicator() -> None:
    assert indicator_slug("Tỷ lệ phủ sóng 6G trên địa bàn (*)") == indicator_slug("Tỷ lệ phủ sóng 6G trên địa bàn")
    assert indicator_slug("Tỉ lệ giao dịch không dùng tiền mặt ()") == "ti-le-giao-dich-khong-dung-tien-mat"
    assert indicator_label("Hội nhập sâu (^c)") == "Hội nhập sâu"


@pytest.mark.parametrize(
    ("text", "implemented"),
    [
        ("số 359-KH/TU ngày 29/4/2025 của Tỉnh ủy thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024", "57-NQ/TW"),
        (
            "số 71/NQ-CP ngày 01/4/2025 của Chính phủ về việc sửa đổi, bổ sung cập nhật\n Chương trình hành động của "
            "Chính phủ thực hiện Nghị quyết số 57-NQ/TW",
            "57-NQ/TW",
        ),
        ("số 95-CTr/TU ngày 24 tháng 01 năm 2025 của Ban Thường vụ Tỉnh ủy về thực hiện Nghị quyết 57-NQ/TW", "57-NQ/TW"),
        ("71/NQ-CP ngày 01/4/2025 của Chính phủ và Kế hoạch của Tỉnh ủy thực hiện Nghị quyết số 57-NQ/TW", None),
        ("71/NQ-CP của Chính phủ, Kế hoạch số 09-KH/TU thực hiện Nghị quyết số 57-NQ/TW", None),
        ("225-KH/UBKTTW về giám sát, kiểm tra việc triển khai thực hiện Nghị quyết số 57-NQ/TW", None),
        ("57-NQ/TW. Thực hiện Nghị quyết số 71/NQ-CP", None),
        ("57-NQ/TW", None),
    ],
)  # fmt: skip
def test_what_a_document_implements_if_its_title_behind_its_number_says_so(text: str, implemented: str | None) -> None:
    number = re.search(r"\d+-?(?:/NQ|KH|CTr|NQ)\S*\w", text)
    assert number
    found = implemented_by_title(text, Span(*number.span()))
    assert (found[0] if found else None) == implemented
    if found and implemented:
        assert text[found[1].start : found[1].end].startswith(number[0])
        assert text[found[1].start : found[1].end].endswith(implemented)

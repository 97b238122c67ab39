from __future__ import annotations

import pytest

from graph.extraction.prose import read_prose_targets
from graph.reading import read_blocks
from graph.records import IndicatorRecord


def read(text: str) -> list[IndicatorRecord]:
    return list(read_prose_targets("x", text, read_blocks(text)))


def told(text: str) -> list[tuple[str, int, str, float | None, float | None]]:
    return [(i.name, t.year, t.op, t.value, t.value_max) for i in read(text) for t in i.targets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Đến năm 2030, tỷ lệ dân số dùng dịch vụ số đạt trên 80%.",
            [("tỷ lệ dân số dùng dịch vụ số", 2030, ">", 80, None)],
        ),
        (
            "Phấn đấu đến hết năm 2025, 100% cán bộ được đào tạo kỹ năng số.",
            [("cán bộ được đào tạo kỹ năng số", 2025, "=", 100, None)],
        ),
        (
            "Năm 2045 hình thành 3-5 doanh nghiệp công nghệ số mạnh.",
            [("doanh nghiệp công nghệ số mạnh", 2045, "range", 3, 5)],
        ),
        (
            "a) Đến năm 2030\n- Quy mô kinh tế số đạt tối thiểu 25% GRDP. Chi cho nghiên cứu đạt 2% GRDP, trong đó kinh phí xã hội chiếm hơn 60%.",
            [
                ("Quy mô kinh tế số", 2030, ">=", 25, None),
                ("Chi cho nghiên cứu", 2030, "=", 2, None),
                ("kinh phí xã hội", 2030, ">", 60, None),
            ],
        ),
        (
            "2. Tầm nhìn đến năm 2045\n- Chỉ số chuyển đổi số đạt $\\geq 0,95$.\nIII. NHIỆM VỤ\n- Chỉ số hài lòng đạt 90%.",
            [("Chỉ số chuyển đổi số", 2045, ">=", 0.95, None)],
        ),
    ],
)
def test_dated_quantified_clauses_are_targets(
    text: str, expected: list[tuple[str, int, str, float | None, float | None]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ dân số dùng dịch vụ số đạt trên 80%.",
        "Đến năm 2030, hạ tầng 5G phủ rộng, tốc độ trên 01 Gb/s.",
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 đến năm 2030.",
        "Giai đoạn 2025-2030 tập trung 3 trụ cột vào năm 2030.",
    ],
)
def test_what_is_undated_or_no_target_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_the_clause_and_the_value_lead_to_their_characters() -> None:
    text = "1. Mục tiêu đến năm 2030\nGiao dịch không dùng\ntiền mặt đạt 80%."
    (found,) = read(text)
    assert found.annex is None
    assert found.sentence == "Giao dịch không dùng tiền mặt đạt 80%."
    assert [text[s.start : s.end] for s in found.source["name"]] == ["Giao dịch không dùng\ntiền mặt"]
    assert [text[s.start : s.end] for s in found.source["targets.2030"]] == ["80%"]

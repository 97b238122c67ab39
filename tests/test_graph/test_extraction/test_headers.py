from __future__ import annotations

import pytest

from graph.extraction.headers import Column, load_terms, read_header
from graph.reading import Row
from graph.source_text import SourceText

TERMS = load_terms()


def row(*labels: str) -> Row:
    return Row(tuple(map(SourceText.of_source, labels)))


@pytest.mark.parametrize(
    ("labels", "roles"),
    [
        (
            [
                "STT",
                "Nội dung nhiệm vụ",
                "Đơn vị chủ trì",
                "Đơn vị phối hợp",
                "Sản phẩm đầu ra",
                "Thời gian hoàn thành",
            ],
            ["number", "task", "lead", "coordinate", "result", "deadline"],
        ),
        (
            ["TT", "Tên nhiệm vụ", "Bộ, ngành chủ trì", "Đơn vị của tỉnh chủ trì phối hợp", "Kết quả", "Thời hạn"],
            ["number", "task", "lead", "coordinate", "result", "deadline"],
        ),
        (
            ["TT", "Thời hạn", "Cơ quan phối hợp", "Nhiệm vụ", "Cơ quan chủ trì thực hiện", "Ghi chú"],
            ["number", "deadline", "coordinate", "task", "lead", "note"],
        ),
    ],
)
def test_columns_of_a_task_table_in_any_order(labels: list[str], roles: list[str]) -> None:
    header = read_header([row(*labels)], TERMS)
    assert header is not None
    assert header.holds == "tasks"
    assert [column.role for column in header.columns] == roles


def test_the_second_header_row_stands_in_for_the_label_above_the_values() -> None:
    header = read_header(
        [
            row("STT", "Nội dung chỉ tiêu", "Đơn vị tính", "CHỈ TIÊU", "", "", "Cơ quan chủ trì theo dõi", ""),
            row("", "", "", "Hiện trạng (tháng 3/2025)", "Năm 2025", "Đến năm 2030", ""),
        ],
        TERMS,
    )
    assert header is not None
    assert (header.holds, header.rows) == ("indicators", 2)
    assert header.columns == (
        Column("number"),
        Column("indicator"),
        Column("unit"),
        Column("baseline", period="2025-03"),
        Column("target", year=2025),
        Column("target", year=2030),
        Column("lead"),
    )


def test_years_in_the_only_header_row() -> None:
    header = read_header([row("TT", "Chỉ tiêu", "ĐVT", "Năm 2026", "Năm 2030", "Cơ quan theo dõi, đánh giá")], TERMS)
    assert header is not None
    assert [(c.role, c.year) for c in header.columns][3:5] == [("target", 2026), ("target", 2030)]


@pytest.mark.parametrize(
    "labels", [["Nơi nhận:", "TM. UBND"], ["Họ và tên", "Chức vụ", "Điện thoại"], ["1", "Xây dựng kế hoạch"]]
)
def test_other_tables_are_none_of_ours(labels: list[str]) -> None:
    header = read_header([row(*labels)], TERMS)
    assert header is None or header.holds is None

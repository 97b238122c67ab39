from __future__ import annotations

from graph.extraction.headers import Column, load_terms, read_header
from graph.extraction.years import with_past, with_years_apart
from graph.reading import Row
from graph.source_text import SourceText

LABELS = ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2023", "Năm 2024", "Năm 2025"]


def row(*cells: str) -> Row:
    return Row(tuple(map(SourceText.of_source, cells)))


def columns(issued: int, *values: str) -> tuple[Column, ...]:
    header = read_header([row(*LABELS)], load_terms())
    assert header is not None
    return with_past(header, [row(*values).cells], issued).columns[3:]


def test_the_one_year_before_the_document_is_a_baseline() -> None:
    values = ("1", "Tỷ lệ hồ sơ trực tuyến", "%", "52", "≥ 60", "≥ 70")
    targets = (Column("target", 2024), Column("target", 2025))
    assert columns(2024, *values) == (Column("baseline", period="2023"), *targets)
    assert columns(2023, *values) == (Column("target", 2023), *targets)
    assert columns(2025, *values) == (Column("target", 2023), *targets)  # no one of two is where the plan begins


def test_a_limit_is_a_target_of_the_past_too() -> None:
    assert columns(2024, "1", "Tỷ lệ hồ sơ trực tuyến", "%", "≥ 50", "≥ 60", "≥ 70")[0] == Column("target", 2023)


def test_a_column_of_two_years_is_read_as_two() -> None:
    rows = with_years_apart(
        [row("TT", "Chỉ tiêu", "Mục tiêu 2030/2045"), row("1", "5G", "≥ 90 / 100"), row("2", "AI", "có")]
    )
    assert [[cell.text for cell in line.cells] for line in rows] == [
        ["TT", "Chỉ tiêu", "Mục tiêu 2030", "Mục tiêu 2045"],
        ["1", "5G", "≥ 90", "100"],
        ["2", "AI", "có", ""],
    ]

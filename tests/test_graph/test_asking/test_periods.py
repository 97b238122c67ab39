"""Periods as people write them, from the day of asking."""

from __future__ import annotations

from datetime import date

import pytest

from graph.asking.periods import PeriodReader

TODAY = date(2026, 2, 10)  # a Tuesday
READER = PeriodReader()


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("quý này", "2026-01-01", "2026-03-31"),
        ("quy nay", "2026-01-01", "2026-03-31"),
        ("this quarter", "2026-01-01", "2026-03-31"),
        ("quý trước", "2025-10-01", "2025-12-31"),
        ("next month", "2026-03-01", "2026-03-31"),
        ("tháng này", "2026-02-01", "2026-02-28"),
        ("tuần này", "2026-02-09", "2026-02-15"),
        ("năm nay", "2026-01-01", "2026-12-31"),
        ("quý I/2026", "2026-01-01", "2026-03-31"),
        ("quý IV năm 2025", "2025-10-01", "2025-12-31"),
        ("Q3 2026", "2026-07-01", "2026-09-30"),
        ("Q3 26", "2026-07-01", "2026-09-30"),
        ("quý 3/27", "2027-07-01", "2027-09-30"),
        ("tháng 6/26", "2026-06-01", "2026-06-30"),
        ("between March and May 2026", "2026-03-01", "2026-05-31"),
        ("sổ sức khỏe điện tử năm 2030", "2030-01-01", "2030-12-31"),
        ("dinh danh dien tu 2030", "2030-01-01", "2030-12-31"),
        ("third quarter of 2026", "2026-07-01", "2026-09-30"),
        ("quý II", "2026-04-01", "2026-06-30"),
        ("6 tháng đầu năm 2026", "2026-01-01", "2026-06-30"),
        ("6 tháng cuối năm nay", "2026-07-01", "2026-12-31"),
        ("the second half of 2025", "2025-07-01", "2025-12-31"),
        ("first half of the year", "2026-01-01", "2026-06-30"),
        ("tháng 2/2028", "2028-02-01", "2028-02-29"),
        ("in June 2026", "2026-06-01", "2026-06-30"),
        ("năm 2030", "2030-01-01", "2030-12-31"),
        ("trước 30/6/2026", None, "2026-06-30"),
        ("by 30 June 2026", None, "2026-06-30"),
        ("ngày 5 tháng 9 năm 2025", "2025-09-05", "2025-09-05"),
        ("sau ngày 1/7/2025", "2025-07-01", None),
        ("từ 1/3/2026 đến 31/5/2026", "2026-03-01", "2026-05-31"),
        ("between 2025-09-01 and 2025-12-31", "2025-09-01", "2025-12-31"),
        ("giai đoạn 2026-2030", "2026-01-01", "2030-12-31"),
        ("từ quý I đến quý II/2027", "2027-01-01", "2027-06-30"),
        ("quý II năm sau", "2027-04-01", "2027-06-30"),
        ("tháng 2 năm 2028", "2028-02-01", "2028-02-29"),
        ("đến hết năm", None, "2026-12-31"),
        ("by the end of the quarter", None, "2026-03-31"),
    ],
)
def test_a_period(text: str, begin: str | None, end: str | None) -> None:
    (period,) = READER.read(f"việc {text} ở tỉnh", TODAY)
    days = (period.begin and period.begin.isoformat(), period.end and period.end.isoformat())
    assert days == (begin, end)
    assert f"việc {text} ở tỉnh"[period.start : period.stop] in text


def test_two_years_named_apart_are_two() -> None:
    assert [period.year for period in READER.read("kế hoạch 2025 và 2026", TODAY)] == [2025, 2026]


@pytest.mark.parametrize(
    "text", ["", "qua các năm", "31/13/2026", "99/99/9999", "mỗi quý", "bộ máy", "687/KH-UBND", "1" * 400]
)
def test_what_is_no_period(text: str) -> None:
    assert READER.read(text, TODAY) == ()

from __future__ import annotations

import datetime

import pytest
from edtf import parse_edtf

from graph.extraction.deadlines import due_by, edtf, is_deadline, parse_deadlines, with_results, words_beside_deadlines
from graph.records import Deadline, Extraction
from graph.sources import Source

ONGOING = Deadline("ongoing")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("8/2025", [Deadline("date", end="2025-08")]),
        ("Tháng 02/2025", [Deadline("date", end="2025-02")]),
        ("Tháng 4 năm 2025", [Deadline("date", end="2025-04")]),
        ("2026-2030", [Deadline("range", "2026", "2030")]),
        ("2026- 2030", [Deadline("range", "2026", "2030")]),
        ("Giai đoạn 2025 – 2030", [Deadline("range", "2025", "2030")]),
        ("Thường xuyên", [ONGOING]),
        ("Hằng năm", [Deadline("recurring", recurrence="annual")]),
        ("Hàng quý", [Deadline("recurring", recurrence="quarterly")]),
        ("6 tháng/lần", [Deadline("recurring", recurrence="semiannual")]),
        ("03 tháng một lần", [Deadline("recurring", recurrence="quarterly")]),
        ("2 năm/lần", [Deadline("recurring", recurrence="biennial")]),
        ("Đã hoàn thành", [Deadline("done")]),
        ("Quý III/2026", [Deadline("date", end="2026-09")]),
        ("Trong quý I năm 2026", [Deadline("date", end="2026-03")]),
        ("Quý I - Quý III/2026", [Deadline("range", "2026-01", "2026-09")]),
        ("6 tháng đầu năm 2026", [Deadline("date", end="2026-06")]),
        ("trước ngày 15/10/2026", [Deadline("date", end="2026-10-15")]),
        ("ngày 5 tháng 6 năm 2026", [Deadline("date", end="2026-06-05")]),
        ("Từ tháng 5/2025 đến tháng 12/2026", [Deadline("range", "2025-05", "2026-12")]),
        ("Tháng 6-12/2025", [Deadline("range", "2025-06", "2025-12")]),
        ("Năm 2026", [Deadline("year", end="2026")]),
        ("Đến năm 2030", [Deadline("year", end="2030")]),
        ("9/2026 và những năm tiếp theo", [Deadline("date", end="2026-09"), ONGOING]),
        ("2025-2026 và nâng cấp, mở rộng thường xuyên", [Deadline("range", "2025", "2026"), ONGOING]),
        ("Tháng 6/2025; thường xuyên", [Deadline("date", end="2025-06"), ONGOING]),
        ("- Tháng 11/2025 - Tháng 9/2028", [Deadline("date", end="2025-11"), Deadline("date", end="2028-09")]),
        ("(1) Tháng 6/2025; (2) Tháng 10/2025", [Deadline("date", end="2025-06"), Deadline("date", end="2025-10")]),
        ("Tháng 9/2025 hoàn thiện hệ thống", [Deadline("date", end="2025-09")]),
        ("Định kỳ theo Đề án", [Deadline("other")]),
        ("Sau khi có quyết định năm 2026", [Deadline("other")]),
        ("Khi có hướng dẫn", [Deadline("other")]),
        ("", []),
        ("-", []),
    ],
)
def test_what_a_cell_says(written: str, expected: list[Deadline]) -> None:
    assert list(parse_deadlines(written)) == expected


@pytest.mark.parametrize("written", ["Tháng 13/2025", "ngày 31/02/2026", "hoàn thành"])
def test_what_is_no_time_is_kept_as_other(written: str) -> None:
    assert [d.kind for d in parse_deadlines(written)] == ["other"]


@pytest.mark.parametrize(
    "text", ["Quyết định phê duyệt dự án", "Kế hoạch giai đoạn 2025-2030 của UBND tỉnh về chuyển đổi số", "Kế hoạch"]
)
def test_a_result_is_no_deadline(text: str) -> None:
    assert not is_deadline(text)


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        (Deadline("date", end="2026-02"), datetime.date(2026, 2, 28)),
        (Deadline("range", "2026", "2030"), datetime.date(2030, 12, 31)),
        (Deadline("date", end="2026-10-15"), datetime.date(2026, 10, 15)),
        (ONGOING, None),
    ],
)
def test_the_last_day_it_can_mean(deadline: Deadline, day: datetime.date | None) -> None:
    assert due_by(deadline) == day


@pytest.mark.parametrize(
    ("cell", "result", "expected"),
    [
        ("(1) Tháng 6/2025; (2) Tháng 10/2025", "(1) Quyết định; (2) Phần mềm", ["Quyết định", "Phần mềm"]),
        ("- Tháng 11/2025 - Tháng 9/2028", "- Phê duyệt; - Hoàn thành", ["Phê duyệt", "Hoàn thành"]),
        ("(1) Tháng 6/2025; (2) Tháng 10/2025", "Quyết định", [None, None]),
        ("(1) Tháng 6/2025; (2) Tháng 10/2025", "- Quyết định; - Phần mềm", [None, None]),
        ("- Tháng 8/2025 - Thường xuyên", "- Kế hoạch", [None, None]),
        ("Tháng 6/2025", "(1) Quyết định; (2) Phần mềm", [None]),
    ],
)
def test_lists_that_go_together_match_each_date_to_its_result(
    cell: str, result: str, expected: list[str | None]
) -> None:
    assert [one.result for one in with_results(parse_deadlines(cell), cell, result)] == expected


@pytest.mark.parametrize(
    ("deadline", "text"),
    [
        (Deadline("date", end="2025-08"), "2025-08"),
        (Deadline("date", end="2026-06-30"), "2026-06-30"),
        (Deadline("year", end="2030"), "2030"),
        (Deadline("range", "2026", "2030"), "2026/2030"),
        (Deadline("range", "2025-11", "2028-09"), "2025-11/2028-09"),
        (Deadline("ongoing", "2026-09"), "2026-09/.."),
        (Deadline("ongoing"), None),
        (Deadline("recurring", recurrence="annual"), None),
    ],
)
def test_edtf(deadline: Deadline, text: str | None) -> None:
    assert edtf(deadline) == text


def test_edtf_strings_of_the_plans_read_back_as_the_same_times(
    plans: dict[str, tuple[Source, str, Extraction]],
) -> None:
    """Read by python-edtf, which knows nothing of ours."""
    found = [one for _, _, plan in plans.values() for task in plan.tasks for one in task.deadline if edtf(one)]
    assert len(found) > 200
    for deadline in found:
        assert deadline.end is not None
        read = parse_edtf(edtf(deadline))
        assert str(read) == edtf(deadline)
        assert datetime.date(*read.upper_strict()[:3]) == due_by(deadline)
        assert datetime.date(*read.lower_strict()[:3]).isoformat().startswith(deadline.start or deadline.end)


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("9/2026 và những năm tiếp theo", 0),
        ("2026-2030 theo hướng dẫn của Bộ, ngành Trung ương", 0),
        ("Sau khi có hướng dẫn", 0),
        ("Báo cáo năm 2026 theo hướng dẫn", 5),
        ("Báo cáo", None),
    ],
)
def test_words_beside_deadlines(text: str, beside: int | None) -> None:
    assert words_beside_deadlines(text) == beside

from __future__ import annotations

import pytest

from graph.extraction.quantities import Quantity, parse_quantity


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("≥ 1.000", Quantity(">=", 1000)),
        ("1.200", Quantity("=", 1200)),
        ("0,7314", Quantity("=", 0.7314)),
        ("0.75", Quantity("=", 0.75)),
        ("07", Quantity("=", 7)),
        ("60%", Quantity("=", 60)),
        ("≥  70", Quantity(">=", 70)),
        ("≤ 15", Quantity("<=", 15)),
        ("$\\geq 0,75$", Quantity(">=", 0.75)),
        ("trên 80%", Quantity(">", 80)),
        ("Tối thiểu 20%", Quantity(">=", 20)),
        ("85% trở lên", Quantity(">=", 85)),
        ("30-40", Quantity("range", 30, 40)),
        ("15 - 20%", Quantity("range", 15, 20)),
        ("100 (Các hệ thống đảng số vận hành hoàn toàn thông minh.)", Quantity("=", 100)),
        ("X", Quantity("yes")),
        ("Có", Quantity("yes")),
        ("Nhóm 10", Quantity("text")),
        ("Cơ bản hoàn thành", Quantity("text")),
        ("-", None),
        ("", None),
        ("…", None),
    ],
)
def test_what_a_value_cell_says(written: str, expected: Quantity | None) -> None:
    assert parse_quantity(written) == expected

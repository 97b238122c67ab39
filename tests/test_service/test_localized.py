"""Dates, quarters, numbers and sizes in both languages."""

from decimal import Decimal

import pytest

from service.localized import date_text, moment_text, number_text, quarter_text, size_text


@pytest.mark.parametrize(
    ("date", "vi", "en"),
    [
        ("2025-11-05", "05/11/2025", "5 November 2025"),
        ("2025-11", "11/2025", "November 2025"),
        ("2025", "2025", "2025"),
        ("2026-03-01T08:00:00Z", "01/03/2026", "1 March 2026"),
        ("soon", "soon", "soon"),
    ],
)
def test_dates(date: str, vi: str, en: str) -> None:
    assert (date_text(date, "vi"), date_text(date, "en")) == (vi, en)


def test_quarters() -> None:
    assert (quarter_text("2026-Q4", "vi"), quarter_text("2026-Q4", "en")) == ("Quý IV/2026", "Q4 2026")
    assert quarter_text("2026", "vi") == "2026"


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (1234.5, "1.234,5", "1,234.5"),
        (110192, "110.192", "110,192"),
        (Decimal("0.10"), "0,1", "0.1"),
        ("7.0", "7", "7"),
        (-1234, "−1.234", "−1,234"),
    ],
)
def test_numbers(number: float, vi: str, en: str) -> None:
    assert (number_text(number, "vi"), number_text(number, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("size", "vi"), [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (1_540_000, "1,5 MB"), (999_900, "1 MB")]
)
def test_sizes(size: int, vi: str) -> None:
    assert size_text(size, "vi") == vi


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("2026-Q4", "Quý IV/2026", "Q4 2026"),
        ("2025-03", "03/2025", "March 2025"),
        ("2025-03-09", "09/03/2025", "9 March 2025"),
        ("2030", "2030", "2030"),
        ("2026-2030", "2026-2030", "2026-2030"),
        ("2025-13", "2025-13", "2025-13"),
    ],
)
def test_quarters_months_and_days_in_answers(text: str, vi: str, en: str) -> None:
    """Text that only looks like a time stays as it is."""
    assert (moment_text(text, "vi"), moment_text(text, "en")) == (vi, en)

"""Dates, quarters, numbers and sizes as people of a language write them. `language` is "vi" or "en"."""

import re
from decimal import Decimal

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?")


def date_text(date: object, language: str) -> str:
    """Return a date of ISO 8601, also a year or a month alone, with or without a time: "05/11/2025" in Vietnamese,
    "5 November 2025" in English. What is no such date stays as it is."""
    found = _DATE.fullmatch(str(date))
    if found is None:
        return str(date)
    year, month, day = found.groups()
    if month is None or not 1 <= int(month) <= 12:
        return str(year)
    if language == "en":
        return " ".join(part for part in (day and str(int(day)), _MONTHS[int(month) - 1], year) if part)
    return "/".join(part for part in (day, month, year) if part)


def quarter_text(quarter: str, language: str) -> str:
    """Return a quarter like "2026-Q4": "Quý IV/2026" in Vietnamese, "Q4 2026" in English; else as it is."""
    found = _QUARTER.fullmatch(quarter)
    if found is None:
        return quarter
    year, number = found.groups()
    return f"Q{number} {year}" if language == "en" else f"Quý {_ROMAN[number]}/{year}"


def moment_text(text: str, language: str) -> str:
    """Return a quarter, a month or a day as `quarter_text` and `date_text` do; any other text as it is."""
    return date_text(text, language) if _MONTH.fullmatch(text) else quarter_text(text, language)


def number_text(value: float | Decimal | str, language: str) -> str:
    """Return a number with its decimals as given: "1.234,5" in Vietnamese, "1,234.5" in English,
    below zero with the sign for minus."""
    written = f"{value:,}" if isinstance(value, int) else f"{Decimal(str(value)):,f}"
    written = written.replace("-", "−")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written if language == "en" else written.translate(str.maketrans(",.", ".,"))


def size_text(size: int, language: str) -> str:
    """Return a number of bytes as B, kB, MB or GB (powers of 1000), with three digits at most."""
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    rounded = round(value, 0 if value >= 100 or unit == "B" else 1)
    return f"{number_text(rounded, language)} {unit}"

"""Deadlines: what a "thời gian hoàn thành" cell says, as typed values."""

from __future__ import annotations

import calendar
import dataclasses
import datetime
import re
from collections.abc import Sequence
from functools import lru_cache

from graph.records import Deadline, Recurrence
from graph.text import fold_in_place

# All patterns read the folded text (no diacritics, lower case), so that "Quý", "qúy" and OCR's "Quy" are one.
_YEAR = r"(20\d\d)"
_ROMAN = r"(iv|i{1,3}|[1-4]|mot|nhat|hai|ba|tu)"
_QUARTER = r"(?:qu[yi]\s*|q\.?\s*(?=[1-4iv]))"
_OF_YEAR = rf"\s*(?:[/.,-]\s*)?(?:nam\s*)?{_YEAR}"
_ALSO = r"\s*(?:,|;|&|va|,\s*va)\s*"
_DASH = r"\s*(?:-|–|—|den(?:\s+het)?|toi)\s*"
_MONTH_WORD = r"(?:thang|t)\s*"

_DAY = rf"(\d{{1,2}})\s*[/.-]\s*(\d{{1,2}})\s*[/.-]\s*{_YEAR}"
_MONTH_OF_YEAR = rf"(?:{_MONTH_WORD})?(\d{{1,2}})\s*(?:[/-]|\s+nam)\s*{_YEAR}"
_PERIOD = r"(?:tuan|thang|quy|(?:0?[36]|ba|sau)\s*thang|nam)(?!\s*20\d\d)(?!\s*\d{1,2}\s*[/-])"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("done", r"da\s+(?:hoan\s+thanh|thuc\s+hien|ban\s+hanh|trien\s+khai|duoc\s+ban\s+hanh)"),
    ("days", rf"(?:ngay\s*)?{_DAY}{_DASH}(?:ngay\s*)?{_DAY}"),
    ("day", rf"(?:ngay\s*)?{_DAY}|ngay\s*(\d{{1,2}})\s*thang\s*(\d{{1,2}})\s*nam\s*{_YEAR}"),
    ("quarter_list", rf"{_QUARTER}{_ROMAN}(?:{_ALSO}{_QUARTER}?{_ROMAN})+{_OF_YEAR}"),
    ("quarters", rf"{_QUARTER}{_ROMAN}(?:{_OF_YEAR})?{_DASH}{_QUARTER}?{_ROMAN}{_OF_YEAR}"),
    ("quarter", rf"{_QUARTER}{_ROMAN}{_OF_YEAR}"),
    ("half", rf"(?:(?:0?6|sau)\s*thang|nua)\s*(dau|cuoi)\s*(?:cua\s*)?(?:nam\s*)?{_YEAR}"),
    ("times", r"(\d{1,2}|mot|hai)\s*lan\s*/?\s*(?:0?1\s*|mot\s*|moi\s*|trong\s*)?(tuan|thang|quy|nam)"),
    (
        "every_months",
        r"(\d{1,2})\s*thang\s*(?:/|mot|0?1)\s*(?:0?1\s*)?lan"
        rf"|dinh\s+ky\s+(\d{{1,2}})\s*thang(?!\s*(?:,|va|/)\s*{_PERIOD})",
    ),
    ("every_years", r"(\d{1,2})\s*nam\s*(?:/|mot|0?1)\s*(?:0?1\s*)?lan"),
    ("months_short", rf"{_MONTH_WORD}(\d{{1,2}})\s*[-–]\s*(?:{_MONTH_WORD})?(\d{{1,2}})\s*/\s*{_YEAR}"),
    ("months", rf"{_MONTH_OF_YEAR}{_DASH}{_MONTH_OF_YEAR}"),
    ("month_list", rf"{_MONTH_WORD}\d{{1,2}}(?:{_ALSO}(?:{_MONTH_WORD})?\d{{1,2}})+{_OF_YEAR}"),
    (
        "month",
        rf"(?:{_MONTH_WORD})?(\d{{1,2}})\s*[/-]\s*{_YEAR}|thang\s*(\d{{1,2}})\s*\.?\s*(?:cua\s*)?(?:nam\s*)?{_YEAR}",
    ),
    ("years", rf"(?:nam\s*)?{_YEAR}{_DASH}(?:nam\s*)?{_YEAR}"),
    ("from_year", rf"(?:(?:bat\s+dau|ke)\s+)?tu\s+(?:nam\s*)?{_YEAR}(?!{_DASH}(?:nam\s*)?20)"),
    ("year", rf"(?:nam\s*)?{_YEAR}"),
    (
        "ongoing",
        r"thuong\s+xuyen|lien\s+tuc|(?:va\s+)?(?:nhung|cac)\s+nam\s+(?:tiep\s+theo|sau|ke\s+tiep)|hang\s+ngay"
        r"|lau\s+dai|dai\s+han",
    ),
    (
        "recurring",
        rf"(?:h[aă]ng|moi|dinh\s+ky)\s+{_PERIOD}(?:\s*(?:,|va|/)\s*(?:h[aă]ng\s+|moi\s+)?{_PERIOD})*"
        rf"|0?[36]\s*thang\s*(?:,|va|/)\s*(?:ca\s+|hang\s+)?nam(?!\s*20\d\d)"
        r"|(?:tuan|thang|quy|nam)\s*/\s*lan|thuong\s+nien",
    ),
)
_SCAN = re.compile("|".join(rf"(?<![a-z0-9])(?P<{name}>{pattern})(?![a-z0-9])" for name, pattern in _PATTERNS))
_BY_NAME = {name: re.compile(pattern) for name, pattern in _PATTERNS}
_CONDITION = re.compile(r"\W*(?:sau\s+khi|theo|khi|dinh\s+ky\s+theo|tuy\s+theo|phu\s+hop)\b")
_LONGEST_CONDITION = 16  # words
_EACH_PERIOD = re.compile(r"(?:(?P<months>0?[36]|ba|sau)\s*thang|(?P<unit>tuan|thang|quy|nam)|thuong\s+nien)")
_COUNT = {"mot": 1, "hai": 2, "ba": 3, "sau": 6}
_ANNUAL = Deadline("recurring", recurrence="annual")
_BROKEN_YEAR = re.compile(r"(?<=[/.-])(?:20\d (?=\d\b)|20 (?=\d\d\b)|2 (?=0\d\d\b))")
_BULLET = re.compile(r"(?:^|\s)[-–+]\s+")  # "- Tháng 11/2025 - Tháng 9/2028" lists two dates, it is no range
_MARK = re.compile(r"(?:^|(?<=\s))(\(?\d{1,2}\)|[-–+])\s+")  # what begins an item of a list in a cell
_EVERY_MONTHS: dict[int, Recurrence] = {1: "monthly", 3: "quarterly", 6: "semiannual", 12: "annual"}
_EVERY_YEARS: dict[int, Recurrence] = {1: "annual", 2: "biennial"}
_TIMES: dict[tuple[int, str], Recurrence] = {
    (1, "tuan"): "weekly",
    (1, "thang"): "monthly",
    (1, "quy"): "quarterly",
    (4, "nam"): "quarterly",
    (2, "nam"): "semiannual",
    (1, "nam"): "annual",
}
_PERIODS: dict[str, Recurrence] = {"tuan": "weekly", "thang": "monthly", "quy": "quarterly", "nam": "annual"}
_QUARTERS = {
    word: n for n, words in enumerate(("i 1 mot nhat", "ii 2 hai", "iii 3 ba", "iv 4 tu"), 1) for word in words.split()
}


def parse_deadlines(text: str) -> tuple[Deadline, ...]:
    """The deadlines of a cell in reading order; empty for an empty cell, one of kind ``other`` for what is no time at
    all.

    A quarter is the month it ends in; "Sau khi …" and "Theo …" are conditions, whatever year they name.
    """
    folded = _folded(text)
    if not any(c.isalnum() for c in folded):
        return ()
    if _CONDITION.match(folded):
        return (Deadline("other"),)
    items = _BULLET.split(folded) if _BULLET.match(folded) else [folded]
    matches = (match for item in items for match in _SCAN.finditer(item))
    found = [deadline for match in matches for deadline in _deadlines(match.lastgroup or "", match)]
    return tuple(dict.fromkeys(found)) or (Deadline("other"),)


def _folded(text: str) -> str:
    """A text folded, a year whole that a narrow cell breaks ("31/12/202 5")."""
    return _BROKEN_YEAR.sub(lambda broken: broken[0].rstrip(), fold_in_place(text))


def with_results(deadlines: Sequence[Deadline], cell: str, result: str) -> tuple[Deadline, ...]:
    """The deadlines of a cell, each with its result where both cells list as many items with the same marks: "(1) Quyết
    định; (2) Phần mềm" and "(1) Tháng 6/2025; (2) Tháng 10/2025"."""
    times, results = _listed(cell), _listed(result)
    if len(times) < 2 or len(times) != len(deadlines) or [m for m, _ in times] != [m for m, _ in results]:
        return tuple(deadlines)
    return tuple(dataclasses.replace(one, result=item) for one, (_, item) in zip(deadlines, results, strict=True))


def _listed(text: str) -> list[tuple[str, str]]:
    """The marks and items of a cell that is a list; empty for any other."""
    marks = list(_MARK.finditer(text))
    if not marks or marks[0].start() != 0:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [(mark[1], text[mark.end() : end].strip(" ;,.")) for mark, end in zip(marks, ends, strict=True)]


def is_deadline(text: str) -> bool:
    """Whether the whole of a cell reads as deadlines: hardly anything is left when they are taken out."""
    beside = words_beside_deadlines(text)
    return beside is not None and beside <= 4


@lru_cache(maxsize=65536)
def words_beside_deadlines(text: str) -> int | None:
    """How many words of a text are no part of its deadlines; None where it has none. A short condition is one as a
    whole, and belongs to the deadline before it ("2026-2030 theo hướng dẫn của Bộ")."""
    folded = _folded(text)
    if _CONDITION.match(folded):
        return 0 if len(folded.split()) <= _LONGEST_CONDITION else None
    opened = _SCAN.match(folded)
    if opened is None and not _SCAN.search(folded):
        return None
    behind = folded[opened.end() :] if opened else ""
    if _CONDITION.match(behind) and len(behind.split()) <= _LONGEST_CONDITION:
        return 0
    return len(_FILLER.sub(" ", _SCAN.sub(" ", folded)).split())


_FILLER = re.compile(
    r"[\W\d_]+|\b(?:hoan|thanh|truoc|trong|den|het|va|tu|nam|thang|quy|giai|doan|dinh|ky|ngay|cuoi|dau|moi|hang)\b"
)


def due_by(deadline: Deadline) -> datetime.date | None:
    """The last day the deadline can mean; None for one that has no end."""
    return None if deadline.end is None else last_day(deadline.end)


def edtf(deadline: Deadline) -> str | None:
    """The time of a deadline in the Extended Date/Time Format (ISO 8601-2, level 1): "2025/2030", "2026-06", and
    "2026-09/.." for one that is open at the end; None for one that names no time."""
    if deadline.start is None:
        return deadline.end
    return f"{deadline.start}/{deadline.end or '..'}"


def last_day(time: str) -> datetime.date:
    """The last day of a ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    parts = [int(part) for part in time.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return datetime.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def _deadlines(name: str, match: re.Match[str]) -> list[Deadline]:
    inner = _BY_NAME[name].fullmatch(match[0])
    values = [value for value in (inner.groups() if inner else ()) if value is not None]
    match name:
        case "done":
            return [Deadline("done")]
        case "ongoing":
            return [Deadline("ongoing")]
        case "recurring":
            return [found for period in _EACH_PERIOD.finditer(match[0]) for found in _each(period)]
        case "times":
            return _recurring(_TIMES.get((_COUNT.get(values[0]) or int(values[0]), values[1])))
        case "every_months":
            return _recurring(_EVERY_MONTHS.get(int(values[0])))
        case "every_years":
            return _recurring(_EVERY_YEARS.get(int(values[0])))
        case "years":
            return (
                [Deadline("range", values[0], values[1])]
                if values[0] < values[1]
                else [Deadline("year", end=v) for v in values]
            )
        case "year":
            return [Deadline("year", end=values[0])]
        case "from_year":
            return [Deadline("ongoing", start=values[0])]
        case "half":
            return [Deadline("date", end=f"{values[1]}-{'06' if values[0] == 'dau' else '12'}")]
        case "quarter":
            return [Deadline("date", end=_month(_QUARTERS[values[0]] * 3, values[1]))]
        case "quarters":
            first, *middle, last, year = values
            begin = _month(_QUARTERS[first] * 3 - 2, middle[0] if middle else year)
            return [Deadline("range", begin, _month(_QUARTERS[last] * 3, year))]
        case "quarter_list":
            listed = re.findall(rf"(?<![a-z0-9]){_ROMAN}(?![a-z0-9])", match[0])
            return [Deadline("date", end=_month(_QUARTERS[q] * 3, match[0][-4:])) for q in listed]
        case "month_list":
            months = [int(m) for m in re.findall(r"\d+", match[0][:-4])]
            return [Deadline("date", end=_month(m, match[0][-4:])) for m in months if 1 <= m <= 12]
        case "months_short":
            return _range(values[0], values[2], values[1], values[2])
        case "months":
            return _range(*values)
        case "month":
            return [Deadline("date", end=_month(int(values[0]), values[1]))] if 1 <= int(values[0]) <= 12 else []
        case "days":
            first, last = _day(*map(int, values[:3])), _day(*map(int, values[3:]))
            return [Deadline("range", first[0].end, last[0].end)] if first and last else [*first, *last]
        case _:
            return _day(*map(int, values))


def _each(period: re.Match[str]) -> list[Deadline]:
    """ "hằng quý, 6 tháng" a period at a time."""
    if period["months"]:
        return _recurring(_EVERY_MONTHS.get(_COUNT.get(period["months"]) or int(period["months"])))
    return [Deadline("recurring", recurrence=_PERIODS[period["unit"]])] if period["unit"] else [_ANNUAL]


def _recurring(recurrence: Recurrence | None) -> list[Deadline]:
    return [Deadline("recurring", recurrence=recurrence)] if recurrence else [Deadline("other")]


def _range(month: str, year: str, last_month: str, last_year: str) -> list[Deadline]:
    if not (1 <= int(month) <= 12 and 1 <= int(last_month) <= 12):
        return []
    return [Deadline("range", _month(int(month), year), _month(int(last_month), last_year))]


def _day(day: int, month: int, year: int) -> list[Deadline]:
    try:
        return [Deadline("date", end=datetime.date(year, month, day).isoformat())]
    except ValueError:
        return []


def _month(month: int, year: str) -> str:
    return f"{year}-{month:02}"

"""Periods in a question: days, weeks, months, quarters, halves, years and spans, also as seen from the day asked."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.asking import AskingError
from graph.entries import read_toml
from graph.text import fold_in_place

_WORD = re.compile(r"[a-z]+")
_OF_YEAR = ("", "cua", "trong", "of", "in")  # what may stand between a month and its year
_WORDS = Path(__file__).with_name("periods.toml")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
_BEFORE = ("in", "by", "to", "from", "since", "before", "until", "of", "for", "through", "during", "till")
_BEFORE_MONTH = "|".join(f"(?<={word} )" for word in (*_BEFORE, "and", "between"))
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``begin`` to ``end``, both included, None where it is open; written from ``start`` to ``stop``.

    ``year`` is the calendar year that it is, or ends with ("đến năm 2030"); ``written_year`` says whether a year stands
    there, or the one of the day of asking was taken.
    """

    start: int
    stop: int
    begin: datetime.date | None
    end: datetime.date | None
    year: int | None = None
    written_year: bool = True


class PeriodReader:
    """Finds periods. Made once, for the words of periods.toml."""

    def __init__(self, path: Path = _WORDS) -> None:
        """Read the words. Raises AskingError."""
        words = read_toml(path, AskingError)
        self._units = _lookup(words["unit"])
        self._days = _lookup(words["day"])
        self._next = _any(words["ahead"]["next"])
        self._shifts = _lookup(words["shift"])
        self._months = _lookup(words["month"])
        self._ordinals = _lookup(words["ordinal"])
        self._halves = _lookup(words["half"])
        bounds = words["bound"]
        behind = "".join(rf"(?<!{re.escape(fold_in_place(word))} )" for word in bounds["not_behind"])
        self._bounds = re.compile(
            rf"(?<!\w){behind}(?:(?P<until>{_any(bounds['until'])})|(?P<since>{_any(bounds['since'])}))\s+$"
        )
        self._open = re.compile(rf"(?<!\w)(?:{_any(words['range']['open'])})\s+$")
        self._between = re.compile(rf"\s*(?:{_any(words['range']['between'])})\s*")
        self._patterns = self._compiled()

    def read(self, text: str, today: datetime.date) -> tuple[Period, ...]:
        """The periods of a text (NFC), in order; months and quarters without a year are of the year of ``today``."""
        folded = _WORD.sub(lambda word: self._no_month(word, text), fold_in_place(text))
        single = _in_years(list(self._single(folded, today)), folded)
        found = []
        while single:
            first = single.pop(0)
            between = self._between.fullmatch(folded, first.stop, single[0].start) if single else None
            opened = self._open.search(folded[: first.start])
            closing = single[0] if between and (opened or not between[0].strip().isalpha()) else None
            if closing is not None:
                single.pop(0)
                start = opened.start() if opened else first.start
                begin = _in_year_of(first, closing).begin
                found.append(replace(closing, start=start, begin=begin, year=None))
            else:
                found.append(self._bounded(folded, first))
        return tuple(found)

    def _no_month(self, word: re.Match[str], text: str) -> str:
        """A word; where only its accents tell it from an English month ("máy" from "May"), nothing readable."""
        accented = not text[word.start() : word.end()].isascii()
        return "_" * len(word[0]) if accented and word[0] in self._months else word[0]

    def _bounded(self, folded: str, period: Period) -> Period:
        bound = self._bounds.search(folded[: period.start])
        if bound is None:
            return period
        if bound["until"]:
            return replace(period, start=bound.start(), begin=None)
        return replace(period, start=bound.start(), end=None)

    def _single(self, folded: str, today: datetime.date) -> Iterator[Period]:
        position = 0
        while position < len(folded):
            best: Period | None = None
            for pattern, read in self._patterns:
                match = pattern.search(folded, position)
                if match is None or (best and (match.start(), -match.end()) >= (best.start, -best.stop)):
                    continue
                best = read(match, today) or best
            if best is None:
                return
            yield best
            position = best.stop

    def _compiled(self) -> list[tuple[re.Pattern[str], Any]]:
        unit, shift, month = (_keys(words) for words in (self._units, self._shifts, self._months))
        units, ahead = _keys(self._units | self._days), self._next
        ordinal, year = _keys(self._ordinals), r"(?P<year>(?:19|20)\d\d)"
        of_year = rf"(?:\s*[/,-]?\s*(?:nam|of|year)?\s*{year})"
        or_short = rf"(?:{of_year}|\s*[/'’]\s*(?P<short>2\d)(?!\s*/))"
        patterns: list[tuple[str, Any]] = [
            (rf"(?:ngay\s+)?(?P<day>\d\d?)\s*[/.-]\s*(?P<month>\d\d?)\s*[/.-]\s*{year}", _day),
            (rf"{year}-(?P<month>\d\d)-(?P<day>\d\d)", _day),
            (rf"(?:ngay\s+)?(?P<day>\d\d?)\s+thang\s+(?P<month>\d\d?){of_year}?", _day),
            (rf"(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?P<name>{month}){of_year}?", self._named_day),
            (rf"(?P<name>{month})\s+(?P<day>\d\d?)(?:st|nd|rd|th)?(?!\d){of_year}?", self._named_day),
            (r"(?:ngay\s+)(?P<day>\d\d?)/(?P<month>\d\d?)", _day),
            (rf"(?:quy|quarter|q)\s*(?P<number>{ordinal}){or_short}?", self._quarter),
            (r"q(?P<number>[1-4])\s+(?P<short>2\d)", self._quarter),
            (rf"(?P<number>{ordinal})\s+quarter{of_year}?", self._quarter),
            (rf"(?P<half>{_keys(self._halves)}){of_year}?", self._half),
            (rf"(?:thang|month)\s*(?P<number>\d\d?){or_short}?", _month),
            (rf"(?P<number>\d\d?)/{year}", _month),
            (rf"(?P<name>{month}){of_year}", self._named_month),
            (rf"(?:{_BEFORE_MONTH})(?P<name>{month})", self._named_month),
            (r"(?<=(?:den|toi|het) )(?P<day>\d\d?)/(?P<month>\d\d?)(?!/)", _day),
            (r"(?<=truoc )(?P<day>\d\d?)/(?P<month>\d\d?)(?!/)", _day),
            (rf"(?P<number>\d\d?)\s+(?P<unit>{units})\s+(?:{ahead})", self._ahead),
            (rf"(?:{ahead})\s+(?P<number>\d\d?)\s+(?P<unit>{units})", self._ahead),
            (rf"(?P<unit>{unit})\s+(?P<shift>{shift})", self._relative),
            (rf"(?P<shift>{shift})\s+(?P<unit>{unit})", self._relative),
            (rf"(?:(?<=het )|(?<=cuoi )|(?<=end of the ))(?P<unit>{unit})(?!\s+\d)", self._relative),
            (rf"(?:nam\s+|year\s+|in\s+)?(?<!/){year}", _year),
        ]
        return [(re.compile(rf"(?<!\w)(?:{text})(?!\w)"), read) for text, read in patterns]

    def _named_day(self, match: re.Match[str], today: datetime.date) -> Period | None:
        return _day(match, today, int(self._months[match["name"]]))

    def _named_month(self, match: re.Match[str], today: datetime.date) -> Period | None:
        return _span(match, _stated_year(match), int(self._months[match["name"]]), 1, today)

    def _quarter(self, match: re.Match[str], today: datetime.date) -> Period | None:
        return _span(match, _stated_year(match), 3 * int(self._ordinals[match["number"]]) - 2, 3, today)

    def _half(self, match: re.Match[str], today: datetime.date) -> Period | None:
        return _span(match, _stated_year(match), 6 * int(self._halves[match["half"]]) - 5, 6, today)

    def _ahead(self, match: re.Match[str], today: datetime.date) -> Period | None:
        """So many days, weeks, months … from the day of asking on."""
        number, unit = int(match["number"]), (self._days | self._units)[match["unit"]]
        if unit in _DAYS:
            end = today + datetime.timedelta(days=_DAYS[unit] * number)
        else:
            year, month = divmod(12 * today.year + today.month - 1 + _MONTHS[unit] * number, 12)
            last = calendar.monthrange(year, month + 1)[1]
            end = datetime.date(year, month + 1, min(today.day, last))
        return Period(match.start(), match.end(), today, end, written_year=False)

    def _relative(self, match: re.Match[str], today: datetime.date) -> Period | None:
        unit, shift = self._units[match["unit"]], int(self._shifts[match.groupdict().get("shift") or "nay"])
        if unit == "week":
            begin = today + datetime.timedelta(days=7 * shift - today.weekday())
            return Period(match.start(), match.end(), begin, begin + datetime.timedelta(days=6))
        length = _MONTHS[unit]
        months = (12 * today.year + today.month - 1) // length * length + shift * length
        return _span(match, months // 12, months % 12 + 1, length, today)


def _lookup(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What each word, folded, stands for."""
    return {fold_in_place(word): key for key, words in table.items() for word in words}


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(map(fold_in_place, words), key=len, reverse=True))


def _keys(words: Mapping[str, str]) -> str:
    return _any(tuple(words))


def _stated_year(match: re.Match[str]) -> int | None:
    """The year written there, in full or with two digits of this century ("Q3/26")."""
    written = match.groupdict()
    year = written.get("year") or (written.get("short") and f"20{written['short']}")
    return int(year) if year else None


def _day(match: re.Match[str], today: datetime.date, month: int | None = None) -> Period | None:
    year = _stated_year(match)
    try:
        day = datetime.date(year or today.year, month or int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return Period(match.start(), match.end(), day, day, written_year=year is not None)


def _month(match: re.Match[str], today: datetime.date) -> Period | None:
    number = int(match["number"])
    return _span(match, _stated_year(match), number, 1, today) if 1 <= number <= 12 else None


def _year(match: re.Match[str], today: datetime.date) -> Period | None:
    return _span(match, _stated_year(match), 1, 12, today)


def _span(match: re.Match[str], stated: int | None, month: int, length: int, today: datetime.date) -> Period | None:
    """The months from ``month`` on."""
    year, last = stated or today.year, month + length - 1
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    begin = datetime.date(year, month, 1)
    end = datetime.date(year, last, calendar.monthrange(year, last)[1])
    whole = year if length == 12 else None
    return Period(match.start(), match.end(), begin, end, whole, written_year=stated is not None)


def _in_years(single: Sequence[Period], folded: str) -> list[Period]:
    """Periods; one of no year right before a year is of that year ("quý II năm nay", "May next year")."""
    found: list[Period] = []
    for period in single:
        last = found[-1] if found else None
        if last and period.year and folded[last.stop : period.start].strip(" ,/-") in _OF_YEAR and _yearless(last):
            found[-1] = replace(_moved(last, period.year), stop=period.stop, written_year=True)
        else:
            found.append(period)
    return found


def _yearless(period: Period) -> bool:
    begin, end = period.begin, period.end
    return not (period.year or period.written_year) and bool(begin and end and begin.year == end.year)


def _moved(period: Period, year: int) -> Period:
    """The same days of another year; the last of a month stays the last."""
    if period.begin is None or period.end is None:
        return period
    last = calendar.monthrange(year, period.end.month)[1]
    whole = period.end.day == calendar.monthrange(period.end.year, period.end.month)[1]
    end = datetime.date(year, period.end.month, last if whole else min(period.end.day, last))
    begin = datetime.date(year, period.begin.month, min(period.begin.day, last))
    return replace(period, begin=begin, end=end)


def _in_year_of(first: Period, closing: Period) -> Period:
    """The beginning of a span in the year of its end, where only that is written ("quý I đến quý II/2027")."""
    if first.written_year or not closing.written_year or first.begin is None or closing.end is None:
        return first
    return replace(first, begin=first.begin.replace(year=closing.end.year))

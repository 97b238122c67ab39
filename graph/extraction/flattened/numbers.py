"""Which lines of a flattened table begin a row: the likeliest chain of row numbers.

Cells hold numbers too (a year that a line break cut off, "Đề án 06"). A number begins a row where the numbers before
and after it count on to it; the chain that counts on best is found by dynamic programming over all lines that could
begin a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.extraction.flattened.lines import Line
from graph.text import CAPITALS, roman

_LETTERS = "ABCDE"  # of headings; further ones are also Roman numerals, or never used
_ALONE = re.compile(r"([1-9]\d{0,2}(?:\.[1-9]\d{0,2})*|[IVXL]+)[.)]?")
_BEFORE_TEXT = re.compile(rf"([1-9]\d{{0,2}}(?:\.[1-9]\d{{0,2}})*|[IVXL]+)[.)]?\s+(?=[{CAPITALS}“\"(])")
_LETTER = re.compile(rf"([{_LETTERS}])(?:[.)]?$|[.)]?\s+(?=[{CAPITALS}]))")
_ROMAN = {roman(n): n for n in range(1, 49)}
_WANTS_NUMBER = re.compile(r"\b(?:khu vực|(?<!hằng )(?<!mỗi )(?<!từng )quý|hạng|chương|phụ lục)$", re.IGNORECASE)
_FEWEST_LETTERS = 2
_REACH = 40  # how many candidates back the one before may stand
_SKIP_ALONE, _SKIP_GLUED = -6.0, -0.3


@dataclass(frozen=True, slots=True)
class Start:
    """A line that begins a row: its index, the number as printed without point, and where the text behind it begins."""

    line: int
    number: str
    text_at: int


def find_starts(lines: Sequence[Line]) -> list[Start]:
    """The lines that begin rows, in order."""
    candidates = _candidates(lines)
    headings = [c for c in candidates if c.number in _ROMAN and not _wants_number(lines[max(0, c.line - 1)])]
    found = _chain(candidates, lines)[0] + _headings(headings) + _lettered(lines)
    return sorted(found, key=lambda start: start.line)


def counting(lines: Sequence[Line]) -> float:
    """How well the numbers that begin rows count on, the more the better."""
    return _chain(_candidates(lines), lines)[1]


def _candidates(lines: Sequence[Line]) -> list[Start]:
    return [start for start in map(_candidate, range(len(lines)), lines) if start]


def _candidate(i: int, line: Line) -> Start | None:
    text = line.text.text
    alone = _ALONE.fullmatch(text)
    if alone:
        return Start(i, alone[1], len(text))
    glued = _BEFORE_TEXT.match(text)
    return Start(i, glued[1], glued.end()) if glued else None


def _wants_number(line: Line) -> bool:
    """Whether a line ends in a word that a numeral belongs to ("khu vực | III")."""
    return bool(_WANTS_NUMBER.search(line.text.text))


def _headings(candidates: Sequence[Start]) -> list[Start]:
    """Roman numerals that count on from I; others are words of a cell."""
    chain: list[Start] = []
    for candidate in candidates:
        value = _ROMAN[candidate.number]
        if value == 1 or (chain and 0 < value - _ROMAN[chain[-1].number] <= 2):
            chain.append(candidate)
    return chain


def _lettered(lines: Sequence[Line]) -> list[Start]:
    """Letters with a title that count on from A, two at least; one alone may be a word of a cell."""
    chain: list[Start] = []
    written = [i for i, line in enumerate(lines) if line.text]
    for i, below in zip(written, [*written[1:], None], strict=True):
        found = _LETTER.match(lines[i].text.text)
        if not found or found[1] != _LETTERS[len(chain) : len(chain) + 1]:
            continue
        if found.end() < len(lines[i].text) or (below and not _candidate(below, lines[below])):
            chain.append(Start(i, found[1], found.end()))
    return chain if len(chain) >= _FEWEST_LETTERS else []


def _chain(all_candidates: Sequence[Start], lines: Sequence[Line]) -> tuple[list[Start], float]:
    """The likeliest chain of row numbers, and how well they count on."""
    candidates = [candidate for candidate in all_candidates if candidate.number[0].isdigit()]
    if not candidates:
        return [], 0.0
    skips = [_SKIP_ALONE if c.text_at == len(lines[c.line].text) else _SKIP_GLUED for c in candidates]
    skipped = [0.0]
    for skip in skips:
        skipped.append(skipped[-1] + skip)
    best: list[tuple[float, int]] = []
    for i, candidate in enumerate(candidates):
        options = [(skipped[i] + _step(None, candidate.number), -1)]
        for j in range(max(0, i - _REACH), i):
            options.append(
                (best[j][0] + skipped[i] - skipped[j + 1] + _step(candidates[j].number, candidate.number), j)
            )
        best.append(max(options))
    totals = [best[k][0] + skipped[-1] - skipped[k + 1] for k in range(len(candidates))]
    i = max(range(len(candidates)), key=totals.__getitem__)
    total = totals[i]
    chain = []
    while i >= 0:
        chain.append(candidates[i])
        i = best[i][1]
    return chain[::-1], total


def _step(before: str | None, number: str) -> float:
    """How well a row number counts on from the one before."""
    if before is None:
        return 3.0 if number in ("1", "1.1") else -1.0
    old, new = ([int(part) for part in text.split(".")] for text in (before, number))
    if new == [*old, 1] or new == [*old[:-1], old[-1] + 1]:
        return 3.0
    if len(new) < len(old) and new[:-1] == old[: len(new) - 1] and new[-1] == old[len(new) - 1] + 1:
        return 3.0  # 39.63 -> 40
    if len(new) == len(old) > 1 and new[:-2] == old[:-2] and new[-2:] == [old[-2] + 1, 1]:
        return 3.0  # 1.3 -> 2.1, 2 being a heading without number or one that its sections do without
    if (
        len(new) == len(old) + 1
        and new[: len(old) - 1] == old[:-1]
        and new[-1] == 1
        and new[len(old) - 1] == old[-1] + 1
    ):
        return 1.0  # 57 -> 58.1
    if len(new) <= len(old) and new[:-1] == old[: len(new) - 1]:
        gap = new[-1] - old[len(new) - 1]
        return -0.5 * abs(gap - 1) if -1 <= gap <= 4 else -4.0  # a number left out, repeated, or out of order
    return -4.0

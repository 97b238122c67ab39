"""The words of a line, and the pieces that wide gaps part them into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from graph.reading.cell_lines import ROW_NUMBER

_PAGE_NUMBER = re.compile(r"[-–]?\d{1,3}[-–]?")


class Word(Protocol):
    """A word on a line: where it begins and ends, and what it says."""

    @property
    def x0(self) -> float:
        """Where it begins."""

    @property
    def x1(self) -> float:
        """Where it ends."""

    @property
    def text(self) -> str:
        """What it says."""


W = TypeVar("W", bound=Word)
Words = Sequence[W]
"""The words of a line from left to right; none for a blank line."""


def pieces_of(line: Words[W], unit: float) -> list[list[W]]:
    """The words of a line, those with narrow gaps between them together."""
    pieces: list[list[W]] = []
    for word in line:
        if pieces and word.x0 - pieces[-1][-1].x1 < 2 * unit:
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def opens_row(line: Words[W], unit: float) -> bool:
    """Whether a line begins with a row number apart from what follows it."""
    return len(line) > 1 and ROW_NUMBER.fullmatch(line[0].text) is not None and len(pieces_of(line, unit)[0]) == 1


def is_same(one: Words[W], other: Words[W]) -> bool:
    """Whether two lines hold the same words."""
    return [word.text for word in one] == [word.text for word in other]


def is_numeral(line: Words[W]) -> bool:
    """Whether a line holds nothing but the number of a heading whose title stands above and below it."""
    return len(line) == 1 and ROW_NUMBER.fullmatch(line[0].text) is not None


def is_page_number(line: Words[W]) -> bool:
    """Whether a line holds nothing but what can be the number of a page."""
    return len(line) == 1 and _PAGE_NUMBER.fullmatch(line[0].text) is not None

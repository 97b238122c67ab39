"""Where a row stands among the headings of its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.source_text import SourceText

ROMAN_OR_LETTER = re.compile(r"[IVXLC]+|[A-ZĐ]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that only groups the rows below it; ``written`` is its title where it stands."""

    number: str | None
    title: str
    written: SourceText = field(default_factory=SourceText.empty)


@dataclass(frozen=True, slots=True)
class Section:
    """The headings above a row, outermost first."""

    headings: tuple[Heading, ...] = ()

    @property
    def number(self) -> str | None:
        """The numbers of the headings joined ("I.1"), None where none has one."""
        return ".".join(heading.number for heading in self.headings if heading.number) or None

    @property
    def title(self) -> str | None:
        """The innermost heading."""
        return self.headings[-1].title if self.headings else None

    def below(self, heading: Heading) -> Section:
        """The section that a heading opens: a Roman numeral, a letter or no number starts anew, an Arabic number stands
        below those."""
        if heading.number is None or ROMAN_OR_LETTER.fullmatch(heading.number):
            return Section((heading,))
        return Section((*self._outer(), heading))

    def around(self, number: str | None) -> Section:
        """The section of a row with this number: one that counts on from an Arabic heading stands beside it, not
        below."""
        last = self.headings[-1].number if self.headings else None
        if number is None or last is None or not last.isdigit() or not number.isdigit() or int(number) <= int(last):
            return self
        return Section(self._outer())

    def _outer(self) -> tuple[Heading, ...]:
        return tuple(h for h in self.headings if h.number is None or ROMAN_OR_LETTER.fullmatch(h.number))


def plain_number(text: str) -> str | None:
    """A printed row number without its point or bracket, None for none."""
    return text.strip(" .)(") or None


def concluded_number(numbers: Sequence[str | None], i: int) -> str | None:
    """The number that row ``i``, printed without one, must have between its neighbours; None where that is open."""
    before = next((n for n in reversed(numbers[:i]) if n and n[0].isdigit()), None)
    after = next((n for n in numbers[i + 1 :] if n and n[0].isdigit()), None)
    if before and after and before.isdigit() and after.isdigit() and int(before) < int(after) - 1:
        return str(int(after) - 1)
    return None

"""Page breaks of a flattened table whose header is not repeated: the page numbers that stand between its lines.

Page numbers count on by one, a page apart, and the row numbers count on without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.extraction.flattened.lines import Line
from graph.extraction.flattened.numbers import find_starts

_NUMBER = re.compile(r"[-–]?\s*([1-9]\d{0,2})\s*[-–]?")
_PAGE = range(18, 140)  # how many lines of text a page of a table can have
_FIRST = 12  # lines of text before the first page break; a number further up is that of the first row
_FEWEST = 2
_COVERED = 0.5  # share of the table that the pages found must take


def with_page_breaks(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without page numbers, a page break where each stood; as they are where headers mark the breaks."""
    if any(line.after_break for line in lines):
        return lines
    numbers = _page_numbers(lines)
    rest = [line for i, line in enumerate(lines) if i not in numbers]
    if len(numbers) < _FEWEST or len(find_starts(rest)) < len(find_starts(lines)) - len(numbers) // 2:
        return lines  # they are row numbers
    found: list[Line] = []
    after_break = False
    for i, line in enumerate(lines):
        if i in numbers:
            after_break = True
        else:
            found.append(replace(line, after_break=after_break))
            after_break = after_break and not line.text
    return found


def _page_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """The longest chain of numbers alone on their lines that count on by one, a page apart; empty where it takes up
    only a part of the table."""
    written = [i for i, line in enumerate(lines) if line.text]
    values = {n: int(m[1]) for n, i in enumerate(written) if (m := _NUMBER.fullmatch(lines[i].text.text))}
    chains: dict[int, tuple[int, ...]] = {}
    for n, value in values.items():
        if n < _FIRST:
            continue
        before = (chains[m] for m in chains if values[m] == value - 1 and n - m in _PAGE)
        chains[n] = (*max(before, key=len, default=()), n)
    longest = max(chains.values(), key=len, default=())
    covered = longest[-1] - longest[0] if longest else 0
    return frozenset(written[n] for n in longest) if covered >= _COVERED * len(written) else frozenset()

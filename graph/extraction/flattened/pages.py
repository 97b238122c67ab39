"""Page breaks of a flattened table whose header is not repeated: the page numbers that stand between its lines.

Page numbers count on by one, a page apart, and the row numbers count on without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.extraction.flattened.lines import Line
from graph.extraction.flattened.numbers import counting, find_starts

_NUMBER = re.compile(r"[-–]?\s*([1-9]\d{0,2})\s*[-–]?")
_PAGE = range(18, 140)  # how many lines of text a page of a table can have
_FIRST = 12  # lines of text before the first page break; a number further up is that of the first row
_FEWEST = 2
_TRIED = 8  # chains as long, of which row numbers count on best without the right one
_COVERED = 0.5  # share of the table that the pages found must take


def with_page_breaks(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without page numbers, a page break where each stood; as they are where headers mark the breaks."""
    if any(line.after_break for line in lines):
        return lines
    chosen = max(_page_numbers(lines), key=lambda numbers: counting(_without(lines, numbers)), default=frozenset())
    if len(chosen) < _FEWEST or len(find_starts(_without(lines, chosen))) < len(find_starts(lines)) - len(chosen) // 2:
        return lines  # they are row numbers
    found: list[Line] = []
    after_break = False
    for i, line in enumerate(lines):
        if i in chosen:
            after_break = True
        else:
            found.append(replace(line, after_break=after_break))
            after_break = after_break and not line.text
    return found


def _without(lines: Sequence[Line], numbers: frozenset[int]) -> list[Line]:
    return [line for i, line in enumerate(lines) if i not in numbers]


def _page_numbers(lines: Sequence[Line]) -> list[frozenset[int]]:
    """The longest chains of numbers alone on their lines that count on by one, a page apart, at most so many; none that
    takes up only a part of the table."""
    written = [i for i, line in enumerate(lines) if line.text]
    values = {n: int(m[1]) for n, i in enumerate(written) if (m := _NUMBER.fullmatch(lines[i].text.text))}
    chains: dict[int, list[tuple[int, ...]]] = {}
    for n, value in values.items():
        if n < _FIRST:
            continue
        before = [chain for m in chains if values[m] == value - 1 and n - m in _PAGE for chain in chains[m]]
        chains[n] = [(*chain, n) for chain in _longest(before)] or [(n,)]
    found = _longest([chain for ending in chains.values() for chain in ending])
    covering = (chain for chain in found if chain[-1] - chain[0] >= _COVERED * len(written))
    return [frozenset(written[n] for n in chain) for chain in covering]


def _longest(chains: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    longest = max(map(len, chains), default=0)
    return [chain for chain in chains if len(chain) == longest][:_TRIED]

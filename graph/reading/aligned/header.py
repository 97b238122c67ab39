"""The header of a table whose words stand in columns: where it ends, and where its labels stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from graph.reading.aligned.pieces import W, Words, is_same, opens_row, pieces_of

_FEWEST_COLUMNS = 3
_MOST_HEADER_LINES = 8
_LONGEST_LABEL = 70  # characters


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label of the header stands."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """Half way between where it begins and where it ends."""
        return (self.x0 + self.x1) / 2

    def overlaps(self, other: Label) -> bool:
        """Whether some place of the line belongs to both."""
        return self.x0 < other.x1 and other.x0 < self.x1


def end_of_header(lines: Sequence[Words[W]], start: int, unit: float) -> int | None:
    """Where the first row of a table begins whose header begins at a line, None where none does."""
    if len(pieces_of(lines[start], unit)) < 2 or opens_row(lines[start], unit) or _is_bracketed(lines[start]):
        return None
    most, right = 0, math.inf
    for i in range(start, min(start + _MOST_HEADER_LINES + 1, len(lines))):
        if i > start and opens_row(lines[i], unit) and lines[i][0].x0 <= right + unit:
            return i if most >= _FEWEST_COLUMNS else None
        pieces = pieces_of(lines[i], unit)
        right = min(right, pieces[0][-1].x1) if pieces else right
        if any(sum(len(word.text) + 1 for word in piece) > _LONGEST_LABEL for piece in pieces):
            return None
        most = max(most, len(pieces))
    return None


def _is_bracketed(line: Words[W]) -> bool:
    """Whether a line is one remark in brackets, with blanks to fill in: "(Kèm theo Kế hoạch số    /KH-UBND)"."""
    said = " ".join(word.text for word in line)
    return said.startswith("(") and said.endswith(")") and said.count("(") == 1


def shortest(lines: Sequence[Words[W]], start: int, body: int) -> int:
    """Where a header ends whose first line comes again: what follows both is the header."""
    for again in range(body, len(lines)):
        if is_same(lines[again], lines[start]):
            size = next((n for n in range(1, body - start) if not _same_at(lines, start + n, again + n)), body - start)
            return start + size
    return body


def _same_at(lines: Sequence[Words[W]], one: int, other: int) -> bool:
    return other < len(lines) and is_same(lines[one], lines[other])


def labels_of(header: Sequence[Words[W]], unit: float) -> list[Label]:
    """The labels of a header from left to right; one that stands over several gives way to them."""
    labels: list[Label] = []
    for line in header:
        pieces = [Label(piece[0].x0, piece[-1].x1) for piece in pieces_of(line, unit)]
        kept = [label for label in labels if sum(piece.overlaps(label) for piece in pieces) < 2]
        for piece in pieces:
            below = [label for label in kept if piece.overlaps(label)]
            if len(below) > 1:  # it stands over them
                continue
            kept = [label for label in kept if label not in below]
            kept.append(
                Label(min(piece.x0, *(b.x0 for b in below)), max(piece.x1, *(b.x1 for b in below))) if below else piece
            )
        labels = sorted(kept, key=lambda label: label.x0)
    return labels

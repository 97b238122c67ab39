"""Letterheads in two columns: who issues a document on the left, the motto of the State with place and date on the
right (Decree 30/2020/NĐ-CP, Annex I). Their lines are no rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.source_text import SourceText

_MOST_LINES = 6
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM")


def read(rows: Sequence[Sequence[SourceText]]) -> list[SourceText]:
    """The lines of a letterhead whose rows are given, column by column with an empty one between; none for rows that do
    not hold the motto of the State or the Party beside something."""
    if len(rows) > _MOST_LINES or not any(_MOTTO.search(cell.text) for row in rows for cell in row[1:]):
        return []
    left = [row[0] for row in rows if row]
    right = [SourceText.join(" ", row[1:]) for row in rows]
    return [*left, SourceText.empty(), *filter(None, right), SourceText.empty()]

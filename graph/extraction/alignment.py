"""Which cell of a printed row belongs in which column.

OCR loses cells, adds some and prints others a column too far, so position alone does not tell. Each cell has a
likelihood for each column (an agency cell reads as agencies, a deadline as a time, a value as a quantity); a dynamic
programme finds the placing from left to right that is likeliest as a whole, where leaving one's printed place has its
price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.extraction.agencies import AgencyReader
from graph.extraction.deadlines import is_deadline
from graph.extraction.headers import Column
from graph.extraction.quantities import parse_quantity
from graph.reading.cell_lines import ROW_NUMBER
from graph.source_text import SourceText

SHIFT = 1.5  # price of leaving the printed place, once for all the cells that move together
SHIFT_IN_ORDER = 3.5  # the same in a table of which no row lacks a cell or has one too many
SHIFT_IN_FILE = 12.0  # and in a file that says itself which cell stands in which column
_FEW = 2  # cells of a row that may be a heading printed in one cell
_EARLY = 0.001  # of two placings as good, the one that moves a whole block of cells, not its end
_LEFT = 0.02  # of two places for a value, the earlier year: a lost value is taken to be the last
_JOIN = 3.0  # price of two printed cells in one column
_NUMBER_AND_TEXT = re.compile(r"((?:\d+(?:\.\d+)*|[IVXLC]+(?:\.\d+)*)[.)]?|[a-zđ]\))\s+(?=\S)")
_CODE = re.compile(r"[A-ZĐ]{1,4}[-. ]?\d{1,3}(?:\.\d+)*")  # "NV-03"
_LETTER = re.compile(r"[A-IĐ]")  # of a heading
AS_ABOVE = re.compile(r"[-–\s]*(?:n\.?\s?t\.?|như\s+trên)[-–\s]*|[\"“”″〃]|''|//", re.IGNORECASE)  # what repeats a cell
_PARAGRAPH = re.compile(r"</p>\s*<p>")
TAGS = re.compile(r"</?p>")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A printed row in its columns (an empty text where a column has none). ``moved`` says that a cell left its printed
    place."""

    cells: tuple[SourceText, ...]
    moved: bool


def align(
    cells: Sequence[SourceText], columns: Sequence[Column], agencies: AgencyReader, shift: float = SHIFT
) -> Aligned:
    """The likeliest placing of the cells of a printed row; ``shift`` is the price of moving some, but where few are
    written. A row that holds only a title behind its number stands as printed: a heading can be the name of an
    agency."""
    if _is_heading(cells, columns):
        return Aligned(tuple(cells), moved=False)
    if _is_over_all(cells, columns):
        title = next(i for i, column in enumerate(columns) if column.role in ("task", "indicator"))
        number = _NUMBER_AND_TEXT.match(cells[0].text)
        end = number.end(1) if number else 0
        over: dict[int, SourceText] = {0: cells[0][:end], title: cells[0][number.end() if number else 0 :].strip(" -–")}
        return Aligned(tuple(over.get(i, SourceText.empty()) for i in range(len(columns))), moved=False)
    shift = shift if sum(map(bool, cells)) > _FEW else SHIFT
    _, placing, variant = max(
        (_place(variant, columns, agencies, shift) for variant in _variants(cells)), key=lambda found: found[0]
    )
    placed: list[list[SourceText]] = [[] for _ in columns]
    for at, column in placing:
        placed[column].append(variant[at])
    moved = any(at != column for at, column in placing)
    return Aligned(tuple(SourceText.join(" ", parts) for parts in placed), moved)


def _is_heading(cells: Sequence[SourceText], columns: Sequence[Column]) -> bool:
    written = [columns[i].role for i, cell in enumerate(cells) if cell and i < len(columns)]
    return len(cells) == len(columns) and written in (["number", "task"], ["number", "indicator"])


def _is_over_all(cells: Sequence[SourceText], columns: Sequence[Column]) -> bool:
    """Whether a row is a heading in one cell over all columns, which so stands in that of numbers."""
    alone = len(cells) == len(columns) and columns[0].role == "number" and bool(cells[0]) and not any(cells[1:])
    return alone and len(cells[0].text.split()) > _FEW


def _variants(cells: Sequence[SourceText]) -> Iterator[Sequence[SourceText]]:
    """The row as printed, and with one cell taken apart: a number from the text behind it, or paragraphs that are
    cells."""
    yield cells
    for i, cell in enumerate(cells):
        number = _NUMBER_AND_TEXT.match(cell.text)
        if i == 0 and number:
            yield [cell[: number.end(1)], cell[number.end() :], *cells[1:]]
        if _PARAGRAPH.search(cell.text):
            yield [*cells[:i], *cell.split(_PARAGRAPH), *cells[i + 1 :]]


_Placing = tuple[tuple[int, int], ...]


def _place(
    cells: Sequence[SourceText], columns: Sequence[Column], agencies: AgencyReader, shift: float
) -> tuple[float, _Placing, Sequence[SourceText]]:
    """The best score, its placing as (cell, column) pairs, and the cells."""
    written = [i for i, cell in enumerate(cells) if cell]
    best: dict[int, tuple[float, _Placing]] = {-1: (0.0, ())}  # by the column taken last
    for i in written:
        grown: dict[int, tuple[float, _Placing]] = {}
        text = TAGS.sub(" ", cells[i].text).strip()
        fits = [
            _fit(text, column, agencies) - _LEFT * (column.role == "target") * at for at, column in enumerate(columns)
        ]
        for last, (score, placing) in best.items():
            offset = placing[-1][1] - placing[-1][0] if placing else 0
            for column in range(max(last, 0), len(columns)):
                price = 0.0 if column - i == offset else shift + 0.1 * abs(column - i - offset) + _EARLY * i
                price += _JOIN if column == last else 0.0
                total = score + fits[column] - price
                if column not in grown or total > grown[column][0]:
                    grown[column] = (total, (*placing, (i, column)))
        best = grown
    score, placing = max(best.values(), key=lambda found: found[0])
    return score, placing, cells


def _fit(text: str, column: Column, agencies: AgencyReader) -> float:
    """How well a text suits a column, in the units of ``SHIFT``."""
    if AS_ABOVE.fullmatch(text):
        return 0.0 if column.role != "number" else -6.0
    words = len(text.split())
    match column.role:
        case "number":
            return 3.0 if any(form.fullmatch(text) for form in (ROW_NUMBER, _CODE, _LETTER)) else -6.0
        case "lead" | "coordinate":
            likeness = agencies.likeness(text)
            return 3.0 * likeness - min(4.0, 0.8 * words) * (1 - likeness)
        case "deadline":
            if is_deadline(text):
                return 3.0 if any(c.isdigit() for c in text) or not text[0].islower() else 1.0
            return -min(4.0, 1.0 + 0.8 * words)
        case "unit":
            if words > 12 or agencies.likeness(text) >= 0.9:
                return -2.0
            return 1.2 if words <= 4 else 0.3
        case "target":
            return _value_fit(text, words, agencies)
        case "baseline":
            return max(_value_fit(text, words, agencies) + 0.1, 1.0 if agencies.likeness(text) < 0.8 else -4.0)
        case "note":
            return 0.0
        case "result":
            return -1.5 if is_deadline(text) else -2.0 if agencies.likeness(text) >= 0.9 else 0.5
        case _:
            if ROW_NUMBER.fullmatch(text):
                return -3.0
            if is_deadline(text):
                return -2.0
            if words <= 12 and agencies.likeness(text) >= 0.9:
                return -1.5
            # beside values the longest text is the name; beside a result no length tells
            return min(2.0, 0.5 + 0.1 * words) if column.role == "indicator" else 0.5


def _value_fit(text: str, words: int, agencies: AgencyReader) -> float:
    quantity = parse_quantity(text)
    if quantity is None or quantity.op != "text":
        return 1.5
    return -4.0 if agencies.likeness(text) >= 0.8 else -0.2 * words

"""Tables that a PDF export flattened to lines, put back together row by row and cell by cell
(docs/flattened-tables.md)."""

from __future__ import annotations

from collections.abc import Sequence

from graph.extraction.agencies import AgencyReader
from graph.extraction.assembly import TableRow
from graph.extraction.flattened.cells import CellCutter, Part
from graph.extraction.flattened.likelihood import CellLikelihood, Widths, WordPairs, count_pairs
from graph.extraction.flattened.lines import FlatTable, Line
from graph.extraction.flattened.numbers import Start, find_starts
from graph.extraction.flattened.pages import with_page_breaks
from graph.extraction.headers import Role
from graph.extraction.sections import ROMAN_OR_LETTER
from graph.source_text import SourceText

__all__ = ["WordPairs", "count_pairs", "reassemble"]

_SAID_BY_HEADINGS: tuple[Role, ...] = ("task", "indicator", "result", "note")
_TITLE_AND_ONE = 2  # cells
_SURE = 1.0  # by how much the best cutting must be better than the next not to be doubtful
_SAMPLE = 40  # rows on which the widths of the columns are measured
_NARROW = 0.5  # lines shorter than this share of the longest stand in narrow columns


def reassemble(table: FlatTable, pairs: WordPairs, agencies: AgencyReader) -> list[TableRow]:
    """The logical rows of a flattened table; ``pairs`` counts the words that stand together in its document.

    The widths of the columns are first guessed, then measured on rows cut with the guess.
    """
    lines = with_page_breaks(table.lines)
    starts = find_starts(lines)
    rows = [_parts(lines, starts, i) for i in range(len(starts))]
    roles: list[Role] = [column.role for column in table.header.columns if column.role != "number"]
    guess = _guess_widths(lines, roles)
    cutter = CellCutter(roles, CellLikelihood(guess, pairs, agencies))
    whole = [parts for parts in rows if len(parts) == 1 and parts[0].text]
    sample = whole[:: max(1, -(-len(whole) // _SAMPLE))]
    measured = _measure_widths([cutter.cut(parts)[0] for parts in sample], roles, guess)
    cutter = CellCutter(roles, CellLikelihood(measured, pairs, agencies))
    at = next(i for i, column in enumerate(table.header.columns) if column.role == "number")
    return [_row(lines, start, parts, cutter, at) for start, parts in zip(starts, rows, strict=True) if parts[0].text]


def _parts(lines: Sequence[Line], starts: Sequence[Start], i: int) -> list[Part]:
    """The parts of a row between page breaks: the text behind the number and all lines before the next row."""
    start, end = starts[i], starts[i + 1].line if i + 1 < len(starts) else len(lines)
    runs: list[list[tuple[SourceText, int]]] = [[(lines[start.line].text[start.text_at :].strip(), 0)]]
    for line in lines[start.line + 1 : end]:
        if line.after_break and line.text:
            runs.append([])
        runs[-1].append((line.text, line.blank))
    beside = bool(runs[0][0][0])  # a title of one line stands beside its number, so it does not end in the line below
    runs[0] = runs[0] if beside else runs[0][1:]
    parts = [Part.of(run, shared=beside or n > 0) for n, run in enumerate(runs)]
    return [parts[0], *(part for part in parts[1:] if part.text)]


def _row(lines: Sequence[Line], start: Start, parts: Sequence[Part], cutter: CellCutter, at: int) -> TableRow:
    cut, margin = cutter.cut(parts)
    number = lines[start.line].text[: len(start.number)]
    cells = [_one_line(cell, role, cutter) for cell, role in zip(cut, cutter.roles, strict=True)]
    sure = margin >= _SURE and not any(map(cutter.likelihood.breaks_off, cells))
    doubts = [] if sure else ["where its cells end is uncertain"]
    if ROMAN_OR_LETTER.fullmatch(start.number) and _is_title(cells, cutter):
        cells = [SourceText.join(" ", cells), *[SourceText.empty()] * (len(cells) - 1)]
    return TableRow([*cells[:at], number, *cells[at:]], doubts)


def _one_line(cell: SourceText, role: Role, cutter: CellCutter) -> SourceText:
    """The lines of a cell as one; a line of agencies that ends early stays a line."""
    return SourceText(cutter.likelihood.flat(role, cell.text), cell.origin).folded_lines()


def _is_title(cells: Sequence[SourceText], cutter: CellCutter) -> bool:
    """Whether the cells of a row with a heading's number are its title: words in capitals ("VỀ XÃ HỘI SỐ", whose end
    reads as an association), or lines of which none says who leads or by when, or holds a value."""
    if all(cell.text.isupper() for cell in cells if cell):
        return True
    assigns = any(cell and role not in _SAID_BY_HEADINGS for cell, role in zip(cells, cutter.roles, strict=True))
    return sum(map(bool, cells)) == _TITLE_AND_ONE and not assigns


def _guess_widths(lines: Sequence[Line], roles: Sequence[Role]) -> Widths:
    lengths = sorted(len(line.text) for line in lines if line.text)
    longest = lengths[int(0.97 * (len(lengths) - 1))]
    narrow = [length for length in lengths if length < _NARROW * longest]
    width = narrow[int(0.95 * (len(narrow) - 1))] if narrow else longest
    return {role: longest if role in ("task", "indicator") else width for role in roles}


def _measure_widths(rows: Sequence[Sequence[SourceText]], roles: Sequence[Role], guess: Widths) -> Widths:
    """How long the lines of each column are, but for the longest few: those are lines with several cells."""
    lengths: dict[Role, list[int]] = {role: [] for role in roles}
    for cells in rows:
        for role, cell in zip(roles, cells, strict=True):
            lengths[role] += [len(line.folded()) for line in cell.lines() if line.folded()]
    return {
        role: float(sorted(found)[int(0.97 * (len(found) - 1))]) if len(found) >= 10 else guess[role]
        for role, found in lengths.items()
    }

"""Tables of a Word file that are no tables: a row a paragraph with tabs between its cells, or a cell a paragraph behind
a tab. Read as such text is (:mod:`graph.reading.tabbed`, :mod:`graph.reading.cell_lines`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.reading import cell_lines, letterheads, tabbed
from graph.reading.blocks import Paragraph
from graph.reading.rendition import Printed, PrintedRow
from graph.source_text import SourceText

_FEWEST_ROWS = 2  # with a number
_FEWEST_CELLS = 3  # of a row in one paragraph: a list has a number and a text


def with_rows(parts: Iterable[Printed]) -> Iterator[Printed]:
    """The parts of a document, runs of paragraphs with tabs (blank ones between them) as rows where they hold some, and
    other tabs as spaces."""
    run: list[str] = []
    for part in parts:
        if isinstance(part, str) and ("\t" in part or (run and not part.strip())):
            run.append(part)
            continue
        yield from _read(run)
        run = []
        yield part
    yield from _read(run)


def _read(run: Sequence[str]) -> Iterator[Printed]:
    lines = [SourceText.of_source(part) for part in run]
    head = letterheads.read([tabbed.cells(line) for line in lines if line.text.strip()])
    if head:
        yield from (line.text for line in head)
    elif sum(map(_opens_row, run)) < _FEWEST_ROWS:
        yield from (part.replace("\t", " ") for part in run)
    else:
        for block in cell_lines.read(lines) if cell_lines.recognise(lines) else tabbed.read(lines):
            if isinstance(block, Paragraph):
                yield block.text.text
            else:
                yield PrintedRow(tuple(cell.text for cell in block.cells), block.opens, block.after_break)


def _opens_row(paragraph: str) -> bool:
    """Whether a paragraph is the number of a row, or begins with one and has further cells."""
    cells = [cell.strip() for cell in paragraph.strip().split("\t")]
    return bool(cell_lines.ROW_NUMBER.fullmatch(cells[0])) and (len(cells) == 1 or len(cells) >= _FEWEST_CELLS)

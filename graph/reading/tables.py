"""Tables as Word, HTML and spreadsheets hold them, to what a rendition holds.

Letterheads, signatures and the frames of web pages are tables too, set side by side for their looks; they are read as
the paragraphs and tables they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from graph.reading.cell_lines import ROW_NUMBER
from graph.reading.merged import Cell, spread
from graph.reading.rendition import Printed, PrintedRow, plain
from graph.source_text import CELL_LINE

Content = tuple[Printed, ...]
"""What a cell holds: paragraphs, and the rows of tables within it."""
_LAYOUT_COLUMNS, _LAYOUT_ROWS = 2, 6  # a table of no more is a letterhead or a signature
_MOST_TITLES = 3  # rows
_OPENING = 2  # cells of which one may be a row number
_FEWEST_COLUMNS = 3  # of a table that stands in a cell
_NAME = re.compile(r"(?:\(?(?:\d{1,2}|[a-zđ])[.)]\s*|[-–+•]\s+)?[^\W\d_][^:;.!?\d]{2,60}:?")  # of what stands beside it
_FEWEST_NAMES, _MOST_NAMED = 3, 0.7


def printed(
    rows: Sequence[Sequence[Cell[Content]]], between: str = CELL_LINE, *, goes_on: bool = False
) -> Iterator[Printed]:
    """The rows of one table, or what one holds that is there for its looks; small tables in a cell are its text.

    ``between`` is what stands between the paragraphs of a cell; ``goes_on`` says that the table has no header here.
    """
    rows = [row for row in rows if row]
    width = max((sum(cell.across for cell in row) for row in rows), default=0)
    small = width == _LAYOUT_COLUMNS and len(rows) <= _LAYOUT_ROWS and not (goes_on or _is_form(rows))
    if width < _LAYOUT_COLUMNS or small or _frames(rows):
        yield from _column_by_column(rows)
        return
    titles = next((n for n, row in enumerate(rows[:_MOST_TITLES]) if len(row) > 1), 0)  # rows of one cell above
    opening = [plain(" ".join(texts(cell.content))) for cell in rows[titles][:_OPENING]]
    has_header = not goes_on and not any(map(ROW_NUMBER.fullmatch, opening))
    heads = titles + has_header * max(cell.down for cell in rows[titles])
    for n, cells in enumerate(spread(rows, (), heads)):
        said = [between.join(texts(content)) for content in cells]
        yield PrintedRow(tuple(said + [""] * (width - len(said))), opens=n == 0)


def _is_form(rows: Sequence[Sequence[Cell[Content]]]) -> bool:
    """Whether the first of two columns names what stands beside it, as a form does: short texts of one paragraph, where
    letterheads have capitals and numbers, and lists of recipients dashes."""
    names = [plain(" ".join(texts(row[0].content))) for row in rows if len(row) > 1 and row[1].content]
    named = sum(bool(_NAME.fullmatch(name)) and not name.isupper() for name in names)
    return named >= _FEWEST_NAMES and named >= _MOST_NAMED * len(names)


def _frames(rows: Sequence[Sequence[Cell[Content]]]) -> bool:
    """Whether most of what a table says stands in tables within it."""
    contents = [part for row in rows for cell in row for part in cell.content]
    inner = [part for part in contents if isinstance(part, PrintedRow) and len(part.cells) >= _FEWEST_COLUMNS]
    if not inner:
        return False
    return 2 * sum(len(text) for text in texts(inner)) > sum(len(text) for text in texts(contents))


def texts(content: Iterable[Printed]) -> Iterator[str]:
    """The paragraphs of a cell, a row of a table in it as one; one of a form with a colon behind its name."""
    for part in content:
        if isinstance(part, str):
            yield part
        else:
            form = len(part.cells) == _LAYOUT_COLUMNS and _NAME.fullmatch(part.cells[0])
            yield (": " if form and not part.cells[0].endswith(":") else " ").join(part.cells)


def _column_by_column(rows: Sequence[Sequence[Cell[Content]]]) -> Iterator[Printed]:
    for column in range(max(map(len, rows), default=0)):
        for row in rows:
            if column < len(row):
                yield from (part for part in row[column].content if not isinstance(part, str) or part.strip())
        yield ""

"""What every reader gives: a document as a sequence of paragraphs and table rows."""

from __future__ import annotations

from dataclasses import dataclass

from graph.source_text import SourceText


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text as it stands, empty where the source has a blank line."""

    text: SourceText


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table as printed: its cells from left to right, empty ones included.

    ``opens`` says that a table begins here, ``after_break`` that a page break or a gap stands before the row,
    ``placed`` that the file itself tells the columns of its cells, ``heading`` that it stands for a paragraph above
    its part of the table, ``merged`` that a cell of it is taken for one merged with rows on another page.
    """

    cells: tuple[SourceText, ...]
    opens: bool = False
    after_break: bool = False
    placed: bool = False
    heading: bool = False
    merged: bool = False


Block = Paragraph | Row

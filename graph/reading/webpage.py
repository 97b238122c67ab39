"""Web pages (HTML): paragraphs and tables in reading order; scripts, styles and what is hidden are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import html
from lxml.html import defs

from graph.reading import tables
from graph.reading.encodings import EncodingError, decode
from graph.reading.limits import Limits, UnreadableError
from graph.reading.merged import Cell
from graph.reading.rendition import Printed, Rendition, apart

_HEAD = frozenset(("head", "title", "meta", "link"))
_NO_TEXT = _HEAD | {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "nav", "button"}
_BLOCKS = defs.block_tags | {"body", "br", "dd", "dt", "figcaption", "li", "main", "tbody", "td", "th", "tr"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_Element = Any  # lxml has no types of its own


def read(file: IO[bytes], limits: Limits) -> Rendition:
    """The paragraphs and tables of a page. Raises :class:`UnreadableError`."""
    try:
        text = decode(file.read())
    except EncodingError as error:
        raise UnreadableError(str(error)) from None
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    page = _Page(limits.cells)
    root = html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    parts = tuple(apart(page.blocks(root)))
    return Rendition(parts, tuple(f"{count} <{tag}>" for tag, count in sorted(page.left_out.items())))


@dataclass
class _Page:
    """A page while it is read; ``left_out`` counts by tag what was not."""

    most_cells: int
    left_out: Counter[str] = field(default_factory=Counter)

    def blocks(self, element: _Element) -> Iterator[Printed]:
        """The paragraphs and tables below an element, white space as a browser shows it."""
        line = ""
        for piece in self.pieces(element):
            if isinstance(piece, str):
                line += piece
                continue
            if line.strip():
                yield line
            line = ""
            if piece is not None:
                yield from piece
        if line.strip():
            yield line

    def pieces(self, element: _Element) -> Iterator[str | list[Printed] | None]:
        """Text, the parts of a table, and None where a line ends."""
        yield element.text or ""
        for child in element:
            if not self.shown(child):
                pass
            elif child.tag == "table":
                yield [*tables.printed([self.row(row) for row in _of_table(child, "tr") if self.shown(row)])]
            else:
                ends = child.tag in _BLOCKS
                yield from (None,) if ends else ()
                yield from self.pieces(child)
                yield from (None,) if ends else ()
            yield child.tail or ""

    def row(self, row: _Element) -> list[Cell[tables.Content]]:
        """The cells of a row with what they hold."""
        cells: list[Cell[tables.Content]] = []
        for cell in row:
            if cell.tag in ("td", "th") and self.shown(cell):
                cells.append(Cell(tuple(self.blocks(cell)), _span(cell, "colspan"), _span(cell, "rowspan")))
        self.most_cells -= len(cells)
        if self.most_cells < 0:
            raise UnreadableError("has more table cells than PHANCONG_CELLS allows")
        return cells

    def shown(self, element: _Element) -> bool:
        """Whether an element is for readers; those that are not are counted."""
        if not isinstance(element.tag, str):
            return False
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        if element.tag in _NO_TEXT or hidden:
            if element.tag not in _HEAD:
                self.left_out[element.tag] += 1
            return False
        return True


def _of_table(table: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table but not those of tables in it."""
    for child in table:
        if child.tag == tag:
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _of_table(child, tag)


def _span(cell: _Element, name: str) -> int:
    written = re.match(r"\s*(\d{1,3})\b", cell.get(name) or "")
    return max(1, int(written[1])) if written else 1

"""PDF files with text: ruled tables by their rules, others by how words stand, joined over page breaks.

Page numbers and headers that a page repeats are left out; footnotes stand behind the text.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import IO, Any

import pdfplumber
from pdfminer.encodingdb import EncodingDB
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from graph.reading import aligned, bands, broken_merges, middles, ocr, raised, tables
from graph.reading.cell_lines import ROW_NUMBER
from graph.reading.fonts import LegacyFonts, decoder_of
from graph.reading.layout import Line, Piece, blank_between, lines, paragraphs
from graph.reading.limits import Limits, UnreadableError
from graph.reading.merged import Cell
from graph.reading.rendition import Printed, PrintedRow, Rendition, plain
from graph.source_text import CELL_LINE

# the code is a letter of TCVN3, in other fonts a hyphen (ISO 32000-1, Annex D.2); pdfminer takes it for a space
EncodingDB.win2unicode[0xAD] = "\N{SOFT HYPHEN}"

_SAME_EDGE = 4.0  # points within which two edges of cells are one
_SPACE = 0.4  # of the size of the letters: a narrow gap between two words, half a wide one
_SMALL = 0.87  # of the size of most letters: smaller ones at the foot of a page are footnotes
_PLAIN_NUMBER = re.compile(r"\d{1,3}[.)]?")  # of a row behind a cell that names its group
_PICTURES = "pages without text (images)"
_UNKNOWN_LETTERS = re.compile(r"\(cid:\d+\)")
_MOST_UNKNOWN = 0.1  # share of words with letters that the file does not tell
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*(?:/\s*\d{1,4}\s*)?[-–]?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?:\d{1,3}|\(?[*•]\)?)(?!\d*[.)]\d)")
_JOINED = "\N{WORD JOINER}"  # at the end of a line: a number goes on in the next
_CUT_YEAR = re.compile(r"([/.-]2\d{0,2}) (\d{1,3})$")  # of a time in a narrow cell that a page break cuts
_Box = tuple[float, float, float, float]
_Rows = list[list[Cell[tables.Content]]]


def read(
    file: IO[bytes], limits: Limits, *, recognise: bool = False, allow: Callable[[int], None] | None = None
) -> Rendition:
    """The paragraphs and tables of a file, those of scanned pages too if they are to be recognised (OCR); ``allow`` is
    told how many seconds its pages may take. Raises :class:`UnreadableError`."""
    if recognise:
        ocr.require()
    try:
        with pdfplumber.open(file) as pdf:
            if len(pdf.pages) > limits.pages:
                raise UnreadableError(f"has {len(pdf.pages)} pages, more than PHANCONG_PAGES allows ({limits.pages})")
            if allow:
                allow(len(pdf.pages) * (limits.ocr_seconds if recognise else limits.page_seconds))
            document = _Document(limits.cells, recognise)
            for page in pdf.pages:
                document.add(page)
                page.close()
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise UnreadableError("is encrypted; save it without a password") from None
        raise
    document.refuse_without_text()
    left_out = tuple(f"{count} {what}" for what, count in sorted(document.left_out.items()))
    parts = broken_merges.fill(document.parts, document.merging)
    return Rendition((*parts, *document.footnotes), left_out)


@dataclass
class _Document:
    """A file while it is read page by page."""

    most_cells: int
    recognise: bool
    parts: list[Printed] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    open_table: aligned.Aligned[Piece] | None = None  # without rules, at the foot of the page before
    header: list[tuple[str, ...]] = field(default_factory=list)  # the first rows of the table read last
    merging: set[int] = field(default_factory=set)  # columns in which cells are merged over rows
    left_out: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    words: int = 0
    unknown: int = 0

    def add(self, page: Page) -> None:
        """Read the next page."""
        self.pages += 1
        page = _upright(page)
        _decode_legacy(page)
        words = [_piece(word) for word in page.extract_words(extra_attrs=["size"], use_text_flow=False)]
        self.words += len(words)
        self.unknown += sum(bool(_UNKNOWN_LETTERS.search(word.text)) for word in words)
        found_tables = page.find_tables(_settings(page))
        ruled = [(table.bbox, table.cells) for table in found_tables if _has_columns(table.cells)]
        if not words and page.images and self.recognise:
            scan = ocr.read(page)
            words, ruled = scan.words, [(_around(cells), cells) for cells in scan.tables]
            self.words += len(words)
            self.left_out["pages whose text was recognised (OCR); compare them with the scan"] += 1
        elif not words and page.images:
            self.left_out[_PICTURES] += 1
        usual = statistics.median(word.size for word in words) if words else 0.0
        if not ruled and words:
            ruled = [(_around(boxes), boxes) for boxes in bands.find(_level_rules(page), words, usual)]
        found: list[tuple[float, list[Printed]]] = []
        for box, cells in ruled:
            self.most_cells -= len(cells)
            if self.most_cells < 0:
                raise UnreadableError("has more table cells than PHANCONG_CELLS allows")
            inside = [word for word in words if _is_within(word, box)]
            words = [word for word in words if not _is_within(word, box)]
            self.merging |= _merged_columns(cells)
            found.append((box[1], self.ruled(_ruled(cells, inside), first=not found)))
        text = self.without_margins(lines(words), usual, float(page.width))
        found += self.running(text, [top for top, _ in found], float(page.width), usual)
        first = True
        for _, parts in sorted(found, key=lambda one: one[0]):
            self.append(parts, first)
            first = False

    def ruled(self, rows: _Rows, *, first: bool) -> list[Printed]:
        """The rows of a ruled table. The first of a page that has as many columns as the one at the foot of the page
        before and another first row goes on with that, without a header."""
        said = list(tables.printed(rows, between=" "))
        last = self.parts[-1] if first and self.parts else None
        if not said or not isinstance(last, PrintedRow):
            return [_with_whole_numbers(part) for part in said]
        top, header = said[0], self.header[0] if self.header else ()
        if isinstance(top, PrintedRow):
            goes_on = len(top.cells) == len(header) and not _same(top.cells, header)
        else:  # the rest of a form, too small to be one
            goes_on = len(last.cells) == max(len(row) for row in rows)
        if goes_on:
            said = list(tables.printed(rows, between=" ", goes_on=True))
        return [_with_whole_numbers(part) for part in said]

    def without_margins(self, text: list[Line], usual: float, width: float) -> list[Line]:
        """The lines of a page but its number and its footnotes; ``usual`` is the size of most of its letters,
        ``width`` that of the page."""
        for at in (0, -1):
            if text and len(text[at]) == 1 and _PAGE_NUMBER.fullmatch(text[at][0].text):
                del text[at]
                self.left_out["page numbers"] += 1
        if not text:
            return text
        foot = len(text)
        while foot and max(piece.size for piece in text[foot - 1]) < _SMALL * usual:
            foot -= 1
        begins = next((i for i in range(foot, len(text)) if _FOOTNOTE.match(text[i][0].text)), None)
        if begins is None:
            return text
        self.footnotes += paragraphs(text[begins:], width)
        return text[:begins]

    def running(
        self, text: Sequence[Line], tables_at: Sequence[float], width: float, usual: float
    ) -> Iterator[tuple[float, list[Printed]]]:
        """The paragraphs and tables without rules between the ruled tables of a page, each with where it begins.
        ``usual`` is the size of most letters."""
        above, self.open_table = self.open_table, None
        for stretch in _between(text, tables_at):
            begin = i = 0
            while i < len(stretch):
                found = _aligned(stretch[i:], above, usual) if above or len(stretch[i]) > 1 else None
                if found is None:
                    above, i = None, i + 1
                    continue
                if i > begin:
                    yield stretch[begin][0].top, list(paragraphs(stretch[begin:i], width))
                table, size = found
                goes_on = above is not None and table.header[:1] == above.header[:1]
                yield stretch[i][0].top, [*_printed(table, opens=not goes_on)]
                above, begin, i = None, i + size, i + size
                self.open_table = table if begin == len(text) else None
            if begin < len(stretch):
                yield stretch[begin][0].top, list(paragraphs(stretch[begin:], width))

    def append(self, parts: list[Printed], first: bool) -> None:
        """Put parts behind those of the page before; where a table or a sentence goes on, it stays one."""
        last = self.parts[-1] if self.parts else None
        opening = parts[0] if parts else None
        if isinstance(opening, PrintedRow):
            if first and isinstance(last, PrintedRow) and len(last.cells) == len(opening.cells):
                self.go_on([part for part in parts if isinstance(part, PrintedRow)])
                return
            self.header = [part.cells for part in parts[:2] if isinstance(part, PrintedRow)]
        elif first and isinstance(opening, str) and isinstance(last, str) and last and opening[:1].islower():
            self.parts[-1] = f"{last} {opening}"
            parts = parts[1:]
        self.parts += parts

    def go_on(self, rows: list[PrintedRow]) -> None:
        """The rows of a table on its next page: without the header that is repeated, a row that was cut put
        together."""
        repeated = 0
        while repeated < min(len(rows), len(self.header)) and _same(rows[repeated].cells, self.header[repeated]):
            repeated += 1
        below = _below_header(rows[0].cells, self.header[0]) if self.header and not repeated else None
        if below:
            rows = [PrintedRow(below), *rows[1:]]
            self.left_out["repeated headers"] += 1
        self.left_out["repeated headers"] += bool(repeated)
        rows = rows[repeated:]
        last = self.parts[-1]
        if rows and isinstance(last, PrintedRow) and _is_cut(rows[0].cells):
            pairs = zip(last.cells, rows[0].cells, strict=True)  # a merged cell can say the same on both pages
            whole = tuple(_CUT_YEAR.sub(r"\1\2", " ".join(dict.fromkeys(filter(None, pair)))) for pair in pairs)
            self.parts[-1] = PrintedRow(whole, last.opens, last.after_break)
            rows = rows[1:]
        self.parts += [PrintedRow(row.cells, False, i == 0) for i, row in enumerate(rows)]

    def refuse_without_text(self) -> None:
        """Raise :class:`UnreadableError` for a file whose text cannot be had."""
        if not self.words and self.recognise:
            raise UnreadableError(f"shows no text on its {self.pages} pages that could be recognised")
        if not self.words and self.left_out[_PICTURES]:
            raise UnreadableError(
                f"holds no text on its {self.pages} pages: it is a scan; "
                "recognise its text (OCR) first, or have it done with --ocr"
            )
        if not self.words:
            raise UnreadableError(f"holds no text on its {self.pages} pages")
        if self.unknown > _MOST_UNKNOWN * self.words:
            raise UnreadableError("has fonts that do not tell their letters; recognise its text (OCR) first")


def _settings(page: Page) -> dict[str, Any]:
    """A row that a page break cuts can be open at its end: the outermost ends of upright rules close it."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    ends = {min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)} if upright else set()
    return {"explicit_horizontal_lines": sorted(ends)}


def _level_rules(page: Page) -> list[bands.Rule]:
    """The level rules of a page that has no upright ones."""
    if any(edge["orientation"] == "v" for edge in page.edges):
        return []
    ends = {(edge["x0"], edge["x1"], edge["top"]) for edge in page.edges if edge["orientation"] == "h"}
    return [bands.Rule(*end) for end in sorted(ends)]


def _upright(page: Page) -> Page:
    """The page, turned where most of its letters lie on their side."""
    lying = Counter(char["matrix"][1] > 0 for char in page.chars if not char["upright"])
    if sum(lying.values()) * 2 <= len(page.chars) or not page.chars:
        return page
    page.page_obj.rotate = (page.page_obj.rotate + (90 if lying[True] >= lying[False] else 270)) % 360
    page.page_obj.attrs["Rotate"] = page.page_obj.rotate
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _decode_legacy(page: Page) -> None:
    """Put letters of fonts from before Unicode right where they stand."""
    if not any(decoder_of(char["fontname"]) for char in page.chars):
        return
    words = page.extract_words(extra_attrs=["fontname"], use_text_flow=False)
    legacy = LegacyFonts.of((word["fontname"], f"{word['text']} ") for word in words)
    for char in page.chars if legacy.used else ():
        char["text"] = legacy.read(char["fontname"], char["text"])


def _has_columns(cells: Sequence[_Box]) -> bool:
    """Whether cells stand side by side; if not they are frames around text, or rows that are shaded."""
    return len(_edges([cell[0] for cell in cells])) > 1


def _around(cells: Sequence[_Box]) -> _Box:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _piece(word: dict[str, Any]) -> Piece:
    text = unicodedata.normalize("NFC", word["text"])
    return Piece(word["x0"], word["x1"], word["top"], word["bottom"], word["size"], text)


def _is_within(word: Piece, box: _Box) -> bool:
    x0, top, x1, bottom = box
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom


def _ruled(boxes: Sequence[_Box], words: Sequence[Piece]) -> _Rows:
    """The rows of a ruled table from the boxes of its cells and the words in it."""
    across = _edges([x for box in boxes for x in (box[0], box[2])])
    down = _edges([y for box in boxes for y in (box[1], box[3])])
    rows: _Rows = [[] for _ in down[:-1]]
    for box in sorted(boxes, key=lambda box: (_at(down, box[1]), box[0])):
        inside = lines([word for word in words if _is_within(word, box)])
        text = tuple(_cell_lines(inside, box[0], box[2]))
        width = max(1, _at(across, box[2]) - _at(across, box[0]))
        height = max(1, _at(down, box[3]) - _at(down, box[1]))
        row = _at(down, box[1])
        if row < len(rows):
            rows[row].append(Cell(text, width, height))
    return rows


def _cell_lines(found: Sequence[Line], left: float, right: float) -> Iterator[str]:
    """The lines of a cell between two edges. One that has room for the next word ends a paragraph of the cell."""
    margin = min((line[0].x0 for line in found), default=left) - left
    for line, below in zip_longest(found, found[1:]):
        text = plain(" ".join(piece.text for piece in line))
        first = below[0].text.split()[0] if below else ""
        room = right - margin - line[-1].x1
        ends = below is not None and room > (len(first) + 2) * _width_of_a_letter(below[0])
        broken = not ends and " " not in text and text[-1:].isdigit() and first[:1].isdigit()  # a date in a narrow cell
        yield text + (CELL_LINE if ends else _JOINED if broken else "")


def _with_whole_numbers(part: Printed) -> Printed:
    """A row with the numbers put together that narrow cells break."""
    if isinstance(part, str):
        return part.replace(f"{_JOINED} ", "")
    return replace(part, cells=tuple(cell.replace(f"{_JOINED} ", "") for cell in part.cells))


def _width_of_a_letter(piece: Piece) -> float:
    return (piece.x1 - piece.x0) / len(piece.text)


def _merged_columns(boxes: Sequence[_Box]) -> set[int]:
    """The columns right of the first in which cells below the first row are merged over several rows."""
    across = _edges([x for box in boxes for x in (box[0], box[2])])
    down = _edges([y for box in boxes for y in (box[1], box[3])])
    high = (box for box in boxes if _at(down, box[1]) and _at(down, box[3]) - _at(down, box[1]) > 1)
    return {_at(across, box[0]) for box in high} - {0}


def _edges(values: Sequence[float]) -> list[float]:
    """The edges that cells share, those that all but coincide as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _at(edges: Sequence[float], value: float) -> int:
    return max(0, bisect_right(edges, value + 0.01) - 1)


def _between(text: Sequence[Line], tables_at: Sequence[float]) -> list[list[Line]]:
    """The lines of a page above, between and below its ruled tables."""
    stretches: dict[int, list[Line]] = {}
    for line in text:
        stretches.setdefault(sum(top < line[0].top for top in tables_at), []).append(line)
    return list(stretches.values())


def _aligned(
    text: Sequence[Line], above: aligned.Aligned[Piece] | None, usual: float
) -> tuple[aligned.Aligned[Piece], int] | None:
    """The table without rules with which lines begin, or go on with one above, and how many of them it takes."""
    words: list[list[Piece]] = []
    at: list[int] = []
    for n, line in enumerate(raised.to_the_top(text)):
        if n and blank_between(text[n - 1], text[n]):
            words.append([])
            at.append(n)
        if line:
            words.append(list(line))
            at.append(n)
    at_top = False
    above = aligned.with_header_as_on(words, above) if above else None
    if above or aligned.read(words, 0, _SPACE * usual):
        lifted, at_top = middles.to_the_top(words, _SPACE * usual, above.header if above else ())
        words, at = [list(line) for _, line in lifted], [at[n] for n, _ in lifted]
    found = aligned.go_on(words, above, _SPACE * usual, at_top=at_top) if above else None
    found = found or aligned.read(words, 0, _SPACE * usual, at_top=at_top)
    return (found, at[found.end] if found.end < len(at) else len(text)) if found else None


def _printed(table: aligned.Aligned[Piece], *, opens: bool) -> Iterator[PrintedRow]:
    for n, row in enumerate(table.rows):
        cells = (" ".join(word.text for line in cell for word in line) for cell in row.cells)
        yield PrintedRow(tuple(cells), opens and n == 0)


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return [plain(text) for text in one] == [plain(text) for text in other]


def _below_header(cells: Sequence[str], header: Sequence[str]) -> tuple[str, ...] | None:
    """What stands below the labels of a header in cells that hold both, for want of a rule between them; None where
    they do not."""
    found = [(plain(cell), plain(label)) for cell, label in zip(cells, header, strict=False)]
    if len(cells) != len(header) or not all(cell.startswith(label) for cell, label in found):
        return None
    return tuple(cell[len(label) :].strip() for cell, label in found)


def _is_cut(cells: Sequence[str]) -> bool:
    """Whether a row is the rest of one on the page before: it has no number and goes on within a sentence."""
    written = [cell for cell in cells if cell]
    goes_on = not cells[0] or cells[0][0].islower()
    numbered = ROW_NUMBER.fullmatch(cells[0]) or _PLAIN_NUMBER.fullmatch(cells[1])
    return goes_on and not numbered and any(not cell[0].isupper() and cell[0] not in "-+•" for cell in written)

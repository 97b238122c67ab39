"""Word files (.docx; ECMA-376, part 1): paragraphs and tables in reading order.

Read from the XML itself, because what plans hold is where libraries look away: content controls, text boxes, footnotes,
tracked changes (read as accepted) and numbers of lists, which are no text but counted (§17.9).
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import etree

from graph.reading import tables
from graph.reading.fonts import LegacyFonts
from graph.reading.limits import Limits, UnreadableError
from graph.reading.merged import Cell
from graph.reading.rendition import Printed, Rendition, apart
from graph.reading.tab_stops import with_rows
from graph.source_text import CELL_LINE
from graph.text import roman

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_W + name for name in ("del", "moveFrom", "instrText", "delText", "rPrChange", "pPrChange", "sectPr")}
_LEVEL = re.compile(r"%(\d)")
_Element = Any  # lxml has no types of its own


def read(file: IO[bytes], limits: Limits) -> Rendition:
    """The paragraphs and tables of a document. Raises :class:`UnreadableError`."""
    with zipfile.ZipFile(file) as archive:
        body = _part(archive, "word/document.xml")
        if body is None:
            raise UnreadableError("is no Word document: word/document.xml is missing")
        footnotes, styles = _part(archive, "word/footnotes.xml"), _part(archive, "word/styles.xml")
        fonts = _Fonts.of(styles, [root for root in (body, footnotes) if root is not None])
        numbering = _Numbering.of(_part(archive, "word/numbering.xml"))
        document = _Document(numbering, _lists(styles), fonts, limits.cells)
        parts = list(apart(with_rows(document.blocks(body))))
        if footnotes is not None:
            parts += document.footnotes(footnotes)
    return Rendition(tuple(parts), tuple(f"{count} {what}" for what, count in sorted(document.left_out.items())))


def _part(archive: zipfile.ZipFile, name: str) -> _Element | None:
    """The XML of a part; a document type, which no such file has, could hide entities and is refused."""
    try:
        data = archive.read(name)
    except KeyError:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data.replace(_STRICT, _W[1:-1].encode()), parser)
    if root.getroottree().docinfo.doctype:
        raise UnreadableError(f"{name} holds a document type declaration, which Word never writes")
    return root


def _lists(root: _Element | None) -> dict[str, tuple[str, int]]:
    """By style the list and level that it numbers its paragraphs with."""
    found = {}
    for style in [] if root is None else root.iter(_W + "style"):
        number = style.find(f"{_W}pPr/{_W}numPr")
        if number is not None and number.find(_W + "numId") is not None:
            found[style.get(_W + "styleId", "")] = (_value(number, "numId"), int(_value(number, "ilvl") or 0))
    return found


def _value(element: _Element, name: str) -> str:
    child = element.find(_W + name)
    return "" if child is None else str(child.get(_W + "val", ""))


@dataclass(frozen=True, slots=True)
class _Fonts:
    """Which font each style gives its text, that of text without a style, and how the letters of old fonts are read."""

    styles: dict[str, str]
    usual: str
    legacy: LegacyFonts = field(default_factory=lambda: LegacyFonts(frozenset()))

    @classmethod
    def of(cls, root: _Element | None, texts: Sequence[_Element]) -> _Fonts:
        """From the styles of a document, if it has any, and the parts that hold its text."""
        styles = [] if root is None else list(root.iter(_W + "style"))
        own = {style.get(_W + "styleId", ""): (_font(style), _value(style, "basedOn")) for style in styles}
        usual = "" if root is None else _font(root.find(f"{_W}docDefaults/{_W}rPrDefault"))
        normal = next((style.get(_W + "styleId", "") for style in styles if _is_default(style)), "")
        fonts = {style: _inherited(style, own) for style in own}
        found = cls(fonts, fonts.get(normal, "") or usual)
        written = ((found.font(run), run_text) for text in texts for run, run_text in _runs(text))
        return cls(found.styles, found.usual, LegacyFonts.of(written))

    def font(self, run: _Element) -> str:
        """The font of a run: its own, or that of its style, of its paragraph's or of the document."""
        paragraph = next(run.iterancestors(_W + "p"), None)
        style = run.find(f"{_W}rPr/{_W}rStyle")
        behind = None if paragraph is None else paragraph.find(f"{_W}pPr/{_W}pStyle")
        named = (self.styles.get(one.get(_W + "val", ""), "") for one in (style, behind) if one is not None)
        return _font(run) or next(filter(None, named), self.usual)

    def read(self, run: _Element, text: str) -> str:
        """The text of a run in Unicode."""
        return self.legacy.read(self.font(run), text) if self.legacy.used else text


def _font(element: _Element | None) -> str:
    """The font that an element names for letters beyond ASCII (§17.3.2.26)."""
    fonts = None if element is None else element.find(f"{_W}rPr/{_W}rFonts")
    return "" if fonts is None else str(fonts.get(_W + "hAnsi") or fonts.get(_W + "ascii") or "")


def _is_default(style: _Element) -> bool:
    return style.get(_W + "type") == "paragraph" and style.get(_W + "default") in ("1", "true")


def _inherited(style: str, own: Mapping[str, tuple[str, str]]) -> str:
    """The font of a style, or of the nearest that it is based on."""
    seen: set[str] = set()
    while style in own and style not in seen:
        seen.add(style)
        font, style = own[style]
        if font:
            return font
    return ""


def _runs(element: _Element) -> Iterator[tuple[_Element, str]]:
    """The runs of text below an element, each with what it says."""
    for run in element.iter(_W + "r"):
        yield run, "".join(text.text or "" for text in run.iter(_W + "t"))


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered."""

    start: int
    format: str
    text: str


@dataclass
class _Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, _Level]]
    abstract: dict[str, str]
    restarts: set[str] = field(default_factory=set)  # lists that begin anew when they are first used
    counted: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: _Element | None) -> _Numbering:
        if root is None:
            return cls({}, {})
        levels = {
            one.get(_W + "abstractNumId"): {
                int(level.get(_W + "ilvl", 0)): _Level(
                    int(_value(level, "start") or 1), _value(level, "numFmt") or "decimal", _value(level, "lvlText")
                )
                for level in one.iter(_W + "lvl")
            }
            for one in root.iter(_W + "abstractNum")
        }
        numbers = list(root.iter(_W + "num"))
        return cls(
            levels,
            {one.get(_W + "numId"): _value(one, "abstractNumId") for one in numbers},
            {one.get(_W + "numId") for one in numbers if one.find(f"{_W}lvlOverride/{_W}startOverride") is not None},
        )

    def next(self, number: str, level: int) -> str:
        """The label of the next paragraph of a list, empty for a bullet."""
        abstract = self.abstract.get(number, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        if number in self.restarts:
            self.restarts.remove(number)
            self.counted[abstract] = []
        counted = self.counted.setdefault(abstract, [])
        while len(counted) <= level:
            at = levels.get(len(counted))
            counted.append(at.start - 1 if at and len(counted) == level else at.start if at else 1)
        del counted[level + 1 :]
        counted[level] += 1
        if levels[level].format in ("bullet", "none"):
            return ""
        return _LEVEL.sub(lambda m: self._label(levels, counted, int(m[1]) - 1), levels[level].text)

    def _label(self, levels: dict[int, _Level], counted: list[int], level: int) -> str:
        if level >= len(counted) or level not in levels:
            return ""
        return _FORMATS.get(levels[level].format, str)(counted[level])


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerLetter": _letter,
    "decimalZero": "{:02}".format,
}


@dataclass
class _Document:
    """A document while it is read; ``left_out`` counts by name what was not."""

    numbering: _Numbering
    styles: dict[str, tuple[str, int]]
    fonts: _Fonts
    most_cells: int
    left_out: Counter[str] = field(default_factory=Counter)

    def blocks(self, element: _Element) -> Iterator[Printed]:
        """The paragraphs and tables below an element, text boxes behind the paragraph they hang on."""
        for child in element:
            if child.tag == _W + "p":
                yield self.paragraph(child)
                for box in _boxes(child):
                    yield from self.blocks(box)
            elif child.tag == _W + "tbl":
                yield from tables.printed([self.row(row) for row in _rows(child)])
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                yield from self.blocks(child)

    def row(self, row: _Element) -> list[Cell[tables.Content]]:
        """The cells of a row; those that go on with a cell above are left to it."""
        properties = row.find(_W + "trPr")
        before = 0 if properties is None else int(_value(properties, "gridBefore") or 0)
        cells: list[Cell[tables.Content]] = [Cell(())] * before
        column = before
        for cell in _below(row, "tc"):
            across = max(1, int(_property(cell, "gridSpan") or 1))
            if not _goes_on(cell):
                cells.append(Cell(tuple(self.blocks(cell)), across, _height(row, cell, column)))
            column += across
        self.most_cells -= len(cells)
        if self.most_cells < 0:
            raise UnreadableError("has more table cells than PHANCONG_CELLS allows")
        return cells

    def paragraph(self, paragraph: _Element) -> str:
        """The text of a paragraph with its number."""
        text = "".join(self.text(paragraph))
        number = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        listed = self.styles.get("" if style is None else style.get(_W + "val", ""))
        if number is not None:
            listed = (_value(number, "numId") or (listed[0] if listed else ""), int(_value(number, "ilvl") or 0))
        label = self.numbering.next(*listed) if listed else ""
        return f"{label} {text}" if label else text

    def text(self, element: _Element) -> Iterator[str]:
        """The pieces of text below an element, changes accepted; text boxes are paragraphs of their own."""
        for child in element:
            if child.tag == _W + "t":
                yield self.fonts.read(element, child.text or "")
            elif child.tag == _W + "softHyphen":  # a letter of TCVN3 has its place
                yield self.fonts.read(element, "\N{SOFT HYPHEN}")
            elif child.tag == _W + "r" and _is_hidden(child):
                self.left_out["hidden runs of text"] += 1
            elif child.tag == _W + "tab":
                yield "\t"
            elif child.tag in (_W + "br", _W + "cr"):
                yield CELL_LINE
            elif child.tag == _W + "noBreakHyphen":
                yield "-"
            elif child.tag in (_W + "drawing", _W + "pict", _W + "object"):
                if not any(True for _ in child.iter(_W + "txbxContent")):
                    self.left_out["pictures or drawings"] += 1
            elif child.tag in (_W + "del", _W + "moveFrom"):
                self.left_out["tracked deletions"] += 1
            elif child.tag not in _SKIPPED and child.tag != _FALLBACK and isinstance(child.tag, str):
                yield from self.text(child)

    def footnotes(self, root: _Element) -> Iterator[str]:
        """The footnotes, each a paragraph, behind the text."""
        for note in root.iter(_W + "footnote"):
            if note.get(_W + "type") is None:
                yield " ".join(tables.texts(self.blocks(note)))


def _is_hidden(run: _Element) -> bool:
    """Whether a run is hidden (§17.3.2.41)."""
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(_W + "val", "true") not in ("0", "false", "off")


def _below(element: _Element, name: str) -> Iterator[_Element]:
    """The nearest elements of a name, through content controls and insertions but not through other tables."""
    for child in element:
        if child.tag == _W + name:
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml", _W + "moveTo"):
            yield from _below(child, name)


def _rows(table: _Element) -> list[_Element]:
    """The rows but those whose deletion is tracked (§17.13.5.12)."""
    return [row for row in _below(table, "tr") if row.find(f"{_W}trPr/{_W}del") is None]


def _boxes(paragraph: _Element) -> list[_Element]:
    """The text boxes that hang on a paragraph, each once, though older programs get a second copy."""
    return [
        box for box in paragraph.iter(_W + "txbxContent") if not any(a.tag == _FALLBACK for a in box.iterancestors())
    ]


def _property(cell: _Element, name: str) -> str | None:
    found = cell.find(f"{_W}tcPr/{_W}{name}")
    return None if found is None else str(found.get(_W + "val", "continue"))


def _goes_on(cell: _Element) -> bool:
    return _property(cell, "vMerge") == "continue" or _property(cell, "hMerge") == "continue"


def _height(row: _Element, cell: _Element, column: int) -> int:
    """Over how many rows a cell reaches: those below whose cell in that column goes on with it."""
    if _property(cell, "vMerge") != "restart":
        return 1
    height = 1
    table = next(ancestor for ancestor in row.iterancestors() if ancestor.tag == _W + "tbl")
    below = _rows(table)
    for other in below[below.index(row) + 1 :]:
        at = _cell_at(other, column)
        if at is None or _property(at, "vMerge") != "continue":
            break
        height += 1
    return height


def _cell_at(row: _Element, column: int) -> _Element | None:
    properties = row.find(_W + "trPr")
    at = 0 if properties is None else int(_value(properties, "gridBefore") or 0)
    for cell in _below(row, "tc"):
        if at == column:
            return cell
        at += max(1, int(_property(cell, "gridSpan") or 1))
    return None

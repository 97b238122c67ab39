"""Text that remembers where each of its characters stands in the source.

Every fact must lead to the characters that say so, but a cell is folded, cut at page breaks and split into agencies
before it becomes a fact. A :class:`SourceText` goes through all of that and still knows its origin.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_SPACES = re.compile(r"\s+")
CELL_LINE = "\N{LINE SEPARATOR}"
"""What stands in a cell where one of its lines or paragraphs ends and the next begins."""
_CELL_LINE = re.compile(CELL_LINE)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of a source: ``start`` to ``end`` (exclusive), counted in Unicode code points of the decoded file."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """A piece of text with the source offset of each character (``len(text) == len(origin)``)."""

    text: str
    origin: array[int]

    @classmethod
    def of_source(cls, source: str) -> SourceText:
        """The whole of a decoded file in NFC; offsets stay those of the file as decoded."""
        if unicodedata.is_normalized("NFC", source):
            return cls(source, array("q", range(len(source))))
        parts, origin = [], array("q")
        start = 0
        for end in [*_starters(source), len(source)]:
            composed = unicodedata.normalize("NFC", source[start:end])
            parts.append(composed)
            origin.extend([start] * len(composed))
            start = end
        return cls("".join(parts), origin)

    @classmethod
    def empty(cls) -> SourceText:
        """No text, from nowhere."""
        return cls("", array("q"))

    @classmethod
    def join(cls, separator: str, pieces: Iterable[SourceText]) -> SourceText:
        """The pieces one after the other; the separator between two counts as standing where the second begins."""
        text, origin = "", array("q")
        for piece in pieces:
            if not piece:
                continue
            if text:
                text += separator
                origin.extend([piece.origin[0]] * len(separator))
            text += piece.text
            origin += piece.origin
        return cls(text, origin)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> SourceText:
        return SourceText(self.text[part], self.origin[part])

    def strip(self, characters: str | None = None) -> SourceText:
        """Without white space (or the given characters) at both ends."""
        start = len(self.text) - len(self.text.lstrip(characters))
        return self[start : max(start, len(self.text.rstrip(characters)))]

    def without(self, pattern: re.Pattern[str]) -> SourceText:
        """With every match of the pattern taken out."""
        if not pattern.search(self.text):
            return self
        text, origin, last = "", array("q"), 0
        for match in pattern.finditer(self.text):
            text += self.text[last : match.start()]
            origin += self.origin[last : match.start()]
            last = match.end()
        return SourceText(text + self.text[last:], origin + self.origin[last:])

    def replaced(self, pattern: re.Pattern[str], by: str | Callable[[str], str]) -> SourceText:
        """With every match of the pattern replaced; what is put in counts as standing where the match begins."""
        text, origin, last = "", array("q"), 0
        for match in pattern.finditer(self.text):
            new = by if isinstance(by, str) else by(match[0])
            if new == match[0]:
                continue
            text += self.text[last : match.start()] + new
            origin += self.origin[last : match.start()] + array("q", [self.origin[match.start()]] * len(new))
            last = match.end()
        return SourceText(text + self.text[last:], origin + self.origin[last:]) if last else self

    def folded(self) -> SourceText:
        """Stripped, each run of white space (no-break spaces included) one space."""
        if self.text == " ".join(self.text.split()):
            return self
        text, origin, last = "", array("q"), 0
        for match in _SPACES.finditer(self.text):
            text += self.text[last : match.start()] + " "
            origin += self.origin[last : match.start()]
            origin.append(self.origin[match.start()])
            last = match.end()
        return SourceText(text + self.text[last:], origin + self.origin[last:]).strip()

    def folded_lines(self) -> SourceText:
        """Each line of a cell (:data:`CELL_LINE` stands between two) folded, empty ones left out."""
        if CELL_LINE not in self.text:
            return self.folded()
        return SourceText.join(CELL_LINE, (line.folded() for line in self.split(_CELL_LINE)))

    def split(self, pattern: re.Pattern[str]) -> Iterator[SourceText]:
        """The parts between matches of the pattern, empty ones included."""
        last = 0
        for match in pattern.finditer(self.text):
            yield self[last : match.start()]
            last = match.end()
        yield self[last:]

    def lines(self) -> Iterator[SourceText]:
        """The lines, without their line ends."""
        return self.split(_LINE_END)

    def spans(self, source: str) -> tuple[Span, ...]:
        """Where this stands in its source: runs of characters, joined where only white space lies between them."""
        spans: list[Span] = []
        start = end = -1
        for char, at in zip(self.text, self.origin, strict=True):
            if char.isspace():
                continue
            if start < 0 or at < start or (at > end and source[end:at].strip()):
                if start >= 0:
                    spans.append(Span(start, end))
                start = end = at
            end = max(end, at + 1)
            # a mark that the source writes by itself
            while end < len(source) and source[end] >= _FIRST_MARK and unicodedata.combining(source[end]):
                end += 1
            entity = ENTITY.match(source, at) if source[at : at + 1] == "&" else None
            if entity and html.unescape(entity[0]) == char:  # a character that the source writes as "&lt;"
                end = max(end, entity.end())
        if start >= 0:
            spans.append(Span(start, end))
        return tuple(spans)


_FIRST_MARK = "\u0300"  # no character before it combines
ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\n|\r|\f")


def _starters(source: str) -> Iterator[int]:
    """Offsets (but the first) at which a new composed character can begin."""
    return (i for i, char in enumerate(source) if i and not unicodedata.combining(char))

"""Words on a page to lines and paragraphs: what the eye sees from where things stand.

Lengths are points, ``top`` counts from the upper edge of the page.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.text import CAPITALS

_WIDE_GAP = 1.0  # of the size of the letters: white space between two columns
_NEW_LINE = 0.5  # of the size of the letters: words that stand lower by more are on another line
_BLANK_LINE = 1.0  # of the size of the letters: white space between two lines that reads as a blank one
_SHORT = 0.1  # of the width of the text: a line that ends so far from the right edge ends its paragraph
_INDENT = 0.02  # of the width of the text: a line that begins so far from the left edge opens a paragraph
_CENTRED = 0.05  # of the width of the text: the least room on both sides of a line in the middle
_LOOSE = 1.25  # of the usual distance of lines: more stands between paragraphs
_ITEM = re.compile(rf"[-–+•*]\s|\d{{1,2}}(?:\.\d{{1,2}})*[.)]\s+[{CAPITALS}]|[a-zđ]\)\s")  # an item of a list begins
_FEW = 6  # lines too few to tell what is usual


@dataclass(frozen=True, slots=True)
class Piece:
    """Words side by side: a line of running text, or what one line of a column holds."""

    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    text: str
    parts: tuple[Piece, ...] = ()

    @property
    def words(self) -> tuple[Piece, ...]:
        """The words it is made of."""
        return self.parts or (self,)


Line = tuple[Piece, ...]
"""Pieces at one height, from left to right."""


def lines(words: Sequence[Piece]) -> list[Line]:
    """Words to lines, from the top; words with wide gaps between them are pieces of their own."""
    found: list[list[Piece]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.x0)):
        if found and abs(word.bottom - found[-1][0].bottom) <= _NEW_LINE * max(word.size, 1.0):
            found[-1].append(word)
        else:
            found.append([word])
    return [tuple(_pieces(sorted(line, key=lambda word: word.x0))) for line in found]


def _pieces(words: Sequence[Piece]) -> Iterator[Piece]:
    piece = words[0]
    for word in words[1:]:
        if word.x0 - piece.x1 > _WIDE_GAP * word.size:
            yield piece
            piece = word
        else:
            piece = Piece(
                piece.x0,
                max(piece.x1, word.x1),
                min(piece.top, word.top),
                max(piece.bottom, word.bottom),
                max(piece.size, word.size),
                f"{piece.text} {word.text}",
                (*piece.words, word),
            )
    yield piece


def paragraphs(found: Sequence[Line], width: float) -> Iterator[str]:
    """Lines of running text to paragraphs, an empty one for a blank line; text set side by side is read column by
    column. ``width`` is that of the page."""
    i = 0
    edges = _Edges.of(found, width)
    while i < len(found):
        end = i + 1
        if len(found[i]) > 1:
            while end < len(found) and len(found[end]) > 1 and not blank_between(found[end - 1], found[end]):
                end += 1
            yield from _side_by_side(found[i:end])
        else:
            while end < len(found) and _goes_on(found[end - 1], found[end], edges):
                end += 1
            yield " ".join(line[0].text for line in found[i:end])
        if end < len(found) and (
            _is_loose(found[end - 1], found[end], edges) or edges.centres(found[end - 1]) != edges.centres(found[end])
        ):
            yield ""
        i = end


def _side_by_side(found: Sequence[Line]) -> Iterator[str]:
    middle = (min(line[0].x0 for line in found) + max(line[-1].x1 for line in found)) / 2
    pieces = [piece for line in found for piece in line]
    yield from (piece.text for piece in pieces if (piece.x0 + piece.x1) / 2 <= middle)
    yield ""
    yield from (piece.text for piece in pieces if (piece.x0 + piece.x1) / 2 > middle)


def blank_between(above: Line, below: Line) -> bool:
    """Whether two lines stand so far apart that a blank one would fit between them."""
    return below[0].top - above[0].bottom > _BLANK_LINE * below[0].size


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the text of a page begins and ends, and how far below each other its lines usually stand."""

    left: float
    right: float
    pitch: float
    middle: float

    @classmethod
    def of(cls, found: Sequence[Line], page: float) -> _Edges:
        left = min((line[0].x0 for line in found), default=0.0)
        right = max((line[-1].x1 for line in found), default=0.0)
        pitches = [below[0].bottom - above[0].bottom for above, below in pairwise(found)]
        pitch = min(pitches, default=0.0) if len(pitches) < _FEW else statistics.median(pitches)
        return cls(left, right, pitch, page / 2)

    def centres(self, line: Line) -> bool:
        """Whether a line stands in the middle, as titles do, with room on both sides."""
        width = self.right - self.left
        off = (line[0].x0 + line[-1].x1) / 2 - self.middle
        return line[0].x0 - self.left > _CENTRED * width and abs(off) < _INDENT * width


def _is_loose(above: Line, below: Line, edges: _Edges) -> bool:
    """Whether two lines stand further apart than those of a paragraph."""
    return below[0].bottom - above[0].bottom > _LOOSE * edges.pitch


def _goes_on(above: Line, below: Line, edges: _Edges) -> bool:
    """Whether a line is the next of the same paragraph: the one above is full, it is not indented itself."""
    width = edges.right - edges.left
    last, first = above[0], below[0]
    return (
        len(below) == 1
        and not _is_loose(above, below, edges)
        and not edges.centres(above)
        and last.x1 > edges.right - _SHORT * width
        and first.x0 < edges.left + _INDENT * width
        and not last.text.endswith((":", ";"))
        and not _ITEM.match(first.text)
        and (last.text.isupper() or not first.text.isupper())
    )

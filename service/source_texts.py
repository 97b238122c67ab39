"""The text of a source as a page shows it: in pages that end at line ends, with every passage a link to its record.

Offsets are those of the passages: Unicode code points of the text, end exclusive (docs/model.md, Identifiers). Only
`read_text` reads a file.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from graph.source_text import Span
from service.releases import Release

PAGE = 8000
"""Characters on a page of a text, more or less: it ends at the next line end."""

_MARGIN = 160  # characters before and after a passage in an excerpt
_TEXTS = "texts"
_SLUG = re.compile(r"[a-z0-9][a-z0-9.-]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters that something was read from: the IRI of what, what kind of thing it is, and what is shown of it."""

    span: Span
    record: str
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a text that the same marks cover: those of the shortest, and whether they are selected."""

    start: int
    text: str
    mark: Mark | None
    selected: bool


def read_text(release: Release, slug: str) -> str | None:
    """Return the text of a source of a release; None where the release holds none."""
    return _read(release.folder, slug) if _SLUG.fullmatch(slug) else None


def text_is_held(release: Release, slug: str) -> bool:
    """Tell whether a release holds the text of a source."""
    return read_text(release, slug) is not None


@lru_cache(maxsize=16)
def _read(folder: Path, slug: str) -> str | None:
    try:
        return (folder / _TEXTS / f"{slug}.txt").read_bytes().decode()
    except FileNotFoundError:
        return None


@lru_cache(maxsize=16)
def pages(text: str) -> tuple[Span, ...]:
    """Return where the pages of a text are; the whole of it lies on them, each character once."""
    spans, start = [], 0
    while start < len(text):
        end = text.find("\n", start + PAGE) + 1
        end = end if 0 < end <= start + 2 * PAGE else min(len(text), start + PAGE)  # a line as long as a page is cut
        spans.append(Span(start, end))
        start = end
    return tuple(spans) or (Span(0, 0),)


def page_at(text: str, offset: int) -> int:
    """Return the number, from 1, of the page that a character is on."""
    return bisect_right([span.start for span in pages(text)], offset)


def pieces(text: str, window: Span, marks: Sequence[Mark], selected: Sequence[Span]) -> Iterator[Piece]:
    """Cut a window of a text where marks and selections begin and end.

    Where marks lie over one another, the shortest has the characters: the name of an agency before the cell it is in.
    """
    inside = [mark for mark in marks if mark.span.start < window.end and mark.span.end > window.start]
    spans = [*(mark.span for mark in inside), *selected]
    cuts = sorted(
        {window.start, window.end, *(at for span in spans for at in (span.start, span.end) if _in(window, at))}
    )
    shortest = sorted(inside, key=lambda mark: (mark.span.end - mark.span.start, mark.record))
    for start, end in pairwise(cuts):
        mark = next((one for one in shortest if one.span.start <= start and end <= one.span.end), None)
        yield Piece(start, text[start:end], mark, any(one.start <= start and end <= one.end for one in selected))


def excerpts(text: str, passages: Iterable[Span], margin: int = _MARGIN) -> list[Span]:
    """Return windows with the passages and what stands before and after each; near ones become one window.

    A window begins and ends between words.
    """
    windows: list[Span] = []
    for span in sorted(passages, key=lambda one: (one.start, one.end)):
        start, end = _word_start(text, span.start - margin), _word_end(text, span.end + margin)
        if windows and start <= windows[-1].end:
            windows[-1] = Span(windows[-1].start, max(windows[-1].end, end))
        else:
            windows.append(Span(start, end))
    return windows


def _in(window: Span, offset: int) -> bool:
    return window.start < offset < window.end


def _word_start(text: str, offset: int) -> int:
    """Return where a word begins, at an offset or after it."""
    if offset <= 0:
        return 0
    while offset < len(text) and not text[offset - 1].isspace():
        offset += 1
    return offset


def _word_end(text: str, offset: int) -> int:
    """Return where a word ends, at an offset or before it."""
    if offset >= len(text):
        return len(text)
    while offset > 0 and not text[offset].isspace():
        offset -= 1
    return offset

"""Passages as pages show them: their characters in the text of the source, with the words before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.namespaces import BASE, passage_of, record_of, thing
from graph.source_text import Span
from service.kinds.asking import Asking
from service.source_texts import Mark, Piece, excerpts, pieces, read_text


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A window of a text, cut into pieces, and where it stands: `before` and `after` tell whether the text goes on."""

    source: str
    window: Span
    pieces: tuple[Piece, ...]
    before: bool
    after: bool


def excerpts_of(
    asking: Asking, source: str, spans: Sequence[Span], marks: Sequence[Mark] = (), margin: int = 160
) -> list[Excerpt]:
    """Return the windows of a source's text around some characters, which are selected; none where the release holds no
    text of it."""
    text = read_text(asking.lease.release, source)
    if text is None:
        return []
    return [window_of(text, source, window, marks, spans) for window in excerpts(text, spans, margin)]


def window_of(text: str, source: str, window: Span, marks: Sequence[Mark], selected: Sequence[Span]) -> Excerpt:
    """Return one window of a text."""
    cut = tuple(pieces(text, window, marks, selected))
    return Excerpt(source, window, cut, window.start > 0, window.end < len(text))


async def read_marks(asking: Asking, source: str) -> list[Mark]:
    """Return all passages of a source with the records that they state."""
    rows = await asking.rows("passages", this=(NamedNode(thing("source", source)),))
    return marks_of((row["passage"], row["part"]) for row in rows)


def marks_of(stated: Iterable[tuple[str, str]]) -> list[Mark]:
    """Return marks from passages and what they state."""
    found = ((passage_of(passage), part) for passage, part in stated)
    marks = {Mark(place[1], record_of(part), kind_of(part)) for place, part in found if place}
    return sorted(marks, key=lambda mark: (mark.span.start, mark.span.end, mark.record, mark.kind))


def kind_of(iri: str) -> str:
    """Return what a part states, by its IRI: "lead", "coordination", "deadline", "task", "document" …"""
    path = iri.removeprefix(f"{BASE}id/").split("/")
    if "assignment" in path:
        return path[path.index("assignment") + 1]
    return next((name for name in reversed(path[::2]) if name), "")

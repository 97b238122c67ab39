"""What a query asks for: a list of wishes, each a choice of phrases; and where in a text these stand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.search.words import Word, placed_words, words

MOST_WORDS = 20
"""Words that a query may have."""

_ABBREVIATIONS = Path(__file__).with_name("abbreviations.toml")
_SHORTEST_BEGINNING = 2  # letters of an unfinished last word
_SNIPPET = 160  # characters, about
_BEFORE = 40  # of them before the first word that is found


class SearchError(Exception):
    """The index or its abbreviations cannot be read; the message names the file."""


class QueryError(Exception):
    """The query cannot be asked; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other, in their exact or folded form; the last one perhaps unfinished."""

    words: tuple[str, ...]
    form: str
    unfinished: bool = False

    def expression(self, columns: Sequence[str]) -> str:
        """The FTS5 expression for it; the words hold letters and digits alone, so nothing in them is syntax."""
        named = " ".join(f"{column}_{self.form}" for column in columns)
        return f'{{{named}}} : "{" ".join(self.words)}"' + ("*" if self.unfinished else "")

    def stands_at(self, text: Sequence[Word], place: int) -> bool:
        """Whether it stands in the words of a text from one of them on."""
        found = [getattr(word, self.form) for word in text[place : place + len(self.words)]]
        if not self.unfinished:
            return found == list(self.words)
        return found[:-1] == list(self.words[:-1]) and bool(found) and found[-1].startswith(self.words[-1])


Wish = tuple[Phrase, ...]
"""Phrases of which one has to be found."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether it is what was asked for."""

    text: str
    found: bool


def words_of(query: str) -> tuple[Word, ...]:
    """The words of a query. Raises :class:`QueryError` for one that has too many."""
    asked = words(query)
    if len(asked) > MOST_WORDS:
        raise QueryError(f"the query has {len(asked)} words; it may have {MOST_WORDS}")
    return asked


def wishes(asked: Sequence[Word], *, relaxed: bool) -> list[Wish]:
    """What words ask for: a word with accents stands so, unless ``relaxed``; one without is found with any; an
    abbreviation (abbreviations.toml) also finds what it stands for."""
    made = []
    for n, word in enumerate(asked):
        if word.accented and not relaxed:
            phrases = [Phrase((word.exact,), "exact")]
        else:
            last = n == len(asked) - 1 and len(word.folded) >= _SHORTEST_BEGINNING
            phrases = [Phrase((word.folded,), "folded", unfinished=last)]
        for full in _abbreviations().get(word.folded, ()):
            phrases.append(Phrase(tuple(one.folded for one in words(full)), "folded"))
        made.append(tuple(phrases))
    return made


def expression(asked: Sequence[Wish], columns: Sequence[str]) -> str:
    """The FTS5 expression for entries that fulfil all wishes in columns."""
    return " AND ".join(f"({' OR '.join(one.expression(columns) for one in wish)})" for wish in asked)


def length(asked: Sequence[Wish]) -> int:
    """How many words of a title the wishes can be about."""
    return sum(max(len(phrase.words) for phrase in wish) for wish in asked)


def marked(text: str, asked: Sequence[Wish]) -> tuple[Piece, ...]:
    """A text in pieces, those that were asked for marked."""
    placed = placed_words(text)
    stand = [word for _, _, word in placed]
    pieces, at = [], 0
    for n, (start, _, _) in enumerate(placed):
        sizes = [len(one.words) for wish in asked for one in wish if one.stands_at(stand, n)]
        if not sizes or start < at:
            continue
        end = placed[n + max(sizes) - 1][1]
        pieces += [Piece(text[at:start], found=False), Piece(text[start:end], found=True)]
        at = end
    pieces.append(Piece(text[at:], found=False))
    return tuple(piece for piece in pieces if piece.text)


def snippet(text: str, asked: Sequence[Wish]) -> tuple[Piece, ...]:
    """The part of a text around the first place that was asked for, cut between words; empty where none is."""
    whole = marked(text, asked)
    if not any(piece.found for piece in whole):
        return ()
    first = len(whole[0].text) if not whole[0].found else 0
    start = 0 if first <= _BEFORE else text.find(" ", first - _BEFORE, first) + 1 or first
    end = len(text) if len(text) <= start + _SNIPPET else text.rfind(" ", start + 1, start + _SNIPPET)
    end = end if end > first else min(len(text), start + _SNIPPET)
    pieces = marked(text[start:end], asked)
    before = (Piece("… ", found=False),) if start else ()
    after = (Piece(" …", found=False),) if end < len(text) else ()
    return (*before, *pieces, *after)


@cache
def _abbreviations() -> Mapping[str, Sequence[str]]:
    """What each abbreviation, folded, stands for."""
    try:
        read = tomllib.loads(_ABBREVIATIONS.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SearchError(f"{_ABBREVIATIONS}: cannot be read: {error}") from None
    return {word.folded: full for short, full in read.items() for word in words(short)}

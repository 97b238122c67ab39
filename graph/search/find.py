"""Finding entries: what a query means, which entries fit, in which order, and how many there are of each facet."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.search.words import Word, words

FACETS = ("kind", "area", "topic", "document", "agency", "year")
MOST_WORDS = 20  # of a query; more say nothing more
_ABBREVIATIONS = Path(__file__).with_name("abbreviations.toml")
_WEIGHTS = "10.0, 10.0, 1.0, 1.0"  # of the title, exact and folded, and of the rest
_SHORTEST_BEGINNING = 2  # letters of an unfinished last word
_MOST_VALUES = 30  # of a facet


class SearchError(Exception):
    """The index or its abbreviations cannot be read; the message names the file."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: its IRI, title and kind."""

    iri: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of a facet and how many entries would be left with it."""

    name: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits of ``total``, the facets, and whether accents had to be passed over to find any."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...]
    relaxed: bool


class Search:
    """The index of one release, open for reading. Safe to use from one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open an index file. Raises :class:`SearchError`."""
        self._path = path
        try:
            self._database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._database.execute("SELECT count(*) FROM entry")
        except sqlite3.Error as error:
            raise SearchError(f"{path}: is no search index: {error}") from None

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def find(
        self, query: str, filters: Mapping[str, Sequence[str]] | None = None, *, limit: int = 20, offset: int = 0
    ) -> Found:
        """The entries that have every word of the query, the last one perhaps unfinished, best first.

        A word with accents has to stand so; one without is found with any. Where that finds nothing, accents are
        passed over (``relaxed``). Abbreviations (abbreviations.toml) also find what they stand for. ``filters``: values
        by facet, of which an entry has one at least. A query without words finds nothing.
        """
        asked = words(query)[:MOST_WORDS]
        for relaxed in (False, True):
            match = _match(asked, relaxed=relaxed)
            found = self._found(match, asked, filters or {}, limit, offset, relaxed=relaxed) if match else None
            if found and found.total:
                return found
            if not any(word.accented for word in asked):
                break
        return Found((), 0, (), False)

    def _found(
        self,
        match: str,
        asked: Sequence[Word],
        filters: Mapping[str, Sequence[str]],
        limit: int,
        offset: int,
        *,
        relaxed: bool,
    ) -> Found:
        where, values = _filtered(filters)
        total = self._rows(f"SELECT count(*) FROM text WHERE text MATCH ?{where}", (match, *values))[0][0]
        name = " ".join(word.folded for word in asked)
        rows = self._rows(
            f"SELECT iri, title, value FROM text JOIN entry ON id = text.rowid JOIN facet ON entry = id AND "
            f"facet.name = 'kind' WHERE text MATCH ?{where} "
            f"ORDER BY entry.name <> ?, bm25(text, {_WEIGHTS}), iri LIMIT ? OFFSET ?",
            (match, *values, name, limit, offset),
        )
        facets = [facet for one in FACETS for facet in self._facet(one, match, filters)]
        return Found(tuple(Hit(*row) for row in rows), total, tuple(facets), relaxed)

    def _facet(self, name: str, match: str, filters: Mapping[str, Sequence[str]]) -> list[Facet]:
        """The values of a facet among what the other filters leave, the most frequent first."""
        where, values = _filtered({other: wanted for other, wanted in filters.items() if other != name})
        rows = self._rows(
            f"SELECT value, count(*) AS entries FROM facet WHERE name = ? AND entry IN "
            f"(SELECT rowid FROM text WHERE text MATCH ?{where}) GROUP BY value ORDER BY entries DESC, value LIMIT ?",
            (name, match, *values, _MOST_VALUES),
        )
        return [Facet(name, value, count) for value, count in rows]

    def _rows(self, statement: str, values: Iterable[object]) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(statement, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise SearchError(f"{self._path}: cannot be searched: {error}") from None


def _filtered(filters: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """The further condition that filters make, and its values."""
    where, values = "", []
    for name, wanted in sorted(filters.items()):
        marks = ", ".join("?" * len(wanted))
        where += f" AND text.rowid IN (SELECT entry FROM facet WHERE name = ? AND value IN ({marks}))"
        values += [name, *wanted]
    return where, values


def _match(asked: Sequence[Word], *, relaxed: bool) -> str:
    """The FTS5 expression for words, all of which an entry must have."""
    parts = []
    for n, word in enumerate(asked):
        if word.accented and not relaxed:
            options = [_phrase((word,), "exact")]
        else:
            options = [_phrase((word,), "folded")]
            if n == len(asked) - 1 and len(word.folded) >= _SHORTEST_BEGINNING:
                options = [options[0] + "*"]
        options += [_phrase(words(full), "folded") for full in _abbreviations().get(word.folded, ())]
        parts.append(f"({' OR '.join(options)})")
    return " AND ".join(parts)


def _phrase(found: Sequence[Word], form: str) -> str:
    """Words one after the other; they hold letters and digits alone, so nothing in them is syntax."""
    return f'{{title_{form} more_{form}}} : "{" ".join(getattr(word, form) for word in found)}"'


@cache
def _abbreviations() -> Mapping[str, Sequence[str]]:
    """What each abbreviation, folded, stands for."""
    try:
        read = tomllib.loads(_ABBREVIATIONS.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SearchError(f"{_ABBREVIATIONS}: cannot be read: {error}") from None
    return {word.folded: full for short, full in read.items() for word in words(short)}

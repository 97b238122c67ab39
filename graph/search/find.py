"""Finding entries: which fit a query, in which order, and how many there are of each facet."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.search.asked import Piece, SearchError, Wish, expression, length, marked, snippet, wishes, words_of
from graph.search.words import Word

FACETS = ("kind", "area", "topic", "document", "agency", "year")
_COLUMNS = ("title", "more")
_WEIGHTS = "10.0, 10.0, 1.0, 1.0"  # of the title, exact and folded, and of the rest
_NEARLY_ALL = 0.6  # of a title's words: then the query is its name, but for a word such as "Sở"
_STEPS = 10_000  # of SQLite between two looks at the clock


class SearchTimeoutError(Exception):
    """A search took longer than it may."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: its IRI, title and kind; the title in pieces, and a part of its further text that was found."""

    iri: str
    title: str
    kind: str
    marked: tuple[Piece, ...] = ()
    snippet: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of a facet, how many entries would be left with it, and what it is called, by language."""

    name: str
    value: str
    count: int
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits of ``total``, the facets, and whether accents had to be passed over to find any."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...]
    relaxed: bool


class Search:
    """The index of one release, open for reading. Safe to use from one thread at a time."""

    def __init__(self, path: Path, seconds: float | None = None) -> None:
        """Open an index file; a search stops after ``seconds``. Raises :class:`SearchError`."""
        self._path = path
        try:
            self._database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._database.execute("SELECT more FROM entry LIMIT 1")
        except sqlite3.Error as error:
            raise SearchError(f"{path}: is no search index: {error}") from None
        if seconds is not None:
            until = time.monotonic() + seconds
            self._database.set_progress_handler(lambda: time.monotonic() > until, _STEPS)

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

        Raises :class:`QueryError` for too many words and :class:`SearchTimeoutError`.
        """
        asked = words_of(query)
        for relaxed in (False, True) if any(word.accented for word in asked) else (False,):
            found = self._found(asked, filters or {}, limit, offset, relaxed=relaxed) if asked else None
            if found and found.total:
                return found
        return Found((), 0, (), False)

    def values(self, facet: str) -> list[str]:
        """All values of a facet, the most frequent first."""
        counted = "SELECT value FROM facet WHERE name = ? GROUP BY value ORDER BY count(*) DESC, value"
        return [value for (value,) in self._rows(counted, (facet,))]

    def _found(
        self,
        words: Sequence[Word],
        filters: Mapping[str, Sequence[str]],
        limit: int,
        offset: int,
        *,
        relaxed: bool,
    ) -> Found:
        asked = wishes(words, relaxed=relaxed)
        match = expression(asked, _COLUMNS)
        where, values = _filtered(filters)
        total = self._rows(f"SELECT count(*) FROM text WHERE text MATCH ?{where}", (match, *values))[0][0]
        if not total:
            return Found((), 0, (), relaxed)
        name = " ".join(word.folded for word in words)
        # First what is called so; then what is called nearly so, the shortest first; then what speaks most of it.
        rows = self._rows(
            "WITH called AS (SELECT rowid FROM text WHERE text MATCH ?) "
            "SELECT iri, title, more, value, entry.id IN called AND ? >= words * ? AS nearly "
            "FROM text JOIN entry ON id = text.rowid JOIN facet ON entry = id AND facet.name = 'kind' "
            f"WHERE text MATCH ?{where} "
            f"ORDER BY entry.name <> ?, NOT nearly, CASE WHEN nearly THEN words END, bm25(text, {_WEIGHTS}), iri "
            "LIMIT ? OFFSET ?",
            (expression(asked, ("title",)), length(asked), _NEARLY_ALL, match, *values, name, limit, offset),
        )
        facets = [facet for one in FACETS for facet in self._facet(one, match, filters)]
        hits = (_hit(asked, iri, title, more, kind) for iri, title, more, kind, _ in rows)
        return Found(tuple(hits), total, tuple(facets), relaxed)

    def _facet(self, name: str, match: str, filters: Mapping[str, Sequence[str]]) -> list[Facet]:
        """The values of a facet among what the other filters leave, the most frequent first."""
        where, values = _filtered({other: wanted for other, wanted in filters.items() if other != name})
        rows = self._rows(
            f"SELECT value, count(*) AS entries FROM facet WHERE name = ? AND entry IN "
            f"(SELECT rowid FROM text WHERE text MATCH ?{where}) GROUP BY value ORDER BY entries DESC, value",
            (name, match, *values),
        )
        return [Facet(name, value, count, self._labels(value)) for value, count in rows]

    def _labels(self, value: str) -> dict[str, str]:
        return dict(self._rows("SELECT language, text FROM label WHERE value = ?", (value,)))

    def _rows(self, statement: str, values: Iterable[object]) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(statement, tuple(values)).fetchall()
        except sqlite3.OperationalError as error:
            if str(error) == "interrupted":
                raise SearchTimeoutError("the search took too long") from None
            raise SearchError(f"{self._path}: cannot be searched: {error}") from None
        except sqlite3.Error as error:
            raise SearchError(f"{self._path}: cannot be searched: {error}") from None


def _hit(asked: Sequence[Wish], iri: str, title: str, more: str, kind: str) -> Hit:
    return Hit(iri, title, kind, marked(title, asked), snippet(more, asked))


def _filtered(filters: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """The further condition that filters make, and its values."""
    where, values = "", []
    for name, wanted in sorted(filters.items()):
        marks = ", ".join("?" * len(wanted))
        where += f" AND text.rowid IN (SELECT entry FROM facet WHERE name = ? AND value IN ({marks}))"
        values += [name, *wanted]
    return where, values

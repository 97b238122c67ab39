"""The index of a release: entries from its graph, and the SQLite file that holds them."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.search.words import words
from graph.solutions import select
from graph.store import Store

INDEX = "search.sqlite"
_ENTRIES = Path(__file__).parent / "entries"
_NO_KINDS = ("facets", "labels")  # the files that are about entries of every kind
_SCHEMA = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, title TEXT NOT NULL, more TEXT NOT NULL,
  name TEXT NOT NULL, words INTEGER NOT NULL);
CREATE TABLE label (value TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (value, language))
  WITHOUT ROWID;
CREATE TABLE facet (entry INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (entry, name, value))
  WITHOUT ROWID;
CREATE INDEX by_value ON facet (name, value);
CREATE VIRTUAL TABLE text USING fts5
  (title_exact, title_folded, more_exact, more_folded, content='', tokenize='unicode61 remove_diacritics 0');
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found: its IRI, its title, further text, and its facets as (name, value): the kind of thing it is
    and the IRIs of its area, topic, document and agency, and years."""

    iri: str
    title: str
    more: str
    facets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What a value of a facet is called in a language."""

    value: str
    language: str
    text: str


def entries_of(store: Store) -> Iterator[Entry]:
    """The entries of a release's graph, in the order of their IRIs.

    Each entries/<kind>.rq gives ``?iri ?title`` and ``?more`` (several rows for an entry that has several), and
    facets.rq ``?iri ?name ?value``.
    """
    facets: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in _rows(store, _ENTRIES / "facets.rq"):
        facets[row["iri"]].add((row["name"], row["value"]))
    for path in sorted(_ENTRIES.glob("*.rq")):
        if path.stem in _NO_KINDS:
            continue
        titles: dict[str, str] = {}
        more: dict[str, set[str]] = defaultdict(set)
        for row in _rows(store, path):
            titles.setdefault(row["iri"], row["title"])
            more[row["iri"]].update([row["more"]] if "more" in row else [])
        for iri, title in sorted(titles.items()):
            also = " | ".join(sorted(more[iri] - {title}))
            yield Entry(iri, _nfc(title), _nfc(also), (("kind", path.stem), *sorted(facets[iri])))


def labels_of(store: Store) -> Iterator[Label]:
    """What the values of facets are called in a release's graph (labels.rq: ``?value ?language ?text``)."""
    named: dict[tuple[str, str], str] = {}
    for row in _rows(store, _ENTRIES / "labels.rq"):
        named.setdefault((row["value"], row["language"]), row["text"])
    for (value, language), text in sorted(named.items()):
        yield Label(value, language, text)


def build(entries: Iterable[Entry], path: Path, labels: Iterable[Label] = ()) -> int:
    """Write an index file, which must not be there yet; returns how many entries it has."""
    with sqlite3.connect(path) as database:
        database.executescript(_SCHEMA)
        rows = ((one.value, one.language, one.text) for one in labels)
        database.executemany("INSERT INTO label VALUES (?, ?, ?)", rows)
        count = 0
        for count, entry in enumerate(entries, 1):
            title, more = words(entry.title), words(entry.more)
            name = " ".join(word.folded for word in title)
            database.execute(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)",
                (count, entry.iri, entry.title, entry.more, name, len(title)),
            )
            database.executemany(
                "INSERT INTO facet VALUES (?, ?, ?)", [(count, name, value) for name, value in entry.facets]
            )
            columns = [
                " ".join(getattr(word, form) for word in found)
                for found in (title, more)
                for form in ("exact", "folded")
            ]
            database.execute(
                "INSERT INTO text (rowid, title_exact, title_folded, more_exact, more_folded) VALUES (?, ?, ?, ?, ?)",
                (count, *columns),
            )
        database.execute("INSERT INTO text (text) VALUES ('optimize')")
    database.close()
    return count


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _rows(store: Store, path: Path) -> Iterator[dict[str, str]]:
    for row in select(store, path.read_text(encoding="utf-8")):
        yield {name: term["value"] for name, term in row.items()}

"""The names that a release has, as a question may call them, and what they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.asking import AskingError
from graph.asking.lexicon import Lexicon
from graph.asking.tokens import Token, tokens
from graph.entries import read_toml
from graph.questions.table import Table
from graph.text import fold_in_place

_FOLDER = Path(__file__).parent
QUERIES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((_FOLDER / "names").glob("*.rq"))}
"""The queries whose solutions :func:`names_of` takes, by name."""

_MORE = _FOLDER / "names.toml"
_ABBREVIATIONS = _FOLDER.parent / "search" / "abbreviations.toml"
_LEAST_PART, _LONGEST_PART = 2, 9  # words of an indicator's name by which it can be told
_SHORT = 3  # letters; a signalling term of a topic with fewer is an abbreviation, written in capitals
_MOST_NAMED = 8  # indicators; a run of words that more of them share tells none
_KIND_OF_NUMBER = re.compile(r"(?<![^\W\d_])[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a question can name: its kind (topic, area, agency, document, indicator, statement), IRI, label.

    ``area`` is the IRI of the area it belongs to; ``held`` whether the release can be asked about it: an area with a
    plan, a document with its text, an agency at all; ``successor`` the label of what came after it. Of a document:
    ``number``, ``type`` (resolution, plan …), ``year`` (None if not known) and ``plan``, whether it has tasks or
    indicators.
    """

    kind: str
    iri: str
    label: str
    area: str = ""
    held: bool = True
    successor: str = ""
    number: str = ""
    type: str = ""
    year: int | None = None
    plan: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a release: those to look for among ideas, and indicators by parts of their names."""

    spellings: tuple[tuple[str, Name], ...]
    indicators: Lexicon[Name]
    documents: tuple[Name, ...]
    areas: Mapping[str, Name]
    document_numbers: re.Pattern[str]


def names_of(found: Mapping[str, Table]) -> Names:
    """The names of a release, from the solutions of all :data:`QUERIES`. Raises AskingError."""
    more = read_toml(_MORE, AskingError)
    rows = {name: [_plain(row) for row in table.rows] for name, table in found.items()}
    areas = [(row["spelling"], _area(row)) for row in rows["areas"]]
    documents = tuple(dict.fromkeys(_document(row) for row in rows["documents"]))
    spellings = [
        *_topics(rows["topics"], more["topic"]),
        *areas,
        *_agencies(rows["agencies"], more["agency"]),
        *_missing(rows["missing-agencies"]),
        *_numbers(documents, more["document"]),
    ]
    return Names(
        tuple(dict.fromkeys(spellings)),
        Lexicon.of(_parts_of_indicators(rows["indicators"], more["indicator"])),
        documents,
        {name.iri: name for _, name in areas},
        _document_numbers(more["document"]),
    )


def slug_of(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rpartition("/")[2]


def _plain(row: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {name: term["value"] for name, term in row.items()}


def _topics(rows: Iterable[Mapping[str, str]], more: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Name]]:
    for row in rows:
        name = Name("topic", row["iri"], row["label"])
        for text in (
            row["spelling"].upper() if len(row["spelling"]) < _SHORT else row["spelling"],
            *more.get(slug_of(name.iri), ()),
        ):
            yield from _with_abbreviations(text, name)


def _area(row: Mapping[str, str]) -> Name:
    held = row["held"] == "true"
    return Name("area", row["iri"], row["label"], row["iri"], held, row.get("successor", ""))


def _agencies(rows: Iterable[Mapping[str, str]], more: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Name]]:
    for row in rows:
        name = Name("agency", row["iri"], row["label"], row["area"])
        for text in (row["spelling"], *more.get(slug_of(name.iri), ())):
            yield from _with_abbreviations(text, name)


def _missing(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, Name]]:
    for row in rows:
        if len(tokens(row["spelling"])) > 1:
            name = Name("agency", row["iri"], row["label"], held=False, successor=row.get("successor", ""))
            yield from _with_abbreviations(row["spelling"], name)


def _document(row: Mapping[str, str]) -> Name:
    number, held = row.get("number", ""), row["held"] == "true"
    year = row.get("date", "")[:4]
    return Name(
        "document",
        row["iri"],
        " – ".join(filter(None, (number, row.get("title", "")))) or slug_of(row["iri"]),
        row.get("area", ""),
        held,
        number=number,
        type=slug_of(row.get("type", "")),
        year=int(year) if year else None,
        plan=row["plan"] == "true",
    )


def _numbers(documents: Iterable[Name], kinds: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Name]]:
    """The number of each document, and what people make of it: "KH 687", "kế hoạch số 687", "687 plan"."""
    for document in documents:
        yield slug_of(document.iri), document
        if not document.number:
            continue
        yield document.number, document
        first = document.number.split("/")[0].split("-")[0]
        letters = _KIND_OF_NUMBER.findall(document.number)
        for kind in letters[:1]:
            for text in kinds.get(kind, ()):
                for written in (f"{text} {first}", f"{text} số {first}", f"{text} số {document.number}"):
                    yield written, document
                yield f"{text} {document.number}", document
            yield f"{first} {kind}", document
            yield from ((f"{first} {text}", document) for text in kinds.get(kind, ()))


def _document_numbers(kinds: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """What looks like the number of a document, in text that :func:`graph.text.fold_in_place` gave."""
    words = "|".join(sorted({fold_in_place(text) for texts in kinds.values() for text in texts}, key=len, reverse=True))
    codes = "|".join(fold_in_place(kind) for kind in kinds)
    return re.compile(
        rf"(?<!\w)(?:(?:{words})\s+(?:so\s+)?\d+(?:[-/]\w+)*|\d+(?:/\d+)?[-/](?:{codes})(?:[-/]\w+)*)(?!\w)"
    )


def _parts_of_indicators(
    rows: Iterable[Mapping[str, str]], english: Mapping[str, Iterable[str]]
) -> Iterator[tuple[str | tuple[Token, ...], Name]]:
    """Runs of words of the names of indicators; the whole name too, and English words for a run.

    A run that is a whole name names that indicator alone; one that very many names have names none.
    """
    named: dict[tuple[str, ...], dict[Name, None]] = defaultdict(dict)
    whole: dict[tuple[str, ...], dict[Name, None]] = defaultdict(dict)
    written: dict[tuple[str, ...], tuple[Token, ...]] = {}
    for row in rows:
        name = Name("indicator", row["iri"], row["label"])
        words = tokens(row["spelling"])
        exact = tuple(word.exact for word in words)
        whole[exact][name] = None
        for start in range(len(words)):
            for end in range(start + _LEAST_PART, min(len(words), start + _LONGEST_PART) + 1):
                part = exact[start:end]
                named[part][name] = None
                written.setdefault(part, words[start:end])
        written[exact] = words
    named.update(whole)
    told = {part: names for part, names in named.items() if len(names) <= _MOST_NAMED}
    for part, names in told.items():
        yield from ((written[part], name) for name in names)
    for text, words_for in english.items():
        for name in told.get(tuple(word.exact for word in tokens(text)), ()):
            yield from ((word, name) for word in words_for)


def _with_abbreviations(text: str, name: Name) -> Iterator[tuple[str, Name]]:
    """A spelling, and the same with words within it abbreviated as people do ("Sở KHCN")."""
    yield text, name
    lower = text.lower()
    for full, short in _abbreviations():
        if full in lower:
            yield lower.replace(full, short.upper()), name


@cache
def _abbreviations() -> tuple[tuple[str, str], ...]:
    """What is abbreviated, in lower case, and how."""
    table: Mapping[str, Iterable[str]] = read_toml(_ABBREVIATIONS, AskingError)
    return tuple((full.lower(), short) for short, meant in table.items() for full in meant)

"""The names that a release has, as a question may call them, and what they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.asking import AskingError
from graph.asking.lexicon import Lexicon, spellings_of
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
_TELLING_NUMBER = 3  # digits of a number by which a document held here is called: "in 687"
_PARTS = re.compile(r", | - | và | and ")  # between the fields of a department
_SHORTENED = 2  # words of the name of an area that is also written "Q.Trị"
_KIND_OF_NUMBER = re.compile(r"(?<![^\W\d_])[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a question can name: its kind (topic, area, agency, document, indicator, statement), IRI, label.

    ``area`` is the IRI of the area it belongs to; ``held`` whether the release can be asked about it: an area with a
    plan, a document with its text, an agency at all; ``successor`` the label of what came after it.

    Of a document: ``number``, ``type`` (resolution, plan …), ``year`` (None if not known), ``date`` as far as known,
    ``plan``, whether it has tasks or indicators, ``cited`` and ``implemented``, whether another document does so, and
    ``issuer``, the IRI of who passed it. Of a topic: ``broader``, the
    IRI of the one it is part of, and ``general``, whether all plans are about it. Of an agency: ``governs``, whether it
    is one of those that issue the plans of their areas, such as a people's committee.
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
    date: str = ""
    plan: bool = False
    cited: bool = False
    implemented: bool = False
    issuer: str = ""
    broader: str = ""
    general: bool = False
    governs: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a release: those to look for among ideas, and indicators by parts of their names.

    ``indicators_said`` are words, without accents, that names.toml has for indicators.
    """

    spellings: tuple[tuple[str, Name], ...]
    indicators: Lexicon[Name]
    indicators_said: frozenset[tuple[str, ...]]
    documents: tuple[Name, ...]
    areas: Mapping[str, Name]
    document_numbers: re.Pattern[str]
    document_types: Lexicon[str]


def names_of(found: Mapping[str, Table]) -> Names:
    """The names of a release, from the solutions of all :data:`QUERIES`. Raises AskingError."""
    more = read_toml(_MORE, AskingError)
    rows = {name: [_plain(row) for row in table.rows] for name, table in found.items()}
    areas = [*_areas(rows["areas"], more["area"])]
    documents = tuple(dict.fromkeys(_document(row) for row in rows["documents"]))
    governing = {slug_of(one.issuer) for one in documents if one.held and one.issuer}
    agencies = [(row["spelling"], _agency(row, governing)) for row in rows["agencies"]]
    missing = [(row["spelling"], _agency(row, governing)) for row in rows["missing-agencies"]]
    spellings = [
        *_topics(rows["topics"], more["topic"], more["general"]["topic"]),
        *areas,
        *_agencies(agencies, more["agency"]),
        *_missing(missing),
        *_said_otherwise([*agencies, *missing], more),
        *_numbers(documents, more["document"]),
    ]
    return Names(
        tuple(dict.fromkeys(spellings)),
        Lexicon.of(_parts_of_indicators(rows["indicators"], more["indicator"])),
        frozenset(_folded(word) for words in more["indicator"].values() for word in words),
        documents,
        {name.iri: name for _, name in areas},
        _document_numbers(more["document"]),
        Lexicon.of(spellings_of(more["document-type"])),
    )


def _folded(text: str) -> tuple[str, ...]:
    return tuple(word.folded for word in tokens(text))


def slug_of(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rpartition("/")[2]


def _plain(row: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {name: term["value"] for name, term in row.items()}


def _topics(
    rows: Iterable[Mapping[str, str]], more: Mapping[str, Iterable[str]], general: Collection[str]
) -> Iterator[tuple[str, Name]]:
    for row in rows:
        of_all = slug_of(row["iri"]) in general
        name = Name("topic", row["iri"], row["label"], broader=row.get("broader", ""), general=of_all)
        for text in (
            row["spelling"].upper() if len(row["spelling"]) < _SHORT else row["spelling"],
            *more.get(slug_of(name.iri), ()),
        ):
            yield from _with_abbreviations(text, name)


def _areas(rows: Iterable[Mapping[str, str]], more: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Name]]:
    for row in rows:
        name = Name("area", row["iri"], row["label"], row["iri"], row["held"] == "true", row.get("successor", ""))
        words = row["spelling"].split()
        short = [f"{words[0][0]} {words[1]}"] if len(words) == _SHORTENED else []
        yield from ((text, name) for text in (row["spelling"], *short, *more.get(slug_of(name.iri), ())))


def _agencies(named: Iterable[tuple[str, Name]], more: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Name]]:
    for spelling, name in named:
        for text in (spelling, *more.get(slug_of(name.iri), ())):
            yield from _with_abbreviations(text, name)


def _missing(named: Iterable[tuple[str, Name]]) -> Iterator[tuple[str, Name]]:
    for spelling, name in named:
        if len(tokens(spelling)) > 1:
            yield from _with_abbreviations(spelling, name)


def _agency(row: Mapping[str, str], governing: Set[str]) -> Name:
    """An agency; one of a type that no agency of the release has is in no area, and not held."""
    area, successor = row.get("area", ""), row.get("successor", "")
    governs = slug_of(row["iri"]) in governing
    return Name("agency", row["iri"], row["label"], area, bool(area), successor, governs=governs)


def _said_otherwise(
    named: Iterable[tuple[str, Name]], more: Mapping[str, Mapping[str, Sequence[str]]]
) -> Iterator[tuple[str, Name]]:
    """Names of agencies in their other forms, but for those that are another's own name, or could be of two types.

    Types that the release has go before others.
    """
    own = {spelling.lower() for spelling, _ in named}
    said: dict[str, dict[Name, None]] = defaultdict(dict)
    for spelling, name in named:
        for text in _forms(spelling, more["form"], more["short-form"]):
            if text.lower() not in own:
                said[text][name] = None
    for text, names in said.items():
        held = [name for name in names if name.held] or list(names)
        if len({slug_of(name.iri) for name in held}) == 1:
            yield from ((text, name) for name in held)


def _forms(name: str, forms: Mapping[str, Sequence[str]], short_forms: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for official in forms:
        head, _, tail = official.partition("{}")
        if not (name.startswith(head) and name.endswith(tail)):
            continue
        rest = name.removeprefix(head).removesuffix(tail)
        short = short_forms.get(official, ()) if rest.isupper() else ()
        parts = (part for part in _PARTS.split(rest) if len(part) > _SHORT)
        for part in dict.fromkeys((rest, *parts)):
            yield from (form.replace("{}", part) for form in (*forms[official], *short))


def _document(row: Mapping[str, str]) -> Name:
    number, held = row.get("number", ""), row["held"] == "true"
    date = row.get("date", "")
    year = date[:4]
    return Name(
        "document",
        row["iri"],
        " – ".join(filter(None, (number, row.get("title", "")))) or slug_of(row["iri"]),
        row.get("area", ""),
        held,
        number=number,
        type=slug_of(row.get("type", "")),
        year=int(year) if year else None,
        date=date,
        plan=row["plan"] == "true",
        cited=row["cited"] == "true",
        implemented=row["implemented"] == "true",
        issuer=row.get("issuer", ""),
    )


def _numbers(documents: Iterable[Name], kinds: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Name]]:
    """The number of each document, and what people make of it: "KH 687", "kế hoạch số 687", "687 plan"."""
    for document in documents:
        yield slug_of(document.iri), document
        if not document.number:
            continue
        yield document.number, document
        first = document.number.split("/")[0].split("-")[0]
        if document.held and len(first) >= _TELLING_NUMBER and first.isdigit():
            yield first, document
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

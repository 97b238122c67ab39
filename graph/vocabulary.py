"""The vocabularies of ontology/ as typed values: agency types, areas, topics, document types, units."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from graph.text import fold

BASE = "https://w3id.org/phancong/"
DEF = f"{BASE}def#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ONTOLOGY = Path(__file__).parent.parent / "ontology"


class VocabularyError(Exception):
    """A vocabulary file cannot be used; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a vocabulary: ``labels`` holds every Vietnamese name (preferred first), ``hidden`` its hidden
    labels."""

    slug: str
    labels: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    notation: str | None = None
    patterns: tuple[str, ...] = ()
    counter_signals: tuple[str, ...] = ()
    level: str | None = None
    replaced_by: str | None = None

    @property
    def label(self) -> str:
        """The preferred Vietnamese name."""
        return self.labels[0]


@dataclass(frozen=True)
class Vocabulary:
    """Everything the rooms know beforehand, by slug."""

    agency_types: dict[str, Concept]
    areas: dict[str, Concept]
    topics: dict[str, Concept]
    document_types: dict[str, Concept]
    units: dict[str, Concept]

    @cached_property
    def agency_names(self) -> dict[str, str]:
        """Folded name -> slug of the agency type that has it as a label (hidden ones too)."""
        return {fold(label): c.slug for c in self.agency_types.values() for label in (*c.labels, *c.hidden)}

    @cached_property
    def agency_kinds(self) -> frozenset[str]:
        """Slugs of the agency types that only group others ("Sở", "Bộ, cơ quan ngang bộ")."""
        return frozenset(parent for concept in self.agency_types.values() for parent in concept.broader)

    @cached_property
    def agency_patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Patterns over folded names with the type they tell, the longest (most telling) first."""
        found = [(pattern, c.slug) for c in self.agency_types.values() for pattern in c.patterns]
        found.sort(key=lambda item: (-len(item[0]), item))
        return tuple((_compile(pattern), slug) for pattern, slug in found)

    @cached_property
    def document_type_labels(self) -> tuple[tuple[str, str], ...]:
        """Folded name of a type of document with its slug, the longest first ("ke hoach hanh dong" before "ke
        hoach")."""
        labels = [(fold(label), c.slug) for c in self.document_types.values() for label in c.labels]
        return tuple(sorted(labels, key=lambda item: (-len(item[0]), item)))

    @cached_property
    def area_names(self) -> dict[str, str]:
        """Folded name -> slug of the area, with and without its kind ("tỉnh Quảng Trị", "Quảng Trị")."""
        return {fold(label): c.slug for c in self.areas.values() for label in (*c.labels, *c.hidden)}

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Folded name -> slug of the unit, "%" read as a word (:func:`fold_unit`)."""
        return {fold_unit(label): c.slug for c in self.units.values() for label in (*c.labels, *c.hidden)}


def fold_unit(text: str) -> str:
    """A unit as plans write it, folded; folding alone would drop the signs of "% GRDP" and "km²"."""
    return fold(text.replace("%", " phần trăm ").replace("²", "2"))


def load_vocabulary(folder: Path = ONTOLOGY) -> Vocabulary:
    """Read the vocabularies of a folder. Raises :class:`VocabularyError` for a file that is missing or no Turtle."""
    concepts = {
        name: _concepts(folder / file, name)
        for name, file in (
            ("agency-type", "agency-types.ttl"),
            ("area", "areas.ttl"),
            ("topic", "topics.ttl"),
            ("document-type", "codes.ttl"),
            ("unit", "units.ttl"),
        )
    }
    return Vocabulary(
        agency_types=concepts["agency-type"],
        areas=concepts["area"],
        topics=concepts["topic"],
        document_types=concepts["document-type"],
        units=concepts["unit"],
    )


def _concepts(path: Path, scheme: str) -> dict[str, Concept]:
    prefix = f"{BASE}id/{scheme}/"
    statements: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in _read(path):
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(prefix):
            continue
        if isinstance(value, ox.Literal) and value.language not in (None, "vi"):
            continue
        if isinstance(value, ox.Literal | ox.NamedNode):
            statements[subject.value.removeprefix(prefix)][quad.predicate.value].append(value.value)
    return {slug: _concept(slug, said) for slug, said in sorted(statements.items())}


def _concept(slug: str, said: dict[str, list[str]]) -> Concept:
    def last(predicate: str) -> str | None:
        return next((value.rsplit("/", 1)[-1] for value in said[predicate]), None)

    return Concept(
        slug,
        labels=(*said[SKOS + "prefLabel"], *sorted(said[SKOS + "altLabel"])),
        hidden=tuple(sorted(said[SKOS + "hiddenLabel"])),
        broader=tuple(sorted(value.rsplit("/", 1)[-1] for value in said[SKOS + "broader"])),
        notation=last(SKOS + "notation"),
        patterns=tuple(sorted(said[DEF + "namePattern"])),
        counter_signals=tuple(sorted(said[DEF + "counterSignal"])),
        level=last(DEF + "level"),
        replaced_by=last("http://purl.org/dc/terms/isReplacedBy"),
    )


def _read(path: Path) -> Iterable[ox.Quad]:
    try:
        return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read: {error.strerror or error}") from None
    except SyntaxError as error:
        raise VocabularyError(f"{path}:{error.lineno}: {error.msg}") from None


def _compile(pattern: str) -> re.Pattern[str]:
    """A name pattern over folded text; ``*`` is one word or more."""
    return re.compile(r"\S+(?: \S+)*".join(f" {re.escape(fold(part))} " for part in pattern.split("*")).strip())


def vocabulary_quads() -> list[ox.Quad]:
    """Every statement of ontology/*.ttl, in the graph of the vocabularies, sorted."""
    graph = ox.NamedNode(f"{BASE}graph/vocabulary")
    triples = (
        t for path in sorted(ONTOLOGY.glob("*.ttl")) for t in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    )
    return sorted({ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples}, key=str)

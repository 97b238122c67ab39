"""The ontology as typed values, for its documentation: terms with their texts in both languages, how they relate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from graph.namespaces import BASE, DCT, PC, RDF, RDFS, SKOS
from graph.vocabulary import ONTOLOGY

FILE = ONTOLOGY / "phancong.ttl"
CONTEXT = ONTOLOGY / "context.jsonld"
IRI = f"{BASE}def"
OWL = "http://www.w3.org/2002/07/owl#"
SCHEMA = "https://schema.org/"

Kind = Literal["class", "object", "datatype"]
Texts = Mapping[str, str]
"""Language -> text."""

_KINDS: Mapping[str, Kind] = {
    f"{OWL}Class": "class",
    f"{OWL}ObjectProperty": "object",
    f"{OWL}DatatypeProperty": "datatype",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of ours. ``used_on`` and ``values`` are the classes a property connects, by rdfs:domain and
    rdfs:range or, where there are several, schema:domainIncludes and schema:rangeIncludes."""

    name: str
    kind: Kind
    label: Texts
    definition: Texts
    example: Texts
    broader: tuple[str, ...]
    used_on: tuple[str, ...]
    values: tuple[str, ...]
    disjoint: tuple[str, ...]
    inverse: tuple[str, ...]
    near: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The IRI of the term."""
        return PC + self.name


@dataclass(frozen=True, slots=True)
class Relation:
    """A property, of ours or of a standard, that leads from things of one class to things of another; all are IRIs."""

    source: str
    property: str
    target: str


@dataclass(frozen=True)
class Ontology:
    """The ontology: what its header says, its terms in the order of the file, and the prefixes the file uses."""

    version: str
    title: Texts
    description: Texts
    change_note: Texts
    created: str
    licence: str
    creator: Texts
    terms: tuple[Term, ...]
    relations: tuple[Relation, ...]
    prefixes: Mapping[str, str]

    def of_kind(self, kind: Kind) -> tuple[Term, ...]:
        """The terms of a kind."""
        return tuple(term for term in self.terms if term.kind == kind)

    def properties_of(self, term: Term) -> tuple[Term, ...]:
        """The properties that things of a class have."""
        return tuple(one for one in self.terms if term.iri in one.used_on)

    @cached_property
    def by_iri(self) -> Mapping[str, Term]:
        """The terms by their IRI."""
        return {term.iri: term for term in self.terms}

    def short(self, iri: str) -> str:
        """An IRI with a prefix of the file where one fits: "prov:Entity"."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and len(iri) > len(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri


def load_ontology(path: Path = FILE) -> Ontology:
    """Read the ontology. Part of the program: a missing file raises OSError, one that is no Turtle SyntaxError."""
    parser = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in parser:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            said[quad.subject.value][quad.predicate.value].append(quad.object)
    header = said[IRI]
    creators = [node.value for node in header[f"{DCT}creator"]]
    return Ontology(
        version=header[f"{OWL}versionInfo"][0].value,
        title=_texts(header[f"{DCT}title"]),
        description=_texts(header[f"{DCT}description"]),
        change_note=_texts(header[f"{SKOS}changeNote"]),
        created=header[f"{DCT}created"][0].value,
        licence=header[f"{DCT}license"][0].value,
        creator=_texts(node for iri in creators for node in said[iri][f"{RDFS}label"]),
        terms=tuple(_term(iri.removeprefix(PC), about) for iri, about in said.items() if iri.startswith(PC)),
        relations=tuple(
            Relation(source, iri, target)
            for iri, about in said.items()
            if ox.NamedNode(f"{OWL}ObjectProperty") in about[f"{RDF}type"]
            for source in _classes(about, "domain")
            for target in _classes(about, "range")
        ),
        prefixes=dict(parser.prefixes),
    )


def _term(name: str, about: Mapping[str, Sequence[ox.NamedNode | ox.Literal]]) -> Term:
    def values(*predicates: str) -> tuple[str, ...]:
        return tuple(node.value for predicate in predicates for node in about.get(predicate, ()))

    return Term(
        name=name,
        kind=next(_KINDS[kind] for kind in values(f"{RDF}type") if kind in _KINDS),
        label=_texts(about[f"{RDFS}label"]),
        definition=_texts(about[f"{SKOS}definition"]),
        example=_texts(about[f"{SKOS}example"]),
        broader=values(f"{RDFS}subClassOf", f"{RDFS}subPropertyOf"),
        used_on=_classes(about, "domain"),
        values=_classes(about, "range"),
        disjoint=values(f"{OWL}disjointWith"),
        inverse=values(f"{OWL}inverseOf"),
        near=values(f"{RDFS}seeAlso"),
    )


def _classes(
    about: Mapping[str, Sequence[ox.NamedNode | ox.Literal]], side: Literal["domain", "range"]
) -> tuple[str, ...]:
    """The classes on one side of a property: those it is said to be used on before the one that can be inferred."""
    return tuple(node.value for node in about.get(f"{SCHEMA}{side}Includes") or about.get(f"{RDFS}{side}", ()))


def _texts(nodes: Iterable[ox.NamedNode | ox.Literal]) -> Texts:
    return {node.language: node.value for node in nodes if isinstance(node, ox.Literal) and node.language}

"""Statements about the catalogue as plain values: subject -> property -> values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from graph.namespaces import BASE

Term = NamedNode | Literal
About = Mapping[str, Sequence[Term]]
Statements = Mapping[str, About]
_NAMES = (f"{BASE}id/", f"{BASE}def", f"{BASE}graph/")


def by_subject(triples: Iterable[Triple]) -> Statements:
    """Triples without blank nodes, by subject and property."""
    found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        assert isinstance(triple.subject, NamedNode) and isinstance(triple.object, Term)
        found[triple.subject.value][triple.predicate.value].append(triple.object)
    return found


def is_address(iri: str) -> bool:
    """Whether an IRI below BASE is where the service answers, and not the name of a thing, a term or a graph."""
    return iri.startswith(BASE) and not iri.startswith(_NAMES)


def addressed(iri: str, public: str) -> str:
    """An IRI as it is reached: an address below BASE under ``public`` (without a slash at the end) instead."""
    return f"{public}/{iri.removeprefix(BASE)}" if is_address(iri) else iri


def readdressed(triples: Iterable[Triple], public: str) -> Iterable[Triple]:
    """Triples with all addresses below BASE under ``public`` instead."""

    def moved(node: NamedNode) -> NamedNode:
        return NamedNode(addressed(node.value, public)) if is_address(node.value) else node

    for triple in triples:
        subject, value = triple.subject, triple.object
        yield Triple(
            moved(subject) if isinstance(subject, NamedNode) else subject,
            triple.predicate,
            moved(value) if isinstance(value, NamedNode) else value,
        )

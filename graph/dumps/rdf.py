"""The graph as files: the whole in three formats, the vocabularies, and each document by itself."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from graph.dumps.files import gzipped
from graph.namespaces import DCT, PC, RDF, graph_iri
from graph.store import PREFIXES

WHOLE = {"trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
"""The formats of the whole graph beside N-Quads, by ending."""

DOCUMENT = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}
"""The formats of a document by itself, by ending."""

Statements = Mapping[str, Sequence[Triple]]


def write_whole(nquads: Path, folder: Path, name: str) -> list[Path]:
    """All graphs as gzipped N-Quads, TriG and JSON-LD in a folder; streamed, so that size does not matter."""
    written = [folder / f"{name}.nq.gz"]
    with nquads.open("rb") as lines, gzipped(written[0]) as output:
        shutil.copyfileobj(lines, output)
    for ending, rdf_format in WHOLE.items():
        path = folder / f"{name}.{ending}.gz"
        with gzipped(path) as output:
            serialize(parse(path=str(nquads), format=RdfFormat.N_QUADS), output, rdf_format, prefixes=PREFIXES)
        written.append(path)
    return written


def write_vocabulary(nquads: Path, path: Path) -> None:
    """The ontology and the vocabularies as one Turtle file."""
    triples = _triples(_lines_of(nquads, graph_iri("vocabulary")))
    with path.open("wb") as output:
        serialize(triples, output, RdfFormat.TURTLE, prefixes=PREFIXES)


def write_documents(nquads: Path, folder: Path) -> dict[str, list[Path]]:
    """Each document that the graph holds as gzipped Turtle and JSON-LD: document -> its files."""
    links = _by_subject(_triples(_lines_of(nquads, graph_iri("links"))))
    written: dict[str, list[Path]] = {}
    with nquads.open("rb") as lines:
        for _, of_graph in groupby(lines, key=_graph_of):
            said = _by_subject(_triples(of_graph))
            for document in _held(said):
                triples = list(document_triples(document, said, links))
                written[document] = _write(triples, folder, document.rsplit("/", 1)[-1])
    return written


def document_triples(document: str, said: Statements, links: Statements) -> Iterator[Triple]:
    """What a source's graph (``said``) says of a document and all beneath it, its passages, its source, and what the
    graph of shared things (``links``) says of those that it mentions. No statement comes twice."""
    own = [subject for subject in said if subject == document or subject.startswith(f"{document}/")]
    named = _named_by(own, said)
    passages = [iri for iri in named if "/passage/" in iri and iri in said]
    sources = [iri for iri in named if iri in said and iri not in own and iri not in passages]
    for subject in sorted({*own, *passages, *sources, *(f"{passage}/selector" for passage in passages)}):
        yield from said.get(subject, ())
    for subject in sorted(named):
        yield from links.get(subject, ())


def _named_by(subjects: Iterable[str], said: Statements) -> set[str]:
    """The IRIs that the statements about some subjects lead to."""
    return {
        triple.object.value for subject in subjects for triple in said[subject] if isinstance(triple.object, NamedNode)
    }


def _held(said: Statements) -> list[str]:
    """The documents of a graph that have a source here."""
    return sorted(
        subject
        for subject, triples in said.items()
        if {RDF + "type", DCT + "source"} <= {triple.predicate.value for triple in triples}
        and any(_is(triple, RDF + "type", PC + "Document") for triple in triples)
    )


def _is(triple: Triple, predicate: str, value: str) -> bool:
    return triple.predicate.value == predicate and triple.object == NamedNode(value)


def _write(triples: Sequence[Triple], folder: Path, name: str) -> list[Path]:
    written = []
    for ending, rdf_format in DOCUMENT.items():
        path = folder / f"{name}.{ending}.gz"
        with gzipped(path) as output:
            serialize(triples, output, rdf_format, prefixes=PREFIXES)
        written.append(path)
    return written


def _lines_of(nquads: Path, graph: str) -> Iterator[bytes]:
    with nquads.open("rb") as lines:
        yield from (line for line in lines if _graph_of(line) == f"<{graph}>".encode())


def _graph_of(line: bytes) -> bytes:
    """The graph of a line of N-Quads as this project writes them: the last word before the full stop."""
    return line.rsplit(b" ", 2)[1]


def _triples(lines: Iterable[bytes]) -> Iterator[Triple]:
    return (quad.triple for quad in parse(b"".join(lines), format=RdfFormat.N_QUADS))


def _by_subject(triples: Iterable[Triple]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        assert isinstance(triple.subject, NamedNode), "the graph has no blank nodes"
        found[triple.subject.value].append(triple)
    return dict(found)

"""Checking what is built: each source's graph on its own, with what it needs of what the sources share.

A source's graph is checked with the text of its file, so that quotes are compared, and with the findings that people
have accepted. A part is a job without side effects, so parts are checked wherever an executor runs them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, SH, BNode, Graph, Literal, Node

from graph.acceptance import accept
from graph.findings import Acceptance, Report
from graph.namespaces import ELI, PC, graph_iri
from graph.places import CNT
from graph.places import PC as PC_TERMS
from graph.sources import Source, read_source
from graph.validation import graph_of, load_shapes, read_quads, sort_key, validate
from graph.vocabulary import vocabulary_quads

SHAPES = Path(__file__).parent.parent / "shapes"
_VOCABULARY, _LINKS, _CATALOGUE = (graph_iri(name) for name in ("vocabulary", "links", "catalogue"))

Index = Mapping[str, Sequence[ox.Quad]]
"""Statements by the IRI of their subject."""
Acceptances = Mapping[str, Sequence[Acceptance]]
"""Accepted findings by the id of their source."""


def by_subject(quads: Iterable[ox.Quad]) -> Index:
    """An index of statements, for :func:`described`."""
    index: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        index[_name(quad.subject)].append(quad)
    return index


def described(quads: Iterable[ox.Quad], index: Index) -> list[ox.Quad]:
    """What an index says of the things that statements name."""
    names = {_name(term) for quad in quads for term in (quad.subject, quad.object) if not isinstance(term, ox.Literal)}
    return [quad for name in sorted(names) for quad in index.get(name, ())]


def examine(quads: Iterable[ox.Quad], texts: Mapping[str, str], accepted: Sequence[Acceptance] = ()) -> Report:
    """Check statements against the shapes of this checkout. ``texts`` holds the text of sources by SHA-256 of their
    files. Raises :class:`AcceptanceError` for an accepted finding that is none."""
    data = graph_of(quads)
    for source, digest in list(data.subject_objects(PC_TERMS.sha256)):
        if str(digest) in texts:
            data.add((source, CNT.chars, Literal(texts[str(digest)])))
    return accept(validate(data, _shapes()), accepted)


def check(paths: Sequence[Path], executor: Executor, sources: Sequence[Source], accepted: Acceptances) -> Report:
    """Check RDF files, or the N-Quads of a release. Raises :class:`UnusableInput`, :class:`SourceError` and
    :class:`AcceptanceError`.

    Of files with named graphs each graph is checked on its own, a source's with what vocabulary and links say of the
    things it names; what the links say of things that no source names is a part of its own. The catalogue has shapes of
    its own (DCAT-AP) and is left out. Anything else is checked as one graph.
    """
    reports = list(executor.map(_check_part, _parts(paths, sources, accepted)))
    findings = sorted({finding for report in reports for finding in report.findings}, key=sort_key)
    return Report(tuple(findings), _joined([report.results for report in reports]))


@dataclass(frozen=True, slots=True)
class _Part:
    """What is checked together, as N-Quads, with the sources it is from and what is accepted of them."""

    nquads: str
    sources: tuple[Source, ...] = ()
    accepted: tuple[Acceptance, ...] = ()


def _check_part(part: _Part) -> Report:
    texts = {source.sha256: read_source(source) for source in part.sources}
    return examine(ox.parse(part.nquads, format=ox.RdfFormat.N_QUADS), texts, part.accepted)


def _parts(paths: Sequence[Path], sources: Sequence[Source], accepted: Acceptances) -> list[_Part]:
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for path in paths:
        for quad in read_quads(path):
            graphs[_name(quad.graph_name) if isinstance(quad.graph_name, ox.NamedNode) else ""].append(quad)
    graphs.pop(_CATALOGUE, None)
    links = by_subject(graphs.pop(_LINKS, ()))
    vocabulary = by_subject(graphs.get(_VOCABULARY) or vocabulary_quads())
    parts, named = [], set()
    for _, quads in sorted(graphs.items()):
        shared = _linked(quads, links) if _digests(quads) else []
        named |= {_name(quad.subject) for quad in shared}
        parts.append(_part([*quads, *shared], vocabulary, sources, accepted))
    rest = [quad for name, about in links.items() if name not in named for quad in about]
    return [*parts, _part(rest, vocabulary, (), {})] if rest else parts


def _linked(quads: Sequence[ox.Quad], links: Index) -> list[ox.Quad]:
    """What the links say of the things that a source names, and of the issuers of documents that it cites."""
    named = described(quads, links)
    return [*named, *described([quad for quad in named if quad.predicate.value == ELI + "passed_by"], links)]


def _digests(quads: Iterable[ox.Quad]) -> set[str]:
    """The SHA-256 of the files that statements are from; none of what is from no file."""
    return {_name(quad.object) for quad in quads if quad.predicate.value == PC + "sha256"}


def _part(quads: list[ox.Quad], vocabulary: Index, sources: Sequence[Source], accepted: Acceptances) -> _Part:
    digests = _digests(quads)
    here = tuple(source for source in sources if source.sha256 in digests)
    lines = "".join(f"{quad} .\n" for quad in [*quads, *described(quads, vocabulary)])
    return _Part(lines, here, tuple(one for source in here for one in accepted.get(source.id, ())))


def _joined(parts: Sequence[Graph]) -> Graph:
    """One SHACL report of several: their blank nodes told apart, one ``sh:ValidationReport`` with all results."""
    joined, report = Graph(), BNode("report")
    joined.bind("sh", SH)
    joined.add((report, RDF.type, SH.ValidationReport))
    conforms = all((None, SH.conforms, Literal(True)) in part for part in parts)
    joined.add((report, SH.conforms, Literal(conforms)))
    for n, part in enumerate(parts):
        reports = set(part.subjects(RDF.type, SH.ValidationReport))

        def name(node: Node, n: int = n, reports: set[Node] = reports) -> Node:
            return report if node in reports else BNode(f"p{n}{node}") if isinstance(node, BNode) else node

        for subject, predicate, value in part:
            if predicate != SH.conforms:
                joined.add((name(subject), predicate, name(value)))
    return joined


def _name(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """The IRI or text of a term, or a name that is neither."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


@lru_cache(maxsize=1)
def _shapes() -> Graph:
    return load_shapes(SHAPES)

"""SHACL: does a graph hold what shapes/ demands, and where in its source does it not?

pySHACL checks; each of its results becomes a :class:`Finding` with the document, row and passage it concerns, so that
a person finds the place. Nothing is inferred: the data is one source's graph together with the vocabularies and the
links between sources.
https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib import DCTERMS, PROV, RDF, SH, XSD, BNode, Graph, Namespace, Node, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.collection import Collection

from graph.namespaces import graph_iri

PC = Namespace("https://w3id.org/phancong/def#")
OA = Namespace("http://www.w3.org/ns/oa#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")

Severity = Literal["violation", "warning", "info"]
_SEVERITIES: dict[Node, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_RANK: dict[Severity, int] = {"violation": 0, "warning": 1, "info": 2}
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
# From a thing to what holds or uses it, up to the task, indicator, citation or document that has a place in a plan.
_HOLDERS = (
    OA.hasSelector, PROV.wasDerivedFrom, PC.assignment, PC.deadline, PC.target, PC.baseline,
    PROV.agent, PC.leadAgency, PC.coordinatingAgency, PC.indicator,
)  # fmt: skip
_QUOTE_LENGTH = 160
_SHARED_GRAPHS = tuple(graph_iri(name) for name in ("vocabulary", "links", "provenance", "statistics", "catalogue"))


class UnusableInput(Exception):  # noqa: N818 - says what is wrong, as the message does
    """Data or shapes that cannot be read; the message names the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The characters of a source, ``start`` to ``end`` (exclusive), that a statement rests on."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a plan a finding belongs, as far as the data says."""

    document: str | None = None
    document_name: str | None = None
    annex: str | None = None
    number: str | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a validation. ``path`` is a SPARQL property path, ``value`` the offending value if there is one."""

    severity: Severity
    message_vi: str
    message_en: str
    focus: str
    path: str | None
    value: str | None
    shape: str
    place: Place


@dataclass(frozen=True, slots=True)
class Report:
    """Findings, worst first and then by place; ``results`` is the SHACL validation report as a graph."""

    findings: tuple[Finding, ...]
    results: Graph

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos are for people to judge."""
        return self.count("violation") == 0

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity == severity for finding in self.findings)


def graph_of(quads: Iterable[ox.Quad | ox.Triple]) -> Graph:
    """The statements as one rdflib graph, whatever named graph they stand in; lexical forms are kept as they are."""
    graph = Graph()
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def read_graph(path: Path) -> Graph:
    """Read a Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD file. Raises :class:`UnusableInput`."""
    return graph_of(_read(path))


def _read(path: Path) -> list[ox.Quad]:
    syntax = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if syntax is None:
        raise UnusableInput(f"{path}: no RDF by its name: {path.suffix or 'no ending'}")
    try:
        return list(ox.parse(path=str(path), format=syntax))
    except OSError as error:
        raise UnusableInput(f"{path}: cannot be read: {error.strerror or error}") from None
    except SyntaxError as error:
        raise UnusableInput(f"{path}:{error.lineno}: {error.msg}") from None
    except ValueError as error:  # text that is not UTF-8
        raise UnusableInput(f"{path}: {error}") from None


def load_shapes(folder: Path) -> Graph:
    """Every shape of the folder's Turtle files. Raises :class:`UnusableInput` for a bad file, and if there is none."""
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise UnusableInput(f"{folder}: holds no shapes (*.ttl)")
    shapes = Graph()
    for file in files:
        shapes += read_graph(file)
    return shapes


def validate(data: Graph, shapes: Graph) -> Report:
    """Check the data against the shapes; the data is not changed. Raises :class:`UnusableInput` for bad shapes."""
    try:
        _, results, _ = pyshacl.validate(data, shacl_graph=_own_targets(shapes), inference="none")
    except (ReportableRuntimeError, ShapeLoadError, re.error) as error:  # a bad sh:pattern is found when it is used
        raise UnusableInput(f"shapes: {' '.join(str(error).split())}") from None
    if not isinstance(results, Graph):
        raise UnusableInput(f"shapes: {results}")
    for result, shape in list(results.subject_objects(SH.sourceShape)):
        _say_in_every_language(results, result, list(shapes.objects(shape, SH.message)))
    found = [(_finding(results, result, data), result) for result in results.objects(None, SH.result)]
    found.sort(key=lambda item: _sort_key(item[0]))
    # A value that breaks two parts of one shape gives two results, which say the same to people.
    findings = dict.fromkeys(finding for finding, _ in found)
    return Report(tuple(findings), _relabelled(results, [result for _, result in found]))


def validate_files(paths: Sequence[Path], vocabulary: Graph, shapes: Graph) -> Report:
    """Check RDF files. Raises :class:`UnusableInput`.

    Of files with named graphs each source's graph is checked on its own, with what the sources share; anything else is
    checked as one graph.
    """
    parts: dict[str, list[ox.Quad]] = {}
    for quad in (quad for path in paths for quad in _read(path)):
        parts.setdefault(str(quad.graph_name.value) if isinstance(quad.graph_name, ox.NamedNode) else "", []).append(
            quad
        )
    shared = vocabulary + graph_of(quad for name in _SHARED_GRAPHS for quad in parts.pop(name, ()))
    reports = [validate(shared + graph_of(quads), shapes) for _, quads in sorted(parts.items())]
    findings = sorted({finding for report in reports for finding in report.findings}, key=_sort_key)
    return Report(tuple(findings), sum((report.results for report in reports), Graph()))


def to_text(report: Report) -> str:
    """For people: a block for each finding, worst first, and a summary line."""
    counts = ", ".join(f"{report.count(name)} {name}{'s' if report.count(name) != 1 else ''}" for name in _RANK)
    verdict = "conforms" if report.conforms else "does not conform"
    return "\n\n".join([*map(_block, report.findings), f"{counts}: {verdict}"]) + "\n"


def to_json(report: Report) -> str:
    """For programs: ``{"conforms": …, "findings": [{"severity": …, "place": {…}, …}, …]}``."""
    plain = {"conforms": report.conforms, "findings": [dataclasses.asdict(finding) for finding in report.findings]}
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def to_turtle(report: Report) -> str:
    """The SHACL validation report (https://www.w3.org/TR/shacl/#validation-report) in Turtle."""
    return report.results.serialize(format="turtle")


def _own_targets(shapes: Graph) -> Graph:
    """The same shapes, each property shape with the targets of its node shape instead of hanging below it.

    pySHACL walks a property shape with a target over all its focus nodes at once, and one below a node shape once for
    each of them: same results in a third of the time.
    """
    flat = Graph()
    for prefix, namespace in shapes.namespaces():
        flat.bind(prefix, namespace)
    flat += shapes
    for node_shape, property_shape in shapes.subject_objects(SH.property):
        targets = [(target, value) for target in _TARGETS for value in shapes.objects(node_shape, target)]
        if targets:
            flat.remove((node_shape, SH.property, property_shape))
        for target, value in targets:
            flat.add((property_shape, target, value))
    return flat


def _say_in_every_language(results: Graph, result: Node, messages: list[Node]) -> None:
    """Give a result the messages of its shape; for a SPARQL constraint pySHACL picks one and drops its language."""
    if messages:
        results.remove((result, SH.resultMessage, None))
    for message in messages:
        results.add((result, SH.resultMessage, message))


def _finding(results: Graph, result: Node, data: Graph) -> Finding:
    messages = {m.language: str(m) for m in results.objects(result, SH.resultMessage) if isinstance(m, RdfLiteral)}
    focus, value, path = (results.value(result, name) for name in (SH.focusNode, SH.value, SH.resultPath))
    fallback = next(iter(messages.values()), "")
    return Finding(
        severity=_SEVERITIES.get(results.value(result, SH.resultSeverity) or SH.Violation, "violation"),
        message_vi=messages.get("vi", fallback),
        message_en=messages.get("en", fallback),
        focus=str(focus),
        path=None if path is None else _path(results, path),
        value=None if value is None else str(value),
        shape=str(results.value(result, SH.sourceShape)),
        # A constraint without a path that reports another node than its focus says that this node is at fault.
        place=_place(data, value if path is None and isinstance(value, URIRef) else focus),
    )


def _path(graph: Graph, path: Node) -> str:
    if isinstance(path, URIRef):
        return str(path)
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return f"^{_path(graph, inverse)}"
    if (alternatives := graph.value(path, SH.alternativePath)) is not None:
        return "|".join(_path(graph, step) for step in Collection(graph, alternatives))
    return "/".join(_path(graph, step) for step in Collection(graph, path))


def _place(data: Graph, node: Node | None) -> Place:
    """What the nearest things that hold the node say about document, row and passage."""
    place = Place()
    for thing in _holders(data, node):
        place = Place(
            document=place.document or _document(data, thing),
            annex=place.annex or _text(data, thing, PC.annex),
            number=place.number or _text(data, thing, PC.number),
            passage=place.passage or _passage(data, thing),
        )
    if place.document is None:
        return place
    document = URIRef(place.document)
    name = _text(data, document, ELI.id_local) or _text(data, document, DCTERMS.title)
    return dataclasses.replace(place, document_name=name)


def _holders(data: Graph, node: Node | None) -> Iterator[Node]:
    seen: set[Node] = set()
    while node is not None and node not in seen:
        yield node
        seen.add(node)
        above = (min(data.subjects(predicate, node), key=str, default=None) for predicate in _HOLDERS)
        node = next((thing for thing in above if thing is not None), None)


def _document(data: Graph, thing: Node) -> str | None:
    if (thing, RDF.type, PC.Document) in data:
        return str(thing)
    return _text(data, thing, PC.document) or _text(data, thing, PC.citingDocument)


def _passage(data: Graph, thing: Node) -> Passage | None:
    """The first passage of the thing, or the thing itself if it is one."""
    passages = [thing, *data.objects(thing, PROV.wasDerivedFrom)]
    found = []
    for selector in (thing, *(selector for passage in passages for selector in data.objects(passage, OA.hasSelector))):
        start, end, quote = (data.value(selector, name, any=True) for name in (OA.start, OA.end, OA.exact))
        if isinstance(start, RdfLiteral) and isinstance(end, RdfLiteral) and quote is not None:
            offsets = start.toPython(), end.toPython()
            if isinstance(offsets[0], int) and isinstance(offsets[1], int):
                found.append((offsets[0], offsets[1], str(quote)))
    return Passage(*min(found)) if found else None


def _text(data: Graph, thing: Node, predicate: URIRef) -> str | None:
    return min(map(str, data.objects(thing, predicate)), default=None)


def _sort_key(finding: Finding) -> tuple[object, ...]:
    start = finding.place.passage.start if finding.place.passage else -1
    return (
        _RANK[finding.severity], finding.place.document or "", start,
        finding.focus, finding.shape, finding.path or "", finding.value or "", finding.message_en,
    )  # fmt: skip


def _relabelled(results: Graph, ordered: list[Node]) -> Graph:
    """The same graph with blank nodes numbered in the order of the findings, so that it is written alike every time."""
    names: dict[Node, BNode] = {}

    def name(node: Node) -> None:
        if isinstance(node, BNode) and node not in names:
            names[node] = BNode(f"b{len(names):06}")
            for _, below in sorted(results.predicate_objects(node), key=lambda pair: tuple(map(str, pair))):
                name(below)

    for result in ordered:
        name(result)
    for report in results.subjects(RDF.type, SH.ValidationReport):
        name(report)
    stable = Graph()
    for prefix, namespace in results.namespaces():
        stable.bind(prefix, namespace)
    for subject, predicate, value in results:
        stable.add((names.get(subject, subject), predicate, names.get(value, value)))
    return stable


def _block(finding: Finding) -> str:
    place, passage = finding.place, finding.place.passage
    row = ", ".join(f"{name} {said}" for name, said in (("annex", place.annex), ("row", place.number)) if said)
    lines = [
        ("document", f"{place.document_name or ''} <{place.document}>".strip() if place.document else None),
        ("place", row or None),
        ("passage", f'{passage.start}-{passage.end} "{_shortened(passage.quote)}"' if passage else None),
        ("focus", finding.focus),
        ("path", finding.path),
        ("value", None if finding.value is None or finding.value == finding.focus else _shortened(finding.value)),
        ("shape", finding.shape),
    ]
    head = f"{finding.severity.upper()}  {finding.message_vi}\n  {finding.message_en}"
    return "\n".join([head, *(f"  {name:<9} {said}" for name, said in lines if said is not None)])


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _QUOTE_LENGTH else f"{one_line[: _QUOTE_LENGTH - 1]}…"


def _term(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return RdfLiteral(term.value, lang=term.language)
        if term.datatype.value == str(XSD.string):  # rdflib holds "a" and "a"^^xsd:string for two
            return RdfLiteral(term.value)
        return RdfLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise UnusableInput(f"a triple as a term, which is not used here: {term}")

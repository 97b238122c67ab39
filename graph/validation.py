"""SHACL: does a graph hold what shapes/ demands, and where in its source does it not?

pySHACL checks; each of its results becomes a :class:`Finding` with the document, row and passage it concerns, so that
a person finds the place. Nothing is inferred: the data is one source's graph together with the vocabularies and the
links between sources.
https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Namespace, Node, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.collection import Collection

from graph.findings import SEVERITIES, SHAPES_NAMESPACE, Finding, Report, Severity
from graph.places import place_of

PCS = Namespace(SHAPES_NAMESPACE)
_SEVERITIES: dict[Node, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)


class UnusableInput(Exception):  # noqa: N818 - says what is wrong, as the message does
    """Data or shapes that cannot be read; the message names the file, the line and the reason."""


def graph_of(quads: Iterable[ox.Quad | ox.Triple]) -> Graph:
    """The statements as one rdflib graph, whatever named graph they stand in; lexical forms are kept as they are."""
    graph = Graph()
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def read_graph(path: Path) -> Graph:
    """Read a Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD file. Raises :class:`UnusableInput`."""
    return graph_of(read_quads(path))


def read_quads(path: Path) -> list[ox.Quad]:
    """The same with named graphs. Raises :class:`UnusableInput`."""
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
    found = [(_finding(results, result, data, shapes), result) for result in results.objects(None, SH.result)]
    found.sort(key=lambda item: sort_key(item[0]))
    # A value that breaks two parts of one shape gives two results, which say the same to people.
    findings = dict.fromkeys(finding for finding, _ in found)
    return Report(tuple(findings), _relabelled(results, [result for _, result in found]))


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


def _finding(results: Graph, result: Node, data: Graph, shapes: Graph) -> Finding:
    focus, value, path = (results.value(result, name) for name in (SH.focusNode, SH.value, SH.resultPath))
    # A constraint without a path that reports another node than its focus says that this node is at fault.
    at_fault = value if path is None and isinstance(value, URIRef) else focus
    shape = results.value(result, SH.sourceShape)
    messages = _by_language(results, result, SH.resultMessage)
    remedies = _by_language(shapes, _remedy(shapes, shape), RDFS.comment)
    return Finding(
        severity=_SEVERITIES.get(results.value(result, SH.resultSeverity) or SH.Violation, "violation"),
        message_vi=messages["vi"],
        message_en=messages["en"],
        focus=str(at_fault),
        path=None if path is None else _path(results, path),
        value=None if value is None or value == at_fault else str(value),
        shape=str(shape),
        place=place_of(data, at_fault),
        remedy_vi=remedies["vi"],
        remedy_en=remedies["en"],
    )


def _by_language(graph: Graph, thing: Node | None, predicate: URIRef) -> dict[str, str]:
    """A text in Vietnamese and English; one that is missing is the other, or empty."""
    texts = {text.language: str(text) for text in graph.objects(thing, predicate) if isinstance(text, RdfLiteral)}
    fallback = next(iter(texts.values()), "")
    return {language: texts.get(language, fallback) for language in ("vi", "en")}


def _remedy(shapes: Graph, shape: Node | None) -> Node | None:
    """Where what the shape finds is mended (shapes/remedies.ttl): as it says, or as its node shape does."""
    owners = [shape, *sorted(shapes.subjects(SH.property, shape), key=str)] if shape is not None else []
    return next((mend for owner in owners if (mend := shapes.value(owner, PCS.mend)) is not None), None)


def _path(graph: Graph, path: Node) -> str:
    if isinstance(path, URIRef):
        return str(path)
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return f"^{_path(graph, inverse)}"
    if (alternatives := graph.value(path, SH.alternativePath)) is not None:
        return "|".join(_path(graph, step) for step in Collection(graph, alternatives))
    return "/".join(_path(graph, step) for step in Collection(graph, path))


def sort_key(finding: Finding) -> tuple[object, ...]:
    """Worst first, then by document, place and shape."""
    start = finding.place.passage.start if finding.place.passage else -1
    return (
        SEVERITIES.index(finding.severity), finding.place.document or "", start,
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

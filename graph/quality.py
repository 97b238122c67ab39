"""Quality as statements: how well each source was extracted, what its validation found, how much of it is doubtful.

The measurements follow the Data Quality Vocabulary (https://www.w3.org/TR/vocab-dqv/) and stand in the graph of derived
statistics: no document states them, which their class ``pc:DerivedFigure`` says. Deterministic, like all quads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from graph.evaluation import Scores, Tally
from graph.findings import SEVERITIES, SHAPES_NAMESPACE, Report, Severity
from graph.namespaces import DCT, PC, RDF, XSD, graph_iri, thing
from graph.records import Extraction, IndicatorRecord, TaskRecord
from graph.sources import Source
from graph.text import slug

DQV = "http://www.w3.org/ns/dqv#"
GRAPH = graph_iri("statistics")
_SH = "http://www.w3.org/ns/shacl#"
_WHOLE = "phancong"  # the dataset of everything, in IRIs
_ALL = "*"  # the document of the scores over all documents
_SEVERITIES: dict[Severity, str] = {"violation": "Violation", "warning": "Warning", "info": "Info"}
_PLACES = 4  # digits of a share, as in evaluation.json

Properties = Iterable[tuple[str, NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured of a source: its records, corrections applied, and its validation report."""

    source: Source
    extraction: Extraction
    report: Report


def map_quality(measured: Sequence[Measured], scores: Scores) -> list[Quad]:
    """The quads of the graph of statistics."""
    writer = _Writer()
    writer.describe_graph()
    for one in measured:
        writer.add_findings(one)
        writer.add_records(one)
    for (kind, document, field), tally in scores.items():
        writer.add_score(kind, document, field, tally, [one.source for one in measured])
    return sorted(set(writer.quads), key=str)


class _Writer:
    """Collects measurements."""

    def __init__(self) -> None:
        self.quads: list[Quad] = []

    def describe_graph(self) -> None:
        """Say what the graph is."""
        for predicate, value in (
            (RDF + "type", NamedNode(DQV + "QualityMetadata")),
            (DCT + "title", Literal("Số liệu chất lượng tính từ đồ thị", language="vi")),
            (DCT + "title", Literal("Figures of quality, derived from the graph", language="en")),
        ):
            self._state(GRAPH, predicate, value)

    def add_findings(self, one: Measured) -> None:
        """How many findings of each severity stand open, how many are accepted, and how many each shape has."""
        for severity in SEVERITIES:
            about = [(PC + "severity", NamedNode(_SH + _SEVERITIES[severity]))]
            self._measure(one.source, "open-findings", severity, _integer(one.report.count(severity)), about)
        self._measure(one.source, "accepted-findings", None, _integer(one.report.accepted))
        shapes = Counter(finding.shape_name for finding in one.report.findings)
        for shape, count in shapes.items():
            about = [(PC + "shape", NamedNode(SHAPES_NAMESPACE + shape))]
            self._measure(one.source, "findings-of-shape", shape, _integer(count), about)

    def add_records(self, one: Measured) -> None:
        """Which share of the tasks and indicators carries a doubt, and which share people have corrected."""
        records: list[TaskRecord | IndicatorRecord] = [*one.extraction.tasks, *one.extraction.indicators]
        if not records:
            return
        about = [(PC + "sampleSize", _integer(len(records)))]
        for metric, count in (
            ("doubtful-records", sum(bool(record.doubts) for record in records)),
            ("corrected-records", sum(bool(record.corrections) for record in records)),
        ):
            self._measure(one.source, metric, None, _share(count / len(records)), about)

    def add_score(self, kind: str, document: str, field: str, tally: Tally, sources: Sequence[Source]) -> None:
        """Precision and recall of one field, of a document or of all; a document of no source here is left out."""
        source = next((s for s in sources if document == s.id or document.startswith(f"{s.id}-")), None)
        if source is None and document != _ALL:
            return
        part = "/".join(filter(None, (None if document == _ALL else slug(document), kind, slug(field))))
        for metric, value, size in (
            ("extraction-precision", tally.precision, tally.predicted),
            ("extraction-recall", tally.recall, tally.gold),
        ):
            if size:
                about = [
                    (PC + "recordKind", Literal(kind)),
                    (PC + "recordField", Literal(field)),
                    (PC + "sampleSize", _integer(size)),
                ]
                self._measure(source, metric, part, _share(value), about)

    def _measure(
        self, source: Source | None, metric: str, part: str | None, value: Literal, about: Properties = ()
    ) -> None:
        iri = thing("measurement", *filter(None, (source.slug if source else _WHOLE, metric, part)))
        computed_on = thing("source", source.slug) if source else thing("dataset", _WHOLE)
        said: list[tuple[str, NamedNode | Literal]] = [
            (RDF + "type", NamedNode(DQV + "QualityMeasurement")),
            (RDF + "type", NamedNode(PC + "DerivedFigure")),
            (DQV + "isMeasurementOf", NamedNode(thing("metric", metric))),
            (DQV + "computedOn", NamedNode(computed_on)),
            (DQV + "value", value),
            *about,
        ]
        for predicate, what in said:
            self._state(iri, predicate, what)

    def _state(self, subject: str, predicate: str, value: NamedNode | Literal) -> None:
        self.quads.append(Quad(NamedNode(subject), NamedNode(predicate), value, NamedNode(GRAPH)))


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def _share(number: float) -> Literal:
    text = format(Decimal(repr(round(number, _PLACES))).normalize(), "f")
    return Literal(text, datatype=NamedNode(XSD + "decimal"))

"""Collecting the quads of a graph, statement by statement."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from graph.extraction.agencies import AgencyReader
from graph.linking.agencies import Agent, identify
from graph.mapping.literals import decimal, integer, plain, time_literal, vi
from graph.mapping.shared import Shared
from graph.namespaces import DCT, OA, PC, PROV, RDF, RDFS, XSD, graph_iri, passage_iri, thing
from graph.records import Correction
from graph.source_text import Span
from graph.sources import Source
from graph.text import slug


class Writer:
    """Collects the quads of one graph."""

    def __init__(self, graph: str) -> None:
        """Begin a graph, named by its IRI."""
        self._graph = NamedNode(graph)
        self.quads: list[Quad] = []

    def add(self, subject: str, predicate: str, value: NamedNode | Literal | None) -> None:
        """A statement; None states nothing."""
        if value is not None:
            self.quads.append(Quad(NamedNode(subject), NamedNode(predicate), value, self._graph))


class SourceWriter(Writer):
    """Collects the quads of one source's graph: what all its records have in common.

    `iri` is the source's, `activity` its extraction's. `relations_of` and `dated` are what its documents said and other
    records need: (document, relation) -> numbers, and document -> the last day that its date can mean.
    """

    def __init__(self, source: Source, text: str, agencies: AgencyReader) -> None:
        """Take the source, its text, and the reader of names of agencies."""
        super().__init__(graph_iri(source.slug))
        self.source, self.text, self.agencies = source, text, agencies
        self.iri = thing("source", source.slug)
        self.activity = NamedNode(thing("activity", "extraction", source.slug))
        self.relations_of: dict[tuple[str, str], tuple[str, ...]] = {}
        self.dated: dict[str, str] = {}
        self.shared = Shared()
        self._taken: Counter[str] = Counter()

    def add_row(self, iri: str, document: str, annex: str | None, number: str | None, title: str, order: int) -> None:
        """What every row of an annex has: document, annex, number, title and its place in reading order, from 0."""
        self.add(iri, PC + "document", NamedNode(document))
        self.add(iri, PC + "annex", plain(annex))
        self.add(iri, PC + "number", plain(number))
        self.add(iri, PC + "order", integer(order))
        self.add(iri, DCT + "title", vi(title))
        self.add(iri, PROV + "wasGeneratedBy", self.activity)

    def add_doubt(self, iri: str, confidence: float, doubts: Sequence[str]) -> None:
        """How sure extraction is of a thing (0 to 1), and what speaks against it."""
        self.add(iri, PC + "confidence", decimal(confidence))
        for doubt in doubts:
            self.add(iri, PC + "doubt", Literal(doubt, language="en"))

    def add_corrections(self, iri: str, corrections: Sequence[Correction]) -> None:
        """What people put right about a thing: it and each of its corrections point at one another, and the correction
        at who answers for it."""
        for n, correction in enumerate(corrections, 1):
            node = f"{iri}/correction/{n}"
            author = thing("contributor", slug(correction.by))
            self.add(self.activity.value, PROV + "used", NamedNode(node))
            self.add(node, PROV + "wasAttributedTo", NamedNode(author))
            self.add(author, RDF + "type", NamedNode(PROV + "Agent"))
            self.add(author, RDFS + "label", Literal(correction.by))
            self.add(iri, PC + "correction", NamedNode(node))
            self.add(node, RDF + "type", NamedNode(PC + "Correction"))
            self.add(node, PC + "corrects", NamedNode(iri))
            self.add(node, PC + "correctedField", Literal(correction.field))
            self.add(node, PC + "valueBefore", Literal(_as_text(correction.was)))
            self.add(node, PC + "valueAfter", Literal(_as_text(correction.becomes)))
            self.add(node, PC + "correctedBy", Literal(correction.by))
            self.add(node, PC + "correctedOn", time_literal(correction.on))
            self.add(node, PC + "reason", Literal(correction.why))
            self.derive(node, correction.passages)

    def assign(
        self,
        iri: str,
        role: str,
        names: Sequence[str],
        spans: Mapping[str, tuple[Span, ...]],
        field: str,
        confidence: float,
    ) -> None:
        """An assignment and the direct property for each agent; one written twice in a cell has one assignment."""
        direct = PC + ("leadAgency" if role == "lead" else "coordinatingAgency")
        for i, name in enumerate(names):
            agent = self.agent(name)
            node = f"{iri}/assignment/{role}/{agent.slug}"
            self.add(iri, direct, NamedNode(agent.iri))
            self.add(iri, PC + "assignment", NamedNode(node))
            self.add(node, RDF + "type", NamedNode(PC + "Assignment"))
            self.add(node, PROV + "agent", NamedNode(agent.iri))
            self.add(node, PC + "role", NamedNode(thing("role", role)))
            self.add(node, PC + "asWritten", Literal(name))
            self.add(
                node,
                PC + "inherited",
                Literal("true" if field == "lead_inherited" else "false", datatype=NamedNode(XSD + "boolean")),
            )
            self.add(node, PC + "confidence", decimal(confidence))
            self.derive(node, spans.get(f"{field}.{i}", ()))

    def agent(self, name: str) -> Agent:
        """Who a name in this source means; the name is kept for the labels."""
        agent = identify(name, self.source.area, self.agencies)
        self.shared.agents[agent.iri] = agent
        self.shared.names[agent.iri][name] += 1
        return agent

    def derive(self, iri: str, *passages: Iterable[Span]) -> None:
        """Point at the passages that say so, each with its selector."""
        for span in {span for spans in passages for span in spans}:
            passage = passage_iri(self.source.slug, span)
            selector = f"{passage}/selector"
            self.add(iri, PROV + "wasDerivedFrom", NamedNode(passage))
            self.add(passage, RDF + "type", NamedNode(PC + "Passage"))
            self.add(passage, OA + "hasSource", NamedNode(self.iri))
            self.add(passage, OA + "hasSelector", NamedNode(selector))
            self.add(selector, RDF + "type", NamedNode(OA + "TextPositionSelector"))
            self.add(selector, RDF + "type", NamedNode(OA + "TextQuoteSelector"))
            self.add(selector, OA + "start", integer(span.start))
            self.add(selector, OA + "end", integer(span.end))
            self.add(selector, OA + "exact", Literal(self.text[span.start : span.end]))

    def unique(self, iri: str) -> str:
        """The IRI, with a suffix in reading order where a row of the same number stands in the same section."""
        self._taken[iri] += 1
        return iri if self._taken[iri] == 1 else f"{iri}_{self._taken[iri]}"


def _as_text(value: object) -> str:
    """The value of a field for people: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, default=dataclasses.asdict, ensure_ascii=False)

"""Records to quads: one named graph a source, and what several sources share (docs/model.md says what each class
holds).

Deterministic: the same records give the same quads, sorted; there are no blank nodes.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from graph.extraction.agencies import AgencyReader
from graph.extraction.deadlines import due_by, edtf, last_day
from graph.extraction.quantities import parse_quantity
from graph.linking.agencies import Agent, identify
from graph.linking.documents import document_slug, document_slugs, implemented_by_title
from graph.linking.indicators import IndicatorMention, indicator_label, indicator_slug, measured
from graph.linking.quads import link_iri
from graph.linking.tasks import TaskMention
from graph.namespaces import (
    DCT,
    EDTF,
    ELI,
    OA,
    PC,
    PROV,
    QB,
    RDF,
    RDFS,
    SDMX_ATTRIBUTE,
    SKOS,
    TIME,
    XSD,
    graph_iri,
    passage_iri,
    row_path,
    thing,
)
from graph.provenance import software_iri
from graph.records import (
    CitationRecord,
    Comparator,
    Correction,
    Deadline,
    DocumentRecord,
    Extraction,
    IndicatorRecord,
    TaskRecord,
)
from graph.source_text import Span
from graph.sources import Source
from graph.text import slug
from graph.vocabulary import fold_unit

_COMPARATORS: Mapping[Comparator, str] = {
    "=": "equal",
    ">=": "at-least",
    "<=": "at-most",
    ">": "more-than",
    "<": "less-than",
    "range": "range",
    "yes": "yes",
    "text": "text",
}
_RELATIONS = {
    "implements": f"{PC}implements",
    "based_on": f"{ELI}based_on",
    "replaces": f"{PC}replaces",
    "amends": f"{ELI}amends",
    "cites": f"{ELI}cites",
}
_MONTH_LENGTH, _DAY_LENGTH = 7, 10
_IN_TIME = {
    XSD + "date": f"{TIME}inXSDDate",
    XSD + "gYearMonth": f"{TIME}inXSDgYearMonth",
    XSD + "gYear": f"{TIME}inXSDgYear",
}


@dataclass
class Shared:
    """What sources have in common: agents with the names they were written under, indicators likewise, documents that
    are cited."""

    agents: dict[str, Agent] = field(default_factory=dict)
    names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    cited: dict[str, list[tuple[CitationRecord, str]]] = field(default_factory=lambda: defaultdict(list))
    held: set[str] = field(default_factory=set)
    tasks: list[TaskMention] = field(default_factory=list)
    indicators: list[IndicatorMention] = field(default_factory=list)
    implemented: set[tuple[str, str]] = field(default_factory=set)  # (document, what a third says that it implements)

    def update(self, other: Shared) -> None:
        """Take in what another source has."""
        self.agents.update(other.agents)
        for iri, names in other.names.items():
            self.names[iri].update(names)
        for iri, citations in other.cited.items():
            self.cited[iri].extend(citations)
        self.held |= other.held
        self.tasks += other.tasks
        self.indicators += other.indicators
        self.implemented |= other.implemented


def map_source(
    source: Source, text: str, extraction: Extraction, agencies: AgencyReader, code_version: str
) -> tuple[list[Quad], Shared]:
    """The quads of a source's graph, and what it shares with others."""
    mapper = _SourceMapper(source, text, agencies)
    mapper.add_source(code_version)
    main = mapper.add_documents(extraction.documents)
    for task in extraction.tasks:
        mapper.add_task(main, task)
    for indicator in extraction.indicators:
        mapper.add_indicator(main, indicator)
    for citation in extraction.citations:
        mapper.add_citation(main, citation)
    mapper.add_implemented(extraction.citations)
    return sorted(set(mapper.quads), key=str), mapper.shared


def map_links(shared: Shared, agencies: AgencyReader) -> list[Quad]:
    """The quads of the graph of what sources share. An agent's label is its type's or the name most often written."""
    writer = _Writer(graph_iri("links"))
    issuers = {iri: _issuer(said, agencies) for iri, said in shared.cited.items() if iri not in shared.held}
    known, written = dict(shared.agents), {iri: Counter(names) for iri, names in shared.names.items()}
    for agent, names in filter(None, issuers.values()):
        known[agent.iri] = agent
        written.setdefault(agent.iri, Counter()).update(names)
    for iri, agent in known.items():
        names = written[iri]
        # "Báo" of Thanh Hóa is better known as it is written, Báo Thanh Hóa
        label = agent.label if agent.slug == agent.type and " " in agent.label else _most_written(names)
        writer.add(iri, RDF + "type", NamedNode(PC + ("AgencyGroup" if agent.group else "Agency")))
        writer.add(iri, SKOS + "prefLabel", _vi(label))
        for name in names:
            if name != label:
                writer.add(iri, SKOS + "altLabel", _vi(name))
        writer.add(iri, PC + "area", NamedNode(thing("area", agent.area)))
        if agent.type:
            writer.add(iri, PC + "agencyType", NamedNode(thing("agency-type", agent.type)))
        for covered in agent.covers:
            writer.add(iri, PC + "coversType", NamedNode(thing("agency-type", covered)))
    for iri, names in written.items():
        if iri not in known:
            writer.add(iri, RDF + "type", NamedNode(PC + "Indicator"))
            writer.add(iri, RDF + "type", NamedNode(SKOS + "Concept"))
            writer.add(iri, SKOS + "prefLabel", _vi(_most_written(names)))
    for iri, issuer in issuers.items():
        _add_cited(writer, iri, [citation for citation, _ in shared.cited[iri]], issuer[0] if issuer else None)
    return sorted(set(writer.quads), key=str)


class _Writer:
    """Collects the quads of one graph."""

    def __init__(self, graph: str) -> None:
        self._graph = NamedNode(graph)
        self.quads: list[Quad] = []

    def add(self, subject: str, predicate: str, value: NamedNode | Literal | None) -> None:
        """A statement; None states nothing."""
        if value is not None:
            self.quads.append(Quad(NamedNode(subject), NamedNode(predicate), value, self._graph))


class _SourceMapper(_Writer):
    """Maps the records of one source."""

    def __init__(self, source: Source, text: str, agencies: AgencyReader) -> None:
        super().__init__(graph_iri(source.slug))
        self._source, self._text, self._agencies = source, text, agencies
        self._iri = thing("source", source.slug)
        self._activity = NamedNode(thing("activity", "extraction", source.slug))
        self._taken: Counter[str] = Counter()
        self._relations_of: dict[tuple[str, str], tuple[str, ...]] = {}  # (document, relation) -> numbers
        self._dated: dict[str, str] = {}  # document -> last day that its date can mean
        self.shared = Shared()

    def add_source(self, code_version: str) -> None:
        """The file and the activity that read it."""
        self.add(self._iri, RDF + "type", NamedNode(PC + "Source"))
        self.add(self._iri, DCT + "identifier", Literal(self._source.id))
        self.add(self._iri, DCT + "title", _vi(self._source.title))
        self.add(self._iri, PC + "fileName", Literal(self._source.path.name))
        self.add(self._iri, PC + "sha256", Literal(self._source.sha256))
        self.add(self._activity.value, RDF + "type", NamedNode(PC + "Extraction"))
        self.add(self._activity.value, RDF + "type", NamedNode(PROV + "Activity"))
        self.add(self._activity.value, PROV + "used", NamedNode(self._iri))
        self.add(self._activity.value, PROV + "wasAssociatedWith", NamedNode(software_iri(code_version)))
        self.add(self._activity.value, PC + "codeVersion", Literal(code_version))

    def add_documents(self, documents: Sequence[DocumentRecord]) -> str:
        """The documents of the file; returns the IRI of the last, which holds the annexes. A file without a head is a
        document by the name of its source."""
        slugs = document_slugs(documents, self._source.area)
        main = thing("document", self._source.slug)
        for document in documents:
            main = thing("document", slugs[document.doc])
            self.shared.held.add(main)
            if document.date:
                self._dated[main] = last_day(document.date).isoformat()
            self.add(main, RDF + "type", NamedNode(PC + "Document"))
            self.add(main, ELI + "type_document", NamedNode(thing("document-type", document.type)))
            self.add(main, ELI + "id_local", _literal(document.number))
            self.add(main, ELI + "date_document", _time(document.date))
            self.add(main, PC + "area", NamedNode(thing("area", self._source.area)))
            self.add(main, DCT + "title", _vi(document.title))
            self.add(main, PC + "status", NamedNode(thing("document-status", document.status)))
            self.add(main, PC + "signatory", _literal(document.signatory))
            self.add(main, DCT + "source", NamedNode(self._iri))
            if document.issuer:
                self.add(main, ELI + "passed_by", NamedNode(self._agent(document.issuer).iri))
            self._derive(main, *document.source.values())
            self._add_corrections(main, document.corrections)
            for relation, numbers in (
                ("implements", document.implements),
                ("replaces", document.replaces),
                ("based_on", document.legal_basis),
            ):
                self._relations_of[main, relation] = numbers
        return main

    def add_task(self, document: str, task: TaskRecord) -> None:
        """A task with its deadlines and assignments."""
        iri = self._unique(f"{document}/task/{row_path(task.annex, task.section_no, task.no or f'r{task.order + 1}')}")
        self.shared.tasks.append(TaskMention(iri, document, self._dated.get(document), task.title, task.topics))
        self.add(iri, RDF + "type", NamedNode(PC + "Task"))
        self._add_row(iri, document, task.annex, task.no, task.title, task.order)
        self.add(iri, PC + "sectionNumber", _literal(task.section_no))
        self.add(iri, PC + "section", _vi(task.section))
        self.add(iri, PC + "expectedResult", _vi(task.result))
        for topic in task.topics:
            self.add(iri, PC + "topic", NamedNode(thing("topic", topic)))
            self._add_classification(iri, topic, task.source.get(f"topics.{topic}", ()))
        self._derive(iri, task.source.get("title", ()), task.source.get("result", ()))
        self._add_doubt(iri, task.confidence, task.doubts)
        self._add_corrections(iri, task.corrections)
        due = [day for day in map(due_by, task.deadline) if day]
        self.add(iri, PC + "dueBy", Literal(max(due).isoformat(), datatype=NamedNode(XSD + "date")) if due else None)
        for n, deadline in enumerate(task.deadline, 1):
            self._add_deadline(iri, n, deadline, task)
        self._assign(iri, "lead", task.lead, task.source, "lead", task.confidence)
        self._assign(iri, "coordination", task.coord, task.source, "coord", task.confidence)

    def add_indicator(self, document: str, indicator: IndicatorRecord) -> None:
        """An indicator as the plan states it, with its targets, baseline and who is responsible."""
        if indicator.annex is None and indicator.source.get("name"):
            part = f"text-{indicator.source['name'][0].start}"
        else:
            year = str(indicator.block_year) if indicator.block_year else None
            part = row_path(indicator.annex, year, indicator.no or f"r{indicator.order + 1}")
        iri = self._unique(f"{document}/indicator/{part}")
        concept = thing("indicator", indicator_slug(indicator.name))
        self.shared.names[concept][indicator_label(indicator.name)] += 1
        valued = any(target.op not in ("yes", "text") for target in indicator.targets) or not indicator.targets
        measure = measured(indicator.unit, valued, self._agencies.vocabulary)
        self.shared.indicators.append(IndicatorMention(concept, indicator.name, measure, document))
        self.add(iri, RDF + "type", NamedNode(PC + "PlanIndicator"))
        self._add_row(iri, document, indicator.annex, indicator.no, indicator.name, indicator.order)
        self.add(iri, PC + "group", _vi(indicator.group))
        self.add(iri, PC + "unit", _literal(indicator.unit))
        self.add(iri, PC + "sentence", _vi(indicator.sentence))
        self.add(iri, PC + "blockYear", _time(str(indicator.block_year) if indicator.block_year else None))
        self.add(iri, PC + "indicator", NamedNode(concept))
        self._derive(iri, indicator.source.get("name", ()), indicator.source.get("unit", ()))
        self._add_doubt(iri, indicator.confidence, indicator.doubts)
        self._add_corrections(iri, indicator.corrections)
        self._add_targets(iri, document, concept, indicator)
        self._assign(iri, "lead", indicator.lead, indicator.source, "lead", indicator.confidence)
        self._assign(iri, "lead", indicator.lead_inherited, indicator.source, "lead_inherited", indicator.confidence)

    def add_citation(self, document: str, citation: CitationRecord) -> None:
        """A citation, the relation between the two documents, and what the text says of the one cited."""
        area = self._source.area
        cited_slug = document_slug(citation.number, citation.date, area, citation.type)
        cited = thing("document", cited_slug)
        self.shared.cited[cited].append((citation, area))
        iri = f"{document}/citation/{cited_slug}"
        self.add(iri, RDF + "type", NamedNode(PC + "Citation"))
        self.add(iri, PC + "citingDocument", NamedNode(document))
        self.add(iri, PC + "citedDocument", NamedNode(cited))
        self.add(iri, PC + "relation", NamedNode(thing("citation-relation", citation.relation.replace("_", "-"))))
        self.add(iri, PC + "count", _integer(citation.count))
        for number in (citation.number, *citation.aliases):
            self.add(iri, PC + "asWritten", Literal(number))
        self._derive(iri, citation.source["number"])
        self._add_corrections(iri, citation.corrections)
        self.add(iri, PROV + "wasGeneratedBy", self._activity)
        self.add(document, ELI + "cites", NamedNode(cited))
        self.add(document, _RELATIONS[citation.relation], NamedNode(cited))
        for (citing, relation), numbers in self._relations_of.items():
            if citation.number in numbers:
                self.add(citing, _RELATIONS[relation], NamedNode(cited))

    def add_implemented(self, citations: Sequence[CitationRecord]) -> None:
        """The passages where the text says that one document that it cites implements another; the link itself is not
        this source's alone."""
        area = self._source.area
        known = {c.number: thing("document", document_slug(c.number, c.date, area, c.type)) for c in citations}
        for citation in citations:
            for span in citation.source["number"]:
                number, passage = implemented_by_title(self._text, span) or ("", span)
                if number in known and number != citation.number:
                    ends = known[citation.number], known[number]
                    self.shared.implemented.add(ends)
                    self._derive(link_iri(*ends), (passage,))

    def _add_row(self, iri: str, document: str, annex: str | None, number: str | None, title: str, order: int) -> None:
        self.add(iri, PC + "document", NamedNode(document))
        self.add(iri, PC + "annex", _literal(annex))
        self.add(iri, PC + "number", _literal(number))
        self.add(iri, PC + "order", _integer(order))
        self.add(iri, DCT + "title", _vi(title))
        self.add(iri, PROV + "wasGeneratedBy", self._activity)

    def _add_doubt(self, iri: str, confidence: float, doubts: Sequence[str]) -> None:
        self.add(iri, PC + "confidence", _decimal(confidence))
        for doubt in doubts:
            self.add(iri, PC + "doubt", Literal(doubt, language="en"))

    def _add_corrections(self, iri: str, corrections: Sequence[Correction]) -> None:
        """What people put right about a thing: it and each of its corrections point at one another, and the correction
        at who answers for it."""
        for n, correction in enumerate(corrections, 1):
            node = f"{iri}/correction/{n}"
            author = thing("contributor", slug(correction.by))
            self.add(self._activity.value, PROV + "used", NamedNode(node))
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
            self.add(node, PC + "correctedOn", _time(correction.on))
            self.add(node, PC + "reason", Literal(correction.why))
            self._derive(node, correction.passages)

    def _add_classification(self, task: str, topic: str, words: Sequence[Span]) -> None:
        """Which words of a task made it one of a topic; none where a person gave it the topic."""
        if not words:
            return
        node = f"{task}/classification/{topic}"
        self.add(task, PC + "classification", NamedNode(node))
        self.add(node, RDF + "type", NamedNode(PC + "Classification"))
        self.add(node, DCT + "subject", NamedNode(thing("topic", topic)))
        self._derive(node, words)

    def _add_deadline(self, task: str, n: int, deadline: Deadline, record: TaskRecord) -> None:
        iri = f"{task}/deadline/{n}"
        self.add(task, PC + "deadline", NamedNode(iri))
        self.add(iri, RDF + "type", NamedNode(PC + "Deadline"))
        self.add(iri, PC + "deadlineKind", NamedNode(thing("deadline-kind", deadline.kind)))
        self.add(iri, PC + "asWritten", _literal(record.deadline_raw))
        self.add(iri, PC + "begin", _time(deadline.start))
        self.add(iri, PC + "end", _time(deadline.end))
        self._add_interval(iri, deadline)
        if deadline.recurrence:
            self.add(iri, PC + "recurrence", NamedNode(thing("recurrence", deadline.recurrence)))
        if deadline.end:
            self.add(iri, PC + "dueBy", Literal(last_day(deadline.end).isoformat(), datatype=NamedNode(XSD + "date")))
        self.add(iri, PC + "forResult", _vi(deadline.result))
        self._derive(iri, record.source.get("deadline", ()))

    def _add_interval(self, iri: str, deadline: Deadline) -> None:
        """The same time as OWL-Time says it, an interval between two instants, and as one EDTF string."""
        text = edtf(deadline)
        if text is None:
            return
        self.add(iri, RDF + "type", NamedNode(TIME + "ProperInterval"))
        self.add(iri, PC + "edtf", Literal(text, datatype=NamedNode(EDTF)))
        for property, part, time in (("hasBeginning", "begin", deadline.start), ("hasEnd", "end", deadline.end)):
            value = _time(time)
            if value is not None:
                self.add(iri, TIME + property, NamedNode(f"{iri}/{part}"))
                self.add(f"{iri}/{part}", RDF + "type", NamedNode(TIME + "Instant"))
                self.add(f"{iri}/{part}", _IN_TIME[value.datatype.value], value)

    def _add_targets(self, iri: str, document: str, concept: str, indicator: IndicatorRecord) -> None:
        for target in indicator.targets:
            node = f"{iri}/target/{target.year}"
            self.add(iri, PC + "target", NamedNode(node))
            self.add(node, PC + "planIndicator", NamedNode(iri))
            self._add_observation(node, "Target", "targets", document, concept, indicator.unit, target.raw)
            self.add(node, PC + "year", _time(str(target.year)))
            self.add(node, PC + "comparator", NamedNode(thing("comparator", _COMPARATORS[target.op])))
            self.add(node, PC + "value", _decimal(target.value))
            self.add(node, PC + "valueMax", _decimal(target.value_max))
            self._derive(node, indicator.source.get(f"targets.{target.year}", ()))
        if indicator.baseline:
            node = f"{iri}/baseline"
            quantity = parse_quantity(indicator.baseline.raw)
            self.add(iri, PC + "baseline", NamedNode(node))
            self.add(node, PC + "planIndicator", NamedNode(iri))
            self._add_observation(
                node, "Baseline", "baselines", document, concept, indicator.unit, indicator.baseline.raw
            )
            self.add(node, PC + "period", _time(indicator.baseline.period))
            self.add(node, PC + "value", _decimal(quantity.value if quantity else None))
            self._derive(node, indicator.source.get("baseline", ()))

    def _add_observation(
        self, node: str, kind: str, dataset: str, document: str, concept: str, unit: str, raw: str
    ) -> None:
        self.add(node, RDF + "type", NamedNode(PC + kind))
        self.add(node, RDF + "type", NamedNode(QB + "Observation"))
        self.add(node, QB + "dataSet", NamedNode(thing("dataset", dataset)))
        self.add(node, PC + "indicator", NamedNode(concept))
        self.add(node, PC + "document", NamedNode(document))
        self.add(node, PC + "area", NamedNode(thing("area", self._source.area)))
        self.add(node, PC + "unit", _literal(unit))
        known = self._agencies.vocabulary.unit_names.get(fold_unit(unit))
        self.add(node, SDMX_ATTRIBUTE + "unitMeasure", NamedNode(thing("unit", known)) if known else None)
        self.add(node, PC + "asWritten", Literal(raw))

    def _assign(
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
            agent = self._agent(name)
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
            self.add(node, PC + "confidence", _decimal(confidence))
            self._derive(node, spans.get(f"{field}.{i}", ()))

    def _agent(self, name: str) -> Agent:
        agent = identify(name, self._source.area, self._agencies)
        self.shared.agents[agent.iri] = agent
        self.shared.names[agent.iri][name] += 1
        return agent

    def _derive(self, iri: str, *passages: Iterable[Span]) -> None:
        """Point at the passages that say so, each with its selector."""
        for span in {span for spans in passages for span in spans}:
            passage = passage_iri(self._source.slug, span)
            selector = f"{passage}/selector"
            self.add(iri, PROV + "wasDerivedFrom", NamedNode(passage))
            self.add(passage, RDF + "type", NamedNode(PC + "Passage"))
            self.add(passage, OA + "hasSource", NamedNode(self._iri))
            self.add(passage, OA + "hasSelector", NamedNode(selector))
            self.add(selector, RDF + "type", NamedNode(OA + "TextPositionSelector"))
            self.add(selector, RDF + "type", NamedNode(OA + "TextQuoteSelector"))
            self.add(selector, OA + "start", _integer(span.start))
            self.add(selector, OA + "end", _integer(span.end))
            self.add(selector, OA + "exact", Literal(self._text[span.start : span.end]))

    def _unique(self, iri: str) -> str:
        """The IRI, with a suffix in reading order where a row of the same number stands in the same section."""
        self._taken[iri] += 1
        return iri if self._taken[iri] == 1 else f"{iri}_{self._taken[iri]}"


def _issuer(
    citations: Sequence[tuple[CitationRecord, str]], agencies: AgencyReader
) -> tuple[Agent, Counter[str]] | None:
    """Who issued a cited document: of several readings the most frequent, with the names that stand for it."""
    agents: dict[str, Agent] = {}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for citation, area in citations:
        if citation.issuer:
            agent = identify(citation.issuer, area, agencies)
            agents[agent.iri] = agent
            names[agent.iri][citation.issuer] += 1
    if not agents:
        return None
    chosen = _most_written(Counter({iri: found.total() for iri, found in names.items()}))
    return agents[chosen], names[chosen]


def _add_cited(writer: _Writer, iri: str, citations: Sequence[CitationRecord], issuer: Agent | None) -> None:
    """What the documents that cite it say of a document that is not held here: of several readings the most
    frequent."""
    kind = _most_written(Counter(citation.type for citation in citations))
    writer.add(iri, RDF + "type", NamedNode(PC + "Document"))
    writer.add(iri, ELI + "type_document", NamedNode(thing("document-type", kind)))
    writer.add(iri, ELI + "id_local", Literal(citations[0].number))
    dates = Counter(citation.date for citation in citations if citation.date)
    writer.add(iri, ELI + "date_document", _time(_most_written(dates)) if dates else None)
    titles = Counter(citation.title for citation in citations if citation.title)
    writer.add(iri, DCT + "title", _vi(_most_written(titles)) if titles else None)
    writer.add(iri, ELI + "passed_by", NamedNode(issuer.iri) if issuer else None)


def _most_written(names: Counter[str]) -> str:
    """The most frequent of several; of two as frequent the first in order."""
    return min(names, key=lambda name: (-names[name], name))


def _as_text(value: object) -> str:
    """The value of a field for people: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, default=dataclasses.asdict, ensure_ascii=False)


def _vi(text: str | None) -> Literal | None:
    return Literal(text, language="vi") if text else None


def _literal(text: str | None) -> Literal | None:
    return Literal(text) if text else None


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def _decimal(number: float | None) -> Literal | None:
    if number is None:
        return None
    return Literal(format(Decimal(repr(number)).normalize(), "f"), datatype=NamedNode(XSD + "decimal"))


def _time(time: str | None) -> Literal | None:
    """A partial date as gYear, gYearMonth or date."""
    if time is None:
        return None
    kind = "date" if len(time) == _DAY_LENGTH else "gYearMonth" if len(time) == _MONTH_LENGTH else "gYear"
    return Literal(time, datatype=NamedNode(XSD + kind))

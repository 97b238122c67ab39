"""The graph of what sources share: agencies and indicators with their names, documents that are only cited."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Quad

from graph.extraction.agencies import AgencyReader
from graph.linking.agencies import Agent, identify
from graph.mapping.literals import time_literal, vi
from graph.mapping.shared import Shared, most_written
from graph.mapping.writers import Writer
from graph.namespaces import DCT, ELI, PC, RDF, SKOS, graph_iri, thing
from graph.records import CitationRecord


def map_links(shared: Shared, agencies: AgencyReader) -> list[Quad]:
    """The quads of the graph of what sources share. An agent's label is its type's or the name most often written."""
    writer = Writer(graph_iri("links"))
    issuers = {iri: _issuer(said, agencies) for iri, said in shared.cited.items() if iri not in shared.held}
    known, written = dict(shared.agents), {iri: Counter(names) for iri, names in shared.names.items()}
    for agent, names in filter(None, issuers.values()):
        known[agent.iri] = agent
        written.setdefault(agent.iri, Counter()).update(names)
    for iri, agent in known.items():
        names = written[iri]
        # "Báo" of Thanh Hóa is better known as it is written, Báo Thanh Hóa
        label = agent.label if agent.slug == agent.type and " " in agent.label else most_written(names)
        writer.add(iri, RDF + "type", NamedNode(PC + ("AgencyGroup" if agent.group else "Agency")))
        writer.add(iri, SKOS + "prefLabel", vi(label))
        for name in names:
            if name != label:
                writer.add(iri, SKOS + "altLabel", vi(name))
        writer.add(iri, PC + "area", NamedNode(thing("area", agent.area)))
        if agent.type:
            writer.add(iri, PC + "agencyType", NamedNode(thing("agency-type", agent.type)))
        for covered in agent.covers:
            writer.add(iri, PC + "coversType", NamedNode(thing("agency-type", covered)))
    for iri, names in written.items():
        if iri not in known:
            writer.add(iri, RDF + "type", NamedNode(PC + "Indicator"))
            writer.add(iri, RDF + "type", NamedNode(SKOS + "Concept"))
            writer.add(iri, SKOS + "prefLabel", vi(most_written(names)))
    for iri, issuer in issuers.items():
        _add_cited(writer, iri, [citation for citation, _ in shared.cited[iri]], issuer[0] if issuer else None)
    return sorted(set(writer.quads), key=str)


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
    chosen = most_written(Counter({iri: found.total() for iri, found in names.items()}))
    return agents[chosen], names[chosen]


def _add_cited(writer: Writer, iri: str, citations: Sequence[CitationRecord], issuer: Agent | None) -> None:
    """What the documents that cite it say of a document that is not held here: of several readings the most
    frequent."""
    kind = most_written(Counter(citation.type for citation in citations))
    writer.add(iri, RDF + "type", NamedNode(PC + "Document"))
    writer.add(iri, ELI + "type_document", NamedNode(thing("document-type", kind)))
    writer.add(iri, ELI + "id_local", Literal(citations[0].number))
    dates = Counter(citation.date for citation in citations if citation.date)
    writer.add(iri, ELI + "date_document", time_literal(most_written(dates)) if dates else None)
    titles = Counter(citation.title for citation in citations if citation.title)
    writer.add(iri, DCT + "title", vi(most_written(titles)) if titles else None)
    writer.add(iri, ELI + "passed_by", NamedNode(issuer.iri) if issuer else None)

"""Citations, and how the two documents of each are related."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from graph.linking.documents import document_slug, implemented_by_title
from graph.linking.quads import link_iri
from graph.mapping.literals import integer
from graph.mapping.writers import SourceWriter
from graph.namespaces import ELI, PC, PROV, RDF, thing
from graph.records import CitationRecord

_RELATIONS = {
    "implements": f"{PC}implements",
    "based_on": f"{ELI}based_on",
    "replaces": f"{PC}replaces",
    "amends": f"{ELI}amends",
    "cites": f"{ELI}cites",
}


def add_citation(writer: SourceWriter, document: str, citation: CitationRecord) -> None:
    """A citation, the relation between the two documents, and what the text says of the one cited."""
    area = writer.source.area
    cited_slug = document_slug(citation.number, citation.date, area, citation.type)
    cited = thing("document", cited_slug)
    writer.shared.cited[cited].append((citation, area))
    iri = f"{document}/citation/{cited_slug}"
    writer.add(iri, RDF + "type", NamedNode(PC + "Citation"))
    writer.add(iri, PC + "citingDocument", NamedNode(document))
    writer.add(iri, PC + "citedDocument", NamedNode(cited))
    writer.add(iri, PC + "relation", NamedNode(thing("citation-relation", citation.relation.replace("_", "-"))))
    writer.add(iri, PC + "count", integer(citation.count))
    for number in (citation.number, *citation.aliases):
        writer.add(iri, PC + "asWritten", Literal(number))
    writer.derive(iri, citation.source["number"])
    writer.add_corrections(iri, citation.corrections)
    writer.add(iri, PROV + "wasGeneratedBy", writer.activity)
    writer.add(document, ELI + "cites", NamedNode(cited))
    writer.add(document, _RELATIONS[citation.relation], NamedNode(cited))
    for (citing, relation), numbers in writer.relations_of.items():
        if citation.number in numbers:
            writer.add(citing, _RELATIONS[relation], NamedNode(cited))


def add_implemented(writer: SourceWriter, citations: Sequence[CitationRecord]) -> None:
    """The passages where the text says that one document that it cites implements another; the link itself is not
    this source's alone."""
    area = writer.source.area
    known = {c.number: thing("document", document_slug(c.number, c.date, area, c.type)) for c in citations}
    for citation in citations:
        for span in citation.source["number"]:
            number, passage = implemented_by_title(writer.text, span) or ("", span)
            if number in known and number != citation.number:
                ends = known[citation.number], known[number]
                writer.shared.implemented.add(ends)
                writer.derive(link_iri(*ends), (passage,))

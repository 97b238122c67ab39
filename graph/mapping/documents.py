"""A source and the documents in it, with what they say of themselves."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from graph.extraction.deadlines import last_day
from graph.linking.documents import document_slugs
from graph.mapping.literals import plain, time_literal, vi
from graph.mapping.writers import SourceWriter
from graph.namespaces import DCT, ELI, PC, PROV, RDF, thing
from graph.provenance import software_iri
from graph.records import DocumentRecord


def add_source(writer: SourceWriter, code_version: str) -> None:
    """The file and the activity that read it."""
    writer.add(writer.iri, RDF + "type", NamedNode(PC + "Source"))
    writer.add(writer.iri, DCT + "identifier", Literal(writer.source.id))
    writer.add(writer.iri, DCT + "title", vi(writer.source.title))
    writer.add(writer.iri, PC + "fileName", Literal(writer.source.path.name))
    writer.add(writer.iri, PC + "sha256", Literal(writer.source.sha256))
    writer.add(writer.activity.value, RDF + "type", NamedNode(PC + "Extraction"))
    writer.add(writer.activity.value, RDF + "type", NamedNode(PROV + "Activity"))
    writer.add(writer.activity.value, PROV + "used", NamedNode(writer.iri))
    writer.add(writer.activity.value, PROV + "wasAssociatedWith", NamedNode(software_iri(code_version)))
    writer.add(writer.activity.value, PC + "codeVersion", Literal(code_version))


def add_documents(writer: SourceWriter, documents: Sequence[DocumentRecord]) -> str:
    """The documents of the file; returns the IRI of the last, which holds the annexes. A file without a head is a
    document by the name of its source."""
    slugs = document_slugs(documents, writer.source.area)
    main = thing("document", writer.source.slug)
    for document in documents:
        main = thing("document", slugs[document.doc])
        writer.shared.held.add(main)
        if document.date:
            writer.dated[main] = last_day(document.date).isoformat()
        writer.add(main, RDF + "type", NamedNode(PC + "Document"))
        writer.add(main, ELI + "type_document", NamedNode(thing("document-type", document.type)))
        writer.add(main, ELI + "id_local", plain(document.number))
        writer.add(main, ELI + "date_document", time_literal(document.date))
        writer.add(main, PC + "area", NamedNode(thing("area", writer.source.area)))
        writer.add(main, DCT + "title", vi(document.title))
        writer.add(main, PC + "status", NamedNode(thing("document-status", document.status)))
        writer.add(main, PC + "signatory", plain(document.signatory))
        writer.add(main, DCT + "source", NamedNode(writer.iri))
        if document.issuer:
            writer.add(main, ELI + "passed_by", NamedNode(writer.agent(document.issuer).iri))
        writer.derive(main, *document.source.values())
        writer.add_corrections(main, document.corrections)
        for relation, numbers in (
            ("implements", document.implements),
            ("replaces", document.replaces),
            ("based_on", document.legal_basis),
        ):
            writer.relations_of[main, relation] = numbers
    return main

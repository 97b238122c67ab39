"""Records to quads: one named graph a source, and what several sources share (docs/model.md says what each class
holds).

Deterministic: the same records give the same quads, sorted; there are no blank nodes.
"""

from __future__ import annotations

from pyoxigraph import Quad

from graph.extraction.agencies import AgencyReader
from graph.mapping.citations import add_citation, add_implemented
from graph.mapping.documents import add_documents, add_source
from graph.mapping.indicators import add_indicator
from graph.mapping.links import map_links
from graph.mapping.shared import Shared
from graph.mapping.tasks import add_task
from graph.mapping.writers import SourceWriter
from graph.records import Extraction
from graph.sources import Source

__all__ = ["Shared", "map_links", "map_source"]


def map_source(
    source: Source, text: str, extraction: Extraction, agencies: AgencyReader, code_version: str
) -> tuple[list[Quad], Shared]:
    """The quads of a source's graph, and what it shares with others."""
    writer = SourceWriter(source, text, agencies)
    add_source(writer, code_version)
    main = add_documents(writer, extraction.documents)
    for task in extraction.tasks:
        add_task(writer, main, task)
    for indicator in extraction.indicators:
        add_indicator(writer, main, indicator)
    for citation in extraction.citations:
        add_citation(writer, main, citation)
    add_implemented(writer, extraction.citations)
    return sorted(set(writer.quads), key=str), writer.shared

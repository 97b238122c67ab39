"""The names of the graph: prefixes and the IRIs of things (docs/model.md, Identifiers).

An IRI comes from what a document says of itself (number, annex, section, row), never from a hash or a counter, so that
extracting again keeps it.
"""

from __future__ import annotations

import re

from graph.source_text import Span
from graph.text import slug

BASE = "https://w3id.org/phancong/"
PC = f"{BASE}def#"
DCT = "http://purl.org/dc/terms/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"  # a datatype
ELI = "http://data.europa.eu/eli/ontology#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
QB = "http://purl.org/linked-data/cube#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SDMX_ATTRIBUTE = "http://purl.org/linked-data/sdmx/2009/attribute#"
SEMAPV = "https://w3id.org/semapv/vocab/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SSSOM = "https://w3id.org/sssom/"
TIME = "http://www.w3.org/2006/time#"
XSD = "http://www.w3.org/2001/XMLSchema#"

_PASSAGE = re.compile(rf"{re.escape(BASE)}id/source/([^/]+)/passage/([0-9]+)-([0-9]+)")
_PART = re.compile("/(?:assignment|baseline|citation|classification|correction|deadline|target)(?:/|$)")


def graph_iri(name: str) -> str:
    """A named graph: ``vocabulary``, ``links``, … or the slug of a source file."""
    return f"{BASE}graph/{name}"


def thing(*path: str) -> str:
    """A thing below ``id/``: ``thing("role", "lead")``."""
    return f"{BASE}id/{'/'.join(path)}"


def passage_iri(source_slug: str, span: Span) -> str:
    """The passage of a source between two character offsets."""
    return thing("source", source_slug, "passage", f"{span.start}-{span.end}")


def passage_of(iri: str) -> tuple[str, Span] | None:
    """The slug of the source and the characters that the IRI of a passage names, None for another IRI; the inverse of
    :func:`passage_iri`."""
    match = _PASSAGE.fullmatch(iri)
    return (match[1], Span(int(match[2]), int(match[3]))) if match else None


def record_of(iri: str) -> str:
    """The document, task or plan indicator that a thing is a part of: an assignment, deadline, target … has its IRI
    below it (docs/model.md, Identifiers)."""
    return _PART.split(iri, maxsplit=1)[0]


def link_ends(iri: str) -> tuple[str, str] | None:
    """The two things that the IRI of a link names (graph.linking.quads.link_iri), None for another IRI."""
    before, link, path = iri.partition(f"{BASE}id/link/")
    subject, to, object_ = path.partition("/to/")
    return (thing(subject), thing(object_)) if link and to and not before else None


def row_path(*parts: str | None) -> str:
    """Annex, section and number of a row as the last part of an IRI: "iii-v.60-60.1". A part that is not there is left
    out."""
    return "-".join(_part(part) for part in parts if part)


def _part(text: str) -> str:
    """Like :func:`slug`, the points of a section or row number kept."""
    return ".".join(slug(piece) for piece in text.split("."))

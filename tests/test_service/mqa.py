"""The Metadata Quality Assessment of data.europa.eu for a dataset of a catalogue: 405 points, 351 and more are "excellent".

Indicators and points as data.europa.eu/mqa/methodology lists them. Where a dataset has several distributions, all have
to fulfil an indicator: stricter than the portal, which looks at them one by one. What the portal looks up in its own
vocabularies is told by the sets below; formats that we do not know to be listed there count as not listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rdflib import DCAT, DCTERMS, Graph, URIRef
from rdflib.term import Node

EXCELLENT, HIGHEST = 351, 405
AUTHORITY = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_OPEN = {"CSV", "JSON_LD", "RDF_N_QUADS", "RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE", "RDF_XML"}
MACHINE_READABLE = NON_PROPRIETARY = {f"{AUTHORITY}file-type/{code}" for code in _OPEN}
FILE_TYPES = MACHINE_READABLE | {f"{AUTHORITY}file-type/PARQUET"}
REGISTERED = {
    MEDIA_TYPES + name
    for name in (
        "application/ld+json",
        "application/n-quads",
        "application/trig",
        "application/vnd.apache.parquet",
        "text/csv",
        "text/turtle",
    )
}
LICENCES = {f"{AUTHORITY}licence/CC_BY_4_0"}
ACCESS_RIGHTS = {f"{AUTHORITY}access-right/{code}" for code in ("PUBLIC", "RESTRICTED", "NON_PUBLIC")}


def score(graph: Graph, dataset: URIRef, answers: Callable[[str], bool], valid: bool) -> Mapping[str, int]:
    """The points of a dataset by indicator. ``answers`` tells whether HEAD of an address gives a status from 200 to 399,
    ``valid`` whether the catalogue conforms to DCAT-AP."""
    parts = list(graph.objects(dataset, DCAT.distribution))

    def all_have(predicate: Node, among: Iterable[str] | None = None) -> bool:
        values = [list(graph.objects(part, predicate)) for part in parts]
        return bool(parts) and all(found and (among is None or {*map(str, found)} <= {*among}) for found in values)

    def all_answer(predicate: Node) -> bool:
        return all_have(predicate) and all(
            answers(str(one)) for part in parts for one in graph.objects(part, predicate)
        )

    def has(predicate: Node, among: Iterable[str] | None = None) -> bool:
        found = {str(value) for value in graph.objects(dataset, predicate)}
        return bool(found) and (among is None or found <= {*among})

    vocabularies = all_have(DCTERMS["format"], FILE_TYPES) and all_have(DCAT.mediaType, REGISTERED)
    fulfilled = {
        "keywords": (30, has(DCAT.keyword)),
        "categories": (30, has(DCAT.theme)),
        "spatial": (20, has(DCTERMS.spatial)),
        "temporal": (20, has(DCTERMS.temporal)),
        "access address answers": (50, all_answer(DCAT.accessURL)),
        "download address": (20, all_have(DCAT.downloadURL)),
        "download address answers": (30, all_answer(DCAT.downloadURL)),
        "format": (20, all_have(DCTERMS["format"])),
        "media type": (10, all_have(DCAT.mediaType)),
        "format and media type from vocabularies": (10, vocabularies),
        "format not proprietary": (20, all_have(DCTERMS["format"], NON_PROPRIETARY)),
        "format machine-readable": (20, all_have(DCTERMS["format"], MACHINE_READABLE)),
        "conforms to DCAT-AP": (30, valid),
        "licence": (20, all_have(DCTERMS.license)),
        "licence from vocabulary": (10, all_have(DCTERMS.license, LICENCES)),
        "access rights": (10, has(DCTERMS.accessRights)),
        "access rights from vocabulary": (5, has(DCTERMS.accessRights, ACCESS_RIGHTS)),
        "contact point": (20, has(DCAT.contactPoint)),
        "publisher": (10, has(DCTERMS.publisher)),
        "rights": (5, all_have(DCTERMS.rights)),
        "size": (5, all_have(DCAT.byteSize)),
        "issued": (5, has(DCTERMS.issued)),
        "modified": (5, has(DCTERMS.modified)),
    }
    assert sum(points for points, _ in fulfilled.values()) == HIGHEST
    return {name: points if true else 0 for name, (points, true) in fulfilled.items()}

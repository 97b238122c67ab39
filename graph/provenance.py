"""Where the graph as a whole comes from: the PROV-O activity that built it, what it used and the software that did it.

No clock: a build is named after the digest of its inputs, so that building again from the same gives the same
statements. When a release was issued is in its release.json. https://www.w3.org/TR/prov-o/
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from graph.namespaces import PC, PROV, RDF, RDFS, graph_iri, thing
from graph.text import slug

GRAPH = graph_iri("provenance")
_DIGITS = 16  # of the digest, in the IRI of a build


def software_iri(code_version: str) -> str:
    """The program of one version: "phancong 0.1.0" is ``id/software/phancong-0-1-0``."""
    return thing("software", slug(code_version))


def map_build(source_slugs: Iterable[str], inputs: str, code_version: str) -> list[Quad]:
    """The quads of the graph of provenance: the build with its sources, extractions and software, and each named graph
    as made by it. ``inputs`` is the digest of all that the build depends on, in hexadecimal."""
    build, software = thing("activity", "build", inputs[:_DIGITS]), software_iri(code_version)
    slugs = list(source_slugs)
    found: list[tuple[str, str, NamedNode | Literal]] = [
        (build, RDF + "type", NamedNode(PC + "Build")),
        (build, RDF + "type", NamedNode(PROV + "Activity")),
        (build, PC + "codeVersion", Literal(code_version)),
        (build, PC + "inputsDigest", Literal(inputs)),
        (build, PROV + "wasAssociatedWith", NamedNode(software)),
        (software, RDF + "type", NamedNode(PROV + "SoftwareAgent")),
        (software, RDFS + "label", Literal(code_version)),
        (software, PROV + "actedOnBehalfOf", NamedNode(thing("contributor", "phan-cong"))),
    ]
    for one in slugs:
        found.append((build, PROV + "used", NamedNode(thing("source", one))))
        found.append((build, PROV + "wasInformedBy", NamedNode(thing("activity", "extraction", one))))
    for name in (*slugs, "vocabulary", "links", "linking", "provenance", "statistics"):
        found.append((graph_iri(name), RDF + "type", NamedNode(PROV + "Entity")))
        found.append((graph_iri(name), PROV + "wasGeneratedBy", NamedNode(build)))
    graph = NamedNode(GRAPH)
    return sorted((Quad(NamedNode(s), NamedNode(p), o, graph) for s, p, o in found), key=str)

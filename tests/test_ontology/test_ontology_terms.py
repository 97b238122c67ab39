import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import (
    DCTERMS,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SKOS,
    VANN,
    BNode,
    Graph,
    Literal,
    Namespace,
    Node,
    URIRef,
)

ROOT = Path(__file__).parent.parent.parent
ONTOLOGY = ROOT / "ontology"
FILES = sorted(ONTOLOGY.glob("*.ttl"))
PC = Namespace("https://w3id.org/phancong/def#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
INCLUDES = URIRef("https://schema.org/domainIncludes")
HEADER = URIRef("https://w3id.org/phancong/def")
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}


@cache
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "phancong.ttl")


def own_terms() -> list[URIRef]:
    return sorted({s for s in ontology().subjects() if isinstance(s, URIRef) and s.startswith(PC)})


def languages(subject: Node, predicate: URIRef) -> list[str | None]:
    return sorted(o.language or "" for o in ontology().objects(subject, predicate) if isinstance(o, Literal))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_has_no_blank_nodes_and_no_text_outside_nfc(file: Path) -> None:
    terms = {term for triple in Graph().parse(file) for term in triple}
    assert not {term for term in terms if isinstance(term, BNode)}
    assert not {term for term in terms if re.search("[\u0300-\u036f]", str(term))}


def test_the_header_says_what_version_and_licence_this_is() -> None:
    assert (HEADER, RDF.type, OWL.Ontology) in ontology()
    version = ontology().value(HEADER, OWL.versionInfo)
    assert ontology().value(HEADER, OWL.versionIRI) == URIRef(f"{HEADER}/{version}")
    assert ontology().value(HEADER, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert languages(HEADER, SKOS.changeNote) == languages(HEADER, DCTERMS.title) == ["en", "vi"]
    assert all(str(version) in str(note) for note in ontology().objects(HEADER, SKOS.changeNote))
    assert (ontology().value(HEADER, DCTERMS.creator), RDF.type, ORG.Organization) in ontology()
    assert str(ontology().value(HEADER, VANN.preferredNamespaceUri)) == str(PC)


STANDARDS = {
    "ELI": "http://data.europa.eu/eli/ontology#",
    "ORG": str(ORG),
    "PROV-O": str(PROV),
    "SKOS": str(SKOS),
    "Data Cube": str(QB),
    "OWL-Time": "http://www.w3.org/2006/time#",
    "Web Annotation": "http://www.w3.org/ns/oa#",
    "DCAT": "http://www.w3.org/ns/dcat#",
    "Dublin Core": str(DCTERMS),
    "schema.org": "https://schema.org/",
}


@pytest.mark.parametrize("standard", STANDARDS)
def test_terms_are_aligned_with_the_standards(standard: str) -> None:
    alignments = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso, RDF.type)
    aligned = {str(o) for term in own_terms() for alignment in alignments for o in ontology().objects(term, alignment)}
    assert [term for term in aligned if term.startswith(STANDARDS[standard])]


def test_a_property_says_what_it_is_used_on() -> None:
    """A property without rdfs:domain names the classes that have it, so that a reader need not guess."""
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in own_terms():
            if (term, RDF.type, kind) in ontology():
                used_on = set(ontology().objects(term, RDFS.domain)) | set(ontology().objects(term, INCLUDES))
                assert used_on, term


@pytest.mark.parametrize("term", own_terms(), ids=lambda term: term.removeprefix(PC))
def test_a_term_has_label_definition_and_example_in_both_languages(term: URIRef) -> None:
    for property in (RDFS.label, SKOS.definition, SKOS.example):
        assert languages(term, property) == ["en", "vi"]
    assert len(set(ontology().objects(term, RDF.type)) & KINDS) == 1
    assert (term, RDFS.isDefinedBy, HEADER) in ontology()


def test_the_model_and_the_ontology_have_the_same_terms() -> None:
    model = set(re.findall(r"pc:(\w+)", (ROOT / "docs" / "model.md").read_text(encoding="utf-8")))
    assert model == {term.removeprefix(PC) for term in own_terms()}


def test_every_class_and_property_that_an_axiom_names_is_declared() -> None:
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, OWL.disjointWith)
    named = {o for axiom in axioms for o in ontology().objects(None, axiom)}
    named |= {o for o in ontology().objects(None, RDFS.range) if not str(o).startswith(str(XSD))} - {RDFS.Literal}
    assert {term for term in named if not set(ontology().objects(term, RDF.type)) & KINDS} == set()


def test_a_property_specialises_properties_of_its_own_kind() -> None:
    for narrower, broader in ontology().subject_objects(RDFS.subPropertyOf):
        assert set(ontology().objects(narrower, RDF.type)) & KINDS == set(ontology().objects(broader, RDF.type)) & KINDS


def test_datatypes_are_those_that_owl_2_has() -> None:
    used = {o for o in ontology().objects(None, RDFS.range) if str(o).startswith(str(XSD))}
    assert used <= {XSD.string, XSD.integer, XSD.decimal, XSD.boolean}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_vocabularies_use_no_undefined_term(file: Path) -> None:
    used = {term for triple in Graph().parse(file) for term in triple if isinstance(term, URIRef)}
    assert {term for term in used if term.startswith(PC)} <= set(own_terms())


def test_there_is_a_cube_for_targets_and_one_for_baselines() -> None:
    data_sets = {str(s).rpartition("/")[2] for s in ontology().subjects(RDF.type, QB.DataSet)}
    assert data_sets == {"targets", "baselines"}

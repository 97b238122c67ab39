import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, QB, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, Node, URIRef

ROOT = Path(__file__).parent.parent.parent
ONTOLOGY = ROOT / "ontology"
FILES = sorted(ONTOLOGY.glob("*.ttl"))
PC = Namespace("https://w3id.org/phancong/def#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
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
    licence = ontology().value(HEADER, URIRef("http://purl.org/dc/terms/license"))
    assert licence == URIRef("https://creativecommons.org/licenses/by/4.0/")


@pytest.mark.parametrize("term", own_terms(), ids=lambda term: term.removeprefix(PC))
def test_a_term_has_a_label_and_a_definition_in_both_languages(term: URIRef) -> None:
    assert languages(term, RDFS.label) == ["en", "vi"]
    assert languages(term, SKOS.definition) == ["en", "vi"]
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


# Data Cube: integrity constraints on structures (https://www.w3.org/TR/vocab-data-cube/#wf-rules); true means violated.
CUBE = {
    "IC-2 one structure": "?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?s }",
    "IC-3 a measure": "?s a qb:DataStructureDefinition FILTER NOT EXISTS { ?s qb:component/qb:measure ?m }",
    "IC-4 dimensions have a range": "?s qb:component/qb:dimension ?p FILTER NOT EXISTS { ?p rdfs:range ?r }",
    "IC-6 only attributes are optional": (
        "?s qb:component ?c . ?c qb:componentRequired false FILTER NOT EXISTS { ?c qb:attribute ?a }"
    ),
    "components are typed as they are used": (
        "{ ?c qb:dimension ?p FILTER NOT EXISTS { ?p a qb:DimensionProperty } } UNION "
        "{ ?c qb:measure ?p FILTER NOT EXISTS { ?p a qb:MeasureProperty } } UNION "
        "{ ?c qb:attribute ?p FILTER NOT EXISTS { ?p a qb:AttributeProperty } }"
    ),
}


@pytest.mark.parametrize("rule", CUBE)
def test_cube_structure(rule: str) -> None:
    assert not ontology().query(f"ASK {{ {CUBE[rule]} }}", initNs={"qb": QB, "rdfs": RDFS}).askAnswer


def test_there_is_a_cube_for_targets_and_one_for_baselines() -> None:
    data_sets = {str(s).rpartition("/")[2] for s in ontology().subjects(RDF.type, QB.DataSet)}
    assert data_sets == {"targets", "baselines"}

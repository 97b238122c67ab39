"""Every statement has its passage, and the graph says which build made it of what."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.build import code_version
from graph.namespaces import BASE, graph_iri
from graph.provenance import map_build, software_iri

PREFIXES = """
PREFIX pc: <https://w3id.org/phancong/def#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
TRACED = (
    "Task",
    "Classification",
    "Assignment",
    "Deadline",
    "PlanIndicator",
    "Target",
    "Baseline",
    "Citation",
    "Correction",
)
# Each is true where something lacks what it should have.
WITHOUT_PASSAGE = "ASK { ?thing a pc:%s MINUS { ?thing prov:wasDerivedFrom ?passage . ?passage a pc:Passage } }"
PASSAGE_WITHOUT_CHARACTERS = """ASK { ?passage a pc:Passage MINUS {
  ?passage oa:hasSource ?source ; oa:hasSelector ?selector . ?source pc:sha256 ?sum .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?quote FILTER (?end - ?start = STRLEN(?quote) && ?quote != "")
} }"""
WITHOUT_ACTIVITY = """ASK { ?thing a pc:%s MINUS {
  ?thing prov:wasGeneratedBy ?activity . ?activity prov:used ?source ; pc:codeVersion ?code ;
    prov:wasAssociatedWith ?software . ?source pc:sha256 ?sum . ?software a prov:SoftwareAgent ; rdfs:label ?code
} }"""
HEAD_WITHOUT_PASSAGE = """ASK { ?document a pc:Document ; dct:source ?source
  FILTER NOT EXISTS { ?document prov:wasDerivedFrom/oa:hasSource ?source } }"""
CORRECTION_WITHOUT_AUTHOR = """ASK { ?correction a pc:Correction FILTER NOT EXISTS {
  ?correction prov:wasAttributedTo ?author ; pc:correctedOn ?day ; pc:reason ?why .
  ?author a prov:Agent ; rdfs:label ?name . ?extraction prov:used ?correction } }"""


def ask(graph: ox.Store, query: str) -> bool:
    return bool(graph.query(PREFIXES + query, use_default_graph_as_union=True))


def count(graph: ox.Store, name: str) -> int:
    query = f"SELECT (COUNT(?x) AS ?n) WHERE {{ ?x a pc:{name} }}"
    (row,) = graph.query(PREFIXES + query, use_default_graph_as_union=True)
    return int(row["n"].value)


@pytest.mark.parametrize("name", TRACED)
def test_nothing_lacks_a_passage(name: str, built_graph: ox.Store) -> None:
    assert count(built_graph, name) > 0
    assert not ask(built_graph, WITHOUT_PASSAGE % name)


def test_every_passage_leads_to_characters_of_a_source_with_its_checksum(built_graph: ox.Store) -> None:
    assert not ask(built_graph, PASSAGE_WITHOUT_CHARACTERS)


@pytest.mark.parametrize("name", ["Task", "PlanIndicator", "Citation"])
def test_nothing_lacks_the_extraction_that_made_it(name: str, built_graph: ox.Store) -> None:
    assert not ask(built_graph, WITHOUT_ACTIVITY % name)


def test_a_document_that_is_held_has_passages_of_its_own_source(built_graph: ox.Store) -> None:
    assert not ask(built_graph, HEAD_WITHOUT_PASSAGE)


def test_a_correction_has_an_author_and_the_extraction_that_used_it(built_graph: ox.Store) -> None:
    assert not ask(built_graph, CORRECTION_WITHOUT_AUTHOR)


@pytest.mark.parametrize(
    "query",
    [
        WITHOUT_PASSAGE % "Task",
        PASSAGE_WITHOUT_CHARACTERS,
        WITHOUT_ACTIVITY % "Task",
        HEAD_WITHOUT_PASSAGE,
        CORRECTION_WITHOUT_AUTHOR,
    ],
)
def test_the_queries_notice_what_lacks(query: str) -> None:
    store = ox.Store()
    store.load(
        (PREFIXES + "<x:a> a pc:Task, pc:Passage, pc:Document, pc:Correction ; dct:source <x:s> .").encode(),
        format=ox.RdfFormat.TURTLE,
    )
    assert ask(store, query)


def test_the_build_is_told_once_with_all_it_used(built_graph: ox.Store) -> None:
    query = """SELECT ?build (COUNT(DISTINCT ?source) AS ?sources) (COUNT(DISTINCT ?extraction) AS ?extractions) WHERE {
      ?build a pc:Build ; pc:codeVersion ?code ; pc:inputsDigest ?inputs ; prov:wasAssociatedWith/prov:actedOnBehalfOf/rdfs:label ?name ;
        prov:used ?source ; prov:wasInformedBy ?extraction .
      ?source a pc:Source . ?extraction a pc:Extraction ; prov:used ?source } GROUP BY ?build"""
    (row,) = built_graph.query(PREFIXES + query, use_default_graph_as_union=True)
    assert (row["sources"].value, row["extractions"].value) == ("5", "5")


def test_every_named_graph_says_which_build_made_it(built_graph: ox.Store) -> None:
    query = "SELECT ?graph WHERE { ?graph prov:wasGeneratedBy ?build . ?build a pc:Build }"
    told = {row["graph"].value for row in built_graph.query(PREFIXES + query, use_default_graph_as_union=True)}
    assert told == {graph.value for graph in built_graph.named_graphs()}


def test_a_build_is_named_after_its_inputs() -> None:
    one, same, other = (
        map_build(slugs, digest, "phancong 1")
        for slugs, digest in (("ab", "a" * 64), ("ba", "a" * 64), ("ab", "b" * 64))
    )
    assert one == same
    assert {quad.subject.value for quad in one} & {quad.subject.value for quad in other} == {
        software_iri("phancong 1"), *(graph_iri(name) for name in ("a", "b", "vocabulary", "links", "linking", "provenance", "statistics"))
    }  # fmt: skip
    assert f"{BASE}id/activity/build/{'a' * 16}" in {quad.subject.value for quad in one}


def test_the_software_is_named_with_its_version() -> None:
    assert software_iri("phancong 0.1.0") == f"{BASE}id/software/phancong-0-1-0"
    assert code_version().startswith("phancong ")

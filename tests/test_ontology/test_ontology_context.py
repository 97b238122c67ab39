import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld
from rdflib import OWL, RDF, Graph, Namespace
from rdflib.compare import isomorphic

ROOT = Path(__file__).parent.parent.parent
ONTOLOGY = ROOT / "ontology"
PLAN = ROOT / "tests" / "test_shapes" / "examples" / "plan.ttl"
PC = Namespace("https://w3id.org/phancong/def#")


@cache
def context() -> dict[str, Any]:
    loaded = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    return dict(loaded["@context"])


def test_a_plan_survives_json_ld() -> None:
    plan = Graph().parse(PLAN)
    text = plan.serialize(format="json-ld", context=context())
    again = Graph().parse(data=text, format="json-ld")
    assert isomorphic(plan, again)


def rdfc_1_0(nquads: bytes) -> str:
    """SHA-256 of the canonical N-Quads (https://www.w3.org/TR/rdf-canon/), as Oxigraph makes them."""
    dataset = ox.Dataset(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS).decode().splitlines(keepends=True)
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


@pytest.mark.parametrize("what", ["plan", "ontology", "a source of the built graph"])
def test_json_ld_expands_to_the_same_canonical_hash_as_the_turtle(what: str, built_graph: ox.Store) -> None:
    """Written by rdflib with our context, read by PyLD: neither knows the other."""
    files = {"plan": PLAN, "ontology": ONTOLOGY / "phancong.ttl"}
    if what in files:
        graph = Graph().parse(files[what])
    else:
        name = ox.NamedNode("https://w3id.org/phancong/graph/kon-tum-2025-ke-hoach")
        quads = (quad.triple for quad in built_graph.quads_for_pattern(None, None, None, name))
        graph = Graph().parse(data=ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert len(graph) > 100
    document = json.loads(graph.serialize(format="json-ld", context=context()))
    assert document["@context"] == context()
    expanded = jsonld.to_rdf(document, {"format": "application/n-quads"}).encode()
    assert rdfc_1_0(expanded) == rdfc_1_0(graph.serialize(format="nt").encode())


def test_the_canonical_hash_notices_another_value() -> None:
    one, other = (f'<x:a> <x:b> "{n}" .\n'.encode() for n in (1, 2))
    assert rdfc_1_0(one) != rdfc_1_0(other)


def test_terms_are_short_in_json_ld() -> None:
    text = Graph().parse(PLAN).serialize(format="json-ld", context=context())
    things = json.loads(text)["@graph"]
    task = next(thing for thing in things if thing.get("type") == "Task")
    assert task["title"] == "Kết nối, chia sẻ cơ sở dữ liệu dùng chung"
    assert task["leadAgency"] == ["https://w3id.org/phancong/id/agency/quang-tri/so-noi-vu"]
    assert task["dueBy"] == "2030-12-31"
    assert not [key for thing in things for key in thing if ":" in key and not key.startswith(("qb:", "dct:"))]


def test_every_own_term_has_a_name_that_leads_to_it() -> None:
    ontology = Graph().parse(ONTOLOGY / "phancong.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = {str(s) for kind in kinds for s in ontology.subjects(RDF.type, kind) if str(s).startswith(PC)}
    for name in (term.removeprefix(PC) for term in terms):
        said = context()[name]
        assert (said if isinstance(said, str) else said["@id"]) == f"pc:{name}"

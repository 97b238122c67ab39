import json
from functools import cache
from pathlib import Path
from typing import Any

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


def test_terms_are_short_in_json_ld() -> None:
    text = Graph().parse(PLAN).serialize(format="json-ld", context=context())
    things = json.loads(text)["@graph"]
    task = next(thing for thing in things if thing["type"] == "Task")
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

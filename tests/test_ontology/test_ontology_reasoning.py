"""OWL 2 DL and consistency, of the ontology alone and of all that the built graph says with what the standards say."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from reasoner import Judgement, judge

HERE = Path(__file__).parent
ONTOLOGY = HERE.parent.parent / "ontology"
PREFIXES = (
    "@prefix pc: <https://w3id.org/phancong/def#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix prov: <http://www.w3.org/ns/prov#> . "
    "@base <http://example.org/> .\n"
)
INCONSISTENT = {
    "an agency is no group": "<a> a pc:Agency, pc:AgencyGroup .",
    "a deadline has no deadline": "<a> pc:deadline <b> . <b> pc:deadline <c> .",
    "a passage is no document": "<a> a pc:Passage ; pc:implements <b> .",
    "an activity is no entity": "<a> a pc:Build, pc:Document .",
    "an instant is no interval": "<a> <http://www.w3.org/2006/time#hasEnd> <b> . <b> a <http://www.w3.org/2006/time#ProperInterval> .",
}
NOT_DL = {
    "a class that nobody declares": "pc:Task rdfs:subClassOf <http://example.org/Job> .",
    "a property that nobody declares": "<a> <http://example.org/knows> <b> .",
    "a property of two kinds": "pc:leadAgency a owl:DatatypeProperty .",
}
UNSATISFIABLE = "pc:Task rdfs:subClassOf prov:Activity ."


def triples(*paths: Path) -> set[ox.Triple]:
    return {quad.triple for path in paths for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}


def written(path: Path, statements: set[ox.Triple]) -> Path:
    ox.serialize(statements, str(path), format=ox.RdfFormat.N_TRIPLES)
    return path


@pytest.fixture(scope="module")
def judgements(built_graph: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judgement]:
    """One run of the reasoner over everything that this file asks about."""
    folder = tmp_path_factory.mktemp("reasoner")
    own, near = triples(ONTOLOGY / "phancong.ttl"), triples(HERE / "neighbours.ttl")
    cases = {
        "ontology": own,
        "ontology and standards": own | near,
        "graph": own | near | {quad.triple for quad in built_graph},
    }
    for name, text in {**INCONSISTENT, **NOT_DL, "unsatisfiable": UNSATISFIABLE}.items():
        more = ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)
        cases[name] = own | near | {quad.triple for quad in more}
    files = [written(folder / f"{n}.ttl", statements) for n, statements in enumerate(cases.values())]
    return dict(zip(cases, judge(files), strict=True))


@pytest.mark.parametrize("name", ["ontology", "ontology and standards", "graph"])
def test_it_is_in_owl_2_dl(name: str, judgements: dict[str, Judgement]) -> None:
    """A term of another vocabulary that the graph uses is declared at the end of ontology/phancong.ttl."""
    assert judgements[name].violations[:10] == []
    assert judgements[name].axioms > 900


@pytest.mark.parametrize("name", ["ontology", "ontology and standards", "graph"])
def test_it_is_consistent_and_every_class_can_have_members(name: str, judgements: dict[str, Judgement]) -> None:
    assert judgements[name].consistent
    assert judgements[name].unsatisfiable == []


@pytest.mark.parametrize("name", INCONSISTENT)
def test_the_reasoner_notices(name: str, judgements: dict[str, Judgement]) -> None:
    assert not judgements[name].consistent


@pytest.mark.parametrize("name", NOT_DL)
def test_the_check_of_the_profile_notices(name: str, judgements: dict[str, Judgement]) -> None:
    assert len(judgements[name].violations) >= 1


def test_the_reasoner_notices_a_class_without_members(judgements: dict[str, Judgement]) -> None:
    assert "<https://w3id.org/phancong/def#Task>" in judgements["unsatisfiable"].unsatisfiable

"""What a release tells of itself: times of change, counts that include themselves, texts, schema.org."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import store
from graph.catalogue import void
from graph.catalogue.dcat import CATALOGUE_GRAPH, WHOLE
from graph.catalogue.documents import held_documents
from graph.catalogue.revisions import Revision, read_revisions, revise, write_revisions
from graph.catalogue.schema_org import schema_org
from graph.catalogue.statements import addressed, by_subject, is_address, readdressed
from graph.catalogue.texts import filled, load_texts
from graph.questions.question import Text

BASE = "https://w3id.org/phancong/"


@pytest.fixture(scope="module")
def release(built_releases: Path) -> Path:
    return built_releases / "current"


@pytest.fixture(scope="module")
def catalogue(release: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(release / "catalogue.nq"), format=ox.RdfFormat.N_QUADS))


def test_what_has_not_changed_keeps_its_time(tmp_path: Path) -> None:
    before = {"same": Revision("1", "2026-01", "2026-02"), "other": Revision("2", "2026-01", "2026-01")}
    after = revise(before, {"same": "1", "other": "3", "new": "4"}, "2026-03")
    assert after == {
        "new": Revision("4", "2026-03", "2026-03"),
        "other": Revision("3", "2026-01", "2026-03"),
        "same": Revision("1", "2026-01", "2026-02"),
    }
    write_revisions(tmp_path, after)
    assert read_revisions(tmp_path) == after


def test_before_the_first_release_nothing_has_changed(tmp_path: Path) -> None:
    assert read_revisions(tmp_path / "current") == {}


def test_the_catalogue_is_one_graph_without_blank_nodes_in_order(release: Path, catalogue: list[ox.Quad]) -> None:
    assert {quad.graph_name for quad in catalogue} == {ox.NamedNode(CATALOGUE_GRAPH)}
    assert all(isinstance(quad.subject, ox.NamedNode) for quad in catalogue)
    assert not any(isinstance(quad.object, ox.BlankNode) for quad in catalogue)
    lines = (release / "catalogue.nq").read_text(encoding="utf-8").splitlines()
    assert len(set(lines)) == len(lines)


def test_no_statement_of_the_catalogue_is_in_another_graph_too(release: Path, catalogue: list[ox.Quad]) -> None:
    """The engine does not remove double statements from the union of graphs, so one would count twice in answers."""
    data = {quad.triple for quad in ox.parse(path=str(release / "phancong.nq"), format=ox.RdfFormat.N_QUADS)}
    assert data.isdisjoint(quad.triple for quad in catalogue)


def test_the_description_counts_itself(tmp_path: Path) -> None:
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    same = "<http://www.w3.org/2004/02/skos/core#exactMatch>"
    (tmp_path / "data.nq").write_text(
        f"<{BASE}id/a> {kind} <{BASE}def#Task> <{BASE}graph/g> .\n"
        f"<{BASE}id/a> {same} <https://www.wikidata.org/entity/Q1> <{BASE}graph/g> .\n"
    )
    store.create(tmp_path / "store", tmp_path / "data.nq")
    reader = store.open_read_only(tmp_path / "store")
    data, links = void.count(reader), void.linksets(reader)
    assert links == [void.Linkset("http://www.w3.org/2004/02/skos/core#exactMatch", "https://www.wikidata.org/", 1)]
    assert void.examples(reader) == [f"{BASE}id/a"]
    described = void.Described("r", "2026-01-01T00:00:00+00:00", ["phancong.nq.gz"], void.examples(reader), links)
    quads = void.void_quads(described, data, load_texts())
    (tmp_path / "void.nq").write_text("".join(f"{quad} .\n" for quad in quads))
    store.add(tmp_path / "store", tmp_path / "void.nq")
    counted = void.count(store.open_read_only(tmp_path / "store"))
    told = {quad.predicate.value: quad.object.value for quad in quads if quad.subject.value == void.DATASET}
    assert counted.triples == len(quads) + 2 == int(told[void.VOID + "triples"])
    assert counted.subjects == int(told[void.VOID + "entities"])
    assert len(counted.classes) == int(told[void.VOID + "classes"])
    assert void.void_quads(described, data, load_texts()) == quads


def test_every_document_tells_its_time_and_counts(release: Path) -> None:
    documents = {one.slug: one for one in held_documents(store.open_read_only(release / "store"))}
    assert len(documents) == 6
    plan = documents["quang-tri-687-kh-ubnd-2026"]
    assert (plan.number, plan.area_label.en, plan.counts["tasks"]) == ("687/KH-UBND", "Quang Tri", 32)
    assert plan.begin and plan.begin.startswith("2026") and plan.end and plan.end >= plan.begin
    assert sum(one.counts["tasks"] for one in documents.values()) == 445


def test_a_place_without_value_leaves_no_gap() -> None:
    text = filled(Text("{type} {number} ({area})", "{type} {number} of {area}"), {
        "type": Text("Kế hoạch", "Plan"), "number": Text("", ""), "area": Text("Kon Tum", "Kon Tum")})  # fmt: skip
    assert (text.vi, text.en) == ("Kế hoạch (Kon Tum)", "Plan of Kon Tum")


def test_addresses_move_and_names_stay() -> None:
    public = "http://127.0.0.1:1"
    assert addressed(f"{BASE}dumps/x/y.csv", public) == f"{public}/dumps/x/y.csv"
    assert addressed(BASE, public) == f"{public}/"
    for name in (
        f"{BASE}id/catalogue",
        f"{BASE}def",
        f"{BASE}def#Task",
        f"{BASE}graph/links",
        "http://x.example/dumps/",
    ):
        assert addressed(name, public) == name and not is_address(name)
    triple = ox.Triple(ox.NamedNode(f"{BASE}id/a"), ox.NamedNode("http://p"), ox.NamedNode(f"{BASE}sparql"))
    assert [str(one.object) for one in readdressed([triple], public)] == [f"<{public}/sparql>"]


def test_schema_org_says_what_the_catalogue_says_in_the_language_of_the_page(catalogue: list[ox.Quad]) -> None:
    said = by_subject(quad.triple for quad in catalogue)
    vi, en = (schema_org(WHOLE, said, language, "http://h") for language in ("vi", "en"))
    assert (vi["name"], vi["alternateName"]) == (en["alternateName"], en["name"])
    assert en["keywords"] != vi["keywords"]
    assert en["distribution"][0]["encodingFormat"] and en["distribution"][0]["contentSize"].endswith(" B")
    assert "isPartOf" not in en and en["temporalCoverage"].count("/") == 1
    json.dumps(en)


def test_croissant_names_the_release_and_the_files_by_checksum(release: Path) -> None:
    told = json.loads((release / "dumps" / "croissant.json").read_text(encoding="utf-8"))
    sums = dict(reversed(line.split("  ")) for line in (release / "dumps" / "SHA256SUMS").read_text().splitlines())
    for file in told["distribution"]:
        path = file["contentUrl"].split(f"/dumps/{release.resolve().name}/")[1]
        assert file["sha256"] == sums[path]
    assert told["conformsTo"] == "http://mlcommons.org/croissant/1.0"

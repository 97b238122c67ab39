from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from pyoxigraph import BlankNode, Quad

from graph.extraction.agencies import AgencyReader
from graph.mapping import Shared, map_links, map_source
from graph.namespaces import BASE, DCT, ELI, OA, PC, PROV, RDF, SDMX_ATTRIBUTE, SKOS
from graph.records import Extraction
from graph.sources import Source

Plans = dict[str, tuple[Source, str, Extraction]]
Mapped = dict[str, tuple[list[Quad], Shared]]
PLAN = f"{BASE}id/document/quang-tri-687-kh-ubnd-2026"


@pytest.fixture(scope="module")
def mapped(plans: Plans, agencies: AgencyReader) -> Mapped:
    return {id: map_source(source, text, found, agencies, "test 1") for id, (source, text, found) in plans.items()}


def values(quads: list[Quad], subject: str, predicate: str) -> set[str]:
    return {q.object.value for q in quads if q.subject.value == subject and q.predicate.value == predicate}


def test_a_task_says_who_leads_it_by_when_and_where_that_is_written(mapped: Mapped, plans: Plans) -> None:
    quads, _ = mapped["002"]
    task = f"{PLAN}/task/pl-i.1-1.5"
    assert values(quads, task, DCT + "title") == {"Nâng cấp Trung tâm giám sát, điều hành thông minh."}
    assert values(quads, task, PC + "leadAgency") == {f"{BASE}id/agency/quang-tri/so-khoa-hoc-va-cong-nghe"}
    assert values(quads, task, PC + "coordinatingAgency") == {
        f"{BASE}id/agency-group/quang-tri/so-ban-nganh-cap-tinh",
        f"{BASE}id/agency-group/quang-tri/ubnd-cap-xa",
    }
    assert values(quads, task, PC + "dueBy") == {"2026-06-30"}
    (passage,) = values(quads, f"{task}/assignment/lead/so-khoa-hoc-va-cong-nghe", PROV + "wasDerivedFrom")
    (start,), (end,) = (values(quads, f"{passage}/selector", OA + part) for part in ("start", "end"))
    assert values(quads, f"{passage}/selector", OA + "exact") == {"Sở Khoa học và Công nghệ"}
    assert plans["002"][1][int(start) : int(end)] == "Sở Khoa học và Công nghệ"


def test_a_topic_leads_to_the_words_that_decided(mapped: Mapped) -> None:
    quads, _ = mapped["002"]
    tasks = {q.subject.value for q in quads if q.predicate.value == PC + "topic" and q.object.value.endswith("/data")}
    assert tasks
    for task in tasks:
        (reason,) = (node for node in values(quads, task, PC + "classification") if node.endswith("/data"))
        assert values(quads, reason, DCT + "subject") == {f"{BASE}id/topic/data"}
        words = [values(quads, f"{p}/selector", OA + "exact") for p in values(quads, reason, PROV + "wasDerivedFrom")]
        assert words
        assert all("dữ liệu" in text.lower() or "số hóa" in text.lower() for found in words for text in found), words


def test_documents_and_their_relations(mapped: Mapped) -> None:
    quads, shared = mapped["002"]
    programme = f"{BASE}id/document/quang-tri-06-ctr-tu-2025"
    assert values(quads, PLAN, ELI + "id_local") == {"687/KH-UBND"}
    assert values(quads, PLAN, ELI + "date_document") == {"2026-02-26"}
    assert values(quads, PLAN, PC + "implements") == {programme}
    assert values(quads, PLAN, ELI + "passed_by") == {f"{BASE}id/agency/quang-tri/ubnd-tinh"}
    assert PLAN in shared.held
    quads, _ = mapped["003"]
    decision = f"{BASE}id/document/quang-ngai-decision-2025-05"
    assert values(quads, decision, PC + "replaces") == {f"{BASE}id/document/quang-ngai-51-kh-ubnd-2025"}
    assert f"{BASE}id/document/viet-nam-71-nq-cp-2025" in values(quads, decision, ELI + "based_on")


def test_a_target_is_an_observation_with_comparator_and_value(mapped: Mapped) -> None:
    quads, _ = mapped["003"]
    target = f"{BASE}id/document/quang-ngai-action-plan-2025-05/indicator/i-2.1/target/2045"
    assert values(quads, target, PC + "value") == {"1000"}
    assert values(quads, target, PC + "comparator") == {f"{BASE}id/comparator/at-least"}
    assert values(quads, target, PC + "asWritten") == {"≥ 1.000"}


def test_the_unit_of_an_observation_is_one_of_the_vocabulary_or_only_as_written(mapped: Mapped) -> None:
    units: dict[str, set[str]] = {}
    for quads, _ in mapped.values():
        measures = {q.subject: q.object.value for q in quads if q.predicate.value == SDMX_ATTRIBUTE + "unitMeasure"}
        for quad in quads:
            if quad.predicate.value == PC + "unit" and "/target/" in quad.subject.value:
                units.setdefault(quad.object.value, set()).add(measures.get(quad.subject, ""))
    assert units["%"] == {f"{BASE}id/unit/percent"}
    assert units["Người/vạn dân"] == units["người/10.000 dân"] == {f"{BASE}id/unit/people-per-10000"}
    assert {unit for unit, known in units.items() if "" in known} == set()


def test_an_inherited_lead_is_marked(mapped: Mapped) -> None:
    quads, _ = mapped["003"]
    row = f"{BASE}id/document/quang-ngai-action-plan-2025-05/indicator/i-1.2"
    assert values(quads, f"{row}/assignment/lead/so-khoa-hoc-va-cong-nghe", PC + "inherited") == {"true"}


def test_no_blank_nodes_and_every_statement_of_a_source_in_its_graph(mapped: Mapped) -> None:
    for quads, _ in mapped.values():
        assert not any(isinstance(node, BlankNode) for q in quads for node in (q.subject, q.object))
        assert len({q.graph_name.value for q in quads}) == 1


def test_iris_are_unique_to_their_row(mapped: Mapped) -> None:
    for id, tasks in (("002", 32), ("003", 23), ("004", 233)):
        quads, _ = mapped[id]
        assert sum(q.predicate.value == RDF + "type" and q.object.value == PC + "Task" for q in quads) == tasks


def test_what_plans_share_is_said_once(mapped: Mapped, agencies: AgencyReader) -> None:
    shared = Shared()
    for _, one in mapped.values():
        shared.update(one)
    links = map_links(shared, agencies)
    labels = Counter(q.subject.value for q in links if q.predicate.value == SKOS + "prefLabel")
    assert set(labels.values()) == {1}
    police = f"{BASE}id/agency/thanh-hoa/cong-an-tinh"
    assert values(links, police, SKOS + "prefLabel") == {"Công an tỉnh"}
    assert values(links, police, SKOS + "altLabel") == {"Công an tinh"}
    resolution = f"{BASE}id/document/viet-nam-57-nq-tw-2024"
    assert values(links, resolution, ELI + "date_document") == {"2024-12-22"}
    assert values(links, PLAN, RDF + "type") == set(), "a document that is held is described in its own graph"


def test_deadlines_are_intervals_of_owl_time_with_the_same_times(built_graph: ox.Store) -> None:
    """From the instants of OWL-Time the beginning, the end and the EDTF string can be told again."""
    found = list(
        built_graph.query(
            """PREFIX pc: <https://w3id.org/phancong/def#> PREFIX time: <http://www.w3.org/2006/time#>
            SELECT ?begin ?end ?edtf ?first ?last WHERE {
              ?deadline a time:ProperInterval ; pc:edtf ?edtf .
              OPTIONAL { ?deadline pc:begin ?begin }
              OPTIONAL { ?deadline pc:end ?end }
              OPTIONAL { ?deadline time:hasBeginning/(time:inXSDDate|time:inXSDgYearMonth|time:inXSDgYear) ?first }
              OPTIONAL { ?deadline time:hasEnd/(time:inXSDDate|time:inXSDgYearMonth|time:inXSDgYear) ?last } }""",
            use_default_graph_as_union=True,
        )
    )
    assert len(found) > 200
    for row in found:
        assert (row["begin"], row["end"]) == (row["first"], row["last"])
        assert row["edtf"].value == "/".join(part.value for part in (row["first"], row["last"]) if part is not None)

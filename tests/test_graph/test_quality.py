from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store
from rdflib import Graph

from graph.check import by_subject, described, examine
from graph.evaluation import Tally
from graph.findings import Finding, Place, Report
from graph.quality import GRAPH, Measured, map_quality
from graph.records import Extraction
from graph.sources import Source
from graph.vocabulary import vocabulary_quads

PREFIXES = """PREFIX pc: <https://w3id.org/phancong/def#> PREFIX dqv: <http://www.w3.org/ns/dqv#>
PREFIX metric: <https://w3id.org/phancong/id/metric/> PREFIX source: <https://w3id.org/phancong/id/source/>
PREFIX dataset: <https://w3id.org/phancong/id/dataset/> PREFIX sh: <http://www.w3.org/ns/shacl#>
"""
SCORES = {
    ("task", "004", "lead"): Tally(right=9, gold=12, predicted=10),
    ("task", "*", "lead"): Tally(right=9, gold=12, predicted=10),
    ("document", "004-plan", "title"): Tally(right=1, gold=1, predicted=1),
    ("task", "009", "lead"): Tally(right=0, gold=5, predicted=5),
    ("citation", "004", "date"): Tally(right=0, gold=0, predicted=3),
}


def measured(plans: dict[str, tuple[Source, str, Extraction]]) -> Measured:
    source, _, extraction = plans["004"]
    shape = "https://w3id.org/phancong/shapes#Task-lead"
    finding = Finding("warning", "", "", "", None, None, shape, Place())
    return Measured(source, extraction, Report((finding, finding), Graph()))


def ask(store: Store, pattern: str) -> bool:
    return bool(store.query(f"{PREFIXES} ASK {{ GRAPH <{GRAPH}> {{ {pattern} }} }}"))


def test_measurements_say_of_what_on_what_and_how_many(plans: dict[str, tuple[Source, str, Extraction]]) -> None:
    store = Store()
    store.extend(map_quality([measured(plans)], SCORES))
    thanh_hoa = "dqv:computedOn source:thanh-hoa-2025-ke-hoach-hanh-dong"
    assert ask(
        store,
        f"?m a pc:DerivedFigure ; dqv:isMeasurementOf metric:extraction-precision ; {thanh_hoa} ; dqv:value 0.9 ; "
        'pc:recordKind "task" ; pc:recordField "lead" ; pc:sampleSize 10',
    )
    assert ask(store, f"?m dqv:isMeasurementOf metric:extraction-recall ; {thanh_hoa} ; dqv:value 0.75")
    assert ask(store, "?m dqv:computedOn dataset:phancong ; dqv:value 0.9")
    assert ask(
        store, f"?m dqv:isMeasurementOf metric:open-findings ; {thanh_hoa} ; pc:severity sh:Warning ; dqv:value 2"
    )
    assert ask(store, f"?m dqv:isMeasurementOf metric:open-findings ; {thanh_hoa} ; pc:severity sh:Info ; dqv:value 0")
    assert ask(store, "?m pc:shape <https://w3id.org/phancong/shapes#Task-lead> ; dqv:value 2")
    assert ask(store, f"?m dqv:isMeasurementOf metric:accepted-findings ; {thanh_hoa} ; dqv:value 0")
    records = [*plans["004"][2].tasks, *plans["004"][2].indicators]
    doubtful = sum(bool(record.doubts) for record in records)
    assert 0 < doubtful < len(records)
    assert ask(
        store,
        f"?m dqv:isMeasurementOf metric:doubtful-records ; pc:sampleSize {len(records)} ; "
        f"dqv:value {round(doubtful / len(records), 4)}",
    )


def test_what_was_not_measured_is_not_stated(plans: dict[str, tuple[Source, str, Extraction]]) -> None:
    store = Store()
    store.extend(map_quality([measured(plans)], SCORES))
    assert not ask(store, "?m pc:recordField ?f ; pc:sampleSize 5"), "009 is no source here"
    assert ask(store, '?m pc:recordField "date" ; dqv:isMeasurementOf metric:extraction-precision') is True
    assert ask(store, '?m pc:recordField "date" ; dqv:isMeasurementOf metric:extraction-recall') is False


def test_measurements_conform_and_are_the_same_every_time(plans: dict[str, tuple[Source, str, Extraction]]) -> None:
    one = measured(plans)
    quads = map_quality([one], SCORES)
    assert quads == map_quality([one], dict(reversed(SCORES.items())))
    report = examine([*quads, *described(quads, by_subject(vocabulary_quads()))], {})
    assert report.findings == ()


def test_every_metric_says_what_it_is_in_both_languages() -> None:
    metrics = Path(__file__).parent.parent.parent / "ontology" / "quality-metrics.ttl"
    store = Store()
    store.load(path=str(metrics))
    named = "{ ?m a dqv:Metric } FILTER NOT EXISTS { ?m skos:prefLabel ?l ; skos:definition ?d FILTER (LANG(?l) = '%s' && LANG(?d) = '%s') }"
    skos = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    assert bool(store.query(f"{PREFIXES} ASK {{ ?m a dqv:Metric }}"))
    for language in ("vi", "en"):
        assert not bool(store.query(f"{PREFIXES} {skos} ASK {{ {named % (language, language)} }}"))

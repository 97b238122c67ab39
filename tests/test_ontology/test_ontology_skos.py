from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from rdflib import DCTERMS, ORG, RDF, SKOS, Graph, Literal, Namespace, Node, URIRef

from graph.linking.documents import document_slug
from graph.records import Comparator, DeadlineKind, Recurrence, Relation
from graph.text import fold, slug
from graph.vocabulary import fold_unit

ONTOLOGY = Path(__file__).parent.parent.parent / "ontology"
PC = Namespace("https://w3id.org/phancong/def#")
QUDT = Namespace("http://qudt.org/vocab/unit/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
ID = "https://w3id.org/phancong/id/"
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
JUDGED = (
    "data", "ai", "cybersecurity", "digital-infrastructure", "public-services", "skills-training", "innovation-startup",
)  # fmt: skip


@cache
def vocabulary() -> Graph:
    graph = Graph()
    for file in ("agency-types.ttl", "areas.ttl", "changes.ttl", "codes.ttl", "topics.ttl", "units.ttl"):
        graph.parse(ONTOLOGY / file)
    return graph


def concepts(scheme: str) -> list[URIRef]:
    found = vocabulary().subjects(SKOS.inScheme, URIRef(ID + scheme))
    return sorted(concept for concept in found if isinstance(concept, URIRef))


def texts(concept: Node, *predicates: URIRef, language: str | None = "vi") -> list[str]:
    found = (o for predicate in predicates for o in vocabulary().objects(concept, predicate))
    return sorted(str(o) for o in found if isinstance(o, Literal) and o.language == language)


def notations(scheme: str) -> set[str]:
    return {notation for concept in concepts(scheme) for notation in texts(concept, SKOS.notation, language=None)}


# https://www.w3.org/TR/skos-reference/ : true means violated.
SKOS_RULES = {
    "S9 a scheme is no concept": "?s a skos:Concept, skos:ConceptScheme",
    "S13 labels are disjoint": (
        "{ ?c skos:prefLabel ?l ; skos:altLabel ?l } UNION { ?c skos:prefLabel ?l ; skos:hiddenLabel ?l } UNION "
        "{ ?c skos:altLabel ?l ; skos:hiddenLabel ?l }"
    ),
    "S14 one preferred label a language": (
        "?c skos:prefLabel ?a, ?b FILTER (LANG(?a) = LANG(?b) && STR(?a) != STR(?b))"
    ),
    "S27 related is disjoint with broader": "?a skos:related ?b . ?a skos:broader+|^skos:broader+ ?b",
    "S46 exact match is disjoint with broad and related match": (
        "?a skos:exactMatch ?b . { ?a skos:broadMatch ?b } UNION { ?b skos:broadMatch ?a } "
        "UNION { ?a skos:relatedMatch ?b }"
    ),
    "no concept is broader than itself": "?a skos:broader+ ?a",
    "broader stays in the scheme": "?a skos:broader ?b ; skos:inScheme ?s FILTER NOT EXISTS { ?b skos:inScheme ?s }",
    "a concept is in a scheme": (
        "?c a skos:Concept FILTER NOT EXISTS { ?c skos:inScheme ?s . ?s a skos:ConceptScheme }"
    ),
    "a top concept has nothing broader": "?c skos:topConceptOf ?s ; skos:broader ?b",
    "a concept without broader is a top concept": (
        "?c skos:inScheme ?s FILTER NOT EXISTS { ?c skos:broader ?b } FILTER NOT EXISTS { ?c skos:topConceptOf ?s }"
    ),
    "top concepts are told both ways": (
        "{ ?c skos:topConceptOf ?s FILTER NOT EXISTS { ?s skos:hasTopConcept ?c } } UNION "
        "{ ?s skos:hasTopConcept ?c FILTER NOT EXISTS { ?c skos:topConceptOf ?s } }"
    ),
    "a successor is in the same scheme": (
        "?a dct:isReplacedBy ?b ; skos:inScheme ?s FILTER NOT EXISTS { ?b skos:inScheme ?s }"
    ),
    "a successor has not ended itself": "?a dct:isReplacedBy ?b . ?b dct:isReplacedBy ?c",
    "succession is told both ways": "?a dct:isReplacedBy ?b FILTER NOT EXISTS { ?b dct:replaces ?a }",
    "what has ended says by which act": (
        "?a dct:isReplacedBy ?b FILTER NOT EXISTS { ?a skos:historyNote ?n ; dct:references/a eli:LegalResource }"
    ),
    "succession is an event": (
        "?a dct:isReplacedBy ?b FILTER NOT EXISTS { ?e a org:ChangeEvent ; pc:changedFrom ?a ; pc:changedTo ?b }"
    ),
    "an event says when and by which act": (
        "?e a org:ChangeEvent FILTER NOT EXISTS { ?e dct:date ?d ; dct:references/a eli:LegalResource }"
    ),
    "an act that is referred to is described": "?c dct:references ?a FILTER NOT EXISTS { ?a a eli:LegalResource }",
    "an event changes concepts of the vocabularies": (
        "?e pc:changedFrom|pc:changedTo ?c FILTER NOT EXISTS { ?c skos:inScheme ?s }"
    ),
    "an event changes bodies of the areas and kinds that it names": (
        "?e org:originalOrganization ?o FILTER NOT EXISTS { ?e pc:changedFrom ?c . ?o pc:area|org:classification ?c }"
    ),
    "an event leaves bodies of the areas and kinds that it names": (
        "?e org:resultingOrganization ?o FILTER NOT EXISTS { ?e pc:changedTo ?c . ?o pc:area|org:classification ?c }"
    ),
    "a counterpart leads from the centre out of it": (
        f"?a pc:provincialCounterpart ?b FILTER NOT EXISTS {{ ?a pc:level <{ID}level/central> . "
        f"?b pc:level ?level FILTER (?level != <{ID}level/central>) }}"
    ),
    "the counterpart of a ministry that ended went to that of its successor": (
        "?a dct:isReplacedBy ?b ; pc:provincialCounterpart ?c "
        "FILTER NOT EXISTS { ?b pc:provincialCounterpart ?d . ?c dct:isReplacedBy ?d }"
    ),
    "a definition in Vietnamese": (
        "?c skos:inScheme ?s FILTER NOT EXISTS { ?c skos:definition ?d FILTER (LANG(?d) = 'vi') }"
    ),
    "a definition in English": "?c skos:inScheme ?s FILTER NOT EXISTS { ?c skos:definition ?d FILTER (LANG(?d) = 'en') }",
}


PREFIXES = {"skos": SKOS, "dct": DCTERMS, "org": ORG, "pc": PC, "eli": ELI}
BROKEN = {
    "S9 a scheme is no concept": "<a> a skos:Concept, skos:ConceptScheme .",
    "S13 labels are disjoint": '<a> skos:prefLabel "sở"@vi ; skos:hiddenLabel "sở"@vi .',
    "S14 one preferred label a language": '<a> skos:prefLabel "sở"@vi, "ban"@vi .',
    "S27 related is disjoint with broader": "<a> skos:related <c> ; skos:broader <b> . <b> skos:broader <c> .",
    "S46 exact match is disjoint with broad and related match": "<a> skos:exactMatch <b> ; skos:broadMatch <b> .",
    "what has ended says by which act": '<a> dct:isReplacedBy <b> ; skos:historyNote "ended" ; dct:references "an act" .',
    "succession is an event": "<a> dct:isReplacedBy <b> . <e> a org:ChangeEvent ; pc:changedFrom <a> .",
    "an event says when and by which act": '<e> a org:ChangeEvent ; dct:date "2025" .',
    "an event changes bodies of the areas and kinds that it names": (
        "<e> org:originalOrganization <o> ; pc:changedFrom <a> . <o> pc:area <b> ."
    ),
    "the counterpart of a ministry that ended went to that of its successor": (
        "<a> dct:isReplacedBy <b> ; pc:provincialCounterpart <c> . <b> pc:provincialCounterpart <d> ."
    ),
    "a definition in English": '<a> skos:inScheme <s> ; skos:definition "Sở"@vi .',
}


@pytest.mark.parametrize("rule", SKOS_RULES)
def test_skos_integrity(rule: str) -> None:
    assert not vocabulary().query(f"ASK {{ {SKOS_RULES[rule]} }}", initNs=PREFIXES).askAnswer


@pytest.mark.parametrize("rule", BROKEN)
def test_skos_integrity_notices_what_is_broken(rule: str) -> None:
    prefixes = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items())
    broken = Graph().parse(data=f"@base <http://example.org/> . {prefixes}{BROKEN[rule]}", format="turtle")
    assert broken.query(f"ASK {{ {SKOS_RULES[rule]} }}", initNs=PREFIXES).askAnswer


def test_every_concept_and_scheme_is_named_in_both_languages() -> None:
    for kind in (SKOS.Concept, SKOS.ConceptScheme):
        for thing in vocabulary().subjects(RDF.type, kind):
            for language in ("vi", "en"):
                assert len(texts(thing, SKOS.prefLabel, language=language)) == 1, thing


def test_no_two_concepts_of_a_scheme_share_a_preferred_label_or_a_notation() -> None:
    said = Counter(
        (scheme, predicate, text)
        for predicate in (SKOS.prefLabel, SKOS.notation)
        for concept, text in vocabulary().subject_objects(predicate)
        for scheme in vocabulary().objects(concept, SKOS.inScheme)
    )
    assert [found for found, times in said.items() if times > 1] == []


@pytest.mark.parametrize("scheme", ["agency-type", "area"])
def test_a_folded_label_names_one_concept(scheme: str) -> None:
    owners: dict[str, set[URIRef]] = {}
    for concept in concepts(scheme):
        for text in texts(concept, *LABELS):
            owners.setdefault(fold(text), set()).add(concept)
    assert {label: found for label, found in owners.items() if len(found) > 1} == {}


def test_a_label_names_one_unit() -> None:
    names = Counter(fold_unit(text) for concept in concepts("unit") for text in texts(concept, *LABELS))
    assert [name for name, times in names.items() if times > 1 or not name] == []


def test_units_lead_to_those_of_qudt() -> None:
    same = {unit: other for unit in concepts("unit") for other in vocabulary().objects(unit, SKOS.exactMatch)}
    assert same[URIRef(f"{ID}unit/percent")] == QUDT.PERCENT
    assert all(
        str(unit).startswith(str(QUDT)) for unit in {*same.values(), *vocabulary().objects(None, SKOS.broadMatch)}
    )
    assert len(set(same.values())) == len(same)


def test_every_ministry_has_a_provincial_counterpart() -> None:
    ministries = set(vocabulary().subjects(SKOS.broader, URIRef(f"{ID}agency-type/bo-co-quan-ngang-bo")))
    assert len(ministries) == 14 + 3 + 7  # of the Government since March 2025 (Resolution 176/2025/QH15), and ended
    for ministry in ministries:
        assert list(vocabulary().objects(ministry, PC.provincialCounterpart)), ministry


@pytest.mark.parametrize("scheme", ["agency-type", "area"])
def test_a_slug_is_the_folded_preferred_label(scheme: str) -> None:
    for concept in concepts(scheme):
        assert concept == URIRef(f"{ID}{scheme}/{slug(texts(concept, SKOS.prefLabel)[0])}")


def test_patterns_are_open_and_no_two_types_have_the_same() -> None:
    patterns = [p for concept in concepts("agency-type") for p in texts(concept, PC.namePattern, language=None)]
    assert patterns and all("*" in pattern and fold(pattern) for pattern in patterns)
    assert [p for p, times in Counter(" * ".join(map(fold, p.split("*"))) for p in patterns).items() if times > 1] == []


def test_agency_types_have_a_level_of_codes() -> None:
    for concept in concepts("agency-type"):
        assert set(vocabulary().objects(concept, PC.level)) <= set(concepts("level"))
        assert len(set(vocabulary().objects(concept, PC.level))) == 1


def test_areas_are_viet_nam_its_34_provinces_and_the_29_that_joined_them() -> None:
    now = [concept for concept in concepts("area") if texts(concept, SKOS.notation, language=None)]
    former = [concept for concept in concepts("area") if vocabulary().value(concept, DCTERMS.isReplacedBy)]
    assert (len(concepts("area")), len(now), len(former), len(notations("area"))) == (64, 34, 29, 34)
    codes = [vocabulary().value(area, code) for code in (PC.formerCode, PC.isoCode) for area in {*now, *former}]
    assert len(set(codes)) == len(codes) == 2 * 63 and None not in codes
    assert vocabulary().value(URIRef(f"{ID}area/kon-tum"), DCTERMS.isReplacedBy) == URIRef(f"{ID}area/quang-ngai")
    assert vocabulary().value(URIRef(f"{ID}area/quang-binh"), DCTERMS.isReplacedBy) == URIRef(f"{ID}area/quang-tri")


@pytest.mark.parametrize(
    ("scheme", "records"),
    [
        ("comparator", Comparator),
        ("citation-relation", Relation),
        ("deadline-kind", DeadlineKind),
        ("recurrence", Recurrence),
    ],
)
def test_codes_have_the_notations_that_records_use(scheme: str, records: object) -> None:
    assert notations(scheme) == set(get_args(records))


def test_document_types_are_told_apart_by_their_vietnamese_names() -> None:
    names = Counter(fold(text) for concept in concepts("document-type") for text in texts(concept, *LABELS))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("name", JUDGED)
def test_a_judged_topic_says_what_signals_it_and_what_it_is_not(name: str) -> None:
    topic = URIRef(f"{ID}topic/{name}")
    assert (topic, RDF.type, PC.Topic) in vocabulary()
    assert texts(topic, SKOS.hiddenLabel)
    for language in ("vi", "en"):
        assert texts(topic, SKOS.definition, language=language) and texts(topic, SKOS.scopeNote, language=language)


def test_a_counter_signal_holds_a_signal_of_its_topic() -> None:
    """Otherwise there is nothing for it to counter."""
    for topic in concepts("topic"):
        signals = [f" {fold(text)} " for text in texts(topic, SKOS.hiddenLabel)]
        for counter in texts(topic, PC.counterSignal):
            assert any(signal in f" {fold(counter)} " for signal in signals), (topic, counter)


def test_signals_are_written_in_lower_case() -> None:
    signals = [text for topic in concepts("topic") for text in texts(topic, SKOS.hiddenLabel, PC.counterSignal)]
    assert signals == [text.lower() for text in signals]


def test_the_mergers_of_provinces_are_events_of_their_peoples_committees() -> None:
    mergers = {e for e in vocabulary().subjects(RDF.type, ORG.ChangeEvent) if str(e).startswith(f"{ID}change/area-")}
    assert len(mergers) == 23
    assert len({o for e in mergers for o in vocabulary().objects(e, ORG.originalOrganization)}) == 52
    quang_ngai = URIRef(f"{ID}change/area-quang-ngai")
    assert set(vocabulary().objects(quang_ngai, ORG.originalOrganization)) == {
        URIRef(f"{ID}agency/{area}/ubnd-tinh") for area in ("kon-tum", "quang-ngai")
    }
    assert vocabulary().value(quang_ngai, DCTERMS.references) == URIRef(f"{ID}document/viet-nam-202-2025-qh15")


def test_an_act_has_the_iri_that_a_citation_of_it_gets() -> None:
    acts = [act for act in vocabulary().subjects(RDF.type, ELI.LegalResource) if isinstance(act, URIRef)]
    assert acts
    for act in acts:
        number, day = (vocabulary().value(act, term, default="") for term in (DCTERMS.identifier, DCTERMS.issued))
        assert act == URIRef(f"{ID}document/{document_slug(str(number), str(day), 'quang-tri', 'resolution')}")

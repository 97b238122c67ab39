"""/def: the ontology for people and machines."""

import html
import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import httpx
import pytest
from rdflib import RDFS, Graph, Literal
from rdflib.compare import isomorphic
from rdflib.namespace import SKOS
from serving import Server, problem

from graph.ontology import load_ontology
from service.class_diagram import Diagram, neighbourhood, overview

ONTOLOGY = Path(__file__).parent.parent.parent / "ontology"
PC = "https://w3id.org/phancong/def#"
RDF_FORMATS = {
    "text/turtle": ("ttl", "turtle"),
    "application/ld+json": ("jsonld", "json-ld"),
    "application/rdf+xml": ("rdf", "xml"),
    "application/n-triples": ("nt", "nt"),
}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "phancong.ttl")


def page(server: Server, language: str) -> str:
    response = server.get("/def", params={"lang": language}, headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_has_every_term_with_the_texts_of_both_languages(
    language: str, server: Server, ontology: Graph
) -> None:
    text = page(server, language)
    assert f'<html lang="{language}">' in text
    articles = dict(re.findall(r'<article class="term" id="(\w+)"(.*?)</article>', text, re.DOTALL))
    terms = {str(s) for s in ontology.subjects(RDFS.isDefinedBy) if str(s).startswith(PC)}
    assert articles.keys() == {term.removeprefix(PC) for term in terms}
    assert len(articles) > 80
    for subject, predicate, value in ontology:
        if str(subject) in terms and predicate in (RDFS.label, SKOS.definition, SKOS.example):
            assert isinstance(value, Literal)
            shown = html.unescape(articles[str(subject).removeprefix(PC)])
            assert str(value) in shown
            assert language == value.language or f'lang="{value.language}">{value}' in shown


def test_no_id_occurs_twice_and_every_link_in_the_page_leads_to_one(server: Server) -> None:
    text = page(server, "vi")
    ids = Counter(re.findall(r' id="([^"]+)"', text))
    assert [name for name, times in ids.items() if times > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids.keys()


def test_the_page_draws_by_itself_and_needs_nothing_from_elsewhere(server: Server) -> None:
    text = page(server, "en")
    assert text.count('<svg class="diagram"') > 15
    assert "<script" not in text and " style=" not in text
    assert re.findall(r'(?:src|xlink:href)="', text) == []
    assert all(one.startswith("/static/") for one in re.findall(r'<link rel="stylesheet" href="([^"]+)"', text))


@pytest.mark.parametrize("path", ["/def", "/def/1.0.0"])
@pytest.mark.parametrize("media_type", RDF_FORMATS)
def test_each_format_says_what_the_file_says(path: str, media_type: str, server: Server, ontology: Graph) -> None:
    name, parser = RDF_FORMATS[media_type]
    negotiated = server.get(path, headers={"Accept": f"{media_type}, text/html;q=0.5"})
    asked = server.get(path, params={"format": name})
    assert negotiated.content == asked.content
    assert negotiated.headers["content-type"].split(";")[0] == media_type
    assert "Accept" in negotiated.headers["vary"]
    assert isomorphic(Graph().parse(data=negotiated.content, format=parser), ontology)


def test_the_turtle_is_the_file_as_people_wrote_it(server: Server) -> None:
    assert server.get("/def", params={"format": "ttl"}).content == (ONTOLOGY / "phancong.ttl").read_bytes()


def test_a_browser_gets_the_page_and_a_client_without_wishes_too(server: Server) -> None:
    for accept in ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "*/*"):
        assert server.get("/def", headers={"Accept": accept}).headers["content-type"].startswith("text/html")


def test_a_format_that_there_is_not_is_refused(server: Server) -> None:
    problem(server.get("/def", headers={"Accept": "text/csv"}), 406, "not-acceptable")


def test_a_version_that_there_is_not_is_said(server: Server) -> None:
    said = problem(server.get("/def/0.9.0", headers={"Accept": "application/json"}), 404, "not-found")
    assert "1.0.0" in str(said["detail"])


def test_the_context_is_served_where_documents_can_point_at_it(server: Server) -> None:
    response = server.get("/def/context.jsonld")
    assert response.headers["content-type"] == "application/ld+json"
    assert response.json() == json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    assert server.get("/def/context.jsonld", headers={"Accept": "application/json"}).status_code == 200
    elsewhere = server.get("/def/context.jsonld", headers={"Origin": "https://json-ld.org"})
    assert elsewhere.headers["access-control-allow-origin"] == "*"


def test_what_a_client_has_is_not_sent_again(server: Server) -> None:
    for path in ("/def", "/def?format=nt", "/def/context.jsonld"):
        etag = server.get(path).headers["etag"]
        assert server.get(path, headers={"If-None-Match": etag}).status_code == 304
        head = httpx.head(server.url + path)
        assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", etag)


def test_the_class_of_a_thing_leads_to_its_definition(server: Server) -> None:
    text = server.get("/page/document/quang-tri-687-kh-ubnd-2026?view=statements", headers={"Accept": "text/html"}).text
    assert 'href="/def#Document"' in text


def overlapping(diagram: Diagram) -> list[tuple[str, str]]:
    return [
        (a.text, b.text)
        for a, b in combinations(diagram.boxes, 2)
        if abs(a.x - b.x) < (a.width if a.x < b.x else b.width)
        and abs(a.y - b.y) < (a.height if a.y < b.y else b.height)
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_diagrams_keep_their_boxes_apart_and_inside(language: str) -> None:
    described = load_ontology()
    diagrams = [neighbourhood(described, term, language) for term in described.of_kind("class")]
    diagrams += [overview(described, language, own=own) for own in (True, False)]
    for diagram in diagrams:
        assert overlapping(diagram) == []
        for box in diagram.boxes:
            assert box.x >= 0 and box.x + box.width <= diagram.width
            assert box.y >= 0 and box.y + box.height <= diagram.height
        for line in diagram.lines:
            sides = {(edge, box.y + box.height / 2) for box in diagram.boxes for edge in (box.x, box.x + box.width)}
            assert {line.points[0], line.points[-1]} <= sides


def test_the_diagram_of_a_class_shows_what_its_properties_lead_to() -> None:
    described = load_ontology()
    drawn = neighbourhood(described, described.by_iri[PC + "Task"], "en")
    assert {"Deadline", "Topic", "Agency", "Passage"} <= {box.text for box in drawn.boxes}
    assert {"deadline", "lead agency", "prov:wasDerivedFrom"} <= {line.text for line in drawn.lines}


def test_every_class_of_ours_is_in_an_overview() -> None:
    described = load_ontology()
    shown = {box.name for own in (True, False) for box in overview(described, "vi", own=own).boxes}
    assert shown == {term.name for term in described.of_kind("class")}

"""Following IRIs: redirects, descriptions in each format, paging, typed links, and what is not there."""

import re
from typing import Any

import pytest
from rdflib import DCTERMS, FOAF, SKOS, Graph, Literal, Namespace, URIRef
from serving import Server, problem

BASE = "https://w3id.org/phancong/"
PLAN = "document/quang-tri-687-kh-ubnd-2026"
TASK = f"{PLAN}/task/i-ii-2"
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
PC = Namespace(f"{BASE}def#")
FORMATS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}


def links(header: str) -> list[tuple[str, str, str | None]]:
    """The relation, target and type of each link of a Link header."""
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', header)
    return [(rel, target, media_type or None) for target, rel, media_type in found]


def graph(content: str, ending: str) -> Graph:
    names = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}
    return Graph().parse(data=content, format=names[ending])


@pytest.mark.parametrize(
    ("accept", "document"),
    [
        ("text/html", f"/page/{TASK}"),
        ("text/turtle", f"/data/{TASK}.ttl"),
        ("application/ld+json, text/html;q=0.5", f"/data/{TASK}.jsonld"),
        ("application/rdf+xml", f"/data/{TASK}.rdf"),
        ("application/n-triples", f"/data/{TASK}.nt"),
        ("*/*", f"/page/{TASK}"),
    ],
)
def test_an_iri_leads_to_a_document_that_the_client_can_read(server: Server, accept: str, document: str) -> None:
    response = server.get(f"/id/{TASK}", headers={"Accept": accept})
    assert (response.status_code, response.headers["location"]) == (303, document)
    assert "Accept" in response.headers["vary"].split(", ")
    assert server.get(document, headers={"Accept": accept}).status_code == 200


def test_an_iri_of_nothing_is_not_found_at_once(server: Server) -> None:
    problem(server.get("/id/agency/nowhere/nobody"), 404, "not-found")
    problem(server.get("/id/document/withdrawn"), 410, "gone")
    problem(server.get("/data/agency/nowhere/nobody.ttl"), 404, "not-found")
    problem(server.get("/linkset/agency/nowhere/nobody"), 404, "not-found")
    problem(server.get("/id/a%3Eb%20c"), 404, "not-found")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_description_has_the_same_statements_in_each_format(server: Server, ending: str) -> None:
    response = server.get(f"/data/{TASK}.{ending}", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == FORMATS[ending]
    found = {triple for triple in graph(response.text, ending) if "/data/" not in triple[0]}
    turtle = {triple for triple in graph(server.get(f"/data/{TASK}.ttl").text, "ttl") if "/data/" not in triple[0]}
    assert found == turtle


def test_a_description_names_all_that_it_mentions_and_quotes_its_passages(server: Server) -> None:
    found = graph(server.get(f"/data/{TASK}.ttl").text, "ttl")
    task = URIRef(f"{BASE}id/{TASK}")
    lead = found.value(task, PC.leadAgency)
    assert found.value(lead, SKOS.prefLabel) is not None
    assert Literal("lead agency", lang="en") in set(found.objects(PC.leadAgency, None))
    assert any("exact" in predicate for predicate in found.predicates()), "the quoted words"
    (document,) = found.subjects(FOAF.primaryTopic, task)
    assert str(document) == f"{server.url}/data/{TASK}.ttl"
    assert found.value(document, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")


def test_what_points_at_a_thing_is_part_of_its_description_and_counted(server: Server) -> None:
    found = graph(server.get("/data/long-list.ttl").text, "ttl")
    assert len(set(found.subjects(DCTERMS.isPartOf, URIRef(f"{BASE}id/long-list")))) == 25
    assert found.value(URIRef(f"{server.url}/data/long-list.ttl"), HYDRA.totalItems) == Literal(25)


def test_long_descriptions_come_in_pages_that_lead_on(server: Server) -> None:
    listed: set[Any] = set()
    path, pages = "/data/longer-list.ttl", 0
    while path:
        response = server.get(path)
        listed |= set(graph(response.text, "ttl").subjects(DCTERMS.isPartOf, URIRef(f"{BASE}id/longer-list")))
        pages += 1
        following = [target for rel, target, _ in links(response.headers["link"]) if rel == "next"]
        path = following[0].removeprefix(server.url) if following else ""
    assert (pages, len(listed)) == (3, 1100)
    second = graph(server.get("/data/longer-list.ttl?page=2").text, "ttl")
    this = URIRef(f"{server.url}/data/longer-list.ttl?page=2")
    assert str(second.value(this, HYDRA.next)).endswith("?page=3")
    assert str(second.value(this, HYDRA.previous)) == f"{server.url}/data/longer-list.ttl"


@pytest.mark.parametrize(
    ("page", "status", "slug"),
    [("4", 404, "not-found"), ("0", 400, "bad-parameter"), ("x", 400, "bad-parameter"), ("²", 400, "bad-parameter")],
)
def test_a_page_that_is_none(server: Server, page: str, status: int, slug: str) -> None:
    problem(server.get("/data/longer-list.ttl", params={"page": page}), status, slug)


def test_an_address_without_ending_negotiates_and_says_what_was_chosen(server: Server) -> None:
    response = server.get(f"/data/{TASK}", headers={"Accept": "application/n-triples"})
    assert response.headers["content-location"] == f"{server.url}/data/{TASK}.nt"
    assert response.headers["content-type"] == "application/n-triples"


def test_a_page_says_by_links_what_belongs_to_it(server: Server) -> None:
    response = server.head(f"/page/{PLAN}")
    found = links(response.headers["link"])
    by_rel = {rel: target for rel, target, _ in found}
    assert by_rel["cite-as"] == f"{BASE}id/{PLAN}"
    assert by_rel["license"].startswith("https://creativecommons.org/")
    assert by_rel["type"] == "https://schema.org/AboutPage"
    assert by_rel["author"] == f"{BASE}id/agency/quang-tri/uy-ban-nhan-dan"
    assert by_rel["canonical"] == f"{server.url}/page/{PLAN}"
    for rel in ("describedby", "alternate"):
        given = {media_type: target for one, target, media_type in found if one == rel}
        assert set(given) == set(FORMATS.values())
        for media_type, target in given.items():
            content = server.get(target.removeprefix(server.url))
            assert content.headers["content-type"].partition(";")[0] == media_type


def test_a_description_leads_back_to_its_page(server: Server) -> None:
    found = links(server.head(f"/data/{PLAN}.ttl").headers["link"])
    assert ("describes", f"{server.url}/page/{PLAN}", "text/html") in found
    assert ("canonical", f"{server.url}/data/{PLAN}.ttl", None) in found
    assert ("alternate", f"{server.url}/data/{PLAN}.ttl", "text/turtle") not in found


def test_the_link_set_says_what_the_headers_say(server: Server) -> None:
    header = links(server.head(f"/page/{PLAN}").headers["link"])
    (address,) = [
        target for rel, target, media_type in header if rel == "linkset" and media_type == "application/linkset+json"
    ]
    response = server.get(address.removeprefix(server.url))
    assert response.headers["content-type"] == "application/linkset+json"
    contexts = {context["anchor"]: context for context in response.json()["linkset"]}
    for anchor in (f"{server.url}/page/{PLAN}", *(f"{server.url}/data/{PLAN}.{ending}" for ending in FORMATS)):
        said = [
            (rel, target["href"], target.get("type"))
            for rel, targets in contexts[anchor].items()
            if rel != "anchor"
            for target in targets
        ]
        assert sorted(said, key=str) == sorted(
            links(server.head(anchor.removeprefix(server.url)).headers["link"]), key=str
        )


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    for path in (f"/data/{TASK}.ttl", f"/page/{TASK}", f"/linkset/{TASK}"):
        first = server.get(path)
        assert first.headers["last-modified"] == "Sun, 01 Mar 2026 08:00:00 GMT"
        for condition in (
            {"If-None-Match": first.headers["etag"]},
            {"If-Modified-Since": "Sun, 01 Mar 2026 08:00:00 GMT"},
            {"If-None-Match": first.headers["etag"], "If-Modified-Since": "Sat, 01 Mar 2025 08:00:00 GMT"},
        ):
            again = server.get(path, headers=condition)
            assert (again.status_code, again.content) == (304, b""), condition
            assert again.headers["etag"] == first.headers["etag"]
        for condition in (
            {"If-None-Match": '"other"'},
            {"If-None-Match": '"other"', "If-Modified-Since": "Sun, 01 Mar 2026 08:00:00 GMT"},
            {"If-Modified-Since": "Sat, 01 Mar 2025 08:00:00 GMT"},
            {"If-Modified-Since": "no date"},
        ):
            assert server.get(path, headers=condition).status_code == 200, condition


def test_a_host_that_makes_no_address_gets_into_no_query(server: Server) -> None:
    response = server.get(f"/data/{TASK}.ttl", headers={"Host": "x> ?p ?o } #"})
    assert response.status_code == 200
    assert response.headers["content-location"] == f"{server.url}/data/{TASK}.ttl"

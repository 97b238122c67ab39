"""What the endpoint says of itself (the W3C service description cases), and its graphs (Graph Store Protocol, reading)."""

from collections.abc import Iterator

import httpx
import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store
from serving import PROTOCOL_DATA, Server, problem

SD = "http://www.w3.org/ns/sparql-service-description#"
PLAN = "https://w3id.org/phancong/graph/quang-tri-2026-ke-hoach"
DATA1 = f"{PROTOCOL_DATA}/data1.rdf"
SD_DOMAINS = {  # the terms that are used, and what has them (Service Description, section 3)
    "endpoint": "Service",
    "supportedLanguage": "Service",
    "feature": "Service",
    "resultFormat": "Service",
    "defaultDataset": "Service",
    "defaultGraph": "Dataset",
    "namedGraph": "Dataset",
    "name": "NamedGraph",
    "graph": "NamedGraph",
}


@pytest.fixture(scope="module")
def description(server: Server) -> Iterator[Store]:
    store = Store()
    response = server.get("/sparql/", headers={"Accept": "application/rdf+xml, text/turtle;q=0.5"})
    assert response.headers["content-type"] == "application/rdf+xml"
    store.load(response.content, RdfFormat.RDF_XML)
    yield store


def test_returns_rdf(server: Server) -> None:
    for accept in ("*/*", "text/turtle", "application/ld+json", "application/n-triples"):
        response = server.get("/sparql", headers={"Accept": accept})
        media_type = response.headers["content-type"].partition(";")[0]
        assert len(list(pyoxigraph.parse(response.content, RdfFormat.from_media_type(media_type)))) > 20


def test_has_endpoint_triple(server: Server, description: Store) -> None:
    assert bool(description.query(f"ASK {{ ?s a <{SD}Service> ; <{SD}endpoint> <{server.url}/sparql> }}"))


def test_conforms_to_schema(description: Store) -> None:
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    used = {quad.predicate.value.removeprefix(SD): quad.subject for quad in description}
    for quad in description:
        name = quad.predicate.value.removeprefix(SD)
        if quad.predicate.value.startswith(SD):
            types = {one.object for one in description.quads_for_pattern(quad.subject, rdf_type, None)}
            assert NamedNode(f"{SD}{SD_DOMAINS[name]}") in types
            assert isinstance(quad.object, NamedNode)
    assert SD_DOMAINS.keys() <= used.keys()


def test_every_graph_is_listed_with_its_size(server: Server, description: Store) -> None:
    text = f"""PREFIX sd: <{SD}> PREFIX void: <http://rdfs.org/ns/void#>
SELECT ?name ?size {{ ?d sd:namedGraph [ sd:name ?name ; sd:graph [ a sd:Graph ; void:triples ?size ] ] }}"""
    said = {row["name"].value: int(row["size"].value) for row in description.query(text)}
    live = server.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").json()
    assert said == {row["g"]["value"]: int(row["n"]["value"]) for row in live["results"]["bindings"]}
    (union,) = description.query(f"SELECT ?n {{ ?d <{SD}defaultGraph> [ <http://rdfs.org/ns/void#triples> ?n ] }}")
    count = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"]["value"]
    assert union["n"].value == count


def test_people_see_the_graphs_with_their_sizes(server: Server) -> None:
    page = server.get("/sparql?lang=en", headers={"Accept": "text/html"}).text
    assert '>graph/quang-tri-2026-ke-hoach</a></td><td class="number">' in page
    assert "A query may run for 30 seconds" in page


def test_a_graph_by_its_name(server: Server) -> None:
    response = server.get("/graphs", params={"graph": DATA1}, headers={"Accept": "application/n-triples"})
    rdf_type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    assert response.text == f"<{DATA1}> {rdf_type} <http://xmlns.com/foaf/0.1/Document> .\n"
    turtle = server.get("/graphs", params={"graph": DATA1})
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"


def test_a_graph_of_ours_at_its_own_iri(server: Server) -> None:
    direct = server.get("/graph/quang-tri-2026-ke-hoach", headers={"Accept": "application/n-triples"})
    indirect = server.get("/graphs", params={"graph": PLAN, "format": "nt"})
    assert direct.status_code == 200
    assert direct.content == indirect.content
    assert b"/task/" in direct.content


def test_the_default_graph_is_the_union(server: Server) -> None:
    triples = server.get("/graphs?default", headers={"Accept": "application/n-triples"}).text.splitlines()
    count = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.split()[1]
    assert len(triples) == len(set(triples)) == int(count)


def test_head_and_conditional_requests(server: Server) -> None:
    url = f"{server.url}/graphs?graph={DATA1}"
    got, head = httpx.get(url), httpx.head(url)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == got.headers[name]
    assert httpx.get(url, headers={"If-None-Match": got.headers["etag"]}).status_code == 304
    assert httpx.head(f"{server.url}/graphs?graph=http://example.org/none").status_code == 404


def test_graphs_that_there_are_none_of(server: Server) -> None:
    problem(server.get("/graphs?graph=http://example.org/none"), 404, "not-found")
    problem(server.get("/graph/none"), 404, "not-found")
    problem(server.get("/graphs"), 400, "malformed-request")
    problem(server.get("/graphs?default&graph=http://example.org/none"), 400, "malformed-request")
    problem(server.get("/graphs?graph=relative"), 400, "malformed-request")
    problem(server.get("/graphs?default", headers={"Accept": "text/csv"}), 406, "not-acceptable")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_only_read(server: Server, method: str) -> None:
    for path in ("/graphs?default", f"/graphs?graph={DATA1}", "/graph/quang-tri-2026-ke-hoach"):
        response = httpx.request(method, server.url + path, content=b"<x:a> <x:b> <x:c> .")
        problem(response, 405, "method-not-allowed")
        assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert "GET" in httpx.options(f"{server.url}/graphs").headers["allow"]

"""The cases of the W3C test suite for SPARQL 1.1 Protocol, by their names, against a running service.

The fourteen update cases are there too: this service only reads, so each is refused, with a reason.
"""

from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import httpx
import pyoxigraph
import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat
from serving import PROTOCOL_DATA, Server, problem

DATA0, DATA1, DATA2, DATA3 = (f"{PROTOCOL_DATA}/data{n}.rdf" for n in range(4))
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
TWO = f"<{DATA1}> a ?type . <{DATA2}> a ?type ."
TWO_NAMED = f"GRAPH ?g1 {{ <{DATA1}> a ?type }} GRAPH ?g2 {{ <{DATA2}> a ?type }}"
BOTH = (("default-graph-uri", DATA1), ("default-graph-uri", DATA2))
BOTH_NAMED = (("named-graph-uri", DATA1), ("named-graph-uri", DATA2))
EMPTY = (("default-graph-uri", DATA0),)
MODIFY = "DELETE { ?s ?p ?o } INSERT { GRAPH <http://example.org/g> { ?s ?p 1 } } WHERE { ?s ?p ?o }"


@dataclass(frozen=True)
class Case:
    """A request of the suite, and what has to come of it: true, "tabular", "boolean" or "RDF"; or a status."""

    name: str
    expected: bool | str | int
    parameters: tuple[tuple[str, str], ...] = ()
    body: str | bytes | None = None
    content_type: str | None = None
    method: str = field(default="")

    def send(self, server: Server) -> httpx.Response:
        method = self.method or ("GET" if self.body is None else "POST")
        headers = {"Accept": "*/*"} | ({"Content-Type": self.content_type} if self.content_type else {})
        url = f"{server.url}/sparql/?{urlencode(self.parameters, quote_via=quote)}"
        return httpx.request(method, url, content=self.body, headers=headers, timeout=60)


QUERIES = (
    Case("query_post_form", True, EMPTY, "query=ASK%20%7B%7D", FORM),
    Case("query_dataset_default_graphs_get", True, (("query", f"ASK {{ {TWO} }}"), *BOTH)),
    Case("query_dataset_default_graphs_post", True, BOTH, f"ASK {{ {TWO} }}", QUERY),
    Case("query_dataset_named_graphs_post", True, BOTH_NAMED, f"ASK {{ {TWO_NAMED} }}", QUERY),
    Case("query_dataset_named_graphs_get", True, (("query", f"ASK {{ {TWO_NAMED} }}"), *BOTH_NAMED)),
    Case(
        "query_dataset_full",
        True,
        (("default-graph-uri", DATA3), *BOTH_NAMED),
        f"ASK {{ <{DATA3}> a ?type {TWO_NAMED} }}",
        QUERY,
    ),
    Case("query_multiple_dataset", True, BOTH_NAMED, f"ASK FROM <{DATA3}> {{ {TWO_NAMED} }}", QUERY),
    Case("query_get", True, (("query", "ASK {}"), *EMPTY)),
    Case("query_content_type_select", "tabular", EMPTY, "SELECT (1 AS ?value) {}", QUERY),
    Case("query_content_type_ask", "boolean", EMPTY, "ASK {}", QUERY),
    Case("query_content_type_describe", "RDF", EMPTY, "DESCRIBE <http://example.org/>", QUERY),
    Case("query_content_type_construct", "RDF", EMPTY, "CONSTRUCT { <s> <p> 1 } WHERE {}", QUERY),
    Case("query_post_direct", True, (), "ASK {}", QUERY),
)
BAD = (
    Case("bad_query_method", 405, (("query", "ASK {}"), *EMPTY), None, FORM, "PUT"),
    Case("bad_multiple_queries", 400, (("query", "ASK {}"), ("query", "SELECT * {}"))),
    Case("bad_query_wrong_media_type", 415, (), "ASK {}", "text/plain"),
    Case("bad_query_missing_form_type", 415, (), "query=ASK%20%7B%7D"),
    Case("bad_query_missing_direct_type", 415, (), "ASK {}"),
    Case("bad_query_non_utf8", 415, (), "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"),
    Case("bad_query_syntax", 400, (("query", "ASK {"),)),
)
UPDATES = (
    Case("update_dataset_default_graph", 403, (("using-graph-uri", DATA1),), MODIFY, UPDATE),
    Case(
        "update_dataset_default_graphs", 403, (("using-graph-uri", DATA1), ("using-graph-uri", DATA2)), MODIFY, UPDATE
    ),
    Case("update_dataset_named_graphs", 403, (("using-named-graph-uri", DATA1),), MODIFY, UPDATE),
    Case("update_dataset_full", 403, (("using-graph-uri", DATA1), ("using-named-graph-uri", DATA2)), MODIFY, UPDATE),
    Case("update_post_form", 403, (), "update=CLEAR+ALL", FORM),
    Case("update_post_direct", 403, (), "CLEAR ALL", UPDATE),
    Case("update_base_uri", 403, (), "CLEAR SILENT GRAPH <http://example.org/g/>", UPDATE),
    Case("bad_update_get", 403, (("update", "CLEAR ALL"),)),
    Case("bad_multiple_updates", 403, (), "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    Case("bad_update_wrong_media_type", 415, (), "CLEAR NAMED", "text/plain"),
    Case("bad_update_missing_form_type", 415, (), "update=CLEAR%20NAMED"),
    Case("bad_update_non_utf8", 403, (), "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    Case("bad_update_syntax", 403, (), "update=CLEAR%20XYZ", FORM),
    Case(
        "bad_update_dataset_conflict",
        403,
        (("using-named-graph-uri", "http://example/people"),),
        "WITH <http://example/addresses> DELETE { ?p ?q 'Bill' } INSERT { ?p ?q 'William' } WHERE { ?p ?q 'Bill' }",
        UPDATE,
    ),
)
SLUGS = {400: {"malformed-request", "query-syntax"}, 403: {"read-only"}, 405: {"method-not-allowed"}}


def name_of(case: Case) -> str:
    return case.name


def test_every_case_of_the_suite_is_here() -> None:
    assert (len(QUERIES) + len(BAD), len(UPDATES)) == (20, 14)


@pytest.mark.parametrize("case", QUERIES, ids=name_of)
def test_query_operation(server: Server, case: Case) -> None:
    response = case.send(server)
    assert response.status_code == 200, response.text
    media_type = response.headers["content-type"].partition(";")[0]
    match case.expected:
        case "RDF":
            rdf_format = RdfFormat.from_media_type(media_type)
            assert rdf_format is not None
            assert list(pyoxigraph.parse(response.content, rdf_format)) or case.name.endswith("describe")
        case "tabular":
            solutions = parsed(response, media_type)
            assert isinstance(solutions, pyoxigraph.QuerySolutions)
            assert [solution["value"].value for solution in solutions] == ["1"]
        case "boolean":
            assert isinstance(parsed(response, media_type), pyoxigraph.QueryBoolean)
        case boolean:
            assert bool(parsed(response, media_type)) is boolean


def parsed(response: httpx.Response, media_type: str) -> object:
    return pyoxigraph.parse_query_results(response.content, QueryResultsFormat.from_media_type(media_type))


@pytest.mark.parametrize("case", (*BAD, *UPDATES), ids=name_of)
def test_what_is_no_query_operation_is_refused_and_says_why(server: Server, case: Case) -> None:
    response = case.send(server)
    assert response.status_code == case.expected
    slug = response.json()["type"].rsplit("/", 1)[1]
    assert slug in SLUGS.get(response.status_code, {"unsupported-media-type"})
    problem(response, response.status_code, slug)
    if response.status_code == 405:
        assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


@pytest.mark.parametrize(
    ("parameters", "text"),
    [
        (BOTH[:1], f"ASK {{ {TWO} }}"),
        (BOTH_NAMED[:1], f"ASK {{ {TWO_NAMED} }}"),
        (BOTH_NAMED, f"ASK {{ {TWO} }}"),
        (BOTH, f"ASK {{ {TWO_NAMED} }}"),
        (EMPTY, "ASK { ?s ?p ?o }"),
    ],
)
def test_a_dataset_is_no_more_than_what_was_named(
    server: Server, parameters: tuple[tuple[str, str], ...], text: str
) -> None:
    for response in (
        Case("get", False, (("query", text), *parameters)).send(server),
        Case("direct", False, parameters, text, QUERY).send(server),
        Case("form", False, (), urlencode((("query", text), *parameters)), FORM).send(server),
    ):
        assert response.json()["boolean"] is False


def test_relative_iris_are_read_against_the_base_of_the_graph(server: Server) -> None:
    assert server.query("ASK { ?task a <def#Task> }").json()["boolean"] is True


def test_a_form_may_name_the_format(server: Server) -> None:
    answer = Case("form", True, (), "query=ASK%20%7B%7D&format=csv", FORM).send(server)
    assert answer.text == "true"

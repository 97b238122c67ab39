"""SERVICE: at the hosts that are allowed and nowhere else."""

from collections.abc import Iterator

import pytest
from serving import Server, make_release, oxigraph, problem, running

from graph.query_text import service_targets
from service.worker import refusal

AREA = "https://w3id.org/phancong/id/area/quang-tri"


@pytest.fixture(scope="module")
def federated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A service that may ask one other endpoint, and that endpoint."""
    release = make_release(tmp_path_factory.mktemp("federated"), "only")
    with oxigraph(f'<{AREA}> <http://example.org/people> "1870845" .') as other:
        host = other.removeprefix("http://").removesuffix("/query")
        with running(release, {"SERVICE_HOSTS": f"query.example.org, {host}"}) as server:
            yield server, other


def test_an_allowed_host_is_asked(federated: tuple[Server, str]) -> None:
    server, other = federated
    text = f"SELECT ?people {{ SERVICE <{other}> {{ <{AREA}> <http://example.org/people> ?people }} }}"
    assert server.query(text, "text/csv").text == "people\r\n1870845\r\n"
    assert server.query("ASK {}").json()["boolean"] is True
    description = server.get("/sparql?format=nt").text
    assert "<http://www.w3.org/ns/sparql-service-description#BasicFederatedQuery>" in description


def test_answers_of_others_are_not_kept(federated: tuple[Server, str]) -> None:
    server, other = federated
    text = f"SELECT ?people {{ SERVICE <{other}> {{ <{AREA}> <http://example.org/people> ?people }} }}"
    before = cached(server)
    for _ in range(2):
        assert server.query(text).status_code == 200
    assert cached(server) == before


def cached(server: Server) -> float:
    lines = server.get("/metrics").text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("phancong_cached_answers_total "))


def test_other_hosts_are_not(federated: tuple[Server, str]) -> None:
    server, other = federated
    for elsewhere in ("http://127.0.0.1:1/query", other.replace("127.0.0.1", "localhost"), "file:///etc/passwd"):
        content = problem(server.query(f"SELECT * {{ SERVICE <{elsewhere}> {{ ?s ?p ?o }} }}"), 403, "no-federation")
        assert elsewhere in str(content["detail"])


ALLOWED = "<http://a.example/sparql>"
HOSTS = {"a.example"}


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE {ALLOWED} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service # a comment\n silent {ALLOWED} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE {ALLOWED} {{ ?s ?p ?o SERVICE {ALLOWED} {{ ?a ?b ?c }} }} }}",
        f"SELECT * {{ SERVICE {ALLOWED.replace('a.ex', 'A.Ex')} {{ ?s ?p ?o }} }}",
    ],
)
def test_queries_that_ask_an_allowed_host(text: str) -> None:
    assert refusal(text, HOSTS) is None
    assert refusal(text, ()) is not None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "PREFIX a: <http://a.example/> SELECT * { SERVICE a:sparql { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://b.example/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://a.example@b.example/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://a.example:8080/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE <//a.example/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://[a.example/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE <> { ?s ?p ?o } }",
        f"SELECT * {{ SERVICE {ALLOWED} {{ ?s ?p ?o }} SERVICE <http://b.example/> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE {ALLOWED} {{ ?s ?p ?o }} FILTER(?a<?b)SERVICE#>\n <http://b.example/> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE {ALLOWED} {{ ?s ?p ?o }} S\\u0045RVICE <http://b.example/> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE {ALLOWED} {{ ?s ?p 'service' }} }}",
    ],
)
def test_queries_that_might_ask_another(text: str) -> None:
    refused = refusal(text, HOSTS)
    assert refused is not None
    assert refused["reason"] == "service"


def test_the_targets_of_a_query() -> None:
    assert service_targets("SELECT * { ?s ?p ?o }") == ()
    assert service_targets(f"SELECT * {{ SERVICE {ALLOWED} {{}} }}") == (ALLOWED[1:-1],)

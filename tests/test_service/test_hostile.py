"""Fifty hostile queries one after the other, while others are answered as if nothing were the matter."""

import threading
from pathlib import Path

import hostile
import httpx
import pytest
from serving import Server, make_release, problem, running

AGENCIES = "SELECT (COUNT(?a) AS ?n) { ?a a <https://w3id.org/phancong/def#Agency> } # "
CLIENTS = 20
REFUSED = {400, 403, 413, 422, 431, 503, 504}


def test_there_are_fifty() -> None:
    assert len(hostile.queries()) == 50


def test_hostile_queries_change_nothing_for_others(tmp_path: Path) -> None:
    settings = {"QUERY_SECONDS": "0.8", "SHORT_SECONDS": "0.4", "RESULT_BYTES": "3000000"}
    make_release(tmp_path, "only")
    with running(tmp_path / "only", {**settings, "WORKER_MEMORY_BYTES": str(200 << 20)}) as server:
        done = threading.Event()
        wrong: list[str] = []
        answered = [0] * CLIENTS
        clients = [threading.Thread(target=behave, args=(server, n, done, wrong, answered)) for n in range(CLIENTS)]
        for client in clients:
            client.start()
        try:
            outcomes = {name: attack(server, text) for name, text in hostile.queries().items()}
        finally:
            done.set()
            for client in clients:
                client.join()
        assert wrong == []
        assert all(answered)
        for name, response in outcomes.items():
            if response is not None:  # or else it was broken off on its way, which the client saw
                assert response.status_code in {200, *REFUSED}, (name, response.text)
                if response.status_code != 200:
                    problem(response, response.status_code, response.json()["type"].rsplit("/", 1)[1])
        assert server.query(f"{AGENCIES}end").json()["results"]["bindings"][0]["n"]["value"] == "4"


def attack(server: Server, text: str) -> httpx.Response | None:
    headers = {"Content-Type": "application/sparql-query", "Accept": "*/*"}
    try:
        return httpx.post(f"{server.url}/sparql", content=text, headers=headers, timeout=60)
    except httpx.RemoteProtocolError:
        return None


def behave(server: Server, number: int, done: threading.Event, wrong: list[str], answered: list[int]) -> None:
    """Ask the same thing in other words, over and over, and report every answer that is not right."""
    with httpx.Client(base_url=server.url, timeout=60) as client:
        while not done.is_set() or not answered[number]:
            query = f"{AGENCIES}{number} {answered[number]}"
            response = client.get("/sparql", params={"query": query, "format": "csv"})
            if (response.status_code, response.text) != (200, "n\r\n4\r\n"):
                wrong.append(f"{response.status_code} {response.text}")
            answered[number] += 1


@pytest.mark.parametrize("text", ["ASK { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }"])
def test_a_query_that_the_parser_dies_of_ends_alone(server: Server, text: str) -> None:
    response = httpx.post(f"{server.url}/sparql", content=text, headers={"Content-Type": "application/sparql-query"})
    assert response.status_code in (400, 503)
    assert server.query(f"{AGENCIES}after").status_code == 200

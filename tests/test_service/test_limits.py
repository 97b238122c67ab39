"""Hostile queries, dying workers and new releases: what must not touch anybody else."""

import json
import os
import signal
import socket
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from serving import Server, make_release, problem, running, switch, until

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
QUESTION = "/questions/agencies-by-tasks-led?topic=data"


def fresh() -> str:
    """Return a query that was never asked before, so that a worker answers it."""
    return f"ASK {{}} # {uuid.uuid4()}"


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("limited")
    make_release(folder, "only")
    settings = {"QUERY_SECONDS": "2", "RESULT_BYTES": "3000000", "QUEUE_LENGTH": "2", "QUEUE_SECONDS": "1"}
    memory = {"WORKER_MEMORY_BYTES": str(200 << 20)}
    with running(folder / "only", settings | memory) as server:
        yield server


def test_an_endless_query_is_stopped_and_the_limit_named(limited: Server) -> None:
    content = problem(limited.query(ENDLESS), 504, "query-deadline")
    assert content["limit"] == {"name": "query_seconds", "value": 2.0}
    assert limited.query(fresh()).json()["boolean"] is True


def test_others_are_answered_while_endless_queries_run(limited: Server) -> None:
    with ThreadPoolExecutor() as threads:
        hostile = threads.submit(limited.query, ENDLESS)
        answers = []
        while not hostile.done():
            answers.append((limited.query(fresh()), limited.get(QUESTION), limited.get("/health/ready")))
        assert answers
        for answer in answers:
            assert [response.status_code for response in answer] == [200, 200, 200]
        assert hostile.result().status_code == 504


def test_more_endless_queries_than_workers_leave_the_known_questions_alone(limited: Server) -> None:
    with ThreadPoolExecutor() as threads:
        hostile = [threads.submit(limited.query, ENDLESS) for _ in range(8)]
        answers = []
        while not all(one.done() for one in hostile):
            answers += [limited.get(QUESTION), limited.get("/health/live")]
        results = [one.result() for one in hostile]
    assert answers
    assert all(answer.status_code == 200 for answer in answers)
    assert len(answers[0].json()["rows"]) == 3
    turned_away = [result for result in results if result.status_code == 503]
    assert turned_away
    for result in turned_away:
        problem(result, 503, "busy")
        assert int(result.headers["retry-after"]) > 0
    assert any(result.status_code == 504 for result in results)


def test_an_oversize_result_is_refused_whole(limited: Server) -> None:
    content = problem(limited.query(HUGE), 422, "result-too-large")
    assert content["limit"] == {"name": "result_bytes", "value": 3_000_000}
    assert limited.query(fresh()).status_code == 200


def test_a_query_that_wants_too_much_memory_ends_alone(limited: Server) -> None:
    content = problem(limited.query(GREEDY), 503, "worker-ended")
    assert content["limit"] == {"name": "worker_memory_bytes", "value": 200 << 20}
    assert limited.query(fresh()).status_code == 200


def test_killed_workers_are_replaced(limited: Server) -> None:
    before = set(limited.worker_ids())
    assert len(before) >= 2
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    until(lambda: not before & set(limited.worker_ids()))
    for _ in range(4):
        assert limited.query(fresh()).status_code == 200
        assert limited.get(QUESTION).status_code == 200


def test_a_client_that_goes_away_stops_its_query(tmp_path: Path) -> None:
    make_release(tmp_path, "only")
    with running(tmp_path / "only", {"WORKERS": "1"}) as server:
        before = set(server.worker_ids())
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            request = f"POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\n"
            client.sendall(f"{request}Content-Length: {len(ENDLESS)}\r\n\r\n{ENDLESS}".encode())
            # Only when the one worker is taken does this wait, and then is turned away.
            until(lambda: _cpu_seconds(before) > 0.3)
        until(lambda: not before <= set(server.worker_ids()))
        assert server.query(fresh()).status_code == 200  # far before the deadline of 30 seconds


def _cpu_seconds(workers: set[int]) -> float:
    ticks = 0
    for worker in workers:
        ticks += int(Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()[11])
    return ticks / os.sysconf("SC_CLK_TCK")


def test_a_new_release_is_picked_up_and_a_bad_one_is_not(tmp_path: Path) -> None:
    more = '<http://x/new> <http://x/p> "mới" <http://x/g> .\n'
    for name, triples in (("one", ""), ("two", more)):
        make_release(tmp_path, name, triples)
    switch(tmp_path, "one")
    ask = "ASK { <http://x/new> ?p ?o }"
    with running(tmp_path, {}) as server:
        first = server.query(ask)
        assert (first.headers["phancong-release"], first.json()["boolean"]) == ("one", False)
        workers = set(server.worker_ids())

        switch(tmp_path, "two")
        for n in range(6):
            then = server.query(f"{ask} # {n}")  # another text each time, so that each goes to a worker
            assert (then.headers["phancong-release"], then.json()["boolean"]) == ("two", True)
            assert server.get(QUESTION).json()["release"]["id"] == "two"
        until(lambda: not workers & set(server.worker_ids()))

        (tmp_path / "three" / "store").mkdir(parents=True)
        broken = {"id": "three", "issued": "2026-04-01T08:00:00Z", "counts": {}}
        (tmp_path / "three" / "release.json").write_text(json.dumps(broken))
        switch(tmp_path, "three")  # its store cannot be opened
        assert server.query(ask).headers["phancong-release"] == "two"
        (tmp_path / "four").mkdir()
        switch(tmp_path, "four")  # says nothing of itself
        assert server.get("/health/ready").json()["release"] == "two"

        switch(tmp_path, "one")
        assert server.query(ask).headers["phancong-release"] == "one"


def test_endless_queries_leave_their_places_to_short_ones(tmp_path: Path) -> None:
    make_release(tmp_path, "only")
    settings = {"WORKERS": "1", "SHORT_SECONDS": "0.2", "LONG_QUERIES": "1", "QUERY_SECONDS": "8"}
    with running(tmp_path / "only", settings) as server, ThreadPoolExecutor() as threads:
        first = threads.submit(server.query, ENDLESS)
        until(lambda: metric(server, 'phancong_long_queries{pool="open"}') == 1)
        assert server.query(fresh()).status_code == 200
        assert not first.done()
        content = problem(server.query(f"{ENDLESS} # another"), 503, "busy")
        assert content["limit"] == {"name": "long_queries", "value": 1}
        problem(first.result(), 504, "query-deadline")
        until(lambda: metric(server, 'phancong_long_queries{pool="open"}') == 0)


def test_a_worker_that_is_killed_loses_its_own_query_only(tmp_path: Path) -> None:
    make_release(tmp_path, "only")
    with running(tmp_path / "only", {"WORKERS": "2"}) as server, ThreadPoolExecutor() as threads:
        before = {worker: _cpu_seconds({worker}) for worker in server.worker_ids()}
        query = threads.submit(server.query, ENDLESS)
        until(lambda: any(_cpu_seconds({worker}) > before[worker] + 0.3 for worker in before))
        busy = max(before, key=lambda worker: _cpu_seconds({worker}) - before[worker])
        os.kill(busy, signal.SIGKILL)
        problem(query.result(), 503, "worker-ended")
        for _ in range(4):
            assert server.query(fresh()).status_code == 200
        until(lambda: len(server.worker_ids()) == len(before))


def test_a_limit_that_bites_on_the_way_breaks_the_result_off(tmp_path: Path) -> None:
    make_release(tmp_path, "only")
    with running(tmp_path / "only", {"RESULT_BYTES": "8000000"}) as server:
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
            server.query(HUGE, "text/csv")
        assert server.query(fresh()).status_code == 200
        until(lambda: metric(server, 'phancong_downloads{pool="open"}') == 0)


def test_a_client_that_leaves_a_long_result_stops_its_query(tmp_path: Path) -> None:
    make_release(tmp_path, "only")
    with running(tmp_path / "only", {"DOWNLOADS": "1"}) as server:
        with httpx.stream("GET", f"{server.url}/sparql", params={"query": HUGE}, timeout=60) as response:
            pieces = response.iter_raw()
            next(pieces)
            assert metric(server, 'phancong_downloads{pool="open"}') == 1
            content = problem(server.query(f"{HUGE} # another"), 503, "busy")
            assert content["limit"] == {"name": "downloads", "value": 1}
        until(lambda: metric(server, 'phancong_downloads{pool="open"}') == 0)
        until(lambda: metric(server, 'phancong_long_queries{pool="open"}') == 0)


def test_a_client_that_takes_nothing_is_disconnected(tmp_path: Path) -> None:
    make_release(tmp_path, "only")
    with running(tmp_path / "only", {"CLIENT_SECONDS": "0.5", "QUERY_SECONDS": "2"}) as server:
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            request = f"POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\n"
            client.sendall(f"{request}Content-Length: {len(HUGE)}\r\n\r\n{HUGE}".encode())
            until(lambda: metric(server, 'phancong_downloads{pool="open"}') == 1)
            until(lambda: metric(server, 'phancong_downloads{pool="open"}') == 0)


def test_a_head_without_end_is_refused(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    for request in (b"GET /sparql?query=", b"GET / HTTP/1.1\r\nX: "):
        with socket.create_connection((host, int(port))) as client, client.makefile("rb") as answer:
            client.sendall(request + b"x" * (1 << 16))
            assert answer.readline().startswith(b"HTTP/1.1 431 ")
            assert b"application/problem+json" in answer.read()
    assert server.query(fresh()).status_code == 200


def metric(server: Server, name: str) -> float:
    lines = server.get("/metrics").text.splitlines()
    return next(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def test_metrics_count_queries_by_how_they_ended(server: Server) -> None:
    answered, kept = 'phancong_queries_total{outcome="answered",pool="open"}', "phancong_cached_answers_total"
    text = fresh()
    server.query(text)
    before = metric(server, answered), metric(server, kept)
    assert server.query(text).json()["boolean"] is True
    assert (metric(server, answered), metric(server, kept)) == (before[0], before[1] + 1)
    server.query(fresh())
    assert metric(server, answered) == before[0] + 1
    problem(server.query("ASK {"), 400, "query-syntax")
    assert metric(server, 'phancong_queries_total{outcome="refused",pool="open"}') >= 1
    assert server.get("/metrics").headers["content-type"].startswith("text/plain; version=")


def test_what_differs_each_time_is_not_kept(server: Server) -> None:
    text = "SELECT (UUID() AS ?x) {}"
    assert server.query(text).text != server.query(text).text

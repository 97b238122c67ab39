"""`phancong mcp`, started as a host starts it and asked by the client of the SDK over standard input and output."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult

ID = "https://w3id.org/phancong/id/"
TASK = "document/quang-tri-687-kh-ubnd-2026/task/pl-i.1-1.5"
Call = Callable[..., CallToolResult]


@pytest.fixture(scope="module")
def client(built_releases: Path) -> Iterator[tuple[Any, Client]]:
    arguments = ["-m", "graph.cli", "mcp", "--release", str(built_releases)]
    server = StdioServerParameters(command=sys.executable, args=arguments, env={"PHANCONG_QUERY_SECONDS": "3"})
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(server, read_timeout_seconds=60)) as one,
    ):
        yield portal, one


@pytest.fixture(scope="module")
def call(client: tuple[Any, Client]) -> Call:
    portal, one = client

    def ask(name: str, **arguments: Any) -> CallToolResult:
        result: CallToolResult = portal.call(one.call_tool, name, arguments)
        return result

    return ask


def answer(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    content = result.structured_content
    assert isinstance(content, dict)
    return content


def refusal(result: CallToolResult) -> str:
    assert result.is_error
    return str(result.content[0].text)


def test_the_tools_only_read_and_say_what_they_take_and_give(client: tuple[Any, Client]) -> None:
    portal, one = client
    tools = {tool.name: tool for tool in portal.call(one.list_tools).tools}
    assert list(tools) == ["list_questions", "run_question", "search", "describe", "sparql"]
    for tool in tools.values():
        assert tool.annotations.read_only_hint and tool.annotations.destructive_hint is False
        assert tool.description and tool.output_schema["properties"]
        for about in tool.input_schema.get("properties", {}).values():
            assert about["description"]


def test_a_question_that_is_listed_can_be_run_and_carries_what_it_rests_on(call: Call) -> None:
    listed = answer(call("list_questions"))
    about = next(one for one in listed["questions"] if one["id"] == "tasks-of-agency")
    given = {one["name"]: one["example"] for one in about["parameters"] if one["required"]}
    found = answer(call("run_question", question="tasks-of-agency", parameters=given, limit=5))
    assert found["row_count"] > len(found["rows"]) == 5
    assert found["answer"]["release"] == listed["release"]
    assert found["answer"]["sparql"].count("VALUES ?agency") == 1
    assert {row["task"] for row in found["rows"]} <= {one["thing"] for one in found["passages"]}
    assert all(one["end"] - one["start"] == len(one["quote"]) for one in found["passages"])
    rest = answer(call("run_question", question="tasks-of-agency", parameters=given, limit=500, offset=5))
    assert len(rest["rows"]) == found["row_count"] - 5


def test_search_finds_things_with_their_passages(call: Call) -> None:
    found = answer(call("search", words="giám sát điều hành thông minh", filters={"area": "quang-tri"}, limit=5))
    assert ID + TASK in {hit["iri"] for hit in found["hits"]}
    assert any(one["thing"] == ID + TASK for one in found["passages"])
    assert found["total"] >= len(found["hits"])
    shared = answer(call("search", words="5G", filters={"kind": "indicator"}, limit=1))
    assert shared["passages"], "an indicator has the passages of the plans that have it"


def test_a_description_has_the_words_of_the_thing_and_of_its_parts(call: Call) -> None:
    found = answer(call("describe", iri=TASK))
    assert (found["iri"], found["complete"]) == (ID + TASK, True)
    assert found["label"] == "Nâng cấp Trung tâm giám sát, điều hành thông minh."
    assert "Sở Khoa học và Công nghệ" in {one["quote"] for one in found["passages"]}
    leads = next(one for one in found["statements"] if one["property"].endswith("#leadAgency"))
    assert leads["values"] == [
        {"text": "Sở Khoa học và Công nghệ", "iri": f"{ID}agency/quang-tri/so-khoa-hoc-va-cong-nghe"}
    ]
    assert answer(call("describe", iri=f"{ID}topic/data"))["pointing"]


def test_a_thing_can_be_called_by_the_address_of_its_page(call: Call) -> None:
    for address in (f"/id/{TASK}", f"page/{TASK}", f"{ID.removesuffix('id/')}page/{TASK}", f"data/{TASK} "):
        assert answer(call("describe", iri=address))["iri"] == ID + TASK


def test_sparql_answers_in_each_form(call: Call) -> None:
    found = answer(
        call("sparql", query="PREFIX pc: <https://w3id.org/phancong/def#> SELECT ?t { ?t a pc:Task } LIMIT 3")
    )
    assert found["variables"] == ["t"]
    assert {row["t"]["value"] for row in found["rows"]} == {one["thing"] for one in found["passages"]}
    assert answer(call("sparql", query="ASK {}"))["boolean"] is True
    graph = answer(call("sparql", query="CONSTRUCT WHERE { ?s a <https://w3id.org/phancong/def#Area> } LIMIT 1"))[
        "graph"
    ]
    assert "pc:Area" in graph


def test_many_things_are_said_to_be_without_passages(call: Call) -> None:
    query = "PREFIX pc: <https://w3id.org/phancong/def#> SELECT ?t { ?t a pc:Task } LIMIT 130"
    found = answer(call("sparql", query=query))
    assert found["without_passages"] == 30
    assert len({one["thing"] for one in found["passages"]}) == 100


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("run_question", {"question": "who"}, 'no question "who"; the questions are agencies-by-tasks-led, '),
        ("run_question", {"question": "tasks", "parameters": {"topic": "x"}}, 'no value "x"; it can be '),
        ("run_question", {"question": "tasks", "parameters": {"topic": "> } #"}}, "does not fit"),
        ("run_question", {"question": "tasks", "limit": 9999}, "less than or equal to 500"),
        ("search", {"words": "5G", "filters": {"colour": "red"}}, "the facets are kind, area"),
        ("search", {"words": " "}, "no words to look for"),
        ("describe", {"iri": "task/nowhere"}, "says nothing about"),
        ("describe", {"iri": "a> ?p ?o }"}, "is no IRI"),
        ("sparql", {"query": "SELECT"}, "line 1, column 7"),
        ("sparql", {"query": "DROP ALL"}, "cannot be changed"),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, "SERVICE is not allowed"),
        ("sparql", {"query": "SELECT * { ?s ?p ?o }"}, "1048576 bytes"),
        ("sparql", {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}, "3 seconds"),
    ],
)
def test_what_cannot_be_answered_is_an_error_that_says_what_to_do(
    call: Call, name: str, arguments: dict[str, Any], said: str
) -> None:
    assert said in refusal(call(name, **arguments))
    assert not call("sparql", query="ASK {}").is_error, "the next is answered"


def test_without_a_release_it_says_so_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "graph.cli", "mcp", "--release", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "build" in done.stderr


def test_the_example_of_the_document_runs(built_releases: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "mcp.md").read_text(encoding="utf-8")
    program = text.partition("```python\n")[2].partition("```")[0]
    program = program.replace(
        '".venv/bin/phancong", args=["mcp"', f'{sys.executable!r}, args=["-m", "graph.cli", "mcp"'
    )
    program = program.replace('"releases"]', f"{str(built_releases)!r}]")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "Sở Y tế"

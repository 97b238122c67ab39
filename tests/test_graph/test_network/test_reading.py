"""Networks of the five plans."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from graph.network import NetworkSizeError, ask, kinds, measure, node_iri, read_edge, read_network, reading
from graph.network.publishing import published
from graph.questions.binding import ParameterError
from graph.store import Store

ID = "https://w3id.org/phancong/id/"
LEAD, VILLAGES = "agency/quang-tri/so-khoa-hoc-va-cong-nghe", "agency-group/quang-tri/ubnd-cap-xa"
ROW = f"{ID}document/quang-tri-687-kh-ubnd-2026/task/pl-i.1-1.5"  # row 1.5 of section I.1


def network(releases: Path, *arguments: str) -> str:
    done = command(releases, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def command(releases: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "graph.cli", "network", *arguments, "--release", str(releases)]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)


def test_an_edge_is_made_of_the_tasks_that_the_plan_gives_to_both(plans_store: Store) -> None:
    edges = {
        (e.source.removeprefix(ID), e.target.removeprefix(ID)): e
        for e in read_network(plans_store, ask(plans_store, "lead-coordinator", {})).edges
    }
    edge = edges[LEAD, VILLAGES]
    assert ROW in edge.items
    assert edge.weight == len(edge.items)


def test_an_edge_leads_to_its_tasks_and_to_the_words_that_name_both(plans_store: Store) -> None:
    asked = ask(plans_store, "lead-coordinator", {})
    edge, nodes, items = read_edge(plans_store, asked, node_iri(LEAD), node_iri(VILLAGES))
    assert [item.iri for item in items] == list(edge.items)
    assert nodes[node_iri(LEAD)].area == f"{ID}area/quang-tri"
    row = next(item for item in items if item.iri == ROW)
    quotes = [passage.quote for passage in row.passages if passage.states == "end"]
    assert "Sở Khoa học và Công nghệ" in quotes
    assert all(item.passages and item.label for item in items)


@pytest.mark.parametrize("name", kinds())
def test_every_edge_of_every_network_has_passages(plans_store: Store, name: str) -> None:
    asked = ask(plans_store, name, {})
    for found in read_network(plans_store, asked).edges[:6]:
        edge, _, items = (
            read_edge(plans_store, asked, found.target, found.source)
            if not asked.directed
            else read_edge(plans_store, asked, found.source, found.target)
        )
        assert edge == found
        assert all(item.passages for item in items)


@pytest.mark.parametrize("name", kinds())
def test_every_network_can_be_measured(plans_store: Store, name: str) -> None:
    found = read_network(plans_store, ask(plans_store, name, {}))
    whole, nodes = measure(found)
    assert whole.nodes == len(nodes) > 10
    assert whole.edges == len(found.edges)


@pytest.mark.parametrize("name", kinds())
def test_each_filter_leaves_a_part(plans_store: Store, name: str) -> None:
    everything = {item for edge in read_network(plans_store, ask(plans_store, name, {})).edges for item in edge.items}
    for parameter in kinds()[name].parameters:
        if parameter.default is None:
            some = read_network(plans_store, ask(plans_store, name, {parameter.name: parameter.example}))
            assert {item for edge in some.edges for item in edge.items} <= everything, parameter.name


def test_filters_compose(plans_store: Store) -> None:
    given = {"topic": "data", "document": "quang-tri-687-kh-ubnd-2026", "at_least": "2"}
    found = read_network(plans_store, ask(plans_store, "lead-coordinator", given))
    assert found.edges
    for edge in found.edges:
        assert edge.weight >= 2
        assert all(item.startswith(f"{ID}document/quang-tri-687-kh-ubnd-2026/task/") for item in edge.items)


def test_likeness_weighs_and_has_no_direction(plans_store: Store) -> None:
    found = read_network(plans_store, ask(plans_store, "task-similarity", {"at_least": "0.9"}))
    assert not found.directed
    assert all(0.9 <= edge.weight <= 1 and edge.source < edge.target for edge in found.edges)
    assert {node.kind for node in found.nodes} == {"task"}
    assert all(node.area_label and node.type_label for node in found.nodes), "a plan of a province"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"colour": "red"}, 'has no parameter "colour"; its parameters are topic '),
        ({"topic": "cooking"}, 'the parameter "topic" has no value "cooking"; it can be '),
        ({"area": '"}'}, 'the value ""}" of the parameter "area" does not fit'),
        ({"year": "soon"}, "it can be 2025"),
        ({"at_least": "many"}, 'the value "many" of the parameter "at_least" does not fit'),
        ({"at_least": "-1"}, "has to be 0 or more"),
    ],
)
def test_what_no_parameter_can_take_is_refused(plans_store: Store, given: dict[str, str], said: str) -> None:
    with pytest.raises(ParameterError) as refused:
        read_network(plans_store, ask(plans_store, "lead-coordinator", given))
    assert said in str(refused.value)


def test_a_network_that_is_too_large_says_how_to_make_it_smaller(
    plans_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(plans_store, "lead-coordinator", {})
    monkeypatch.setattr(reading, "MOST_EDGES", 100)
    with pytest.raises(NetworkSizeError, match=r"137 nodes and 312 edges; .* smaller: topic, area"):
        read_network(plans_store, asked)
    monkeypatch.setattr(reading, "MOST_TIES", 100)
    with pytest.raises(NetworkSizeError, match="more than 100 ties"):
        read_network(plans_store, asked)


@pytest.mark.parametrize("name", kinds())
def test_the_files_of_a_release_say_what_its_json_says(built_releases: Path, name: str) -> None:
    release = built_releases / "current"
    plain = json.loads(published(release, name, "json").read_text(encoding="utf-8"))
    assert plain["release"]["id"] == json.loads((release / "release.json").read_text())["id"]
    for written, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        graph = read(io.BytesIO(published(release, name, written).read_bytes()))
        assert [
            {"iri": iri, **{k: v for k, v in data.items() if k not in ("viz", "id")}}
            for iri, data in graph.nodes(data=True)
        ] == plain["nodes"]
        assert {
            (*(ends if plain["network"]["directed"] else sorted(ends)), data["weight"], data["items"])
            for *ends, data in graph.edges(data=True)
        } == {(e["source"], e["target"], e["weight"], " ".join(e["items"])) for e in plain["edges"]}
    for table in ("nodes", "edges"):
        text = published(release, name, table).read_text(encoding="utf-8")
        assert text.count("\n") == len(plain[table]) + 1
    assert published(release, name, "svg").read_text(encoding="utf-8").count("<circle") == len(plain["nodes"])


def test_the_command_takes_filters_and_a_node_out(built_releases: Path) -> None:
    plain = json.loads(
        network(built_releases, "lead-coordinator", "--param", "topic=data", "--at-least", "2", "--without", LEAD)
    )
    assert plain["filters"] == {"topic": f"{ID}topic/data", "at_least": 2, "without": ID + LEAD}
    assert plain["removal"]["items_lost"] > 0
    assert plain["removal"]["before"]["nodes"] > plain["measures"]["nodes"]
    refused = command(built_releases, "lead-coordinator", "--without", "agency/nobody")
    assert refused.returncode == 2
    assert 'the parameter "without" has no value "agency/nobody"; it can be ' in refused.stderr
    assert refused.stderr.count("\n") == 1

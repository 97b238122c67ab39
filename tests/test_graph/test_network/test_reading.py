"""Networks of the five plans."""

import io
import json
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from graph.network import measure, read_network
from graph.store import Store

ID = "https://w3id.org/phancong/id/"


def network(releases: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "graph.cli", "network", *arguments, "--release", str(releases)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_edge_is_made_of_the_tasks_that_the_plan_gives_to_both(plans_store: Store) -> None:
    edges = {
        (e.source.removeprefix(ID), e.target.removeprefix(ID)): e
        for e in read_network(plans_store, "lead-coordinator").edges
    }
    edge = edges["agency/quang-tri/so-khoa-hoc-va-cong-nghe", "agency-group/quang-tri/ubnd-cap-xa"]
    assert f"{ID}document/quang-tri-687-kh-ubnd-2026/task/pl-i.1-1.5" in edge.items, "row 1.5 of section I.1"
    assert edge.weight == len(edge.items)


def test_weak_ties_can_be_left_out(plans_store: Store) -> None:
    assert all(edge.weight >= 5 for edge in read_network(plans_store, "agency-topic", at_least=5).edges)


@pytest.mark.parametrize("name", ["agency-topic", "document-document", "lead-coordinator"])
def test_every_network_can_be_measured(plans_store: Store, name: str) -> None:
    found = read_network(plans_store, name)
    whole, nodes = measure(found)
    assert whole.nodes == len(nodes) > 10
    assert whole.edges == len(found.edges)


def test_the_files_say_what_the_json_says(built_releases: Path) -> None:
    plain = json.loads(network(built_releases, "lead-coordinator"))
    for written, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        graph = read(io.BytesIO(network(built_releases, "lead-coordinator", "--format", written).encode()))
        assert set(graph) == {node["id"] for node in plain["nodes"]}
        assert {(a, b): d["weight"] for a, b, d in graph.edges(data=True)} == {
            (edge["source"], edge["target"]): edge["weight"] for edge in plain["edges"]
        }
    assert network(built_releases, "lead-coordinator", "--format", "edges").count("\n") == len(plain["edges"]) + 1
    assert network(built_releases, "lead-coordinator", "--format", "svg").count("<circle") == len(plain["nodes"])

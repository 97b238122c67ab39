"""/networks over HTTP, on a release of the five plans."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from serving import Server, problem

from graph.network import explanations, kinds

ID = "https://w3id.org/phancong/id/"
LEAD = "agency/quang-tri/so-khoa-hoc-va-cong-nghe"
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
READERS = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


def test_the_list_names_every_network_and_its_parameters(portal: Server) -> None:
    listed = portal.get("/networks").json()["networks"]
    assert [one["name"] for one in listed] == list(kinds())
    for one in listed:
        assert {"at_least", "without"} < {parameter["name"] for parameter in one["parameters"]}
        assert portal.get(one["path"]).status_code == 200
        assert portal.get(one["nodes"]).headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize("filters", [{}, {"area": "quang-tri"}, {"year": "2025", "at_least": "1"}], ids=str)
@pytest.mark.parametrize("name", kinds())
def test_what_is_downloaded_says_what_the_json_says(portal: Server, name: str, filters: dict[str, str]) -> None:
    plain = portal.get(f"/networks/{name}", params=filters).json()
    for format, read in READERS.items():
        response = portal.get(f"/networks/{name}", params={**filters, "format": format})
        assert response.headers["content-disposition"] == f'attachment; filename="{name}.{format}"'
        graph = read(io.BytesIO(response.content))
        assert {
            iri: {k: v for k, v in data.items() if k not in ("viz", "id")} for iri, data in graph.nodes(data=True)
        } == {node.pop("iri"): node for node in json.loads(json.dumps(plain["nodes"]))}
        assert graph.number_of_edges() == len(plain["edges"])
    for table, columns in (("nodes", ["label", "x", "pagerank"]), ("edges", ["source", "target", "weight"])):
        rows = list(csv.DictReader(io.StringIO(portal.get(f"/networks/{name}/{table}", params=filters).text)))
        assert [[row[one] for one in columns] for row in rows] == [
            [str(entry[one]) for one in columns] for entry in plain[table]
        ]
        as_json = portal.get(f"/networks/{name}/{table}", params={**filters, "format": "json"}).json()
        assert as_json[table] == plain[table]


def test_the_json_tells_all_that_a_picture_needs(portal: Server) -> None:
    plain = portal.get("/networks/lead-coordinator", params={"topic": "data"}).json()
    assert plain["filters"] == {"topic": f"{ID}topic/data"}
    assert plain["release"]["id"] == portal.get("/").headers["phancong-release"]
    assert plain["explanations"] == explanations()
    node = next(node for node in plain["nodes"] if node["iri"] == ID + LEAD)
    assert node["label"] == "Sở Khoa học và Công nghệ"
    assert (node["kind"], node["area_label"], node["type"]) == (
        "agency", "Quảng Trị", f"{ID}agency-type/so-khoa-hoc-va-cong-nghe",
    )  # fmt: skip
    assert 0 <= node["x"] <= plain["layout"]["width"] and 0 <= node["y"] <= plain["layout"]["height"]
    assert explanations()["node"].keys() <= node.keys()
    whole = {one["iri"]: (one["x"], one["y"]) for one in portal.get("/networks/lead-coordinator").json()["nodes"]}
    assert all(whole[one["iri"]] == (one["x"], one["y"]) for one in plain["nodes"]), "a part stands where it stood"


def test_the_path_of_an_edge_lists_its_items_with_their_passages(portal: Server) -> None:
    plain = portal.get("/networks/lead-coordinator", params={"topic": "data", "at_least": "3"}).json()
    for edge in plain["edges"]:
        found = portal.get(edge["path"]).json()
        assert [item["iri"] for item in found["items"]] == edge["items"]
        assert (found["source"]["iri"], found["target"]["iri"]) == (edge["source"], edge["target"])
        assert all(item["passages"] for item in found["items"])
        rows = list(csv.DictReader(io.StringIO(portal.get(f"{edge['path']}&format=csv").text)))
        assert {row["item"] for row in rows} == set(edge["items"])
        page = portal.get(f"{edge['path']}&format=html").text
        assert all(f"/{item.removeprefix('https://w3id.org/phancong/')}" in page for item in edge["items"])


def test_a_picture_leads_to_what_it_shows(portal: Server) -> None:
    picture = ElementTree.fromstring(portal.get("/networks/agency-topic", params={"format": "svg"}).content)
    link = picture.find(".//{*}a")
    assert link is not None
    assert portal.get(f"/networks/{link.get('href')}", follow_redirects=True).status_code == 200


def test_head_and_etag(portal: Server) -> None:
    for path in ("/networks", "/networks/lead-coordinator?format=gexf", "/networks/lead-coordinator?topic=data"):
        got, head = (ask(path, headers={"Accept-Encoding": "identity"}) for ask in (portal.get, portal.head))
        assert head.headers["content-length"] == got.headers["content-length"] and not head.content
        assert got.headers["etag"] == head.headers["etag"]
        kept = {"If-None-Match": got.headers["etag"]}
        assert portal.get(path, headers=kept).status_code == 304


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", kinds())
def test_a_page_has_the_tables_of_what_it_pictures(portal: Server, name: str, language: str) -> None:
    strengths = portal.get(f"/networks/{name}/strengths").json()
    plain = portal.get(f"/networks/{name}", params={"at_least": strengths["readable"]}).json()
    page = portal.get(f"/networks/{name}", params={"lang": language}, headers=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert kinds()[name].title.in_language(language) in page.text
    for kind in ("node", "network"):
        for about in explanations()[kind].values():
            assert about["says"][language].replace("'", "&#39;") in page.text
    for table, mark in (("nodes", "data-node="), ("edges", "data-source=")):
        assert page.text.count(mark) == len(plain[table])
    for link in re.findall(r'href="(/networks/[^"]+)"', page.text)[:5]:
        assert portal.get(link.replace("&amp;", "&")).status_code == 200, link


def test_a_page_says_what_changes_without_a_node(portal: Server) -> None:
    page = portal.get("/networks/lead-coordinator", params={"without": LEAD, "lang": "en"}, headers=HTML).text
    assert "Without Sở Khoa học và Công nghệ" in page
    assert all(about["says"]["en"] in page for about in explanations()["removal"].values())


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/networks/friends", 404, "the networks are lead-coordinator, "),
        ("/networks/lead-coordinator?colour=red", 400, 'no parameter "colour"; its parameters are topic '),
        ("/networks/lead-coordinator?topic=cooking", 400, 'has no value "cooking"; it can be '),
        ("/networks/lead-coordinator?at_least=x", 400, 'the parameter "at_least" does not fit'),
        ("/networks/lead-coordinator?topic=data&topic=ai", 400, "more than once"),
        ("/networks/lead-coordinator?without=agency/x", 400, 'no value "agency/x"; it can be '),
        ("/networks/lead-coordinator?area=%3E%20%7D%20%3B%20DROP%20ALL%20%23", 400, "no value of the parameter"),
        ("/networks/lead-coordinator/edges?source=a", 400, '"target" is missing'),
        ("/networks/lead-coordinator/edges?source=a&target=b", 404, "nothing ties a to b"),
        ("/networks/lead-coordinator/edges?source=a%3E%7D&target=b%20%22", 404, "nothing ties"),
        ("/networks/lead-coordinator?format=docx", 406, "there are "),
    ],
)
def test_what_is_not_there_is_said(portal: Server, path: str, status: int, said: str) -> None:
    kind = {404: "not-found", 400: "bad-parameter", 406: "not-acceptable"}[status]
    assert said in str(problem(portal.get(path), status, kind)["detail"])


def test_a_release_without_ready_networks_is_asked_itself(server: Server) -> None:
    plain = server.get("/networks/lead-coordinator").json()
    assert plain["nodes"] and plain["edges"]


def test_the_example_of_the_document_prints_what_stands_there(portal: Server) -> None:
    text = (Path(__file__).parents[2] / "docs" / "networks.md").read_text(encoding="utf-8")
    program, printed = (text.partition(f"```{kind}\n")[2].partition("```")[0] for kind in ("python", "text"))
    program = program.replace("http://127.0.0.1:8000", portal.url)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == printed


def test_gexf_says_nothing_that_its_schema_does_not_know(portal: Server) -> None:
    """By hand: the schema files of GEXF 1.3 do not fit together, so that no validator takes them."""
    root = ElementTree.fromstring(portal.get("/networks/lead-coordinator", params={"format": "gexf"}).content)
    gexf, viz = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
    assert (root.tag, root.get("version")) == (f"{gexf}gexf", "1.3")
    graph = root.find(f"{gexf}graph")
    assert graph is not None and graph.get("defaultedgetype") == "directed"
    types = {one.get("title"): one.get("type") for one in graph.iter(f"{gexf}attribute")}
    assert {types[one] for one in ("out_strength", "neighbours", "community")} == {"long"}
    assert {types[one] for one in ("betweenness", "pagerank", "x", "y")} == {"double"}
    assert (types["broker"], types["kind"], types["items"]) == ("boolean", "string", "string")
    ids = {one.get("id") for one in graph.iter(f"{gexf}node")}
    declared = {one.get("id") for one in graph.iter(f"{gexf}attribute")}
    assert {one.get("for") for one in graph.iter(f"{gexf}attvalue")} <= declared
    assert {end for one in graph.iter(f"{gexf}edge") for end in (one.get("source"), one.get("target"))} <= ids
    assert len(list(graph.iter(f"{viz}position"))) == len(list(graph.iter(f"{viz}color"))) == len(ids)

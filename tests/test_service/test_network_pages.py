"""Pages of networks, on a release of the five plans: one state as drawing, matrix, flows and tables, without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html
from serving import Session, problem

from graph.network import kinds

ID = "https://w3id.org/phancong/id/"
LEAD = "agency/quang-tri/so-khoa-hoc-va-cong-nghe"
HTML = {"Accept": "text/html"}


def page(session: Session, name: str, **parameters: str) -> Any:
    response = session.get(f"/networks/{name}", params=parameters, headers=HTML)
    assert response.status_code == 200, response.text
    return html.fromstring(response.text)


def edges_of(page: Any) -> dict[tuple[str, str], str]:
    """The table of edges: ends -> weight as it is written."""
    rows = page.xpath("//tr[@data-source]")
    return {(row.get("data-source"), row.get("data-target")): row.xpath("string(td[last()])") for row in rows}


def short(iri: str) -> str:
    return iri.removeprefix(ID)


def count(page: Any) -> tuple[int, int]:
    said = page.xpath("//*[@id='network-count']")[0]
    return int(said.get("data-nodes")), int(said.get("data-edges"))


def test_a_page_begins_with_what_can_be_read_and_says_so(session: Session) -> None:
    strengths = session.get("/networks/lead-coordinator/strengths").json()
    shown = page(session, "lead-coordinator")
    plain = session.get("/networks/lead-coordinator", params={"at_least": str(strengths["readable"])}).json()
    assert count(shown) == (len(plain["nodes"]), len(plain["edges"]))
    assert {ends: int(weight) for ends, weight in edges_of(shown).items()} == {
        (short(edge["source"]), short(edge["target"])): edge["weight"] for edge in plain["edges"]
    }
    assert {row.get("data-node") for row in shown.xpath("//tr[@data-node]")} == {
        short(node["iri"]) for node in plain["nodes"]
    }
    said = shown.xpath("string(//*[@id='network-count'])")
    whole = strengths["strengths"][0]
    assert f"{whole['nodes']} nút và {whole['edges']} cạnh" in said
    everything = shown.xpath("//*[@id='network-count']/a/@href")[0]
    response = session.get(everything, headers=HTML)
    assert count(html.fromstring(response.text)) == (whole["nodes"], whole["edges"])


@pytest.mark.parametrize("name", kinds())
def test_every_strength_is_offered_with_what_it_leaves(session: Session, name: str) -> None:
    strengths = session.get(f"/networks/{name}/strengths").json()["strengths"]
    options = page(session, name, lang="en").xpath("//select[@id='at_least']/option")
    assert [re.findall(r"(\d+) nodes, (\d+) edges", option.text)[0] for option in options] == [
        (str(one["nodes"]), str(one["edges"])) for one in strengths
    ]


def test_filters_and_views_keep_each_other(session: Session) -> None:
    shown = page(session, "lead-coordinator", topic="data", view="matrix", node=LEAD)
    for link in shown.xpath("//nav[@class='views']/a/@href"):
        assert "topic=data" in link and f"node={LEAD.replace('/', '%2F')}" in link
    hidden = {one.get("name"): one.get("value") for one in shown.xpath("//form[@id='filters']/input[@type='hidden']")}
    assert hidden == {"view": "matrix", "node": LEAD}
    for link in shown.xpath("//p[@class='downloads']/a/@href"):
        assert "topic=data" in link and "view" not in link


@pytest.mark.parametrize("filters", [{}, {"topic": "data"}, {"area": "quang-tri", "at_least": "1"}], ids=str)
def test_the_matrix_has_the_numbers_of_the_table(session: Session, filters: dict[str, str]) -> None:
    shown = page(session, "lead-coordinator", view="matrix", **filters)
    cells = {}
    for link in shown.xpath("//table[contains(@class, 'network-matrix')]//td/a"):
        found = re.search(r"source=([^&]+)&target=([^&]+)", link.get("href").replace("%2F", "/"))
        assert found
        cells[found.groups()] = link.text
    assert cells == edges_of(shown)
    assert session.get(link.get("href"), headers=HTML).status_code == 200


@pytest.mark.parametrize("filters", [{}, {"topic": "data"}, {"agency": LEAD[7:], "role": "lead"}], ids=str)
def test_the_flows_have_the_numbers_of_the_networks(session: Session, filters: dict[str, str]) -> None:
    shown = page(session, "lead-coordinator", view="flows", **filters)
    ties = edges_of(shown)
    leads = {source for source, _ in ties}
    at_least = {"at_least": "2"} if not filters else {}
    known = {name: value for name, value in filters.items() if name != "role"}
    plain = session.get("/networks/agency-topic", params={**known, **at_least}).json()
    wanted = sorted(edge["weight"] for edge in plain["edges"] if short(edge["source"]) in leads)
    rows = shown.xpath("//table[@class='flows-of-topics']/tbody/tr")
    assert sorted(int(row.xpath("string(td[last()])")) for row in rows) == wanted
    bands = {0: 0, 1: 0}
    for path in shown.xpath("//*[contains(@class, 'band')]"):
        left = float(re.match(r"M([\d.]+)", path.get("d"))[1]) < 400
        bands[0 if left else 1] += int(path.xpath("string(*)").rsplit(": ", 1)[1])
    assert bands == {0: sum(wanted), 1: sum(int(weight) for weight in ties.values())}
    for row in rows[:3]:  # each leads to as many tasks as it says
        link = row.xpath("td[last()]/a")[0]
        opened = html.fromstring(session.get(link.get("href"), headers=HTML).text)
        assert len(opened.xpath("//main/ol/li")) == int(link.text)


def test_a_node_that_is_chosen_stands_beside_with_its_edges(session: Session) -> None:
    shown = page(session, "lead-coordinator", node=LEAD)
    weights = {int(one) for ends, one in edges_of(shown).items() if LEAD in ends}
    beside = shown.xpath("//aside[@class='network-node']")[0]
    assert {int(one) for one in beside.xpath(".//a[@class='tasks']/text()")} == weights
    assert beside.xpath(".//h3/a/@href") == [f"/id/{LEAD}"]
    part = session.get("/networks/lead-coordinator", params={"node": LEAD, "part": "chosen"}, headers=HTML).text
    assert "<html" not in part
    assert html.fromstring(part).text_content().split() == beside.text_content().split()
    gone = page(session, "lead-coordinator", node="agency/x", lang="en")
    assert "is not in the part of the network" in gone.text_content()


def test_what_an_address_says_of_the_page_alone_leaves_the_data_as_they_are(session: Session) -> None:
    plain = session.get("/networks/lead-coordinator").json()
    assert session.get("/networks/lead-coordinator", params={"view": "x", "node": "y", "camera": "1"}).json() == plain


@pytest.mark.parametrize(("name", "view"), [("lead-coordinator", "tree"), ("document-document", "flows")])
def test_a_view_that_is_none_is_said(session: Session, name: str, view: str) -> None:
    response = session.get(f"/networks/{name}", params={"view": view}, headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert "drawing, matrix" in response.text


def test_a_strength_that_is_none_is_said(session: Session) -> None:
    for path in ("/networks/lead-coordinator", "/networks/lead-coordinator?topic=data"):
        for at_least in ("x", "../../release", "-1"):
            response = session.get(path, params={"at_least": at_least})
            assert "at_least" in str(problem(response, 400, "bad-parameter")["detail"])


def test_topics_are_named_in_the_language_of_the_page(session: Session) -> None:
    shown = page(session, "lead-coordinator", view="flows", lang="en")
    assert "Data" in shown.xpath("//table[@class='flows-of-topics']//th/a/text()")
    assert "Data" in shown.xpath("//select[@id='topic']/option/text()")
    topics = page(session, "agency-topic", lang="en")
    assert "Data" in topics.xpath("//tr[@data-node='topic/data']/th/a/text()")
    assert '"Data"' in topics.xpath("//*[@id='network']/@data-names")[0]


def test_an_agency_may_be_named(session: Session) -> None:
    named = page(session, "lead-coordinator", agency="Sở Khoa học và Công nghệ – Quảng Trị")
    assert edges_of(named) == edges_of(page(session, "lead-coordinator", agency=LEAD.removeprefix("agency/")))
    assert named.xpath("string(//input[@id='agency']/@value)") == "Sở Khoa học và Công nghệ – Quảng Trị"
    assert "agency=quang-tri" in named.xpath("string(//a[text()='GraphML']/@href)")

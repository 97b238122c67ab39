"""The API of the questions on the five plans: formats, pages, cursors, validators, descriptions, hostile values."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from itertools import cycle

import httpx
import openpyxl
import pytest
from pyld import jsonld
from serving import Session, problem

from graph.namespaces import BASE
from graph.questions.catalogue import read_catalogue
from graph.questions.linked import CONTEXTS
from graph.questions.question import Question
from graph.questions.spreadsheet import MEDIA_TYPE as XLSX

CATALOGUE = read_catalogue()
LED = "/questions/agencies-by-tasks-led"
TYPES = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "csv": "text/csv; charset=utf-8; header=present",
    "tsv": "text/tab-separated-values; charset=utf-8; header=present",
    "xlsx": XLSX,
    "csvw": "application/csvm+json",
    "html": "text/html; charset=utf-8",
}
ATTACKS = ('" } } ; DROP ALL #', "data> } UNION { ?s ?p ?o } #", "1) || (1 = 1", "WHERE {\n  ?s ?p ?o", "=1+1")


def links(response: httpx.Response) -> dict[str, str]:
    return {rel: target for target, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers.get("link", ""))}


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_every_table_has_the_rows_of_the_json(session: Session, question: Question) -> None:
    path = f"/questions/{question.id}"
    answers = {name: session.get(path, params={**question.sample, "format": name}) for name in TYPES}
    assert {name: one.headers["content-type"] for name, one in answers.items()} == TYPES
    content = answers["json"].json()
    assert content == {**answers["jsonld"].json(), "id": content["id"]}
    assert content["row_count"] == len(content["rows"]) > 0
    names = [column["name"] for column in content["columns"]]
    tables = {
        "csv": list(csv.reader(io.StringIO(answers["csv"].text, newline=""))),
        "tsv": [line.split("\t") for line in answers["tsv"].text.removesuffix("\n").split("\n")],
        "xlsx": [
            list(row) for row in openpyxl.load_workbook(io.BytesIO(answers["xlsx"].content))["answer"].iter_rows()
        ],
    }
    for name, table in tables.items():
        assert len(table) == content["row_count"] + 1, name
        assert {len(row) for row in table} == {len(names)}, name
    assert tables["csv"][0] == tables["tsv"][0] == names == [cell.value for cell in tables["xlsx"][0]]
    for name in ("csv", "tsv", "xlsx"):
        described = session.get(links(answers[name])["describedby"].removeprefix(session.url)).json()
        assert [column["name"] for column in described["tableSchema"]["columns"]] == names
        assert described["schema:query"] == content["sparql"]
        assert described["dc:issued"]["@value"] == content["release"]["issued"]


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_the_json_is_linked_data(session: Session, question: Question) -> None:
    def load(address: str, options: object) -> dict[str, object]:
        document = session.get(address.removeprefix(session.url)).json()
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": document}

    answer = session.get(f"/questions/{question.id}", params={**question.sample, "limit": 3}).json()
    (expanded,) = jsonld.expand(answer, {"documentLoader": load})
    assert expanded["@type"] == ["http://www.w3.org/ns/csvw#Table"]
    release = expanded["http://www.w3.org/ns/prov#wasDerivedFrom"][0]
    assert release["http://purl.org/dc/terms/identifier"] == [{"@value": answer["release"]["id"]}]
    rows = expanded["http://www.w3.org/ns/csvw#row"][0]["@list"]
    assert len(rows) == len(answer["rows"])
    for row, told in zip(rows, answer["rows"], strict=True):
        for column in answer["columns"]:
            said = row.get(f"{BASE}questions/{question.id}#{column['name']}", [])
            if column["type"] == "iri":
                assert said == ([] if told[column["name"]] is None else [{"@id": told[column["name"]]}])
            elif column["type"] == "iris":
                assert [one["@id"] for one in said] == told[column["name"]]
            else:
                assert bool(said) == (told[column["name"]] not in (None, []))


def test_a_context_never_changes(session: Session) -> None:
    """A change of what answers have needs a context of its own beside this one."""
    content = (CONTEXTS / "context-1.jsonld").read_bytes()
    assert hashlib.sha256(content).hexdigest() == "f14780985e24e1c54ccfefec2ba8e5b3c07cb395501aaf1fecf6cc606a631230"
    response = session.get("/questions/contexts/1.jsonld")
    assert response.content == content
    assert "immutable" in response.headers["cache-control"]
    problem(session.get("/questions/contexts/0.jsonld"), 404, "not-found")


@pytest.mark.parametrize("name", TYPES)
def test_an_answer_is_sent_once_a_release(session: Session, name: str) -> None:
    first = session.get(LED, params={"topic": "data", "format": name})
    again = session.get(LED, params={"topic": "data", "format": name}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["phancong-release"] in first.headers["etag"]
    head = session.head(LED, params={"topic": "data", "format": name})
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", first.headers["etag"])


def test_a_workbook_says_where_it_comes_from(session: Session) -> None:
    book = openpyxl.load_workbook(io.BytesIO(session.get(f"{LED}?topic=data&format=xlsx").content))
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    answer = session.get(f"{LED}?topic=data").json()
    assert about["release"] == answer["release"]["id"]
    assert about["SPARQL"] == answer["sparql"]
    assert about["parameter: topic"] == f"{BASE}id/topic/data"
    passages = [one for row in answer["rows"] for item in row["evidence"] for one in item["passages"]]
    assert book["evidence"].max_row == len(passages) + 1


@pytest.mark.parametrize("path", [f"{LED}?topic=data", "/questions/tasks?area=quang-ngai", "/search?q=khcn"])
@pytest.mark.parametrize("limit", [1, 7, 20])
def test_the_links_lead_through_all_rows_once(session: Session, path: str, limit: int) -> None:
    if limit == 1 and "khcn" in path:
        return  # 307 pages say nothing more
    name, count = ("hits", "total") if path.startswith("/search") else ("rows", "row_count")
    whole = session.get(f"{path}&limit=1000&format=json").json()
    response = session.get(f"{path}&limit={limit}&format=json")
    first, rows, pages = links(response)["first"], [], 1
    assert "prev" not in links(response)
    while True:
        page = response.json()
        assert page[count] == whole[count]
        assert page[name], "a link leads to an empty page"
        rows += page[name]
        assert links(response)["first"] == first
        if "next" not in links(response):
            break
        before = response
        response = session.get(links(response)["next"].removeprefix(session.url))
        back = session.get(links(response)["prev"].removeprefix(session.url))
        assert back.json()[name] == before.json()[name]
        last = session.get(links(response)["last"].removeprefix(session.url))
        pages += 1
    assert rows == whole[name]
    assert pages == -(-whole[count] // limit)
    assert response.json()[name] == last.json()[name]


def test_a_single_page_has_no_links(session: Session) -> None:
    assert links(session.get("/questions/documents-held?limit=100")) == {}
    assert links(session.get("/questions/documents-held")) == {}


@pytest.mark.parametrize("path", [f"{LED}?topic=data&limit=5", "/search?q=khcn&limit=5&format=json"])
def test_a_cursor_is_for_what_it_was_given_out_for(session: Session, path: str) -> None:
    given = links(session.get(path))["next"].removeprefix(session.url)
    assert session.get(given).status_code == 200
    cursor = given.rpartition("cursor=")[2]
    told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    stale = base64.urlsafe_b64encode(json.dumps(["20200101T000000Z-0", *told[1:]]).encode()).decode()
    further = base64.urlsafe_b64encode(json.dumps([told[0], 10**9, *told[2:]]).encode()).decode()
    elsewhere = {
        "other parameters": given.replace("topic=data", "topic=ai").replace("q=khcn", "q=ubnd"),
        "another limit": given.replace("limit=5", "limit=6"),
        "changed": given.replace(cursor, cursor[:-2] + ("AA" if cursor[-2:] != "AA" else "BB")),
        "cut": given[:-9],
        "stale": given.replace(cursor, stale),
        "moved": given.replace(cursor, further),
        "none": given.replace(cursor, "x"),
        "no base64": given.replace(cursor, "%F0%9F%98%80"),
        "deep": given.replace(cursor, base64.urlsafe_b64encode(b"[" * 9000).decode()),
        "two": f"{given}&cursor=x",
    }
    for what, address in elsewhere.items():
        response = session.get(address)
        if what == "two" and response.status_code == 200:
            pytest.fail("a repeated cursor is taken")
        assert response.status_code == 400, what
        assert "cursor" in response.json()["advice"] or what == "two"
    assert "20200101T000000Z-0" in str(problem(session.get(elsewhere["stale"]), 400, "bad-cursor")["detail"])


@pytest.mark.parametrize("limit", ["0", "-1", "1.5", "x", "²", "9999999999", "1e3"])
def test_a_limit_is_a_number_of_rows(session: Session, limit: str) -> None:
    for path in (LED, "/search"):
        content = problem(session.get(path, params={"limit": limit, "format": "json"}), 400, "bad-parameter")
        assert content["parameter"] == "limit"


def test_a_wrong_value_is_told_in_both_languages_with_all_that_it_can_be(session: Session) -> None:
    for language, words in (("vi", 'tham số "topic" không có giá trị "nonesuch"; có thể là '), ("en", "it can be ")):
        response = session.get(LED, params={"topic": "nonesuch", "lang": language})
        content = problem(response, 400, "bad-parameter")
        assert words in str(content["detail"])
        allowed = content["allowed"]
        assert isinstance(allowed, list)
        assert {"value": "data", "label": "Dữ liệu", "label_en": "Data"} in allowed
        assert content["parameter"] == "topic"


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_hostile_values_are_inert_in_every_parameter_and_format(session: Session, question: Question) -> None:
    formats = cycle(TYPES)
    for parameter in question.parameters:
        given = {one.name: one.example for one in question.parameters if one.required}
        for attack in ATTACKS:
            name = next(formats)
            sent = {**given, parameter.name: attack, "format": name}
            response = session.get(f"/questions/{question.id}", params=sent, headers={"Accept": "application/json"})
            if response.status_code == 200:
                assert not parameter.values
                if name == "json":
                    assert response.json()["rows"] == []
            else:
                problem(response, 400, "bad-parameter")


def test_a_hostile_format_or_language_is_inert(session: Session) -> None:
    for attack in ATTACKS:
        problem(session.get(LED, params={"format": attack}), 406, "not-acceptable")
        assert session.get(LED, params={"lang": attack, "topic": "ai"}).status_code == 200

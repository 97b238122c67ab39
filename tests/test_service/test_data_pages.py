"""The pages of the data: downloads, how to cite, the API in words, what changed between releases."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Server, make_release, problem, running, switch

from graph.difference import CHANGES, Change, Difference, FieldChange, Record, write_changes
from graph.linking.quads import link_iri
from graph.namespaces import link_ends, thing
from graph.questions.catalogue import read_catalogue
from service.api_page import groups
from service.change_names import ChangeNames
from service.changes import Counts, counted, entries_of
from service.names import Names

HTML = {"Accept": "text/html"}
LINK = link_iri(thing("indicator", "x"), thing("agency", "cu"))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service on a release that changed a task and added many, and one before that says nothing of changes."""
    folder = tmp_path_factory.mktemp("changed")
    make_release(folder, "20260101T000000Z-a")
    release = make_release(folder, "20260301T000000Z-b")
    added = tuple(Record(thing("task", str(n)), "Task", f"Việc {n}@vi", {}) for n in range(120))
    field = FieldChange("pc:leadAgency", (thing("agency", "cu"),), (thing("agency", "moi"),))
    edited = Change(
        thing("task", "x"), "Task", "<b>Sửa</b>@vi", (field, FieldChange("dct:title", ("A@vi",), ("B@vi",)))
    )
    gone = (Record(thing("agency", "cu"), "Agency", "Sở cũ@vi", {}), Record(LINK, "Link", "", {}))
    write_changes(Difference("20260101T000000Z-a", "20260301T000000Z-b", added, gone, (edited,)), release)
    switch(folder, "20260301T000000Z-b")
    with running(folder, {}) as server:
        yield server


def test_changes_are_counted_listed_and_filtered(changed: Server) -> None:
    page = changed.get("/changes/current", headers=HTML).text
    assert "Từng bản ghi (123)" in page
    assert "Việc 0</a>" in page and "@vi" not in page
    assert "Sở cũ" not in page  # stands on the second page
    second = changed.get("/changes/current?page=2", headers=HTML).text
    assert "Sở cũ" in second
    assert re.search("cơ quan chủ trì: <del><a [^>]*>Sở cũ</a></del>", second), "by the name that it had"
    assert re.search("Liên kết</span> <a [^>]*>indicator/x ↔ Sở cũ</a>", second)
    assert "&lt;b&gt;Sửa" in second
    agencies = changed.get("/changes/current?kind=Agency&lang=en", headers=HTML).text
    assert "Record by record: Agency (1)" in agencies
    assert "Không bản ghi nào đổi" in changed.get("/changes/current?kind=Target", headers=HTML).text


def test_what_only_stands_elsewhere_is_told_apart() -> None:
    """A word put into a text moves the passages behind it: that is no change of what the records say. It comes last."""
    place = FieldChange("prov:wasDerivedFrom", (thing("source", "s/passage/1-2"),), (thing("source", "s/passage/3-4"),))
    moved = Change(thing("task", "a"), "Task", "A@vi", (place,))
    said = Change(thing("metric", "b"), "DerivedFigure", "", (place, FieldChange("dqv:value", ("1",), ("2",))))
    added = Record(thing("topic", "c"), "Topic", "C@vi", {})
    found = Difference("a", "b", (added, Record(thing("task", "d"), "Task", "D@vi", {})), (), (moved, said))
    assert counted(found)[0] == Counts("Task", added=1, removed=0, changed=0, moved=1)
    assert [(one.how, one.record.kind) for one in entries_of(found)] == [
        ("added", "Task"),
        ("added", "Topic"),
        ("changed", "DerivedFigure"),
        ("moved", "Task"),
    ]


def test_the_front_page_tells_how_many_records_changed(changed: Server) -> None:
    text = changed.get("/", headers=HTML).text
    assert '<a href="/changes/20260301T000000Z-b">120 thêm, 2 bỏ, 1 sửa</a>' in text


def test_changes_come_as_json_too(changed: Server) -> None:
    content = changed.get("/changes/20260301T000000Z-b?format=json").json()
    assert (len(content["added"]), len(content["removed"]), len(content["changed"])) == (120, 2, 1)
    assert changed.get("/changes/20260101T000000Z-a?format=json").json() is None


def test_a_release_that_says_nothing_of_changes_says_so(changed: Server) -> None:
    assert "Không có số liệu" in changed.get("/changes/20260101T000000Z-a", headers=HTML).text
    listed = changed.get("/dumps/", headers=HTML).text
    assert "120 thêm, 2 bỏ, 1 sửa" in listed and "Không có số liệu" in listed


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/changes/nothing", 404, "not-found"),
        ("/changes/current?kind=Nothing", 400, "bad-parameter"),
        ("/changes/current?page=9", 400, "malformed-request"),
        ("/changes/current?page=x", 400, "malformed-request"),
    ],
)
def test_what_is_not_there_is_refused(changed: Server, path: str, status: int, slug: str) -> None:
    problem(
        changed.get(path, headers={"Accept": "text/html;q=0.1, application/problem+json"}, params=None), status, slug
    )


def test_damaged_changes_are_said(tmp_path: Path) -> None:
    release = make_release(tmp_path, "20260301T000000Z-c")
    (release / CHANGES).write_text("{")
    switch(tmp_path, release.name)
    with running(tmp_path, {}) as server:
        problem(server.get("/changes/current?format=json"), 503, "store-unavailable")


def test_the_data_page_has_files_licence_and_how_to_cite(portal: Server, built_releases: Path) -> None:
    page = portal.get("/data", headers=HTML).text
    sums = built_releases / "current" / "dumps" / "SHA256SUMS"
    assert hashlib.sha256(sums.read_bytes()).hexdigest() in page
    assert "Toàn bộ đồ thị, N-Quads" in page and "Bảng: Nhiệm vụ, CSV" in page
    assert "@misc{phancong-" in page
    assert 'rel="license"' in page
    release = portal.get("/data").headers["phancong-release"]
    assert f"{portal.url}/dumps/{release}/" in portal.get(f"/dumps/{release}/", headers=HTML).text


def test_every_operation_of_the_api_is_named_in_both_languages(portal: Server) -> None:
    content, questions = portal.get("/openapi.json").json(), read_catalogue()
    asked, others = groups(content, questions, "vi")
    assert {one.id for group in asked for one in group.operations} == set(questions)
    unnamed = [one.id for group in others for one in group.operations if one.title is None]
    assert unnamed == []
    paths = {one.path for group in (*asked, *others) for one in group.operations}
    assert paths == {path for path, methods in content["paths"].items() if "get" in methods}


def test_the_api_page_shows_parameters_and_values_in_the_language_of_the_page(portal: Server) -> None:
    vi, en = (portal.get(f"/api?lang={one}", headers=HTML).text for one in ("vi", "en"))
    assert "Ngày đầu của khoảng." in vi and "The first day of the window." not in vi
    assert "The first day of the window." in en
    assert "<code>quang-ngai</code>" in vi  # a value of ?area=
    assert 'id="tasks-due"' in vi


def test_links_and_corrections_are_named_after_what_they_are_about() -> None:
    assert link_ends(LINK) == (thing("indicator", "x"), thing("agency", "cu"))
    assert link_ends(thing("agency", "cu")) is None
    task, document = thing("document", "ke-hoach", "task", "1"), thing("document", "ke-hoach")
    said = {task: {"title": "Xây dựng nền tảng", "number": "1"}, f"{task}/correction/1": {"field": "coord"}}
    for language, field in (("vi", "phối hợp"), ("en", "coordination")):
        names = ChangeNames(language, said, {document: "Kế hoạch 1/KH-UBND"}, Names({}))
        assert names.of(task) == "1. Xây dựng nền tảng (Kế hoạch 1/KH-UBND)"
        assert names.of(f"{task}/correction/1") == f"{field}: {names.of(task)}"
        assert names.of(link_iri(task, document)) == f"{names.of(task)} ↔ Kế hoạch 1/KH-UBND"
        assert names.of(thing("agency", "la")) == ""

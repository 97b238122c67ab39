"""/search over HTTP, on the five plans: what is found, facets and their links, the page, bad parameters."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from serving import Server, Session, problem

ID = "https://w3id.org/phancong/id/"
JSON = {"Accept": "application/json"}


def found(session: Session, query: str, **more: str) -> dict[str, Any]:
    response = session.get("/search", params={"q": query, **more}, headers=JSON)
    assert response.status_code == 200, response.text
    content: dict[str, Any] = response.json()
    return content


@pytest.mark.parametrize("query", ["KHCN", "khcn", "KH&CN", "khoa hoc va cong nghe", "khoa học và công nghệ"])
def test_agencies_that_a_query_names_go_first(session: Session, query: str) -> None:
    hits = found(session, query)["hits"]
    agencies = [hit["iri"].removeprefix(f"{ID}agency/") for hit in hits[:4]]
    assert sorted(agencies) == [
        "quang-ngai/so-khoa-hoc-va-cong-nghe",
        "quang-tri/so-khoa-hoc-va-cong-nghe",
        "thanh-hoa/so-khoa-hoc-va-cong-nghe",
        "viet-nam/bo-khoa-hoc-va-cong-nghe",
    ]
    assert {hit["kind"] for hit in hits[4:]} != {"agency"}


@pytest.mark.parametrize(
    "same",
    [
        ("cơ sở dữ liệu", unicodedata.normalize("NFD", "cơ sở dữ liệu"), "CƠ SỞ DỮ LIỆU"),
        ("số hóa", "số hoá", unicodedata.normalize("NFD", "số hoá"), "SỐ HÓA"),
        ("ủy ban", "uỷ ban", unicodedata.normalize("NFD", "uỷ ban")),
    ],
)
def test_spellings_of_the_same_find_the_same(session: Session, same: tuple[str, ...]) -> None:
    first, *others = ({hit["iri"] for hit in found(session, query, limit="500")["hits"]} for query in same)
    assert first
    assert all(other == first for other in others)


def test_accents_count_where_they_are_typed(session: Session) -> None:
    without, with_accents = found(session, "duong", limit="500"), found(session, "đường", limit="500")
    assert 0 < with_accents["total"] < without["total"]
    assert {hit["iri"] for hit in with_accents["hits"]} < {hit["iri"] for hit in without["hits"]}
    assert not with_accents["accents_passed_over"]
    assert found(session, "dường")["accents_passed_over"]


def test_what_was_found_is_marked(session: Session) -> None:
    for hit in found(session, "sàn giao dịch")["hits"]:
        marked = [piece["text"] for piece in [*hit["marked"], *hit["snippet"]] if piece["found"]]
        assert marked
        assert "".join(piece["text"] for piece in hit["marked"]) == hit["title"]
        assert {word.lower() for text in marked for word in text.split()} <= {"sàn", "giao", "dịch"}


def test_the_address_of_a_facet_gives_what_its_count_says(session: Session) -> None:
    content = found(session, "dữ liệu")
    for name, values in content["facets"].items():
        assert [value["count"] for value in values] == sorted((value["count"] for value in values), reverse=True)
        for value in values[:3]:
            assert not value["selected"]
            narrowed = session.get(value["address"].removeprefix(session.url), headers=JSON).json()
            assert narrowed["total"] == value["count"], (name, value)
            (same,) = [one for one in narrowed["facets"][name] if one["selected"]]
            assert (same["value"], same["label"]) == (value["value"], value["label"])
            assert {"vi", "en"} == set(same["label"])
            widened = session.get(same["address"].removeprefix(session.url), headers=JSON).json()
            assert widened["total"] == content["total"]


def test_filters_compose(session: Session) -> None:
    both = found(session, "dữ liệu", kind="task", area="quang-ngai", topic="data")
    assert 0 < both["total"] < found(session, "dữ liệu", kind="task", area="quang-ngai")["total"]
    assert all(hit["iri"].startswith(f"{ID}document/quang-ngai") for hit in both["hits"])
    assert found(session, "dữ liệu", area=f"{ID}area/quang-ngai")["total"] > 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_has_the_hits_and_escapes_what_was_typed(session: Session, language: str) -> None:
    page = session.get("/search", params={"q": "khcn", "format": "html", "lang": language})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<mark>Khoa học và Công nghệ</mark>" in page.text
    assert "<script" not in session.get("/search", params={"q": "<script>alert(1)</script>", "format": "html"}).text
    assert session.get("/search", headers={"Accept": "text/html"}).status_code == 200
    nothing = session.get("/search", params={"q": "zzzzzz", "format": "html"})
    assert nothing.status_code == 200
    assert "notice" in nothing.text


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("q=x&color=red", "color"),
        ("q=x&area=atlantis", "area"),
        ("q=x&kind=%22%29%20OR%201=1", "kind"),
        ("q=x&year=soon", "year"),
        ("q=a&q=b", "q"),
        ("q=" + "a+" * 21, "q"),
        ("q=x&limit=5000", "limit"),
        ("q=x&limit=0", "limit"),
    ],
)
def test_a_wrong_parameter_is_told(session: Session, query: str, parameter: str) -> None:
    for language in ("vi", "en"):
        content = problem(session.get(f"/search?{query}&lang={language}", headers=JSON), 400, "bad-parameter")
        assert content["parameter"] == parameter
    page = session.get(f"/search?{query}", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (400, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "attack", ['" OR *', "title_exact : x", "NEAR(a b)", "a' OR '1'='1", "-số", "(", "\x00", "{a}"]
)
def test_syntax_in_a_query_is_text(session: Session, attack: str) -> None:
    assert session.get("/search", params={"q": attack}, headers=JSON).status_code == 200


def test_a_release_without_an_index_says_so(server: Server) -> None:
    problem(server.get("/search?q=x", headers=JSON), 503, "store-unavailable")

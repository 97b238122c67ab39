"""Searching a small index: accents, tone marks, abbreviations, facets, and input of every kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search import Entry, Piece, QueryError, Search, SearchError, SearchTimeoutError, build
from graph.search.asked import marked, snippet, wishes
from graph.search.words import words

ENTRIES = [
    Entry("agency/so-khcn", "Sở Khoa học và Công nghệ", "Sở KH&CN | Quảng Trị", (("kind", "agency"), ("area", "qt"))),
    Entry("agency/ubnd", "Ủy ban nhân dân tỉnh", "Quảng Trị", (("kind", "agency"), ("area", "qt"))),
    Entry(
        "task/1",
        "Xây dựng đường truyền số liệu",
        "Sở Khoa học và Công nghệ",
        (("kind", "task"), ("area", "qt"), ("year", "2026")),
    ),
    Entry(
        "task/2",
        "Bảo tồn đô thị cổ tại Hải Dương",
        "Đề án được duyệt",
        (("kind", "task"), ("area", "hd"), ("year", "2026")),
    ),
    Entry("task/3", "Số hóa hồ sơ thuỷ lợi", "Cơ sở dữ liệu", (("kind", "task"), ("area", "hd"), ("year", "2027"))),
]


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    path = tmp_path_factory.mktemp("index") / "search.sqlite"
    assert build(ENTRIES, path) == len(ENTRIES)
    opened = Search(path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("duong", {"task/1", "task/2"}),
        ("đường", {"task/1"}),
        ("Dương", {"task/2"}),
        ("hai duong", {"task/2"}),
        ("hóa", {"task/3"}),
        ("hoá", {"task/3"}),
        ("thủy lợi", {"task/3"}),
        (unicodedata.normalize("NFD", "thủy lợi"), {"task/3"}),
        ("THỦY LỢI", {"task/3"}),
        ("KHCN", {"agency/so-khcn", "task/1"}),
        ("kh&cn", {"agency/so-khcn", "task/1"}),
        ("csdl", {"task/3"}),
        ("UBND", {"agency/ubnd"}),
        ("xay dung duo", {"task/1"}),
        ("quang tri", {"agency/so-khcn", "agency/ubnd"}),
        ("không có gì như vậy", set()),
        ("", set()),
        ("… – &", set()),
    ],
)
def test_what_a_query_finds(search: Search, query: str, found: set[str]) -> None:
    result = search.find(query)
    assert {hit.iri for hit in result.hits} == found
    assert result.total == len(found)
    assert not result.relaxed


def test_where_accents_find_nothing_they_are_passed_over_and_that_is_said(search: Search) -> None:
    result = search.find("hai dường")
    assert [hit.iri for hit in result.hits] == ["task/2"]
    assert result.relaxed
    assert search.find("xây dựng đườ").relaxed, "an unfinished word with accents"


def test_a_name_that_is_the_query_comes_first(search: Search) -> None:
    assert [hit.iri for hit in search.find("Sở Khoa học và Công nghệ").hits] == ["agency/so-khcn", "task/1"]


def test_facets_count_what_the_other_filters_leave(search: Search) -> None:
    result = search.find("so", {"area": ["hd"]})
    assert {hit.iri for hit in result.hits} == {"task/3"}
    counts = {(facet.name, facet.value): facet.count for facet in result.facets}
    assert counts["area", "qt"] == 2, "the area itself can still be changed"
    assert counts["kind", "task"] == 1
    assert counts["year", "2027"] == 1
    assert ("year", "2026") not in counts
    assert search.find("so", {"area": ["hd", "qt"], "kind": ["agency"]}).total == 1


def test_pages_do_not_overlap(search: Search) -> None:
    pages = [hit.iri for offset in range(3) for hit in search.find("so", limit=1, offset=offset).hits]
    assert len(set(pages)) == 3 == search.find("so").total


@given(st.text(max_size=60))
def test_no_query_breaks_it(search: Search, query: str) -> None:
    search.find(query)


@pytest.mark.parametrize(
    "attack", ['" OR *', "title_exact : x", "NEAR(a b)", "a' OR '1'='1", "-số", "số^2", "(", "{a}"]
)
def test_syntax_in_a_query_is_text(search: Search, attack: str) -> None:
    assert search.find(attack).total <= search.find("so").total


@given(st.text(alphabet="aàáảãạăằâầêềoòôồơờuùưừiìyỳđdhbc ", max_size=30))
def test_words_are_the_same_in_both_unicode_forms(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


def test_what_is_no_index_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("nothing")
    for path in (tmp_path / "x.sqlite", tmp_path / "missing.sqlite"):
        with pytest.raises(SearchError, match=path.name):
            Search(path)


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


def test_hits_show_what_was_found(search: Search) -> None:
    (hit,) = search.find("đường truyền").hits
    assert shown(hit.marked) == "Xây dựng [đường] [truyền] số liệu"
    assert hit.snippet == ()
    titles = [shown(hit.marked) for hit in search.find("kh&cn").hits]
    assert titles == ["Sở [Khoa học và Công nghệ]", "Xây dựng đường truyền số liệu"]
    assert shown(search.find("de an duo").hits[0].snippet) == "[Đề] [án] [được] duyệt"


@given(st.text(alphabet="đường dương sở dữ liệu |…", max_size=400), st.sampled_from(["duong", "sở dữ", "lieu x"]))
def test_a_snippet_is_a_part_of_the_text(text: str, query: str) -> None:
    text = unicodedata.normalize("NFC", text)
    asked = wishes(words(query), relaxed=False)
    assert "".join(piece.text for piece in marked(text, asked)) == text
    part = "".join(piece.text for piece in snippet(text, asked)).removeprefix("… ").removesuffix(" …")
    assert part in text
    assert len(part) <= 160


def test_a_query_may_not_have_words_that_are_left_out(search: Search) -> None:
    with pytest.raises(QueryError, match="21 words; it may have 20"):
        search.find("a " * 21)


def test_a_search_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    many = (Entry(f"task/{n}", "dữ liệu số", "", (("kind", "task"),)) for n in range(20_000))
    build(many, tmp_path / "many.sqlite")
    with pytest.raises(SearchTimeoutError):
        Search(tmp_path / "many.sqlite", seconds=0).find("du lieu")

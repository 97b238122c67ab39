"""Doubts of the reading in the language of a page."""

import io
import json
from pathlib import Path

import pytest

from graph.store import open_read_only
from service.doubts import doubt_text
from service.texts import DOUBTS


@pytest.mark.parametrize(
    ("doubt", "said"),
    [
        ("number printed one row too low", "số thứ tự in thấp hơn một dòng"),
        ("a paragraph of column 4 given back to the row before", "một đoạn của cột 4 được trả về dòng trước"),
        ("leads and coordinates: Sở Y tế", "vừa chủ trì vừa phối hợp: Sở Y tế"),
        ("something that nobody has put into words", "something that nobody has put into words"),
    ],
)
def test_a_doubt_is_said_in_the_language_of_the_page_with_its_own_words(doubt: str, said: str) -> None:
    assert doubt_text(doubt, "vi") == said


def test_the_words_have_the_same_places_in_both_languages() -> None:
    for doubt in DOUBTS["vi"]:
        assert [DOUBTS[one][doubt].count("…") for one in ("vi", "en")] == [doubt.count("…")] * 2, doubt


def test_every_doubt_of_the_five_plans_has_vietnamese_words(built_releases: Path) -> None:
    store = open_read_only((built_releases / "current").resolve() / "store")
    asked = "SELECT DISTINCT ?doubt { ?row <https://w3id.org/phancong/def#doubt> ?doubt }"
    output = io.BytesIO()
    store.query(asked).write(output, "application/sparql-results+json")
    found = [row["doubt"]["value"] for row in json.loads(output.getvalue())["results"]["bindings"]]
    assert len(found) > 10
    assert [one for one in found if doubt_text(one, "vi") == one] == []

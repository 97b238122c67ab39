"""Spellings found among words: accents, missing accents, one letter wrong, longest first."""

from __future__ import annotations

import unicodedata

import pytest

from graph.asking.lexicon import Lexicon, longest_first, one_apart
from graph.asking.tokens import normal, tokens

LEXICON = Lexicon.of(
    (text, text)
    for text in (
        "sở",
        "số",
        "Quảng Trị",
        "quản",
        "Thanh Hóa",
        "AI",
        "ai",
        "đầu tư",
        "đầu tư công",
        "agencies",
        "5G",
        "DOST",
        "the most",
    )
)


def found(text: str) -> list[tuple[str, ...]]:
    matches = longest_first(LEXICON.matches(tokens(normal(text))), set())
    return [match.meanings for match in matches]


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("sở", [("sở",)]),
        ("số", [("số",)]),
        ("so", [("sở", "số")]),  # no accents: it may be either
        ("so đầu tư", [("đầu tư",)]),  # accents elsewhere: "so" is meant
        ("đầu tư công", [("đầu tư công",)]),
        ("Thanh Hoá", [("Thanh Hóa",)]),
        (unicodedata.normalize("NFD", "Thanh Hóa"), [("Thanh Hóa",)]),
        ("thanh hoa", [("Thanh Hóa",)]),
        ("THANH HÓA", [("Thanh Hóa",)]),
        ("Quảng Trj", [("Quảng Trị",)]),
        ("Quản Trị", [("Quảng Trị",)]),  # a word of the lexicon, but written as a name
        ("quản trị", [("quản",)]),
        ("AI", [("AI",)]),
        ("ai", [("ai",)]),
        ("Ai", [("ai",)]),
        ("agncies", [("agencies",)]),
        ("the mosr", [("the most",)]),
        ("the DOST", [("DOST",)]),  # an abbreviation that is known is no slip
        ("sỏ", []),  # too short to be misspelt
        ("6G", []),  # another number is no slip
        ("", []),
    ],
)
def test_spellings(text: str, meanings: list[tuple[str, ...]]) -> None:
    assert found(text) == meanings


def test_a_misspelt_name_says_the_right_spelling() -> None:
    (match,) = longest_first(LEXICON.matches(tokens("ở Quảng Trụ")), set())
    assert (match.misspelt, match.start, len(match)) == ("Quảng Trị", 1, 2)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("quang", "quan", True),
        ("nge", "nghe", True),
        ("teh", "the", True),
        ("tri", "trj", True),
        ("tri", "tri", False),
        ("abcd", "badc", False),
        ("ab", "abcd", False),
    ],
)
def test_one_letter_apart(one: str, other: str, apart: bool) -> None:
    assert one_apart(one, other) is one_apart(other, one) is apart

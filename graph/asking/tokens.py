"""The words of a question as they are looked up, and where they stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from graph.search.words import words

_TOKEN = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)*|\d+")  # "NQ57" is two, "KH&CN" one


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number: as written, with accents in one spelling (``exact``), without (``folded``), and its place."""

    text: str
    exact: str
    folded: str
    start: int
    end: int

    @property
    def accented(self) -> bool:
        """Whether it has any accent."""
        return self.exact != self.folded

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def normal(text: str) -> str:
    """The text in the form that the places of tokens count in: NFC, blanks made one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in the form that :func:`normal` gives."""
    found = []
    for match in _TOKEN.finditer(text):
        for word in words(match[0]):
            found.append(Token(match[0], word.exact, word.folded, match.start(), match.end()))
    return tuple(found)


def written(text: str, part: Sequence[Token]) -> str:
    """What stands in the text from the first to the last of some tokens."""
    return text[part[0].start : part[-1].end] if part else ""

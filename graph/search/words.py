"""Words as the index holds them: with their accents, written in one way, and without.

A Vietnamese syllable is written with the tone mark over one vowel or another ("hoà", "hòa"). With the tone taken out
and put behind the letters, both are "hoa2"; marks that make another letter (ă â đ ê ô ơ ư) stay where they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from graph.text import fold

_WORD = re.compile(r"\w+(?:&\w+)*")  # "KH&CN" is one word
_TONES = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its accents in one spelling (``exact``) and as lower-case ASCII (``folded``)."""

    exact: str
    folded: str

    @property
    def accented(self) -> bool:
        """Whether it has any accent."""
        return self.exact != self.folded


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in any Unicode form, in order."""
    return tuple(word for _, _, word in placed_words(unicodedata.normalize("NFC", text)))


def placed_words(text: str) -> list[tuple[int, int, Word]]:
    """The words of a text in NFC, each with where it begins and ends."""
    found = ((one.start(), one.end(), one[0].lower()) for one in _WORD.finditer(text))
    return [
        (start, end, Word(_exact(word), folded))
        for start, end, word in found
        if (folded := fold(word).replace(" ", ""))
    ]


def _exact(word: str) -> str:
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        elif char not in "&_":
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)) + tone

"""Comparing Vietnamese text: folding, slugs, and the numbers of rows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# capital letters, for the inside of a character class of a regular expression: ranges such as À-Ỵ hold small ones too
CAPITALS = "A-Z" + "".join(chr(c) for c in (*range(0xC0, 0x250), *range(0x1E00, 0x1EFA)) if chr(c).isupper())
_MARKS = re.compile("[\u0300-\u036f]+")  # combining diacritical marks, all that Vietnamese decomposes to
_ROMAN = ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NO_LETTER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower-case, without diacritics (đ is d), everything but letters and digits one space: OCR variants compare
    equal."""
    return _NO_LETTER.sub(" ", _bare(text)).strip()


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """The text as a part of an IRI: folded, words joined by hyphens."""
    return fold(text).replace(" ", "-")


def fold_in_place(text: str) -> str:
    """Lower-case without diacritics, character by character: ``len`` stays, so that offsets do."""
    return "".join(map(_bare_character, text))


@lru_cache(maxsize=4096)
def _bare_character(char: str) -> str:
    bare = _bare(char)
    return bare if len(bare) == 1 else char


def _bare(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower().replace("đ", "d")))


def natural_key(text: str) -> tuple[tuple[int, str], ...]:
    """Sort key that puts "7.10" after "7.9"."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", text))


def roman(number: int) -> str:
    """A number from 1 to 49 in Roman numerals."""
    text = ""
    for value, numeral in _ROMAN:
        count, number = divmod(number, value)
        text += numeral * count
    return text

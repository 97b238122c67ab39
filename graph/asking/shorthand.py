"""Words that people write short ("ko", "vb", "t9/2026"), spelled out before they are looked up (shorthand.toml)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from graph.asking import AskingError
from graph.entries import read_toml
from graph.text import fold_in_place

_FILE = Path(__file__).with_name("shorthand.toml")


def spelled_out(text: str) -> str:
    """The text (NFC) with what is written short spelled out; without accents where the text has none."""
    words, pattern = _shorthand()
    plain = text.isascii()
    return pattern.sub(lambda match: _full(words[match[0]], plain), text)


def _full(word: str, plain: bool) -> str:
    return fold_in_place(word) if plain else word


@cache
def _shorthand() -> tuple[dict[str, str], re.Pattern[str]]:
    table = read_toml(_FILE, AskingError)
    words = {**table["word"], **{short: f"{full} " for short, full in table["before_number"].items()}}
    behind = "".join(rf"(?<!(?i:{re.escape(one)}) )" for one in table["not_behind"])
    alone = "|".join(map(re.escape, table["word"]))
    numbered = "|".join(map(re.escape, table["before_number"]))
    return words, re.compile(rf"(?<![\w/&.-]){behind}(?:(?:{alone})(?![\w/&]|-\w)|(?:{numbered})(?=\d))")

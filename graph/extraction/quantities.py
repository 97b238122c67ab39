"""Quantities: what a cell of an indicator table says, as comparator and value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.records import Comparator
from graph.text import fold_in_place

_NUMBER = r"(\d{1,3}(?: \d{3})+|\d+(?:[.,]\d+)*)"
_SIGNS: dict[str, Comparator] = {
    "≥": ">=", ">=": ">=", "=>": ">=", "≤": "<=", "<=": "<=", "=<": "<=", ">": ">", "<": "<",
    "tren": ">", "hon": ">", "vuot": ">", "duoi": "<", "toi thieu": ">=", "it nhat": ">=", "tu": ">=",
    "khong duoi": ">=", "khong thap hon": ">=", "toi da": "<=", "khong qua": "<=", "khong vuot qua": "<=",
}  # fmt: skip
_YES = {"x", "co", "hoan thanh", "da hoan thanh", "dat", "bao dam", "dam bao", "v", "√", "✓"}
_NONE = re.compile(r"[-–—.…/\s]*")
_OTHER_SPELLINGS = (
    (re.compile(r"\\geq?\b|\\geqslant\b"), "≥"),
    (re.compile(r"\\leq?\b|\\leqslant\b"), "≤"),
    (re.compile(r"[$\\]"), ""),
    (re.compile(r"[⩾≧]|[>=]\s+[=>]"), "≥"),
    (re.compile(r"[⩽≦]|[<=]\s+[=<]"), "≤"),
)
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_COUNTED = r"[a-z]+(?: [a-z]+){0,2}(?:/[\d.]+(?: [a-z]+){0,2})?"  # "trung tâm", "người/10.000 dân"
_AMOUNT = re.compile(
    rf"(?:(?:phan dau|bao dam|dam bao|hoan thanh|dat|(?:trong )?khoang|~)\s*)*(?:(?P<sign>{_SIGN})\s*)?{_NUMBER}\s*%?"
    rf"(?:\s*(?:[-–÷]|den)\s*{_NUMBER}\s*%?)?(?P<up>\s*tro\s+len)?\s*(?:{_COUNTED})?\s*[*]*(?P<rest>\(.*\)?)?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A comparator with its value; a range has both ends, ``yes`` and ``text`` have none."""

    op: Comparator
    value: float | None = None
    value_max: float | None = None


@lru_cache(maxsize=65536)
def parse_quantity(text: str) -> Quantity | None:
    """What a value cell says, or None where it says "not done" (empty, a dash, dots). A remark in brackets after it is
    left aside."""
    for pattern, sign in _OTHER_SPELLINGS:
        text = pattern.sub(sign, text)
    folded = " ".join(fold_in_place(text).split()).strip(" .;")
    if _NONE.fullmatch(folded):
        return None
    if folded in _YES:
        return Quantity("yes")
    amount = _AMOUNT.fullmatch(folded)
    if not amount:
        return Quantity("text")
    low, high = parse_number(amount[2]), amount[3] and parse_number(amount[3])
    if high:
        return Quantity("range", low, high)
    return Quantity(">=" if amount["up"] else _SIGNS.get(amount["sign"] or "", "="), low)


def parse_number(text: str) -> float:
    """A number as Vietnamese plans print it: "1.000" is 1000, "0,75" and "0.75" are 0.75, "07" is 7."""
    text = text.replace(" ", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", text):
        return float(text.replace(".", "").replace(",", "."))
    if text.count(".") + text.count(",") > 1:
        return float(re.sub(r"[.,]", "", text))
    return float(text.replace(",", "."))

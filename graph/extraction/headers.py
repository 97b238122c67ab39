"""Which column of a table means what, from its header and a file of header terms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.reading import Row
from graph.text import fold

Role = Literal[
    "number", "task", "lead", "coordinate", "result", "deadline", "note", "indicator", "unit", "baseline", "target"
]
Terms = Mapping[Role, tuple[str, ...]]

TERMS = Path(__file__).with_name("headers.toml")
_YEAR = re.compile(r"\b(20\d\d)\b")
_PERIOD = re.compile(r"(?:tháng\s*(\d{1,2})\s*[/-]\s*)?\b(20\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """One logical column: ``year`` where it holds targets of a year, ``period`` (YYYY or YYYY-MM) where it holds a
    baseline."""

    role: Role
    year: int | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table from left to right, and how many rows the header takes."""

    columns: tuple[Column, ...]
    rows: int

    @property
    def holds(self) -> Literal["tasks", "indicators"] | None:
        """What the table lists; None where it is neither (a budget, a list of members, …)."""
        roles = [column.role for column in self.columns]
        if "target" in roles and ("indicator" in roles or "task" in roles):
            return "indicators"
        if "task" in roles and roles.count("number") <= 1 and {"lead", "deadline", "result", "coordinate"} & set(roles):
            return "tasks"
        return None


def load_terms(path: Path = TERMS) -> Terms:
    """The header terms of a file, folded. Raises ``OSError`` or ``tomllib.TOMLDecodeError``."""
    terms: dict[Role, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["terms"]
    return {role: tuple(fold(term) for term in words) for role, words in terms.items()}


def read_header(rows: Sequence[Row], terms: Terms) -> Header | None:
    """The header that the first rows of a table make, or None where the first row is none."""
    labels = [cell.text for cell in rows[0].cells]
    while labels and not labels[-1]:
        labels.pop()
    if sum(_likeness(label, role, terms) >= 0.5 for label in labels for role in _NAMING) < 2:
        return None
    below = [cell.text for cell in rows[1].cells if cell] if len(rows) > 1 else []
    if below and all(_YEAR.search(label) or _likeness(label, "baseline", terms) >= 0.5 for label in below):
        return Header(tuple(_with_values(labels, below, terms)), rows=2)
    if any(_YEAR.search(label) for label in labels):
        return Header(tuple(_columns(labels, terms)), rows=1)
    return Header(tuple(Column(role) for role in assign_roles([x for x in labels if x], terms)), rows=1)


_NAMING: tuple[Role, ...] = ("number", "task", "indicator", "lead", "coordinate", "deadline")


def _with_values(labels: Sequence[str], below: Sequence[str], terms: Terms) -> list[Column]:
    """The columns of a header of two rows: the one label that stands over the values gives way to them."""
    written = [label for label in labels if label]
    over = max(
        range(1, len(written)), key=lambda i: (_likeness(written[i], "target", terms) - _named(written[i], terms), i)
    )
    sides = assign_roles([*written[:over], *written[over + 1 :]], terms)
    return [*map(Column, sides[:over]), *(_value_column(label, terms) for label in below), *map(Column, sides[over:])]


def _columns(labels: Sequence[str], terms: Terms) -> list[Column]:
    """The columns of a header of one row in which some labels are years."""
    written = [label for label in labels if label]
    sides = iter(assign_roles([label for label in written if not _YEAR.search(label)], terms))
    return [_value_column(label, terms) if _YEAR.search(label) else Column(next(sides)) for label in written]


def _value_column(label: str, terms: Terms) -> Column:
    found = _PERIOD.search(label)
    if _likeness(label, "baseline", terms) > 0 or not found:
        period = None if not found else f"{found[2]}-{int(found[1]):02}" if found[1] else found[2]
        return Column("baseline", period=period)
    return Column("target", year=int(found[2]))


def _named(label: str, terms: Terms) -> float:
    """How surely a label names a column that holds no values."""
    return max(_likeness(label, role, terms) for role in ("lead", "coordinate", "unit", "number", "note"))


def _likeness(label: str, role: Role, terms: Terms) -> float:
    """Share of the label's words that the role's best term covers, 0 … 1."""
    words = fold(label)
    if not words:
        return 0.0
    return max((len(t.split()) / len(words.split()) for t in terms[role] if f" {t} " in f" {words} "), default=0.0)


def assign_roles(labels: Sequence[str], terms: Terms) -> list[Role]:
    """Roles for labels, each role once at most where its column can stand once: the assignment that fits best as a
    whole."""
    roles: list[Role] = [
        "number",
        "task",
        "indicator",
        "lead",
        "coordinate",
        "result",
        "deadline",
        "unit",
        "note",
        "baseline",
        "target",
    ]
    if len(labels) > len(roles):
        return ["note"] * len(labels)
    candidates = [[r for r in roles if _likeness(label, r, terms) > 0] or ["note"] for label in labels]
    best: tuple[float, list[Role]] = (-1.0, ["note"] * len(labels))
    for choice in _choices(candidates):
        score = sum(_likeness(label, role, terms) for label, role in zip(labels, choice, strict=True))
        if score > best[0]:
            best = (score, choice)
    return best[1]


def _choices(candidates: Sequence[Sequence[Role]]) -> list[list[Role]]:
    """Every way to give each label one of its roles, no role (but ``note``) twice."""
    ways: list[list[Role]] = [[]]
    for roles in candidates:
        grown = [[*way, role] for way in ways for role in roles if role == "note" or role not in way]
        ways = grown or [[*way, "note"] for way in ways]
    return ways


__all__ = ["Column", "Header", "Role", "Terms", "load_terms", "read_header"]

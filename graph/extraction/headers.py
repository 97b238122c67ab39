"""Which column of a table means what, from its header and a file of header terms."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

from graph.reading import Row
from graph.reading.cell_lines import ROW_NUMBER
from graph.text import fold

Role = Literal[
    "number", "task", "lead", "coordinate", "result", "deadline", "note", "indicator", "unit", "baseline", "target"
]
Terms = Mapping[Role, tuple[str, ...]]

TERMS = Path(__file__).with_name("headers.toml")
_YEAR = re.compile(r"\b(20\d\d)\b")
_BARE_YEAR = re.compile(r"(?<!năm)\s(?=20\d\d\b)", re.IGNORECASE)
_PERIOD = re.compile(r"(?:th[aá]ng\s*(\d{1,2})\s*[/ -]\s*)?\b(20\d\d)\b", re.IGNORECASE)
_PAST = re.compile(r"(?:nam )?20\d\d (?:uoc )?(?:thuc hien|dat duoc|hien trang|uoc|uoc dat)")  # "2025 (thực hiện)"
_NAMING: tuple[Role, ...] = ("number", "task", "indicator", "lead", "coordinate", "deadline")
_BELOW: tuple[Role, ...] = ("lead", "coordinate", "deadline", "result")  # what one label can stand over
_MOST_TITLE_ROWS = 3
_FEWEST_NUMBERED = 3  # columns
_FIRST_ROWS = 6
_SURELY = 0.75  # of the words of a label
_BODY = "don vi"  # also "unit" of what is measured
_NUMBER_SIGN = "STT"  # what an empty label, or a mere sign, above row numbers means


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

    def of_year(self, year: int | None) -> Header:
        """The header with its columns of targets that name no year as those of one."""
        columns = (replace(c, year=c.year or year) if c.role == "target" else c for c in self.columns)
        return replace(self, columns=tuple(columns))


def load_terms(path: Path = TERMS) -> Terms:
    """The header terms of a file, folded. Raises ``OSError`` or ``tomllib.TOMLDecodeError``."""
    terms: dict[Role, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["terms"]
    return {role: tuple(fold(term) for term in words) for role, words in terms.items()}


def load_other_tables(path: Path = TERMS) -> Mapping[str, tuple[str, ...]]:
    """By what other tables list, the names of their columns, folded. Raises as :func:`load_terms` does."""
    kinds: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["other"]
    return {kind: tuple(fold(term) for term in words) for kind, words in kinds.items()}


def read_header(rows: Sequence[Row], terms: Terms) -> Header | None:
    """The header that the first rows of a table make, or None where they make none; a title of one cell may stand
    above it, a row that numbers the columns below."""
    header = _header(rows, terms)
    if header and len(rows) > header.rows and numbers_columns(rows[header.rows]):
        return replace(header, rows=header.rows + 1)
    return header


def numbers_columns(row: Row) -> bool:
    """Whether a row only numbers the columns: "1 2 3 4", "(1) (2) (3)", "A B 1 2"."""
    marks = [cell.text.strip("()[] ") for cell in row.cells if cell]
    digits = [int(mark) for mark in marks if mark.isdecimal()]
    letters = marks[: len(marks) - len(digits)]
    return (
        len(digits) >= _FEWEST_NUMBERED
        and digits == list(range(digits[0], digits[0] + len(digits)))
        and letters == [chr(ord("A") + i) for i in range(len(letters))]
    )


def _header(rows: Sequence[Row], terms: Terms) -> Header | None:
    above = next((i for i, row in enumerate(rows) if sum(map(bool, row.cells)) > 1), 0)
    labels = [_label(cell.text) for cell in rows[above].cells]
    if labels and not labels[0] and _are_numbered(rows[above + 1 :]):
        labels[0] = _NUMBER_SIGN
    while labels and not labels[-1]:
        labels.pop()
    if above >= _MOST_TITLE_ROWS or sum(_likeness(x, role, terms) >= 0.5 for x in labels for role in _NAMING) < 2:
        return None
    deep, below = _labels_below([[cell.text for cell in row.cells] for row in rows[above + 1 : above + 3]], terms)
    written = [label for label in below if label]
    placed = len(below) >= len(labels) > _FEWEST_NUMBERED  # the file tells in which column a label stands
    heading = below[:1] == written and bool(labels[0]) and (placed or not _over_values(labels, terms))
    if written and not heading and all(_is_value_label(label, terms) for label in written):
        return Header(tuple(_with_values(labels, written, terms, _standing_over(labels, below))), rows=above + 2)
    if parts := _parts_of_labels(labels, below, terms):
        return Header(tuple(_columns(parts, terms)), rows=above + 2)
    if written and all(max(_likeness(x, role, terms) for role in _BELOW) >= 0.5 for x in written):
        columns = _columns(_over_and_below(labels, below, terms), terms)
        return Header(tuple(columns), rows=above + 1 + deep)
    return Header(tuple(_columns(labels, terms)), rows=above + 1)


def _label(text: str) -> str:
    """A label as it is meant: one of row numbers may be a mere sign, or broken within its narrow column ("ST T")."""
    return _NUMBER_SIGN if "".join(text.split()).upper() in ("#", "№", "TT", "SỐ", _NUMBER_SIGN) else text


def _are_numbered(rows: Sequence[Row]) -> bool:
    """Whether most of the first rows open with a row number."""
    opened = [bool(ROW_NUMBER.fullmatch(row.cells[0].text)) for row in rows[:_FIRST_ROWS]]
    return len(opened) > 1 and 2 * sum(opened) > len(opened)


def _labels_below(rows: Sequence[Sequence[str]], terms: Terms) -> tuple[int, list[str]]:
    """The labels below those of the first row of a header, and how many rows they take: two where the labels of the
    second row stand below some of the first ("Cơ quan" over "Chủ trì" and "Phối hợp")."""
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) and not rows[0][0] and not rows[1][0]:
        labels = [second or first for first, second in zip(*rows, strict=True)]
        deeper = any(rows[1]) and any(first and not second for first, second in zip(*rows, strict=True))
        if deeper and all(max(_likeness(x, role, terms) for role in _BELOW) >= 0.5 for x in labels if x):
            return 2, labels
    return 1, list(rows[0]) if rows else []


def _is_value_label(label: str, terms: Terms) -> bool:
    return bool(_YEAR.search(label)) or _likeness(label, "baseline", terms) >= 0.5


def _over_and_below(labels: Sequence[str], below: Sequence[str], terms: Terms) -> list[str]:
    """The labels of a header of two rows, one label of the first standing over those of the second ("Cơ quan thực
    hiện" over "Chủ trì" and "Phối hợp")."""
    written = [label for label in below if label]
    first = next(i for i, label in enumerate(below) if label)
    placed = len(labels) >= first + len(written) and not any(labels[first + 1 : first + len(written)])
    if not placed:  # merged cells take one place only
        labels = [label for label in labels if label]
        first = max(range(len(labels)), key=lambda i: max(_likeness(labels[i], role, terms) for role in _BELOW[:2]))
        return [*labels[:first], *written, *labels[first + 1 :]]
    return [*labels[:first], *written, *labels[first + len(written) :]]


def _parts_of_labels(labels: Sequence[str], below: Sequence[str], terms: Terms) -> list[str] | None:
    """The labels of a header of two rows whose places tell which of the first stand over some of the second, each over
    two at least ("Đơn vị" over "Chủ trì" and "Phối hợp", "Thời gian" over "Bắt đầu" and "Kết thúc"); None for any
    other two rows."""
    over = [*labels, *[""] * (len(below) - len(labels))]
    if len(over) != len(below) or not any(below):
        return None
    parts: list[str] = []
    begins = [i for i, label in enumerate(over) if label]
    for begin, end in pairwise([*begins, len(over)]):
        under = below[begin:end]
        if not any(under):
            parts.append(over[begin])
        elif len(under) > 1 and all(max(_likeness(x, role, terms) for role in (*_BELOW, "note")) >= 0.5 for x in under):
            parts += under
        else:
            return None
    return parts


def _standing_over(labels: Sequence[str], below: Sequence[str]) -> int | None:
    """Which of the written labels stands over all those below, as their places show; None where those do not."""
    places = [i for i, label in enumerate(below) if label]
    first, last = places[0], places[-1]
    if not first or first >= len(labels) or not labels[first] or any(labels[first + 1 : last + 1]) or first == last:
        return None
    return sum(map(bool, labels[:first]))


def _with_values(labels: Sequence[str], below: Sequence[str], terms: Terms, over: int | None = None) -> list[Column]:
    """The columns of a header of two rows: the one label that stands over the values (by its place ``over`` among the
    labels, or else the likeliest) gives way to them."""
    written = [label for label in labels if label]
    over = over or max(
        range(1, len(written)), key=lambda i: (_likeness(written[i], "target", terms) - _named(written[i], terms), i)
    )
    sides = assign_roles([*written[:over], *written[over + 1 :]], terms)
    return [*map(Column, sides[:over]), *_value_columns(below, terms), *map(Column, sides[over:])]


def _columns(labels: Sequence[str], terms: Terms) -> list[Column]:
    """The columns of a header of one row; a label with a year holds values, unless it names something else of the
    year."""
    written = [label for label in labels if label]
    lists_tasks = any(_likeness(x, "task", terms) >= 0.5 for x in written) and not any(
        _likeness(x, role, terms) >= 0.5 for x in written for role in ("indicator", "unit")
    )
    others: tuple[Role, ...] = ("deadline", "note", "result") if lists_tasks else ("deadline", "note")

    def is_value(label: str) -> bool:
        return bool(_YEAR.search(label)) and not any(_likeness(label, role, terms) for role in others)

    unused: tuple[Role, ...] = ("baseline", "target") if lists_tasks else ()
    sides_of = [label for label in written if not is_value(label)]
    roles = _with_tasks(_without_units_of_tasks(assign_roles(sides_of, terms, unused), sides_of), sides_of, terms)
    sides = iter(roles)
    values = iter(_value_columns([label for label in written if is_value(label)], terms))
    return [next(values) if is_value(label) else Column(next(sides)) for label in written]


def _without_units_of_tasks(roles: Sequence[Role], labels: Sequence[str]) -> list[Role]:
    """The roles, "Đơn vị" as who leads where nobody else does and nothing is measured: "Nhiệm vụ", "Thời gian", "Đơn
    vị"."""
    measures = "task" not in roles or {"lead", "indicator", "target"} & set(roles)
    return [
        "lead" if role == "unit" and fold(label) == _BODY and not measures else role
        for role, label in zip(roles, labels, strict=True)
    ]


def _with_tasks(roles: list[Role], labels: Sequence[str], terms: Terms) -> list[Role]:
    """The roles; where no column lists anything, one that names its tasks first and who leads them behind does: "Nhiệm
    vụ, đơn vị chủ trì"."""
    if {"task", "indicator"} & set(roles):
        return roles
    both = (i for i, label in enumerate(labels) if any(fold(label).startswith(f"{term} ") for term in terms["task"]))
    first = next((i for i in both if roles[i] in ("lead", "coordinate", "result", "deadline")), None)
    return ["task" if i == first else role for i, role in enumerate(roles)]


def flat_columns(labels: Sequence[str], terms: Terms) -> list[Column]:
    """The columns of a header whose labels stand one after the other, those of a second row after all of the first."""
    dated = [label for label in labels if _YEAR.search(label)]
    if len(dated) > 1 and list(labels[-len(dated) :]) == dated and _over_values(labels[: -len(dated)], terms):
        return _with_values(labels[: -len(dated)], dated, terms)
    return _columns(labels, terms)


def names_block(labels: Sequence[str], terms: Terms) -> bool:
    """Whether the last label is none of the header but a line below it that names the year of the rows ("Đến năm
    2030")."""
    return [bool(_YEAR.search(x)) for x in labels] == [False] * (len(labels) - 1) + [True] and _over_values(
        labels[:-1], terms
    )


def _over_values(labels: Sequence[str], terms: Terms) -> bool:
    """Whether one of the labels, the name of what is measured aside, is that of values without a year."""
    return "target" in assign_roles(labels, terms)


def _value_columns(labels: Sequence[str], terms: Terms) -> list[Column]:
    """Columns of values. The first is a baseline where it alone speaks of a result ("Kết quả 2024", "2025", "2030"), or
    alone of no target ("Năm 2025", "Mục tiêu 2026", "Mục tiêu 2030")."""
    columns = [_value_column(label, terms) for label in labels]
    results = [_likeness(label, "result", terms) > 0 for label in labels]
    bare = [not _likeness(_YEAR.sub("", label), "target", terms) for label in labels]
    alone = (results[0] and not any(results[1:])) or (bare[0] and not any(bare[1:])) if labels else False
    if len(columns) > 1 and alone and columns[0].year:
        columns[0] = Column("baseline", period=str(columns[0].year))
    return columns


def _value_column(label: str, terms: Terms) -> Column:
    found = _PERIOD.search(label)
    named = label if _likeness(label, "result", terms) else _BARE_YEAR.sub(" năm ", label)  # "Thực hiện 2024"
    if _likeness(named, "baseline", terms) > 0 or not found or _PAST.fullmatch(fold(label)):
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


def role_of(label: str, terms: Terms, roles: Sequence[Role], least: float = _SURELY) -> Role | None:
    """Which of some roles a label names, None where its terms cover less than this share of the label's words."""
    best = max(roles, key=lambda role: _likeness(label, role, terms))
    return best if _likeness(label, best, terms) >= least else None


def assign_roles(labels: Sequence[str], terms: Terms, unused: Sequence[Role] = ()) -> list[Role]:
    """Roles (but the unused ones) for labels, each role once at most where its column can stand once: the assignment
    that fits best as a whole."""
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
    likely = [[r for r in roles if r not in unused and _likeness(label, r, terms) > 0] for label in labels]
    wanted = Counter(role for candidates in likely for role in candidates)
    # A label whose every role another one may have too can go without.
    candidates = [some if any(wanted[role] == 1 for role in some) else [*some, "note"] for some in likely]
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

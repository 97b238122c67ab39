"""Tasks set out in running text, each with labelled lines below it ("- Cơ quan chủ trì: …", "- Thời hạn: …") or with
the same labels behind it in one paragraph, read as the table that they stand for.

Only labels that are names of columns count, each closed by a colon, and a task needs who leads it and one more of them:
sentences that merely assign work are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.extraction.headers import Column, Header, Role, Terms, role_of
from graph.reading import Row
from graph.source_text import CELL_LINE, SourceText

_ROLES: tuple[Role, ...] = ("lead", "coordinate", "result", "deadline")
_COLUMNS: tuple[Role, ...] = ("number", "task", *_ROLES)
HEADER = Header(tuple(map(Column, _COLUMNS)), rows=0)
_LABEL = re.compile(
    rf"(?:^|(?<=[.;(])|{CELL_LINE})[\s*]*(?:[-–+•*]\s*)?(?P<label>[^\W\d_][^.;:(){CELL_LINE}]{{3,60}}?)\s*:[\s*]*"
)
_OPENING = re.compile(
    r"[\s#*]*(?:(?:Nhiệm vụ|Hoạt động|Nội dung|Công việc)\s+(?:số\s+)?)?"
    r"(?P<no>\d{1,3}(?:\.\d+)*|[a-zđ]|[IVX]+(?:\.\d+)+)\s*[.):]\s*(?=\S)"
    r"|\s*[-–+•*]\s+"
)
_HEADING = re.compile(r"[\s#*]*(?P<no>[IVXLC]+|[A-ZĐ])[.)]\s+(?=\S)")
_EDGES = f" .;,*-–+•({CELL_LINE}"
_FEWEST = 2


@dataclass
class _Unit:
    """A paragraph with the labelled lines below it."""

    text: SourceText
    cells: dict[Role, SourceText] = field(default_factory=dict)

    @property
    def is_task(self) -> bool:
        """Whether it says who leads, and one thing more."""
        return "lead" in self.cells and len(self.cells) > 1


def read_labelled(lines: Sequence[SourceText], terms: Terms) -> tuple[Row, ...]:
    """The rows that a run of lines sets out, below headings; none where it sets out fewer than two."""
    units = list(_units(lines, terms))
    if sum(unit.is_task for unit in units) < _FEWEST:
        return ()
    return tuple(_rows(units))


def _rows(units: Sequence[_Unit]) -> Iterator[Row]:
    headings: list[Row] = []
    for unit in units:
        heading = _HEADING.match(unit.text.text)
        if unit.is_task:
            yield from headings
            headings = []
            yield _task(unit)
        elif heading or unit.text.text.isupper():
            number = unit.text[heading.start("no") : heading.end("no")] if heading else SourceText.empty()
            title = unit.text[heading.end() if heading else 0 :].strip(" *")
            headings = [Row((number, title.folded(), *[SourceText.empty()] * len(_ROLES)))]


def _task(unit: _Unit) -> Row:
    opening = _OPENING.match(unit.text.text)
    number = SourceText.empty()
    if opening and opening["no"]:
        number = unit.text[opening.start("no") : opening.end("no")]
    title = unit.text[opening.end() if opening else 0 :].folded().strip(_EDGES)
    return Row((number, title, *(unit.cells.get(role, SourceText.empty()) for role in _ROLES)))


def _units(lines: Sequence[SourceText], terms: Terms) -> Iterator[_Unit]:
    """Paragraphs, labelled lines put to the one above them. A blank line or the mark of a list begins a new one."""
    unit = _Unit(SourceText.empty())
    last: Role | None = None  # the label whose words may go on in the next line
    blank = True
    for line in lines:
        if not line.text.strip():
            last, blank = None, True
            continue
        before, labelled = _labelled(line, terms)
        if before:
            begins = (
                (blank and not before.text[0].islower()) or _OPENING.match(before.text) or _HEADING.match(before.text)
            )
            if last and not begins:
                unit.cells[last] = SourceText.join(" ", [unit.cells[last], before])
            elif begins or unit.cells:
                yield unit
                unit, last = _Unit(before), None
            else:
                unit.text = SourceText.join(" ", [unit.text, before])
        for role, value in labelled:
            if role not in unit.cells:
                unit.cells[role] = value
            last = role
        blank = False
    yield unit


def _labelled(line: SourceText, terms: Terms) -> tuple[SourceText, list[tuple[Role, SourceText]]]:
    """What stands in a line before its first label, and what each label says."""
    found = [(mark, role_of(mark["label"], terms, _ROLES)) for mark in _LABEL.finditer(line.text)]
    marks = [(mark, role) for mark, role in found if role]
    if not marks:
        return line, []
    ends = [*(mark.start() for mark, _ in marks[1:]), len(line)]
    values = [(role, line[mark.end() : end].strip(_EDGES)) for (mark, role), end in zip(marks, ends, strict=True)]
    return line[: marks[0][0].start()].strip(_EDGES), [(role, value) for role, value in values if value]

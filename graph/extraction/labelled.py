"""Tasks set out in running text, each with labelled lines below it ("- Cơ quan chủ trì: …", "- Thời hạn: …") or with
the same labels behind it in one paragraph, read as the table that they stand for.

Only labels that are names of columns count, each closed by a colon, apart from its value by a wide gap, or alone on its
line; and a task needs who leads it and one more of them: sentences that merely assign work are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.extraction.headers import Column, Header, Role, Terms, role_of
from graph.reading import Row
from graph.source_text import CELL_LINE, SourceText
from graph.text import CAPITALS, fold

_SAID: tuple[Role, ...] = ("lead", "coordinate", "result", "deadline")
_COLUMNS: tuple[Role, ...] = ("number", "task", *_SAID)
_LABELS: tuple[Role, ...] = (*_COLUMNS, "note")
HEADER = Header(tuple(map(Column, _COLUMNS)), rows=0)
_LABEL = re.compile(
    rf"(?:^|(?<=[.;(])|{CELL_LINE})[\s*]*(?:[-–+•*]\s*)?(?P<label>[^\W\d_][^.;:(){CELL_LINE}]{{3,60}}?)\s*:(?:[^\S{CELL_LINE}]|\*)*"
)
_ASSIGNS = re.compile(
    rf"\s*(?:[-–+•*]\s*)?(?P<who>[{CAPITALS}][^.;:]{{2,90}}?\s+chủ trì"
    r"(?:,?\s+(?:và\s+)?phối hợp\s+(?:cùng|với)\s+[^.;:]{3,240}?)?)"
    r"(?:\s+(?:tổ chức\s+)?(?:thực hiện|triển khai))?\s*[.;](?=\s|$)"
)  # "Sở Y tế chủ trì, phối hợp với Công an tỉnh tổ chức thực hiện."
_NEXT_ITEM = re.compile(r"(?<=\)[.;])\s+(?=[a-zđ]\)\s)")  # behind what brackets say of the one before
_BESIDE = re.compile(r"\s*(?P<label>\S+(?: \S+)*?)(?: {2,}|\t+\s*)(?P<value>\S+(?: \S+)*)\s*")
_OPENING = re.compile(
    r"[\s#*]*(?:(?:Nhiệm vụ|Hoạt động|Nội dung|Công việc|Đề án|Dự án)\s+(?:số\s+)?)?"
    r"\[?(?P<no>\d{1,3}(?:\.\d+)*|[a-zđ]|[IVX]+(?:\.\d+)+|(?<=\[)[^\W\d_]{1,6}[\s.-]?\d{1,4})\s*[.):\]]\s*(?=\S)"
    r"|\s*[-–+•*]\s+"
)  # also "[NV-001] …", as document systems print it
_DRAWN = re.compile(r"\s*[-–—_=*~.]{3,}\s*")
_STUB = re.compile(
    r"[\s#*]*(?:(?:Phiếu|Thẻ|Bảng|Biểu)\s+)?(?:giao\s+)?(?:Nhiệm vụ|Hoạt động|Công việc)\s+(?:số\s+)?"
    r"(?P<no>\d{1,3}(?:\.\d+)*)[\s.:*]*",
    re.IGNORECASE,
)  # "Nhiệm vụ số 3": the number of a task whose title a label names
_HEADING = re.compile(r"[\s#*]*(?P<no>[IVXLC]+|[A-ZĐ])[.)]\s+(?=\S)")
_BODY_HEADS = re.compile(
    r"[\s#*]*[IVXLCA-ZĐ]+[.)]\s+(?P<body>(?:UBND|Ủy ban|Sở|Công an|Văn phòng|Ban|Trung tâm|Phòng|Cục|Vụ|Viện|Trường"
    r"|Hội|Đoàn)\s[^:;.]{2,80}?)\s*:[\s*]*"
)  # "B. Phòng Kinh tế:", over what it leads
_FIRST_OF_LABEL = re.compile(r"(?<=[.;])\s+(\w+(?: \w+)?)\s*$")
_LAST_OF_LABEL = re.compile(r"\s*(\w+(?: \w+){0,2})\s*:")
_MARK_OF_LABEL = re.compile(r"[\s*]*(?:\(?(?:\d{1,2}|[a-zđ])[.)]|[-–+•*])\s*(?=\S)")
_NUMBER_OF_LABEL = re.compile(r"\s+(?:số\s+)?(?P<no>\d{1,3}(?:\.\d+)*)\W*$")  # "Nhiệm vụ 3" beside a title
_EDGES = f" .;,*-–+•({CELL_LINE}"
_VALUE_LINE = re.compile("\n")
_FEWEST = 2
_HALF = 0.5  # of the words of a label
_LONGEST_LABEL = 60  # characters
_MOST_LINES = 8  # of a value below a label of its own line; a column of a table has more


@dataclass
class Unit:
    """A paragraph with what labels say of it."""

    text: SourceText
    cells: dict[Role, SourceText] = field(default_factory=dict)
    below: bool = False  # whether a label of it stands alone on its line, its value below

    @property
    def is_task(self) -> bool:
        """Whether it says who leads, and one thing more."""
        return "lead" in self.cells and any(role in self.cells for role in _SAID[1:])

    @property
    def is_heading(self) -> bool:
        """Whether its paragraph is a heading."""
        text = self.text.text
        return bool(_HEADING.match(text)) or (text.isupper() and not _STUB.fullmatch(text))

    def takes(self, role: Role) -> bool:
        """Whether what a label says is of use: below a title with a number "Nội dung" names no other title."""
        titled = _OPENING.match(self.text.text) and not _STUB.fullmatch(self.text.text)
        return not (role == "task" and titled)

    def say(self, role: Role, value: SourceText) -> None:
        """Put a value behind what a label says."""
        self.cells[role] = SourceText.join("\n", [self.cells.get(role, SourceText.empty()), value])


def read_labelled(lines: Sequence[SourceText], terms: Terms) -> tuple[Row, ...]:
    """The rows that a run of lines sets out, below headings; none where it sets out fewer than two."""
    whole = _with_whole_labels(lines, terms)
    units = list(_units([item for line in whole for item in line.split(_NEXT_ITEM)], terms))
    _lead_by_heading(units)
    if sum(unit.is_task for unit in units) < _FEWEST or _are_columns(units):
        return ()
    return tuple(rows_of(units))


def _with_whole_labels(lines: Sequence[SourceText], terms: Terms) -> list[SourceText]:
    """The lines, the first words of a label that a line end breaks ("… Thời" over "gian: 2026") put to its last."""
    whole = list(lines)
    for i, line in enumerate(whole[:-1]):
        rest = _LAST_OF_LABEL.match(whole[i + 1].text)
        first = _FIRST_OF_LABEL.search(line.text)
        if rest and first and label_of(f"{first[1]} {rest[1]}", terms):
            whole[i] = line[: first.start()]
            whole[i + 1] = SourceText.join(" ", [line[first.start(1) :].strip(), whole[i + 1].strip()])
    return whole


def _lead_by_heading(units: Sequence[Unit]) -> None:
    """Let a heading that is the name of a body and ends in a colon say who leads the numbered paragraphs below it that
    have labels and none for that, where two such headings stand in the text."""
    bodies = [
        unit.text[found.start("body") : found.end("body")] if (found := _BODY_HEADS.fullmatch(unit.text.text)) else None
        for unit in units
    ]
    if sum(body is not None for body in bodies) < _FEWEST:
        return
    above: SourceText | None = None
    for unit, body in zip(units, bodies, strict=True):
        if body is not None or unit.is_heading:
            above = body
        elif above and unit.cells and "lead" not in unit.cells and _OPENING.match(unit.text.text):
            unit.cells["lead"] = above


def _are_columns(units: Sequence[Unit]) -> bool:
    """Whether labels alone on their lines head columns that the text puts out one after the other: what stands between
    them is mostly said of none."""
    if not any(unit.below for unit in units):
        return False
    tasks = [i for i, unit in enumerate(units) if unit.is_task]
    others = [u for u in units[tasks[0] : tasks[-1]] if not (u.cells or u.is_heading or _STUB.fullmatch(u.text.text))]
    longest = max(len(list(said.split(_VALUE_LINE))) for i in tasks for said in units[i].cells.values())
    return len(others) > len(tasks) or longest > _MOST_LINES


def rows_of(units: Sequence[Unit]) -> Iterator[Row]:
    """The tasks among some units as rows in the columns of ``HEADER``, below their headings."""
    headings: list[Row] = []
    before: SourceText | None = None  # a paragraph that is neither
    for unit in units:
        if unit.is_task:
            yield from headings
            headings = []
            task = _task(unit, before)
            if before and _heads(before, task):
                yield _heading(before, _OPENING.match(before.text))
            yield task
            before = None
        elif unit.is_heading:
            headings = [_heading(unit.text, _HEADING.match(unit.text.text))]
            before = None
        else:
            before = unit.text


def _heading(text: SourceText, mark: re.Match[str] | None) -> Row:
    number = text[mark.start("no") : mark.end("no")] if mark else SourceText.empty()
    title = text[mark.end() if mark else 0 :].strip(" *#:")
    return Row((number, title.folded(), *[SourceText.empty()] * len(_SAID)))


def _heads(paragraph: SourceText, task: Row) -> bool:
    """Whether a numbered paragraph above a task heads it: the task's own number is a letter, or one below that."""
    mark = _OPENING.match(paragraph.text)
    above, own = (mark["no"] or "" if mark else ""), task.cells[0].text
    return above[:1].isdigit() and (own.isalpha() or own.startswith(f"{above}."))


def _task(unit: Unit, before: SourceText | None) -> Row:
    """The row of a task; ``before`` is the paragraph above it, which may hold its number or, if nothing else does, its
    title."""
    none = SourceText.empty()
    number, title = unit.cells.get("number", none), unit.cells.get("task", unit.text)
    texts = [text for text in (unit.text, before) if text]
    stub = next(((text, found) for text in texts if (found := _STUB.fullmatch(text.text))), None)
    if stub and title is stub[0]:
        title = none
    if not title and before and not stub:
        title = before
    if not number and stub:
        number = stub[0][stub[1].start("no") : stub[1].end("no")]
    opening = _OPENING.match(title.text)
    if opening and opening["no"]:
        number = number or title[opening.start("no") : opening.end("no")]
    title = title[opening.end() if opening else 0 :].folded().strip(_EDGES)
    return Row((number, title, *(unit.cells.get(role, none) for role in _SAID)))


def _units(lines: Sequence[SourceText], terms: Terms) -> Iterator[Unit]:
    """Paragraphs, labelled lines put to the one above them. A blank line or the mark of a list begins a new one."""
    unit = Unit(SourceText.empty())
    last: Role | None = None  # the label whose words may go on in the next line
    blank = True
    for line in lines:
        if not line.text.strip() or _DRAWN.fullmatch(line.text):
            last, blank = last if last and last not in unit.cells else None, True
            continue
        before, labelled = _labelled(line, terms)
        if before:
            opened = any(opening.match(before.text) for opening in (_OPENING, _HEADING)) or _STUB.fullmatch(before.text)
            begins = opened or (blank and not before.text[0].islower())
            if last and (not begins or last not in unit.cells):
                unit.say(last, before)
            elif begins or unit.cells:
                yield unit
                unit, last = Unit(before), None
            else:
                unit.text = SourceText.join(" ", [unit.text, before])
        for role, value in labelled:
            if begins_another(role, unit):
                yield unit
                unit = Unit(SourceText.empty())
            last = role if unit.takes(role) else "note"
            unit.below = unit.below or not value
            if value and last not in unit.cells:
                unit.say(last, value)
        blank = False
    yield unit


def begins_another(role: Role, unit: Unit) -> bool:
    """Whether a label begins another task than the one under way: it comes again, or stands below a heading, or names a
    task below another paragraph than the number of this one."""
    if role in unit.cells:
        return role in ("task", "number", "lead")
    if unit.cells or not unit.text:
        return False
    return unit.is_heading or (
        role == "task" and not _OPENING.match(unit.text.text) and not _STUB.match(unit.text.text)
    )


def _labelled(line: SourceText, terms: Terms) -> tuple[SourceText, list[tuple[Role, SourceText]]]:
    """What stands in a line before its first label, and what each label says; an empty value follows in the next
    line."""
    assigns = _ASSIGNS.match(line.text)
    if assigns:
        who = line[assigns.start("who") : assigns.end("who")]
        return SourceText.empty(), [("lead", who), *labelled_parts(line[assigns.end() :], terms)[1]]
    before, parts = labelled_parts(line, terms)
    return (before, parts) if parts else _labelled_by_place(line, terms)


def labelled_parts(text: SourceText, terms: Terms) -> tuple[SourceText, list[tuple[Role, SourceText]]]:
    """What stands in a text before the first label that a colon closes, and what each label says."""
    found = [(mark, _role(mark["label"], terms)) for mark in _LABEL.finditer(text.text)]
    marks = [(mark, role) for mark, role in found if role]
    if not marks:
        return text, []
    ends = [*(mark.start() for mark, _ in marks[1:]), len(text)]
    values = [(role, _value(text[mark.end() : end])) for (mark, role), end in zip(marks, ends, strict=True)]
    return text[: marks[0][0].start()].strip(_EDGES), values


def _role(label: str, terms: Terms) -> Role | None:
    """Which column a label stands for; what heads targets in a table of indicators is a result here, if it says so
    ("Kết quả yêu cầu")."""
    role = role_of(label, terms, (*_LABELS, "target"))
    return role if role != "target" else role_of(label, terms, ("result",), least=_HALF)


def _value(text: SourceText) -> SourceText:
    """What a label says, without the bracket that closes all labels."""
    text = text.strip(_EDGES)
    return text[:-1].strip(_EDGES) if text.text.endswith(")") and text.text.count(")") > text.text.count("(") else text


def _labelled_by_place(line: SourceText, terms: Terms) -> tuple[SourceText, list[tuple[Role, SourceText]]]:
    """A line whose label stands apart from its value by a wide gap, or alone."""
    beside = _BESIDE.fullmatch(line.text)
    if not beside and (len(line) > _LONGEST_LABEL or _STUB.fullmatch(line.text)):
        return line, []
    label = label_of(beside["label"] if beside else line.text, terms)
    if label is None or (not beside and " " not in line.text.strip()):  # one word alone says little
        return line, []
    value = line[beside.start("value") : beside.end("value")] if beside else SourceText.empty()
    return SourceText.empty(), [(label, value)]


def label_of(text: str, terms: Terms) -> Role | None:
    """Which column a label stands for that says nothing else, None for any other text: "2. Cơ quan chủ trì"."""
    mark = _MARK_OF_LABEL.match(text)
    label = fold(_NUMBER_OF_LABEL.sub("", text[mark.end() if mark else 0 :]))
    return next((role for role in _LABELS if label in terms[role]), None)


def number_of_label(label: SourceText) -> SourceText:
    """The number that a label ends in ("Nhiệm vụ 3"), empty where it has none."""
    found = _NUMBER_OF_LABEL.search(label.text)
    return label[found.start("no") : found.end("no")] if found else SourceText.empty()

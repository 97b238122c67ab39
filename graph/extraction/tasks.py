"""Task tables to task records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.extraction.agencies import AgencyReader, Named
from graph.extraction.annexes import Table
from graph.extraction.assembly import TableRow
from graph.extraction.deadlines import parse_deadlines, with_results, words_beside_deadlines
from graph.extraction.duties import LABEL, duties_behind, split_duties
from graph.extraction.headers import Role, Terms
from graph.extraction.labelled import labelled_parts
from graph.extraction.sections import Heading, Section, concluded_number, plain_number
from graph.extraction.topics import TopicReader
from graph.records import TaskRecord
from graph.source_text import SourceText, Span

_NUMBER_IN_TITLE = re.compile(
    r"(?:(?:Nhiệm vụ|Hoạt động)\s+(?=\d+\s?[:.]))?"
    r"\(?(?P<number>\d{1,3}(?:\.\d+)*|[IVXLC]+(?:\.\d+)*|[A-ZĐ]|[a-zđ])(?:[.)]|(?<=\d)\s?:)\s+(?=\S)"
)
_SURELY_AGENCIES = 0.9  # likeness
_MOST_BESIDE = 9  # words of a heading besides its time
_UNKNOWN_BODY = 1.5  # from this cost on an agency is none that the vocabulary knows

_CELLS: Mapping[str, Role] = {
    "title": "task",
    "lead": "lead",
    "coord": "coordinate",
    "result": "result",
    "deadline": "deadline",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """By which words cells are read."""

    agencies: AgencyReader
    topics: TopicReader
    terms: Terms


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table with its section and number; ``doubts`` are its own and those about its number."""

    row: TableRow
    section: Section
    number: str | None
    doubts: tuple[str, ...]


def read_tasks(doc: str, source: str, table: Table, rows: Sequence[TableRow], reading: Reading) -> Iterator[TaskRecord]:
    """The tasks of a table, its logical rows given, in reading order (``order`` counts from 0)."""
    at: Mapping[Role, int] = {column.role: i for i, column in enumerate(table.header.columns)}
    for order, line in enumerate(_lines(_once(rows, at), at)):
        yield _task(doc, source, table, line, at, reading, order)


def _once(rows: Sequence[TableRow], at: Mapping[Role, int]) -> list[TableRow]:
    """The rows, those of one task as one: where its number and title are cells merged over several rows, which have
    results, times or agencies of their own."""
    whole: list[TableRow] = []
    for row in rows:
        above = whole[-1] if whole else None
        same = (row.text(at.get(role)) for role in ("number", "task"))
        if above and row.text(at["task"]) and list(same) == [above.text(at.get(role)) for role in ("number", "task")]:
            for i, cell in enumerate(row.cells):
                if cell.text != above.cells[i].text:
                    above.cells[i] = SourceText.join("; ", [above.cells[i], cell])
        else:
            whole.append(row)
    return whole


def _lines(rows: Sequence[TableRow], at: Mapping[Role, int]) -> Iterator[_Line]:
    section = Section()
    numbers = [plain_number(row.text(at["number"])) for row in rows] if "number" in at else _take_numbers(rows, at)
    for i, row in enumerate(rows):
        title = row.cells[at["task"]].folded().text
        assigned = "lead" not in at and all(duties_behind(row.cells[at["task"]]))  # a title, and behind it who leads
        if not (assigned or any(row.text(at.get(role)) for role in ("lead", "coordinate", "result", "deadline"))):
            if title:
                section = section.below(Heading(numbers[i], title, row.cells[at["task"]]))
            continue
        number, doubts = numbers[i], list(row.doubts)
        if number is None:
            number = concluded_number(numbers, i)
            doubts.append("no number printed" if number is None else "number concluded from the rows around it")
        section = section.around(number)
        yield _Line(row, section, number, tuple(doubts))


def _take_numbers(rows: Sequence[TableRow], at: Mapping[Role, int]) -> list[str | None]:
    """The numbers with which most titles of a table without a column for them begin, taken out of the titles."""
    found = [_NUMBER_IN_TITLE.match(row.text(at["task"])) for row in rows]
    if 2 * sum(match is not None for match in found) <= len(rows):
        return [None] * len(rows)
    for row, match in zip(rows, found, strict=True):
        row.cells[at["task"]] = row.cells[at["task"]][match.end() if match else 0 :]
    return [match["number"] if match else None for match in found]


def _task(
    doc: str,
    source: str,
    table: Table,
    line: _Line,
    at: Mapping[Role, int],
    reading: Reading,
    order: int,
) -> TaskRecord:
    row, agencies = line.row, reading.agencies
    cells = _with_labelled({role: row.cells[column] for role, column in at.items()}, reading.terms)
    if "lead" not in at:
        cells = _with_duties_behind(cells)
    from_heading = {r: said for r, said in _from_headings(line.section, at, agencies).items() if r not in cells}
    cells = _with_duties({**cells, **from_heading})
    lead, coordinate = (agencies.split(cells[role]) for role in ("lead", "coordinate"))
    title, result, deadline = (cells[role].text if role in cells else "" for role in ("task", "result", "deadline"))
    doubts = (
        *table.doubts,
        *line.doubts,
        *(f"{role} named by the heading above" for role in from_heading),
        *_agency_doubts(lead, coordinate, agencies),
        *([] if title else ["no title"]),
    )
    spans = {field: cells[role].spans(source) for field, role in _CELLS.items() if cells.get(role)}
    signals = reading.topics.explain(*(cells[role] for role in ("task", "result") if role in cells))
    return TaskRecord(
        doc=doc,
        annex=table.annex,
        section_no=line.section.number,
        section=line.section.title,
        no=line.number,
        title=title,
        lead=tuple(named.name for named in lead),
        lead_raw=cells["lead"].folded().text,
        coord=tuple(named.name for named in coordinate),
        coord_raw=cells["coordinate"].folded().text,
        result=result,
        deadline_raw=deadline,
        deadline=with_results(parse_deadlines(deadline), deadline, result),
        topics=tuple(signals),
        order=order,
        confidence=confidence(doubts),
        doubts=doubts,
        source={
            **spans,
            **agency_spans("lead", lead, source),
            **agency_spans("coord", coordinate, source),
            **{f"topics.{slug}": tuple(s for w in words for s in w.spans(source)) for slug, words in signals.items()},
        },
    )


def _from_headings(section: Section, at: Mapping[Role, int], agencies: AgencyReader) -> dict[Role, SourceText]:
    """What headings say, the innermost first, of who leads and by when: a table that lists its tasks by either needs no
    column for it."""
    tells: dict[Role, Callable[[str], bool]] = {
        "lead": lambda text: LABEL.match(text) is not None or agencies.likeness(text) >= _SURELY_AGENCIES,
        "deadline": lambda text: (
            words_beside_deadlines(text) in range(_MOST_BESIDE)
            and any(deadline.kind != "other" for deadline in parse_deadlines(text))
        ),
    }
    found: dict[Role, SourceText] = {}
    for role, told in tells.items():
        written = (heading.written for heading in reversed(section.headings) if told(heading.title))
        said = next(written, None) if role not in at else None
        if said:
            found[role] = said
    return found


def _with_labelled(cells: Mapping[Role, SourceText], terms: Terms) -> dict[Role, SourceText]:
    """The cells of a row with what labels in the one of who leads say for columns that the table has not: "Chủ trì: Sở
    Y tế ⏎ Thời hạn: 2026"."""
    before, parts = labelled_parts(cells.get("lead", SourceText.empty()), terms)
    said = dict(parts)
    if not {"result", "deadline"} & said.keys() or said.keys() & cells.keys() - {"lead"}:
        return dict(cells)
    return {**cells, **said, "lead": SourceText.join("; ", [before, said.get("lead", before[:0])])}


def _with_duties_behind(cells: Mapping[Role, SourceText]) -> dict[Role, SourceText]:
    """The cells of a row of which none is for who leads, with what labels behind its title or result say of that."""
    found = dict(cells)
    for role in ("task", "result"):
        if role in cells:
            said, duties = duties_behind(cells[role])
            found[role] = said.folded()
            if duties:
                found["lead"] = SourceText.join("; ", [found.get("lead", duties[:0]), duties])
    return found


def _with_duties(cells: Mapping[Role, SourceText]) -> dict[Role, SourceText]:
    """The cells of a row with who leads and who coordinates told apart where one cell names both."""
    none = SourceText.empty()
    lead, also = split_duties(cells.get("lead", none))
    leads_too, coordinate = split_duties(cells.get("coordinate", none))
    if not coordinate:  # a cell of coordinators that names no duty
        leads_too, coordinate = none, leads_too
    return {
        **cells,
        "lead": SourceText.join("; ", [lead, leads_too]),
        "coordinate": SourceText.join("; ", [also, coordinate]),
    }


def agency_spans(field: str, named: Sequence[Named], source: str) -> dict[str, tuple[Span, ...]]:
    """Where each agency of a field stands: ``lead.0``, ``lead.1``, …"""
    return {f"{field}.{i}": agency.written.spans(source) for i, agency in enumerate(named)}


def _agency_doubts(lead: Sequence[Named], coordinate: Sequence[Named], agencies: AgencyReader) -> list[str]:
    doubts = [] if lead else ["no lead agency"]
    unknown = [named.name for named in (*lead, *coordinate) if named.cost >= _UNKNOWN_BODY]
    doubts += [f"agency not known: {name}" for name in unknown if not agencies.is_collective(name)]
    shared = {named.name for named in lead} & {named.name for named in coordinate}
    return doubts + [f"leads and coordinates: {name}" for name in sorted(shared)]


def confidence(doubts: Sequence[str]) -> float:
    """From 1 (nothing doubtful) down, a seventh less with each doubt."""
    return round(0.85 ** len(doubts), 3)

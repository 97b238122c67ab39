"""Indicator tables to indicator records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph.extraction.agencies import AgencyReader, Named
from graph.extraction.annexes import Table
from graph.extraction.assembly import TableRow
from graph.extraction.headers import Column, Header, Role
from graph.extraction.quantities import parse_quantity
from graph.extraction.sections import ROMAN_OR_LETTER, Heading, Section, concluded_number, plain_number
from graph.extraction.tasks import agency_spans, confidence
from graph.records import Baseline, IndicatorRecord, Target
from graph.source_text import Span


def read_indicators(
    doc: str, source: str, table: Table, rows: Sequence[TableRow], agencies: AgencyReader
) -> Iterator[IndicatorRecord]:
    """The indicators of a table, its logical rows given, in reading order (``order`` counts from 0).

    A row whose agency cell is empty inherits the agencies of the merged cell above it.
    """
    columns = table.header.columns
    at: Mapping[Role, int] = {column.role: i for i, column in enumerate(columns) if column.role != "target"}
    name_at = at["indicator"] if "indicator" in at else at["task"]
    numbers = [plain_number(row.text(at.get("number"))) for row in rows]
    section, above, order = Section(), tuple[Named, ...](), 0
    for i, row in enumerate(rows):
        if not _has_values(row, columns) or _is_heading(row, columns, numbers[i]):
            title = " ".join(filter(None, (row.text(name_at), row.text(at.get("unit")))))
            section = section.below(Heading(numbers[i], title))
            continue
        number, doubts = numbers[i], [*table.doubts, *row.doubts]
        if number is None:
            number = concluded_number(numbers, i)
            doubts.append("no number printed" if number is None else "number concluded from the rows around it")
        section = section.around(number)
        lead = agencies.split(row.cells[at["lead"]]) if "lead" in at else ()
        inherited, above = (above, above) if not lead else ((), lead)
        baseline, targets = _baseline(row, columns), _targets(row, columns)
        yield IndicatorRecord(
            doc=doc,
            annex=table.annex,
            group=section.title,
            no=number,
            name=row.text(name_at),
            unit=row.text(at.get("unit")),
            baseline=baseline,
            targets=targets,
            lead=tuple(named.name for named in lead),
            lead_raw=row.cells[at["lead"]].folded().text if "lead" in at else "",
            lead_inherited=tuple(named.name for named in inherited),
            block_year=table.block_year,
            order=order,
            confidence=confidence(doubts),
            doubts=tuple(doubts),
            source={
                **_cell_spans(row, source, {"name": name_at, "unit": at.get("unit"), "lead": at.get("lead")}),
                **(_cell_spans(row, source, {"baseline": at.get("baseline")}) if baseline else {}),
                **_cell_spans(row, source, {f"targets.{t.year}": _year_column(columns, t.year) for t in targets}),
                **agency_spans("lead", lead, source),
                **agency_spans("lead_inherited", inherited, source),
            },
        )
        order += 1


def without_tasks(rows: list[TableRow], header: Header) -> tuple[list[TableRow], list[TableRow]]:
    """The rows of a table of indicators, and those of its tasks with the headings: a table that says who coordinates,
    what comes out or by when may list below each indicator the tasks for it, which have a body and neither unit nor
    value."""
    named = {column.role for column in header.columns}
    if "task" not in named or not named & {"coordinate", "result", "deadline"}:
        return rows, []
    roles = [{c.role for c, cell in zip(header.columns, row.cells, strict=True) if cell} for row in rows]
    is_task = [bool(said & {"lead", "deadline"}) and not said & {"target", "baseline", "unit"} for said in roles]
    measured = [bool(said & {"target", "baseline", "unit"}) for said in roles]
    if not any(is_task):
        return rows, []
    return (
        [row for row, task in zip(rows, is_task, strict=True) if not task],
        [row for row, value in zip(rows, measured, strict=True) if not value],
    )


def _cell_spans(row: TableRow, source: str, columns: Mapping[str, int | None]) -> dict[str, tuple[Span, ...]]:
    return {field: row.cells[i].spans(source) for field, i in columns.items() if i is not None and row.cells[i]}


def _year_column(columns: Sequence[Column], year: int) -> int:
    return next(i for i, column in enumerate(columns) if column.year == year)


def _has_values(row: TableRow, columns: Sequence[Column]) -> bool:
    return any(
        cell
        for cell, column in zip(row.cells, columns, strict=True)
        if column.role in ("target", "baseline", "lead", "unit")
    )


def _is_heading(row: TableRow, columns: Sequence[Column], number: str | None) -> bool:
    """Whether a row with a Roman numeral or a letter holds nothing but text: the end of its title was taken for a
    unit."""
    holds = ("target", "baseline", "lead")
    return bool(number and ROMAN_OR_LETTER.fullmatch(number)) and not any(
        cell for cell, column in zip(row.cells, columns, strict=True) if column.role in holds
    )


def _baseline(row: TableRow, columns: Sequence[Column]) -> Baseline | None:
    for cell, column in zip(row.cells, columns, strict=True):
        if column.role == "baseline" and cell and parse_quantity(cell.text):
            return Baseline(column.period, cell.text)
    return None


def _targets(row: TableRow, columns: Sequence[Column]) -> tuple[Target, ...]:
    """The targets of a row by year; an empty cell or a dash is none."""
    targets = []
    for cell, column in zip(row.cells, columns, strict=True):
        quantity = parse_quantity(cell.text)
        if column.role == "target" and column.year and quantity:
            targets.append(Target(column.year, cell.text, quantity.op, quantity.value, quantity.value_max))
    return tuple(targets)

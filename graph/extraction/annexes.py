"""The tables of a document, each with its header and the annex it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.extraction.cards import read_cards
from graph.extraction.flattened.lines import FlatTable, read_flat_table, split_by_year
from graph.extraction.headers import Header, Role, Terms, read_header, role_of
from graph.extraction.labelled import HEADER as LABELS
from graph.extraction.labelled import read_labelled
from graph.extraction.levels import with_bodies_joined
from graph.extraction.marked import with_times
from graph.extraction.stacked import in_one_row
from graph.extraction.years import with_years_apart
from graph.reading import Block, Paragraph, Row
from graph.reading.cell_lines import ROW_NUMBER
from graph.source_text import SourceText
from graph.text import CAPITALS, fold, roman

_ANNEX = re.compile(
    r"\b(?:phu|phong) luc(?: so)?(?: (?P<no>[ivxlc]+|\d+|[a-d]))?$"
)  # OCR reads "PHỤ LỤC" as "PHÒNG LỤC"
_ANNEX_AND_TITLE = re.compile(
    r"[\s#*]*(?:PHỤ LỤC|Phụ lục)(?: (?:SỐ|số))? (?P<no>[IVXLC]+|\d{1,2}|[A-D])\s*[:.–-]\s*" rf"(?=[{CAPITALS}])"
)
_HEADING_WORDS = 8
_ATTACHED = re.compile(r"(?:ban hanh )?kem theo ")
_ONLY_ANNEX = "PL"
_PART = re.compile(
    r"[\s#*]*(?:(?P<numeral>[IVXLC]+|[A-ZĐ])[.)]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s"
    r"|(?=(?:Nhóm|NHÓM|Các nhiệm vụ|Nhiệm vụ|(?:Cơ quan|Đơn vị)[^:]{0,40}:"
    r"|Sở|Công an|Văn phòng|Ban|Trung tâm|Phòng|Cục|Vụ)\s))"
    r"\s*(?P<title>(?=\S)(?:\S+\s*){1,40})(?<![.;])"
)  # a heading of a part of a table
_YEAR_HEADING = re.compile(
    r"[\s#*]*(?:(?:[IVXLC]+|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+|[-–+•]\s+)?"
    r"(?:(?:Các )?(?:chỉ tiêu|mục tiêu)(?: cụ thể)?\s+)?(?:(?:đến|hết|cuối|trong|năm)\s+)+(?P<year>20\d\d)[\s:*.]*",
    re.IGNORECASE,
)  # "2. Đến hết năm 2030:"
_FIRST_COLUMNS: tuple[Role, ...] = ("number", "task", "indicator")
_NUMERAL = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)]\s+\S")  # of a heading over all columns
_MOST_BETWEEN = 4  # lines between two parts of a table


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ours: its header, and its body as printed rows or, where a PDF export flattened it, as lines.

    ``annex`` is its number as printed, "PL" for an annex without, None outside any annex; ``block_year`` the year that
    a part of a flattened table is for; ``doubts`` says where the annex's number had to be concluded.
    """

    header: Header
    body: tuple[Row, ...] | FlatTable
    annex: str | None
    block_year: int | None = None
    doubts: tuple[str, ...] = ()


def read_tables(blocks: Sequence[Block], terms: Terms) -> tuple[Table, ...]:
    """Every table of a document that has a header of ours, in reading order."""
    tables: list[Table] = []
    annex: str | None = None
    doubts: tuple[str, ...] = ()
    for above, rows in _tables(blocks, terms):
        for number, lines in _annexes(above):
            annex, doubts = number or annex, ()
            place = annex or (_ONLY_ANNEX if _is_attached(lines) else None)
            tables += _flat_tables(lines, place, terms) or _labelled_tables(lines, place, terms)
        if not rows:
            continue
        if not any(map(annex_number, above)) and _is_attached(above):
            if annex:
                annex, doubts = _next(annex), ("the annex's heading is lost; numbered after the one before",)
            else:
                annex, doubts = _ONLY_ANNEX, ("the annex has no heading of its own",)
        cards = read_cards(rows, above, terms)
        if cards and tables and tables[-1].header is LABELS and tables[-1].annex == annex:
            tables[-1] = replace(tables[-1], body=(*_printed(tables[-1]), *cards))
            continue
        if cards:
            tables.append(Table(LABELS, cards, annex, doubts=doubts))
            continue
        whole = _without_cut_header(_without_empty_columns(rows), tables[-1] if tables else None)
        rows = [*with_bodies_joined(with_times(in_one_row(with_years_apart(whole), terms), terms), terms)]
        header = read_header(rows, terms)
        year = _year_above(above) if header and _lacks_year(header) else None
        header = header.of_year(year) if header else None
        if tables and _goes_on(tables[-1], header, rows, above):
            tables[-1] = _with_rows(tables[-1], _heading(tables[-1].header, above), rows)
        elif header:
            body = (*rows[: header.rows], *_heading(header, above), *rows[header.rows :])
            tables.append(Table(header, body, annex, year, doubts))
    return tuple(part for table in tables for part in _by_year(table))


def _lacks_year(header: Header) -> bool:
    """Whether a column of targets does not say for which year."""
    return any(column.role == "target" and column.year is None for column in header.columns)


def _year_above(above: Sequence[SourceText]) -> int | None:
    """The year that the paragraph right above a table names as that of its rows ("1. Đến năm 2030")."""
    last = next((line.text for line in reversed(above) if line.text.strip()), "")
    found = _YEAR_HEADING.fullmatch(last)
    return int(found["year"]) if found else None


def _by_year(table: Table) -> Iterator[Table]:
    """A printed table of targets without years, one for each year that a row of one cell names; any other as it is."""
    if isinstance(table.body, FlatTable) or not _lacks_year(table.header):
        yield table
        return
    top, year = table.body[: table.header.rows], None
    rows: list[Row] = []
    for row in table.body[table.header.rows :]:
        written = {cell.text for cell in row.cells if cell}
        named = _YEAR_HEADING.fullmatch(" ".join(written)) if len(written) == 1 else None
        if named and rows:
            yield replace(table, header=table.header.of_year(year), body=(*top, *rows), block_year=year)
            rows = []
        if named:
            year = int(named["year"])
        else:
            rows.append(row)
    yield replace(table, header=table.header.of_year(year), body=(*top, *rows), block_year=year)


def _without_empty_columns(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of a table of which the file itself tells the columns, without those in which nothing stands."""
    used = {i for row in rows for i, cell in enumerate(row.cells) if cell}
    if not all(row.placed for row in rows) or len(used) == max(len(row.cells) for row in rows):
        return rows
    return [replace(row, cells=tuple(cell for i, cell in enumerate(row.cells) if i in used)) for row in rows]


def _heading(header: Header, above: Sequence[SourceText]) -> list[Row]:
    """The row that a heading would be which stands as a paragraph right above its part of a table: with its numeral,
    or else whole, as its number counts parts and not rows."""
    last = next((line for line in reversed(above) if line.text.strip()), SourceText.empty())
    found = _PART.fullmatch(last.text)
    if header.holds != "tasks" or not found or annex_number(last):
        return []
    at = {column.role: i for i, column in enumerate(header.columns)}
    cells = [SourceText.empty()] * len(header.columns)
    numeral = "number" in at and found["numeral"]
    if numeral:
        cells[at["number"]] = last[found.start("numeral") : found.end("numeral")]
    cells[at["task"]] = last[found.start("title") if numeral else 0 :].strip(" *#")
    return [Row(tuple(cells), placed=True, heading=True)]


def _goes_on(table: Table, header: Header | None, rows: Sequence[Row], above: Sequence[SourceText]) -> bool:
    """Whether rows that stand apart go on with the table before: the same header again, or none and as many columns,
    with little between them but what a page break leaves (a page number, footnotes)."""
    between = [line for line in above if line.text.strip()]
    if isinstance(table.body, FlatTable) or any(map(annex_number, between)) or _is_attached(between):
        return False
    if header:
        return header.columns == table.header.columns
    first = rows[0].cells[0].text
    heads = sum(map(bool, rows[0].cells)) == 1 and _NUMERAL.match(first) is not None
    return (
        len(between) <= _MOST_BETWEEN
        and table.header.holds is not None
        and abs(max(len(row.cells) for row in rows) - len(table.header.columns)) <= 1
        and (not first or heads or ROW_NUMBER.fullmatch(first) is not None)
    )


def _without_cut_header(rows: Sequence[Row], table: Table | None) -> Sequence[Row]:
    """The rows less those that repeat the header of the table before with some of its labels cut off, as where a page
    begins; as they are where all its labels are whole."""
    if table is None or isinstance(table.body, FlatTable):
        return rows
    labels = {fold(cell.text) for row in table.body[: table.header.rows] for cell in row.cells if cell}
    any_cut, n = False, 0
    for row in rows:
        said = [fold(cell.text) for cell in row.cells if cell]
        cut = [text for text in said if text not in labels]
        if 2 * len(cut) >= len(said) or not all(any(label.startswith(text) for label in labels) for text in cut):
            break
        any_cut, n = any_cut or bool(cut), n + 1
    return rows[n:] if any_cut else rows


def _printed(table: Table) -> tuple[Row, ...]:
    assert not isinstance(table.body, FlatTable)
    return table.body


def _with_rows(table: Table, heading: Sequence[Row], rows: Sequence[Row]) -> Table:
    return replace(table, body=(*_printed(table), *heading, replace(rows[0], opens=False, after_break=True), *rows[1:]))


def _annexes(lines: Sequence[SourceText]) -> Iterator[tuple[str | None, Sequence[SourceText]]]:
    """The annexes that begin in a run of lines, each with the lines up to the next; first, without a number, the lines
    before them."""
    begins = [(i, number) for i, number in enumerate(map(annex_number, lines)) if number]
    yield None, lines[: begins[0][0] if begins else len(lines)]
    for k, (i, number) in enumerate(begins):
        yield number, lines[i + 1 : begins[k + 1][0] if k + 1 < len(begins) else len(lines)]


def _flat_tables(lines: Sequence[SourceText], annex: str | None, terms: Terms) -> list[Table]:
    flat = read_flat_table(lines, terms)
    return [Table(block.header, block, annex, block.year) for block in (split_by_year(flat) if flat else ())]


def _labelled_tables(lines: Sequence[SourceText], annex: str | None, terms: Terms) -> list[Table]:
    rows = read_labelled(lines, terms)
    return [Table(LABELS, rows, annex)] if rows else []


def annex_number(line: SourceText) -> str | None:
    """The number of the annex that a heading line opens, None for any other line."""
    found = _ANNEX.search(fold(line.text))
    if not found or len(line.text.split()) > _HEADING_WORDS or line.text.lstrip().startswith("("):
        titled = _ANNEX_AND_TITLE.match(line.text)
        return titled["no"].upper() if titled else None
    return (found["no"] or _ONLY_ANNEX).upper()


def _is_attached(lines: Sequence[SourceText]) -> bool:
    """Whether one of the lines says that what follows is attached to a document ("(Kèm theo Kế hoạch số …)")."""
    return any(_ATTACHED.match(fold(line.text)) for line in lines)


def _tables(blocks: Sequence[Block], terms: Terms) -> Iterator[tuple[list[SourceText], list[Row]]]:
    """Each table's rows with the paragraphs between it and the table before; last, the paragraphs after all tables."""
    above: list[SourceText] = []
    rows: list[Row] = []
    for block in blocks:
        if rows and (isinstance(block, Paragraph) or block.opens or _is_another_header(block, rows[0], terms)):
            yield above, rows
            above, rows = [], []
        if isinstance(block, Paragraph):
            above.append(block.text)
        else:
            rows.append(block)
    yield above, rows


def _is_another_header(row: Row, header: Row, terms: Terms) -> bool:
    """Whether a row behind a gap is the header of a table of its own, which only a blank line parts from the one
    above."""
    if not row.after_break or [cell.text for cell in row.cells] == [cell.text for cell in header.cells]:
        return False
    first = role_of(row.cells[0].text, terms, _FIRST_COLUMNS)
    return first is not None and read_header([row], terms) is not None


def _next(annex: str) -> str:
    if annex.isdigit():
        return str(int(annex) + 1)
    value = next((n for n in range(1, 40) if roman(n) == annex), None)
    return roman(value + 1) if value else annex

"""An answer as a workbook (Office Open XML): its rows, what they rest on, and a sheet that says where it comes from.

Text stays text: what begins with "=", "+", "-" or "@" is no formula. The same answer gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from graph.questions.answers import Answer, as_text
from graph.questions.question import NUMBERS, Column, ColumnType

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of a workbook."""

_LONGEST = 32_767  # characters of a cell that the format takes
_CUT = " … (longer than a cell can be; the CSV has all of it)"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
_FIRST_DAY = date(1900, 3, 1)  # before it, the day numbers of spreadsheets are wrong
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can say


def to_xlsx(answer: Answer) -> bytes:
    """The rows on the sheet "answer", their passages on "evidence", and on "about" question, release and SPARQL."""
    book = Workbook(write_only=True)
    _fill(book, "answer", [[column.name for column in answer.question.columns], *_rows(answer)])
    if answer.question.evidence is not None:
        _fill(book, "evidence", list(_evidence(answer)))
    _fill(book, "about", _about(answer))
    issued = datetime.fromisoformat(answer.release_issued).replace(tzinfo=None)
    book.properties.creator, book.properties.created = "Phân Công", issued
    book.properties.title = answer.question.title.vi
    written = io.BytesIO()
    book.save(written)
    book.properties.modified = issued  # saving has set it to the time of day
    return _with_fixed_times(written, tostring(book.properties.to_tree()))


def _fill(book: Workbook, title: str, rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        text = _NO_XML.sub("\ufffd", value)
        cell.value = text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def _rows(answer: Answer) -> Iterator[list[Any]]:
    for row in answer.rows:
        yield [_value(column, row[column.name]) for column in answer.question.columns]


def _value(column: Column, value: Any) -> Any:
    if value is None or column.type in NUMBERS:
        return value
    if column.type is ColumnType.DATE and (day := date.fromisoformat(value)) >= _FIRST_DAY:
        return day
    return as_text(column, value)


def _evidence(answer: Answer) -> Iterator[list[Any]]:
    """A line a passage, with the key of the row that it is evidence of, and the item that it is about."""
    evidence = answer.question.evidence
    assert evidence is not None
    of_item = [column for column in evidence.columns if not column.passage]
    of_passage = [column for column in evidence.columns if column.passage]
    yield [f"row: {evidence.key}", *(column.name for column in (*of_item, *of_passage))]
    for row in answer.rows:
        for item in row.get("evidence", ()):
            for passage in item["passages"]:
                told = [_value(column, item[column.name]) for column in of_item]
                yield [row[evidence.key], *told, *(_value(column, passage[column.name]) for column in of_passage)]


def _about(answer: Answer) -> list[list[Any]]:
    question = answer.question
    lines: list[list[Any]] = [
        ["", "vi", "en"],
        ["question", question.title.vi, question.title.en],
        ["description", question.description.vi, question.description.en],
        ["id", question.id],
        ["release", answer.release_id],
        ["issued", answer.release_issued],
        ["rows of the answer", answer.row_count],
        ["rows here", len(answer.rows)],
        *([f"parameter: {name}", term.value] for name, term in answer.bound.items()),
    ]
    for column in question.columns:
        unit = (f" ({column.unit.vi})", f" ({column.unit.en})") if column.unit else ("", "")
        lines.append([f"column: {column.name}", column.label.vi + unit[0], column.label.en + unit[1]])
    lines.append(["SPARQL", answer.sparql])
    if answer.evidence_sparql:
        lines.append(["SPARQL of the evidence", answer.evidence_sparql])
    return lines


def _with_fixed_times(written: io.BytesIO, properties: bytes) -> bytes:
    """The same archive with these properties, without the time at which each of its files was written."""
    copied = io.BytesIO()
    with zipfile.ZipFile(written) as book, zipfile.ZipFile(copied, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in sorted(book.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(entry, properties if name == ARC_CORE else book.read(name))
    return copied.getvalue()

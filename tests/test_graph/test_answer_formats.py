"""Tables and workbooks of an answer: text that looks like a formula, that XML cannot hold, that is too long."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl

from graph.questions.answers import Answer, to_csv, to_tsv
from graph.questions.catalogue import read_catalogue
from graph.questions.spreadsheet import to_xlsx

QUESTION = read_catalogue()["documents-held"]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"]


def answer(*titles: str) -> Answer:
    empty = {column.name: None for column in QUESTION.columns}
    rows = [{**empty, "title": title, "taskCount": 3, "date": "2025-05"} for title in titles]
    return Answer(QUESTION, {}, {}, "SELECT …", None, rows, "r1", "2026-03-01T08:00:00+00:00")


def titles(content: bytes) -> list[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["answer"]
    return [row[0].value for row in sheet.iter_rows(min_row=2)]


def test_text_stays_text() -> None:
    content = to_xlsx(answer(*FORMULAS))
    assert titles(content) == FORMULAS
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {cell.data_type for row in book["answer"].iter_rows(max_col=1) for cell in row} == {"s"}
    assert all(b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read(f"xl/worksheets/sheet{n}.xml") for n in (1, 2))
    assert [cell.value for cell in book["answer"][2]][6] == 3


def test_what_a_cell_cannot_hold_is_said() -> None:
    odd, long = titles(to_xlsx(answer("a\x00b\ud800", "x" * 40_000)))
    assert odd == "a\ufffdb\ufffd"
    assert str(long).endswith("(longer than a cell can be; the CSV has all of it)")
    assert len(str(long)) == 32_767


def test_the_same_answer_gives_the_same_bytes() -> None:
    content = to_xlsx(answer("một", "hai"))
    assert content == to_xlsx(answer("một", "hai"))
    told = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert (told.created, told.modified) == (datetime(2026, 3, 1, 8), datetime(2026, 3, 1, 8))


def test_a_line_of_tsv_is_a_row() -> None:
    lines = to_tsv(answer("a\tb\r\nc", '"d"')).splitlines()
    assert [line.split("\t")[0] for line in lines] == ["title", "a b c", '"d"']
    assert {line.count("\t") for line in lines} == {len(QUESTION.columns) - 1}
    assert '"""d"""' in to_csv(answer('"d"'))


def test_a_part_of_an_answer_knows_how_long_the_whole_is() -> None:
    part = answer("a", "b", "c").part(1, 1)
    assert ([row["title"] for row in part.rows], part.row_count) == (["b"], 3)
    assert replace(part, rows=()).part(0, None).row_count == 3

"""The task table of a plan, written as each kind of file, is extracted with the same records."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layouts.cases import COLUMNS, SIX_YEARS, USUAL
from layouts.files import FILES
from layouts.issuers import NGHE_AN
from layouts.tables import Table, indicator_table, indicators_given_to, task_table

from graph.evaluation import evaluate
from graph.extraction import Extractor
from graph.reading.formats import Format, reader
from graph.reading.limits import Limits
from graph.reading.rendition import write
from graph.records import Extraction, Record, to_json
from graph.sources import Source, read_file

HEAD = [line for line in NGHE_AN.head.splitlines() if line]
HEAD = [*HEAD[:2], HEAD[4], *HEAD[2:4], *HEAD[5:], "PHỤ LỤC I", "DANH MỤC NHIỆM VỤ", "(Kèm theo Kế hoạch)"]


def plain(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(to_json(record)))
    return found


Plans = dict[str, tuple[Source, str, Extraction]]


@pytest.mark.parametrize("columns", ["usual", "times first"])
@pytest.mark.parametrize("kind", FILES)
def test_the_same_records_from_each_kind_of_file(
    tmp_path: Path, extractor: Extractor, plans: Plans, kind: str, columns: str
) -> None:
    tasks = plans["002"][2].tasks
    path = tmp_path / "plan"
    path.write_bytes(FILES[kind](HEAD, task_table(tasks, COLUMNS[columns], "; ")))
    read = read_file(path, Limits())
    found = extractor.extract("x", read.text)
    document = found.documents[0]
    assert (document.number, document.date, document.type) == ("412/KH-UBND", "2025-06-05", "plan")
    assert (document.title, document.issuer) == (HEAD[7], "UBND tỉnh Nghệ An")
    assert [task.title for task in found.tasks] == [task.title for task in tasks]
    gold = [plain(task) | {"doc": "x", "annex": "I"} for task in tasks]
    scores = evaluate({"task": [{"complete": ["x"]}, *gold]}, [plain(task) for task in found.tasks])
    reached = {field: tally.f1 for (_, doc, field), tally in scores.items() if doc == "*"}
    assert {f: reached[f] for f in ("row", "lead", "coord", "deadline") if reached[f] < 0.99} == {}
    for task in found.tasks:  # every passage is in the text, and says what the record says
        assert all(read.text[s.start : s.end].strip() for spans in task.source.values() for s in spans)
        assert " ".join(read.text[s.start : s.end] for s in task.source["title"]) == task.title


@pytest.mark.parametrize("kind", FILES)
def test_the_same_indicators_from_each_kind_of_file(
    tmp_path: Path, extractor: Extractor, plans: Plans, kind: str
) -> None:
    printed = [one for one in plans["003"][2].indicators if one.annex][:24]
    indicators = indicators_given_to(NGHE_AN, printed, "x", "I")
    path = tmp_path / "plan"
    path.write_bytes(FILES[kind](HEAD, indicator_table(indicators, SIX_YEARS)))
    found = extractor.extract("x", read_file(path, Limits()).text)
    told = [(i.no, i.name, i.unit, i.lead, {t.year: (t.op, t.value) for t in i.targets}) for i in found.indicators]
    years = {int(column.shows) for column in SIX_YEARS if column.shows.isdecimal()}
    assert told == [
        (i.no, i.name, i.unit, i.lead, {t.year: (t.op, t.value) for t in i.targets if t.year in years})
        for i in indicators
    ]


WORDS = st.sampled_from(
    [
        "xây",
        "dựng",
        "nền",
        "tảng",
        "số",
        "dùng",
        "chung",
        "cho",
        "người",
        "dân",
        "triển",
        "khai",
        "hệ",
        "thống",
        "đào",
        "tạo",
        "kỹ",
        "năng",
    ]
)
TITLES = st.lists(WORDS, min_size=3, max_size=12).map(lambda words: " ".join(words).capitalize())
BODIES = st.sampled_from(["Sở Y tế", "Sở Nội vụ", "Công an tỉnh", "Văn phòng UBND tỉnh", "Sở Khoa học và Công nghệ"])
TIMES = st.sampled_from(["2026", "Quý III/2025", "Thường xuyên", "Hằng năm", "12/2027", "2026-2030"])
RESULTS = st.sampled_from(["", "Báo cáo", "Trung tâm được thành lập", "Kế hoạch; quyết định", "100% xã, phường"])
WRITTEN_ROWS = st.lists(
    st.tuples(TITLES, BODIES, st.lists(BODIES, max_size=3, unique=True).map("; ".join), RESULTS, TIMES),
    min_size=2,
    max_size=8,
)


@pytest.mark.parametrize("kind", ["word", "spreadsheet", "webpage"])
@given(rows=WRITTEN_ROWS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows_are_read_as_they_were_written(
    extractor: Extractor, kind: Format, rows: list[tuple[str, str, str, str, str]]
) -> None:
    numbered = tuple(
        (str(n), title, lead, coord, result, time) for n, (title, lead, coord, result, time) in enumerate(rows, 1)
    )
    data = FILES[kind](HEAD, Table(USUAL, numbered))
    found = extractor.extract("x", write(reader(kind)(io.BytesIO(data), Limits()).parts)).tasks
    told = [(t.no, t.title, t.lead_raw, t.coord_raw, t.result, t.deadline_raw) for t in found]
    assert told == list(numbered)

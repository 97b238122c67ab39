"""Plans to print: records, issuer, columns and layout put together, and how well they are read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.evaluation import Scores, evaluate
from graph.extraction import Extractor, NotAPlanError
from graph.reading.limits import Limits
from graph.records import Extraction, Record, TaskRecord, to_json
from graph.sources import read_file
from layouts.issuers import ISSUERS, Issuer
from layouts.others import OTHERS
from layouts.printing import LAYOUTS
from layouts.tables import Column, given_to, indicator_table, indicators_given_to, task_table

Columns = tuple[Column, ...]
USUAL: Columns = (
    Column("TT", "no", 4),
    Column("Tên nhiệm vụ", "title", 56),
    Column("Cơ quan, đơn vị chủ trì", "lead", 18),
    Column("Cơ quan, đơn vị phối hợp", "coord", 18),
    Column("Kết quả", "result", 14),
    Column("Thời gian hoàn thành", "deadline", 12),
)
TIMES_FIRST: Columns = (
    Column("Số TT", "no", 4),
    Column("Nhiệm vụ, giải pháp", "title", 50),
    Column("Thời hạn hoàn thành", "deadline", 14),
    Column("Chủ trì", "lead", 22),
    Column("Phối hợp", "coord", 22),
    Column("Sản phẩm đầu ra", "result", 20),
)
WITH_NOTES: Columns = (
    Column("STT", "no", 4),
    Column("Nội dung công việc", "title", 44),
    Column("Kết quả đầu ra", "result", 22),
    Column("Tiến độ thực hiện", "deadline", 14),
    Column("Cơ quan chủ trì thực hiện", "lead", 20),
    Column("Cơ quan phối hợp", "coord", 20),
    Column("Ghi chú", "note", 10),
)
NO_COORDINATION: Columns = (
    Column("STT", "no", 4),
    Column("Nhiệm vụ", "title", 60),
    Column("Đơn vị chủ trì", "lead", 24),
    Column("Sản phẩm", "result", 24),
    Column("Thời hạn", "deadline", 14),
)
ONE_AGENCY_COLUMN: Columns = (
    Column("TT", "no", 4),
    Column("Nội dung nhiệm vụ", "title", 56),
    Column("Cơ quan chủ trì/phối hợp", "both", 30),
    Column("Sản phẩm, kết quả", "result", 22),
    Column("Thời gian", "deadline", 12),
)
COLUMNS: dict[str, Columns] = {
    "usual": USUAL,
    "times first": TIMES_FIRST,
    "with notes": WITH_NOTES,
    "no coordination": NO_COORDINATION,
    "one agency column": ONE_AGENCY_COLUMN,
}
_SIDES = (
    Column("TT", "no", 4),
    Column("Tên chỉ tiêu", "name", 40),
    Column("Đơn vị tính", "unit", 12),
)
_FOLLOWS = Column("Cơ quan theo dõi", "lead", 22)
SIX_YEARS = (
    *_SIDES,
    *(Column(f"Năm {year}", str(year), 9) for year in (2025, 2030, 2035, 2040, 2045)),
    _FOLLOWS,
)
BASELINE = (
    *_SIDES,
    Column("Hiện trạng năm 2024", "baseline", 14),
    *(Column(f"Đến năm {year}", str(year), 9) for year in (2025, 2030, 2045)),
    Column("Đơn vị chủ trì", "lead", 22),
)
ONE_YEAR = (*_SIDES, Column("Mục tiêu đến năm 2030", "2030", 12), _FOLLOWS)
INDICATOR_COLUMNS: dict[str, tuple[Columns, tuple[tuple[str, int], ...]]] = {
    "six years": (SIX_YEARS, ()),
    "two header rows": (
        SIX_YEARS,
        (("TT", 1), ("Tên chỉ tiêu", 1), ("Đơn vị tính", 1), ("Mục tiêu", 5), ("Cơ quan theo dõi", 1)),
    ),
    "baseline": (BASELINE, ()),
    "one year": (ONE_YEAR, ()),
}


@dataclass(frozen=True)
class Case:
    """A printed plan with the records that it must give. Its name says how it was printed: the kind of table, layout,
    columns, issuer and what joins agencies in a cell, with ``/`` between."""

    name: str
    text: str
    gold: tuple[Record, ...]


Plans = Mapping[str, Extraction]


def all_cases(plans: Plans) -> Iterator[Case]:
    """Every layout with every set of columns, and every issuer and joint in two layouts."""
    for layout in LAYOUTS:
        yield plan_case(plans["002"].tasks, layout)
        for columns in COLUMNS:
            yield task_case(plans, layout, columns=columns)
        for columns in INDICATOR_COLUMNS:
            yield indicator_case(plans, layout, columns)
        if layout.startswith("flattened"):
            yield from (other_case(name, layout) for name in OTHERS)
    for issuer in ISSUERS:
        for joint in ("; ", ", ", " và "):
            yield task_case(plans, "tabbed", issuer=issuer, joint=joint)
        yield task_case(plans, "flattened", issuer=issuer)
        yield indicator_case(plans, "tabbed", "baseline", issuer=issuer)


def task_case(plans: Plans, layout: str, *, columns: str = "usual", issuer: str = "tỉnh", joint: str = "; ") -> Case:
    """Tasks of four plans in one table; where the columns name no coordinators, nobody coordinates."""
    name = f"tasks/{layout}/{columns}/{issuer}/{joint.strip()}"
    source = [
        *plans["002"].tasks[:16],
        *plans["004"].tasks[30:45],
        *plans["003"].tasks[:10],
        *plans["000"].tasks[4:18],
    ]
    tasks = given_to(ISSUERS[issuer], source, name, "I")
    if not {"coord", "both"} & {column.shows for column in COLUMNS[columns]}:
        tasks = [replace(task, coord=()) for task in tasks]
    table = task_table(tasks, COLUMNS[columns], joint)
    return Case(name, _printed(ISSUERS[issuer], LAYOUTS[layout](table)), tuple(tasks))


def plan_case(tasks: Sequence[TaskRecord], layout: str) -> Case:
    """The whole task table of one plan, with its own agencies and numbers."""
    name = f"plan/{layout}/usual/tỉnh/;"
    printed = tuple(replace(task, doc=name, annex="I") for task in tasks)
    return Case(name, _printed(ISSUERS["tỉnh"], LAYOUTS[layout](task_table(printed, USUAL, "; "))), printed)


def other_case(name: str, layout: str) -> Case:
    """One of the three tables written for flattening."""
    tasks = tuple(replace(task, doc=f"others/{layout}/{name}") for task in OTHERS[name].tasks)
    return Case(tasks[0].doc, _printed(ISSUERS["tỉnh"], LAYOUTS[layout](OTHERS[name].table())), tasks)


def indicator_case(plans: Plans, layout: str, columns: str, *, issuer: str = "tỉnh") -> Case:
    """Indicators of two plans in one table, those without a value in its years left out."""
    name = f"indicators/{layout}/{columns}/{issuer}/;"
    shown, over = INDICATOR_COLUMNS[columns]
    years = {column.shows for column in shown}
    source = [one for plan in ("004", "003") for one in [i for i in plans[plan].indicators if i.annex][:24]]
    of_years = [replace(one, targets=tuple(t for t in one.targets if str(t.year) in years)) for one in source]
    ones = indicators_given_to(ISSUERS[issuer], [one for one in of_years if one.targets], name, "I")
    table = indicator_table(ones, shown, over)
    return Case(name, _printed(ISSUERS[issuer], LAYOUTS[layout](table)), tuple(ones))


def _printed(issuer: Issuer, table: str) -> str:
    return f"{issuer.head}\nI. MỤC TIÊU\n\nPHỤ LỤC I\nDANH MỤC\n(Kèm theo Kế hoạch này)\n\n{table}"


def measure(extractor: Extractor, case: Case) -> Scores:
    """How well the records of a case are read again, rows that it does not have counting against it."""
    return compare(_records(extractor, case.name, case.text), case.name, case.gold)


def measure_file(extractor: Extractor, path: Path, gold: Sequence[Record]) -> Scores:
    """The same for a file, whose records have the document's id ``x``."""
    return compare(_records(extractor, "x", read_file(path, Limits()).text), "x", gold)


def compare(found: Iterable[Record], doc: str, wanted: Sequence[Record]) -> Scores:
    """The same for the records found in a document."""
    kind = wanted[0].kind
    gold = [{"complete": [doc]}, *map(_plain, wanted)]
    return evaluate({kind: gold}, [_plain(record) for record in found if record.kind == kind])


def _records(extractor: Extractor, doc: str, text: str) -> Iterable[Record]:
    try:
        return extractor.extract(doc, text).records()
    except NotAPlanError:
        return ()


def _plain(record: Record) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(to_json(record)))
    return plain

"""Plans to print: records, issuer, columns and layout put together, and how well they are read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from graph.evaluation import Scores, evaluate
from graph.extraction import Extractor, NotAPlanError
from graph.records import Extraction, Record, to_json
from layouts.issuers import ISSUERS
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
    """A printed plan with the records that it must give."""

    name: str
    text: str
    gold: tuple[Record, ...]


def task_cases(plans: dict[str, Extraction]) -> Iterator[Case]:
    """Each layout with the usual columns, each set of columns tabbed and flattened, each issuer tabbed and flattened,
    each joint of agencies tabbed."""
    combos = {(layout, "usual", "tỉnh", "; ") for layout in LAYOUTS}
    combos |= {(layout, columns, "tỉnh", "; ") for layout in LAYOUTS for columns in COLUMNS}
    combos |= {(layout, "usual", issuer, "; ") for layout in LAYOUTS for issuer in ISSUERS}
    combos |= {("tabbed", "usual", issuer, joint) for issuer in ISSUERS for joint in ("; ", ", ", " và ")}
    for layout, columns, issuer, joint in sorted(combos):
        records = [
            *plans["002"].tasks[:16],
            *plans["004"].tasks[30:45],
            *plans["003"].tasks[:10],
            *plans["000"].tasks[4:18],
        ]
        yield _task_case(layout, columns, ISSUERS[issuer], joint, records, issuer)


def _task_case(layout, columns, issuer, joint, records, said) -> Case:
    name = f"task|{layout}|{columns}|{said}|{joint.strip()}"
    tasks = given_to(issuer, records, name, "I")
    if columns == "no coordination":
        from dataclasses import replace

        tasks = [replace(t, coord=()) for t in tasks]
    table = task_table(tasks, COLUMNS[columns], joint)
    text = f"{issuer.head}\nI. MỤC TIÊU\n\nCác nhiệm vụ tại Phụ lục kèm theo.\n\nPHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch)\n\n{LAYOUTS[layout](table)}"
    return Case(name, text, tuple(tasks))


def indicator_cases(plans: dict[str, Extraction]) -> Iterator[Case]:
    records = [i for i in plans["004"].indicators if i.annex][:24] + [i for i in plans["003"].indicators if i.annex][
        :24
    ]
    for layout in LAYOUTS:
        for said, (columns, over) in INDICATOR_COLUMNS.items():
            for issuer in ("tỉnh", "bộ"):
                name = f"indicator|{layout}|{said}|{issuer}|;"
                from dataclasses import replace

                ones = indicators_given_to(ISSUERS[issuer], records, name, "I")
                years = {c.shows for c in columns}
                ones = [replace(o, targets=tuple(t for t in o.targets if str(t.year) in years)) for o in ones]
                ones = [replace(o, no=str(n)) for n, o in enumerate((o for o in ones if o.targets), 1)]
                table = indicator_table(ones, columns, over)
                text = f"{ISSUERS[issuer].head}\nI. MỤC TIÊU\n\nPHỤ LỤC I\nCHỈ TIÊU\n(Kèm theo Kế hoạch)\n\n{LAYOUTS[layout](table)}"
                yield Case(name, text, tuple(ones))


def measure(extractor: Extractor, case: Case) -> Scores:
    try:
        found = [json.loads(json.dumps(to_json(r))) for r in extractor.extract(case.name, case.text).records()]
    except NotAPlanError:
        found = []
    kind = case.gold[0].kind
    gold = [json.loads(json.dumps(to_json(r))) for r in case.gold]
    return evaluate({kind: [{"complete": [case.name]}, *gold]}, [f for f in found if f["kind"] == kind])

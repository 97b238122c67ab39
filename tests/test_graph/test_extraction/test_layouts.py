"""Plans printed in layouts, columns and issuers' names of other plans are read again (``bench/layouts.py`` prints the
figures of every case)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from layouts.cases import COLUMNS, INDICATOR_COLUMNS, Case, compare, indicator_case, other_case, plan_case, task_case
from layouts.issuers import ISSUERS
from layouts.others import OTHERS
from layouts.printing import LAYOUTS

from graph.extraction import Extractor
from graph.records import Extraction
from graph.sources import Source

MARKED = ("tabbed with breaks", "tabbed cut rows", "cell lines", "pipes", "pipes padded", "html table", "html lines")
FIELDS = {
    "task": ("row", "title", "no", "lead", "coord", "result", "deadline"),
    "indicator": ("row", "name", "unit", "targets", "lead"),
}


@pytest.fixture(scope="module")
def known(plans: dict[str, tuple[Source, str, Extraction]]) -> Mapping[str, Extraction]:
    return {id_: extraction for id_, (_, _, extraction) in plans.items()}


def assert_read(extractor: Extractor, case: Case, least: float, **lower: float) -> Extraction:
    """Every field has at least an F1 of ``least``, some a lower one of their own; what was read."""
    found = extractor.extract(case.name, case.text)
    tallies = compare(found.records(), case.name, case.gold)
    scores = {field: tally.f1 for (_, doc, field), tally in tallies.items() if doc == "*"}
    wanted = {field: lower.get(field, least) for field in FIELDS[case.gold[0].kind] if field in scores}
    assert wanted
    assert {f: scores[f] for f in wanted if scores[f] < wanted[f]} == {}, case.name
    return found


@pytest.mark.parametrize("layout", MARKED)
def test_tables_whose_cells_are_marked(extractor: Extractor, known: Mapping[str, Extraction], layout: str) -> None:
    assert_read(extractor, task_case(known, layout), 1.0)
    assert_read(extractor, indicator_case(known, layout, "two header rows"), 1.0)


@pytest.mark.parametrize("columns", COLUMNS)
def test_columns_of_tasks(extractor: Extractor, known: Mapping[str, Extraction], columns: str) -> None:
    assert_read(extractor, task_case(known, "tabbed", columns=columns), 1.0)


@pytest.mark.parametrize("columns", INDICATOR_COLUMNS)
def test_columns_of_indicators(extractor: Extractor, known: Mapping[str, Extraction], columns: str) -> None:
    assert_read(extractor, indicator_case(known, "tabbed", columns), 1.0)


@pytest.mark.parametrize("issuer", ISSUERS)
@pytest.mark.parametrize("joint", ["; ", ", ", " và "])
def test_bodies_of_other_issuers(
    extractor: Extractor, known: Mapping[str, Extraction], issuer: str, joint: str
) -> None:
    assert_read(extractor, task_case(known, "tabbed", issuer=issuer, joint=joint), 1.0, lead=0.97, coord=0.97)


@pytest.mark.parametrize(
    ("layout", "columns", "issuer"),
    [
        ("flattened", "usual", "tỉnh"),
        ("flattened", "usual", "bộ"),
        ("flattened", "usual", "xã"),
        ("flattened", "times first", "tỉnh"),
        ("flattened", "one agency column", "tỉnh"),
        ("flattened without gaps", "usual", "thành phố"),
        ("flattened no header", "usual", "tỉnh"),
    ],
)
def test_flattened_tasks(
    extractor: Extractor, known: Mapping[str, Extraction], layout: str, columns: str, issuer: str
) -> None:
    assert_read(extractor, task_case(known, layout, columns=columns, issuer=issuer), 0.97, coord=0.93)


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name.startswith("flattened")])
@pytest.mark.parametrize("name", OTHERS)
def test_other_tables_flattened(extractor: Extractor, layout: str, name: str) -> None:
    assert_read(extractor, other_case(name, layout), 0.9, result=0.88)


def test_flattened_indicators(extractor: Extractor, known: Mapping[str, Extraction]) -> None:
    assert_read(extractor, indicator_case(known, "flattened", "one year"), 1.0)
    assert_read(extractor, indicator_case(known, "flattened", "six years"), 0.94, unit=0.88)


REWRITTEN: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "old places of tone marks": lambda text: re.sub(
        "hóa|hòa|tòa|ủy", lambda m: {"hóa": "hoá", "hòa": "hoà", "tòa": "toà", "ủy": "uỷ"}[m[0]], text
    ),
    "no-break spaces": lambda text: text.replace("  ", "\N{NO-BREAK SPACE} "),
    "annex and title on a line": lambda text: text.replace("PHỤ LỤC I\n", "PHỤ LỤC I: DANH MỤC NHIỆM VỤ CHỦ YẾU CỦA TỈNH\n"),
    "Markdown heading": lambda text: text.replace("PHỤ LỤC I\n", "## **PHỤ LỤC I**\n"),
}  # fmt: skip


@pytest.mark.parametrize("way", REWRITTEN)
@pytest.mark.parametrize("layout", ["tabbed", "flattened"])
def test_other_ways_to_write_the_same(
    extractor: Extractor, known: Mapping[str, Extraction], layout: str, way: str
) -> None:
    case = task_case(known, layout)
    found = assert_read(extractor, replace(case, text=REWRITTEN[way](case.text)), 0.98)
    assert {task.annex for task in found.tasks} == {"I"}
    assert (found.documents[0].number, found.documents[0].date) == ("412/KH-UBND", "2025-06-05")


def test_a_table_without_an_annex_heading(extractor: Extractor, known: Mapping[str, Extraction]) -> None:
    for layout in ("tabbed", "flattened"):
        text = task_case(known, layout).text.replace("PHỤ LỤC I\n", "")
        assert {task.annex for task in extractor.extract("x", text).tasks} == {"PL"}
        inside = text.replace("(Kèm theo Kế hoạch này)\n", "")
        assert {task.annex for task in extractor.extract("x", inside).tasks} == {None}


@pytest.mark.parametrize("columns", ["usual", "times first", "one agency column"])
def test_columns_side_by_side(extractor: Extractor, known: Mapping[str, Extraction], columns: str) -> None:
    assert_read(extractor, task_case(known, "spaced", columns=columns), 1.0)


def test_indicators_side_by_side(extractor: Extractor, known: Mapping[str, Extraction]) -> None:
    for columns in ("two header rows", "baseline"):
        assert_read(extractor, indicator_case(known, "spaced", columns), 1.0)


def test_parts_of_a_table_between_page_numbers_are_one_table(
    extractor: Extractor, known: Mapping[str, Extraction]
) -> None:
    case = task_case(known, "pipes")
    head, rule, *rows = case.text[case.text.index("| TT") :].splitlines(keepends=True)
    parts = [[head, rule, *rows[:20]], ["\n", "3\n", "\n", *rows[20:40]], ["\n", "Trang 4\n", head, rule, *rows[40:]]]
    text = case.text[: case.text.index("| TT")] + "".join(line for part in parts for line in part)
    assert_read(extractor, replace(case, text=text), 1.0)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_whole_table_of_a_plan_in_each_text_layout(
    extractor: Extractor, known: Mapping[str, Extraction], layout: str
) -> None:
    case = plan_case(known["002"].tasks, layout)
    found = assert_read(extractor, case, 0.99)
    assert [task.title for task in found.tasks] == [task.title for task in known["002"].tasks]

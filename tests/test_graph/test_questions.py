import csv
import io
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from graph.questions.binding import Choice, ParameterError, bind, may_be_name, meant, render, typed
from graph.questions.catalogue import read_catalogue
from graph.questions.metadata import CatalogueError
from graph.questions.question import Chart, ChartType, Question, Text
from graph.store import Store, create, open_read_only

FIXTURE = Path(__file__).parent.parent / "test_service" / "plans.trig"
ID = "https://w3id.org/phancong/id/"
CATALOGUE = read_catalogue()

GOOD = """\
#+ order = 1
#+ title = { vi = "Câu hỏi", en = "Question" }
#+ description = { vi = "Mô tả", en = "Description" }
#+ serves = ["CQ01"]
#+ [[parameter]]
#+ name = "since"
#+ type = "date"
#+ label = { vi = "Từ", en = "Since" }
#+ description = { vi = "Từ ngày", en = "From the day" }
#+ example = "2025-01-01"
#+ pattern = "FILTER(?day >= ?since)"
#+ [[column]]
#+ name = "day"
#+ label = { vi = "Ngày", en = "Day" }
#+ type = "date"

SELECT ?day
WHERE {
  ?s <http://example.org/day> ?day .
}
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("questions")
    quads = pyoxigraph.parse(path=str(FIXTURE))
    (folder / "data.nq").write_bytes(pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS))
    create(folder / "store", folder / "data.nq")
    return open_read_only(folder / "store")


def rows(store: Store, text: str) -> list[dict[str, str]]:
    output = io.BytesIO()
    store.query(text).write(output, "text/csv")
    return list(csv.DictReader(io.StringIO(output.getvalue().decode(), newline="")))


def ask(store: Store, question_id: str, **given: str) -> list[dict[str, str]]:
    question = CATALOGUE[question_id]
    return rows(store, render(question, bind(question, given)))


def catalogue_of(folder: Path, text: str) -> dict[str, Question]:
    (folder / "one.rq").write_text(text)
    return read_catalogue(folder)


def test_the_questions_stand_in_their_order() -> None:
    orders = [question.order for question in CATALOGUE.values()]
    assert orders == sorted(orders)
    assert next(iter(CATALOGUE)) == "agencies-by-tasks-led"


def test_agencies_by_tasks_led_counts_narrower_topics_and_sets_groups_apart(store: Store) -> None:
    answer = ask(store, "agencies-by-tasks-led", topic="data")
    assert [(row["agencyLabel"], row["areaLabel"], row["kind"], row["taskCount"]) for row in answer] == [
        ("Sở Khoa học và Công nghệ", "Quảng Trị", "agency", "2"),
        ("Sở Khoa học và Công nghệ", "Thanh Hóa", "agency", "1"),
        ("các sở, ban, ngành", "Quảng Trị", "group", "1"),
    ]
    plan = f"{ID}document/quang-tri-687-kh-ubnd-2026/task"
    assert sorted(answer[0]["tasks"].split()) == [f"{plan}/i-ii-1", f"{plan}/i-ii-2"]


def test_agencies_by_tasks_led_without_topic_counts_all_tasks(store: Store) -> None:
    answer = ask(store, "agencies-by-tasks-led")
    assert [row["taskCount"] for row in answer] == ["2", "1", "1", "1"]


def test_tasks_of_an_agency_in_each_role(store: Store) -> None:
    both = ask(store, "tasks-of-agency", agency="quang-tri/so-y-te")
    assert [(row["title"], row["roleLabel"], row["deadline"], row["dueBy"]) for row in both] == [
        ("Xây dựng kho dữ liệu dùng chung của tỉnh", "phối hợp", "Năm 2026", "2026-12-31"),
        ("Triển khai hồ sơ sức khỏe điện tử", "chủ trì", "", ""),
    ]
    led = ask(store, "tasks-of-agency", agency=f"{ID}agency/quang-tri/so-y-te", role="lead")
    assert [row["number"] for row in led] == ["1"]
    assert ask(store, "tasks-of-agency", agency="quang-tri/so-y-te", role="lead", topic="data") == []


def test_documents_that_implement_a_resolution_in_one_or_more_steps(store: Store) -> None:
    answer = ask(store, "documents-implementing-resolution")
    assert [(row["number"], row["date"]) for row in answer] == [
        ("90/KH-UBND", "2025-04"),
        ("687/KH-UBND", "2026-02-10"),
    ]
    through = ask(store, "documents-implementing-resolution", resolution="71/NQ-CP")
    assert [row["number"] for row in through] == ["687/KH-UBND"]


@pytest.mark.parametrize(
    ("question_id", "key"),
    [
        ("agencies-by-tasks-led", "agency"),
        ("tasks-of-agency", "task"),
        ("documents-implementing-resolution", "document"),
    ],
)
def test_evidence_quotes_the_passages_of_the_rows(store: Store, question_id: str, key: str) -> None:
    question = CATALOGUE[question_id]
    assert question.evidence is not None
    bound = bind(question, question.sample)
    keys = {row[key] for row in rows(store, render(question, bound))}
    evidence = rows(store, render(question, bound, question.evidence.sparql))
    assert evidence
    assert {row[key] for row in evidence} <= keys
    for row in evidence:
        start, end = row["passage"].rsplit("/", 1)[1].split("-")
        assert (row["start"], row["end"]) == (start, end)
        assert row["quote"]


def test_every_led_task_has_evidence_for_the_task_and_for_who_leads_it(store: Store) -> None:
    question = CATALOGUE["agencies-by-tasks-led"]
    assert question.evidence is not None
    answer = rows(store, render(question, {}))
    evidence = rows(store, render(question, {}, question.evidence.sparql))
    counted = {(row["agency"], task) for row in answer for task in row["tasks"].split()}
    for states in ("task", "lead"):
        assert {(row["agency"], row["task"]) for row in evidence if row["states"] == states} == counted


def test_a_value_is_bound_as_a_term_of_its_type() -> None:
    tasks = CATALOGUE["tasks-of-agency"]
    assert bind(tasks, {"agency": "quang-tri/so-y-te", "role": "lead"}) == {
        "agency": NamedNode(f"{ID}agency/quang-tri/so-y-te"),
        "role": NamedNode(f"{ID}role/lead"),
    }
    documents = CATALOGUE["documents-implementing-resolution"]
    assert bind(documents, {}) == {"resolution": Literal("57-NQ/TW")}


def test_a_name_means_the_value_that_is_called_so_and_no_other() -> None:
    (agency,) = (one for one in CATALOGUE["tasks-of-agency"].parameters if one.name == "agency")
    health = "quang-tri/so-y-te"
    allowed = [
        Choice(health, "Sở Y tế – Quảng Trị", "Department of Health – Quang Tri"),
        Choice("hue/truong-a", "Trường A – Huế", "College – Hue"),
        Choice("hue/truong-b", "Trường B – Huế", "College – Hue"),
    ]
    assert may_be_name(agency, "Sở Y tế") and not may_be_name(agency, health)
    assert not may_be_name(agency, f"{ID}agency/Hue")
    for name in (health, "sở  y tế – quảng trị", "Sở Y tê\u0301 – Quảng Trị", "Department of health – Quang Tri"):
        assert meant(agency, name, allowed) == health, name
    assert meant(agency, "hue/none", allowed) == "hue/none", "who reads the value says that there is none"
    with pytest.raises(ParameterError, match=r'called "Sở Y"; it can be .*y-te'):
        meant(agency, "Sở Y", allowed)
    with pytest.raises(ParameterError, match=r'are called "College – Hue"; it can be hue/truong-a, hue/truong-b$'):
        meant(agency, "College – Hue", allowed)
    english = {health: "Department of Health – Quang Tri", "hue/truong-a": "hue/truong-a"}
    assert typed(allowed, "en") == english | {"hue/truong-b": "hue/truong-b"}
    for language in ("vi", "en"):
        assert all(meant(agency, name, allowed) == value for value, name in typed(allowed, language).items())


def test_a_parameter_that_is_not_given_leaves_no_trace() -> None:
    text = render(CATALOGUE["agencies-by-tasks-led"], {})
    assert "?topic" not in text


@given(st.text())
def test_no_string_gets_out_of_its_literal(value: str) -> None:
    question = CATALOGUE["documents-implementing-resolution"]
    if "\ud800" <= max(value, default="") <= "\udfff":
        return
    text = render(question, bind(question, {"resolution": value}))
    line = next(line for line in text.split("\n") if line.startswith("  VALUES ?resolution"))
    store = pyoxigraph.Store()
    (solution,) = store.query(f"SELECT ?resolution WHERE {{ {line} }}")
    assert solution["resolution"] == Literal(value)


@pytest.mark.parametrize(
    "value",
    ["data> } INSERT", "data> ?x . <http://x/", 'data" }', "data\n}", "data\\u003e", "<data>", "http://x/ y", "data{}"],
)
def test_what_is_no_iri_is_refused(value: str) -> None:
    with pytest.raises(ParameterError, match="does not fit"):
        bind(CATALOGUE["agencies-by-tasks-led"], {"topic": value})


def test_errors_name_the_parameters_that_exist() -> None:
    with pytest.raises(ParameterError, match=r'no parameter "topik".*topic \(such as data\)'):
        bind(CATALOGUE["agencies-by-tasks-led"], {"topik": "data"})
    with pytest.raises(ParameterError, match=r'"agency" is missing.*agency=quang-tri/'):
        bind(CATALOGUE["tasks-of-agency"], {})


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    question = CATALOGUE["tasks-due"]
    assert bind(question, {"from": "2026-01-01", "to": "2026-01-01"})
    with pytest.raises(ParameterError, match=r'"to" \(2026-01-01\) is a day before the parameter "from"') as refused:
        bind(question, {"from": "2026-12-31", "to": "2026-01-01"})
    assert refused.value.parameter is not None
    assert "ngày trước" in refused.value.said.vi


def test_a_very_long_value_is_not_repeated_whole() -> None:
    with pytest.raises(ParameterError) as refused:
        bind(CATALOGUE["tasks-due"], {"from": "9" * 3000, "to": "2026-01-01"})
    assert len(str(refused.value)) < 300


def test_dates_and_integers_are_checked(tmp_path: Path) -> None:
    question = catalogue_of(tmp_path, GOOD)["one"]
    assert str(bind(question, {"since": "2025-12-31"})["since"]).startswith('"2025-12-31"^^')
    with pytest.raises(ParameterError, match="no date such as"):
        bind(question, {"since": "31/12/2025"})
    question = catalogue_of(
        tmp_path, GOOD.replace('type = "date"\n#+ label = { vi = "Từ"', 'type = "integer"\n#+ label = { vi = "Từ"')
    )["one"]
    assert bind(question, {"since": "-5"})["since"].value == "-5"
    with pytest.raises(ParameterError, match="no whole number"):
        bind(question, {"since": "5.0"})


def with_chart(chart: str) -> tuple[str, str]:
    """The place behind the metadata's last line, and the chart to put there."""
    return 'type = "date"\n\nSELECT', f'type = "date"\n#+ [chart]\n#+ {chart}\n\nSELECT'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'type = "date"\n#+ label = { vi = "Từ"',
            'type = "dat"\n#+ label = { vi = "Từ"',
            r'one\.rq:7: .*unknown type "dat"',
        ),
        ("?since)", "?then)", r'one\.rq:6: parameter "since" is not used'),
        ('name = "day"', 'name = "days"', r'one\.rq:13: column "days": the query does not project \?days'),
        ("?day .", "?day", None),
        ("example.org/day> ?day", "example.org/day>", r"one\.rq:19: the query, column"),
        ("order = 1", "order = ", r"one\.rq: the metadata: .*line 1"),
        ("order = 1", "ordre = 1", r'one\.rq:1: the metadata: unknown key "ordre"'),
        ("order = 1", 'order = "1"', r"one\.rq:1: the metadata: needs order \(int\)"),
        ('title = { vi = "Câu hỏi", en = "Question" }', 'title = { vi = "Câu hỏi" }', r"one\.rq:2: .*needs title\.vi"),
        ('en = "Question"', 'en = ""', r"one\.rq:2: .*needs title\.vi and title\.en"),
        ("WHERE {", "WHERE{", r'one\.rq:16: the query needs a line that is exactly "WHERE \{"'),
        ('pattern = "FILTER(?day', 'pattern = "FILTER(?day +', r"one\.rq:\d+: the query, column"),
        (
            'example = "2025-01-01"',
            'base = "day"\n#+ example = "2025-01-01"',
            r'one\.rq:6: parameter "since": a base is for',
        ),
        ('type = "date"\n\n', 'type = "date"\n#+ question = "other"\n\n', r'one\.rq: column "day" leads to "other"'),
        ('serves = ["CQ01"]', "serves = []", r"one\.rq:4: the metadata: needs serves"),
        ('serves = ["CQ01"]', 'serves = ["CQ1"]', r'one\.rq:4: the metadata: serves "CQ1", which is no number'),
        ('serves = ["CQ01"]', 'serves = "CQ01"', r"one\.rq:4: the metadata: serves has to be a list of strings"),
        (
            'serves = ["CQ01"]',
            'serves = ["CQ01"]\n#+ other_readings = ["two"]',
            r'one\.rq: other_readings names "two", which is no question',
        ),
        (
            'serves = ["CQ01"]',
            'serves = ["CQ01"]\n#+ sample = { until = "2025-01-01" }',
            r'one\.rq:5: the sample gives "until", which is no parameter',
        ),
        (
            'serves = ["CQ01"]',
            'serves = ["CQ01"]\n#+ sample = { since = 2025 }',
            r'one\.rq:5: the sample gives "since" no string',
        ),
        ('name = "since"', 'name = "since"\n#+ required = true', r'the sample gives no value to "since"'),
        ('name = "since"', 'use = "since"', r'one\.rq:6: a parameter uses "since"; parameters\.toml has none'),
        (
            'name = "since"',
            'name = "since"\n#+ values = "SELECT ?v"',
            r'one\.rq:6: parameter "since": its values query: ',
        ),
        (
            'name = "since"',
            'name = "since"\n#+ values = "SELECT ?v WHERE { ?v ?p ?o }"',
            r'one\.rq:6: parameter "since": its values query has to project \?value and \?label',
        ),
        (
            'name = "day"',
            'name = "day"\n#+ unit = { vi = "ngày", en = "days" }',
            r'one\.rq:13: column "day": has a unit, which only columns of numbers have',
        ),
        ('name = "day"', 'name = "day"\n#+ unit = "days"', r'column "day": needs unit\.vi and unit\.en'),
        ('name = "day"', 'name = "day"\n#+ unit_column = "u"', r'column "day": the query does not project \?u'),
        (*with_chart('type = "pie"'), r'one\.rq:17: the chart: unknown type "pie"; the types are bar, line'),
        (*with_chart('type = "bar"\n#+ x = "day"'), r"the chart: needs y"),
        (
            *with_chart('type = "bar"\n#+ x = "day"\n#+ y = "night"'),
            r'one\.rq:19: the chart: its y, "night", is no column',
        ),
        (
            *with_chart('type = "bar"\n#+ x = "day"\n#+ y = "day"'),
            r'one\.rq:16: the chart: its y, "day", is no column of numbers',
        ),
        (
            *with_chart('type = "network"\n#+ x = "day"\n#+ y = "day"\n#+ series = "day"'),
            r'one\.rq:20: the chart: unknown key "series"; known are type, value, x, y',
        ),
    ],
)
def test_a_bad_file_stops_the_start_and_is_named(tmp_path: Path, old: str, new: str, message: str | None) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    if message is None:
        assert catalogue_of(tmp_path, text)
        return
    with pytest.raises(CatalogueError, match=message):
        catalogue_of(tmp_path, text)


def test_a_shared_parameter_is_taken_with_what_the_question_says_otherwise(tmp_path: Path) -> None:
    shared = """\
[since]
type = "date"
label = { vi = "Từ", en = "Since" }
description = { vi = "Từ ngày", en = "From the day" }
example = "2025-01-01"
pattern = "FILTER(?day >= ?since)"
"""
    (tmp_path / "parameters.toml").write_text(shared)
    a, b = GOOD.index("#+ [[parameter]]"), GOOD.index("#+ [[column]]")
    used = '#+ [[parameter]]\n#+ use = "since"\n#+ default = "2026-01-01"\n'
    (parameter,) = catalogue_of(tmp_path, GOOD[:a] + used + GOOD[b:])["one"].parameters
    assert (parameter.name, parameter.default, parameter.example) == ("since", "2026-01-01", "2025-01-01")
    (tmp_path / "parameters.toml").write_text(shared.replace('"date"', '"day"'))
    with pytest.raises(CatalogueError, match=r'parameters\.toml:2: parameter "since": unknown type "day"'):
        catalogue_of(tmp_path, GOOD)


def test_a_chart_and_units_are_read(tmp_path: Path) -> None:
    text = GOOD.replace("?day\nWHERE", "?day (COUNT(?s) AS ?n)\nWHERE").replace("\n}\n", "\n}\nGROUP BY ?day\n")
    column = '#+ [[column]]\n#+ name = "n"\n#+ type = "integer"\n#+ label = { vi = "Số", en = "Count" }\n'
    unit = '#+ unit = { vi = "ngày", en = "days" }\n#+ [chart]\n#+ type = "line"\n#+ x = "day"\n#+ y = "n"\n'
    question = catalogue_of(tmp_path, text.replace("\n\nSELECT", f"\n{column}{unit}\nSELECT"))["one"]
    assert question.chart == Chart(ChartType.LINE, "day", "n")
    assert question.columns[1].unit == Text("ngày", "days")


def test_decimals_are_checked(tmp_path: Path) -> None:
    text = GOOD.replace('type = "date"\n#+ label = { vi = "Từ"', 'type = "decimal"\n#+ label = { vi = "Từ"')
    question = catalogue_of(tmp_path, text)["one"]
    assert str(bind(question, {"since": "0.75"})["since"]).endswith("decimal>")
    for wrong in ("0,75", ".5", "1e3", "NaN", "٠.٥"):
        with pytest.raises(ParameterError, match="no number such as"):
            bind(question, {"since": wrong})

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, RDF, SH, Graph, Literal, URIRef

from graph.findings import Passage, Report
from graph.places import CNT, PC
from graph.reports.plain import to_json, to_text, to_turtle
from graph.validation import UnusableInput, graph_of, load_shapes, read_graph, validate

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "tests" / "test_shapes" / "examples"
ID = "https://w3id.org/phancong/id/"
DOCUMENT = f"{ID}document/quang-tri-1-kh-ubnd-2026"
TASK = URIRef(f"{DOCUMENT}/task/pl-i-1")


@cache
def shapes() -> Graph:
    return load_shapes(ROOT / "shapes")


def plan(*examples: str) -> Graph:
    graph = read_graph(EXAMPLES / "plan.ttl")
    for example in examples:
        graph += read_graph(EXAMPLES / "fails" / f"{example}.ttl")
    return graph


def check(*examples: str) -> Report:
    return validate(plan(*examples), shapes())


def test_a_finding_leads_to_the_row_and_the_words_of_the_plan() -> None:
    data = plan()
    data.remove((TASK, PC.leadAgency, None))
    (finding,) = validate(data, shapes()).findings
    assert (finding.severity, finding.focus, finding.path) == ("warning", str(TASK), str(PC.leadAgency))
    assert finding.shape == "https://w3id.org/phancong/shapes#Task-lead"
    assert finding.message_vi == "Nhiệm vụ chưa có cơ quan chủ trì."
    assert finding.message_en == "The task has no lead agency."
    assert (finding.place.document, finding.place.document_name) == (DOCUMENT, "1/KH-UBND")
    assert (finding.place.annex, finding.place.number) == ("PL", "1")
    assert finding.place.passage == Passage(0, 40, "Kết nối, chia sẻ cơ sở dữ liệu toàn tỉnh", line=1, column=1)
    assert (finding.place.source, finding.place.file) == ("000", "plan.txt")
    assert (finding.place.record, finding.place.at) == ("task", 0)
    assert "data/corrections" in finding.remedy_en and "data/corrections" in finding.remedy_vi


def test_line_and_column_are_left_out_where_the_text_is_not_at_hand() -> None:
    data = plan("Deadline-kind")
    data.remove((None, CNT.chars, None))
    infos = [f for f in validate(data, shapes()).findings if f.severity == "info"]
    assert [finding.shape_name for finding in infos] == ["Source-text"]
    (finding,) = [f for f in validate(data, shapes()).findings if f.severity != "info"]
    assert finding.place.passage is not None and finding.place.passage.line is None


def test_a_quote_is_compared_with_the_text_of_its_source() -> None:
    data = plan()
    (source,) = data.subjects(CNT.chars)
    data.set((source, CNT.chars, Literal("KẾ HOẠCH\nKết nối, chia sẻ cơ sở dữ liệu dùng chung")))
    (finding,) = validate(data, shapes()).findings
    assert (finding.shape_name, finding.severity) == ("SourceQuote", "violation")
    assert finding.place.passage is not None and finding.place.passage.start == 0


@pytest.mark.parametrize(
    ("example", "annex", "number"),
    [
        ("Assignment-role", "PL", "1"),  # through its task
        ("Deadline-kind", "PL", "1"),
        ("DeadlineOrder", "PL", "1"),  # the constraint looks at the document, the deadline is at fault
        ("AssignedAgent-known", "PL", "1"),  # through the assignment that names it
        ("Passage-type", "PL", "1"),  # through the task that points at it
        ("Citation-count", None, None),  # a citation belongs to a document, not to a row
    ],
)
def test_the_place_is_looked_up_through_what_holds_the_node(
    example: str, annex: str | None, number: str | None
) -> None:
    (finding,) = check(example).findings
    place = finding.place
    assert (place.document, place.annex, place.number) == (DOCUMENT, annex, number)
    assert place.passage is not None and place.passage.start == 0


def test_a_document_without_a_number_is_named_by_its_title() -> None:
    data = plan("Task-lead")
    data.remove((URIRef(DOCUMENT), URIRef("http://data.europa.eu/eli/ontology#id_local"), None))
    (finding,) = validate(data, shapes()).findings
    assert finding.place.document_name == str(data.value(URIRef(DOCUMENT), DCTERMS.title))


def test_what_the_data_does_not_say_is_left_out() -> None:
    (finding,) = check("Source-sha256").findings
    assert finding.place.document is None and finding.place.passage is None
    assert "document" not in to_text(check("Source-sha256")).replace("documents", "")


def test_only_violations_stop_a_release() -> None:
    assert check().conforms
    assert check("Task-lead", "Agency-typed").conforms
    assert not check("Task-title").conforms


def test_worst_first_and_the_same_order_every_time() -> None:
    examples = ("Agency-typed", "Task-lead", "Target-year", "Citation-count")
    report = check(*examples)
    assert [finding.severity for finding in report.findings] == ["violation", "violation", "warning", "info"]
    assert check(*reversed(examples)).findings == report.findings


def test_a_value_that_breaks_one_shape_twice_is_one_finding() -> None:
    report = check("Task-order")  # a string is no integer and not at least 0
    assert len(report.findings) == 1
    assert len(list(report.results.subjects(RDF.type, SH.ValidationResult))) == 2


def test_text_has_a_block_for_each_finding_and_a_summary() -> None:
    blocks = to_text(check("Task-title", "Agency-typed")).split("\n\n")
    assert blocks[0].startswith("VIOLATION  Nhiệm vụ phải có đúng một tên")
    assert f"document  1/KH-UBND <{DOCUMENT}>" in blocks[0]
    assert "place     annex PL, row 2" in blocks[0]
    assert 'passage   0-40 "Kết nối, chia sẻ cơ sở dữ liệu toàn tỉnh"' in blocks[0]
    assert blocks[1].startswith("INFO")
    assert "file      plan.txt:1" in blocks[0]
    assert 'source = "000", kind = "task", at = 0' in blocks[0]
    assert blocks[2] == "1 violation, 0 warnings, 1 info: does not conform\n"


def test_text_shortens_a_long_quote_and_keeps_it_on_one_line() -> None:
    report = check("Task-title")
    finding = report.findings[0]
    long = replace(finding, place=replace(finding.place, passage=Passage(0, 400, "dữ liệu\n" * 50)))
    text = to_text(replace(report, findings=(long,)))
    (shown,) = [line for line in text.splitlines() if line.startswith("  passage")]
    assert "dữ liệu dữ liệu" in shown and shown.endswith('…"') and len(shown) < 200


def test_json_holds_everything() -> None:
    report = check("Task-lead")
    told = json.loads(to_json(report))
    assert told["conforms"] is True
    (finding,) = told["findings"]
    assert finding["place"]["passage"] == {
        "start": 0,
        "end": 40,
        "quote": "Kết nối, chia sẻ cơ sở dữ liệu toàn tỉnh",
        "line": 1,
        "column": 1,
    }
    assert finding["severity"] == "warning" and finding["focus"].startswith(ID)


def test_turtle_is_a_shacl_report_in_both_languages() -> None:
    told = Graph().parse(data=to_turtle(check("DeadlineOrder")), format="turtle")
    (result,) = told.subjects(RDF.type, SH.ValidationResult)
    assert told.value(None, SH.conforms) is None and (None, SH.conforms, Literal(False)) in told
    messages = told.objects(result, SH.resultMessage)
    assert {message.language for message in messages if isinstance(message, Literal)} == {"vi", "en"}


def test_reports_do_not_depend_on_the_hash_seed() -> None:
    """Sets are walked in another order with another seed; a report must not show it."""
    code = (
        "from graph.reports.html import to_html; from graph.reports.sarif import to_sarif\n"
        "from test_validation import check, to_json, to_text, to_turtle\n"
        "report = check('Deadline-task', 'Document-relation', 'DeadlineOrder', 'Task-lead')\n"
        "print(to_text(report), to_json(report), to_turtle(report), to_html(report), to_sarif(report))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(__file__).parent))),
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_paths_are_written_as_in_sparql() -> None:
    assert check("Deadline-task").findings[0].path == f"^{PC.deadline}"
    eli = "http://data.europa.eu/eli/ontology#"
    alternatives = f"{PC.implements}|{eli}based_on|{PC.replaces}|{eli}amends|{eli}cites"
    assert check("Document-relation").findings[0].path == alternatives


def test_validation_leaves_the_data_alone() -> None:
    data = plan("Task-lead")
    before = set(data)
    validate(data, shapes())
    assert set(data) == before


def test_property_shapes_with_targets_of_their_own_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rearrangement that makes validation fast must not change what it finds."""
    examples = ("Task-lead", "Citation-count", "Target-value", "Document-relation", "Selector-start", "Agency-typed")
    fast = check(*examples)
    monkeypatch.setattr("graph.validation._own_targets", lambda given: given)
    assert check(*examples).findings == fast.findings
    assert len(fast.findings) == len(examples)


def test_quads_become_one_graph_with_their_lexical_forms() -> None:
    subject, predicate = ox.NamedNode("http://example.org/s"), ox.NamedNode("http://example.org/p")
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    quads = [
        ox.Quad(subject, predicate, ox.Literal("0.50", datatype=decimal), ox.NamedNode("http://example.org/g1")),
        ox.Quad(subject, predicate, ox.Literal("sở", language="vi"), ox.NamedNode("http://example.org/g2")),
        ox.Quad(subject, predicate, ox.Literal("plain")),
    ]
    values = set(graph_of(quads).objects())
    assert values == {
        Literal("0.50", datatype=URIRef(decimal.value), normalize=False),
        Literal("sở", "vi"),
        Literal("plain"),
    }
    assert "0.50" in set(map(str, values))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("data.ttl", b"<a> <b> .\n", r"data\.ttl:1: "),
        ("data.ttl", '<http://a> <http://b> "Sở" .\n\nSở Nội vụ chủ trì\n'.encode(), r"data\.ttl:3: "),
        ("data.ttl", b'<http://a> <http://b> "S\xff" .', r"data\.ttl"),
        ("data.csv", b"Ke hoach", r"data\.csv: no RDF by its name: \.csv"),
        ("data", b"", r"data: no RDF by its name: no ending"),
        ("data.ttl", None, r"data\.ttl: cannot be read: No such file"),
    ],
)
def test_data_that_cannot_be_read_names_file_place_and_reason(
    tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnusableInput, match=reason) as caught:
        read_graph(path)
    assert "\n" not in str(caught.value)


def test_a_folder_without_shapes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="holds no shapes"):
        load_shapes(tmp_path)


@pytest.mark.parametrize("constraint", ['sh:pattern "("', 'sh:minLength "ba"'])
def test_a_bad_shape_is_an_error_that_says_so(tmp_path: Path, constraint: str) -> None:
    (tmp_path / "bad.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        f"<http://example.org/s> a sh:NodeShape ; sh:targetNode <http://example.org/a> ; {constraint} .\n"
    )
    with pytest.raises(UnusableInput, match=r"^shapes: .") as caught:
        validate(plan(), load_shapes(tmp_path))
    assert "\n" not in str(caught.value)

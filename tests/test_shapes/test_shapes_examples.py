from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.sparql import Query

from graph.findings import Report
from graph.validation import load_shapes, read_graph, validate

HERE = Path(__file__).parent
SHAPES = HERE.parent.parent / "shapes"
FAILS = HERE / "examples" / "fails"
PCS = "https://w3id.org/phancong/shapes#"
MEND = URIRef(PCS + "mend")


@cache
def shapes() -> Graph:
    return load_shapes(SHAPES)


@cache
def plan() -> Graph:
    return read_graph(HERE / "examples" / "plan.ttl")


@cache
def report_of(shape: str) -> Report:
    """What is found in the plan together with the example that fails this shape."""
    return validate(plan() + read_graph(FAILS / f"{shape}.ttl"), shapes())


@pytest.fixture(scope="module", autouse=True)
def queries_parsed_once() -> Iterator[None]:
    """Two hundred reports ask the same few queries; to parse them takes longer than all else that pySHACL does."""
    parse, translate = processor.parseQuery, processor.translateQuery
    known: dict[str, Query] = {}

    def read(text: str, base: str | None, prefixes: Mapping[str, Any] | None) -> Query:
        if text not in known:
            known[text] = translate(parse(text), base, prefixes)
        return known[text]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "parseQuery", str)
        patch.setattr(processor, "translateQuery", read)
        yield


def names(kind: URIRef) -> set[str]:
    return {str(shape).removeprefix(PCS) for shape in shapes().subjects(RDF.type, kind)}


def targets(shape: URIRef) -> set[object]:
    found: set[object] = set()
    for cls in shapes().objects(shape, SH.targetClass):
        found |= set(plan().subjects(RDF.type, cls))
    for predicate in shapes().objects(shape, SH.targetSubjectsOf):
        found |= set(plan().subjects(predicate, None))
    for predicate in shapes().objects(shape, SH.targetObjectsOf):
        found |= set(plan().objects(None, predicate))
    return found


def test_the_plan_conforms_to_every_shape() -> None:
    assert validate(plan(), shapes()).findings == ()


@pytest.mark.parametrize("name", sorted(names(SH.NodeShape)))
def test_every_node_shape_has_something_to_check_in_the_plan(name: str) -> None:
    assert targets(URIRef(PCS + name))


@pytest.mark.parametrize("example", sorted(FAILS.glob("*.ttl")), ids=lambda path: path.stem)
def test_a_failing_example_raises_exactly_its_own_finding(example: Path) -> None:
    report = report_of(example.stem)
    assert [finding.shape.removeprefix(PCS) for finding in report.findings] == [example.stem]
    finding = report.findings[0]
    assert finding.message_vi and finding.message_en and finding.message_vi != finding.message_en


def test_every_shape_that_checks_something_has_a_failing_example() -> None:
    only_groups = {
        "HeldDocument",
        "AssignedAgent",
        "Selector",
        "Concept",
        "Text",
        "ReviewedLink",
    }  # node shapes with nothing but properties
    assert {path.stem for path in FAILS.glob("*.ttl")} == (names(SH.NodeShape) | names(SH.PropertyShape)) - only_groups


@pytest.mark.parametrize(
    ("shape", "severity"),
    [
        ("Task-title", "violation"),
        ("Task-document", "violation"),
        ("Task-passage", "violation"),
        ("DeadlineOrder", "violation"),
        ("Task-lead", "warning"),
        ("Task-lead-coordinates", "warning"),
        ("TargetPercent", "warning"),
        ("Agency-typed", "info"),
    ],
)
def test_severity(shape: str, severity: str) -> None:
    report = report_of(shape)
    assert [finding.severity for finding in report.findings] == [severity]
    assert report.conforms == (severity != "violation")


def test_every_shape_has_a_message_in_both_languages() -> None:
    for shape in {*shapes().subjects(SH.path, None), *shapes().subjects(SH["select"], None)}:
        if isinstance(shape, URIRef):
            messages = shapes().objects(shape, SH.message)
            assert {message.language for message in messages if isinstance(message, Literal)} == {"vi", "en"}, shape


def test_every_shape_says_how_to_mend_what_it_finds() -> None:
    for name in names(SH.NodeShape) | names(SH.PropertyShape):
        shape = URIRef(PCS + name)
        owners = [shape, *shapes().subjects(SH.property, shape)]
        remedies = {remedy for owner in owners for remedy in shapes().objects(owner, MEND)}
        assert remedies, name
        for remedy in remedies:
            said = [text for text in shapes().objects(remedy, RDFS.comment) if isinstance(text, Literal)]
            assert sorted(str(text.language) for text in said) == ["en", "vi"], remedy


def test_every_shape_stands_in_the_table_of_the_documentation() -> None:
    """The table of docs/validation.md, line by line; what it should be is what this prints when it fails."""
    table = [
        line
        for line in (HERE.parent.parent / "docs" / "validation.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert table == [row(name) for name in sorted(names(SH.NodeShape) | names(SH.PropertyShape)) if message(name)]


def message(name: str) -> str:
    said = shapes().objects(URIRef(PCS + name), SH.message)
    return next((str(text) for text in said if isinstance(text, Literal) and text.language == "en"), "")


def row(name: str) -> str:
    shape = URIRef(PCS + name)
    owners = [shape, *shapes().subjects(SH.property, shape)]
    remedy = next(mend for owner in owners for mend in shapes().objects(owner, MEND))
    (label,) = (text for text in shapes().objects(remedy, RDFS.label) if getattr(text, "language", "") == "en")
    severity = str(shapes().value(shape, SH.severity) or SH.Violation).rpartition("#")[2].lower()
    return f"| `{name}` | {severity} | {message(name)} | {str(label).lower()} |"


def test_shapes_name_only_terms_and_codes_that_exist() -> None:
    """A misspelt property or code in a shape would check nothing, or refuse everything."""
    ontology = HERE.parent.parent / "ontology"
    known = Graph()
    for file in ("phancong.ttl", "codes.ttl"):
        known += read_graph(ontology / file)
    ours = "https://w3id.org/phancong/"
    named = {term for triple in shapes() for term in triple if isinstance(term, URIRef) and term.startswith(ours)}
    named -= {term for term in named if term.startswith(PCS.removesuffix("#"))}
    assert named
    assert {term for term in named if (term, None, None) not in known} == set()

"""Checking files: graph by graph, with what the sources share, in parallel."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH

from graph.check import check
from graph.findings import Acceptance
from graph.namespaces import graph_iri
from graph.sources import Source

EXAMPLES = Path(__file__).parent.parent / "test_shapes" / "examples"
TEXT = "Kết nối, chia sẻ cơ sở dữ liệu toàn tỉnh"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as one:
        yield one


def triples(*examples: str) -> list[ox.Triple]:
    """The plan with failing examples: its source known by the checksum of its text, without the text; without what it
    says of the vocabularies, which have the last word."""
    paths = (EXAMPLES / "plan.ttl", *(EXAMPLES / "fails" / f"{name}.ttl" for name in examples))
    return [
        t
        for path in paths
        for t in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if not t.predicate.value.endswith("content#chars")
        and not re.search("/id/(area|topic|agency-type|metric)/", str(t.subject))
    ]


def quads(graph: str, *examples: str) -> str:
    """The same as N-Quads in a named graph."""
    name = ox.NamedNode(graph_iri(graph))
    lines = [f"{ox.Quad(t.subject, t.predicate, t.object, name)} .\n" for t in triples(*examples)]
    return "".join(lines).replace("0123456789abcdef" * 4, SHA256)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return Source("000", "plan", path, SHA256, "Kế hoạch", "quang-tri")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_source_at_hand_is_compared_with_its_quotes(tmp_path: Path, source: Source, executor: Executor) -> None:
    file = write(tmp_path / "plan.nq", quads("plan"))
    assert [f.shape_name for f in check([file], executor, [], {}).findings] == ["Source-text"]
    assert check([file], executor, [source], {}).findings == ()
    other = "Kết nối, chia sẻ cơ sở dữ liệu nông nghiệp"
    write(source.path, other)
    changed = dataclasses.replace(source, sha256=hashlib.sha256(other.encode()).hexdigest())
    file = write(tmp_path / "plan.nq", quads("plan").replace(SHA256, changed.sha256))
    (finding,) = check([file], executor, [changed], {}).findings
    assert (finding.shape_name, finding.place.passage and finding.place.passage.quote) == ("SourceQuote", TEXT)


def test_what_is_accepted_of_a_source_is_applied_to_its_graph(
    tmp_path: Path, source: Source, executor: Executor
) -> None:
    focus = "document/quang-tri-1-kh-ubnd-2026/task/pl-i-2"
    one = Acceptance("000", "Task-lead", focus, None, "A", "2026-11-23", "So.", "x")
    file = write(tmp_path / "plan.nq", quads("plan", "Task-lead"))
    report = check([file], executor, [source], {"000": [one]})
    assert (report.count("warning"), report.accepted) == (0, 1)


def test_each_graph_is_checked_by_itself_and_the_reports_are_one(
    tmp_path: Path, source: Source, executor: Executor
) -> None:
    file = write(tmp_path / "plans.nq", quads("a", "Task-title") + quads("b", "Target-year"))
    report = check([file], executor, [source], {})
    assert sorted(finding.shape_name for finding in report.findings) == ["Target-year", "Task-title"]
    (told,) = report.results.subjects(RDF.type, SH.ValidationReport)
    assert len(list(report.results.objects(told, SH.result))) == 2
    for result in report.results.objects(told, SH.result):
        assert len(list(report.results.objects(result, SH.focusNode))) == 1
    assert str(report.results.value(told, SH.conforms)) == "false"


AGENCY = """<https://w3id.org/phancong/id/agency/quang-tri/so-y-te> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/phancong/def#Agency> <{graph}> .
<https://w3id.org/phancong/id/agency/quang-tri/so-y-te> <http://www.w3.org/2004/02/skos/core#prefLabel> "Sở Y tế"@vi <{graph}> .
<https://w3id.org/phancong/id/agency/quang-tri/so-y-te> <https://w3id.org/phancong/def#agencyType> <https://w3id.org/phancong/id/agency-type/so-y-te> <{graph}> .
<https://w3id.org/phancong/id/agency/quang-tri/so-y-te> <https://w3id.org/phancong/def#area> <https://w3id.org/phancong/id/area/quang-tri> <{graph}> .
"""


def test_an_agency_of_the_links_that_no_source_names_is_found(
    tmp_path: Path, source: Source, executor: Executor
) -> None:
    links = AGENCY.format(graph=graph_iri("links"))
    named = (
        "<https://w3id.org/phancong/id/document/quang-tri-1-kh-ubnd-2026> <http://data.europa.eu/eli/ontology#passed_by> "
        f"<https://w3id.org/phancong/id/agency/quang-tri/so-y-te> <{graph_iri('plan')}> .\n"
    )
    file = write(tmp_path / "plan.nq", quads("plan") + links)
    assert [f.shape_name for f in check([file], executor, [source], {}).findings] == ["Agency-used"]
    file = write(tmp_path / "plan.nq", quads("plan") + links + named)
    assert check([file], executor, [source], {}).findings == ()


def test_a_file_without_named_graphs_is_checked_as_one(tmp_path: Path, executor: Executor) -> None:
    file = write(tmp_path / "plan.nt", "".join(f"{triple} .\n" for triple in triples("Task-title")))
    report = check([file], executor, [], {})
    assert [finding.shape_name for finding in report.findings] == ["Task-title", "Source-text"]

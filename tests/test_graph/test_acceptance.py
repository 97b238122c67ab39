from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from graph.acceptance import ACCEPTED, AcceptanceError, accept, load_acceptances
from graph.findings import Acceptance, Report
from graph.sources import load_sources
from graph.validation import load_shapes, read_graph, validate

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "tests" / "test_shapes" / "examples"
TASK = "document/quang-tri-1-kh-ubnd-2026/task/pl-i-2"
LEAD = Acceptance("000", "Task-lead", TASK, None, "A", "2026-11-23", "So.", "file: accepted 1")


def report(*examples: str) -> Report:
    data = Graph() + read_graph(EXAMPLES / "plan.ttl")
    for name in examples:
        data += read_graph(EXAMPLES / "fails" / f"{name}.ttl")
    return validate(data, load_shapes(ROOT / "shapes"))


def test_an_accepted_finding_is_marked_and_counted_apart() -> None:
    found = accept(report("Task-lead"), [LEAD])
    assert (found.count("warning"), found.accepted, found.conforms) == (0, 1, True)
    assert found.findings[0].accepted == LEAD


def test_one_that_fits_no_finding_any_more_is_an_error() -> None:
    with pytest.raises(AcceptanceError, match=r"accepted 1: Task-lead no longer finds .*pl-i-2 at fault"):
        accept(report(), [LEAD])


def test_a_finding_with_a_value_is_accepted_with_that_value_only() -> None:
    found = report("Task-lead-coordinates")
    one = Acceptance("000", "Task-lead-coordinates", TASK, "agency/quang-tri/so-noi-vu", "A", "2026-11-23", "So.", "x")
    assert accept(found, [one]).accepted == 1
    for value in (None, "agency/quang-tri/so-y-te"):
        with pytest.raises(AcceptanceError, match="with this value"):
            accept(found, [Acceptance("000", one.shape, TASK, value, "A", "2026-11-23", "So.", "x")])


def test_a_violation_cannot_be_accepted() -> None:
    one = Acceptance("000", "Task-title", TASK, None, "A", "2026-11-23", "So.", "x")
    with pytest.raises(AcceptanceError, match="cannot be accepted"):
        accept(report("Task-title"), [one])


def test_a_finding_is_accepted_once() -> None:
    with pytest.raises(AcceptanceError, match="accepted twice"):
        accept(report("Task-lead"), [LEAD, LEAD])


ENTRY = """[[accepted]]
source = "000"
shape = "Task-lead"
focus = "document/x/task/1"
by = "A"
on = 2026-11-23
why = "So."
"""


def test_entries_are_read_by_source(tmp_path: Path) -> None:
    path = tmp_path / "accepted-findings.toml"
    path.write_text(ENTRY + ENTRY.replace("000", "004"), encoding="utf-8")
    found = load_acceptances(path, load_sources())
    assert {source: len(entries) for source, entries in found.items()} == {"000": 1, "004": 1}
    assert found["000"][0].on == "2026-11-23"


def test_without_a_file_nothing_is_accepted(tmp_path: Path) -> None:
    assert load_acceptances(tmp_path / "no.toml", load_sources()) == {}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('why = "So."\n', ""), "accepted 1: why is missing"),
        (('"So."', '" "'), "accepted 1: why is empty"),
        (("2026-11-23", '"2026-11-23"'), "accepted 1: on must be a date"),
        (("2026-11-23", "2026-11-23T08:00:00"), "accepted 1: on must be a date"),
        (('"000"', '"009"'), "source: '009' is none of"),
        (("by = ", 'author = "A"\nby = '), "accepted 1: author is no part of an entry"),
        (("[[accepted]]", "[[finding]]"), "unknown table 'finding'"),
        (("[[accepted]]", "[[accepted"), "is no TOML"),
    ],
)
def test_a_bad_entry_names_file_place_and_reason(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    path = tmp_path / "accepted-findings.toml"
    path.write_text(ENTRY.replace(*change), encoding="utf-8")
    with pytest.raises(AcceptanceError, match=words) as caught:
        load_acceptances(path, load_sources())
    assert "accepted-findings.toml" in str(caught.value) and "\n" not in str(caught.value)


def test_our_own_entries_can_be_read() -> None:
    assert load_acceptances(ACCEPTED, load_sources())

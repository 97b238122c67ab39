"""Corrections: what fits is applied and carried, what does not fit is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.corrections import CORRECTIONS, CorrectionError, apply_corrections, load_corrections
from graph.records import Deadline, Extraction, TaskRecord, place_of
from graph.source_text import Span
from graph.sources import Source, load_sources

SOURCE = Source("p", "p", Path("p.txt"), "", "Plan", "quang-tri")
TASK = TaskRecord(
    doc="p",
    annex="I",
    section_no=None,
    section=None,
    no="1",
    title="Xây dựng kế hoach",
    lead=("Sở Y tế",),
    lead_raw="Sở Y tế",
    coord=(),
    coord_raw="",
    result="",
    deadline_raw="2026",
    deadline=(Deadline("year", end="2026"),),
    topics=(),
    confidence=0.85,
    doubts=("no number printed",),
    source={"title": (Span(10, 27),), "lead.0": (Span(28, 35),), "lead": (Span(28, 35),), "deadline": (Span(36, 40),)},
)
BLOCK = {
    "source": '"p"',
    "kind": '"task"',
    "at": "10",
    "field": '"title"',
    "was": '"Xây dựng kế hoach"',
    "becomes": '"Xây dựng kế hoạch"',
    "passages": "[[10, 27]]",
    "by": '"An"',
    "on": "2026-03-01",
    "why": '"A misprint."',
}


def corrected(folder: Path, **changes: str | None) -> TaskRecord:
    """The task with a correction that differs from BLOCK; None leaves a line out."""
    parts = {key: value for key, value in (BLOCK | changes).items() if value is not None}
    text = "[[correction]]\n" + "".join(f"{key} = {value}\n" for key, value in parts.items())
    (folder / "x.toml").write_text(text, encoding="utf-8")
    corrections = load_corrections(folder, [SOURCE])["p"]
    return apply_corrections(corrections, Extraction((), (TASK,), (), ()), 100).tasks[0]


def test_a_correction_replaces_the_value_and_is_carried(tmp_path: Path) -> None:
    task = corrected(tmp_path)
    assert task.title == "Xây dựng kế hoạch"
    (correction,) = task.corrections
    assert (correction.was, correction.by, correction.on) == ("Xây dựng kế hoach", "An", "2026-03-01")
    assert place_of(task) == 10


def test_its_passages_become_those_of_the_field(tmp_path: Path) -> None:
    task = corrected(
        tmp_path, field='"lead"', was='["Sở Y tế"]', becomes='["Sở Nội vụ", "Sở Y tế"]', passages="[[50, 60], [70, 75]]"
    )
    assert task.lead == ("Sở Nội vụ", "Sở Y tế")
    spans = (Span(50, 60), Span(70, 75))
    assert {key: value for key, value in task.source.items() if key.startswith("lead")} == {
        "lead.0": spans,
        "lead.1": spans,
    }


@pytest.mark.parametrize(
    ("field", "was", "becomes", "value"),
    [
        ("annex", '"I"', '""', None),
        ("confidence", "0.85", "1", 1.0),
        ("doubts", '["no number printed"]', "[]", ()),
        (
            "deadline",
            '[{kind = "year", end = "2026"}]',
            '[{kind = "recurring", recurrence = "annual"}]',
            (Deadline("recurring", recurrence="annual"),),
        ),
    ],
)
def test_any_field_can_be_corrected(tmp_path: Path, field: str, was: str, becomes: str, value: object) -> None:
    assert getattr(corrected(tmp_path, field=f'"{field}"', was=was, becomes=becomes), field) == value


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"at": "11"}, "no task records begin at character 11"),
        ({"was": '"Xây dựng"'}, "title was 'Xây dựng kế hoach'"),
        ({"kind": '"indicator"', "field": '"name"'}, "no indicator records begin"),
        ({"kind": '"row"'}, "kind must be one of"),
        ({"field": '"name"'}, "a task has no field 'name'"),
        ({"field": '"corrections"'}, "a task has no field"),
        ({"source": '"q"'}, "no source has the id 'q'"),
        ({"why": None}, "why is missing"),
        ({"why": '" "'}, "why is empty"),
        ({"on": '"2026-03-01"'}, "on must be a date"),
        ({"becomes": '["a"]'}, "becomes: must be a str"),
        ({"field": '"deadline"', "was": "[]", "becomes": '[{kind = "soon"}]'}, "'soon' is none of date, year"),
        ({"field": '"deadline"', "was": "[]", "becomes": '[{when = "x"}]'}, "must be a table with kind"),
        ({"passages": "[]"}, "one at least"),
        ({"passages": "[[5]]"}, "[start, end]"),
        ({"passages": "[[90, 101]]"}, "within the 100 characters"),
        ({"note": '"x"'}, "note is no part of a correction"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, changes: dict[str, str | None], words: str) -> None:
    with pytest.raises(CorrectionError) as refused:
        corrected(tmp_path, **changes)
    assert "x.toml: correction 1: " in str(refused.value)
    assert words in str(refused.value)


@pytest.mark.parametrize(("text", "words"), [("[[correction]\n", "is no TOML"), ("# nothing\n", "holds no")])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionError) as refused:
        load_corrections(tmp_path, [SOURCE])
    assert "x.toml" in str(refused.value) and words in str(refused.value)


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "none", [SOURCE]) == {}


def test_the_corrections_of_this_project_can_be_read() -> None:
    assert sum(map(len, load_corrections(CORRECTIONS, load_sources()).values())) > 0

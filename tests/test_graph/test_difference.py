"""What `phancong diff` tells of two releases."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from graph.cli import main
from graph.difference import (
    CHANGES,
    DifferenceError,
    compare,
    read_changes,
    release_named,
    to_json,
    to_text,
    write_changes,
)

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_TITLE = "<http://purl.org/dc/terms/title>"
_PC = "https://w3id.org/phancong/def#"
_ID = "https://w3id.org/phancong/id/"


def task(name: str, title: str, *more: str) -> str:
    said = [f"{_TYPE} <{_PC}Task>", f'{_TITLE} "{title}"@vi', *more]
    return "".join(f"<{_ID}task/{name}> {one} <https://x.example/g> .\n" for one in said)


OLD = (
    task("kept", "Giữ nguyên")
    + task("gone", "Bỏ đi")
    + task("moved", "Đổi", f'<{_PC}annex> "I"', f'<{_PC}doubt> "?"@en')
)
NEW = (
    task("kept", "Giữ nguyên")
    + task("new", "Thêm")
    + task("moved", "Đổi", f'<{_PC}annex> "II"', f'<{_PC}doubt> "?"@en')
)
PASSAGE = f"<{_ID}source/s/passage/1-2> {_TYPE} <{_PC}Passage> <https://x.example/g> .\n"


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    for name, content in (("20260101T000000Z-a", OLD), ("20260201T000000Z-b", NEW + PASSAGE)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "release.json").write_text("{}")
        (tmp_path / name / "phancong.nq").write_text(content, encoding="utf-8")
    (tmp_path / "current").symlink_to("20260201T000000Z-b")
    return tmp_path


def test_records_are_added_removed_and_changed_field_by_field(releases: Path) -> None:
    difference = compare(release_named("20260101T000000Z-a", releases), release_named("current", releases))
    assert [record.title for record in difference.added] == ["Thêm@vi"]
    assert [record.title for record in difference.removed] == ["Bỏ đi@vi"]
    (change,) = difference.changed
    assert [(one.field, one.removed, one.added) for one in change.fields] == [("pc:annex", ("I",), ("II",))]


def test_text_says_it_line_by_line_and_json_completely(releases: Path) -> None:
    difference = compare(releases / "20260101T000000Z-a", releases / "20260201T000000Z-b")
    assert to_text(difference).splitlines() == [
        "+ Task task/new: Thêm@vi",
        "- Task task/gone: Bỏ đi@vi",
        "~ Task task/moved: Đổi@vi",
        "    pc:annex - I",
        "    pc:annex + II",
        "20260101T000000Z-a -> 20260201T000000Z-b: 1 added, 1 removed, 1 changed",
    ]
    told = json.loads(to_json(difference))
    assert told["added"][0]["fields"] == {"dct:title": ["Thêm@vi"], "rdf:type": [f"{_PC}Task"]}


def test_a_release_is_compared_with_itself_by_the_command(releases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2026-02-01", "--release", str(releases), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["removed"], told["changed"]) == ([], [], [])


def test_a_release_is_found_by_folder_id_and_date_and_in_the_archive(releases: Path) -> None:
    (releases / "archive").mkdir()
    old = releases / "archive" / "20250101T000000Z-z"
    (releases / "20260101T000000Z-a").rename(old)
    (old / "dumps").mkdir()
    (old / "dumps" / "phancong.nq.gz").write_bytes(gzip.compress(OLD.encode()))
    (old / "phancong.nq").unlink()
    for name in ("20250101T000000Z-z", "2025-01-01", str(old)):
        assert release_named(name, releases) == old
    assert len(compare(old, releases / "current").changed) == 1, "the packed N-Quads serve as well"


@pytest.mark.parametrize("name", ["2024-01-01", "nothing", "../..", "-"])
def test_a_release_that_is_not_there_is_named(releases: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DifferenceError, match="is no release"):
        release_named(name, releases)
    assert main(["diff", "--release", str(releases), "--", name, "current"]) == 2
    assert capsys.readouterr().err.startswith(f"phancong: {name}: is no release")


def test_damaged_quads_are_said(releases: Path) -> None:
    (releases / "current" / "phancong.nq").write_text("no quads\n")
    with pytest.raises(DifferenceError, match="cannot be read"):
        compare(releases / "20260101T000000Z-a", releases / "current")


def test_changes_are_kept_with_a_release_and_read_again(releases: Path, tmp_path: Path) -> None:
    difference = compare(*sorted(path for path in releases.iterdir() if path.is_dir() and not path.is_symlink())[:2])
    write_changes(difference, tmp_path)
    read = read_changes(tmp_path)
    assert read is not None
    assert (read.old, read.new, read.changed) == (difference.old, difference.new, difference.changed)
    assert [one.iri for one in read.added] == [one.iri for one in difference.added]
    assert [(one.kind, one.title) for one in read.removed] == [("Task", "Bỏ đi@vi")]


def test_changes_that_are_missing_are_none_and_damaged_ones_are_an_error(tmp_path: Path) -> None:
    assert read_changes(tmp_path) is None
    for content in ("{", "{}", '{"old": "a", "new": "b", "added": [{}], "removed": [], "changed": []}'):
        (tmp_path / CHANGES).write_text(content)
        with pytest.raises(DifferenceError, match="cannot be read"):
            read_changes(tmp_path)

"""A plan of any format becomes a source that the next build carries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from graph.build import build_source
from graph.sources import SOURCES, SourceError, load_sources, read_source

PLAN = SOURCES / "quang-tri-2026-ke-hoach.txt"


def plan(path: Path, number: str = "412/KH-UBND") -> Path:
    """A small plan in Word."""
    document = docx.Document()
    for line in (
        "ỦY BAN NHÂN DÂN",
        "TỈNH NGHỆ AN",
        f"Số: {number}",
        "Nghệ An, ngày 05 tháng 6 năm 2025",
        "KẾ HOẠCH",
        "Thực hiện Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ",
        "Thực hiện Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ, UBND tỉnh Nghệ An ban hành Kế hoạch như sau:",
        "PHỤ LỤC I",
    ):
        document.add_paragraph(line)
    rows = (
        ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời hạn"),
        ("1", "Xây dựng cơ sở dữ liệu đất đai", "Sở Tư pháp", "Sở Tài chính", "Cơ sở dữ liệu", "12/2026"),
        ("2", "Đào tạo kỹ năng số", "Sở Nội vụ", "Sở Y tế", "Khóa học", "Hằng năm"),
    )
    table = document.add_table(len(rows), len(rows[0]))
    for written, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(written, row.cells, strict=True):
            cell.text = text
    document.add_paragraph("Nơi nhận")
    members = document.add_table(2, 3)
    for cell, text in zip(members.rows[0].cells, ("TT", "Họ và tên", "Chức vụ"), strict=True):
        cell.text = text
    members.cell(1, 1).text = "Nguyễn Văn A"
    document.save(str(path))
    return path


def phancong(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "graph.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **settings},
    )


def test_a_word_plan_becomes_a_source_that_builds(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    path = plan(tmp_path / "Kế hoạch 412.docx")
    done = phancong("add", path, "--sources", sources, "--note", 'Nhận "qua thư"')
    assert done.returncode == 0, done.stderr
    assert "2 tasks" in done.stdout
    (source,) = load_sources(sources)
    assert (source.id, source.area, source.path.name) == ("000", "nghe-an", "nghe-an-2025-ke-hoach.docx")
    assert source.path.read_bytes() == path.read_bytes()
    built = build_source(source)
    assert built.report.conforms
    assert [task.lead for task in built.extraction.tasks] == [("Sở Tư pháp",), ("Sở Nội vụ",)]
    text = read_source(source)
    (span,) = built.extraction.tasks[0].source["title"]
    assert text[span.start : span.end] == "Xây dựng cơ sở dữ liệu đất đai"


def test_a_second_plan_gets_a_name_and_number_of_its_own_and_a_double_is_refused(tmp_path: Path) -> None:
    first, second = plan(tmp_path / "a.docx"), plan(tmp_path / "b.docx", "413/KH-UBND")
    assert phancong("add", first, second, "--sources", tmp_path).returncode == 0
    assert [(s.id, s.slug) for s in load_sources(tmp_path)] == [
        ("000", "nghe-an-2025-ke-hoach"),
        ("001", "nghe-an-2025-ke-hoach-2"),
    ]
    manifest = (tmp_path / "sources.toml").read_text(encoding="utf-8")
    done = phancong("add", first, "--sources", tmp_path)
    assert (done.returncode, "is listed already, as source 000" in done.stderr) == (2, True)
    assert (tmp_path / "sources.toml").read_text(encoding="utf-8") == manifest


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--area", "atlantis"), "'atlantis' is not in ontology/areas.ttl"),
        (("--name", "../x"), "small letters"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    tmp_path: Path, options: tuple[str, ...], reason: str
) -> None:
    path = plan(tmp_path / "a.docx")
    done = phancong("add", path, "--sources", tmp_path, *options)
    assert (done.returncode, len(done.stderr.splitlines()), reason in done.stderr) == (2, 1, True)
    assert [file.name for file in tmp_path.iterdir()] == ["a.docx"]


def test_a_text_plan_is_added_byte_for_byte(tmp_path: Path) -> None:
    assert phancong("add", PLAN, "--sources", tmp_path, "--id", "x", "--name", "ke-hoach").returncode == 0
    (source,) = load_sources(tmp_path)
    assert (source.path.read_bytes(), source.text_path) == (PLAN.read_bytes(), None)


def test_a_changed_rendition_is_refused(tmp_path: Path) -> None:
    phancong("add", plan(tmp_path / "a.docx"), "--sources", tmp_path)
    (source,) = load_sources(tmp_path)
    assert source.text_path
    source.text_path.write_text("x", encoding="utf-8")
    with pytest.raises(SourceError, match=r"nghe-an-2025-ke-hoach\.txt: its sha256 is"):
        read_source(source)


def test_a_file_without_rendition_in_the_manifest_says_what_to_do(tmp_path: Path) -> None:
    phancong("add", plan(tmp_path / "a.docx"), "--sources", tmp_path)
    manifest = tmp_path / "sources.toml"
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if not line.startswith("text")), encoding="utf-8")
    (source,) = load_sources(tmp_path)
    with pytest.raises(SourceError, match="run phancong add"):
        read_source(source)


def test_a_folder_of_good_and_bad_files_loses_none_of_the_good(tmp_path: Path) -> None:
    plan(tmp_path / "a.docx")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "c.xlsx").write_bytes(b"")
    (tmp_path / "d.txt").write_bytes(PLAN.read_bytes())
    done = phancong("extract", tmp_path)
    docs = [record["doc"] for record in map(json.loads, done.stdout.splitlines()) if record["kind"] == "task"]
    assert (done.returncode, docs.count("a"), docs.count("d")) == (1, 2, 32)
    assert done.stderr.count("Traceback") == 0
    assert "2 of 4 files could not be used:" in done.stderr


def test_the_report_says_what_was_found_and_left_out(tmp_path: Path) -> None:
    path = plan(tmp_path / "a.docx")
    (told,) = map(json.loads, phancong("extract", "--report", "--json", path).stdout.splitlines())
    assert (told["format"], told["records"]["tasks"], told["doubtful"]) == ("word", 2, 0)
    assert [(t["holds"], t["rows"], bool(t["left_out"])) for t in told["tables"]] == [
        ("tasks", 3, False),
        (None, 2, True),
    ]
    assert "table of 2 rows: left out:" in phancong("extract", "--report", path).stdout


def test_a_limit_is_a_setting(tmp_path: Path) -> None:
    path = plan(tmp_path / "a.docx")
    done = phancong("extract", path, PHANCONG_CELLS="5")
    assert (done.returncode, len(done.stderr.splitlines()), "PHANCONG_CELLS" in done.stderr) == (2, 1, True)
    done = phancong("extract", path, PHANCONG_CELLS="five")
    assert (done.returncode, 'PHANCONG_CELLS="five": has to be a whole number' in done.stderr) == (2, True)

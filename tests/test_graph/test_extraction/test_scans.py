"""Scanned pages, their text recognised by Tesseract where it is asked for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from layouts.cases import COLUMNS
from layouts.files import pdf, scan
from layouts.tables import task_table

from graph.extraction import Extractor
from graph.reading.limits import Limits
from graph.records import Extraction
from graph.sources import Source, SourceError, read_file

HEAD = ["KẾ HOẠCH", "Chuyển đổi số năm 2026", "PHỤ LỤC I"]


def tesseract_reads_vietnamese() -> bool:
    if shutil.which("tesseract") is None:
        return False
    return "vie" in subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True).stdout.split()


@pytest.mark.skipif(not tesseract_reads_vietnamese(), reason="Tesseract with Vietnamese is not installed")
def test_a_scanned_table_is_read_where_it_is_asked_for(
    tmp_path: Path, extractor: Extractor, plans: dict[str, tuple[Source, str, Extraction]]
) -> None:
    tasks = plans["002"][2].tasks[1:7]
    path = tmp_path / "plan.pdf"
    path.write_bytes(scan(pdf(HEAD, task_table(tasks, COLUMNS["usual"], "; "))))
    with pytest.raises(SourceError, match=r"it is a scan; recognise its text .* --ocr"):
        read_file(path, Limits())
    read = read_file(path, Limits(), recognise=True)
    assert read.left_out[0] == "2 pages whose text was recognised (OCR); compare them with the scan"
    found = extractor.extract("x", read.text).tasks
    assert [task.lead for task in found] == [task.lead for task in tasks]
    assert [task.coord for task in found] == [task.coord for task in tasks]
    assert [task.deadline for task in found] == [task.deadline for task in tasks]


def test_without_tesseract_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(scan(pdf(HEAD, task_table((), COLUMNS["usual"], "; ")), 30))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match=r"Tesseract is not installed: install .* tesseract-ocr-vie"):
        read_file(path, Limits(), recognise=True)
    (tmp_path / "tesseract").write_text("#!/bin/sh\necho eng\n")
    (tmp_path / "tesseract").chmod(0o755)
    with pytest.raises(SourceError, match="knows no Vietnamese here: install"):
        read_file(path, Limits(), recognise=True)

"""Files that are damaged, locked or made to do harm: each is refused with a reason, in bounds of time and memory."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.styles import NamedStyle
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from graph.reading.limits import LimitError, Limits, from_environment
from graph.sources import SourceError, read_file

SMALL = Limits(file_bytes=1 << 20, text_characters=20_000, expanded_bytes=1 << 22, pages=3, cells=100, read_seconds=20)


def pdf(draw: Callable[[Canvas], object], pages: int = 1, **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, **options)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def image_only(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 300, 400)


def word(cells: int = 0, document: bytes | None = None) -> bytes:
    out = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("KẾ HOẠCH")
    if cells:
        made.add_table(cells, 3)
    made.save(out)
    return out.getvalue() if document is None else replaced(out.getvalue(), "word/document.xml", document)


def sheet(rows: int) -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for row, column in ((1, 1), (rows, 40)):
        book.active.cell(row, column).value = "x"
    book.add_named_style(NamedStyle("x"))
    book.save(out)
    return out.getvalue()


def replaced(archive: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, data if member == name else old.read(member))
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


ENTITIES = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a;</w:t>
</w:r></w:p></w:body></w:document>"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b" \r\n\t", "is empty"),
    "binary": (bytes(range(256)) * 100, "no UTF-8"),
    "truncated word": (word()[:9000], "damaged or truncated archive"),
    "truncated pdf": (pdf(lambda c: c.drawString(9, 9, "x"))[:300], "is damaged|no text"),
    "word without a document": (archive(word__other_xml=b"<x/>"), "neither Word nor a spreadsheet"),
    "damaged xml": (word(document=b"<w:document"), "is damaged"),
    "entities": (word(document=ENTITIES), "document type declaration"),
    "old word": (OLE, "97-2003"),
    "encrypted word": (OLE + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    "encrypted pdf": (
        pdf(lambda c: c.drawString(9, 9, "x"), encrypt=StandardEncryption("secret", strength=128)),
        "is encrypted",
    ),
    "image-only pdf": (pdf(image_only), r"no text on its 1 pages: it is a scan; recognise its text \(OCR\)"),
    "pdf of many pages": (pdf(lambda c: c.drawString(9, 9, "x"), pages=4), "PHANCONG_PAGES"),
    "zip bomb": (archive(word__document_xml=bytes(1 << 23)), "PHANCONG_EXPANDED_BYTES"),
    "many cells": (word(cells=40), "PHANCONG_CELLS"),
    "wide sheet": (sheet(1000), "PHANCONG_CELLS"),
    "open document": (archive(content_xml=b"<x/>"), "OpenDocument"),
    "rich text": (b"{\\rtf1 x}", "rich text"),
    "image": (b"\xff\xd8\xff\xe0" + bytes(9), "is an image"),
    "long text": ("KẾ HOẠCH\n".encode() * 4000, "PHANCONG_TEXT_CHARACTERS"),
    "large file": (b"x" * ((1 << 20) + 1), "PHANCONG_FILE_BYTES"),
    "long page": (b"<html><body>" + b"<p>x y</p>" * 30_000, "PHANCONG_TEXT_CHARACTERS"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    data, reason = BAD[name]
    path = tmp_path / "plan.docx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=reason) as refused:
        read_file(path, SMALL)
    assert str(refused.value).startswith(f"{path}: ")
    assert "\n" not in str(refused.value)


def test_a_reader_that_hangs_is_stopped(tmp_path: Path) -> None:
    """Where two thousand rules cross two thousand others there are four million places to look at."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf(lambda c: c.grid(range(0, 14_000, 7), range(0, 14_000, 7)), pagesize=(14_000, 14_000)))
    with pytest.raises(SourceError, match=r"PHANCONG_READ_SECONDS \(1\) and, for each page, PHANCONG_PAGE_SECONDS"):
        read_file(path, Limits(read_seconds=1))


def test_a_reader_without_memory_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(word(cells=3000))
    with pytest.raises(SourceError, match=r"PHANCONG_READ_MEMORY_BYTES|makes its reader fail"):
        read_file(path, Limits(read_memory_bytes=12 << 20))


EXTRACT_AND_WEIGH = """
import pathlib, resource, sys
from graph.reading.limits import Limits
from graph.sources import SourceError, read_file
try:
    read_file(pathlib.Path(sys.argv[1]), Limits())
except SourceError as error:
    print(error)
status = pathlib.Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Prints the refusal, then the most kilobytes that the process held and that a process it started held. Of itself it asks
not getrusage, which counts what the process held that started it (here: that of the tests) before this program began."""


def test_thirty_megabytes_of_text_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("Nhiệm vụ và giải pháp thực hiện\n".encode() * 800_000)
    assert path.stat().st_size > 30 << 20
    done = subprocess.run([sys.executable, "-c", EXTRACT_AND_WEIGH, path], capture_output=True, text=True, check=True)
    refused, *kilobytes = done.stdout.splitlines()
    assert "PHANCONG_TEXT_CHARACTERS allows" in refused
    assert max(map(int, kilobytes)) < 1 << 20


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "many"])
def test_a_limit_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(LimitError, match='PHANCONG_PAGES="'):
        from_environment({"PHANCONG_PAGES": text})


def test_a_limit_from_the_environment() -> None:
    assert from_environment({"PHANCONG_PAGES": "7", "OTHER": "x"}) == Limits(pages=7)


def test_the_readers_are_not_imported_for_text() -> None:
    """They take their time; a text plan must not pay for them."""
    code = "import sys, graph.cli, graph.sources, graph.extraction; print([m for m in sys.modules if m in ('lxml', 'openpyxl', 'pdfplumber')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_large_caller_is_not_taken_for_a_large_file(tmp_path: Path) -> None:
    """The reader's peak of memory is its own, not that of the process that started it."""
    code = (
        "import sys; from pathlib import Path; held = bytearray(b'x') * (900 << 20)\n"
        "from graph.reading.limits import Limits; from graph.sources import SourceError, read_file\n"
        "try: read_file(Path(sys.argv[1]), Limits())\n"
        "except SourceError as error: print(error)"
    )
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing more")
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True, timeout=120)
    assert "is damaged" in done.stdout or "no text" in done.stdout


def extract(path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "graph.cli", "extract", path],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **settings},
    )


HEAD = "KẾ HOẠCH\nThực hiện Nghị quyết số 57-NQ/TW\n\n"
NO_PLANS: dict[str, tuple[bytes, str]] = {
    "header without rows": (f"{HEAD}STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n".encode(), "a header and no rows"),
    "no header": (f"{HEAD}1\tXây dựng\tSở Y tế\t2025\n2\tĐào tạo\tSở Nội vụ\t2026\n".encode(), "no table has a header"),
    "nothing": (b"Xin ch\xc3\xa0o\n", "no head of a document"),
    "office xml": (b'<?xml version="1.0"?><Workbook xmlns="x"/>', "XML of an office program"),
    "web archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", r"web archive \(.mht\)"),
    "pdf without pages": (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 1>>\nendobj\n"
        b"trailer\n<</Root 1 0 R>>\n%%EOF",
        "holds no text on its 0 pages",
    ),
}


@pytest.mark.parametrize("name", NO_PLANS)
def test_what_holds_no_plan_is_refused_by_the_command(tmp_path: Path, name: str) -> None:
    data, reason = NO_PLANS[name]
    path = tmp_path / "kế\nhoạch 'a\".txt"  # a line end in a name must not end the line of the message
    path.write_bytes(data)
    done = extract(path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert re.search(reason, done.stderr)


def test_what_is_no_file_with_an_end_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "folder").mkdir()
    for name, reason in (("pipe", "no file that ends"), ("loop", "cannot be read"), ("folder", "holds no files")):
        done = extract(tmp_path / name)
        assert (done.returncode, len(done.stderr.splitlines()), reason in done.stderr) == (2, 1, True)


def test_a_text_made_to_keep_the_extraction_busy_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("1\n" * 400_000, encoding="utf-8")
    done = extract(path, PHANCONG_EXTRACT_SECONDS="1")
    assert (done.returncode, "PHANCONG_EXTRACT_SECONDS allows (1)" in done.stderr) == (2, True)

"""The encodings of text; what other programs make of them is written down here, not made by the code under test."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest

from graph.extraction import Extractor
from graph.reading.encodings import EncodingError, decode
from graph.sources import SOURCES
from graph.text import fold

PLAN = (SOURCES / "quang-tri-2026-ke-hoach.txt").read_text(encoding="utf-8")
WORDS = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nKẾ HOẠCH\nỦy ban nhân dân tỉnh Quảng Trị\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_a_mark(encoding: str) -> None:
    assert decode(PLAN.encode(encoding)) == PLAN.removeprefix("\ufeff")


def windows_1258(text: str) -> bytes:
    """Base letters with breve, circumflex and horn are characters, tones are marks behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = []
    for char in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", char)
        tone = "".join(mark for mark in apart if mark in tones)
        found.append(unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones)) + tone)
    return "".join(found).encode("cp1258", errors="ignore")


def test_windows_1258() -> None:
    assert decode(windows_1258(WORDS)) == WORDS


def test_viscii() -> None:
    """RFC 1456, section 2: Ộ 0x93, Ò 0xD2, Ã 0xC3, Ủ 0x9C, ệ 0xAE, ộ 0xB5, ậ 0xA7, ự 0xF1, ạ 0xD5, ú 0xFA, ế 0xAA."""
    data = b"C\x93NG H\xd2A X\xc3 H\x93I CH\x9c NGH\xceA VI\x8eT NAM\n\xd0\xb5c l\xa7p - T\xf1 do - H\xd5nh ph\xfac\nK\xaa ho\xd5ch\n"
    assert decode(data) == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nKế hoạch\n"


def test_tcvn3_with_capitals_that_only_the_font_shows() -> None:
    """As a Latin-1 reader sees it: the well-known "Céng hßa x· héi chñ nghÜa ViÖt Nam"."""
    seen = "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM\n§éc lËp - Tù do - H¹nh phóc\nKÕ HO¹CH\nUû ban nh©n d©n tØnh Qu¶ng TrÞ\n"
    assert decode(seen.encode("latin-1")) == WORDS.replace("Ủy", "Uỷ")


@pytest.mark.skipif(shutil.which("iconv") is None, reason="needs iconv, an implementation of its own")
def test_a_whole_plan_in_viscii_as_iconv_writes_it() -> None:
    done = subprocess.run(
        ["iconv", "-c", "-f", "UTF-8", "-t", "VISCII"], input=PLAN.encode(), capture_output=True, check=False
    )
    assert len(done.stdout) > 0.9 * len(PLAN)
    found = decode(done.stdout)
    kept = set(found)
    assert [char for char in found if char.isalpha()] == [char for char in PLAN if char.isalpha() and char in kept]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"K\xe1 ho\xe1\xba", "byte 1 is no UTF-8"),
        ("La société générale a été créée à Genève".encode("latin-1"), "convert the plan"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no UTF-8"),
        (b"KE HOACH\0", "null character"),
        (b"\xff\xfeK\x00\x00\xd8", "no UTF-16"),
        (bytes(range(256)) * 40, "no UTF-8"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(EncodingError, match=reason):
        decode(data)


def test_a_plan_reads_the_same_in_every_encoding(extractor: Extractor) -> None:
    told = [(t.title, t.lead, t.coord, t.deadline) for t in extractor.extract("x", PLAN).tasks]
    for data in (unicodedata.normalize("NFD", PLAN).encode(), PLAN.encode("utf-16"), PLAN.encode("utf-8-sig")):
        assert [(t.title, t.lead, t.coord, t.deadline) for t in extractor.extract("x", decode(data)).tasks] == told


def test_both_placements_of_tone_marks_compare_equal() -> None:
    assert fold("hoà nhập, thuỷ lợi, Uỷ ban, khoẻ") == fold("hòa nhập, thủy lợi, Ủy ban, khỏe")

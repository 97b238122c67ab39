"""Letters of fonts from before Unicode, in files made here; what they say was typed by hand in the old encodings."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import font_roboto
import openpyxl
import pytest
from docx.oxml.ns import qn
from openpyxl.styles import Font
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from graph.reading import pdf, spreadsheet, word
from graph.reading.encodings import decode, vni_letters
from graph.reading.fonts import LegacyFonts, decoder_of
from graph.reading.limits import Limits
from graph.reading.rendition import Printed, plain

SAID = "Sở Khoa học và Công nghệ được giao chủ trì"
ABC = "Së Khoa häc vµ C«ng nghÖ ®\N{SOFT HYPHEN}îc giao chñ tr×"
VNI = "Sôû Khoa hoïc vaø Coâng ngheä ñöôïc giao chuû trì"
OLD = [(".VnTime", ABC), ("VNI-Times", VNI)]


def texts(parts: tuple[Printed, ...]) -> list[str]:
    return [plain(part) for part in parts if isinstance(part, str) and part.strip()]


def read_word(document: object) -> list[str]:
    out = io.BytesIO()
    document.save(out)
    return texts(word.read(io.BytesIO(out.getvalue()), Limits()).parts)


@pytest.mark.parametrize(
    ("font", "encoded", "said"),
    [
        (".VnTime", ABC, SAID),
        (".VnArialH", "kÕ ho¹ch", "KẾ HOẠCH"),
        (".VnTime", "KÕ HO¹CH", "KẾ HOẠCH"),
        ("ABCDEF+.VnTime-Bold", ABC, SAID),
        ("VNI-Times", VNI, SAID),
        ("VNI-Helve", "UÛY BAN NHAÂN DAÂN TÆNH ÑAÉK LAÉK", "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK"),
    ],
)
def test_a_font_names_its_encoding(font: str, encoded: str, said: str) -> None:
    decoder = decoder_of(font)
    assert decoder is not None
    assert decoder(encoded) == said


@pytest.mark.parametrize("font", ["Times New Roman", "Vni", "Arial", "", "VnTimes New Unicode"])
def test_fonts_of_unicode(font: str) -> None:
    assert LegacyFonts.of([(font, SAID)]).read(font, SAID) == SAID


def test_text_that_was_converted_but_kept_its_font_stays() -> None:
    assert LegacyFonts.of([(".VnTime", SAID)]).read(".VnTime", "là") == "là"


def test_vni_text() -> None:
    assert decode(VNI.encode("cp1252")) == SAID
    assert vni_letters("Kyõ thuaät soá, quyõ, baûo maät") == "Kỹ thuật số, quỹ, bảo mật"


@pytest.mark.parametrize(("font", "encoded"), OLD)
def test_word_by_the_font_of_a_run_or_of_a_style(font: str, encoded: str) -> None:
    document = docx.Document()
    document.add_paragraph().add_run(encoded).font.name = font
    document.styles["Body Text"].font.name = font
    document.add_paragraph(encoded, style="Body Text")
    document.add_paragraph("Bằng Unicode", style="Normal")
    assert read_word(document) == [SAID, SAID, "Bằng Unicode"]


def test_word_by_the_font_of_the_document() -> None:
    document = docx.Document()
    fonts = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:rFonts')}")
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    fonts.set(qn("w:ascii"), ".VnTime")
    document.styles["Normal"].element.rPr.remove(document.styles["Normal"].element.rPr.rFonts) if document.styles[
        "Normal"
    ].element.rPr is not None and document.styles["Normal"].element.rPr.rFonts is not None else None
    document.add_paragraph(ABC)
    assert read_word(document) == [SAID]


def test_word_hidden_text_is_left_out() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Giao Sở Y tế")
    paragraph.add_run(" (bản nháp)").font.hidden = True
    assert read_word(document) == ["Giao Sở Y tế"]


@pytest.mark.parametrize(("font", "encoded"), OLD)
def test_a_pdf(font: str, encoded: str) -> None:
    face = TTFont(f"old{font}", str(Path(font_roboto.__file__).parent / "files" / "Roboto-Regular.ttf"))
    face.face.name = font.encode()
    pdfmetrics.registerFont(face)
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(f"old{font}", 12)
    canvas.drawString(72, 700, encoded)
    canvas.save()
    assert texts(pdf.read(io.BytesIO(out.getvalue()), Limits()).parts) == [SAID]


@pytest.mark.parametrize(("font", "encoded"), OLD)
def test_a_spreadsheet(font: str, encoded: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = encoded
    book.active["A1"].font = Font(name=font)
    out = io.BytesIO()
    book.save(out)
    assert texts(spreadsheet.read(io.BytesIO(out.getvalue()), Limits()).parts) == [SAID]

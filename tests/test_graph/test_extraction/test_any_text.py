"""What holds for any text at all: it is read or refused, and what is read stands where the record says."""

from __future__ import annotations

import html
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.extraction import Extractor, NotAPlanError
from graph.records import Extraction, Record, to_json

PIECES = [
    "PHỤ LỤC I", "KẾ HOẠCH", "QUYẾT ĐỊNH", "DỰ THẢO", "Số: 12/KH-UBND", "Nghệ An, ngày 5 tháng 6 năm 2025", "(Kèm theo Kế hoạch này)",
    "TT", "STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả", "Thời hạn", "Tên chỉ tiêu", "Đơn vị tính", "Năm 2025", "Đến năm 2030",
    "Hiện trạng 2024", "1", "2", "1.1", "I", "II", "≥ 50%", "100", "X", "-", "Sở Y tế", "Các sở: Y tế, Tài chính", "Chủ trì: Sở Y tế; phối hợp: Công an tỉnh",
    "các sở, ngành", "Quý II/2026", "Thường xuyên", "Xây dựng cơ sở dữ liệu", "Đến năm 2030, tỷ lệ phủ sóng 5G đạt trên 80%.",
    "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "TM. ỦY BAN NHÂN DÂN", "Nguyễn Văn A", "&ge; 5", "R&amp;D", "**", "[bookmark: x]",
]  # fmt: skip
GLUE = ["\n", "\n\n", "\t", " ", " | ", "|", "\r\n", "\f", "  ", "<td>", "<tr>", "</table>", "<table>", "<br>", "<p>"]
ROUGH = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).flatmap(
    lambda pieces: st.lists(st.sampled_from(GLUE), min_size=len(pieces), max_size=len(pieces)).map(
        lambda glue: "".join(piece + joint for piece, joint in zip(pieces, glue, strict=True))
    )
)
HEADERS = (
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả", "Thời hạn"),
    ("TT", "Tên chỉ tiêu", "Đơn vị tính", "Năm 2025", "Năm 2030", "Cơ quan chủ trì"),
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table of ours in some layout with any cells in its rows."""
    header, joint = (
        draw(st.sampled_from(HEADERS)),
        draw(st.sampled_from(["\t", " | ", "\n", "\n\n", "</td><td>", "\n\t"])),
    )
    cell = st.sampled_from(["", " ", *PIECES]) | st.text(max_size=8)
    rows = draw(st.lists(st.lists(cell, min_size=1, max_size=7), min_size=1, max_size=8))
    lines = [joint.join(cells) for cells in [header, *([str(n), *row] for n, row in enumerate(rows, 1))]]
    if joint == "</td><td>":
        lines = ["<table>", *(f"<tr><td>{line}</td></tr>" for line in lines), "</table>"]
    return "\n".join(["PHỤ LỤC I", *(f"\t{line}\n" if joint == "\n\t" else line for line in lines)])


TASKS = "\n".join(["PHỤ LỤC I", "TT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn", "{}"])


def read(extractor: Extractor, text: str) -> Extraction | None:
    try:
        return extractor.extract("x", text)
    except NotAPlanError:
        return None


def quoted(text: str, record: Record, field: str) -> str:
    """What stands in the source where a field of a record says that it was read from."""
    said = " ".join(text[span.start : span.end] for span in record.source[field])
    return _letters(unicodedata.normalize("NFC", html.unescape(said)))


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=ROUGH | tables())
def test_any_text_is_read_or_refused_and_quoted_right(extractor: Extractor, text: str) -> None:
    found = read(extractor, text)
    for record in found.records() if found else ():
        plain = to_json(record)
        assert all(0 <= s.start < s.end <= len(text) for spans in record.source.values() for s in spans)
        for field in ("title", "name", "result", "unit"):
            if field in record.source and isinstance(plain.get(field), str):
                wanted = _letters(unicodedata.normalize("NFC", plain[field]))
                assert wanted in quoted(text, record, field) or "<" in text or "[" in text


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=st.text(st.characters(categories=["L", "Nd", "Zs", "P"]), min_size=1, max_size=60))
def test_any_title_of_a_row_is_kept(extractor: Extractor, title: str) -> None:
    words = " ".join(title.split())
    row = f"1\tThực hiện {words}\tSở Y tế\tQuý II/2026"
    found = read(extractor, TASKS.format(row))
    assert found is not None
    (task,) = found.tasks
    assert _letters(unicodedata.normalize("NFC", words)) in _letters(task.title)


@pytest.mark.parametrize(
    "text",
    [
        "Danh sách mua hàng:\n- gạo\n- muối\n",
        "STT\tTên hàng\tSố lượng\n1\tGạo\t2\n",
        "<table><tr><td>1</td></tr></table>",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "0 1 2 3 4 5\n" * 50,
        "\ufffd" * 200,
    ],
)
def test_what_is_no_plan_is_refused_with_a_reason(extractor: Extractor, text: str) -> None:
    with pytest.raises(NotAPlanError, match=r"no head of a document .* and no table of tasks or indicators"):
        extractor.extract("x", text)

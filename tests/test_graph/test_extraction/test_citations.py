from __future__ import annotations

import pytest

from graph.extraction.citations import find_mentions, read_citations
from graph.source_text import SourceText
from graph.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "number", "kind", "date", "issuer"),
    [
        ("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị trên địa bàn tỉnh Phú Thọ", "57-NQ/TW", "resolution", "2024-12-22", "Bộ Chính trị"),
        ("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\nThực hiện chủ trương", "57-NQ/TW", "resolution", "2024-12-22", "Bộ Chính trị"),
        ("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá", "57-NQ/TW", "resolution", "2024-12-22", "Bộ Chính trị"),
        ("Nghị quyết 71/NQ-CP ngày 01 tháng 4 năm 2025 của Chính phủ", "71/NQ-CP", "resolution", "2025-04-01", "Chính phủ"),
        ("Quyết định số 39/2021/QĐ-UBND ngày 20/8/2021 của UBND tỉnh ban hành", "39/2021/QĐ-UBND", "decision", "2021-08-20", "UBND tỉnh"),
        ("Chương trình hành động số 06 - CTr/TU ngày 10/12/2025", "06-CTr/TU", "action-programme", "2025-12-10", None),
        ("Nghị quyết số 57-\nNQ/TW", "57-NQ/TW", "resolution", None, None),
        ("Nghị định số 179/2024/NĐ-CP ngày 31-12-2024 của Chính phủ", "179/2024/NĐ-CP", "decree", "2024-12-31", "Chính phủ"),
        ("Văn bản số 1679-CV/TU ngày 28 tháng 4 năm 20251, Ủy ban", "1679-CV/TU", "official-letter", "2025-04-28", None),
        ("(Theo Công văn số 01-CV/VPTW ngày 25/3/2025, của Văn phòng Trung ương Đảng).", "01-CV/VPTW", "official-letter", "2025-03-25", "Văn phòng Trung ương Đảng"),
    ],
)  # fmt: skip
def test_what_a_text_says_of_a_document(
    vocabulary: Vocabulary, text: str, number: str, kind: str, date: str | None, issuer: str | None
) -> None:
    (mention,) = find_mentions(SourceText.of_source(text), vocabulary)
    assert (mention.number, mention.type, mention.date, mention.issuer) == (number, kind, date, issuer)


@pytest.mark.parametrize(
    "text", ["Tháng 9/2025", "giai đoạn 2026-2030", "24/7", "Số ……/TTr-SKHCN ngày /5/2025", "mức độ 3/4", "10-15 TB"]
)
def test_other_figures_are_no_documents(vocabulary: Vocabulary, text: str) -> None:
    assert find_mentions(SourceText.of_source(text), vocabulary) == []


def test_two_numbers_after_one_type(vocabulary: Vocabulary) -> None:
    found = find_mentions(SourceText.of_source("tại văn bản số 1552/BTTTT-TTH và 708/BTTTT-CATTT"), vocabulary)
    assert [mention.number for mention in found] == ["1552/BTTTT-TTH", "708/BTTTT-CATTT"]


@pytest.mark.parametrize(
    ("text", "opening", "relation"),
    [
        ("Thực hiện Nghị quyết số 57-NQ/TW", True, "implements"),
        ("Thực hiện Nghị quyết số 57-NQ/TW", False, "cites"),
        ("Thực hiện chỉ đạo của Ban Thường vụ Tỉnh ủy tại Văn bản số 1679-CV/TU", True, "based_on"),
        ("Căn cứ Nghị quyết số 71/NQ-CP", False, "based_on"),
        ("Căn cứ Luật Dữ liệu; thực hiện Kế hoạch số 22/KH-UBND", True, "implements"),
        ("Thực hiện chương trình của Tỉnh ủy; căn cứ Quyết định số 1131/QĐ-TTg", True, "based_on"),
        ("Kế hoạch này thay thế Kế hoạch số 51/KH-UBND", False, "replaces"),
    ],
)
def test_the_relation_that_the_words_state(vocabulary: Vocabulary, text: str, opening: bool, relation: str) -> None:
    (mention,) = find_mentions(SourceText.of_source(text), vocabulary, opening=opening)
    assert mention.relation == relation


def test_misprints_are_joined_and_like_numbers_are_not(vocabulary: Vocabulary) -> None:
    source = (
        "Quyết định số 204-QĐ/TW ngày 29/11/2024 của Ban Bí thư. Quyết định số 204-QĐ/TU của Ban Bí thư. "
        "Nghị quyết số 193/2025/QH15 ngày 19/02/2025. Nghị quyết số 193/2025/NQ-QH15. "
        "Nghị quyết số 71-NQ/TW ngày 22/8/2025 của Bộ Chính trị. Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ. "
        "Kế hoạch số 266-KH/TU ngày 26/4/2025."
    )
    records = read_citations("x", source, find_mentions(SourceText.of_source(source), vocabulary), own=["266-KH/TU"])
    assert [(r.number, r.aliases, r.count) for r in records] == [
        ("204-QĐ/TW", ("204-QĐ/TU",), 2),
        ("193/2025/QH15", ("193/2025/NQ-QH15",), 2),
        ("71-NQ/TW", (), 1),
        ("71/NQ-CP", (), 1),
    ]
    assert all(source[s.start : s.end][:2] == r.number[:2] for r in records for s in r.source["number"])


def test_the_title_of_a_cited_document_is_not_what_the_sentence_goes_on_with(vocabulary: Vocabulary) -> None:
    sentences = (
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ",
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị và Kế hoạch hành động số 09-KH/TU về nhiều việc khác",
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị “về đột phá phát triển khoa học, công nghệ”",
    )
    mentions = [m for text in sentences for m in find_mentions(SourceText.of_source(text), vocabulary)]
    (found,) = [c for c in read_citations("000", sentences[0], mentions, ()) if c.number == "57-NQ/TW"]
    assert found.title == "đột phá phát triển khoa học, công nghệ"

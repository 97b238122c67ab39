"""Tasks in running text whose labelled lines stand below them."""

from __future__ import annotations

from graph.extraction.headers import load_terms
from graph.extraction.labelled import read_labelled
from graph.source_text import SourceText

TERMS = load_terms()


def test_lines_behind_a_paragraph_without_labels_go_on_with_it_and_with_no_label_above() -> None:
    text = """1. Số hóa hồ sơ
- Cơ quan chủ trì: Sở Y tế
- Thời hạn: Năm 2026
2. Phủ sóng 5G
tại các khu công nghiệp
- Cơ quan chủ trì: Sở Công Thương
- Thời hạn: Năm 2027"""
    rows = read_labelled(list(SourceText.of_source(text).lines()), TERMS)
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["1", "Số hóa hồ sơ", "Sở Y tế", "", "", "Năm 2026"],
        ["2", "Phủ sóng 5G tại các khu công nghiệp", "Sở Công Thương", "", "", "Năm 2027"],
    ]

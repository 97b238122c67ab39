"""A small table for each task, whose first column names what stands beside it."""

from __future__ import annotations

import pytest

from graph.extraction import Extractor

CARD = "Cơ quan chủ trì|Sở Y tế\nCơ quan phối hợp|\nThời hạn hoàn thành|Năm 2026\n"
OTHER = "Cơ quan chủ trì|Sở Nội vụ\nCơ quan phối hợp|Công an tỉnh\nThời hạn hoàn thành|Quý I/2027\n"
EXPECTED = [
    ("1", "Số hóa hồ sơ", ("Sở Y tế",), (), "Năm 2026"),
    ("2", "Đào tạo cán bộ", ("Sở Nội vụ",), ("Công an tỉnh",), "Quý I/2027"),
]


def tabs(text: str) -> str:
    return text.replace("|", "\t")


def piped(text: str) -> str:
    return "".join(f"| {line} |\n" if "|" in line else f"{line}\n" for line in text.splitlines())


def markup(text: str) -> str:
    rows = (f"<tr><td>{line.replace('|', '</td><td>')}</td></tr>" for line in text.splitlines() if "|" in line)
    return f"<table>{''.join(rows)}</table>\n"


@pytest.mark.parametrize(
    "text",
    [
        f"\nNhiệm vụ số 1\nTên nhiệm vụ|Số hóa hồ sơ\n{CARD}\nNhiệm vụ số 2\nTên nhiệm vụ|Đào tạo cán bộ\n{OTHER}",
        f"1. Số hóa hồ sơ\n{CARD}2. Đào tạo cán bộ\n{OTHER}",
        f"Số TT|1\nTên nhiệm vụ|Số hóa hồ sơ\n{CARD}Số TT|2\nTên nhiệm vụ|Đào tạo\n|cán bộ\n{OTHER}",
        f"Nhiệm vụ 1|Số hóa hồ sơ\nKinh phí|2 tỷ\n{CARD}Nhiệm vụ 2|Đào tạo cán bộ\n{OTHER}",
        f"1. Số hóa hồ sơ|\n{CARD}2. Đào tạo cán bộ|\n{OTHER}",
    ],
    ids=["number above", "title above", "one table", "number in the label", "a title over both columns"],
)
@pytest.mark.parametrize("printed", [tabs, piped])
def test_tables_of_labels(extractor: Extractor, text: str, printed) -> None:  # type: ignore[no-untyped-def]
    found = extractor.extract("x", f"KẾ HOẠCH\nChuyển đổi số\n\nI. HẠ TẦNG\n{printed(text)}").tasks
    assert [(t.no, t.title, t.lead, t.coord, t.deadline_raw) for t in found] == EXPECTED
    assert {task.section for task in found} == {"HẠ TẦNG"}


def test_a_table_of_markup_for_each_task(extractor: Extractor) -> None:
    cards = markup(f"Nhiệm vụ 1|Số hóa hồ sơ\n{CARD}") + markup(f"Nhiệm vụ 2|Đào tạo cán bộ\n{OTHER}")
    found = extractor.extract("x", f"KẾ HOẠCH\nChuyển đổi số\n\n{cards}").tasks
    assert [(t.no, t.title, t.lead, t.coord, t.deadline_raw) for t in found] == EXPECTED


def test_two_labels_in_a_row(extractor: Extractor) -> None:
    card = "Nhiệm vụ\t{}\tSản phẩm\tĐề án\nChủ trì\t{}\tThời hạn\t{}\nPhối hợp\t{}\tKinh phí\t1 tỷ\n"
    text = card.format("1. Số hóa hồ sơ", "Sở Y tế", "Năm 2026", "")
    text += card.format("2. Đào tạo cán bộ", "Sở Nội vụ", "Quý I/2027", "Công an tỉnh")
    found = extractor.extract("x", f"KẾ HOẠCH\nChuyển đổi số\n\n{text}").tasks
    assert [(t.no, t.title, t.lead, t.coord, t.deadline_raw) for t in found] == EXPECTED


def test_a_table_whose_columns_have_labels_is_no_card(extractor: Extractor) -> None:
    text = "STT\tNhiệm vụ\tCơ quan chủ trì\n1\tSố hóa hồ sơ\tSở Y tế\n2\tĐào tạo cán bộ\tSở Nội vụ\n"
    found = extractor.extract("x", f"KẾ HOẠCH\nChuyển đổi số\n\n{text}").tasks
    assert [(task.no, task.title) for task in found] == [("1", "Số hóa hồ sơ"), ("2", "Đào tạo cán bộ")]

from __future__ import annotations

import unicodedata

from graph.text import fold, fold_in_place, natural_key, slug


def test_folding_makes_variants_equal() -> None:
    assert fold("Üy Ban kiểm tra Tỉnh ủy") == fold("Uỷ ban Kiểm tra Tỉnh uỷ") == "uy ban kiem tra tinh uy"
    assert fold("Đài PT-TH tỉnh") == "dai pt th tinh"
    assert fold(unicodedata.normalize("NFD", "Thanh Hoá")) == fold("Thanh Hóa")


def test_folding_in_place_keeps_every_offset() -> None:
    text = "Quý III/2026 – Đến hết ngày ½"
    assert len(fold_in_place(text)) == len(text)
    assert fold_in_place("Quý") == "quy"


def test_slugs_are_parts_of_iris() -> None:
    assert slug("Sở Văn hóa, Thể thao và Du lịch") == "so-van-hoa-the-thao-va-du-lich"


def test_row_numbers_sort_as_numbers() -> None:
    assert sorted(["7.10", "7.9", "7.2", "10", "9"], key=natural_key) == ["7.2", "7.9", "7.10", "9", "10"]

"""Rules between rows and none between columns: where the cells are."""

from __future__ import annotations

from graph.reading import bands
from graph.reading.layout import Piece

SIZE, LETTER, LINE = 12.0, 6.0, 14.0


def words(text: str, x: float, top: float) -> list[Piece]:
    """The words of a line that begins at a place."""
    found = []
    for word in text.split():
        found.append(Piece(x, x + LETTER * len(word), top, top + SIZE, SIZE, word))
        x += LETTER * (len(word) + 0.5)
    return found


def row(top: float, *cells: str, at: tuple[float, ...] = (50.0, 100.0, 300.0, 450.0)) -> list[Piece]:
    return [word for x, cell in zip(at, cells, strict=False) for word in words(cell, x, top)]


TABLE = [("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"), ("1", "Sở A dùng", "Sở Y tế", "2026"), ("I. Hạ tầng số của tỉnh và xã",), ("2", "Sở B dùng chung", "Sở Nội vụ", "2027")]  # fmt: skip


def cells(boxes: list[bands.Box], written: list[Piece]) -> list[list[str]]:
    rows: dict[float, list[str]] = {}
    for x0, top, x1, bottom in boxes:
        inside = [w.text for w in written if x0 <= w.x0 and w.x1 <= x1 and top <= w.top and w.bottom <= bottom]
        rows.setdefault(top, []).append(" ".join(inside))
    return list(rows.values())


def test_columns_are_told_by_the_white_space_that_runs_down_and_headings_are_one_cell() -> None:
    rules = [bands.Rule(45.0, 550.0, 100.0 + 20 * n) for n in range(5)]
    written = [word for n, said in enumerate(TABLE) for word in row(104.0 + 20 * n, *said)]
    (boxes,) = bands.find(rules, written, SIZE)
    assert cells(boxes, written) == [list(said) for said in TABLE]


def test_a_shorter_rule_parts_a_label_from_those_below_it() -> None:
    rules = [bands.Rule(45.0, 550.0, top) for top in (100.0, 140.0, 160.0, 180.0, 200.0)]
    rules.append(bands.Rule(290.0, 550.0, 120.0))
    top = [*words("Mục tiêu các năm sau", 330.0, 104.0), *row(124.0, "TT", "Chỉ tiêu", "2026", "2030")]
    body = [word for n in range(3) for word in row(144.0 + 20 * n, str(n), "Tỷ lệ", "10", "20")]
    (boxes,) = bands.find(rules, [*top, *body], SIZE)
    assert [(top, bottom) for _, top, _, bottom in boxes[:5]] == [
        (100, 120),
        (100, 140),
        (100, 140),
        (120, 140),
        (120, 140),
    ]
    assert cells(boxes[:1], [*top, *body]) == [["Mục tiêu các năm sau"]]
    assert cells(boxes[3:5], [*top, *body]) == [["2026", "2030"]]


def test_running_text_between_rules_is_no_table() -> None:
    rules = [bands.Rule(45.0, 550.0, 100.0 + 40 * n) for n in range(6)]
    written = [w for n in range(10) for w in words("Điều này là một đoạn văn bản thường", 50.0, 104.0 + 20 * n)]
    assert [boxes for boxes in bands.find(rules, written, SIZE) if boxes] == []

"""Where the header of an aligned table ends, and where its labels stand."""

from __future__ import annotations

from typing import Any

import pytest

from graph.reading.aligned.header import end_of_header, labels_of
from graph.reading.aligned.pieces import opens_row, pieces_of


def test_pieces_are_parted_by_wide_gaps(lines: Any) -> None:
    (line,) = lines("Sở Y tế   Báo cáo")
    assert [[word.text for word in piece] for piece in pieces_of(line, 1.0)] == [["Sở", "Y", "tế"], ["Báo", "cáo"]]


@pytest.mark.parametrize(
    ("text", "opens"), [("1   Rà soát", True), ("1 Rà soát", False), ("Rà   soát", False), ("1", False)]
)
def test_a_row_opens_with_a_number_apart(lines: Any, text: str, opens: bool) -> None:
    assert opens_row(lines(text)[0], 1.0) is opens


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("TT  Nhiệm vụ  Chủ trì\n1   Rà soát   Sở Y tế", 1),
        ("TT  Nhiệm vụ  Cơ quan\n              chủ trì\n1   Rà soát   Sở Y tế", 2),
        ("TT  Nhiệm vụ\n1   Rà soát", None),  # too few columns
        ("TT  Nhiệm vụ  Chủ trì\nkhông có hàng nào", None),
    ],
)
def test_a_header_ends_where_the_first_row_opens(lines: Any, text: str, end: int | None) -> None:
    assert end_of_header(lines(text), 0, 1.0) == end


def test_a_label_over_several_gives_way_to_them(lines: Any) -> None:
    header = lines("TT  Nhiệm vụ      Cơ quan\n             Chủ trì   Phối hợp")
    assert [(label.x0, label.x1) for label in labels_of(header, 1.0)] == [(0, 2), (4, 12), (13, 20), (23, 31)]

"""Merged cells that a page break cuts."""

from __future__ import annotations

from graph.reading.broken_merges import fill
from graph.reading.rendition import PrintedRow

HEADER = PrintedRow(("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"), opens=True)


def test_text_on_the_page_before_is_that_of_the_rows_behind() -> None:
    above = PrintedRow(("1", "Một", "Sở Y tế", "2026"))
    rows = [PrintedRow(("2", "Hai", "", "2026"), after_break=True), PrintedRow(("3", "Ba", "", "2027"))]
    last = PrintedRow(("4", "Bốn", "Sở Nội vụ", ""))
    found = fill([HEADER, above, *rows, last], {2})
    assert [row.cells[2] for row in found if isinstance(row, PrintedRow)] == ["Chủ trì", *["Sở Y tế"] * 3, "Sở Nội vụ"]
    assert [row.merged for row in found if isinstance(row, PrintedRow)] == [False, False, True, True, False]
    assert found[-1] == last


def test_text_in_the_middle_of_the_cell_can_stand_on_the_next_page() -> None:
    rows = [PrintedRow(("1", "Một", "", "2026")), PrintedRow(("2", "Hai", "Sở Y tế", "2026"), after_break=True)]
    found = fill([HEADER, *rows], {2})
    assert [row.cells[2] for row in found if isinstance(row, PrintedRow)] == ["Chủ trì", "Sở Y tế", "Sở Y tế"]


def test_where_no_cells_are_merged_an_empty_cell_is_empty_and_headings_stay() -> None:
    above = PrintedRow(("1", "Một", "Sở Y tế", "2026"))
    parts = [HEADER, above, PrintedRow(("2", "Hai", "", "2026"), after_break=True)]
    assert fill(parts, set()) == parts
    heading = [HEADER, above, PrintedRow(("II", "Hạ tầng số", "", ""), after_break=True)]
    assert fill(heading, {2}) == heading

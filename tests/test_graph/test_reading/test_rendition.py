"""What was written as a rendition is read again as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.reading import Paragraph, Row, read_blocks
from graph.reading.merged import Cell
from graph.reading.rendition import MARK, Printed, PrintedRow, plain, write
from graph.reading.tables import printed

TEXTS = st.text(alphabet="aẾđ 1.|*<b>&;\t\n%-\u00a0\x07e\u0301", max_size=8)


def read(text: str) -> list[Printed]:
    blocks = read_blocks(text)
    return [
        b.text.text if isinstance(b, Paragraph) else PrintedRow(tuple(c.text for c in b.cells), b.opens, b.after_break)
        for b in blocks
    ]


@st.composite
def parts(draw: st.DrawFn) -> list[Printed]:
    found: list[Printed] = []
    for _ in range(draw(st.integers(0, 4))):
        if draw(st.booleans()):
            found.append(plain(draw(TEXTS)))
            continue
        width = draw(st.integers(2, 4))
        rows = draw(st.lists(st.lists(TEXTS.map(plain), min_size=width, max_size=width).filter(any), max_size=4))
        found += [PrintedRow(tuple(row), n == 0, n > 0 and draw(st.booleans())) for n, row in enumerate(rows)]
    return found


@given(parts())
def test_reading_what_was_written_gives_it_back(written: list[Printed]) -> None:
    assert read(write(written)) == written


@given(parts())
def test_each_cell_stands_where_its_offsets_say(written: list[Printed]) -> None:
    text = write(written)
    for block in read_blocks(text):
        for piece in block.cells if isinstance(block, Row) else (block.text,):
            assert "".join(text[at] for at in piece.origin) == piece.text


def test_bars_and_tags_of_a_paragraph_stay_text() -> None:
    assert read(write(["a | b | c", "<table><tr><td>1", "**x**", "&amp;"])) == [
        "a | b | c",
        "<table><tr><td>1",
        "**x**",
        "&amp;",
    ]


def test_the_form_is_known_by_its_first_line() -> None:
    assert write([]) == MARK
    assert read("x\n" + MARK)[0] == "x"


def test_a_letterhead_is_no_table() -> None:
    rows = [[Cell(("ỦY BAN", "TỈNH X")), Cell(("CỘNG HÒA",))], [Cell(("Số: 1",)), Cell(("X, ngày 1",))]]
    assert list(printed(rows)) == ["ỦY BAN", "TỈNH X", "Số: 1", "", "CỘNG HÒA", "X, ngày 1", ""]


def test_a_form_is_a_table_and_a_letterhead_of_as_many_rows_is_none() -> None:
    form = [
        [Cell((name,)), Cell((said,))]
        for name, said in (("Chủ trì:", "Sở Y tế"), ("Thời hạn", "2026"), ("Ghi chú", "-"))
    ]
    assert [part.cells for part in printed(form) if isinstance(part, PrintedRow)][1] == ("Thời hạn", "2026")
    head = [
        [Cell((left,)), Cell((right,))]
        for left, right in (("UBND", "CỘNG HÒA"), ("TỈNH X", "Độc lập"), ("Số: 1", "X, ngày 1"))
    ]
    signed = [
        [Cell((left,)), Cell((right,))]
        for left, right in (("Nơi nhận:", "CHỦ TỊCH"), ("- Như trên;", "X"), ("- Lưu: VT.", "Y"))
    ]
    assert not any(isinstance(part, PrintedRow) for rows in (head, signed) for part in printed(rows))


def test_merged_cells_of_the_body_are_cells_of_each_row() -> None:
    def row(*cells: Cell[tuple[str, ...]]) -> list[Cell[tuple[str, ...]]]:
        return list(cells)

    table = [
        row(Cell(("TT",), down=2), Cell(("Cơ quan",), across=2), Cell(("Kết quả",), down=2)),
        row(Cell(("Chủ trì",)), Cell(("Phối hợp",))),
        row(Cell(("1",)), Cell(("A", "B"), down=2), Cell(("C",)), Cell(("D",))),
        row(Cell(("2",)), Cell(("E",)), Cell(("F",))),
    ]
    assert [p.cells for p in printed(table) if isinstance(p, PrintedRow)] == [
        ("TT", "Cơ quan", "", "Kết quả"),
        ("", "Chủ trì", "Phối hợp", ""),
        ("1", "A\u2028B", "C", "D"),
        ("2", "A\u2028B", "E", "F"),
    ]


def test_a_title_in_the_table_stands_above_its_header() -> None:
    title, head = [Cell(("Phân công",), across=3)], [Cell(("TT",), down=2), Cell(("Cơ quan",), across=2)]
    below = [Cell(("Chủ trì",)), Cell(("Phối hợp",))]
    found = list(printed([title, head, below, [Cell(("1",)), Cell(("A",)), Cell(("B",))]]))
    assert [part.cells for part in found if isinstance(part, PrintedRow)][2] == ("", "Chủ trì", "Phối hợp")


def test_a_row_with_a_cell_taken_for_a_merged_one_says_so() -> None:
    written = [PrintedRow(("1", "Một", "Sở Y tế"), opens=True), PrintedRow(("2", "Hai", "Sở Y tế"), merged=True)]
    found = [block for block in read_blocks(write(written)) if isinstance(block, Row)]
    assert [(tuple(cell.text for cell in row.cells), row.merged) for row in found] == [
        (row.cells, row.merged) for row in written
    ]


def test_a_form_in_a_cell_is_text_with_colons() -> None:
    inner = [
        [Cell((name,)), Cell((said,))]
        for name, said in (("Chủ trì", "Sở Y tế"), ("Phối hợp", "Công an"), ("Thời hạn", "2026"))
    ]
    table = [
        [Cell((text,)) for text in ("TT", "Nhiệm vụ", "Phân công")],
        [Cell(("1",)), Cell(("A",)), Cell(tuple(printed(inner)))],
    ]
    found = [part.cells[2] for part in printed(table) if isinstance(part, PrintedRow)]
    assert found == ["Phân công", "Chủ trì: Sở Y tế\u2028Phối hợp: Công an\u2028Thời hạn: 2026"]

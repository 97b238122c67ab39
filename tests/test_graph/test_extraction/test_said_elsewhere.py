"""What a row says in another place than its cell: as above, behind its title, in the heading above its table."""

from __future__ import annotations

import pytest

from graph.extraction import Extractor


def tasks(extractor: Extractor, table: str):  # type: ignore[no-untyped-def]
    return extractor.extract("x", f"KẾ HOẠCH\nChuyển đổi số\n\n{table.replace('|', chr(9))}").tasks


@pytest.mark.parametrize("mark", ["nt", "-nt-", "như trên", "Như trên", '"', "″"])
def test_a_cell_as_the_one_above(extractor: Extractor, mark: str) -> None:
    found = tasks(
        extractor,
        "TT|Nhiệm vụ|Chủ trì|Phối hợp|Thời hạn\n1|A b|Sở Y tế|Sở Nội vụ|2026\nI|HẠ TẦNG|||\n"
        f"2|C d|{mark}||{mark}\n3|E g|{mark}|Công an tỉnh|2027\n",
    )
    assert [(t.lead, t.coord, t.deadline_raw) for t in found] == [
        (("Sở Y tế",), ("Sở Nội vụ",), "2026"),
        (("Sở Y tế",), (), "2026"),
        (("Sở Y tế",), ("Công an tỉnh",), "2027"),
    ]
    assert found[0].source["lead"] == found[1].source["lead"]
    assert any("as above" in doubt for doubt in found[1].doubts) and not found[0].doubts


def test_a_mark_below_an_empty_cell_repeats_nothing(extractor: Extractor) -> None:
    found = tasks(
        extractor, "TT|Nhiệm vụ|Chủ trì|Phối hợp\n1|A b|Sở Y tế|Sở Nội vụ\n2|C d|Sở Y tế|\n3|E g|Sở Y tế|nt\n"
    )
    assert [t.coord for t in found[:2]] == [("Sở Nội vụ",), ()] and found[2].coord_raw == "nt"


def test_who_leads_said_behind_the_title(extractor: Extractor) -> None:
    text = (
        'TT|Nhiệm vụ, đơn vị chủ trì|Đơn vị phối hợp|Thời gian|Kết quả\n1|"Số hóa hồ sơ\nChủ trì: Sở Y tế"|Sở Nội vụ|2026|Kho dữ liệu\n'
        '2|"Đào tạo\nChủ trì: Công an tỉnh"|Sở Y tế|2027|Các lớp\n'
    )
    assert [(t.title, t.lead, t.coord) for t in tasks(extractor, text)] == [
        ("Số hóa hồ sơ", ("Sở Y tế",), ("Sở Nội vụ",)),
        ("Đào tạo", ("Công an tỉnh",), ("Sở Y tế",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. Đến hết năm 2026\n{0}1|A b|%|15|Sở Y tế\n2. Đến hết năm 2030\n{0}1|A b|%|> 25|Sở Y tế\n",
        "{0}Đến năm 2026||||\n1|A b|%|15|Sở Y tế\nĐến năm 2030||||\n1|A b|%|> 25|Sở Y tế\n",
    ],
    ids=["above a table", "in a row"],
)
def test_years_of_targets_that_headings_name(extractor: Extractor, text: str) -> None:
    table = text.format("TT|Tên chỉ tiêu|Đơn vị|Mục tiêu|Cơ quan theo dõi\n").replace("|", "\t")
    found = extractor.extract("x", f"KẾ HOẠCH\nChuyển đổi số\n\nPhụ lục I\n{table}").indicators
    assert [(i.block_year, i.name, [(t.year, t.op, t.value) for t in i.targets]) for i in found] == [
        (2026, "A b", [(2026, "=", 15.0)]),
        (2030, "A b", [(2030, ">", 25.0)]),
    ]


def test_a_task_of_two_rows(extractor: Extractor) -> None:
    found = tasks(
        extractor,
        "STT|Nội dung nhiệm vụ|||\n|Cơ quan chủ trì|Cơ quan phối hợp|Thời hạn|Kết quả\nI|HẠ TẦNG|||\n"
        "1|Phủ sóng 5G|||\n1|Sở Công Thương||2026|Trạm\n2|Số hóa hồ sơ|||\n|Sở Y tế|Công an tỉnh|2027|Kho\n",
    )
    assert [(t.no, t.section, t.title, t.lead, t.coord, t.deadline_raw) for t in found] == [
        ("1", "HẠ TẦNG", "Phủ sóng 5G", ("Sở Công Thương",), (), "2026"),
        ("2", "HẠ TẦNG", "Số hóa hồ sơ", ("Sở Y tế",), ("Công an tỉnh",), "2027"),
    ]


def test_labels_of_times_in_the_cell_of_who_leads(extractor: Extractor) -> None:
    cell = '"Chủ trì: {}\nPhối hợp: {}\nThời hạn: {}"'
    rows = f"1|A b|{cell.format('Sở Y tế', 'Sở Nội vụ', '2026')}|Kho\n2|C d|{cell.format('Sở Tài chính', '', '2027')}|Sàn\n"
    found = tasks(extractor, f"TT|Nhiệm vụ|Phân công|Kết quả\n{rows}")
    assert [(t.lead, t.coord, t.deadline_raw, t.result) for t in found] == [
        (("Sở Y tế",), ("Sở Nội vụ",), "2026", "Kho"),
        (("Sở Tài chính",), (), "2027", "Sàn"),
    ]


def test_a_table_goes_on_behind_a_break_with_a_heading_over_all_columns(extractor: Extractor) -> None:
    text = "TT|Nhiệm vụ|Chủ trì|Thời hạn\n1|A b|Sở Y tế|2026\n\nTrang 2\n\nII. HẠ TẦNG|||\n2|C d|Sở Nội vụ|2027\n"
    assert [(t.no, t.section) for t in tasks(extractor, text)] == [("1", None), ("2", "HẠ TẦNG")]

from __future__ import annotations

import pytest

from graph.extraction.headers import Column, load_terms, read_header
from graph.reading import Row
from graph.source_text import SourceText

TERMS = load_terms()


def row(*labels: str) -> Row:
    return Row(tuple(map(SourceText.of_source, labels)))


@pytest.mark.parametrize(
    ("labels", "roles"),
    [
        (
            [
                "STT",
                "Nội dung nhiệm vụ",
                "Đơn vị chủ trì",
                "Đơn vị phối hợp",
                "Sản phẩm đầu ra",
                "Thời gian hoàn thành",
            ],
            ["number", "task", "lead", "coordinate", "result", "deadline"],
        ),
        (
            ["TT", "Tên nhiệm vụ", "Bộ, ngành chủ trì", "Đơn vị của tỉnh chủ trì phối hợp", "Kết quả", "Thời hạn"],
            ["number", "task", "lead", "coordinate", "result", "deadline"],
        ),
        (
            ["TT", "Thời hạn", "Cơ quan phối hợp", "Nhiệm vụ", "Cơ quan chủ trì thực hiện", "Ghi chú"],
            ["number", "deadline", "coordinate", "task", "lead", "note"],
        ),
        (
            [
                "STT",
                "Nội dung công việc",
                "Lãnh đạo Sở phụ trách",
                "Phòng chủ trì",
                "Phòng, đơn vị phối hợp",
                "Sản phẩm",
            ],
            ["number", "task", "note", "lead", "coordinate", "result"],
        ),
    ],
)
def test_columns_of_a_task_table_in_any_order(labels: list[str], roles: list[str]) -> None:
    header = read_header([row(*labels)], TERMS)
    assert header is not None
    assert header.holds == "tasks"
    assert [column.role for column in header.columns] == roles


def test_the_second_header_row_stands_in_for_the_label_above_the_values() -> None:
    header = read_header(
        [
            row("STT", "Nội dung chỉ tiêu", "Đơn vị tính", "CHỈ TIÊU", "", "", "Cơ quan chủ trì theo dõi", ""),
            row("", "", "", "Hiện trạng (tháng 3/2025)", "Năm 2025", "Đến năm 2030", ""),
        ],
        TERMS,
    )
    assert header is not None
    assert (header.holds, header.rows) == ("indicators", 2)
    assert header.columns == (
        Column("number"),
        Column("indicator"),
        Column("unit"),
        Column("baseline", period="2025-03"),
        Column("target", year=2025),
        Column("target", year=2030),
        Column("lead"),
    )


def test_the_label_over_the_values_is_known_by_its_place() -> None:
    header = read_header(
        [
            row("TT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu đến năm", "", "Cơ quan phụ trách"),
            row("", "", "", "2026", "2030", ""),
        ],
        TERMS,
    )
    assert header is not None
    assert [column.role for column in header.columns] == ["number", "indicator", "unit", "target", "target", "lead"]


def test_years_in_the_only_header_row() -> None:
    header = read_header([row("TT", "Chỉ tiêu", "ĐVT", "Năm 2026", "Năm 2030", "Cơ quan theo dõi, đánh giá")], TERMS)
    assert header is not None
    assert [(c.role, c.year) for c in header.columns][3:5] == [("target", 2026), ("target", 2030)]


@pytest.mark.parametrize(
    "labels", [["Nơi nhận:", "TM. UBND"], ["Họ và tên", "Chức vụ", "Điện thoại"], ["1", "Xây dựng kế hoạch"]]
)
def test_other_tables_are_none_of_ours(labels: list[str]) -> None:
    header = read_header([row(*labels)], TERMS)
    assert header is None or header.holds is None


@pytest.mark.parametrize(
    ("labels", "roles"),
    [
        ("STT|Nội dung|Cơ quan chủ trì/phối hợp|Thời hạn|Kết quả", "number task lead deadline result"),
        ("TT|Nhiệm vụ cụ thể|Đơn vị chủ trì, phối hợp|Sản phẩm dự kiến|Thời gian", "number task lead result deadline"),
        (
            "TT|Tên nhiệm vụ|Cấp trình|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian hoàn thành",
            "number task note lead coordinate deadline",
        ),
        (
            "STT|Tên nhiệm vụ/đề án|Cơ quan chủ trì xây dựng|Cơ quan phối hợp|Hình thức văn bản|Thời gian trình",
            "number task lead coordinate result deadline",
        ),
        (
            "STT|Hoạt động|Đơn vị đầu mối|Đơn vị phối hợp|Kết quả dự kiến|Thời gian bắt đầu|Thời gian kết thúc",
            "number task lead coordinate result note deadline",
        ),
        ("TT|Nhiệm vụ|Phân công thực hiện|Lộ trình thực hiện|Yêu cầu, kết quả", "number task lead deadline result"),
        ("TT|Nhiệm vụ|Cơ quan chủ trì|Thời gian hoàn thành|Kết quả năm 2025", "number task lead deadline result"),
        ("TT|Nhiệm vụ|Cơ quan chủ trì|Thời gian 2025 - 2026|Mục tiêu", "number task lead deadline indicator"),
        ("TT|Tên chỉ tiêu|Đơn vị tính|Năm 2025|Năm 2030|Cơ quan theo dõi", "number indicator unit target target lead"),
        ("TT|Chỉ số|Đơn vị đo|Năm cơ sở 2024|2025|Cơ quan phụ trách", "number indicator unit baseline target lead"),
        ("TT|Chỉ tiêu|ĐVT|Kết quả 2024|2025|2030|Cơ quan chủ trì", "number indicator unit baseline target target lead"),
        ("Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Thời hạn", "task lead coordinate deadline"),
        ("TT|Nhiệm vụ|Thời gian|Đơn vị", "number task deadline lead"),
        ("TT|Nội dung|Đơn vị thực hiện|Phối hợp|Đ/c phụ trách|Hạn chót", "number task lead coordinate note deadline"),
        ("TT|Nội dung|Người phụ trách|Phối hợp|Hạn chót", "number task lead coordinate deadline"),
        ("TT|Chỉ tiêu|Đơn vị|2026|2030", "number indicator unit target target"),
        (
            "STT|Tên văn bản, đề án|Cơ quan chủ trì|Cấp phê duyệt|Thời gian trình|Hình thức",
            "number task lead note deadline result",
        ),
        ("TT|Chỉ tiêu|ĐVT|Thực hiện 2024|Mục tiêu 2025|Chủ trì", "number indicator unit baseline target lead"),
    ],
)
def test_columns_by_the_names_that_other_issuers_give_them(labels: str, roles: str) -> None:
    header = read_header([row(*labels.split("|")), row("1", "Xây dựng nền tảng")], TERMS)
    assert header is not None and header.holds
    assert [column.role for column in header.columns] == roles.split()


@pytest.mark.parametrize(
    "labels",
    [
        "STT|Họ và tên|Chức vụ|Đơn vị công tác|Nhiệm vụ",
        "TT|Hạng mục|Đơn vị tính|Số lượng|Đơn giá|Thành tiền",
        "STT|Nội dung chi|Kinh phí năm 2025|Kinh phí năm 2026|Nguồn vốn",
    ],
)
def test_tables_of_something_else_are_left_alone(labels: str) -> None:
    header = read_header([row(*labels.split("|")), row("1", "x")], TERMS)
    assert header is None or header.holds is None


@pytest.mark.parametrize(
    "top",
    [("TT", "Nhiệm vụ", "Cơ quan thực hiện", "", "Thời hạn"), ("TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời hạn")],
)
def test_one_label_over_lead_and_coordination(top: tuple[str, ...]) -> None:
    header = read_header([row(*top), row("", "", "Chủ trì", "Phối hợp", "")], TERMS)
    assert header is not None
    assert ([column.role for column in header.columns], header.rows) == (
        ["number", "task", "lead", "coordinate", "deadline"],
        2,
    )


def test_a_title_may_stand_above_the_header() -> None:
    header = read_header([row("DANH MỤC NHIỆM VỤ", ""), row("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn")], TERMS)
    assert header is not None
    assert (len(header.columns), header.rows) == (4, 2)


def test_two_labels_each_over_two() -> None:
    header = read_header(
        [
            row("TT", "Nhiệm vụ", "Đơn vị thực hiện", "", "Thời gian", "", "Sản phẩm"),
            row("", "", "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc", ""),
        ],
        TERMS,
    )
    assert header is not None
    assert ([column.role for column in header.columns], header.rows) == (
        ["number", "task", "lead", "coordinate", "note", "deadline", "result"],
        2,
    )


def test_a_row_below_one_label_that_holds_no_labels_is_no_header() -> None:
    top = row("TT", "Nhiệm vụ", "Đơn vị thực hiện", "", "Thời gian", "")
    header = read_header([top, row("", "", "Sở Y tế", "Sở Nội vụ", "Tháng 1/2026", "Tháng 6/2026")], TERMS)
    assert header is not None and header.rows == 1


def test_a_year_beside_targets_is_a_baseline() -> None:
    labels = ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2025", "Mục tiêu 2026", "Mục tiêu 2030"]
    header = read_header([row(*labels)], TERMS)
    assert header is not None
    assert header.columns[3:] == (Column("baseline", period="2025"), Column("target", 2026), Column("target", 2030))


def test_labels_in_two_languages() -> None:
    labels = ["TT No.", "Nhiệm vụ Task", "Chủ trì Lead", "Phối hợp Support", "Hạn Deadline", "Kết quả Output"]
    header = read_header([row(*labels)], TERMS)
    assert header is not None
    roles = [column.role for column in header.columns]
    assert roles == ["number", "task", "lead", "coordinate", "deadline", "result"]

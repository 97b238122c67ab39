"""Tables whose rows do not say everything themselves, or say one thing in several rows."""

from __future__ import annotations

from graph.extraction import Extractor
from graph.reading.rendition import MARK
from graph.records import TaskRecord

PLAN = MARK + "KẾ HOẠCH\nThực hiện Nghị quyết số 57-NQ/TW\n\nPHỤ LỤC\n"


def tasks(extractor: Extractor, text: str) -> tuple[TaskRecord, ...]:
    return extractor.extract("plan", text if text.startswith(MARK) else PLAN + text).tasks


def table(*rows: str) -> str:
    return "\t\n" + "".join(row.replace("|", "\t") + "\n" for row in rows)


def test_a_mark_below_a_quarter_is_a_time(extractor: Extractor) -> None:
    text = table(
        "STT|Nội dung công việc|Đơn vị đầu mối|Thời gian hoàn thành năm 2026||||Ghi chú",
        "|||Quý I|Quý II|Quý III|Quý IV|",
        "1|Số hóa hồ sơ|Sở Nội vụ||x|||",
        "2|Mở dữ liệu|Sở Y tế|||X|x|gấp",
    )
    found = tasks(extractor, text)
    assert [[d.end for d in task.deadline] for task in found] == [["2026-06"], ["2026-09", "2026-12"]]
    quoted = [(PLAN + text)[span.start : span.end] for span in found[0].source["deadline"]]
    assert quoted == ["Quý II", "năm 2026"]


def test_other_signs_below_years_are_no_times(extractor: Extractor) -> None:
    text = table("TT|Chỉ tiêu|Đơn vị tính|Mục tiêu|", "|||2026|2030", "1|Có kho dữ liệu|Có/Không|x|x")
    assert [len(i.targets) for i in extractor.extract("plan", PLAN + text).indicators] == [2]


def test_bodies_of_two_levels_below_one_label_coordinate(extractor: Extractor) -> None:
    text = table(
        "TT|Nhiệm vụ|Cơ quan thực hiện chính|Cơ quan phối hợp||Thời hạn",
        "|||Cấp tỉnh|Cấp xã|",
        "1|Số hóa hồ sơ|Sở Y tế|Công an tỉnh; Sở Nội vụ|UBND các xã, phường|8/2026",
        "2|Mở dữ liệu|Sở Tài chính|||9/2026",
    )
    assert [(task.lead, task.coord) for task in tasks(extractor, text)] == [
        (("Sở Y tế",), ("Công an tỉnh", "Sở Nội vụ", "UBND các xã, phường")),
        (("Sở Tài chính",), ()),
    ]


def test_rows_below_one_number_and_title_are_one_task(extractor: Extractor) -> None:
    text = table(
        "TT|Nhiệm vụ|Chủ trì|Sản phẩm|Thời hạn",
        "1|Xây dựng kho dữ liệu|Sở Nội vụ|Đề án|Tháng 3/2026",
        "1|Xây dựng kho dữ liệu|Sở Nội vụ|Kho dữ liệu|Tháng 9/2026",
        "2|Mở dữ liệu|Sở Y tế|Danh mục|Năm 2026",
    )
    found = tasks(extractor, text)
    assert [(task.no, task.result, len(task.deadline)) for task in found] == [
        ("1", "Đề án; Kho dữ liệu", 2),
        ("2", "Danh mục", 1),
    ]
    assert found[0].lead == ("Sở Nội vụ",)


def test_a_heading_above_a_table_says_by_when(extractor: Extractor) -> None:
    head = "TT|Nhiệm vụ|Chủ trì|Sản phẩm"
    text = (
        "1. Nhóm nhiệm vụ hoàn thành trong quý I/2026\n"
        + table(head, "1|Số hóa hồ sơ|Sở Nội vụ|Hồ sơ", "2|Mở dữ liệu|Sở Y tế|Danh mục")
        + "II. Nhiệm vụ thường xuyên\n"
        + table(head, "1|Tuyên truyền|Sở Y tế|Tin, bài")
    )
    found = tasks(extractor, text)
    assert [task.deadline[0].kind for task in found] == ["date", "date", "ongoing"]
    assert [task.section_no for task in found] == [None, None, "II"]


def test_a_line_above_a_table_says_who_leads(extractor: Extractor) -> None:
    head = "STT|Nhiệm vụ|Đơn vị phối hợp|Thời hạn"
    text = "Cơ quan chủ trì: Chi cục Kiểm lâm\n" + table(head, "1|Cảnh báo cháy rừng|UBND cấp xã|2026")
    assert [task.lead for task in tasks(extractor, text)] == [("Chi cục Kiểm lâm",)]


def test_a_heading_with_a_year_below_the_header_is_no_row_of_it(extractor: Extractor) -> None:
    text = table(
        "TT|Nhiệm vụ|Đơn vị thực hiện|Sản phẩm", "Hoàn thành trong năm 2026|||", "1|Số hóa hồ sơ|Sở Nội vụ|Hồ sơ"
    )
    assert [(task.title, task.deadline_raw) for task in tasks(extractor, text)] == [
        ("Số hóa hồ sơ", "Hoàn thành trong năm 2026")
    ]


def test_a_column_without_label_and_text_is_none(extractor: Extractor) -> None:
    text = table(
        "|TT|Nhiệm vụ|Chủ trì|Phối hợp|Sản phẩm|Thời hạn",
        "|1|Xây dựng thư viện số|Sở Văn hóa, Thể thao và Du lịch|Sở Tài chính|Thư viện|2026",
    )
    assert [(task.lead, task.coord) for task in tasks(extractor, text)] == [
        (("Sở Văn hóa, Thể thao và Du lịch",), ("Sở Tài chính",))
    ]


def test_short_labels_of_duties(extractor: Extractor) -> None:
    text = table("TT|Nhiệm vụ|Phân công|Thời hạn", "1|Số hóa|CT: Sở CT\N{LINE SEPARATOR}PH: Sở Y tế, Sở Nội vụ|2026")
    assert [(task.lead, task.coord) for task in tasks(extractor, text)] == [(("Sở CT",), ("Sở Y tế", "Sở Nội vụ"))]


def test_a_heading_in_one_cell_over_all_columns_with_its_number(extractor: Extractor) -> None:
    text = table("STT|Kết quả|Nhiệm vụ|Chủ trì", "I - Phát triển hạ tầng số|||", "1|Hồ sơ|Số hóa hồ sơ|Sở Nội vụ")
    assert [(task.section_no, task.section) for task in tasks(extractor, text)] == [("I", "Phát triển hạ tầng số")]


def test_numbers_of_tasks_in_words(extractor: Extractor) -> None:
    text = table(
        "Nhiệm vụ|Chủ trì|Thời hạn", "Nhiệm vụ 1: Số hóa|Sở Nội vụ|2026", "Nhiệm vụ 2: Mở dữ liệu|Sở Y tế|2026"
    )
    assert [(task.no, task.title) for task in tasks(extractor, text)] == [("1", "Số hóa"), ("2", "Mở dữ liệu")]


def test_a_header_repeated_with_labels_cut_off_is_none_of_the_rows(extractor: Extractor) -> None:
    text = (
        table(
            "ST T|Chỉ tiêu|Đơn vị|Thực hiện năm 2024|Mục tiêu 2026|Mục tiêu 2030|Cơ quan chủ trì",
            "1|Tỷ lệ phủ sóng 5G|%|35|60|100|Sở Y tế",
            "2|Tỷ lệ học bạ|%|10|50|90|Sở Giáo dục và",
        )
        + "\n"
        + table(
            "ST T|Chỉ tiêu|Đơn vị|Thực hiện|Mục tiêu 2026|Mục tiêu 2030|Cơ quan chủ trì",
            "|số||năm|||Đào tạo",
            "3|Số sản phẩm số|Sản phẩm|5|10|20|Sở Công Thương",
        )
    )
    found = extractor.extract("plan", PLAN + text).indicators
    assert [(one.name, one.lead) for one in found] == [
        ("Tỷ lệ phủ sóng 5G", ("Sở Y tế",)),
        ("Tỷ lệ học bạ số", ("Sở Giáo dục và Đào tạo",)),
        ("Số sản phẩm số", ("Sở Công Thương",)),
    ]


def test_a_budget_by_years_holds_no_targets(extractor: Extractor) -> None:
    text = (
        table("TT|Nhiệm vụ|Chủ trì|Thời hạn", "1|Số hóa hồ sơ|Sở Nội vụ|2026")
        + "\n\nPHỤ LỤC 2\n"
        + table("STT|Nội dung chi|Năm 2026|Năm 2027|Đơn vị sử dụng", "1|Chi hạ tầng số|12500|9800|Sở Y tế")
    )
    found = extractor.extract("plan", PLAN + text)
    assert (len(found.tasks), found.indicators) == (1, ())


def test_tasks_below_their_indicators(extractor: Extractor) -> None:
    text = table(
        "STT|Chỉ tiêu / Nhiệm vụ|ĐVT|Năm 2026|Năm 2030|CQ chủ trì|CQ phối hợp|Thời hạn|Sản phẩm",
        "I|Hạ tầng số|||||||",
        "1|Tỷ lệ thôn có cáp quang|%|96|100|Sở Y tế|||",
        "1.1|Lập danh sách thôn chưa có cáp|||||UBND các xã|31/3/2026|Danh sách",
        "1.2|Kéo cáp|||| Sở Nội vụ||2027|",
        "2|Số trạm quan trắc|Trạm|≥ 12|≥ 45|Sở Công Thương|||",
    )
    found = extractor.extract("plan", PLAN + text)
    assert [(one.no, one.group) for one in found.indicators] == [("1", "Hạ tầng số"), ("2", "Hạ tầng số")]
    assert [(task.no, task.lead, task.deadline_raw) for task in found.tasks] == [
        ("1.1", (), "31/3/2026"),
        ("1.2", ("Sở Nội vụ",), "2027"),
    ]


def test_a_heading_with_a_letter_whose_title_stands_in_the_column_of_bodies(extractor: Extractor) -> None:
    text = table(
        "TT|Đơn vị chủ trì|Nhiệm vụ|Đơn vị phối hợp|Thời hạn|Kết quả",
        "A|Hoàn thiện thể chế||||",
        "1|Cục Viễn thám quốc gia|Sửa đổi quy định|Vụ Pháp chế|Tháng 10/2025|Nghị định",
        "B|Phát triển dữ liệu số||||",
        "2|Cục Chuyển đổi số|Công bố dữ liệu mở|Văn phòng Bộ|Hằng năm|Danh mục",
    )
    assert [(task.no, task.section, task.lead) for task in tasks(extractor, text)] == [
        ("1", "Hoàn thiện thể chế", ("Cục Viễn thám quốc gia",)),
        ("2", "Phát triển dữ liệu số", ("Cục Chuyển đổi số",)),
    ]

from __future__ import annotations

import pytest

from graph.extraction.agencies import AgencyReader
from graph.source_text import SourceText


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Sở Khoa học và Công nghệ", ["Sở Khoa học và Công nghệ"]),
        ("Sở Tài chính và các đơn vị liên quan", ["Sở Tài chính", "các đơn vị liên quan"]),
        ("Các sở, ban, ngành, địa phương", ["Các sở, ban, ngành, địa phương"]),
        ("Các sở, ban ngành cấp tỉnh; UBND cấp xã", ["Các sở, ban ngành cấp tỉnh", "UBND cấp xã"]),
        ("Sở Xây dựng và Sở Nông nghiệp và Môi trường", ["Sở Xây dựng", "Sở Nông nghiệp và Môi trường"]),
        ("Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh", ["Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh"]),
        ("Sở Nội vụ, các ban, sở, ngành, đơn vị liên quan", ["Sở Nội vụ", "các ban, sở, ngành, đơn vị liên quan"]),
        ("Các sở, ngành cấp tỉnh và địa phương", ["Các sở, ngành cấp tỉnh", "địa phương"]),
        ("Các sở, ngành liên quan UBND các xã, phường", ["Các sở, ngành liên quan", "UBND các xã, phường"]),
        ("Thuế thành phố Hải Phòng các hiệp hội", ["Thuế thành phố Hải Phòng", "các hiệp hội"]),
        (
            "Sở Nội vụ; các sở, ngành, UBND cấp xã và các đơn vị liên quan",
            ["Sở Nội vụ", "các sở, ngành", "UBND cấp xã", "các đơn vị liên quan"],
        ),
        (
            "Ban Quản lý Khu Kinh tế Vân Phong và các KCN; Sở Y tế",
            ["Ban Quản lý Khu Kinh tế Vân Phong và các KCN", "Sở Y tế"],
        ),
        ("Các sở: Y tế, Giáo dục và Đào tạo, Tài chính", ["Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Tài chính"]),
        ("- Sở Y tế - Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Ban Tuyên giáo - Dân vận Tỉnh ủy", ["Ban Tuyên giáo - Dân vận Tỉnh ủy"]),
        ("<p>Công an tinh</p> <p>Văn phòng Tỉnh uy</p>", ["Công an tinh", "Văn phòng Tỉnh uy"]),
        ("Công an tỉnh (phòng PA05, PC06), Sở Y tế", ["Công an tỉnh (phòng PA05, PC06)", "Sở Y tế"]),
        (
            "Các doanh nghiệp viễn thông, internet, công nghệ thông tin",
            ["Các doanh nghiệp viễn thông, internet, công nghệ thông tin"],
        ),
        ("Sở Tài chính.", ["Sở Tài chính"]),
        ("", []),
    ],
)
def test_a_cell_is_split_into_its_agencies(agencies: AgencyReader, cell: str, names: list[str]) -> None:
    assert [named.name for named in agencies.split(SourceText.of_source(cell))] == names


def test_each_agency_leads_to_its_own_characters(agencies: AgencyReader) -> None:
    cell = "Các sở: Y tế, Giáo dục và Đào tạo"
    first, second = agencies.split(SourceText.of_source(cell))
    assert [cell[s.start : s.end] for s in first.written.spans(cell)] == ["Y tế"]
    assert [cell[s.start : s.end] for s in second.written.spans(cell)] == ["Giáo dục và Đào tạo"]


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo",
        "Hội nghị; văn bản hướng dẫn",
        "Quyết định phê duyệt dự án",
        "Kế hoạch của UBND tỉnh",
        "Trung tâm được thành lập",
    ],
)
def test_a_result_does_not_read_as_agencies(agencies: AgencyReader, text: str) -> None:
    assert agencies.likeness(text) < 0.5


@pytest.mark.parametrize(
    ("name", "collective"),
    [
        ("Các sở, ngành", True),
        ("Địa phương được lựa chọn", True),
        ("Sở ban ngành", True),
        ("Sở Y tế", False),
        ("Báo Thanh Hóa", False),
    ],
)
def test_collectives_are_told_from_bodies(agencies: AgencyReader, name: str, collective: bool) -> None:
    assert agencies.is_collective(name) is collective


@pytest.mark.parametrize(("text", "begins"), [("Viễn thông tỉnh; Viettel tỉnh", True), ("Viễn thông di động", False)])
def test_a_known_name_begins_a_list_whatever_its_first_word(agencies: AgencyReader, text: str, begins: bool) -> None:
    assert agencies.may_begin(text) is begins

from __future__ import annotations

import pytest

from graph.extraction.agencies import AgencyReader
from graph.linking.agencies import identify, successors


@pytest.mark.parametrize(
    ("name", "area", "iri", "group"),
    [
        ("Sở Khoa học và Công nghệ", "quang-tri", "agency/quang-tri/so-khoa-hoc-va-cong-nghe", False),
        ("Sở KH&CN tỉnh Quảng Trị", "quang-tri", "agency/quang-tri/so-khoa-hoc-va-cong-nghe", False),
        ("Công an tinh", "thanh-hoa", "agency/thanh-hoa/cong-an-tinh", False),
        ("Bộ Công an", "thanh-hoa", "agency/viet-nam/bo-cong-an", False),
        ("Trường Đại học Hồng Đức", "thanh-hoa", "agency/thanh-hoa/truong-dai-hoc-hong-duc", False),
        ("Trường Đại học Quảng Trị", "quang-tri", "agency/quang-tri/truong-dai-hoc-quang-tri", False),
        ("Bảo hiểm xã hội Khu vực VI", "thanh-hoa", "agency/thanh-hoa/bao-hiem-xa-hoi-khu-vuc-vi", False),
        (
            "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh",
            "thanh-hoa",
            "agency/thanh-hoa/lien-hiep-cac-hoi-khoa-hoc-va-ky-thuat-tinh",
            False,
        ),
        ("Sở Y tế (đầu mối, tổng hợp)", "thanh-hoa", "agency/thanh-hoa/so-y-te", False),
        ("UBND cấp xã", "thanh-hoa", "agency-group/thanh-hoa/ubnd-cap-xa", True),
        ("Các sở, ban, ngành", "thanh-hoa", "agency-group/thanh-hoa/so-ban-nganh", True),
        ("địa phương", "thanh-hoa", "agency-group/thanh-hoa/dia-phuong", True),
        ("Địa phương được lựa chọn", "thanh-hoa", "agency-group/thanh-hoa/dia-phuong-duoc-lua-chon", True),
    ],
)
def test_who_is_meant(agencies: AgencyReader, name: str, area: str, iri: str, group: bool) -> None:
    agent = identify(name, area, agencies)
    assert agent.iri == f"https://w3id.org/phancong/id/{iri}"
    assert agent.group is group


def test_the_same_department_of_two_provinces_is_two_agencies_of_one_type(agencies: AgencyReader) -> None:
    one, other = (identify("Sở Y tế", area, agencies) for area in ("quang-tri", "thanh-hoa"))
    assert one.iri != other.iri
    assert one.type == other.type == "so-y-te"


def test_short_and_long_spelling_of_an_open_name_are_one(agencies: AgencyReader) -> None:
    spellings = ("Ban Quản lý KKT Nghi Sơn và các KCN", "Ban Quản lý Khu Kinh tế Nghi sơn và các KCN")
    assert len({identify(name, "thanh-hoa", agencies).iri for name in spellings}) == 1


def test_a_collective_says_which_types_it_covers_and_leaves_open_what_is_open(agencies: AgencyReader) -> None:
    assert "so" in identify("Các sở, ngành, đơn vị liên quan", "thanh-hoa", agencies).covers
    assert identify("Các đơn vị liên quan", "thanh-hoa", agencies).covers == ()
    assert identify("UBND cấp xã", "thanh-hoa", agencies).covers == ("ubnd-cap-xa",)


def test_a_body_leads_to_the_one_that_replaced_it_by_type_or_by_area(agencies: AgencyReader) -> None:
    names = [
        ("Sở Thông tin và Truyền thông", "quang-ngai"),
        ("Sở Khoa học và Công nghệ", "quang-ngai"),
        ("UBND tỉnh", "kon-tum"),
        ("UBND tỉnh", "quang-ngai"),
        ("Sở Giao thông vận tải", "thanh-hoa"),  # whose successor no plan here names
        ("Các sở, ban, ngành", "kon-tum"),
    ]
    found = successors((identify(name, area, agencies) for name, area in names), agencies.vocabulary)
    agency = "https://w3id.org/phancong/id/agency"
    assert found == [
        (f"{agency}/kon-tum/ubnd-tinh", f"{agency}/quang-ngai/ubnd-tinh"),
        (f"{agency}/quang-ngai/so-thong-tin-va-truyen-thong", f"{agency}/quang-ngai/so-khoa-hoc-va-cong-nghe"),
    ]

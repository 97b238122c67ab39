"""What documents are called where pages show them by the way."""

import re

import pytest
from serving import Server

from service.document_names import called, document_of

PLAN = "https://w3id.org/phancong/id/document/quang-tri-687-kh-ubnd-2026"


@pytest.mark.parametrize(
    ("iri", "document"),
    [
        (PLAN, PLAN),
        (f"{PLAN}/task/pl-i.1-1.1", PLAN),
        ("https://w3id.org/phancong/id/agency/quang-tri/so-y-te", ""),
        ("https://example.org/", ""),
    ],
)
def test_a_row_stands_in_the_document_that_its_iri_names(iri: str, document: str) -> None:
    assert document_of(iri) == document


@pytest.mark.parametrize(
    ("path", "vi", "en"),
    [
        ("/", "Kế hoạch Quảng Trị 2025", "Plan Quang Tri 2025"),
        ("/quality", "Kế hoạch Quảng Trị 2025", "Plan Quang Tri 2025"),
        ("/search?q=tri+tue+nhan+tao", "Kế hoạch 687/KH-UBND", "Plan 687/KH-UBND"),
        ("/questions/indicator-across-areas?indicator=quy-mo-kinh-te-so", "Kế hoạch Kon Tum", "Plan Kon Tum"),
        (
            "/networks/lead-coordinator/edges?source=agency/quang-tri/so-khoa-hoc-va-cong-nghe"
            "&target=agency-group/quang-tri/ubnd-cap-xa&format=html",
            "Kế hoạch 687/KH-UBND",
            "Plan 687/KH-UBND",
        ),
    ],
)
def test_pages_name_documents_in_their_language(portal: Server, path: str, vi: str, en: str) -> None:
    sign = "&" if "?" in path else "?"
    for language, name in (("vi", vi), ("en", en)):
        text = portal.get(f"{path}{sign}lang={language}", headers={"Accept": "text/html"}).text
        assert name in re.sub(r"</?span[^>]*>", "", text)
        assert ">document/" not in text


def test_an_agency_is_found_with_its_area(portal: Server) -> None:
    text = portal.get("/search?q=so+y+te&kind=agency", headers={"Accept": "text/html"}).text
    assert "<small>Quảng Trị</small>" in text and "<small>Thanh Hóa</small>" in text


def test_the_page_of_a_passage_names_what_it_states(portal: Server) -> None:
    text = portal.get("/page/source/quang-tri-2026-ke-hoach/passage/7690-7714", headers={"Accept": "text/html"}).text
    assert "Phát triển hạ tầng số đảm bảo kết nối" in text
    assert ">document/" not in text


def test_documents_of_measured_rows_have_their_names() -> None:
    """A part of a document's own name tells those of one source apart; what is not known stays as it is."""
    plan, decision = "…/quang-ngai-action-plan-2025-05", "…/quang-ngai-decision-2025-05"
    by_source, names = {"003": [plan, decision]}, {plan: "Plan", decision: "Decision"}
    assert called("003-decision", by_source, names) == "Decision"
    assert called("003", by_source, names) == "Plan · Decision"
    assert called("9", by_source, names) == "9"


def test_the_quality_page_names_the_documents_that_were_measured(portal: Server) -> None:
    text = portal.get("/quality?lang=vi", headers={"Accept": "text/html"}).text
    assert "Nhiệm vụ – Kế hoạch Quảng Trị 2025" in text
    assert "– 00" not in text


def test_agencies_that_share_a_name_are_told_apart(portal: Server) -> None:
    """By their area: in the title of a page, and at the ends of an edge."""
    text = portal.get("/page/agency/quang-tri/so-khoa-hoc-va-cong-nghe", headers={"Accept": "text/html"}).text
    assert "<title>Sở Khoa học và Công nghệ, Quảng Trị – Phân Công</title>" in text
    ends = "source=agency/quang-tri/so-khoa-hoc-va-cong-nghe&target=agency-group/quang-tri/ubnd-cap-xa"
    text = portal.get(f"/networks/lead-coordinator/edges?{ends}&format=html", headers={"Accept": "text/html"}).text
    assert ">Sở Khoa học và Công nghệ (Quảng Trị)</a>" in text

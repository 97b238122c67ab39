"""Which document a number means, the same IRI whether a plan is held here or only cited; and which of the cited ones
implements another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.linking.agencies import CENTRE
from graph.records import DocumentRecord
from graph.source_text import Span
from graph.text import slug

_CENTRAL = re.compile(r"TW$|CP$|TTg$|QH\d*$|UBTVQH\d*$|/B[A-ZĐ]+|-B[A-ZĐ]+$|VPTW$|HNVB|VPCP")
_YEAR = re.compile(r"/((?:19|20)\d\d)/")


def document_slug(number: str | None, date: str | None, area: str, document_type: str) -> str:
    """``<area>-<number>-<year>``; without a number ``<area>-<type>-<date>``. Central documents belong to Viet Nam. A
    year that the number itself holds is not said twice; a date that is not known is left out."""
    home = CENTRE if number and _CENTRAL.search(number) else area
    if number is None:
        return "-".join(filter(None, (home, document_type, date)))
    year = "" if _YEAR.search(number) else (date or "")[:4]
    return "-".join(filter(None, (home, slug(number), year)))


def document_slugs(documents: Sequence[DocumentRecord], area: str) -> dict[str, str]:
    """The slug of each document of a file, by its ``doc``."""
    return {d.doc: document_slug(d.number, d.date, area, d.type) for d in documents}


# What may stand between the number of a document and what it implements: its day, issuer and title. Where another
# document begins, the title is not this one's.
_OTHER = r"\bvà\b|Nghị quyết|Kế hoạch|Chương trình|Quyết định|Đề án"
_DATED = r"(?:\s*ngày\s+[\d/.]+(?:\s+tháng\s+\d+\s+năm\s+\d{4})?)?"
_ISSUED = rf"(?:\s*của\s+(?:(?!{_OTHER})[^,;.\d]){{2,60}}?)?"
_ABOUT = r"\s*,?\s*(?:về\s+)?(?:việc\s+)?"
_AMENDED = r"(?:sửa đổi|bổ sung|cập nhật|ban hành|triển khai|,|và|\s)*"
_PROGRAMME = rf"(?:{_AMENDED}Chương trình hành động\s+của\s+Chính phủ\s+)?"
_KIND = r"(?:Nghị quyết|Chỉ thị|Kết luận|Chương trình(?: hành động)?|Kế hoạch(?: hành động)?)\s+(?:số\s+)?"
_IMPLEMENTS = re.compile(
    rf"{_DATED}{_ISSUED}{_ABOUT}{_PROGRAMME}(?:triển khai\s+)?thực hiện\s+{_KIND}(?P<number>\d+\S*[A-ZĐ]\w*)"
)


def implemented_by_title(text: str, number: Span) -> tuple[str, Span] | None:
    """The number of the document that a cited document implements, if its title behind its number says so, with the
    passage from the one number to the other.

    "Kế hoạch số 359-KH/TU ngày 29/4/2025 của Tỉnh ủy thực hiện Nghị quyết số 57-NQ/TW": 359-KH/TU implements 57-NQ/TW.
    What stands between the two must be date, issuer and title of the one document, so no third is spoken of.
    """
    found = _IMPLEMENTS.match(text, number.end)
    return (found["number"], Span(number.start, found.end("number"))) if found else None

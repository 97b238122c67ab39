"""Who issues a document: the bodies that a letterhead names in capitals, and how their names are usually written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.source_text import SourceText
from graph.text import fold
from graph.vocabulary import Vocabulary

_MOTTO = re.compile(
    r"CỘNG HÒA.*|CỘNG HOÀ.*|ĐỘC LẬP\b.*|[Đđ]ộc lập\b.*|ĐẢNG CỘNG SẢN VIỆT NAM.*|DỰ THẢO.*|(?:BẢN )?SAO\b.*"
    r"|[A-Z' ]*\b(?:AUTHORITY|COMMITTEE|MINISTRY|DEPARTMENT|PROVINCE)\b[A-Z' ]*$"  # the same in English
    r"|[*\-–_=\s]+$|SỐ\b.*|.*NGÀY .*NĂM.*|^(?:VIỆT )?NAM$|\S*/[A-ZĐ]+(?:-[A-ZĐ]+)+$"
)
_REST_OF_MOTTO = re.compile(r"\s{3,}(?:VIỆT )?NAM\s*$")  # beside the letterhead, in a second line
_BODY = re.compile(
    r"(?:CHỦ TỊCH|UBND|(?:ỦY|UỶ|ỦỶ) BAN|HĐND|HỘI ĐỒNG|SỞ|BỘ|BAN|(?:ĐẢNG|TỈNH|THÀNH|HUYỆN) (?:ỦY|UỶ|ỦỶ)|ĐẢNG BỘ"
    r"|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|VĂN PHÒNG|CÔNG AN|CỤC|TỔNG CỤC|TRƯỜNG|ĐẠI HỌC|HỌC VIỆN|VIỆN|THANH TRA|HỘI"
    r"|ĐOÀN|LIÊN|NGÂN HÀNG|BẢO HIỂM|KHO BẠC|TẬP ĐOÀN|TỔNG CÔNG TY|MẶT TRẬN|TÒA ÁN|PHÒNG|TRUNG TÂM)\b"
)
_PLACE_NAME = re.compile(r"\b(xã|phường|đặc khu|tỉnh|thành phố) (\w+(?: \w+){0,3})$")
_OWN_AREA = re.compile(r"\b(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU|HUYỆN|THỊ XÃ|TỈNH ỦY|THÀNH ỦY)\b", re.IGNORECASE)


def letterhead(above: Sequence[SourceText]) -> list[str]:
    """The bodies that the lines above a head name in capitals, the superior first; the issuer is the last."""
    bodies: list[str] = []
    for line in above:
        text = _MOTTO.sub("", " ".join(_REST_OF_MOTTO.sub("", line.text).split()))
        if not text.isupper():
            continue
        if _BODY.match(text) and not (bodies and bodies[-1].endswith((" VÀ", ","))):
            bodies.append(text.strip())
        elif text.strip() and bodies:
            bodies[-1] = f"{bodies[-1]} {text.strip()}"
    return bodies


def needs_area(letterhead: Sequence[str]) -> bool:
    """Whether the issuer is a department of the province that the line above it names."""
    return len(letterhead) > 1 and not _OWN_AREA.search(letterhead[-1]) and bool(_OWN_AREA.search(letterhead[-2]))


def named(issuer: str, area: str | None, lines: Sequence[SourceText], vocabulary: Vocabulary) -> str:
    """An issuer as it is usually written, with its area: "UBND tỉnh Quảng Trị", "Ban Thường vụ Tỉnh ủy Thanh Hóa".

    ``lines`` are those of the whole text, which may write in small letters what the letterhead has in capitals.
    """
    issuer = " ".join(issuer.split())
    if issuer.isupper():
        issuer = _as_in_text(issuer, lines, vocabulary)
    issuer = re.sub(
        r"\b[ủu][ỷyỳ] ban nhân dân\b|\buỷ ban nhân dân\b|\bủy ban nhân dân\b", "UBND", issuer, flags=re.IGNORECASE
    )
    if not area:
        return issuer
    issuer = re.sub(re.escape(area), area, issuer, flags=re.IGNORECASE)
    return (
        issuer
        if fold(area) in fold(issuer) or not re.search(r"tỉnh|thành phố|thành ủy", issuer, re.IGNORECASE)
        else f"{issuer} {area}"
    )


def _as_in_text(name: str, lines: Sequence[SourceText], vocabulary: Vocabulary) -> str:
    """A name in capitals as the running text or the vocabulary writes it; where neither does, capitals stay with its
    first letter, abbreviations and places."""
    text = "\n".join(line.text for line in lines)
    for size in range(len(name.split()), 1, -1):
        words = name.split()
        pattern = r"\s+".join(map(re.escape, words[:size]))
        found = next((m[0] for m in re.finditer(pattern, text, re.IGNORECASE) if not m[0].isupper()), None)
        if found:
            found = " ".join(found.split())
            return _with_capitals(f"{found[:1].upper()}{found[1:]} {' '.join(words[size:]).lower()}".strip())
    kind = vocabulary.agency_types.get(vocabulary.agency_names.get(fold(name), ""))
    known = next((label for label in kind.labels if fold(label) == fold(name)), None) if kind else None
    return known or _with_capitals(name.capitalize())


def _with_capitals(name: str) -> str:
    name = re.sub(r"^Ubnd\b", "UBND", re.sub(r"\bviệt nam\b", "Việt Nam", name))
    return _PLACE_NAME.sub(lambda place: f"{place[1]} {place[2].title()}", name)

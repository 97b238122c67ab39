"""Heads: what the documents in a file say of themselves (Decree 30/2020/NĐ-CP, Annex I, on the parts of an official
document).

A file can hold two documents, a decision and the plan it issues. A head begins with the type alone on a line in
capitals; its number, date and issuer may stand above it, in the line "(Kèm theo …)" of an annex, or nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.extraction.citations import NUMBER, find_mentions, normalise
from graph.reading import Block, Paragraph
from graph.records import CitationRecord, DocumentRecord
from graph.source_text import SourceText, Span
from graph.text import fold
from graph.vocabulary import Vocabulary

_PLACE_AND_DATE = re.compile(
    r"(?P<place>[^,\n]{2,40}),\s*ngày\s*(?P<d>\d{0,2})[\s.…]*tháng\s*(?P<m>\d{0,2})[\s.…]*năm\s*(?P<y>20\d\d)",
    re.IGNORECASE,
)
_NUMBER_LINE = re.compile(r"\bsố\s*:\s*(?=\d)", re.IGNORECASE)
_ATTACHED = re.compile(r"\((?:Ban hành\s+)?kèm theo\s+(?P<type>\w[\w\s]*?)\s+số\b(?P<said>[^)]*)\)", re.IGNORECASE)
_ATTACHED_DATE = re.compile(r"ngày\s*(?P<d>\d{0,2})[\s.…]*/\s*(?P<m>\d{0,2})[\s.…]*/\s*(?P<y>20\d\d)", re.IGNORECASE)
_ATTACHED_ISSUER = re.compile(r"\bcủa\s+(?P<issuer>.+)$", re.IGNORECASE | re.DOTALL)
_ISSUES = re.compile(
    r"(?:^|[;,:]\s*)(?P<issuer>[^;,:]{4,60}?)\s+ban hành\s+"
    r"(?:Kế hoạch|Chương trình|Quyết định|Nghị quyết|Chỉ thị|Đề án)"
)
_BODY_BEGINS = re.compile(
    r"(?:Căn cứ|Thực hiện|Triển khai|Để|Nhằm|Tiếp tục|Trên cơ sở|Theo đề nghị|Xét|Kính gửi"
    r"|[IVX]+\.|\d+\.|Điều \d|\()"
)
_AUTHORITY = re.compile(
    r"(?:CHỦ TỊCH\s+)?(?:ỦY|UỶ) BAN NHÂN DÂN|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|HỘI ĐỒNG NHÂN DÂN"
    r"|TỈNH ỦY|THÀNH ỦY|BỘ TRƯỞNG|CHÍNH PHỦ"
)
_FOR = re.compile(r"\s*(?:T\s*/?\s*M|K\s*/?\s*T|TL|TUQ)\s*[./]?\s", re.IGNORECASE)
_DRAFT = "du thao"
_PLANS = frozenset({"plan", "action-plan", "programme", "action-programme"})


@dataclass(frozen=True, slots=True)
class _Head:
    """A head in the text: its lines from the type on, and where the region before and after it ends."""

    type: str
    label: str
    begin: int
    title: SourceText
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class _Attachment:
    """What a line "(Kèm theo Kế hoạch số … ngày … của …)" says of the document that the annex belongs to."""

    label: str
    number: str | None
    date: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Heads:
    """The documents of a file and where the opening (title and first paragraph) of each stands in the paragraphs."""

    documents: tuple[DocumentRecord, ...]
    openings: tuple[SourceText, ...]


def read_heads(doc: str, source: str, blocks: Sequence[Block], vocabulary: Vocabulary) -> Heads:
    """The documents of a file, without what only its citations tell (:func:`with_relations`)."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    heads = _find_heads(lines, vocabulary)
    attachments = _attachments("\n".join(line.text for line in lines), vocabulary)
    area = _area(lines, attachments, vocabulary)
    records, openings = [], []
    for i, head in enumerate(heads):
        above = lines[heads[i - 1].end if i else 0 : head.begin]
        suffix = "" if len(heads) == 1 else "-plan" if head.type in _PLANS else f"-{head.type}"
        records.append(_record(doc + suffix, source, head, above, lines, attachments, area))
        openings.append(SourceText.join("\n", [head.title, _first_paragraph(lines, head)]))
    return Heads(tuple(records), tuple(openings))


def _find_heads(lines: Sequence[SourceText], vocabulary: Vocabulary) -> list[_Head]:
    labels = dict(vocabulary.document_type_labels)
    starts = [
        i
        for i, line in enumerate(lines)
        if line.text.isupper() and not line.text.rstrip().endswith(":") and fold(line.text) in labels
    ]
    heads = []
    for i, start in enumerate(starts):
        end = starts[i + 1] if i + 1 < len(starts) else len(lines)
        title, body = _title(lines, start + 1, end)
        if title:
            heads.append(_Head(labels[fold(lines[start].text)], fold(lines[start].text), start, title, body, end))
    return heads


def _title(lines: Sequence[SourceText], start: int, end: int) -> tuple[SourceText, int]:
    """The title's lines after the type, and where the body begins: at a wider gap, an authority in capitals or an
    opening phrase."""
    parts: list[SourceText] = []
    gap = 0
    for i in range(start, end):
        line = lines[i].folded()
        if not line:
            gap += 1
            continue
        if parts and (
            gap > 1 or line.text.isupper() or (_BODY_BEGINS.match(line.text) and (gap or line.text.startswith("(")))
        ):
            return SourceText.join(" ", parts), i
        parts.append(line)
        gap = 0
    return SourceText.join(" ", parts), end


def _first_paragraph(lines: Sequence[SourceText], head: _Head) -> SourceText:
    """The running text from the body's begin to the first section heading."""
    parts = []
    for line in lines[head.body : head.end]:
        if re.match(r"\s*(?:I\.|1\.|Điều 1|A\.|QUYẾT ĐỊNH)", line.text):
            break
        parts.append(line)
    return SourceText.join("\n", parts)


def _record(
    doc: str,
    source: str,
    head: _Head,
    above: Sequence[SourceText],
    lines: Sequence[SourceText],
    attachments: Sequence[_Attachment],
    area: str | None,
) -> DocumentRecord:
    own = [a for a in attachments if a.label == head.label] or [
        a for a in attachments if head.label.startswith(a.label)
    ]
    head_text = "\n".join(line.text for line in above)
    place = _PLACE_AND_DATE.search(head_text)
    numbered = next((m for m in _NUMBER_LINE.finditer(head_text)), None)
    number = NUMBER.match(head_text, numbered.end()) if numbered else None
    spans: dict[str, tuple[Span, ...]] = {"title": head.title.spans(source)}
    if numbered or place:
        spans["head"] = tuple(span for line in above if line for span in line.spans(source))
    return DocumentRecord(
        doc=doc,
        type=head.type,
        number=normalise(number) if number else _agreed([a.number for a in own]),
        date=_partial_date(place) if place else _agreed([a.date for a in own]),
        issuer=_issuer(head, above, lines, own, area),
        province=area,
        title=head.title.text,
        status="draft" if any(_DRAFT in fold(line.text) for line in [*above, *lines[: head.begin]]) else "issued",
        signatory=_signatory(lines[head.body : head.end]),
        source=spans,
    )


def with_relations(
    document: DocumentRecord, opening: SourceText, citations: Sequence[CitationRecord], vocabulary: Vocabulary
) -> DocumentRecord:
    """The record with what it implements, rests on and replaces, as its own opening and the citations say.

    ``implements`` are the numbers the title names or, where it names none, the first that the opening paragraph says it
    carries out.
    """
    canonical = {alias: c.number for c in citations for alias in (c.number, *c.aliases)}
    mentions = [m for m in find_mentions(opening, vocabulary, opening=True) if m.number in canonical]
    in_title = find_mentions(SourceText.of_source(document.title), vocabulary, opening=True)
    carried_out = [m.number for m in in_title if m.relation == "implements"] or [
        m.number for m in mentions if m.relation == "implements"
    ][:1]
    return replace(
        document,
        implements=_unique(canonical.get(number, number) for number in carried_out),
        replaces=tuple(c.number for c in citations if c.relation == "replaces"),
        legal_basis=_unique(canonical[m.number] for m in mentions if m.relation == "based_on"),
    )


def _unique(numbers: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers))


def _attachments(text: str, vocabulary: Vocabulary) -> list[_Attachment]:
    labels = dict(vocabulary.document_type_labels)
    found = []
    for match in _ATTACHED.finditer(text):
        label, said = fold(match["type"]), " ".join(match["said"].split())
        if label in labels:
            number, dated, issued = NUMBER.match(said), _ATTACHED_DATE.search(said), _ATTACHED_ISSUER.search(said)
            found.append(
                _Attachment(
                    label,
                    normalise(number) if number else None,
                    _partial_date(dated) if dated else None,
                    issued["issuer"].strip() if issued else None,
                )
            )
    return found


def _agreed(values: Sequence[str | None]) -> str | None:
    """What most of several lines say; of two as frequent the first."""
    counted = Counter(value for value in values if value)
    return max(counted, key=lambda value: counted[value], default=None)


def _partial_date(match: re.Match[str]) -> str | None:
    """As much of a date as is filled in: YYYY, YYYY-MM or YYYY-MM-DD."""
    year, month, day = match["y"], match["m"], match["d"]
    if not month:
        return year
    return f"{year}-{int(month):02}-{int(day):02}" if day else f"{year}-{int(month):02}"


def _issuer(
    head: _Head, above: Sequence[SourceText], lines: Sequence[SourceText], own: Sequence[_Attachment], area: str | None
) -> str | None:
    authority = lines[head.body].text.strip() if head.body < len(lines) else ""
    letterhead = " ".join(line.text.strip() for line in above if line.text.isupper())
    opening = " ".join(line.text for line in lines[head.body : head.end] if line)[:4000]
    issues = _ISSUES.search(" ".join(opening.split()))
    if authority.isupper() and _AUTHORITY.match(authority):
        issuer: str | None = authority
    elif found := _LETTERHEAD.search(letterhead):
        issuer = found[0]
    else:
        issuer = _agreed([a.issuer for a in own]) or (issues["issuer"] if issues else None)
    return _named(issuer, area) if issuer else None


_LETTERHEAD = re.compile(
    r"(?:CHỦ TỊCH )?(?:ỦY|UỶ) BAN NHÂN DÂN (?:TỈNH|THÀNH PHỐ) [\w\s]+?(?=\s+CỘNG HÒA|\s+CỘNG HOÀ|$)"
)


def _named(issuer: str, area: str | None) -> str:
    """An issuer as it is usually written, with its area: "UBND tỉnh Quảng Trị", "Ban Thường vụ Tỉnh ủy Thanh Hóa"."""
    if issuer.isupper():
        issuer = issuer.capitalize()
    issuer = re.sub(
        r"\b[ủu][ỷyỳ] ban nhân dân\b|\buỷ ban nhân dân\b|\bủy ban nhân dân\b",
        "UBND",
        " ".join(issuer.split()),
        flags=re.IGNORECASE,
    )
    if not area:
        return issuer
    issuer = re.sub(re.escape(area), area, issuer, flags=re.IGNORECASE)
    return (
        issuer
        if fold(area) in fold(issuer) or not re.search(r"tỉnh|thành phố|thành ủy", issuer, re.IGNORECASE)
        else f"{issuer} {area}"
    )


def _area(lines: Sequence[SourceText], attachments: Sequence[_Attachment], vocabulary: Vocabulary) -> str | None:
    """The province that the file is about: that of its place line or, without one, the one it names most as "tỉnh
    …"."""
    text = "\n".join(line.text for line in lines)
    place = _PLACE_AND_DATE.search(text)
    names = vocabulary.area_names
    if place and fold(place["place"]) in names:
        return vocabulary.areas[names[fold(place["place"])]].label
    issuers = " ".join(a.issuer or "" for a in attachments)
    folded = fold(f"{issuers} {issuers} {text}")
    anyone = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    named = re.findall(rf"\b(?:tinh|thanh pho|tinh uy) ({anyone})\b", folded)
    counts = Counter(names[name] for name in named if names[name] != "viet-nam")
    return vocabulary.areas[counts.most_common(1)[0][0]].label if counts else None


def _signatory(lines: Sequence[SourceText]) -> str | None:
    """The name under the signature: the first personal name after "TM." and the office in capitals."""
    start = next((i for i, line in enumerate(lines) if _FOR.match(line.text) and line.text.strip().isupper()), None)
    if start is None:
        return None
    for line in lines[start + 1 :]:
        words = line.text.split()
        if words and not line.text.isupper():
            return " ".join(words) if 2 <= len(words) <= 5 and all(word[0].isupper() for word in words) else None
    return None

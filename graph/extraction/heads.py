"""Heads: what the documents in a file say of themselves (Decree 30/2020/NĐ-CP, Annex I, on the parts of an official
document).

A file can hold two documents, a decision and the plan it issues. A head begins with the type alone on a line in
capitals; its number, date and issuer may stand above it, in the line "(Kèm theo …)" of an annex, or nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.extraction.annexes import annex_number
from graph.extraction.attributes import Field, first_line_behind, read_attributes
from graph.extraction.citations import NUMBER, Mention, find_mentions, normalise
from graph.extraction.issuers import letterhead, named, needs_area
from graph.reading import Block, Paragraph
from graph.records import CitationRecord, DocumentRecord
from graph.source_text import SourceText, Span
from graph.text import fold
from graph.vocabulary import Vocabulary

_PLACE_AND_DATE = re.compile(
    r"(?P<place>[^,\n]{2,40}),\s*ngày\s*(?P<d>\d{0,2})[\s.…]*tháng\s*(?P<m>\d{0,2})[\s.…]*năm\s*(?P<y>20\d\d)",
    re.IGNORECASE,
)
_NUMBER_LINE = re.compile(r"\bsố\s*:\s*(?=\d)|^[\s*]*số\s+(?=\d)", re.IGNORECASE | re.MULTILINE)
_ATTACHED_TO = re.compile(r"\s*\((?:Ban hành\s+)?kèm theo\s+(?P<type>\w[\w\s]*?)\s+số\b", re.IGNORECASE)
_ATTACHED = re.compile(rf"{_ATTACHED_TO.pattern}(?P<said>[^)]*)\)", re.IGNORECASE)
_ATTACHED_DATE = re.compile(
    r"ngày\s*(?P<d>\d{0,2})[\s.…]*(?:/|tháng)\s*(?P<m>\d{0,2})[\s.…]*(?:/|năm)\s*(?P<y>20\d\d)", re.IGNORECASE
)
_OFFICE = re.compile(r"^(?:(?:Phó|Chủ|tịch|Bộ|Thứ|trưởng|Giám|đốc|Bí|thư|Q\.|KT\.)\s+)+", re.IGNORECASE)
_ATTACHED_ISSUER = re.compile(r"\bcủa\s+(?P<issuer>.+)$", re.IGNORECASE | re.DOTALL)
_ISSUES = re.compile(
    r"(?:^|[;,:]\s*)(?P<issuer>[^;,:]{4,60}?)\s+(?:ban hành|xây dựng|đề ra)\s+"
    r"(?:[Kk]ế hoạch|[Cc]hương trình|[Qq]uyết định|[Nn]ghị quyết|[Cc]hỉ thị|[Đđ]ề án)"
)
_BODY_BEGINS = re.compile(
    r"(?:Căn cứ|Người ký\b|Thực hiện|Triển khai|Để|Nhằm|Tiếp tục|Trên cơ sở|Theo đề nghị|Xét|Kính gửi"
    r"|[IVX]+\.|\d+\.|Điều \d|\()"
)
_ENACTS = re.compile(r"\b(?:sau|sau đây|dưới đây|ban hành [\w\s]{3,40})\s*:$")
_OPENING_LINES = 16  # of a first paragraph
_AUTHORITY = re.compile(
    r"(?:CHỦ TỊCH\s+)?(?:ỦY|UỶ) BAN NHÂN DÂN|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|HỘI ĐỒNG NHÂN DÂN"
    r"|TỈNH ỦY|THÀNH ỦY|BỘ TRƯỞNG|CHÍNH PHỦ"
)
_RULE = re.compile(r"[-–—_=*.\s]+")
_FOR = re.compile(r"\s*(?:T\s*/?\s*M|K\s*/?\s*T|TL|TUQ)\s*[./]?\s", re.IGNORECASE)
_DRAFT = "du thao"
_HEAD_LINES = 60  # lines of a file in which the head must begin
_SUBJECT = re.compile(r"\s*(?:V/v|Về việc)\b", re.IGNORECASE)
_TYPE_BEFORE_NUMBER = r"\s+[A-ZĐ]\w+(?:\s\w+){0,4}\s+số\s*$"
_ALSO = re.compile(rf"(?:[;,]|\bvà){_TYPE_BEFORE_NUMBER}")  # "… và Nghị quyết số"
_CARRIED_OUT = re.compile(rf"\b(?:thực hiện|triển khai){_TYPE_BEFORE_NUMBER}")
_ITSELF = re.compile(rf"/[TĐ]U\b[^;]*?{_CARRIED_OUT.pattern}")  # what the latter document carries out
_CENTRAL = re.compile(
    r"Bộ (?!Chỉ huy|Tư lệnh)|Chính phủ|Thủ tướng|Quốc hội|Ban Bí thư|Ban (?:Chấp hành|Chỉ đạo) Trung ương"
    r"|Tập đoàn|Tổng công ty|.*\bViệt Nam$"
)
_PARTY = re.compile(r"TỈNH [ỦU]|THÀNH [ỦU]|ĐẢNG BỘ", re.IGNORECASE)
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
class _File:
    """What is common to all heads of a file: its paragraphs, the lines that name what annexes belong to, and the
    province it is about."""

    source: str
    lines: Sequence[SourceText]
    attachments: Sequence[_Attachment]
    area: str | None
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class Heads:
    """The documents of a file and where the opening (title and first paragraph) of each stands in the paragraphs."""

    documents: tuple[DocumentRecord, ...]
    openings: tuple[SourceText, ...]


def read_heads(doc: str, source: str, blocks: Sequence[Block], vocabulary: Vocabulary) -> Heads:
    """The documents of a file, without what only its citations tell (:func:`with_relations`)."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    attributes = read_attributes(blocks)
    heads = (
        _find_heads(lines, vocabulary)
        or _head_of_attributes(lines, attributes, vocabulary)
        or _head_of_annex(lines, vocabulary)
    )
    attachments = _attachments("\n".join(line.text for line in lines), vocabulary)
    file = _File(source, lines, attachments, _area(lines, attachments, vocabulary), vocabulary)
    records, openings = [], []
    for i, head in enumerate(heads):
        above = lines[heads[i - 1].end if i else 0 : head.begin]
        suffix = "" if len(heads) == 1 else "-plan" if head.type in _PLANS else f"-{head.type}"
        record = _record(doc + suffix, head, above, file)
        records.append(record if i else _completed(record, attributes, file))
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
    return heads or _heads_of_other_forms(lines, vocabulary)


def _heads_of_other_forms(lines: Sequence[SourceText], vocabulary: Vocabulary) -> list[_Head]:
    """Heads without a type alone on a line: an official letter, which has a subject ("V/v …") only, and a type that
    shares its line with the title."""
    for i, line in enumerate(lines[:_HEAD_LINES]):
        subject = _SUBJECT.match(line.text)
        if subject:
            title, body = _title(lines, i, len(lines))
            return [_Head("official-letter", "cong van", i, title, body, len(lines))]
        folded = fold(line.text)
        label, slug = next((x for x in vocabulary.document_type_labels if folded.startswith(f"{x[0]} ")), ("", ""))
        if label and line.text.isupper():
            size = len(label.split())
            words = list(re.finditer(r"\w+", line.text))
            title, body = _title([*lines[:i], line[words[size - 1].end() :], *lines[i + 1 :]], i, len(lines))
            return [_Head(slug, label, i, title, body, len(lines))] if len(words) > size else []
    return []


def _head_of_attributes(
    lines: Sequence[SourceText], attributes: Mapping[Field, SourceText], vocabulary: Vocabulary
) -> list[_Head]:
    """The head of a document of which only what a portal says of it tells type and title."""
    label = fold(attributes["type"].text) if "type" in attributes else ""
    kind = dict(vocabulary.document_type_labels).get(label)
    if kind is None or "title" not in attributes:
        return []
    body = first_line_behind(lines, attributes)
    return [_Head(kind, label, body, attributes["title"].folded(), body, len(lines))]


def _head_of_annex(lines: Sequence[SourceText], vocabulary: Vocabulary) -> list[_Head]:
    """The head of a document of which the file holds an annex alone, which names it ("(Kèm theo Kế hoạch số …)"): its
    title is that of the annex."""
    for i, line in enumerate(lines):
        attached = _ATTACHED_TO.match(line.text)
        label = fold(attached["type"]) if attached else ""
        kind = dict(vocabulary.document_type_labels).get(label)
        if kind:
            above = [n for n in range(i) if annex_number(lines[n])]
            begin = above[-1] if above else i
            title = SourceText.join(" ", (part.folded() for part in lines[begin + 1 : i]))
            return [_Head(kind, label, begin, title, i, len(lines))] if title else []
    return []


def _completed(record: DocumentRecord, attributes: Mapping[Field, SourceText], file: _File) -> DocumentRecord:
    """The record with what its own head does not say taken from what a portal says of it."""
    said = {field: value.text for field, value in attributes.items()}
    number, dated = NUMBER.search(said.get("number", "")), _ATTACHED_DATE.search(f"ngày {said.get('date', '')}")
    signed = _OFFICE.sub("", said.get("signatory", ""))
    issuer = record.issuer or (
        named(said["issuer"], file.area, file.lines, file.vocabulary) if "issuer" in said else None
    )
    found = replace(
        record,
        number=record.number or (normalise(number) if number else None),
        date=record.date or (_partial_date(dated) if dated else None),
        issuer=issuer,
        signatory=record.signatory or signed or None,
        province=None if issuer and _CENTRAL.match(issuer) else record.province,
    )
    spans = tuple(span for value in attributes.values() for span in value.spans(file.source))
    return (
        found
        if found == record
        else replace(found, source={**record.source, "head": (*record.source.get("head", ()), *spans)})
    )


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
        if _RULE.fullmatch(line.text):  # drawing below a title
            gap = 2
            continue
        if parts and (
            gap > 1
            or line.text.startswith("Căn cứ ")
            or _PLACE_AND_DATE.match(line.text)
            or line.text.isupper()
            or (_BODY_BEGINS.match(line.text) and (gap or line.text.startswith("(") or _enacts(lines[i:end])))
        ):
            return SourceText.join(" ", parts), i
        parts.append(line)
        gap = 0
    return SourceText.join(" ", parts), end


def _enacts(lines: Sequence[SourceText]) -> bool:
    """Whether a paragraph ends by saying that what follows is issued ("… ban hành Kế hoạch như sau:"), as no title
    does."""
    size = next((n for n, line in enumerate(lines) if not line.text.strip() or line.text.rstrip().endswith(":")), 0)
    return size < _OPENING_LINES and bool(_ENACTS.search(" ".join(lines[size].text.split())))


def _first_paragraph(lines: Sequence[SourceText], head: _Head) -> SourceText:
    """The running text from the body's begin to the first section heading."""
    parts = []
    for line in lines[head.body : head.end]:
        if re.match(r"\s*(?:I\.|1\.|Điều 1|A\.|QUYẾT ĐỊNH)", line.text):
            break
        parts.append(line)
    return SourceText.join("\n", parts)


def _record(doc: str, head: _Head, above: Sequence[SourceText], file: _File) -> DocumentRecord:
    own = [a for a in file.attachments if a.label == head.label] or [
        a for a in file.attachments if head.label.startswith(a.label)
    ]
    head_text = "\n".join(line.text for line in above)
    place = _PLACE_AND_DATE.search(head_text) or _place_behind(file.lines, head)
    numbered = next((m for m in _NUMBER_LINE.finditer(head_text)), None)
    number = NUMBER.match(head_text, numbered.end()) if numbered else None
    issuer = _issuer(head, above, own or file.attachments, file)
    spans: dict[str, tuple[Span, ...]] = {"title": head.title.spans(file.source)}
    if numbered or place:
        spans["head"] = tuple(span for line in above if line for span in line.spans(file.source))
    return DocumentRecord(
        doc=doc,
        type=head.type,
        number=normalise(number) if number else _agreed([a.number for a in own]),
        date=_partial_date(place) if place else _agreed([a.date for a in own or file.attachments]),
        issuer=issuer,
        province=None if issuer and _CENTRAL.match(issuer) else file.area,
        title=head.title.text,
        status="draft" if any(_DRAFT in fold(line.text) for line in [*above, *file.lines[: head.begin]]) else "issued",
        signatory=_signatory(file.lines[head.body : head.end]),
        source=spans,
    )


def _place_behind(lines: Sequence[SourceText], head: _Head) -> re.Match[str] | None:
    """The place and date of an official letter, which can stand behind its subject."""
    return _PLACE_AND_DATE.search(lines[head.body].text) if head.body < len(lines) else None


def with_relations(
    document: DocumentRecord, opening: SourceText, citations: Sequence[CitationRecord], vocabulary: Vocabulary
) -> DocumentRecord:
    """The record with what it implements, rests on and replaces, as its own opening and the citations say.

    ``implements`` are the numbers the title names or, where it names none, the first that the opening paragraph says it
    carries out, and those that the opening lists behind them ("Nghị quyết số 57-NQ/TW … và Nghị quyết số 71/NQ-CP …").
    """
    canonical = {alias: c.number for c in citations for alias in (c.number, *c.aliases)}
    mentions = [m for m in find_mentions(opening, vocabulary, opening=True) if m.number in canonical]
    in_title = find_mentions(SourceText.of_source(document.title), vocabulary, opening=True)
    in_opening = [m for m in mentions if m.relation == "implements"]
    carried_out = [m.number for m in in_title if m.relation == "implements"] or [m.number for m in in_opening[:1]]
    carried_out += _listed_with(carried_out, in_opening, opening)
    return replace(
        document,
        implements=_unique(canonical.get(number, number) for number in carried_out),
        replaces=tuple(c.number for c in citations if c.relation == "replaces"),
        legal_basis=_unique(canonical[m.number] for m in mentions if m.relation == "based_on"),
    )


def _listed_with(numbers: Sequence[str], mentions: Sequence[Mention], opening: SourceText) -> Iterator[str]:
    """What an opening lists behind the documents of these numbers, a comma, a semicolon or "và" between them, and what
    a Party committee's document among them carries out itself."""
    goes_on = False
    for mention in mentions:
        before = opening.text[: opening.origin.index(mention.written.origin[0])]
        of_party = _ITSELF.search(before) is not None
        listed = mention.number in numbers or (goes_on and (of_party or _ALSO.search(before) is not None))
        goes_on = listed or (goes_on and _CARRIED_OUT.search(before) is not None)
        if listed:
            yield mention.number


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


def _issuer(head: _Head, above: Sequence[SourceText], own: Sequence[_Attachment], file: _File) -> str | None:
    authority = file.lines[head.body].text.strip() if head.body < len(file.lines) else ""
    bodies = letterhead(above)
    opening = " ".join(line.text for line in file.lines[head.body : head.end] if line)[:4000]
    said = _ISSUES.search(" ".join(opening.split()))
    issues = said["issuer"] if said else None
    if authority.isupper() and _AUTHORITY.match(authority):
        issuer: str | None = authority
    elif bodies and issues and fold(issues).startswith(f"{fold(bodies[-1])} "):  # "Ban Thường vụ" of whom
        issuer = issues
    elif bodies and not (_PARTY.match(bodies[-1]) and issues and issues.startswith("Ban ")):
        issuer = f"{bodies[-1]} TỈNH" if needs_area(bodies) else bodies[-1]
    else:
        issuer = _agreed([a.issuer for a in own]) or issues
    return named(issuer, file.area, file.lines, file.vocabulary) if issuer else None


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

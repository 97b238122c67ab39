"""Citations: every numbered document that a text names, once, with what the text says of it."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from graph.records import CitationRecord, Relation
from graph.source_text import SourceText
from graph.text import fold
from graph.vocabulary import Vocabulary

# "57-NQ/TW", "71/NQ-CP", "39/2021/QĐ-UBND", "193/2025/QH15", "06 - CTr/TU"; lines and bold marks may break it (Decree
# 30/2020/NĐ-CP, Annex III).
NUMBER = re.compile(
    r"(?<![\w/.-])(\d{1,5})\s*(?:/\s*((?:19|20)\d\d)\s*)?([-–/])\s*([A-ZĐ][A-Za-zĐđ]{0,7}\d{0,2})"
    r"(?:\s*([-–/])\s*([A-ZĐ][A-Za-zĐđ]*(?:[.-][A-ZĐ]+)*\d{0,2}))?(?!\w)"
)
# The digit of a footnote may be glued to the year ("20251").
_DAY = r"(?P<d>\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<m>\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(?P<y>(?:19|20)\d\d)"
_DATE = re.compile(rf"[\s,(]*ngày\s+{_DAY}", re.IGNORECASE)
_ISSUER = re.compile(
    r"\d?[\s,)]*của\s+(?P<issuer>"
    r"(?:Bộ|Ban|Chính phủ|Thủ tướng|Quốc hội|Ủy ban|UBND|Uỷ ban|HĐND|Hội đồng"
    r"|Tỉnh ủy|Thành ủy|Văn phòng|Đảng ủy|Chủ tịch|Trung ương|BCH)"
    r"(?:\s+(?!về|[Tt]hực|[Bb]an hành|[Pp]hê|[Qq]uy|sửa|[Tt]riển|tiếp|trong|trên|để|nhằm|[Cc]ăn"
    r"|và\s+(?:Nghị|Kế|Chương))[\w()]+)*)"
)
_CUT_OFF = re.compile(r"\s(?:của|thực hiện|và|về|các|số)$")
_TITLE = re.compile(  # what a document is about begins in one of a few ways; "… và Kế hoạch số 9" goes on with another
    r"\d?[\s,]*(?:(?:về(?:\s+việc)?|phê duyệt|quy định|ban hành)\s*[“\"]?|[“\"]\s*(?:về(?:\s+việc)?\s+)?"
    r"|(?=(?:sửa đổi|bổ sung|cập nhật|thực hiện|triển khai|hướng dẫn|bảo đảm|đẩy mạnh|tăng cường|phát triển)\b))"
    r"(?P<title>(?:[^;.\n(“”\"]|“[^”\n]{1,80}”){10,400})"
)
_LISTED = re.compile(r"\s*(?:,|;|và)\s*(?:số\s*)?")  # "số 1552/BTTTT-TTH và 708/BTTTT-CATTT"
_REPLACES = re.compile(r"(?:thay thế|bãi bỏ|hủy bỏ)\W+(?:\w+\W+){0,5}$", re.IGNORECASE)
_ENDS = re.compile(r"[^.;\n]{0,160}\bhết hiệu lực\b", re.IGNORECASE)
_AMENDS = re.compile(
    r"(?:sửa đổi|bổ sung|điều chỉnh)(?:\W+(?:và|sửa đổi|bổ sung|cập nhật|một số|nội dung|điều|khoản|của|tại|các|\d{1,3}"
    r"|kế hoạch|quyết định|nghị quyết|nghị định|thông tư|chỉ thị|chương trình|hành động|số))*\W*$",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(r"chỉ đạo\W(?:[^.;]*?)\btại\W+(?:\w+\W+){0,4}$", re.IGNORECASE)
_BASIS = re.compile(r"^\W*Căn cứ\b")
# Where a clause of an opening begins: with the text, behind a semicolon or full stop, or with a capital in a new line.
_BEGINS_CLAUSE = re.compile(
    r"(?:^|[;.]\s*|\n\s*(?=[A-ZĐ]))(?:(?P<rests>(?i:căn cứ|theo đề nghị|xét đề nghị))|(?i:thực hiện|triển khai))\b"
)
_CARRIES_OUT = re.compile(r"\b(?:thực hiện|triển khai)\b", re.IGNORECASE)
_STRENGTH: tuple[Relation, ...] = ("implements", "replaces", "based_on", "amends", "cites")
_OF_THIS = re.compile(r"\s*Điều \d+\.|.*\bnày\b", re.IGNORECASE)  # it is this document that amends
# What the letters of a number say of the type (Decree 30/2020/NĐ-CP, Annex III; Guideline 36-HD/VPTW for the Party).
_CODES = {
    "NQ": "resolution", "NĐ": "decree", "QĐ": "decision", "KH": "plan", "CT": "directive", "CTr": "programme",
    "KL": "conclusion", "TT": "circular", "TTr": "submission", "TB": "announcement", "CV": "official-letter",
    "BC": "report", "HD": "guideline", "PL": "ordinance", "L": "law", "ĐA": "project", "QC": "regulation",
    "QyĐ": "regulation", "QĐi": "regulation", "TTLT": "circular", "NQLT": "resolution", "QH": None,
    "CĐ": None, "HNVB": None,
}  # fmt: skip
_CLAUSE = re.compile(r"[;.\n]")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text names a document."""

    number: str
    type: str | None
    date: str | None
    issuer: str | None
    title: str | None
    relation: Relation
    written: SourceText


def normalise(match: re.Match[str]) -> str:
    """A number without the spaces and dashes that printing put in: "06 - CTr/TU" is "06-CTr/TU"."""
    first, year, sign, code, second_sign, suffix = match.groups()
    dash = {"–": "-"}
    tail = f"{dash.get(second_sign, second_sign)}{suffix}" if suffix else ""
    return f"{first}{f'/{year}' if year else ''}{dash.get(sign, sign)}{code}{tail}"


def find_mentions(text: SourceText, vocabulary: Vocabulary, *, opening: bool = False) -> list[Mention]:
    """The documents a piece of text names, in order. ``opening``: it is the title or first paragraph of a plan, where
    "thực hiện …" says what the plan carries out."""
    found: list[Mention] = []
    previous_end = 0
    for match in NUMBER.finditer(text.text):
        before, after = (
            text.text[max(0, match.start() - 160) : match.start()],
            text.text[match.end() : match.end() + 700],
        )
        kind = _type_before(before, vocabulary)
        listed = bool(found) and _LISTED.fullmatch(text.text[previous_end : match.start()]) is not None
        if kind is None and not listed and not _is_number(match, before):
            continue
        previous_end = match.end()
        dated = _DATE.match(after)
        rest = after[dated.end() :] if dated else after
        issued = _ISSUER.match(rest)
        rest = rest[issued.end() :] if issued else rest
        titled = _TITLE.match(rest)
        found.append(
            Mention(
                normalise(match),
                kind
                or (found[-1].type if listed else None)
                or _type_by_code(match)
                or _type_in_clause(before, vocabulary),
                _iso(dated),
                _issuer(issued["issuer"]) if issued else None,
                " ".join(titled["title"].split()) if titled and (dated or issued) else None,
                _relation(text.text, match.start(), opening),
                text[match.start() : match.end()],
            )
        )
    return found


def read_citations(doc: str, source: str, mentions: Iterable[Mention], own: Iterable[str]) -> list[CitationRecord]:
    """One record for each other document; ``own`` are the numbers of the document itself. Misprints of one number are
    joined."""
    by_number: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_number[mention.number].append(mention)
    own_numbers = list(own)
    groups: list[list[str]] = []
    for number in sorted(by_number, key=lambda n: (-_weight(by_number[n]), n)):
        home = next((g for g in groups if _same(number, by_number[number], g[0], by_number[g[0]])), None)
        if home is None:
            groups.append([number])
        else:
            home.append(number)
    records = []
    for group in groups:
        if any(number == mine or _is_misprint(number, mine) for number in group for mine in own_numbers):
            continue
        said = [mention for number in group for mention in by_number[number]]
        records.append(
            CitationRecord(
                doc=doc,
                type=_most_common(m.type for m in said) or "document",
                number=group[0],
                date=_most_common(m.date for m in said),
                issuer=_most_common(m.issuer for m in said),
                title=_most_alike(m.title for m in said if m.title),
                count=len(said),
                relation=min((m.relation for m in said), key=_STRENGTH.index),
                aliases=tuple(sorted(group[1:])),
                source={"number": tuple(span for m in said for span in m.written.spans(source))},
            )
        )
    return sorted(records, key=lambda record: record.source["number"][0].start)


def _weight(said: Sequence[Mention]) -> int:
    """How well a spelling is attested: a mention with a date or an issuer counts for more."""
    return sum(1 + (m.date is not None) + (m.issuer is not None) for m in said)


def _type_before(before: str, vocabulary: Vocabulary) -> str | None:
    """The type of document named right before a number ("Nghị quyết số ")."""
    words = f" {fold(before)} "
    for label, slug in vocabulary.document_type_labels:
        if words.endswith((f" {label} so ", f" {label} ")):
            return slug
    return None


def _type_by_code(match: re.Match[str]) -> str | None:
    """The type of document that the letters of a number stand for."""
    return _CODES.get(match[4]) or _CODES.get(match[6] or "")


def _type_in_clause(before: str, vocabulary: Vocabulary) -> str | None:
    """The type that the clause before a number begins with: "Luật Công nghệ số 20/2023/QH15"."""
    clause = re.sub(r"^(?:can cu|theo|thuc hien|trien khai|cac) ", "", fold(_CLAUSE.split(before)[-1]))
    return next((slug for label, slug in vocabulary.document_type_labels if clause.startswith(f"{label} ")), None)


def _is_number(match: re.Match[str], before: str) -> bool:
    """Whether a match without a type before it is a document's number: behind "số", or with a known code in it."""
    return bool(re.search(r"\bsố\s*$", before)) or bool(match[6] and {match[4], match[6]} & _CODES.keys())


def _issuer(written: str) -> str:
    """An issuer on one line, without a bracket that closes what stands before it."""
    issuer = " ".join(written.split())
    return issuer.rstrip(")") if issuer.count(")") > issuer.count("(") else issuer


def _iso(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    try:
        return datetime.date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return None


def _relation(text: str, at: int, opening: bool) -> Relation:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    before = text[max(0, at - 60) : at]
    if _REPLACES.search(before) or _ENDS.match(text, at):
        return "replaces"
    if _AMENDS.search(before) and (opening or _OF_THIS.match(line)) and not NUMBER.search(_CLAUSE.split(line)[-1]):
        return "amends"
    clauses = list(_BEGINS_CLAUSE.finditer(text[:at] if opening else line))
    if (clauses and clauses[-1]["rests"]) or (not clauses and _BASIS.match(line)):
        return "based_on"
    if opening:
        if _INSTRUCTION.search(text[max(0, at - 160) : at]):
            return "based_on"
        if _CARRIES_OUT.search(text[:at]):
            return "implements"
    return "cites"


def _most_alike(titles: Iterable[str]) -> str | None:
    """The title most often written, whatever its case and diacritics; of several the longest that is not cut off."""
    found = list(titles)
    times = Counter(map(fold, found))
    return max(found, key=lambda t: (times[fold(t)], not _CUT_OFF.search(t), len(t)), default=None)


def _most_common(values: Iterable[str | None]) -> str | None:
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value), default=None)


def _same(a: str, said_a: Sequence[Mention], b: str, said_b: Sequence[Mention]) -> bool:
    """Whether two spellings are one document: they differ as misprints do and nothing said of them differs."""
    dates = {m.date for m in (*said_a, *said_b) if m.date}
    issuers_a, issuers_b = ({fold(m.issuer) for m in said if m.issuer} for said in (said_a, said_b))
    agree = not issuers_a or not issuers_b or any(x in y or y in x for x in issuers_a for y in issuers_b)
    return len(dates) < 2 and agree and _is_misprint(a, b)


def _is_misprint(a: str, b: str) -> bool:
    """Whether two numbers can be one: same figure and code, and a suffix a letter apart or contained in the other's."""
    parts_a, parts_b = (re.split(r"[-/]", number) for number in (a, b))
    if parts_a[0] != parts_b[0] or not set(parts_a[1:]) & set(parts_b[1:]):
        return False
    if set(parts_a) < set(parts_b) or set(parts_b) < set(parts_a):
        return len(parts_a) > 2 and len(parts_b) > 2
    return (
        len(parts_a) == len(parts_b)
        and SequenceMatcher(None, parts_a[-1], parts_b[-1]).ratio() >= 0.5
        and parts_a[:-1] == parts_b[:-1]
    )

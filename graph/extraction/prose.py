"""Targets in running text: dated, quantified clauses such as "đến năm 2030, … đạt trên 80%".

A clause is dated by a year of its own or by the heading it stands under ("a) Đến năm 2030"); it is quantified by a
share or by a number that a verb of reaching or a counted noun goes with. Tables and what stands behind the first annex
are left to their readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.extraction.annexes import annex_number
from graph.extraction.quantities import parse_quantity
from graph.extraction.tasks import confidence
from graph.reading import Block, Paragraph
from graph.records import IndicatorRecord, Target
from graph.source_text import SourceText
from graph.text import CAPITALS

_STRUCTURE = re.compile(
    r"\s*(?:#+\s|[IVX]+(?:\.|\s?[-–]\s)|\d+(?:\.\d+)*\.?\s|[a-zđ]\)|Điều \d+|" rf"(?=[{CAPITALS} ,]{{12,}}$))"
)
_BULLET = re.compile(r"\s*[-+–•]\s")
_STRAY = re.compile(r"\s*(?:\d{1,4}(?:\s+\d{1,4})*)?\s*")  # a page number or another stray figure on a line
_SENTENCE = re.compile(rf"(?<=[.;:])\s+(?=[{CAPITALS}\d(“-])|;\s*")
_YEAR = r"(?:năm\s+)?(20\d\d)"
_DATED = re.compile(
    rf"(?<!so với )(?<!so với cuối )\b(?:đến|hết|trong|năm)\s+(?:hết\s+|cuối\s+)?{_YEAR}", re.IGNORECASE
)
_HEADING_WORDS = 14
_DATING = re.compile(
    r"\s*(?:Phấn đấu\s+)?(?:(?:đến|hết|cuối|trong|năm)\s+)+(?P<year>20\d\d),?(?:\s+phấn đấu(?:\s+đạt)?)?\s*:\s*",
    re.IGNORECASE,
)
_BELOW = 0.5  # levels by which a line that only names a year stands below the last heading
_SIGN = (
    r"trên|hơn|dưới|tối thiểu|ít nhất|tối đa|không (?:vượt )?quá|không dưới|không thấp hơn|khoảng|[≥≤<>]"
    r"|từ(?=\s+\d[^;]*\btrở lên)"
)
_LIMITS = frozenset(
    ("≥", "≤", "không quá", "không vượt quá", "không dưới", "không thấp hơn")
)  # with no verb before them
_NUMBER = r"\d+(?:[.,]\d+)*"
_COUNTED = (
    r"người(?:/[\d.]+\s*dân)?|doanh nghiệp|tổ chức|trung tâm|sản phẩm|nhiệm vụ|dự án|đề tài|công trình|bài báo|sáng chế"
    r"|bằng sáng chế|cơ sở|nền tảng|mô hình|khu|phòng thí nghiệm|kỹ sư|sinh viên"
)
_QUANTITY = re.compile(
    rf"(?:(?P<sign>{_SIGN})\s*)?(?<![\d/.,])(?P<number>{_NUMBER}(?:\s*[-–]\s*{_NUMBER})?)(?![\d/]|[.,]\d|G\b|\s*Gb)"
    rf"\s*(?:(?P<share>%(?:\s*(?:GRDP|GDP|tổng chi ngân sách|tổng sản phẩm|dân số))?)|(?P<counted>{_COUNTED})\b)?",
    re.IGNORECASE,
)
_REACHES = re.compile(
    r"(?:đạt|duy trì|chiếm|còn|lên|mức|hình thành|thành lập|có|thêm|phát triển|thu hút|tăng|giảm|bố trí)"
    r"(?:\s+(?:được|mới|mức|ít nhất))?\s*$",
    re.IGNORECASE,
)
_NO_TARGET = re.compile(
    r"(?:tốc độ|số|khoản|điều|giai đoạn|tháng|ngày|quý|nhóm|trụ cột|\bcả|mức độ)\s*$", re.IGNORECASE
)
_OPENING = re.compile(
    r"^(?:[-+–•]\s*|\(?\w\)\s*|\d+\.\s*)?(?:Về [^:]{3,60}:\s*)?"
    r"(?:(?:phấn đấu|bảo đảm|đảm bảo|trong đó|và|để|góp phần|tiếp tục)(?:\s+|$))*"
    r"(?:(?:(?:đến|trong)\s+)?(?:hết\s+|cuối\s+)?năm\s+20\d\d\s*,?\s*(?:có\s+)?)?(?:(?:phấn đấu|bố trí|để)\s+)*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:^|[\s,]+)(?:đạt|chiếm|duy trì|còn|lên|có|thêm|mức|từ|trong khoảng|là|ở mức|phấn đấu|bảo đảm|đảm bảo"
    r"|bố trí|hình thành|thành lập(?: mới)?|thu hút|phát triển|xây dựng|\$)+)*[\s,:]*$",
    re.IGNORECASE,
)
_UPWARD = re.compile(r"\s+trở lên\b", re.IGNORECASE)
_PART = re.compile(r",\s+(?=trong đó\b)")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph of running text with the year of the heading above it."""

    text: SourceText
    year: int | None


def read_prose_targets(doc: str, source: str, blocks: Sequence[Block]) -> Iterator[IndicatorRecord]:
    """The targets of the running text in reading order (``annex`` None, ``sentence`` the clause)."""
    for unit in _units(blocks):
        year = unit.year
        for sentence in unit.text.split(_SENTENCE):
            dated = _DATED.search(sentence.text)
            year = int(dated[1]) if dated else year  # "Đến năm 2030: …; …" dates all that follows in its paragraph
            if year is None:
                continue
            for clause in sentence.split(_PART):
                yield from _targets(doc, source, clause.strip(), year)


def _units(blocks: Sequence[Block]) -> Iterator[_Unit]:
    """Lines to paragraphs: a bullet or a heading begins one; the year of a heading holds until the next heading of its
    level or a higher one."""
    year: int | None = None
    level, last = 0.0, 0.0  # of the heading that gave the year, and of the last one
    lines: list[SourceText] = []
    for line in _running_lines(blocks):
        structural, bullet = _STRUCTURE.match(line.text), _BULLET.match(line.text)
        if structural or bullet:
            yield _Unit(SourceText.join(" ", lines).folded(), year)
            lines = []
        if structural:
            heading = line.text.partition(":")[0]
            dated = _DATED.search(heading) if len(heading.split()) <= _HEADING_WORDS else None
            if dated or _level(line.text) <= level:
                year, level = (int(dated[1]), _level(line.text)) if dated else (None, 0)
            last = _level(line.text)
        elif dated := None if bullet else _DATING.fullmatch(line.text):
            yield _Unit(SourceText.join(" ", lines).folded(), year)
            lines, year, level = [], int(dated["year"]), last + _BELOW
            continue
        lines.append(line)
        if structural and (line.text.isupper() or (year and not line.text.partition(":")[2].strip() and dated)):
            yield _Unit(SourceText.join(" ", lines).folded(), None)  # a heading alone on its line
            lines = []
    yield _Unit(SourceText.join(" ", lines).folded(), year)


_LEVELS = (
    re.compile(r"\s*#*\s*(?:[IVX]+(?:\.|\s?[-–]\s)|Điều \d+|[A-ZĐ]\.)"),
    re.compile(r"\s*#*\s*\d+\.?\s"),
    re.compile(r"\s*#*\s*\d+\.\d+"),
    re.compile(r"\s*#*\s*\d+(?:\.\d+)+"),
)


def _level(heading: str) -> int:
    """How deep a heading stands: 1 a Roman numeral, 2 an Arabic one, 3 a number of two parts, 4 more, 5 a letter."""
    return next((i for i, form in enumerate(_LEVELS, 1) if form.match(heading)), 5)


def _running_lines(blocks: Sequence[Block]) -> Iterator[SourceText]:
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        if annex_number(block.text):
            return
        if not _STRAY.fullmatch(block.text.text):
            yield block.text


def _targets(doc: str, source: str, clause: SourceText, year: int) -> Iterator[IndicatorRecord]:
    """The targets of a clause: each quantity with what is measured, before it or, where it comes first, behind it."""
    plain = clause.text.replace("$\\geq", "≥    ").replace("$\\leq", "≤    ")
    begin = 0
    for match in _QUANTITY.finditer(plain):
        if not _is_target(match, plain[: match.start()]):
            continue
        name = _name_before(clause[begin : match.start()])
        doubts = ["read from a sentence, not from a table"]
        if len(name.text.split()) < 2:
            doubts.append("what is measured stands behind its value")
            noun = (
                match.start("counted")
                if match["counted"]
                else match.start("share") + 1
                if match["share"]
                else match.end()
            )
            name = _name_behind(clause[noun:])
        upward = _UPWARD.match(plain, match.end())
        written = f"{match['sign'] or ''} {match['number']}{'%' if match['share'] else ''}{upward[0] if upward else ''}"
        quantity = parse_quantity(written.replace("khoảng", "").strip())
        if quantity is None or quantity.value is None or len(name.text.split()) < 2:
            continue
        begin = match.end()
        yield IndicatorRecord(
            doc=doc,
            annex=None,
            group=None,
            no=None,
            name=name.text,
            unit=match["share"] or match["counted"] or "",
            baseline=None,
            targets=(
                Target(
                    year,
                    clause.text[match.start() : match.end()].strip(),
                    quantity.op,
                    quantity.value,
                    quantity.value_max,
                ),
            ),
            lead=(),
            lead_raw="",
            sentence=clause.text,
            confidence=confidence(doubts),
            doubts=tuple(doubts),
            source={
                "name": name.spans(source),
                "sentence": clause.spans(source),
                f"targets.{year}": clause[match.start() : match.end()].strip().spans(source),
            },
        )


def _is_target(match: re.Match[str], before: str) -> bool:
    """Whether a number is a target: a share, or one that something reaches or that counts something."""
    if _NO_TARGET.search(before) or re.fullmatch(r"20\d\d", match["number"]):
        return False
    if match["share"] or (match["sign"] or "").lower() == "từ":
        return bool(match["share"])
    return bool(_REACHES.search(before)) or (match["sign"] or "").lower() in _LIMITS


def _name_before(text: SourceText) -> SourceText:
    text = text.strip(" ,")
    opening = _OPENING.match(text.text)
    text = text[opening.end() if opening else 0 :].strip(" ,")
    closing = _CLOSING.search(text.text)
    return text[: closing.start()].strip(" ,:") if closing else text


def _first_words(text: str) -> int:
    """Where the first two words of a text end: fewer name nothing."""
    found = re.match(r"\s*\S+\s+\w+", text)
    return found.end() if found else 0


def _name_behind(text: SourceText) -> SourceText:
    """What stands behind a number that opens its clause, up to what is said of it."""
    end = re.compile(r"[.;]|\s(?:đạt|với tốc độ|và tăng dần)\b").search(text.text, _first_words(text.text))
    return text[: end.start() if end else len(text)].without(_UPWARD).strip(" ,")

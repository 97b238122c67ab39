"""The lines of a table that a PDF export flattened: its header, wherever it is repeated, and what stands between.

Each printed line of a cell is a line of text; cells follow each other from left to right, row by row, and nothing marks
where one ends but, for some empty ones, a line of spaces. The header comes again at every page break, often in the
middle of a row.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from graph.extraction.headers import Column, Header, Role, Terms, flat_columns, names_block
from graph.source_text import SourceText
from graph.text import fold, roman

_MOST_HEADER_LINES = 14
_LONGEST_HEADER = 160  # characters of one on one line
_FEWEST_COLUMNS = 4
_SIDE_BY_SIDE = re.compile(r"\S\s{2,}(?=\S)")  # columns printed side by side: no flattened table, and not read
_FEWEST_SIDE_BY_SIDE = 2
_FEWEST_TOGETHER = 3  # lines of a header that is repeated in another order
_LINK = re.compile(r"\s*https?://\S+\s*")
_FOOT = re.compile(r"\s*(?:Nơi nhận\s*:|(?:TM|KT|TL)\.\s?[A-ZĐ])")  # recipients or the signature: the table has ended
_BROKEN_YEAR = re.compile(r"[/.-](?:2\n0\d\d|20\n\d\d|20\d\n\d)(?!\d)")  # a narrow cell breaks "31/12/2025"
_PAGES_APART = 3
_PAGE_NUMBER = re.compile(r"[1-9]\d{0,2}")
_YEAR_PHRASE = re.compile(r"(?P<named>(?:[a-z]+ )*?)(?:(?:den|het|nam|cuoi|trong) |thang \d{1,2} )*20\d\d")
_SECOND_ROW: tuple[tuple[Role, tuple[str, str]], ...] = (
    ("lead", ("chu tri", "phoi hop")),
    ("deadline", ("bat dau", "ket thuc")),
    ("deadline", ("bat dau", "hoan thanh")),
)  # labels that stand below one of a role
_ROMAN = frozenset(map(roman, range(1, 49)))
_YEAR_LABEL = re.compile(
    r"(?:(?:[ivx]+|\d|[a-d]) )?(?:(?:den|het|nam|cuoi|giai doan|muc tieu) )*(20\d\d)"
)  # "II. Đến năm 2030"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table's body. ``blank``: how many spaces a line has that holds nothing else. ``after_break``: a
    page break (a repeated header) stands before it. ``year``: the line names the year of the rows below ("Đến năm
    2030")."""

    text: SourceText
    blank: int = 0
    after_break: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A flattened table: its header, the lines of its body, headers taken out, and the year that all its rows are
    for."""

    header: Header
    lines: tuple[Line, ...]
    year: int | None = None


def read_flat_table(paragraphs: Sequence[SourceText], terms: Terms) -> FlatTable | None:
    """The flattened table that a run of lines (the text of one annex) holds, or None."""
    written = [i for i, line in enumerate(paragraphs) if line.text.strip()]
    found = next(filter(None, (_header_at(paragraphs, written, k, terms) for k in range(len(written)))), None)
    if found is None:
        return None
    labels, columns, begin, first = found
    after_break, i = False, first
    has_values = any(column.role == "target" for column in columns)
    by_year = any(column.role == "target" and column.year is None for column in columns)
    above = next((line.folded() for line in reversed(paragraphs[:begin]) if line.text.strip()), SourceText.empty())
    body = [Line(above, year=_year_named(above))] if by_year and _year_named(above) else []
    while i < len(paragraphs):
        end = _repeated(paragraphs, i, labels)
        if end:
            i, after_break = end, True
            continue
        scattered = _scattered(paragraphs, i, labels)
        if scattered:
            while body and (not body[-1].text or fold(body[-1].text.text) in labels[1:]):
                body.pop()
            i, after_break = scattered, True
            continue
        line = paragraphs[i]
        if _FOOT.match(line.text):
            break
        i += 1
        if _LINK.fullmatch(line.text) or not line.text:
            continue
        text = line.folded()
        if body and _BROKEN_YEAR.search(f"{body[-1].text.text}\n{text.text}"):
            body[-1] = replace(body[-1], text=SourceText.join("", [body[-1].text, text]))
            continue
        if body and _is_broken_numeral(body[-1].text.text, text.text):
            body[-1] = replace(body[-1], text=SourceText.join("", [body[-1].text, text]))
            continue
        year = _year_named(text) if by_year else None
        body.append(Line(text, 0 if text else len(line.text), after_break, year))
        after_break = after_break and not text
    return FlatTable(Header(columns, rows=0), tuple(_without_page_numbers(body, values=has_values)))


def _is_broken_numeral(line: str, below: str) -> bool:
    """Whether a narrow cell breaks a Roman numeral, which its title follows ("VI" over "I Chuyển đổi số")."""
    numeral, _, title = below.partition(" ")
    return {line, numeral, line + numeral} <= _ROMAN and (not title or title[0].isupper())


def _year_named(line: SourceText) -> int | None:
    """The year that a line names as that of the rows below it."""
    found = _YEAR_LABEL.fullmatch(fold(line.text)) if line.text[:1].isupper() or line.text[:1].isdigit() else None
    return int(found[1]) if found else None


def _header_at(
    paragraphs: Sequence[SourceText], written: Sequence[int], k: int, terms: Terms
) -> tuple[tuple[str, ...], tuple[Column, ...], int, int] | None:
    """The header that begins at the k-th written line: its folded lines, its columns, where it and the body begin."""
    if len(_SIDE_BY_SIDE.findall(paragraphs[written[k]].text)) >= _FEWEST_SIDE_BY_SIDE:
        return None
    opening = f"{fold(paragraphs[written[k]].text)} "
    if not any(opening.startswith(f"{term} ") or f"{term} ".startswith(opening) for term in terms["number"]):
        return None
    for size in range(min(_MOST_HEADER_LINES, len(written) - k), 0, -1):
        lines = tuple(fold(paragraphs[i].text) for i in written[k : k + size])
        phrases = _phrases(lines, terms)
        phrases = phrases and _two_duties(_in_one_row(phrases, terms), terms)
        if phrases and len(phrases) >= _FEWEST_COLUMNS and not names_block(phrases, terms):
            columns = tuple(flat_columns(phrases, terms))
            if Header(columns, rows=0).holds:
                return lines, columns, written[k], written[k + size - 1] + 1
    return None


def _phrases(lines: Sequence[str], terms: Terms) -> list[str] | None:
    """The words of lines as header terms one after the other, the fewest that cover them all, and of as many those that
    begin with a line; None where words are left."""
    words = " ".join(lines).split()
    opening = set(accumulate((len(line.split()) for line in lines), initial=0))
    known = {term for role in terms.values() for term in role}
    values = {term for role in _VALUE_ROLES for term in terms[role]}
    longest = max(len(term.split()) for term in known)
    best: list[tuple[int, int, list[str]] | None] = [(0, 0, [])]  # how many terms, how many of them within a line
    for end in range(1, len(words) + 1):
        options = []
        for start in range(max(0, end - longest), end):
            before, phrase = best[start], " ".join(words[start:end])
            if before is not None and (phrase in known or _dated(phrase, values)):
                options.append((before[0] + 1, before[1] + (start not in opening), [*before[2], phrase]))
        best.append(min(options, key=lambda option: option[:2], default=None))
    return best[-1][2] if best[-1] else None


def names_in(line: str, terms: Terms) -> Sequence[str]:
    """The names of columns that make up a whole line; none where it holds other words."""
    phrases = (_phrases([fold(line)], terms) or ()) if len(line) <= _LONGEST_HEADER else ()
    words = iter(line.split())
    return [" ".join(islice(words, len(phrase.split()))) for phrase in phrases]


def _in_one_row(phrases: list[str], terms: Terms) -> list[str]:
    """The phrases of a header of two rows, those of the second where the label stands that is printed over them
    ("Đơn vị thực hiện" over "Chủ trì" and "Phối hợp")."""
    first = list(phrases)
    below: list[tuple[Role, tuple[str, str]]] = []
    while part := next((p for p in _SECOND_ROW if f" {' '.join(first)}".endswith(f" {' '.join(p[1])}")), None):
        below.insert(0, part)
        del first[-1 if first[-1] == " ".join(part[1]) else -2 :]
    for role, labels in below:
        over = next((i for i, x in enumerate(first) if x in terms[role] and labels[0] not in x), None)
        if over is None:
            return phrases
        first[over : over + 1] = labels
    return first


def _two_duties(phrases: list[str], terms: Terms) -> list[str]:
    """The phrases, "chủ trì phối hợp" as two where no other column says who leads."""
    if any(phrase in terms["lead"] for phrase in phrases):
        return phrases
    return [
        part
        for phrase in phrases
        for part in (
            phrase.replace(" phoi hop", "| phoi hop").split("| ") if phrase.count("chu tri phoi hop") else [phrase]
        )
    ]


_VALUE_ROLES: tuple[Role, ...] = ("target", "baseline", "result", "deadline", "note")


def _dated(phrase: str, known: Container[str]) -> bool:
    """Whether a phrase names a column of values by its year: "đến năm 2030", "hiện trạng (tháng 3/2025)"."""
    found = _YEAR_PHRASE.fullmatch(phrase)
    return found is not None and (not found["named"] or found["named"].strip() in known)


def _repeated(paragraphs: Sequence[SourceText], start: int, labels: Sequence[str]) -> int | None:
    """Where the header that is repeated from ``start`` on ends, None where it is not."""
    i = start
    for label in labels:
        while i < len(paragraphs) and not paragraphs[i].text.strip():
            i += 1
        if i == len(paragraphs) or fold(paragraphs[i].text) != label or (label is labels[0] and i != start):
            return None
        i += 1
    return i


def _scattered(paragraphs: Sequence[SourceText], start: int, labels: Sequence[str]) -> int | None:
    """Where a header ends that is repeated from ``start`` on with some of its lines elsewhere, most of them here; None
    where none is."""
    if fold(paragraphs[start].text) != labels[0]:
        return None
    left, end = list(labels), start
    for i in range(start, len(paragraphs)):
        label = fold(paragraphs[i].text)
        if label in left:
            left.remove(label)
            end = i + 1
        elif paragraphs[i].text.strip():
            break
    return end if len(labels) - len(left) >= _FEWEST_TOGETHER else None


def _without_page_numbers(body: Sequence[Line], *, values: bool) -> list[Line]:
    """The lines without page numbers: bare numbers right before a page break.

    In a table of values such a number may be a value; there it is a page number if another one before a break is a
    little more or less, as page numbers are.
    """
    before_break = [
        i for i, below in enumerate(body[1:]) if below.after_break and _PAGE_NUMBER.fullmatch(body[i].text.text)
    ]
    numbers = {i: int(body[i].text.text) for i in before_break}
    pages = {
        i
        for i, number in numbers.items()
        if not values
        or any(0 < (other - number) * (k - i) / abs(k - i) <= _PAGES_APART for k, other in numbers.items() if k != i)
    }
    return [line for i, line in enumerate(body) if i not in pages]


def split_by_year(table: FlatTable) -> list[FlatTable]:
    """The blocks of a table whose rows are told apart by lines that name a year; one block where there are none."""
    blocks: list[tuple[int | None, list[Line]]] = [(None, [])]
    for line in table.lines:
        if line.year is None:
            blocks[-1][1].append(line)
        else:
            blocks.append((line.year, []))
    return [
        FlatTable(table.header.of_year(year), tuple(lines), year)
        for year, lines in blocks
        if any(line.text for line in lines)
    ]

"""Where the cells of a flattened row end: the likeliest cutting of its lines into columns.

A column is known by what it holds (agencies, a time, a quantity, a unit) and by how wide it is: a line of a cell is as
long as the column allows, so a line that leaves room for the first word of the next one ends its cell. Each way to cut
a row has a score, the sum of what its cells score, and dynamic programming finds the best ones. A page break cuts a row
into parts that each run through the columns again; their best cuttings are paired and the joined cells scored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise

from graph.extraction.agencies import AgencyReader
from graph.extraction.deadlines import is_deadline, words_beside_deadlines
from graph.extraction.headers import Role
from graph.extraction.quantities import parse_quantity
from graph.source_text import SourceText

_MID_LINE = -1.0  # a cell that ends within a line: single-line cells are printed on one line with their neighbours
_TOO_WIDE = -0.45  # a character more than the column is wide
_ROOM_LEFT = -1.4  # a line with room for the next word
_SLACK = 2  # characters by which letters of different width mislead
_MOST_LINES: Mapping[Role, int] = {"lead": 16, "coordinate": 16, "deadline": 8, "unit": 6, "target": 4}
_SEEN_TOGETHER, _NEVER_TOGETHER = 0.5, -0.7
_PLACE_FIRST = -1.5  # a place name begins no cell, it ends the one before
_KEPT = 4  # cuttings kept at each place, and of each part for the next one
_BEGUN_LATE = -1.0  # a cell that begins only after a page break that cuts its row
_DANGLING = re.compile(r"(?:[,;(]|\s(?:và|với|của|về|cho|các|từ|theo|trong|đến|để|tại|bằng|hoặc))$")
_DANGLING_TIME = re.compile(r"\b(?:tháng|năm|quý|ngày|giai đoạn)$", re.IGNORECASE)
_LONGEST_AGENCIES = 260  # characters
# What an empty cell costs, with a line of spaces in its place and without.
_EMPTY: Mapping[Role, tuple[float, float]] = {
    "task": (-9.0, -9.0),
    "indicator": (-9.0, -9.0),
    "lead": (-2.5, -2.5),
    "coordinate": (0.2, -1.2),
    "result": (-0.2, -1.4),
    "deadline": (-0.2, -1.4),
    "unit": (-0.5, -1.5),
    "target": (-1.0, -2.0),
}
_LONGEST_DEADLINE = 120  # characters
_SHORT = 48  # characters: a result that short may be a misplaced deadline
_COMPARATOR = re.compile(r"[≥≤<>=]")
_MARK_START = re.compile(r"[A-ZÀ-ỴĐ0-9≥≤<>%“\"(]")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of lines without a page break: the text with a line end between lines, and the offsets where a blank line
    stands."""

    text: SourceText
    blanks: Mapping[int, int]

    @classmethod
    def of(cls, lines: Sequence[tuple[SourceText, int]]) -> Part:
        """From lines and how many spaces a blank one has."""
        texts: list[SourceText] = []
        blanks: dict[int, int] = {}
        at = 0
        for text, blank in lines:
            if text:
                at += len(text) + (1 if texts else 0)
                texts.append(text)
            else:
                blanks[at] = max(blank, blanks.get(at, 0))
        return cls(SourceText.join("\n", texts), blanks)


@dataclass(frozen=True, slots=True)
class Cutting:
    """One way to cut the parts of a row so far: the ends of each column's cell in each part, and the text of each cell.

    ``form`` scores the lines, ``content`` the cells: the next part adds to the one and replaces the other.
    """

    form: float
    content: float
    ends: tuple[tuple[int, ...], ...]
    cells: tuple[str, ...]

    @property
    def score(self) -> float:
        """How likely the cutting is, as the logarithm of a likelihood but for a constant."""
        return self.form + self.content


Widths = Mapping[Role, float]
WordPairs = Mapping[tuple[str, str], int]


def count_pairs(texts: Iterable[str]) -> WordPairs:
    """How often two words stand side by side in lines of text."""
    return Counter(pair for text in texts for pair in pairwise(map(_bare, text.split())))


@lru_cache(maxsize=65536)
def _bare(word: str) -> str:
    """A word without punctuation at its ends, in lower case."""
    return word.lower().strip(".,;:()[]“”\"'…")


class CellCutter:
    """Cuts the rows of one table with the columns (the number's left out) and widths given."""

    def __init__(self, roles: Sequence[Role], widths: Widths, pairs: WordPairs, agencies: AgencyReader) -> None:
        """``widths``: how many characters a line of each column holds; ``pairs``: how often words stand together."""
        self._roles, self._widths, self._pairs, self._agencies = tuple(roles), widths, pairs, agencies

    def cut(self, parts: Sequence[Part]) -> tuple[list[SourceText], float]:
        """The cells of a row by column, and by how much the best cutting is better than the next."""
        cuttings = [Cutting(0.0, 0.0, (), ("",) * len(self._roles))]
        for n, part in enumerate(parts):
            grown = [
                new for old in cuttings for new in self._continue(old, part, first=n == 0, last=n == len(parts) - 1)
            ]
            cuttings = nlargest(_KEPT, grown, key=lambda cutting: cutting.score)
        best = cuttings[0]
        margin = best.score - cuttings[1].score if len(cuttings) > 1 else 9.0
        return [self._cell(parts, best, column) for column in range(len(self._roles))], margin

    def _continue(self, before: Cutting, part: Part, *, first: bool, last: bool) -> list[Cutting]:
        """The best ways to cut a further part, the cells before it being as they are."""
        text = part.text.text
        flat = text.replace("\n", " ")
        free = {0, len(text), *_line_ends(text)}
        cuts = sorted(
            {*free, *(at for at in _word_cuts(text, every=not first) if not self._belong(text[:at], text[at:]))}
        )
        if first:  # a cell begins with a capital, a figure or a sign; what goes on in lower case begins none
            cuts = [at for at in cuts if at in (0, len(text)) or at in part.blanks or _MARK_START.match(text[at])]
        kept: dict[int, list[tuple[float, float, tuple[int, ...]]]] = {0: [(0.0, 0.0, ())]}
        for n, role in enumerate(self._roles):
            grown: dict[int, list[tuple[float, float, tuple[int, ...]]]] = {}
            for start, options in kept.items():
                for end in _ends(cuts, start, text, role, last=n == len(self._roles) - 1):
                    piece, old = text[start:end], before.cells[n]
                    words = f"{old} {flat[start:end]}".strip() if old else flat[start:end].strip()
                    content = self._content(role, words, bool(part.blanks.get(start, not first)), last)
                    if not first and words and not old:
                        content += _BEGUN_LATE
                    form = self._shape(role, piece) + (_MID_LINE if start < end and end not in free else 0.0)
                    if old and words != old:
                        form += self._join(old, piece)
                    grown.setdefault(end, []).extend([(f + form, c + content, (*ends, end)) for f, c, ends in options])
            kept = {
                end: nlargest(_KEPT, options, key=lambda option: option[0] + option[1])
                for end, options in grown.items()
            }
        found = []
        for form, content, ends in kept.get(len(text), []):
            pieces = (text[start:end] for start, end in zip((0, *ends), ends, strict=False))
            cells = tuple(" ".join(f"{old} {piece}".split()) for old, piece in zip(before.cells, pieces, strict=True))
            found.append(Cutting(before.form + form, content, (*before.ends, ends), cells))
        return found

    def _cell(self, parts: Sequence[Part], cutting: Cutting, column: int) -> SourceText:
        pieces = []
        for part, ends in zip(parts, cutting.ends, strict=True):
            pieces.append(part.text[ends[column - 1] if column else 0 : ends[column]].strip())
        return SourceText.join(" ", pieces).folded()

    @lru_cache(maxsize=200_000)  # noqa: B019  # a cutter lives for one table
    def _shape(self, role: Role, piece: str) -> float:
        """How well the lines of a piece fill the column."""
        width, score = self._widths[role], 0.0
        lines = piece.strip().split("\n")
        for line in lines:
            if len(line) > width + _SLACK:
                score += _TOO_WIDE * (len(line) - width - _SLACK)
        for line, below in pairwise(lines):
            score += self._join(line, below)
            if len(line) + 1 + len(below.partition(" ")[0]) <= width - _SLACK:
                score += _ROOM_LEFT
        return score

    def _join(self, line: str, below: str) -> float:
        """Whether the words on both sides of a line end stand together elsewhere in the document."""
        pair = _bare(line.rpartition(" ")[2]), _bare(below.split(None, 1)[0])
        return _SEEN_TOGETHER if pair in self._pairs else _NEVER_TOGETHER

    def _belong(self, before: str, after: str) -> bool:
        """Whether two words side by side on a line stand so elsewhere too, so that no cell ends between them."""
        if not after[0].islower():
            return False
        return self._pairs.get((_bare(before.rsplit(None, 1)[-1]), _bare(after.split(None, 1)[0])), 0) > 1

    @lru_cache(maxsize=200_000)  # noqa: B019  # a cutter lives for one table
    def _content(self, role: Role, words: str, blank: bool, whole: bool) -> float:
        """How well a text suits a column. ``blank``: a line of spaces stands where it begins; ``whole``: no further
        part may follow."""
        if not words:
            return _EMPTY[role][0 if blank else 1]
        if role in ("lead", "coordinate") and (len(words) > _LONGEST_AGENCIES or not self._agencies.may_begin(words)):
            return -5.0
        score = _PLACE_FIRST if self._agencies.begins_with_area(words) else 0.0
        if whole and words.count("(") != words.count(")"):
            score -= 1.5
        if whole and _DANGLING.search(words):
            score -= 6.0 if role in ("lead", "coordinate") else 3.0
        if role == "result" and _DANGLING_TIME.search(words):
            score -= 3.0
        match role:
            case "lead" | "coordinate":
                likeness = self._agencies.likeness(words)
                return score + 4.5 * likeness - (4.0 if whole else 2.0) * (1 - likeness)
            case "deadline":
                return score + self._deadline_content(words, whole)
            case "target":
                quantity = parse_quantity(words)
                return score + (3.5 if quantity and quantity.op != "text" else -1.0 - 0.5 * len(words.split()))
            case "unit":
                quantity = parse_quantity(words)
                plain = (quantity is None or quantity.op == "text") and not _COMPARATOR.search(words)
                return (
                    score
                    + (1.0 if plain else -2.0)
                    - 0.4 * max(0, len(words.split()) - 5)
                    - 2.0 * (words[0].islower() or words[0] == "(")
                )
            case "result":
                score += 1.0 if words[0].isupper() or words[0].isdigit() else -1.5
                if len(words) <= _SHORT and is_deadline(words):
                    score -= 3.0
                return score - 7.0 * max(
                    0.0, self._agencies.likeness(words) - 0.5 if self._agencies.may_begin(words) else 0.0
                )
            case _:
                return score + (1.5 if _MARK_START.match(words) else -0.5)

    def _deadline_content(self, words: str, whole: bool) -> float:
        if not (words[0].isupper() or words[0].isdigit()) or len(words) > _LONGEST_DEADLINE:
            return -4.0
        beside = words_beside_deadlines(words)
        if beside is not None:
            return 4.0 - 0.9 * beside
        return -4.0 if whole or len(words.split()) > 3 else -1.0  # "Thường", "Theo chỉ": a page break may follow


def _line_ends(text: str) -> Iterator[int]:
    return (match.end() for match in re.finditer(r"\n", text))


def _word_cuts(text: str, *, every: bool) -> Iterator[int]:
    """Where a cell can end within a line: before any word, or only before one that can begin a cell."""
    for match in re.finditer(r"(?<=[^\n]) +(?=\S)", text):
        if every or _MARK_START.match(text[match.end()]) or text[match.end() :].startswith(("các ", "đảm")):
            yield match.end()


def _ends(cuts: Sequence[int], start: int, text: str, role: Role, *, last: bool) -> Iterator[int]:
    """Where a cell that begins at ``start`` may end."""
    if last:
        yield len(text)
        return
    most = _MOST_LINES.get(role, 60)
    for cut in cuts:
        if cut < start:
            continue
        if text.count("\n", start, max(start, cut - 1)) >= most:
            return
        yield cut

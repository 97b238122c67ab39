"""How likely a text is a cell of a column: by how its lines fill the column, and by what its words say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, pairwise

from graph.extraction.agencies import AgencyReader
from graph.extraction.deadlines import words_beside_deadlines
from graph.extraction.duties import without_labels
from graph.extraction.headers import Role
from graph.extraction.quantities import parse_quantity
from graph.source_text import CELL_LINE, SourceText
from graph.text import CAPITALS

_TOO_WIDE = -0.45  # a character more than the column is wide
_ROOM_LEFT = -1.4  # a line with room for the next word
_ROOM_BETWEEN: Mapping[Role, float] = {"coordinate": -0.4}  # the same where the next line begins another body
_SLACK = 2  # characters by which letters of different width mislead
_SEEN_TOGETHER, _NEVER_TOGETHER = 0.5, -0.7
_PLACE_FIRST = -1.5  # a place name begins no cell, it ends the one before
_DANGLING = re.compile(
    r"(?:[,;(]|(?:^|\s)(?:[-–]|\(\d\)|và|với|của|về|cho|các|từ|(?<!tiếp )theo|trong|đến|để|tại|bằng|hoặc|có|thuộc"
    r"|Trước|Tháng|Năm|Quý|Ngày|Giai đoạn))$"
)  # "và những năm tiếp theo" is whole
_BARE_HEAD = re.compile(r"[;,] (?:[Cc]ác )?(?:Sở|Bộ|Cục|Vụ|Ban|Viện|Trường|Trung tâm)$")  # of a name that goes on
_DANGLING_TIME = re.compile(r"\b(?:tháng|năm|quý|ngày|giai đoạn)$", re.IGNORECASE)
_TAIL = 16  # characters that hold what dangles
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
    "baseline": (-0.2, -1.4),
    "target": (-1.0, -2.0),
    "note": (0.2, -0.2),
}
_CUT_NAME = -1.5  # a list of agencies that ends in the first word of a name
_LONGEST_DEADLINE = 120  # characters
_BESIDE = 0.9  # what a word that is no part of a deadline takes from its likelihood
_SHORT = 48  # characters: a result that short may be a misplaced deadline
_COMPARATOR = re.compile(r"[≥≤<>=]")
MARK_START = re.compile(rf"[{CAPITALS}0-9≥≤<>%“\"(]|[-–+](?:\s|$)")  # what a cell may begin with

_TAIL_FIRST, _TAIL_OF_LIST = (
    re.compile(r"(?:[^\W\d]+\s){0,2}[^\W\d]+;\s"),
    -3.0,
)  # "Hùng Vương; Sở Y tế": the cell before goes on
_RESULT_START = re.compile(rf"[{CAPITALS}\d]|\(\d")
Widths = Mapping[Role, float]
WordPairs = Mapping[tuple[str, str], int]


def count_pairs(texts: Iterable[str]) -> WordPairs:
    """How often two words stand side by side in lines of text."""
    return Counter(pair for text in texts for pair in pairwise(map(_bare, text.split())))


@lru_cache(maxsize=65536)
def _bare(word: str) -> str:
    """A word without punctuation at its ends, in lower case."""
    return word.lower().strip(".,;:()[]“”\"'…")


class CellLikelihood:
    """Scores, as logarithms of likelihoods but for a constant, for the cells of one table."""

    def __init__(self, widths: Widths, pairs: WordPairs, agencies: AgencyReader) -> None:
        """``widths``: how many characters a line of each column holds; ``pairs``: how often words stand together."""
        self._widths, self._pairs, self._agencies = widths, pairs, agencies

    @lru_cache(maxsize=200_000)
    def shape(self, role: Role, piece: str) -> float:
        """How well the lines of a piece fill the column."""
        width, score = self._widths[role], 0.0
        lines = piece.strip().split("\n")
        for line in lines:
            if len(line) > width + _SLACK:
                score += _TOO_WIDE * (len(line) - width - _SLACK)
        return score + sum(self._line_end(role, line, below) for line, below in pairwise(lines))

    @lru_cache(maxsize=65536)
    def _line_end(self, role: Role, line: str, below: str) -> float:
        """How well two lines follow each other in a column."""
        score = self.join(line, below)
        if not self._ends_early(role, line, below) or (role == "lead" and without_labels(below) != below):
            return score
        another = role in _ROOM_BETWEEN and self._agencies.may_begin(below)
        return score + (_ROOM_BETWEEN[role] if another else _ROOM_LEFT)

    @lru_cache(maxsize=4096)
    def flat(self, role: Role, text: str) -> str:
        """A text of several lines as one, as long; where agencies stand and a line leaves room for the next word,
        another body may begin, and :data:`CELL_LINE` says so."""
        if role not in ("lead", "coordinate"):
            return text.replace("\n", " ")
        lines = text.split("\n")
        ends = (CELL_LINE if self._ends_early(role, *pair) else " " for pair in pairwise(lines))
        return "".join(chain.from_iterable(zip(lines, (*ends, ""), strict=True)))

    def breaks_off(self, cell: SourceText) -> bool:
        """Whether a line of agencies ends early and the next one begins nobody: another cell may begin there."""
        lines = cell.text.split(CELL_LINE)[1:]
        return not all(line.startswith("các ") or self._agencies.may_begin(line) for line in lines)

    def _ends_early(self, role: Role, line: str, below: str) -> bool:
        """Whether a line of a column leaves room for the first word of the next one."""
        return len(line) + 1 + len(below.partition(" ")[0]) <= self._widths[role] - _SLACK

    def join(self, line: str, below: str) -> float:
        """Whether the words on both sides of a line end stand together elsewhere in the document."""
        pair = _bare(line.rpartition(" ")[2]), _bare(below.split(None, 1)[0])
        return _SEEN_TOGETHER if pair in self._pairs else _NEVER_TOGETHER

    def belong(self, before: str, after: str) -> bool:
        """Whether two words side by side on a line stand so elsewhere too, so that no cell ends between them."""
        if not after[0].islower():
            return False
        return self._pairs.get((_bare(before.rsplit(None, 1)[-1]), _bare(after.split(None, 1)[0])), 0) > 1

    @lru_cache(maxsize=200_000)
    def promise(self, role: Role, words: str, blank: bool, whole: bool) -> float:
        """How well a text suits a column, or more: what its agencies take from it is left to ``loss``.

        ``blank``: a line of spaces stands where it begins; ``whole``: no further part may follow.
        """
        if not words:
            return _EMPTY[role][0 if blank else 1]
        if role == "lead":
            words = without_labels(words)
        if role in ("lead", "coordinate") and (len(words) > _LONGEST_AGENCIES or not self._agencies.may_begin(words)):
            return -5.0
        score = _PLACE_FIRST if self._agencies.begins_with_area(words) else 0.0
        if whole and words.count("(") != words.count(")"):
            score -= 1.5
        if whole and len(words) > 1 and _DANGLING.search(words[-_TAIL:]):
            score -= 6.0
        if role == "result" and _DANGLING_TIME.search(words[-_TAIL:]):
            score -= 3.0
        match role:
            case "lead" | "coordinate":
                return score + (_CUT_NAME if whole and _BARE_HEAD.search(words[-_TAIL:]) else 4.5)
            case "deadline":
                return score + self._deadline_content(words, whole)
            case "target" | "baseline":
                quantity = parse_quantity(words)
                if quantity is None:  # a dash: not done
                    return score + 2.5
                if quantity.op != "text":
                    return score + 3.5
                return score - (1.0 if role == "target" else 0.0) - 0.5 * len(words.split())
            case "unit":
                quantity = parse_quantity(words)
                plain = (quantity is None or quantity.op == "text") and not _COMPARATOR.search(words)
                said = quantity is not None and quantity.op == "yes"  # "Hoàn thành" is a unit and a value
                return (
                    score
                    + (1.0 if plain else 0.0 if said else -2.0)
                    - 2.0 * ("%" in words[1:])  # a share is a unit from its sign on
                    - 0.4 * max(0, len(words.split()) - 5)
                    - 2.0 * (words[0].islower() or words[0] == "(")
                )
            case "result":
                score += 1.0 if _RESULT_START.match(words) else -1.5
                tail = _TAIL_FIRST.match(words)
                score += _TAIL_OF_LIST * bool(tail and self._agencies.may_begin(words[tail.end() :]))
                beside = words_beside_deadlines(words) if len(words) <= _SHORT else None
                return score if beside is None else score - max(0.0, 3.0 - _BESIDE * beside)
            case "note":
                return score
            case _:
                return score + (1.5 if MARK_START.match(words) else -0.5)

    def loss(self, role: Role, words: str, whole: bool) -> float:
        """By how much a text suits a column less than promised: an agency cell that names none, a result that does."""
        if not words or role not in ("lead", "coordinate", "result"):
            return 0.0
        agencies = self._agencies
        if role == "lead":
            words = without_labels(words)
        if role == "result":
            return 7.0 * max(0.0, agencies.likeness(words) - 0.5) if agencies.may_begin(words) else 0.0
        if len(words) > _LONGEST_AGENCIES or not agencies.may_begin(words):
            return 0.0
        return (8.5 if whole else 6.5) * (1 - agencies.likeness(words))

    def _deadline_content(self, words: str, whole: bool) -> float:
        if not MARK_START.match(words) or len(words) > _LONGEST_DEADLINE:
            return -4.0
        beside = words_beside_deadlines(words)
        if beside is not None:
            return 4.0 - _BESIDE * beside
        return -4.0 if whole or len(words.split()) > 3 else -1.0  # "Thường", "Theo chỉ": a page break may follow

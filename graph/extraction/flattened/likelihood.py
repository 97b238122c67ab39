"""How likely a text is a cell of a column: by how its lines fill the column, and by what its words say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from graph.extraction.agencies import AgencyReader
from graph.extraction.deadlines import is_deadline, words_beside_deadlines
from graph.extraction.headers import Role
from graph.extraction.quantities import parse_quantity

_TOO_WIDE = -0.45  # a character more than the column is wide
_ROOM_LEFT = -1.4  # a line with room for the next word
_SLACK = 2  # characters by which letters of different width mislead
_SEEN_TOGETHER, _NEVER_TOGETHER = 0.5, -0.7
_PLACE_FIRST = -1.5  # a place name begins no cell, it ends the one before
_DANGLING = re.compile(
    r"(?:[,;(]|\s(?:và|với|của|về|cho|các|từ|(?<!tiếp )theo|trong|đến|để|tại|bằng|hoặc|có))$"
)  # "và những năm tiếp theo" is whole
_DANGLING_TIME = re.compile(r"\b(?:tháng|năm|quý|ngày|giai đoạn)$", re.IGNORECASE)
_TAIL = 12  # characters that hold what dangles
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
_LONGEST_DEADLINE = 120  # characters
_SHORT = 48  # characters: a result that short may be a misplaced deadline
_COMPARATOR = re.compile(r"[≥≤<>=]")
MARK_START = re.compile(r"[A-ZÀ-ỴĐ0-9≥≤<>%“\"(]|[-–+](?:\s|$)")  # what a cell may begin with

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

    @lru_cache(maxsize=200_000)  # noqa: B019  # it lives for one table
    def shape(self, role: Role, piece: str) -> float:
        """How well the lines of a piece fill the column."""
        width, score = self._widths[role], 0.0
        lines = piece.strip().split("\n")
        for line in lines:
            if len(line) > width + _SLACK:
                score += _TOO_WIDE * (len(line) - width - _SLACK)
        for line, below in pairwise(lines):
            score += self.join(line, below)
            if len(line) + 1 + len(below.partition(" ")[0]) <= width - _SLACK:
                score += _ROOM_LEFT
        return score

    def join(self, line: str, below: str) -> float:
        """Whether the words on both sides of a line end stand together elsewhere in the document."""
        pair = _bare(line.rpartition(" ")[2]), _bare(below.split(None, 1)[0])
        return _SEEN_TOGETHER if pair in self._pairs else _NEVER_TOGETHER

    def belong(self, before: str, after: str) -> bool:
        """Whether two words side by side on a line stand so elsewhere too, so that no cell ends between them."""
        if not after[0].islower():
            return False
        return self._pairs.get((_bare(before.rsplit(None, 1)[-1]), _bare(after.split(None, 1)[0])), 0) > 1

    @lru_cache(maxsize=200_000)  # noqa: B019  # it lives for one table
    def promise(self, role: Role, words: str, blank: bool, whole: bool) -> float:
        """How well a text suits a column, or more: what its agencies take from it is left to ``loss``.

        ``blank``: a line of spaces stands where it begins; ``whole``: no further part may follow.
        """
        if not words:
            return _EMPTY[role][0 if blank else 1]
        if role in ("lead", "coordinate") and (len(words) > _LONGEST_AGENCIES or not self._agencies.may_begin(words)):
            return -5.0
        score = _PLACE_FIRST if self._agencies.begins_with_area(words) else 0.0
        if whole and words.count("(") != words.count(")"):
            score -= 1.5
        if whole and _DANGLING.search(words[-_TAIL:]):
            score -= 6.0
        if role == "result" and _DANGLING_TIME.search(words[-_TAIL:]):
            score -= 3.0
        match role:
            case "lead" | "coordinate":
                return score + 4.5
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
                score += 1.0 if words[0].isupper() or words[0].isdigit() else -1.5
                if len(words) <= _SHORT and is_deadline(words):
                    score -= 3.0
                return score
            case _:
                return score + (1.5 if MARK_START.match(words) else -0.5)

    def loss(self, role: Role, words: str, whole: bool) -> float:
        """By how much a text suits a column less than promised: an agency cell that names none, a result that does."""
        if not words or role not in ("lead", "coordinate", "result"):
            return 0.0
        agencies = self._agencies
        if role == "result":
            return 7.0 * max(0.0, agencies.likeness(words) - 0.5) if agencies.may_begin(words) else 0.0
        if len(words) > _LONGEST_AGENCIES or not agencies.may_begin(words):
            return 0.0
        return (8.5 if whole else 6.5) * (1 - agencies.likeness(words))

    def _deadline_content(self, words: str, whole: bool) -> float:
        if not (words[0].isupper() or words[0].isdigit()) or len(words) > _LONGEST_DEADLINE:
            return -4.0
        beside = words_beside_deadlines(words)
        if beside is not None:
            return 4.0 - 0.9 * beside
        return -4.0 if whole or len(words.split()) > 3 else -1.0  # "Thường", "Theo chỉ": a page break may follow

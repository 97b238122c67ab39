"""Agency cells: one cell split into the agencies and collectives it names.

Commas and "và" stand between agencies and inside their names alike ("Sở Văn hóa, Thể thao và Du lịch và các đơn vị liên
quan"), so a cell is cut where the whole reading costs least: a known name or a collective is cheap, an unknown body
dearer, a scrap that names nothing dearest (dynamic programme over the possible cuts).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from graph.source_text import SourceText
from graph.text import fold
from graph.vocabulary import Vocabulary

COLLECTIVES = Path(__file__).with_name("collectives.toml")
_KNOWN, _COLLECTIVE, _OPEN, _NAMED, _SCRAP = 1.0, 1.0, 1.2, 1.5, 3.0
_INNER = 0.6  # what each separator inside an unknown name, or one known only by its pattern, adds

_HARD = re.compile(r"\s*(?:[;\n]|</?p>)\s*")
_HARD_IN_LIST = re.compile(r"\s*(?:[;\n]|</?p>)\s*|(?:(?<=\s)|^)[-–+•]\s+(?=\S)")  # the cell is a list with dashes
_DASHED = re.compile(r"\s*[-–+•]\s")
_SOFT = re.compile(r"\s*,(?:\s*và\s+)?\s*|\s+và\s+|\s+&\s+", re.IGNORECASE)
_EDGES = " .,;:-–+•\n\t"
_ITEM_NUMBER = re.compile(r"\(\d+\)\s*|\d+[.)]\s+")
_TAGS = re.compile(r"</?p>")
BRACKETED = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Named:
    """One agency or collective of a cell. ``cost`` is 1 for a body that is known and grows with the doubt."""

    name: str
    written: SourceText
    cost: float


@dataclass(frozen=True, eq=False)
class AgencyReader:
    """Reads agency cells with the names of a vocabulary."""

    vocabulary: Vocabulary
    words: Mapping[str, Sequence[str]]

    @classmethod
    def load(cls, vocabulary: Vocabulary, path: Path = COLLECTIVES) -> AgencyReader:
        """With the collectives of a file. Raises ``OSError`` or ``tomllib.TOMLDecodeError``."""
        words = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(vocabulary, {kind: tuple(map(fold, terms)) for kind, terms in words.items()})

    def split(self, cell: SourceText) -> tuple[Named, ...]:
        """The agencies and collectives of a cell, in its words and order."""
        return tuple(named for part in cell.split(_hard(cell.text)) for named in self._split_part(_trim(part)))

    @lru_cache(maxsize=65536)  # noqa: B019  # a reader lives as long as the process, and plans repeat their agencies
    def likeness(self, text: str) -> float:
        """How surely a text is a list of agencies, 0 … 1: the share of its words in names and collectives that are
        known."""
        total, known = 0, 0.0
        for part in map(_trim_text, _hard(text).split(text)):
            for start, end, cost in self._cut(part):
                piece = part[start:end]
                size = len(piece.split())
                total += size
                known += size * self._weight(fold(piece), cost)
        return known / total if total else 0.0

    def _weight(self, folded: str, cost: float) -> float:
        """How surely a piece of a reading names somebody."""
        if cost < _NAMED:
            return 1.0
        return 0.85 if self._open_collective.match(folded) else 0.5 if self._is_body(folded) else 0.0

    def may_begin(self, text: str) -> bool:
        """Whether a text begins as the name of a body or a collective does."""
        return text[:1].isupper() and self._body_begins(text[:40])

    def begins_with_area(self, text: str) -> bool:
        """Whether a text begins with the name of an area ("Quảng Trị …")."""
        return self._area_begins(text[:40])

    def is_collective(self, name: str) -> bool:
        """Whether a name stands for many bodies ("các sở, ban, ngành") and not for one."""
        folded = fold(name)
        begins = folded.startswith(("cac ", *self.words["open_nouns"]))
        return begins or folded in self._phrases or bool(" " in folded and self._collective.fullmatch(folded))

    @lru_cache(maxsize=65536)  # noqa: B019  # as above
    def _body_begins(self, text: str) -> bool:
        start = fold(" ".join(text.split()[:4]))
        return self._is_body(start) or start.startswith("so ban")

    @lru_cache(maxsize=65536)  # noqa: B019  # as above
    def _area_begins(self, text: str) -> bool:
        words = fold(text).split()
        return any(" ".join(words[:size]) in self.vocabulary.area_names for size in range(2, self._longest_area + 1))

    def _split_part(self, part: SourceText) -> Iterator[Named]:
        listed = _LISTED.match(part.text)
        if listed:
            yield from self._split_listed(listed[1], _trim(part[listed.end() :]))
            return
        for start, end, cost in self._cut(part.text):
            written = _trim(part[start:end])
            if written:
                yield Named(written.text, written, cost)

    def _split_listed(self, head: str, rest: SourceText) -> Iterator[Named]:
        """ "Các sở: Y tế, Giáo dục và Đào tạo" names Sở Y tế and Sở Giáo dục và Đào tạo."""
        head = head[:1].upper() + head[1:]
        for start, end, cost in self._cut(rest.text, prefix=f"{head} "):
            written = _trim(rest[start:end])
            if written:
                yield Named(f"{head} {written.text}", written, cost)

    @lru_cache(maxsize=65536)  # noqa: B019  # as above
    def _cut(self, text: str, prefix: str = "") -> tuple[tuple[int, int, float], ...]:
        """The cheapest reading of a text as (start, end, cost) of its pieces."""
        if not text:
            return ()
        cuts = [m for m in _SOFT.finditer(text) if text.count("(", 0, m.start()) <= text.count(")", 0, m.start())]
        starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(text)]
        best: list[tuple[float, tuple[tuple[int, int, float], ...]]] = [(0.0, ())]
        for last in range(len(starts)):
            least, chosen, price = float("inf"), 0, 0.0
            for first in range(last, -1, -1):  # of two readings that cost the same the one with fewer pieces
                if best[first][0] + _KNOWN > least:
                    continue
                cost = self._cost(prefix + text[starts[first] : ends[last]])
                if best[first][0] + cost <= least:
                    least, chosen, price = best[first][0] + cost, first, cost
            best.append((least, (*best[chosen][1], (starts[chosen], ends[last], price))))
        return best[-1][1]

    @lru_cache(maxsize=65536)  # noqa: B019  # as above
    def _cost(self, piece: str) -> float:
        """What it costs to read a piece as one body."""
        piece = BRACKETED.sub("", piece)  # "Sở Y tế (đầu mối, tổng hợp)": what an agency does is no part of its name
        folded, inner = fold(piece), len(_SOFT.findall(piece))
        if not folded or self.is_known(folded) or folded in self._phrases:
            return _KNOWN
        atoms = [fold(atom) for atom in _SOFT.split(piece)]
        begins = sum(self._begins(atom) for atom in atoms[1:])
        if " " in folded and self._collective.fullmatch(folded) and not self._closed_inside(atoms):
            return _COLLECTIVE + 2 * begins
        if self._not_bodies.match(folded):
            return _SCRAP + _INNER * inner + 2 * begins
        if not self._open_collective.match(folded):
            begins = sum(self._begins(atom) or self._is_body(atom) for atom in atoms[1:])
        if self._patterned.fullmatch(folded) and not folded.endswith(self._closings):
            return _KNOWN if all(atom in _PART_OF_NAME for atom in atoms[1:]) else _KNOWN + _INNER * inner + 2 * begins
        if self._open_collective.match(folded):
            return _OPEN + _INNER * inner + 2 * begins
        return (_NAMED if self._is_body(folded) else _SCRAP) + _INNER * inner + 2 * begins

    def _is_body(self, folded: str) -> bool:
        """Whether a folded text begins as the name of a body or a collective does."""
        begins = self._head.match(folded) or folded.startswith("cac ")
        return bool(begins) and " " in folded and not self._not_bodies.match(folded)

    @lru_cache(maxsize=65536)  # noqa: B019  # as above
    def is_known(self, folded: str) -> bool:
        """Whether a folded name is that of a known agency, its own area named or not."""
        names, kinds = self.vocabulary.agency_names, self.vocabulary.agency_kinds
        bare = self.without_area(folded)
        return any(names.get(name, "") not in kinds and name in names for name in (folded, bare, f"{bare} tinh"))

    def without_area(self, folded: str) -> str:
        """A folded name without the area at its end ("so tai chinh tinh quang tri" -> "so tai chinh")."""
        words = folded.split()
        for size in range(min(self._longest_area, len(words) - 1), 0, -1):
            if " ".join(words[-size:]) in self.vocabulary.area_names:
                folded = " ".join(words[:-size])
                break
        return folded.removesuffix(" tinh") if len(folded.split()) > 3 else folded

    def _begins(self, atom: str) -> bool:
        """Whether an atom begins a new agent: a "các …" or a body of its own."""
        return atom.startswith("cac ") or (" " in atom and atom not in self.words["nouns"] and self.is_known(atom))

    def _closed_inside(self, atoms: Sequence[str]) -> bool:
        """Whether a closing ("cấp tỉnh", "liên quan") stands before the last atom."""
        return any(atom.endswith(closing) for atom in atoms[:-1] for closing in self.words["closings"])

    @cached_property
    def _closings(self) -> tuple[str, ...]:
        return tuple(f" {closing}" for closing in self.words["closings"] if closing not in ("trung uong", "cap tinh"))

    @cached_property
    def _patterned(self) -> re.Pattern[str]:
        """Any name of an open kind."""
        return re.compile("|".join(pattern.pattern for pattern, _ in self.vocabulary.agency_patterns))

    @cached_property
    def _longest_area(self) -> int:
        """How many words the longest name of an area has."""
        return max(len(name.split()) for name in self.vocabulary.area_names)

    @cached_property
    def _phrases(self) -> frozenset[str]:
        return frozenset(self.words["phrases"])

    @cached_property
    def _collective(self) -> re.Pattern[str]:
        noun = "|".join(sorted(map(re.escape, self.words["nouns"]), key=len, reverse=True))
        closing = "|".join(sorted(map(re.escape, self.words["closings"]), key=len, reverse=True))
        return re.compile(rf"(?:cac )?(?:{noun})(?: (?:va |cac )?(?:{noun}))*(?: (?:{closing}))*")

    @cached_property
    def _open_collective(self) -> re.Pattern[str]:
        """A collective with words of its own behind the noun: "các doanh nghiệp viễn thông"."""
        return re.compile(rf"cac (?:{'|'.join(sorted(map(re.escape, self.words['nouns']), key=len, reverse=True))})\b")

    @cached_property
    def _not_bodies(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(map(re.escape, self.words['not_bodies']))})\b")

    @cached_property
    def _head(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(map(re.escape, self.words['heads']))})\b")


_LISTED = re.compile(r"(?:các\s+)?(sở|bộ|ban|hội|trường|huyện|xã)\s*:\s*", re.IGNORECASE)
_PART_OF_NAME = frozenset({"cac kcn", "cac khu cong nghiep", "cac kcn tinh", "cac khu cong nghiep tinh"})


def _hard(text: str) -> re.Pattern[str]:
    """What always separates in a cell: dashes only where the cell is a list with dashes, for they stand in names
    too."""
    return _HARD_IN_LIST if _DASHED.match(text) else _HARD


def _trim(part: SourceText) -> SourceText:
    part = part.without(_TAGS).folded().strip(_EDGES)
    number = _ITEM_NUMBER.match(part.text)
    return part[number.end() :] if number else part


def _trim_text(part: str) -> str:
    part = " ".join(_TAGS.sub(" ", part).split()).strip(_EDGES)
    return _ITEM_NUMBER.sub("", part, count=1) if _ITEM_NUMBER.match(part) else part

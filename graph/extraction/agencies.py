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

from graph.extraction.duties import LABEL
from graph.source_text import CELL_LINE, SourceText
from graph.text import CAPITALS, fold
from graph.vocabulary import Vocabulary

COLLECTIVES = Path(__file__).with_name("collectives.toml")
_KNOWN, _COLLECTIVE, _OPEN, _NAMED, _SCRAP = 1.0, 1.0, 1.2, 1.5, 3.0
_INNER = 0.6  # what each separator inside an unknown name, or one known only by its pattern, adds

_SLASH = r"\s*/\s*(?=(?:Sở|Bộ|UBND|Công an|Văn phòng|Cục|Vụ|Phòng|Các)\b)"
_ALWAYS = rf"\s*(?:[;\n]|</?p>)\s*|\s*{CELL_LINE}\s*[-–+•]\s+|{_SLASH}|(?i:{LABEL.pattern})".replace("(?P<duty>", "(?:")
_HARD = re.compile(_ALWAYS)
_HARD_IN_LIST = re.compile(rf"{_ALWAYS}|(?:(?<=\s)|^)[-–+•]\s+(?=\S)")  # the cell is a list with dashes
_HARD_IN_NUMBERED = re.compile(rf"{_ALWAYS}|(?:(?<=\s)|^)\(?\d{{1,2}}[.)]\s+(?=\S)")
_DASHED = re.compile(r"\s*[-–+•]\s")
_DASHED_LINE = re.compile(rf"{CELL_LINE}\s*[-–+•]\s")
_NUMBERED = re.compile(r"\s*\(?1[.)]\s.*\s\(?2[.)]\s", re.DOTALL)
_SOFT = re.compile(
    rf"\s*,(?:\s*và\s+)?\s*|\s+và\s+|\s+&\s+|\s*{CELL_LINE}\s*(?:[-–+•]\s+)?", re.IGNORECASE
)  # a line end, too, stands between agencies and inside their names
_NOBODY = ("khong", "khong co")  # "(không)"
_EDGES = f" .,;:-–+•\n\t{CELL_LINE}"
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
        parts = map(_trim, cell.split(_hard(cell.text)))
        return tuple(named for part in parts if fold(part.text) not in _NOBODY for named in self._split_part(part))

    @lru_cache(maxsize=65536)
    def likeness(self, text: str) -> float:
        """How surely a text is a list of agencies, 0 … 1: the share of its words in names and collectives that are
        known."""
        total, known = 0, 0.0
        for part in map(_trim_text, _hard(text).split(text)):
            for start, end, head, cost in self._read(part):
                piece = part[start:end]
                size = len(piece.split())
                total += size
                goes_on = cost >= _NAMED and (_SWALLOWS.match(piece) or _NO_PLACE.search(piece))  # as no name does
                goes_on = goes_on or _CLOSED.search(piece)
                known += 0.0 if goes_on else size * self._weight(fold(head + piece), cost)
        return known / total if total else 0.0

    def _weight(self, folded: str, cost: float) -> float:
        """How surely a piece of a reading names somebody."""
        if cost < _NAMED:
            return 1.0
        if self._not_bodies.match(folded) or self._is_clause(folded):
            return 0.0
        if self._patterned.fullmatch(folded) and not folded.endswith(self._closings):
            return 0.9
        return 0.85 if self._open_collective.match(folded) else 0.5 if self._is_body(folded) else 0.0

    def may_begin(self, text: str) -> bool:
        """Whether a text begins as the name of a body or a collective does."""
        label = LABEL.match(text)
        return text[:1].isupper() and self._body_begins(text[label.end() :][:40] if label else text[:40])

    def begins_with_area(self, text: str) -> bool:
        """Whether a text begins with the name of an area ("Quảng Trị …")."""
        return self._area_begins(text[:40])

    def is_collective(self, name: str) -> bool:
        """Whether a name stands for many bodies ("các sở, ban, ngành") and not for one."""
        folded = fold(name)
        begins = folded.startswith(("cac ", *self.words["open_nouns"]))
        return begins or folded in self._phrases or bool(" " in folded and self._collective.fullmatch(folded))

    @lru_cache(maxsize=65536)
    def _body_begins(self, text: str) -> bool:
        words = text.split()[:4]
        start = fold(" ".join(words))
        named = (fold(" ".join(words[:size])).strip(_EDGES) for size in range(3, len(words) + 1))
        return self._is_body(start) or start.startswith("so ban") or any(map(self.is_known, named))

    @lru_cache(maxsize=65536)
    def _area_begins(self, text: str) -> bool:
        words = fold(text).split()
        return any(" ".join(words[:size]) in self.vocabulary.area_names for size in range(2, self._longest_area + 1))

    def _split_part(self, part: SourceText) -> Iterator[Named]:
        for start, end, head, cost in self._read(part.text):
            written = _trim(part[start:end]).folded()
            if written:
                yield Named(f"{head}{written.text}", written, cost)

    def _read(self, text: str) -> Iterator[tuple[int, int, str, float]]:
        """The bodies of a part of a cell as (start, end, what their names begin with, cost): "Các sở: Y tế, Giáo dục và
        Đào tạo" names Sở Y tế and Sở Giáo dục và Đào tạo."""
        listed = _LISTED.match(text)
        begin, head = (listed.end(), _head_of(listed)) if listed else (0, "")
        for start, end, cost in self._cut(text[begin:], prefix=head):
            piece = text[begin + start : begin + end]
            own = head and self._cost(piece) < self._cost(head + piece)
            yield begin + start, begin + end, "" if own else head, cost

    @lru_cache(maxsize=65536)
    def _cut(self, text: str, prefix: str = "") -> tuple[tuple[int, int, float], ...]:
        """The cheapest reading of a text as (start, end, cost) of its pieces."""
        if not text:
            return ()
        beside = self._side_by_side(text)
        if beside:
            behind = ((start + beside[1], end + beside[1], cost) for start, end, cost in self._cut(text[beside[1] :]))
            return (*self._cut(text[: beside[0]], prefix), *behind)
        cuts = [m for m in _SOFT.finditer(text) if text.count("(", 0, m.start()) <= text.count(")", 0, m.start())]
        starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(text)]
        best: list[tuple[float, tuple[tuple[int, int, float], ...]]] = [(0.0, ())]
        for last in range(len(starts)):
            least, chosen, price = float("inf"), 0, 0.0
            for first in range(last, -1, -1):  # of two readings that cost the same the one with fewer pieces
                if best[first][0] + _KNOWN > least:
                    continue
                cost = self._cost(prefix + text[starts[first] : ends[last]])
                if prefix:  # in a list of its kind a comma hardly ever stands inside a name that is not known
                    cost = min(cost, self._cost(text[starts[first] : ends[last]]))
                    cost += _INNER * (last - first) * (cost > _KNOWN)
                if best[first][0] + cost <= least:
                    least, chosen, price = best[first][0] + cost, first, cost
            best.append((least, (*best[chosen][1], (starts[chosen], ends[last], price))))
        return best[-1][1]

    def _side_by_side(self, text: str) -> tuple[int, int] | None:
        """Where the first body of a text ends and the next begins with a mere space ("Sở Y tế Sở Tài chính")."""
        for gap in _SIDE_BY_SIDE.finditer(text):
            if _AREAS_BEHIND.match(text, gap.end()):  # "Sở Y tế các tỉnh" is one
                continue
            starts = (0, *(separator.end() for separator in _SOFT.finditer(text, 0, gap.start())))
            named = (fold(text[start : gap.start()]) for start in starts)
            if any(map(self._is_whole, named)):
                return gap.span()
        return None

    def _is_whole(self, folded: str) -> bool:
        """Whether a name is complete, so that another may follow with a mere space: a known one, a body with its area,
        a collective that is closed ("các sở, ban, ngành liên quan")."""
        if folded.startswith(_WHOLE) and self.is_known(folded):
            return True
        if folded.endswith(self._all_closings):
            return " " in folded and bool(self._collective.fullmatch(folded))
        return self._is_body(folded) and self._area_ends(folded)

    def _area_ends(self, folded: str) -> bool:
        """Whether a folded name ends in that of an area of two words or more."""
        words = folded.split()
        sizes = range(2, min(self._longest_area, len(words) - 1) + 1)
        return any(" ".join(words[-size:]) in self.vocabulary.area_names for size in sizes)

    @lru_cache(maxsize=65536)
    def _cost(self, piece: str) -> float:
        """What it costs to read a piece as one body."""
        piece = BRACKETED.sub("", piece)  # "Sở Y tế (đầu mối, tổng hợp)": what an agency does is no part of its name
        folded, inner = fold(piece), len(_SOFT.findall(piece))
        if not folded or self.is_known(folded) or folded in self._phrases or folded in self.words["brands"]:
            return _KNOWN
        general = _OF_COMMUNE.sub(r"\1", _OF_AREAS.sub("", piece))  # areas that no list names
        if general != piece and self.is_known(fold(general)):
            return _KNOWN
        atoms = [fold(atom) for atom in _SOFT.split(piece)]
        council = folded.startswith("ubnd ")  # of many areas perhaps, but beside another body it is one of its own
        begins = sum(self._begins(atom) or (council and self._is_another(atom)) for atom in atoms[1:])
        if " " in folded and self._collective.fullmatch(folded) and not self._closed_inside(atoms):
            return _COLLECTIVE + 2 * begins
        if self._not_bodies.match(folded) or self._is_clause(folded):
            return _SCRAP + _INNER * inner + 2 * begins
        if not self._open_collective.match(folded):
            begins = sum(self._begins(atom) or self._is_body(atom) for atom in atoms[1:])
        named = self._patterned.fullmatch(folded) and not _NO_PLACE.search(piece)
        if named and not folded.endswith(self._closings):
            return _KNOWN if all(atom in _PART_OF_NAME for atom in atoms[1:]) else _KNOWN + _INNER * inner + 2 * begins
        if self._open_collective.match(folded):
            return _OPEN + _INNER * inner + 2 * begins
        return (_NAMED if self._is_body(folded) else _SCRAP) + _INNER * inner + 2 * begins

    def _is_clause(self, folded: str) -> bool:
        """Whether a folded text says something of a body instead of naming it ("Trung tâm được thành lập")."""
        return bool(_CLAUSE.search(folded)) and not self._open_collective.match(folded)

    def _is_body(self, folded: str) -> bool:
        """Whether a folded text begins as the name of a body or a collective does."""
        begins = self._head.match(folded) or folded.startswith("cac ")
        return bool(begins) and " " in folded and not self._not_bodies.match(folded)

    @lru_cache(maxsize=65536)
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
        return (
            atom.startswith(("cac ", "ubnd "))
            or atom in self.words["brands"]
            or (" " in atom and atom not in self.words["nouns"] and self.is_known(atom))
        )

    def _is_another(self, atom: str) -> bool:
        """Whether an atom names a body and is no mere noun of a collective."""
        closing = next((closing for closing in self.words["closings"] if atom.endswith(f" {closing}")), "")
        return self._is_body(atom) and atom.removesuffix(closing).strip() not in self.words["nouns"]

    def _closed_inside(self, atoms: Sequence[str]) -> bool:
        """Whether a closing ("cấp tỉnh", "liên quan") stands before the last atom."""
        return any(atom.endswith(closing) for atom in atoms[:-1] for closing in self.words["closings"])

    @cached_property
    def _all_closings(self) -> tuple[str, ...]:
        """Those with which a collective can end; one that ends in "thuộc" has its own area or body behind it."""
        return tuple(f" {closing}" for closing in self.words["closings"] if not closing.endswith("thuoc"))

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
        opener = "|".join(map(re.escape, self.words["openers"]))
        return re.compile(rf"(?:(?:{opener}) )?(?:cac )?(?:{noun})(?: (?:va |cac )?(?:{noun}))*(?: (?:{closing}))*")

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


_CLAUSE = re.compile(
    r" (?:duoc (?!giao\b|chon\b|phan cong\b|lua chon\b)|dat )"
)  # "Trung tâm được thành lập" names nobody
_LISTED = re.compile(
    r"(?:(?:gồm\s+)?các\s+)?(?P<kind>sở|bộ|ban|hội|trường|huyện|xã)\s*:\s*"
    r"|các\s+(?P<plain>sở|bộ)\s+(?=(?-i:[A-ZĐ]))(?!ban\b|ngành\b)"
    r"|(?P<council>UBND|Ủy ban nhân dân|Đảng ủy|Công an)\s+(?:các\s+)?(?P<area>xã|phường|đặc khu|huyện)\s*:\s*",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(rf"\b(?:tỉnh|thành phố)\s+(?!trực|thuộc|và|ủy|uỷ)[^\W\d{CAPITALS}]")  # "Thuế tỉnh điện tử …"
_CLOSED = re.compile(rf"\bliên quan\s+[{CAPITALS}]")  # "các đơn vị liên quan Báo cáo …"
_SWALLOWS = re.compile(rf"(?:\S+\s+){{3,}}[^\W{CAPITALS}]+\s+(?:Sở|UBND)\s+[{CAPITALS}]")
_AREAS = r"các\s+(?:tỉnh|thành phố)(?:,?\s+(?:và\s+)?thành phố)?(?:\s+trực thuộc\s+[Tt]rung ương)?"
_OF_AREAS = re.compile(rf"(?<=\w)\s+(?:của\s+)?{_AREAS}$")  # "Sở Y tế các tỉnh, thành phố"
_AREAS_BEHIND = re.compile(rf"{_AREAS}\b")
_OF_COMMUNE = re.compile(rf"\b(xã|phường|đặc khu)(?:\s+[{CAPITALS}]\w*){{1,4}}$")
_SIDE_BY_SIDE = re.compile(r"\s+(?=(?:Sở|Bộ|UBND|Công an|Các|các)\s)")  # where a body may begin without a separator
_WHOLE = ("so ", "bo ", "ubnd ", "cong an ", "cac ")  # what can stand before it; "Đảng ủy UBND tỉnh" is one body
_PART_OF_NAME = frozenset({"cac kcn", "cac khu cong nghiep", "cac kcn tinh", "cac khu cong nghiep tinh"})


def _head_of(listed: re.Match[str]) -> str:
    """What the names of a list begin with: "Sở " for "Các sở: …", "UBND xã " for "UBND các xã: …"."""
    kind = listed["kind"] or listed["plain"]
    return f"{kind[:1].upper()}{kind[1:]} " if kind else f"{listed['council']} {listed['area']} "


def _hard(text: str) -> re.Pattern[str]:
    """What always separates in a cell: dashes only where the cell is a list with dashes, for they stand in names too,
    and within a line only where no other line begins with one."""
    if _NUMBERED.match(text):
        return _HARD_IN_NUMBERED
    return _HARD_IN_LIST if _DASHED.match(text) and not _DASHED_LINE.search(text) else _HARD


def _trim(part: SourceText) -> SourceText:
    part = part.without(_TAGS).folded_lines().strip(_EDGES)
    number = _ITEM_NUMBER.match(part.text)
    return part[number.end() :] if number else part


def _trim_text(part: str) -> str:
    part = _TAGS.sub(" ", part)
    part = CELL_LINE.join(filter(None, (" ".join(line.split()) for line in part.split(CELL_LINE)))).strip(_EDGES)
    return _ITEM_NUMBER.sub("", part, count=1) if _ITEM_NUMBER.match(part) else part

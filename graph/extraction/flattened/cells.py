"""Where the cells of a flattened row end: the likeliest cutting of its lines into columns.

A column is known by what it holds (agencies, a time, a quantity, a unit) and by how wide it is: a line of a cell is as
long as the column allows, so a line that leaves room for the first word of the next one ends its cell. Each way to cut
a row has a score, the sum of what its cells score, and a search over the cuts finds the best ones. A page break cuts a
row into parts that each run through the columns again; their best cuttings are paired and the joined cells scored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import pairwise

from graph.extraction.flattened.likelihood import MARK_START, CellLikelihood
from graph.extraction.flattened.paths import Columns, Step, best_paths
from graph.extraction.headers import Role
from graph.source_text import SourceText

_MID_LINE = -1.0  # a cell that ends within a line: single-line cells are printed on one line with their neighbours
_MID_LINE_LATE = -0.5  # the same behind a page break, where a line can hold the rests of several cells
_TORN = -1.0  # a cell that ends there between words that stand together elsewhere
_MOST_LINES: Mapping[Role, int] = {"lead": 16, "coordinate": 16, "deadline": 8, "unit": 6, "target": 4}
_KEPT = 4  # cuttings kept at each place, and of each part for the next one
_BEGUN_LATE = -1.0  # a cell that begins only after a page break that cuts its row
_ENDED_ABOVE = -1.0  # a cell that goes on behind a page break though it ended above it, for each line
_LINES_APART, _MOST_ABOVE = 1, 3  # lines by which cells that reach a page's end differ, and lines that count at most


@dataclass(frozen=True, slots=True)
class Part:
    """A run of lines without a page break: the text with a line end between lines, and the offsets where a blank line
    stands. ``shared``: its first line can hold the ends of several cells."""

    text: SourceText
    blanks: Mapping[int, int]
    shared: bool = True

    @classmethod
    def of(cls, lines: Sequence[tuple[SourceText, int]], *, shared: bool = True) -> Part:
        """From lines and how many spaces a blank one has."""
        texts: list[SourceText] = []
        blanks: dict[int, int] = {}
        at = 0
        for text, blank in lines:
            if text:
                at += len(text) + (1 if texts else 0)
                texts.append(text)
            else:
                blanks[at + 1] = max(blank, blanks.get(at + 1, 0))
        text = SourceText.join("\n", texts)
        return cls(text, {min(place, len(text)): blank for place, blank in blanks.items()}, shared)


@dataclass(frozen=True, slots=True)
class Cutting:
    """One way to cut the parts of a row so far: the ends of each column's cell in each part, and the text of each cell.

    ``form`` scores the lines, ``content`` the cells: the next part adds to the one and replaces the other. ``above``:
    how many lines above the last line of the latest part the cell of each column ended.
    """

    form: float
    content: float
    ends: tuple[tuple[int, ...], ...]
    cells: tuple[str, ...]
    above: tuple[int, ...]

    @property
    def score(self) -> float:
        """How likely the cutting is, as the logarithm of a likelihood but for a constant."""
        return self.form + self.content


@dataclass(frozen=True)
class CellCutter:
    """Cuts the rows of one table with the columns given (the number's left out)."""

    roles: Sequence[Role]
    likelihood: CellLikelihood

    def cut(self, parts: Sequence[Part]) -> tuple[list[SourceText], float]:
        """The cells of a row by column, line ends kept, and by how much the best cutting is better than the next."""
        cuttings = [Cutting(0.0, 0.0, (), ("",) * len(self.roles), (0,) * len(self.roles))]
        for n, part in enumerate(parts):
            first, last = n == 0, n == len(parts) - 1
            cuts = self._cuts(part, first=first)
            grown = [
                new
                for old in cuttings
                for new in _Continuation(self.roles, self.likelihood, old, part, cuts, first, last).cuttings()
            ]
            cuttings = nlargest(_KEPT, grown, key=lambda cutting: cutting.score)
        best = cuttings[0]
        margin = best.score - cuttings[1].score if len(cuttings) > 1 else 9.0
        return [_cell(parts, best, column) for column in range(len(self.roles))], margin

    def _cuts(self, part: Part, *, first: bool) -> Sequence[int]:
        """Where cells may end in a part, in order.

        The first line behind a page break can hold the rests of several cells, which begin in lower case and end
        anywhere: every word may be cut off there, at a price.
        """
        text = part.text.text
        line = len(text.partition("\n")[0])
        torn = 0 if first else line
        within = (
            at
            for at in _word_cuts(text, every=not first)
            if (part.shared or at > line) and (at <= torn or not self.likelihood.belong(text[:at], text[at:]))
        )
        cuts = sorted({0, len(text), *_line_ends(text), *within})
        if first:  # a cell begins with a capital, a figure or a sign; what goes on in lower case begins none
            cuts = [at for at in cuts if at in (0, len(text)) or at in part.blanks or MARK_START.match(text[at])]
        return cuts


@dataclass(frozen=True)
class _Continuation:
    """A further part of a row, cut after the parts before it are cut in one way."""

    roles: Sequence[Role]
    likelihood: CellLikelihood
    before: Cutting
    part: Part
    cuts: Sequence[int]
    first: bool
    last: bool

    def cuttings(self) -> list[Cutting]:
        """The best ways to cut the part, the best first."""
        text, old = self._text, self.before
        found = []
        for path in best_paths(self._columns(), len(text), _KEPT, self._loss):
            spans = list(pairwise((0, *path.ends)))
            cells = tuple(self._words(n, start, end) for n, (start, end) in enumerate(spans))
            heights = [_height(text[start:end]) for start, end in spans]
            above = tuple(max(heights) - height for height in heights)
            found.append(Cutting(old.form + path.form, path.content, (*old.ends, path.ends), cells, above))
        return found

    def _columns(self) -> Columns:
        """For each column the steps from each place that the columns before it can reach."""
        columns: list[dict[int, list[Step]]] = []
        starts = {0}
        for n, role in enumerate(self.roles):
            steps = {}
            for start in starts:
                ends = _ends(self.cuts, start, self._text, role, last=n == len(self.roles) - 1)
                steps[start] = [self._step(n, start, end) for end in ends]
            columns.append(steps)
            starts = {step.end for found in steps.values() for step in found}
        return columns

    def _step(self, n: int, start: int, end: int) -> Step:
        role, before, text = self.roles[n], self.before.cells[n], self._text
        piece, words = text[start:end], self._words(n, start, end)
        blank = bool(self.part.blanks.get(start, not self.first))
        promise = self.likelihood.promise(role, words, blank, self._whole(start, end))
        if not self.first and words and not before:
            promise += _BEGUN_LATE
        form = self.likelihood.shape(role, piece)
        if start < end < len(text) and text[end - 1] != "\n":
            form += _MID_LINE if self.first else _MID_LINE_LATE
            if not self.first and self.likelihood.belong(text[:end], text[end:]):
                form += _TORN
        if before and words != before:
            form += self.likelihood.join(before, piece)
        if words != before:
            form += _ENDED_ABOVE * min(max(self.before.above[n] - _LINES_APART, 0), _MOST_ABOVE)
        return Step(end, form, promise)

    def _loss(self, n: int, start: int, end: int) -> float:
        return self.likelihood.loss(self.roles[n], self._words(n, start, end), self._whole(start, end))

    def _whole(self, start: int, end: int) -> bool:
        """Whether no later part can add to a cell: one that a page has nothing of does not go on behind it."""
        return self.last or (start == end and not self.first)

    def _words(self, n: int, start: int, end: int) -> str:
        """The words of the n-th cell if it goes on with a piece of this part."""
        before, piece = self.before.cells[n], self._flats[n][start:end]
        return f"{before} {piece}".strip() if before else piece.strip()

    @cached_property
    def _text(self) -> str:
        return self.part.text.text

    @cached_property
    def _flats(self) -> Sequence[str]:
        """The text as each column would have it, lines joined."""
        return [self.likelihood.flat(role, self._text) for role in self.roles]


def _cell(parts: Sequence[Part], cutting: Cutting, column: int) -> SourceText:
    pieces = []
    for part, ends in zip(parts, cutting.ends, strict=True):
        pieces.append(part.text[ends[column - 1] if column else 0 : ends[column]].strip())
    return SourceText.join("\n", pieces)


def _height(piece: str) -> int:
    """How many lines a piece of a part takes up."""
    return piece.strip().count("\n") + 1 if piece.strip() else 0


def _line_ends(text: str) -> Iterator[int]:
    return (match.end() for match in re.finditer(r"\n", text))


def _word_cuts(text: str, *, every: bool) -> Iterator[int]:
    """Where a cell can end within a line: before any word, or only before one that can begin a cell."""
    for match in re.finditer(r"(?<=[^\n]) +(?=\S)", text):
        if every or MARK_START.match(text[match.end()]):
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

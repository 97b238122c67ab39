"""The likeliest ways to walk through the columns of a row, the dear part of a score worked out only where it matters.

A step takes one column's cell from where the cell before ended to its own end. What a step promises is at least what it
scores, and most promises are too low for their step to lie on any of the best paths; those are never looked into (A*
search: Hart, Nilsson and Raphael 1968, with the best promise of the columns that follow as the estimate).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Step:
    """One column's cell: where it ends, the score of its lines, and the most that its content can score."""

    end: int
    form: float
    promise: float


class Path(NamedTuple):
    """The ends of the cells and the two sums of their scores."""

    ends: tuple[int, ...]
    form: float
    content: float


Columns = Sequence[Mapping[int, Sequence[Step]]]


def best_paths(columns: Columns, goal: int, most: int, loss: Callable[[int, int, int], float]) -> list[Path]:
    """The best paths from 0 to ``goal``, at most so many, the best first.

    ``columns``: for each column the steps from each place where its cell may begin. ``loss``: by how much the content
    of a column's cell, given by its start and end, scores less than promised.
    """
    rest = _best_rest(columns, goal)
    if 0 not in rest[0]:
        return []
    # (what the path can reach at best, whether its last step is still a promise, the path): the least comes first;
    # of paths as good, by sums rounded so that the order of adding does not tell, the one with the shorter first cells
    open_paths: list[tuple[float, bool, Path]] = [(-rest[0][0], False, Path((), 0.0, 0.0))]
    taken: Counter[tuple[int, int]] = Counter()
    found: list[Path] = []
    while open_paths and len(found) < most:
        bound, promised, path = heappop(open_paths)
        column, at = len(path.ends), path.ends[-1] if path.ends else 0
        if promised:
            lost = loss(column - 1, path.ends[-2] if column > 1 else 0, at)
            heappush(open_paths, (round(bound + lost, 9), False, path._replace(content=path.content - lost)))
        elif column == len(columns):
            found.append(path)
        elif taken[column, at] < most:
            taken[column, at] += 1
            for step in columns[column][at]:
                if step.end in rest[column + 1]:
                    new = Path((*path.ends, step.end), path.form + step.form, path.content + step.promise)
                    reach = new.form + new.content + rest[column + 1][step.end]
                    heappush(open_paths, (round(-reach, 9), True, new))
    return found


def _best_rest(columns: Columns, goal: int) -> list[dict[int, float]]:
    """For each column, by where its cell begins, the most that it and those behind it can score."""
    rest: list[dict[int, float]] = [{} for _ in columns] + [{goal: 0.0}]
    for n in range(len(columns) - 1, -1, -1):
        for start, steps in columns[n].items():
            ahead = [s.form + s.promise + rest[n + 1][s.end] for s in steps if s.end in rest[n + 1]]
            if ahead:
                rest[n][start] = max(ahead)
    return rest

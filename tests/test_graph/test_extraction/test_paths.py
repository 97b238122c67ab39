"""The search for the best paths against trying them all."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.flattened.paths import Columns, Step, best_paths

GOAL = 4
SCORES = st.integers(-20, 20).map(lambda n: n / 4)


@st.composite
def columns_with_losses(draw: st.DrawFn) -> tuple[Columns, dict[tuple[int, int, int], float]]:
    """Up to three columns over the places 0 … 4, some steps left out, and what each promise loses."""
    columns: list[dict[int, list[Step]]] = []
    losses = {}
    for n in range(draw(st.integers(1, 3))):
        steps: dict[int, list[Step]] = {start: [] for start in range(GOAL + 1)}
        for start, end in product(range(GOAL + 1), repeat=2):
            if start <= end and draw(st.integers(0, 3)):
                steps[start].append(Step(end, draw(SCORES), draw(SCORES)))
                losses[n, start, end] = draw(st.sampled_from([0.0, 0.5, 3.0]))
        columns.append(steps)
    return columns, losses


def every_score(columns: Columns, losses: dict[tuple[int, int, int], float]) -> list[float]:
    """The scores of all paths, the best first."""
    paths = [(0, 0.0)]
    for n, steps in enumerate(columns):
        paths = [
            (step.end, score + step.form + step.promise - losses[n, at, step.end])
            for at, score in paths
            for step in steps[at]
        ]
    return sorted((score for at, score in paths if at == GOAL), reverse=True)


@given(columns_with_losses(), st.integers(1, 4))
def test_the_best_paths_are_those_that_trying_all_would_find(
    case: tuple[Columns, dict[tuple[int, int, int], float]], most: int
) -> None:
    columns, losses = case
    found = best_paths(columns, GOAL, most, lambda n, start, end: losses[n, start, end])
    assert [round(path.form + path.content, 6) for path in found] == [
        round(score, 6) for score in every_score(columns, losses)[:most]
    ]


def test_no_path_to_the_end_gives_none() -> None:
    assert best_paths([{0: [Step(1, 0.0, 0.0)]}, {1: []}], 2, 4, lambda n, start, end: 0.0) == []


def test_of_paths_as_good_the_one_with_the_shorter_first_cell_comes_first() -> None:
    first = {0: [Step(2, 0.1, 0.2), Step(1, 0.1, 0.2)]}
    second = {1: [Step(2, 0.0, 0.0)], 2: [Step(2, 0.0, 0.0)]}
    assert [path.ends for path in best_paths([first, second], 2, 4, lambda n, start, end: 0.0)] == [(1, 2), (2, 2)]

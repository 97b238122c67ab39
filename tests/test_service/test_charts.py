"""Where the marks of charts stand."""

import pytest

from service.charts import HEIGHT, Series, Value, bars, line_chart, matrix, timeline


def test_bars_are_as_long_as_their_number_of_the_most() -> None:
    drawn = bars([("a", 40, "/a"), ("b", 10, ""), ("c", 0, "")])
    assert [(one.label, one.share, one.href) for one in drawn] == [("a", 100.0, "/a"), ("b", 25.0, ""), ("c", 0.0, "")]
    assert bars([]) == ()
    assert [one.share for one in bars([("a", 0, ""), ("b", 0, "")])] == [0.0, 0.0]


def test_numbers_below_zero_go_to_the_other_side() -> None:
    fallen, risen = bars([("a", -10, "", "Quảng Trị"), ("b", 30, "")])
    assert (fallen.start, fallen.share, fallen.note) == (0.0, 25.0, "Quảng Trị")
    assert (risen.start, risen.share) == (25.0, 75.0)


def test_a_timeline_has_the_quarters_between_too() -> None:
    drawn = timeline({"2025-Q4": 8, "2026-Q3": 2}, {"2026-Q3": "/due"})
    assert [one.quarter for one in drawn.columns] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert [one.value for one in drawn.columns] == [8, 0, 0, 2]
    assert [one.href for one in drawn.columns] == ["", "", "", "/due"]
    assert drawn.columns[0].height == 4 * drawn.columns[3].height
    assert all(one.y + one.height == HEIGHT for one in drawn.columns)
    assert [(year.year, year.x, year.middle) for year in drawn.years] == [("2025", 0.0, 12.5), ("2026", 25.0, 62.5)]
    assert [tick.value for tick in drawn.ticks] == [0, 2, 4, 6, 8]
    assert drawn.ticks[0].y == HEIGHT


@pytest.mark.parametrize("counts", [{}, {"2025": 1}, {"2025-Q5": 1}])
def test_what_is_no_quarter_is_refused(counts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"quarter|empty"):
        timeline(counts)


def test_lines_stand_by_year_and_height() -> None:
    low = Series("low", (Value(2030, 20, "≥"), Value(2025, 10, "baseline")))
    drawn = line_chart([low, Series("high", (Value(2030, 30, "range", high=40),)), Series("none", ())])
    assert [line.series.name for line in drawn.lines] == ["low", "high"]
    assert [line.colour for line in drawn.lines] == [1, 2]
    first, second = drawn.lines[0].points
    assert (first.value.year, second.value.year) == (2025, 2030)
    assert first.x < second.x and first.y > second.y
    assert len(drawn.lines[0].pieces) == 1
    (spread,) = drawn.lines[1].points
    assert spread.y_high is not None and spread.y_high < spread.y < second.y
    assert all(point.y_label < point.y for line in drawn.lines for point in line.points)
    assert drawn.comparators == ("baseline", "≥", "range")
    assert (drawn.ticks[0].value, drawn.ticks[-1].value) == (0, 40)


def test_of_two_numbers_of_one_year_the_lower_is_written_underneath() -> None:
    values = (Value(2025, 15), Value(2025, 10, "baseline"))
    low, high = line_chart([Series("one", values)]).lines[0].points
    assert (low.value.comparator, high.value.number) == ("baseline", 15)
    assert high.y_label < high.y < low.y < low.y_label


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [((0.9, 1.0), [0.9, 0.925, 0.95, 0.975, 1.0]), ((7, 7), [0, 2, 4, 6, 8]), ((-5, 5), [-5, -2.5, 0, 2.5, 5])],
)
def test_lines_across_stand_at_round_numbers(numbers: tuple[float, float], expected: list[float]) -> None:
    drawn = line_chart([Series("one", tuple(Value(2025 + n, number) for n, number in enumerate(numbers)))])
    assert [tick.value for tick in drawn.ticks] == expected


@pytest.mark.parametrize("count", [0, 7])
def test_lines_that_nobody_can_tell_apart_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 6 series"):
        line_chart([Series(str(n), (Value(2025, n),)) for n in range(count)])


def test_a_matrix_is_shaded_by_the_most() -> None:
    drawn = matrix({("b", "2"): 10, ("a", "1"): 1, ("a", "2"): 0})
    assert drawn.rows == ("b", "a")
    assert drawn.columns == ("1", "2")
    assert drawn.cells == {("b", "2"): (10, 5), ("a", "1"): (1, 1)}

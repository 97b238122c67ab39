"""What the page about a thing of one kind is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from service.charts import Bar, bars
from service.kinds.asking import Asking
from service.kinds.tasks import Task, count

_BARS = 12  # of a drawing; the filter of the list has all values


@dataclass(frozen=True, slots=True)
class KindPage:
    """A template, the title, what the template needs beside that, and the IRIs of those who issued the thing."""

    template: str
    title: str
    context: Mapping[str, Any]
    authors: Sequence[str] = field(default=())


def tasks_address(language: str, **parameters: str) -> str:
    """Return the address of the list of tasks on the same page, with filters: relative, as drawings need it."""
    given = {"lang": "en", **parameters} if language == "en" else parameters
    return f"?{urlencode(given)}#tasks"


@dataclass(frozen=True, slots=True)
class CountBars:
    """Bars for the values of a facet that most tasks have, and how many values are left out of the drawing."""

    bars: Sequence[Bar]
    left_out: int


def count_bars(asking: Asking, tasks: Sequence[Task], facet: str) -> CountBars:
    """Return bars for a facet of some tasks; each leads to the list with that filter."""
    counts = count(tasks, facet)
    rows = ((one.name, one.tasks, tasks_address(asking.language, **{facet: one.value})) for one in counts[:_BARS])
    return CountBars(bars(rows), max(0, len(counts) - _BARS))

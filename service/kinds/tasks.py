"""Lists of tasks, as the pages about documents, agencies, topics and areas show them: read, filtered, counted, sorted.

Every number on these pages is a count over such a list, and its link is the same page with the filter that makes it.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode

from graph.namespaces import BASE, PC, thing
from graph.text import natural_key
from service.kinds.asking import Asking, Row
from service.problems import Problem, not_a_page

PAGE = 50
"""Tasks on a page of a list."""

_SELECTIONS = Path(__file__).with_name("selections.toml")
_GROUPS = f"{BASE}id/agency-group/"
_NAMED = ("topic", "leadAgency", "coordinatingAgency")  # what tasks lead to that has a name


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with what it is called, and of an agency the area that it belongs to."""

    iri: str
    name: str
    area: str = ""

    @property
    def group(self) -> bool:
        """Whether it is a collective and no single agency."""
        return self.iri.startswith(_GROUPS)


@dataclass(frozen=True, slots=True)
class Task:
    """A task as lists show it: its deadline as written, and the last day that can mean (ISO 8601); "" for none."""

    iri: str
    title: str
    document: str
    annex: str
    section_number: str
    section: str
    number: str
    order: int
    result: str
    due_by: str
    deadline: str = ""
    topics: tuple[Named, ...] = ()
    leads: tuple[Named, ...] = ()
    coordinators: tuple[Named, ...] = ()
    doubts: tuple[str, ...] = ()
    corrected: bool = False

    @property
    def quarter(self) -> str:
        """The quarter in which it is due, such as "2025-Q4"; "" for none."""
        return f"{self.due_by[:4]}-Q{(int(self.due_by[5:7]) + 2) // 3}" if self.due_by else ""

    @property
    def place(self) -> str:
        """The section that it stands in, with its number."""
        return " ".join(part for part in (self.section_number, self.section) if part)


async def read_tasks(asking: Asking, selection: str, of: NamedNode | None = None) -> list[Task]:
    """Return the tasks that a selection of selections.toml makes, in the order of their documents: those of the thing
    asked about, or of another."""
    pattern, this = _selections()[selection], (of or asking.thing,)
    rows = await asking.rows("tasks", pattern, this=this)
    links: dict[str, dict[str, set[str]]] = {}
    for row in await asking.rows("task-links", pattern, this=this):
        links.setdefault(row["task"], {}).setdefault(row["property"].removeprefix(PC), set()).add(row["value"])
    written: dict[str, dict[str, None]] = {}
    for row in await asking.rows("task-deadlines", pattern, this=this):
        written.setdefault(row["task"], {})[row["written"]] = None
    values = {value for said in links.values() for name in _NAMED for value in said.get(name, ())}
    named = {iri: Named(iri, asking.name(iri), _area_of(iri, asking)) for iri in values}
    found = {
        iri: _task(row, "; ".join(written.get(iri, ())), links.get(iri, {}), named)
        for iri, row in ((row["task"], row) for row in rows)
    }
    return sorted(found.values(), key=lambda task: (task.document, task.order, task.iri))


@lru_cache(maxsize=1)
def _selections() -> Mapping[str, str]:
    return tomllib.loads(_SELECTIONS.read_text(encoding="utf-8"))


def _task(row: Row, deadline: str, links: Mapping[str, Iterable[str]], named: Mapping[str, Named]) -> Task:
    topics, leads, coordinators = (_in_order(map(named.__getitem__, links.get(name, ()))) for name in _NAMED)
    return Task(
        iri=row["task"],
        title=row["title"],
        document=row["document"],
        annex=row.get("annex", ""),
        section_number=row.get("sectionNumber", ""),
        section=row.get("section", ""),
        number=row.get("number", ""),
        order=int(row.get("order", 0)),
        result=row.get("result", ""),
        due_by=row.get("dueBy", ""),
        deadline=deadline,
        topics=topics,
        leads=leads,
        coordinators=coordinators,
        doubts=tuple(sorted(links.get("doubt", ()))),
        corrected="correction" in links,
    )


def _in_order(things: Iterable[Named]) -> tuple[Named, ...]:
    """Return things in the order of their names, collectives last."""
    return tuple(sorted(things, key=lambda one: (one.group, one.name, one.iri)))


def _area_of(iri: str, asking: Asking) -> str:
    """Return the name of the area of an agency or collective, which its IRI says (docs/model.md, Identifiers)."""
    kind, _, path = iri.removeprefix(f"{BASE}id/").partition("/")
    return asking.name(thing("area", path.partition("/")[0])) if kind in ("agency", "agency-group") else ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many tasks of a list have a value: `value` is what the filter takes."""

    value: str
    name: str
    tasks: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to filter a list: the name of its parameter, and the values of each task, with what they are called."""

    name: str
    values: Callable[[Task], Iterable[Named]]


def _ids(things: Iterable[Named]) -> Iterable[Named]:
    return (replace(one, iri=one.iri.removeprefix(f"{BASE}id/")) for one in things)


def _same(text: str) -> Iterable[Named]:
    return (Named(text, text),) if text else ()


FACETS = {
    facet.name: facet
    for facet in (
        Facet("section", lambda task: _same(task.place)),
        Facet("topic", lambda task: _ids(task.topics)),
        Facet("lead", lambda task: _ids(task.leads)),
        Facet("coordinator", lambda task: _ids(task.coordinators)),
        Facet("document", lambda task: _ids((Named(task.document, task.document),))),
        Facet("state", lambda task: [*_same("doubtful" * bool(task.doubts)), *_same("corrected" * task.corrected)]),
        Facet("due", lambda task: _same(task.quarter or "none")),
    )
}
"""The filters by the names of their parameters; `due` is a quarter, or "none"."""

_SORTS: Mapping[str, Callable[[Task], tuple[object, ...]]] = {
    "title": lambda task: (task.title,),
    "lead": lambda task: (not task.leads, tuple(lead.name for lead in task.leads)),
    "due": lambda task: (not task.due_by, task.due_by),
    "number": lambda task: (natural_key(task.section_number), natural_key(task.number)),
}
"""What a list can be sorted by; those that have nothing to sort by stand last."""


@dataclass(frozen=True, slots=True)
class TaskList:
    """A list of tasks as it was asked for: all there are, those that the filters leave, and the page of these."""

    everything: Sequence[Task]
    chosen: Sequence[Task]
    filters: Mapping[str, str]
    sort: str
    page: int

    @property
    def shown(self) -> Sequence[Task]:
        """The tasks on this page."""
        return self.chosen[PAGE * (self.page - 1) : PAGE * self.page]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self.chosen) // PAGE))

    def counts(self, facet: str) -> list[Count]:
        """Return how many of all tasks have each value of a facet: most first, quarters and sections in order."""
        return count(self.everything, facet)

    def number(self, facet: str, value: str) -> int:
        """Return how many of all tasks have a value of a facet."""
        return sum(one.tasks for one in self.counts(facet) if one.value == value)


def count(tasks: Iterable[Task], facet: str) -> list[Count]:
    """Return how many tasks have each value of a facet: most first; quarters and sections in their order."""
    numbers: Counter[str] = Counter()
    found: dict[str, Named] = {}
    for task in tasks:
        for value in FACETS[facet].values(task):
            numbers[value.iri] += 1
            found[value.iri] = value
    several = len({one.area for one in found.values()}) > 1  # agencies of one name in different areas
    names = {key: f"{one.name} ({one.area})" if several and one.area else one.name for key, one in found.items()}
    if facet == "due":
        return [Count(value, names[value], numbers[value]) for value in sorted(numbers)]
    if facet == "section":
        return [Count(value, value, number) for value, number in numbers.items()]
    ordered = sorted(numbers, key=lambda value: (-numbers[value], names[value], value))
    return [Count(value, names[value], numbers[value]) for value in ordered]


def listed(tasks: Sequence[Task], given: Mapping[str, str]) -> TaskList:
    """Return a list as the parameters of a page ask for it. Raises Problem for a sort or page that is none."""
    filters = {name: given[name] for name in FACETS if given.get(name)}
    chosen = [task for task in tasks if all(_has(task, name, value) for name, value in filters.items())]
    sort = given.get("sort", "")
    key = _SORTS.get(sort.removeprefix("-"))
    if sort and key is None:
        listed_sorts = ", ".join(_SORTS)
        vi = f'sort="{sort}": có thể là {listed_sorts}, thêm "-" ở trước để đảo thứ tự.'
        said = f'sort="{sort}": can be {listed_sorts}, each with "-" before it to turn round.'
        raise Problem("bad-parameter", said, vi=vi)
    if key is not None:
        chosen.sort(key=key, reverse=sort.startswith("-"))
    page = given.get("page", "1")
    last = max(1, -(-len(chosen) // PAGE))
    if not (page.isascii() and page.isdigit() and 1 <= int(page) <= last):
        raise not_a_page("page", page, last)
    return TaskList(tasks, chosen, filters, sort, int(page))


def _has(task: Task, facet: str, value: str) -> bool:
    return any(one.iri == value for one in FACETS[facet].values(task))

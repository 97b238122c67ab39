"""The page about an agency or a collective: what it leads and coordinates, with whom, when it is due, on what topics,
what its counterparts elsewhere have, and what it was before and became."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from graph.namespaces import DCT, PC, SKOS
from service.charts import Timeline, timeline
from service.kinds.asking import Asking
from service.kinds.facts import Facts, read_documents, read_predecessors
from service.kinds.page import KindPage, count_bars, tasks_address
from service.kinds.tasks import Named, Task, count, listed, read_tasks

ROLES = ("lead", "coordination")


@dataclass(frozen=True, slots=True)
class Partner:
    """An agency with which tasks are shared: those that this one leads and it coordinates, and the other way round."""

    agency: Named
    led: int
    coordinated: int


@dataclass(frozen=True, slots=True)
class Counterpart:
    """An agency of a type or area, with how many tasks it leads and coordinates."""

    agency: Named
    area: Named | None
    led: int
    coordinated: int


async def read_agency(asking: Asking, facts: Facts) -> KindPage:
    """Return the page about an agency or a collective."""
    iri = asking.thing.value
    everything = await read_tasks(asking, "agency")
    led = [task for task in everything if _in(iri, task.leads)]
    coordinated = [task for task in everything if _in(iri, task.coordinators)]
    role = asking.given.get("role", "")
    tasks = {"lead": led, "coordination": coordinated}.get(role, everything)
    kind = facts.thing(PC + "agencyType")
    label = facts.text(SKOS + "prefLabel")
    context: dict[str, Any] = {
        "name": label,
        "other_names": facts.texts(SKOS + "altLabel"),
        "area": facts.thing(PC + "area"),
        "type": kind,
        "covers": facts.things(PC + "coversType"),
        "group": Named(iri, label).group,
        "before": await read_predecessors(asking, facts),
        "after": facts.things(DCT + "isReplacedBy"),
        "led": led,
        "coordinated": coordinated,
        "role": role if role in ROLES else "",
        "partners": _partners(iri, led, coordinated),
        "topics": count_bars(asking, everything, "topic"),
        "when": [_when(asking, name, tasks) for name, tasks in (("lead", led), ("coordination", coordinated)) if tasks],
        "tasks": listed(tasks, asking.given),
        "documents": await read_documents(asking, {task.document for task in everything}),
        "counterparts": await read_counterparts(asking, "agencies-of-type", kind.iri) if kind else [],
        "changes": await read_changes(asking, [iri, *([kind.iri] if kind else [])]),
    }
    area = context["area"]  # tells it from its counterparts in a row of tabs, or among what a search engine found
    return KindPage("agency.html", f"{label}, {area.name}" if area and area.name not in label else label, context)


def _in(iri: str, agents: Iterable[Named]) -> bool:
    return any(one.iri == iri for one in agents)


def _partners(iri: str, led: Sequence[Task], coordinated: Sequence[Task]) -> list[Partner]:
    """Return with whom tasks are shared, most first."""
    names: dict[str, Named] = {}
    counts: dict[str, Counter[str]] = {"led": Counter(), "coordinated": Counter()}
    for role, tasks in (("led", led), ("coordinated", coordinated)):
        for task in tasks:
            for other in task.coordinators if role == "led" else task.leads:
                if other.iri != iri:
                    names[other.iri] = other
                    counts[role][other.iri] += 1
    partners = [Partner(one, counts["led"][key], counts["coordinated"][key]) for key, one in names.items()]
    return sorted(partners, key=lambda one: (-one.led - one.coordinated, one.agency.name, one.agency.iri))


@dataclass(frozen=True, slots=True)
class When:
    """When the tasks of a role are due: a chart by quarter, None where no task names a day, and how many name none."""

    role: str
    chart: Timeline | None
    undated: int


def _when(asking: Asking, role: str, tasks: Sequence[Task]) -> When:
    counts = {one.value: one.tasks for one in count(tasks, "due")}
    undated = counts.pop("none", 0)
    addresses = {quarter: tasks_address(asking.language, role=role, due=quarter) for quarter in counts}
    return When(role, timeline(counts, addresses) if counts else None, undated)


async def read_counterparts(asking: Asking, query: str, iri: str) -> list[Counterpart]:
    """Return the agencies of a type or area with their numbers of tasks: those that lead most first."""
    found: dict[str, dict[str, str]] = {}
    for row in await asking.rows(query, this=(NamedNode(iri),)):
        one = found.setdefault(row["agency"], {"label": row["label"], "area": row.get("area", "")})
        one[row["role"].removeprefix(PC)] = row["tasks"]
    agencies = [
        Counterpart(
            Named(agency, one["label"]),
            Named(one["area"], asking.name(one["area"])) if one["area"] else None,
            int(one.get("leadAgency", 0)),
            int(one.get("coordinatingAgency", 0)),
        )
        for agency, one in found.items()
    ]
    return sorted(agencies, key=lambda one: (-one.led, -one.coordinated, one.agency.name, one.agency.iri))


@dataclass(frozen=True, slots=True)
class Change:
    """A reorganisation: when, and what became of what."""

    event: Named
    date: str


async def read_changes(asking: Asking, iris: Iterable[str]) -> list[Change]:
    """Return the reorganisations that some agencies, types or areas took part in, in order of time."""
    rows = await asking.rows("changes", this=map(NamedNode, iris))
    found = {Change(Named(row["change"], asking.name(row["change"])), row.get("date", "")) for row in rows}
    return sorted(found, key=lambda one: (one.date, one.event.iri))

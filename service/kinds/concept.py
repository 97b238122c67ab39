"""The pages about a topic, an area and a type of agency: what they are, and the plans, agencies and tasks of each."""

from collections.abc import Mapping, Sequence

from graph.namespaces import DCT, PC, SKOS
from service.kinds.agency import read_changes, read_counterparts
from service.kinds.asking import Asking
from service.kinds.facts import Facts, read_documents, read_predecessors
from service.kinds.page import KindPage, count_bars
from service.kinds.tasks import Named, Task, listed, read_tasks


async def read_topic(asking: Asking, facts: Facts) -> KindPage:
    """Return the page about a topic: its tasks and those of the narrower topics."""
    tasks = await read_tasks(asking, "topic")
    context = {
        "signals": facts.texts(SKOS + "hiddenLabel"),
        "counter_signals": facts.texts(PC + "counterSignal"),
        "leads": count_bars(asking, tasks, "lead"),
    }
    return await _page("topic.html", asking, facts, tasks, context)


async def read_area(asking: Asking, facts: Facts) -> KindPage:
    """Return the page about an area: its plans, its agencies, and what its plans order."""
    tasks = await read_tasks(asking, "area")
    documents = await asking.rows("documents-of-area")
    context = {
        "plans": await read_documents(asking, [row["document"] for row in documents]),
        "agencies": await read_counterparts(asking, "agencies-of-area", asking.thing.value),
        "codes": {name: facts.texts(iri) for name, iri in _codes().items()},
        "changes": await read_changes(asking, [asking.thing.value]),
    }
    return await _page("area.html", asking, facts, tasks, context)


async def read_agency_type(asking: Asking, facts: Facts) -> KindPage:
    """Return the page about a type of agency: its agencies in all areas, and the tasks they lead."""
    tasks = await read_tasks(asking, "agency-type")
    context = {
        "agencies": await read_counterparts(asking, "agencies-of-type", asking.thing.value),
        "level": facts.thing(PC + "level"),
        "counterparts": facts.things(PC + "provincialCounterpart"),
        "changes": await read_changes(asking, [asking.thing.value]),
    }
    return await _page("agency_type.html", asking, facts, tasks, context)


def _codes() -> Mapping[str, str]:
    return {"notation": SKOS + "notation", "formerCode": PC + "formerCode", "isoCode": PC + "isoCode"}


async def _page(
    template: str, asking: Asking, facts: Facts, tasks: Sequence[Task], context: Mapping[str, object]
) -> KindPage:
    label = facts.text(SKOS + "prefLabel")
    shared = {
        "name": label,
        "definition": facts.text(SKOS + "definition"),
        "scope": facts.text(SKOS + "scopeNote"),
        "other_names": facts.texts(SKOS + "altLabel"),
        "broader": facts.things(SKOS + "broader"),
        "narrower": await _narrower(asking),
        "before": await read_predecessors(asking, facts),
        "after": facts.things(DCT + "isReplacedBy"),
        "tasks": listed(tasks, asking.given),
        "documents": await read_documents(asking, {task.document for task in tasks}),
    }
    return KindPage(template, label, {**shared, **context})


async def _narrower(asking: Asking) -> list[Named]:
    rows = await asking.rows("narrower")
    named = (Named(row["narrower"], asking.name(row["narrower"])) for row in rows)
    return sorted(named, key=lambda one: (one.name, one.iri))

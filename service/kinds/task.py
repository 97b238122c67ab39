"""The page about a task: all its fields, what each rests on, what was corrected, and the same task in other plans."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.namespaces import PC, SKOS
from service.kinds.asking import Asking
from service.kinds.evidence import read_evidence, shown
from service.kinds.facts import TITLE, Facts, read_documents
from service.kinds.page import KindPage
from service.kinds.parts import read_parts
from service.kinds.tasks import Named, Task, listed, read_tasks


@dataclass(frozen=True, slots=True)
class Alike:
    """A task of another plan that orders the same. The rest is of the link between the two, where there is one: its
    IRI, how sure it is, whether it is proposed or was reviewed, and the wording that both share."""

    task: Task
    link: str = ""
    confidence: str = ""
    status: str = ""
    wording: str = ""


async def read_task(asking: Asking, facts: Facts) -> KindPage:
    """Return the page about a task."""
    (task,) = await read_tasks(asking, "itself")
    parts = await read_parts(asking)
    shared = facts.thing(PC + "sharedTask")
    alike = await _alike(asking, task, shared) if shared else []
    context = {
        "task": task,
        "documents": await read_documents(asking, [task.document, *(one.task.document for one in alike)]),
        "assignments": parts.assignments(),
        "deadlines": parts.deadlines(),
        "corrections": parts.corrections(),
        "confidence": facts.text(PC + "confidence"),
        "evidence": shown(asking, await read_evidence(asking, task.iri), parts.names()),
        "shared": shared,
        "alike": alike,
    }
    return KindPage("task.html", facts.text(TITLE), context)


async def read_shared_task(asking: Asking, facts: Facts) -> KindPage:
    """Return the page about what several plans order alike: the tasks of each, and who leads them there."""
    tasks = await read_tasks(asking, "shared-task")
    name = facts.text(SKOS + "prefLabel")
    context = {
        "name": name,
        "tasks": listed(tasks, asking.given),
        "documents": await read_documents(asking, [task.document for task in tasks]),
    }
    return KindPage("shared_task.html", name, context)


async def _alike(asking: Asking, task: Task, shared: Named) -> list[Alike]:
    links = {row["other"]: row for row in await asking.rows("links")}
    found = []
    for other in await read_tasks(asking, "shared-task", NamedNode(shared.iri)):
        if other.iri != task.iri:
            link = links.get(other.iri, {})
            status = asking.name(link["status"]) if "status" in link else ""
            wording = link.get("wording", "")
            found.append(Alike(other, link.get("link", ""), link.get("confidence", ""), status, wording))
    return found

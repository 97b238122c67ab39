"""Pages by kind: what the page about a document, task, agency, indicator, topic, area … shows.

Each is read by the queries of queries/ and drawn by a template of the same name; things of other classes have the
generic page of service.thing_pages.
"""

from collections.abc import Awaitable, Callable, Mapping

from graph.namespaces import PC
from service.kinds.agency import read_agency
from service.kinds.asking import Asking
from service.kinds.concept import read_agency_type, read_area, read_topic
from service.kinds.document import read_document
from service.kinds.facts import CLASS, Facts, read_facts
from service.kinds.indicator import read_indicator, read_plan_indicator
from service.kinds.page import KindPage
from service.kinds.source import read_passage, read_source
from service.kinds.task import read_shared_task, read_task

KINDS: Mapping[str, Callable[[Asking, Facts], Awaitable[KindPage | None]]] = {
    PC + "Document": read_document,
    PC + "Task": read_task,
    PC + "Agency": read_agency,
    PC + "AgencyGroup": read_agency,
    PC + "Indicator": read_indicator,
    PC + "PlanIndicator": read_plan_indicator,
    PC + "Topic": read_topic,
    PC + "Area": read_area,
    PC + "AgencyType": read_agency_type,
    PC + "SharedTask": read_shared_task,
    PC + "Source": read_source,
    PC + "Passage": read_passage,
}
"""Class -> what reads the page about a thing of it."""


async def read_kind(asking: Asking) -> KindPage | None:
    """Return the page about a thing, None where its class has no page of its own."""
    facts = await read_facts(asking)
    reader = next((KINDS[iri] for iri in facts.texts(CLASS) if iri in KINDS), None)
    return await reader(asking, facts) if reader else None

"""Links to quads: the graph that says what in different documents is the same, near or done for the other, and why.

A link is an SSSOM mapping (https://mapping-commons.github.io/sssom/). Its ends are not those of an owl:Axiom: to an OWL
tool that would assert what a method only proposes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from graph.linking.indicators import SharedIndicators
from graph.linking.links import Link
from graph.linking.tasks import SharedTasks, TaskMention
from graph.namespaces import BASE, PC, RDF, RDFS, SEMAPV, SKOS, SSSOM, XSD, graph_iri, thing

_IDS = f"{BASE}id/"


def link_iri(subject: str, object_: str) -> str:
    """The link between two things: ``id/link/<subject>/to/<object>``, each as below ``id/``."""
    return thing("link", subject.removeprefix(_IDS), "to", object_.removeprefix(_IDS))


def shared_task_iri(leader: str) -> str:
    """The task that several plans share, named after the earliest: ``id/shared-task/<document>/<task>``."""
    document, task = leader.removeprefix(f"{_IDS}document/").split("/task/")
    return thing("shared-task", document, task)


def link_quads(
    tasks: Iterable[TaskMention], shared_tasks: SharedTasks, indicators: SharedIndicators, others: Iterable[Link]
) -> list[Quad]:
    """The quads of the graph of links, sorted: links, shared tasks, and the canonical indicator of each indicator."""
    writer = _Writer()
    for link in (*shared_tasks.links, *indicators.links, *others):
        writer.add_link(link)
    writer.add_shared_tasks(shared_tasks.leaders, {task.iri: task.title for task in tasks})
    for iri, canonical in indicators.canonical.items():
        writer.add(iri, f"{PC}canonicalIndicator", NamedNode(canonical))
    for iri, measure in indicators.measures.items():
        writer.add(iri, f"{PC}measure", NamedNode(thing("unit", measure)))
    return sorted(set(writer.quads), key=str)


class _Writer:
    def __init__(self) -> None:
        self._graph = NamedNode(graph_iri("linking"))
        self.quads: list[Quad] = []

    def add(self, subject: str, predicate: str, value: NamedNode | Literal) -> None:
        """A statement."""
        self.quads.append(Quad(NamedNode(subject), NamedNode(predicate), value, self._graph))

    def add_link(self, link: Link) -> None:
        """A link, and where its ends are no tasks the statement itself."""
        iri = link_iri(link.subject, link.object)
        if "/task/" not in link.subject:
            self.add(link.subject, link.predicate, NamedNode(link.object))
        for kind in (f"{PC}Link", f"{SSSOM}Mapping"):
            self.add(iri, f"{RDF}type", NamedNode(kind))
        self.add(iri, f"{PC}linkSubject", NamedNode(link.subject))
        self.add(iri, f"{PC}linkPredicate", NamedNode(link.predicate))
        self.add(iri, f"{PC}linkObject", NamedNode(link.object))
        self.add(iri, f"{SSSOM}mapping_justification", NamedNode(f"{SEMAPV}{link.justification}"))
        self.add(iri, f"{SSSOM}confidence", Literal(f"{link.score:.2f}", datatype=NamedNode(f"{XSD}decimal")))
        self.add(iri, f"{PC}linkStatus", NamedNode(thing("link-status", link.status)))
        for words in link.wording:
            self.add(iri, f"{PC}sharedWording", Literal(words, language="vi"))
        for topic in link.topics:
            self.add(iri, f"{PC}sharedTopic", NamedNode(thing("topic", topic)))
        if link.decision:
            self.add(iri, f"{SSSOM}reviewer_label", Literal(link.decision.by))
            self.add(iri, f"{SSSOM}mapping_date", Literal(link.decision.on, datatype=NamedNode(f"{XSD}date")))
            self.add(iri, f"{RDFS}comment", Literal(link.decision.why))

    def add_shared_tasks(self, leaders: Mapping[str, str], titles: Mapping[str, str]) -> None:
        """What several plans order, and the tasks of the plans."""
        for task, leader in leaders.items():
            shared = shared_task_iri(leader)
            self.add(task, f"{PC}sharedTask", NamedNode(shared))
            self.add(shared, f"{RDF}type", NamedNode(f"{PC}SharedTask"))
            self.add(shared, f"{RDF}type", NamedNode(f"{SKOS}Concept"))
            self.add(shared, f"{SKOS}prefLabel", Literal(titles[leader], language="vi"))

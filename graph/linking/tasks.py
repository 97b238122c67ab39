"""The same task in different plans: clusters of tasks whose titles say the same, each around its earliest task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.linking.links import CLOSE, EXACT, SIMILAR, Decision, Link, reviewed
from graph.linking.similarity import Item, match

ALIKE = 0.5  # chosen on the labelled pairs: docs/linking.md has precision and recall
SAME_WORDS = 0.95  # nothing but misprints and a word such as "xây dựng" apart


@dataclass(frozen=True, slots=True)
class TaskMention:
    """A task of a plan: IRI, IRI of the document, last day that its date can mean (None: unknown), title, topics."""

    iri: str
    document: str
    dated: str | None
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedTasks:
    """The links between tasks, and for each task in a cluster the leader of the cluster."""

    links: tuple[Link, ...]
    leaders: dict[str, str]


def same_tasks(tasks: Sequence[TaskMention], decisions: Sequence[Decision] = ()) -> SharedTasks:
    """Tasks of different documents that say the same; people's decisions hold against the method."""
    ordered = sorted(tasks, key=lambda task: (task.dated is None, task.dated or "", task.document))
    found = {task.iri: task for task in ordered}
    mine = [decision for decision in decisions if decision.subject in found]
    items = [Item(task.iri, task.document, task.title) for task in ordered]
    apart = [decision.ends for decision in mine if not decision.accepted]
    leaders: dict[str, str] = {}
    links = []
    for hit in match(items, ALIKE, apart):
        leaders[hit.member] = leaders[hit.leader] = hit.leader
        topics = sorted(set(found[hit.member].topics) & set(found[hit.leader].topics))
        predicate = EXACT if hit.score >= SAME_WORDS else CLOSE
        links.append(
            Link(hit.member, predicate, hit.leader, SIMILAR, hit.score, "proposed", hit.wording, tuple(topics))
        )
    accepted = [decision for decision in mine if decision.accepted]
    place = {iri: n for n, iri in enumerate(found)}
    for decision in accepted:
        _join(leaders, *sorted((leaders.get(end, end) for end in decision.ends), key=place.__getitem__))
    decided = {frozenset(decision.ends) for decision in accepted}
    proposed = [link for link in links if frozenset((link.subject, link.object)) not in decided]
    return SharedTasks((*proposed, *map(reviewed, accepted)), leaders)


def _join(leaders: dict[str, str], first: str, second: str) -> None:
    """Let one leader lead the cluster of another too."""
    for iri, leader in [*leaders.items(), (first, first), (second, second)]:
        if leader in (first, second):
            leaders[iri] = first

"""What several sources have in common, collected while each is mapped."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from graph.linking.agencies import Agent
from graph.linking.indicators import IndicatorMention
from graph.linking.tasks import TaskMention
from graph.records import CitationRecord


@dataclass
class Shared:
    """What sources have in common: agents with the names they were written under, indicators likewise, documents that
    are cited."""

    agents: dict[str, Agent] = field(default_factory=dict)
    names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    cited: dict[str, list[tuple[CitationRecord, str]]] = field(default_factory=lambda: defaultdict(list))
    held: set[str] = field(default_factory=set)
    tasks: list[TaskMention] = field(default_factory=list)
    indicators: list[IndicatorMention] = field(default_factory=list)
    implemented: set[tuple[str, str]] = field(default_factory=set)  # (document, what a third says that it implements)

    def update(self, other: Shared) -> None:
        """Take in what another source has."""
        self.agents.update(other.agents)
        for iri, names in other.names.items():
            self.names[iri].update(names)
        for iri, citations in other.cited.items():
            self.cited[iri].extend(citations)
        self.held |= other.held
        self.tasks += other.tasks
        self.indicators += other.indicators
        self.implemented |= other.implemented


def most_written(names: Counter[str]) -> str:
    """The most frequent of several; of two as frequent the first in order."""
    return min(names, key=lambda name: (-names[name], name))

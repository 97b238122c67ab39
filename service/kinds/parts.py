"""The parts of a record: its assignments, deadlines, topics, targets and corrections, read off in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.namespaces import DCT, PC, PROV
from service.kinds.asking import Asking
from service.kinds.excerpts import kind_of
from service.kinds.facts import Facts, by_property
from service.kinds.tasks import Named


@dataclass(frozen=True, slots=True)
class Assignment:
    """What an agent has to do with a record: `role` is "lead" or "coordination"."""

    iri: str
    agent: Named
    role: str
    written: str
    inherited: bool
    confidence: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as written and as read: its kind, the last day it can mean, how it recurs, and for which result."""

    iri: str
    written: str
    kind: str
    due_by: str
    recurrence: str
    result: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person put right: the field, its value before and after, why, who and when."""

    iri: str
    field: str
    before: str
    after: str
    reason: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a record by their IRIs."""

    facts: Mapping[str, Facts]

    def assignments(self) -> list[Assignment]:
        """Return the assignments: leads first, single agencies before collectives."""
        found = []
        for iri, said in self._of("lead", "coordination"):
            agent = said.thing(PROV + "agent")
            if agent:
                inherited = said.text(PC + "inherited") == "true"
                role, written = kind_of(iri), said.text(PC + "asWritten")
                found.append(Assignment(iri, agent, role, written, inherited, said.text(PC + "confidence")))
        return sorted(found, key=lambda one: (one.role != "lead", one.agent.group, one.agent.name, one.iri))

    def deadlines(self) -> list[Deadline]:
        """Return the deadlines in the order of the cell."""
        found = []
        for iri, said in self._of("deadline"):
            kind, recurrence = said.thing(PC + "deadlineKind"), said.thing(PC + "recurrence")
            found.append(
                Deadline(
                    iri,
                    said.text(PC + "asWritten"),
                    kind.name if kind else "",
                    said.text(PC + "dueBy"),
                    recurrence.name if recurrence else "",
                    said.text(PC + "forResult"),
                )
            )
        return sorted(found, key=lambda one: one.iri)

    def names(self) -> dict[str, str]:
        """Return what parts are about beside their kind: the agent, the topic, the year, the field."""
        told: dict[str, str] = {one.iri: one.agent.name for one in self.assignments()}
        told |= {iri: topic.name for iri, said in self._of("classification") if (topic := said.thing(DCT + "subject"))}
        told |= {iri: said.text(PC + "year") for iri, said in self._of("target")}
        return told | {iri: said.text(PC + "correctedField") for iri, said in self._of("correction")}

    def corrections(self) -> list[Correction]:
        """Return the corrections in their order."""
        names = ("correctedField", "valueBefore", "valueAfter", "reason", "correctedBy", "correctedOn")
        found = [Correction(iri, *(said.text(PC + name) for name in names)) for iri, said in self._of("correction")]
        return sorted(found, key=lambda one: one.iri)

    def _of(self, *kinds: str) -> list[tuple[str, Facts]]:
        return [(iri, said) for iri, said in self.facts.items() if kind_of(iri) in kinds]


async def read_parts(asking: Asking) -> Parts:
    """Return the parts of the record asked about."""
    rows: dict[str, list[Mapping[str, str]]] = {}
    for row in await asking.rows("parts"):
        rows.setdefault(row["part"], []).append(row)
    return Parts({iri: Facts(by_property(said), asking) for iri, said in rows.items()})

"""Links between things of different documents: what is linked, how it was found, how sure, and what people decided.

The parts of a link are those of SSSOM (https://mapping-commons.github.io/sssom/): subject, predicate, object,
justification (a term of SEMAPV), confidence, reviewer and reason. People's decisions are kept in data/links/*.toml;
docs/linking.md says how.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from graph.entries import check_entry, read_toml
from graph.namespaces import BASE, SKOS

DECISIONS = Path(__file__).parent.parent.parent / "data" / "links"
EXACT, CLOSE = f"{SKOS}exactMatch", f"{SKOS}closeMatch"

Status = Literal["stated", "proposed", "reviewed"]
Justification = Literal[
    "LexicalMatching",
    "LexicalSimilarityThresholdMatching",
    "BackgroundKnowledgeBasedMatching",
    "ManualMappingCuration",
    "UnspecifiedMatching",
]

SAME_READING: Justification = "LexicalMatching"
SIMILAR: Justification = "LexicalSimilarityThresholdMatching"

_PREDICATES: Mapping[str, str] = {"exactMatch": EXACT, "closeMatch": CLOSE}
_PARTS: Mapping[str, type] = {
    "subject": str,
    "predicate": str,
    "object": str,
    "decision": str,
    "by": str,
    "on": datetime.date,
    "why": str,
}


class LinkError(Exception):
    """A decision cannot be read or no longer fits; the message names the file, the entry and the reason."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a link: whether it holds, who, when (``YYYY-MM-DD``) and why. ``place`` is file and
    entry."""

    subject: str
    predicate: str
    object: str
    accepted: bool
    by: str
    on: str
    why: str
    place: str

    @property
    def ends(self) -> tuple[str, str]:
        """Subject and object."""
        return self.subject, self.object


@dataclass(frozen=True, slots=True)
class Link:
    """That ``subject predicate object`` holds, ``score`` sure (0 … 1).

    ``status``: *stated* by a document or vocabulary, *proposed* by a method, or *reviewed* by a person, whose
    ``decision`` it then carries. ``wording`` is what the two have in common as written, ``topics`` slugs of shared
    topics.
    """

    subject: str
    predicate: str
    object: str
    justification: Justification
    score: float
    status: Status
    wording: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    decision: Decision | None = None


def reviewed(decision: Decision) -> Link:
    """The link that a person accepted."""
    subject, predicate, object_ = decision.subject, decision.predicate, decision.object
    return Link(subject, predicate, object_, "ManualMappingCuration", 1.0, "reviewed", decision=decision)


def load_decisions(folder: Path = DECISIONS) -> tuple[Decision, ...]:
    """The decisions of a folder, in the order of files and entries; a folder that is not there holds none. Raises
    :class:`LinkError`."""
    found: dict[frozenset[str], Decision] = {}
    for path in sorted(folder.glob("*.toml")):
        entries = read_toml(path, LinkError).get("link", [])
        if not entries:
            raise LinkError(f"{path}: holds no [[link]]")
        for n, entry in enumerate(entries, 1):
            decision = _read(f"{folder.name}/{path.name}: link {n}", entry)
            earlier = found.setdefault(frozenset(decision.ends), decision)
            if earlier is not decision:
                raise LinkError(f"{decision.place}: {earlier.place} decides about the same two things; keep one")
    return tuple(found.values())


def check_ends(decisions: Sequence[Decision], known: Collection[str]) -> None:
    """Make sure that both ends of each decision are in the graph. Raises :class:`LinkError`."""
    for decision in decisions:
        gone = next((end for end in decision.ends if end not in known), None)
        if gone:
            raise LinkError(
                f"{decision.place}: {gone.removeprefix(f'{BASE}id/')} is no task or indicator of the graph (any more); "
                "mend the decision or remove it"
            )


def _read(place: str, entry: Mapping[str, Any]) -> Decision:
    check_entry(place, entry, _PARTS, "a decision", LinkError)
    if entry["predicate"] not in _PREDICATES:
        raise LinkError(f"{place}: predicate must be one of {', '.join(_PREDICATES)}")
    if entry["decision"] not in ("accept", "reject"):
        raise LinkError(f"{place}: decision must be accept or reject")
    if entry["subject"] == entry["object"]:
        raise LinkError(f"{place}: subject and object are the same")
    return Decision(
        subject=f"{BASE}id/{entry['subject']}",
        predicate=_PREDICATES[entry["predicate"]],
        object=f"{BASE}id/{entry['object']}",
        accepted=entry["decision"] == "accept",
        by=entry["by"],
        on=entry["on"].isoformat(),
        why=entry["why"],
        place=place,
    )

"""Which indicator a name means: the same name in two plans is one concept, and names that read alike are the same."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graph.linking.links import CLOSE, EXACT, SAME_READING, SIMILAR, Decision, Link, reviewed
from graph.text import fold, slug
from graph.vocabulary import Vocabulary, fold_unit

_MARKS = re.compile(r"\(\s*[*•'^c]{0,3}\s*\)|[*¹²³⁴⁵⁶]")  # footnote marks, some damaged by OCR
_EMPTY_UNIT = re.compile(r"\(\s*%\s*\)")


def indicator_slug(name: str) -> str:
    """The slug of the concept that an indicator's name means; footnote marks and a unit in brackets do not count."""
    return slug(_EMPTY_UNIT.sub("", _MARKS.sub("", name)))


def indicator_label(name: str) -> str:
    """The name without footnote marks."""
    return (
        " ".join(_MARKS.sub("", name).split()).rstrip(" .)")
        if name.count("(") < name.count(")")
        else " ".join(_MARKS.sub("", name).split())
    )


_ATTAINMENT = "attainment"
SURE, NEAR = 1.0, 0.7  # what a link between indicators scores: the same words, or one name within the other


@dataclass(frozen=True, slots=True)
class IndicatorMention:
    """A row of a plan that states an indicator: IRI of the concept its name means, name, what it measures
    (:func:`measured`), document."""

    concept: str
    name: str
    measure: str | None
    document: str


@dataclass(frozen=True, slots=True)
class SharedIndicators:
    """The links between indicator concepts, for each concept the one that stands for all that are the same, and what
    it measures, where its units say (slug of a unit)."""

    links: tuple[Link, ...]
    canonical: dict[str, str]
    measures: dict[str, str]


@dataclass(frozen=True)
class Wordings:
    """How names of indicators are compared, as wordings.toml says; everything folded."""

    spellings: Mapping[str, str]
    beginnings: tuple[str, ...]
    phrases: tuple[str, ...]
    words: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Wordings:
        """Read the file."""
        said = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text(encoding="utf-8"))
        left_out = said["left_out"]
        return Wordings(
            {fold(wrong): fold(right) for wrong, right in said["spellings"].items()},
            tuple(map(fold, left_out["beginnings"])),
            tuple(map(fold, left_out["phrases"])),
            frozenset(map(fold, left_out["words"])),
        )

    def core(self, name: str) -> Core:
        """The words of a name that tell it from another, in alphabetical order."""
        text = f" {fold(indicator_label(_EMPTY_UNIT.sub('', name)))} "
        for wrong, right in self.spellings.items():
            text = text.replace(f" {wrong} ", f" {right} ")
        for phrase in self.phrases:
            text = text.replace(f" {phrase} ", " ")
        for beginning in self.beginnings:
            text = f" {text.removeprefix(f' {beginning} ').lstrip()}"
        return tuple(sorted(word for word in text.split() if word not in self.words))


def measured(unit: str, valued: bool, vocabulary: Vocabulary) -> str | None:
    """What an indicator with this unit measures: the slug of the broadest unit that it is one of ("ratio" for "%" and
    "% dân số"), "attainment" where its targets are no values; None where no unit says."""
    if not valued:
        return _ATTAINMENT
    slug_ = vocabulary.unit_names.get(fold_unit(unit))
    while slug_ and vocabulary.units[slug_].broader:
        slug_ = vocabulary.units[slug_].broader[0]
    return slug_


Core = tuple[str, ...]


def same_indicators(mentions: Sequence[IndicatorMention], decisions: Sequence[Decision] = ()) -> SharedIndicators:
    """Indicator concepts that measure the same thing.

    Names that read alike and measure alike are the same (exactMatch); a name whose words are all in another's is near
    (closeMatch), which is a proposal and joins nothing. People's decisions hold against the method.
    """
    concepts = _concepts(mentions, Wordings.load())
    mine = [decision for decision in decisions if decision.subject in concepts]
    apart = {frozenset(decision.ends) for decision in mine if not decision.accepted}
    same = [decision for decision in mine if decision.accepted and decision.predicate == EXACT]
    groups = _groups(concepts, apart)
    canonical = {iri: min(group, key=lambda one: _standing(concepts[one])) for group in groups for iri in group}
    links = [
        Link(iri, EXACT, first, SAME_READING, SURE, "proposed", (concepts[iri].name,))
        for iri, first in canonical.items()
        if iri != first
    ]
    links += _near(concepts, sorted(set(canonical.values())), apart)
    for decision in same:
        _merge(canonical, *decision.ends)
    accepted = {frozenset(decision.ends) for decision in mine if decision.accepted}
    kept = [
        link
        for link in links
        if frozenset((link.subject, link.object)) not in accepted
        # two that a person joined are not near any more
        and (link.predicate == EXACT or canonical[link.subject] != canonical[link.object])
    ]
    measures = {concept.iri: concept.measure for concept in concepts.values() if concept.measure}
    return SharedIndicators((*kept, *(reviewed(one) for one in mine if one.accepted)), canonical, measures)


@dataclass(frozen=True, slots=True)
class _Concept:
    iri: str
    name: str
    core: Core
    measure: str | None
    documents: int
    rows: int


def _concepts(mentions: Sequence[IndicatorMention], wordings: Wordings) -> dict[str, _Concept]:
    rows: dict[str, list[IndicatorMention]] = defaultdict(list)
    for mention in mentions:
        rows[mention.concept].append(mention)
    found = {}
    for iri, mine in sorted(rows.items()):
        measures = Counter(mention.measure for mention in mine if mention.measure)
        measure = min(measures, key=lambda one: (-measures[one], one), default=None)
        name = min(mention.name for mention in mine)
        found[iri] = _Concept(
            iri, indicator_label(name), wordings.core(name), measure, len({m.document for m in mine}), len(mine)
        )
    return found


def _groups(concepts: Mapping[str, _Concept], apart: Collection[frozenset[str]]) -> list[list[str]]:
    """Concepts whose names read alike and that measure alike; one without a unit goes with the only measure there
    is."""
    alike: dict[Core, list[_Concept]] = defaultdict(list)
    for concept in concepts.values():
        alike[concept.core].append(concept)
    groups: list[list[str]] = []
    for members in alike.values():
        measures = {concept.measure for concept in members} - {None}
        only = next(iter(measures)) if len(measures) == 1 else None
        mine: dict[str | None, list[str]] = {}
        for concept in members:
            group = mine.setdefault(concept.measure or only, [])
            if any(frozenset((concept.iri, other)) in apart for other in group):
                groups.append([concept.iri])
            else:
                group.append(concept.iri)
        groups += [group for group in mine.values() if group]
    return groups


def _standing(concept: _Concept) -> tuple[int, int, int, str]:
    """What makes a concept stand for others: most documents, most rows, shortest name."""
    return -concept.documents, -concept.rows, len(concept.iri), concept.iri


def _near(concepts: Mapping[str, _Concept], firsts: Sequence[str], apart: Collection[frozenset[str]]) -> list[Link]:
    """Names whose words are all in a longer name that measures alike.

    A name is looked up under its rarest word, which the longer one must have too, so that few are compared.
    """
    cores = {iri: frozenset(concepts[iri].core) for iri in firsts}
    holders = Counter(word for core in cores.values() for word in core)
    under: dict[str, list[str]] = defaultdict(list)
    for iri, core in cores.items():
        if core:
            under[min(core, key=lambda word: (holders[word], word))].append(iri)
    links = []
    for longer, words in cores.items():
        for shorter in sorted({iri for word in words for iri in under.get(word, ())} - {longer}):
            score = round(2 * len(cores[shorter]) / (len(cores[shorter]) + len(words)), 2)
            measures = {concepts[shorter].measure, concepts[longer].measure} - {None}
            if (
                cores[shorter] < words
                and score >= NEAR
                and len(measures) < 2
                and frozenset((shorter, longer)) not in apart
            ):
                links.append(Link(longer, CLOSE, shorter, SIMILAR, score, "proposed", (concepts[shorter].name,)))
    return links


def _merge(canonical: dict[str, str], one: str, other: str) -> None:
    """Let the object of a decision, or what stands for it, stand for the subject's group too."""
    first, second = canonical[other], canonical[one]
    for iri, stands in canonical.items():
        if stands in (first, second):
            canonical[iri] = first

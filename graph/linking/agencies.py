"""Who is who: an agency as written in a province's plan to the one body, or the collective, that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.extraction.agencies import BRACKETED, AgencyReader
from graph.namespaces import thing
from graph.text import fold, slug
from graph.vocabulary import Concept, Vocabulary

CENTRE = "viet-nam"


@dataclass(frozen=True, slots=True)
class Agent:
    """An agency of one jurisdiction, or a collective (``group``). ``type`` is its agency type, ``covers`` the types a
    collective names."""

    iri: str
    label: str
    area: str
    group: bool = False
    type: str | None = None
    covers: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The last part of the IRI."""
        return self.iri.rsplit("/", 1)[-1]


def identify(name: str, area: str, reader: AgencyReader) -> Agent:
    """The agent that a name means in a document of an area (slug).

    A known name is its type's one body in that area (ministries and central party bodies: of Viet Nam). A name of an
    open kind ("Trường Đại học …") or an unknown one is a body of its own.
    """
    name = BRACKETED.sub("", name) or name
    vocabulary, folded = reader.vocabulary, fold(name)
    type_slug = _known_type(folded, reader)
    concept = vocabulary.agency_types[type_slug] if type_slug else None
    if concept and concept.level == "commune":  # "UBND cấp xã" is every commune's
        group = thing("agency-group", area, slug(concept.label))
        return Agent(group, concept.label, area, group=True, covers=(concept.slug,))
    if concept and not folded.startswith(tuple(reader.words["open_nouns"])):
        home = CENTRE if concept.level == "central" else area
        return Agent(thing("agency", home, concept.slug), concept.label, home, type=concept.slug)
    if reader.is_collective(name):
        return _collective(name, area, vocabulary)
    return _own(name, folded, area, vocabulary)


def _known_type(folded: str, reader: AgencyReader) -> str | None:
    names = reader.vocabulary.agency_names
    bare = reader.without_area(folded)
    found = names.get(folded) or names.get(bare) or names.get(f"{bare} tinh")
    if found is None or found in reader.vocabulary.agency_kinds:
        return None
    concept = reader.vocabulary.agency_types[found]
    # "Trường Đại học Quảng Trị" without its area is no body but a kind of body
    return found if folded in names or concept.level in ("central", "province") or not concept.patterns else None


def _own(name: str, folded: str, area: str, vocabulary: Vocabulary) -> Agent:
    for pattern, type_slug in vocabulary.agency_patterns:
        if pattern.fullmatch(folded):
            concept = vocabulary.agency_types[type_slug]
            home = CENTRE if concept.level == "central" else area
            label = _unabbreviated(name, concept)
            return Agent(thing("agency", home, slug(label)), label, home, type=type_slug)
    return Agent(thing("agency", area, slug(name)), name, area)


def successors(agents: Iterable[Agent], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The agents that others replaced, as the vocabularies say of their types and areas, with the one that did: former
    and present, by IRI. Only where both are agents of the graph."""
    known = {(agent.area, agent.slug): agent.iri for agent in agents if not agent.group}
    found = []
    for (area, slug_), iri in known.items():
        kind = vocabulary.agency_types.get(slug_)
        now = (vocabulary.areas[area].replaced_by or area, kind.replaced_by or slug_) if kind else (area, slug_)
        if now != (area, slug_) and now in known:
            found.append((iri, known[now]))
    return sorted(found)


_ACRONYM = re.compile(r"\b[A-ZĐ]{2,}\b")


def _unabbreviated(name: str, concept: Concept) -> str:
    """A name of an open kind with the kind's own wording: "Ban quản lý KKT Dung Quất" begins as "Ban Quản lý Khu kinh
    tế"."""
    for label in sorted(filter(_ACRONYM.search, concept.labels), key=len, reverse=True):
        beginning = re.match(r"\s+".join(map(re.escape, label.split())) + r"\s+(?=\S)", name, re.IGNORECASE)
        if beginning:
            return f"{concept.label} {name[beginning.end() :]}"
    return name


def _collective(name: str, area: str, vocabulary: Vocabulary) -> Agent:
    words = fold(name).removeprefix("cac ")
    label = name[:1].upper() + name[1:]
    covers = tuple(
        sorted(
            kind
            for noun, kind in _NOUN_KINDS.items()
            if re.search(rf"\b{noun}\b", words) and kind in vocabulary.agency_types
        )
    )
    return Agent(thing("agency-group", area, words.replace(" ", "-")), label, area, group=True, covers=covers)


# The nouns of a collective that name a kind of agency in ontology/agency-types.ttl; "đơn vị", "cơ quan", "tổ chức"
# leave it open.
_NOUN_KINDS = {
    "so": "so",
    "ban nganh": "ban-nganh-cap-tinh",
    "nganh": "ban-nganh-cap-tinh",
    "dia phuong": "dia-phuong",
    "cap uy": "cap-uy",
    "dang uy": "cap-uy",
    "doan the": "mat-tran-va-doan-the-cap-tinh",
    "mttq": "mat-tran-va-doan-the-cap-tinh",
    "doanh nghiep": "doanh-nghiep",
    "bo": "bo-co-quan-ngang-bo",
    "xa": "dia-phuong",
    "phuong": "dia-phuong",
    "truong": "co-so-giao-duc",
    "truong dai hoc": "co-so-giao-duc",
    "hoi": "hoi-hiep-hoi",
    "hiep hoi": "hoi-hiep-hoi",
}

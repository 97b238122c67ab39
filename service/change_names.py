"""What the records and values of the page of changes are called: by their titles, or after what they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.namespaces import BASE, link_ends, passage_of, record_of, thing
from service.document_names import document_names, document_of
from service.kinds.asking import Asking, Row
from service.names import Names, names_of
from service.pages import short_name
from service.pool import Lease
from service.shared import Service
from service.texts import TEXTS

_WHOLE = 200  # letters of a title
_SHORT = 80  # of that of a thing that another is named after


@dataclass(frozen=True, slots=True)
class ChangeNames:
    """Names in a language: what the release says of things by their IRIs, and of documents and vocabularies. What is in
    the release no more is named after its IRI, as far as that tells."""

    language: str
    said: Mapping[str, Row]
    documents: Mapping[str, str]
    vocabulary: Names

    def of(self, iri: str, longest: int = _WHOLE) -> str:
        """Return what a thing is called, its title cut to so many letters; "" where nothing is known but its IRI."""
        if ends := link_ends(iri):
            return " ↔ ".join(self._short(end) for end in ends)
        if passage := passage_of(iri):
            source, span = passage
            words = TEXTS[self.language]["changes_passage"]
            return words % {"start": span.start, "end": span.end, "source": self._short(thing("source", source))}
        if iri in self.vocabulary.by_iri:
            return self.vocabulary.of(iri, self.language)
        return self.documents.get(iri) or self._record(iri, longest)

    def _record(self, iri: str, longest: int) -> str:
        row, record = self.said.get(iri, {}), record_of(iri)
        if field := row.get("field"):
            words = TEXTS[self.language].get("corrected_" + field, field)
            return f"{words}: {self._short(record)}"
        if metric := row.get("metric"):
            return f"{self.vocabulary.of(metric, self.language)}: {self._short(row['on'])}"
        if "on" in row:
            return self._short(row["on"])
        if iri != record:
            title = row.get("title", "")
            return f"{title}: {self._short(record)}" if title else self._short(record)
        title = f"{row['number']}. {row['title']}" if {"number", "title"} <= row.keys() else row.get("title", "")
        document = self.documents.get(document_of(iri), "")
        cut = title if len(title) <= longest else f"{title[: longest - 1].rstrip()}…"
        return f"{cut} ({document})" if title and document else cut

    def _short(self, iri: str) -> str:
        return self.of(iri, _SHORT) or short_name(iri)


async def change_names(
    lease: Lease, service: Service, language: str, iris: Iterable[str], removed: Mapping[str, str]
) -> ChangeNames:
    """Return the names of things that changed, or that they changed to, and of what they are about; `removed` are the
    titles of those that the release has no more, by IRI."""
    wanted = {one for iri in iris if iri.startswith(f"{BASE}id/") for one in (iri, record_of(iri), *_about(iri))}
    asking = Asking(lease, NamedNode(BASE), language, {}, await names_of(lease), service.cache)
    said = {iri: {"title": title} for iri, title in removed.items()} | await _said(asking, wanted - removed.keys())
    said |= await _said(asking, {row["on"] for row in said.values() if "on" in row} - said.keys())
    documents = await document_names(lease, service, language, map(document_of, wanted))
    return ChangeNames(language, said, documents, asking.names)


def _about(iri: str) -> tuple[str, ...]:
    passage = passage_of(iri)
    return (thing("source", passage[0]),) if passage else link_ends(iri) or ()


async def _said(asking: Asking, iris: Iterable[str]) -> dict[str, Row]:
    wanted = sorted(set(iris) - asking.names.by_iri.keys())
    if not wanted:
        return {}
    return {row["record"]: row for row in await asking.rows("named", record=map(NamedNode, wanted))}

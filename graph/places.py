"""Where in its source a thing of the graph stands: document, file, row, and the words themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from rdflib import DCTERMS, PROV, RDF, Graph, Literal, Namespace, Node, URIRef

from graph.findings import Passage, Place

PC = Namespace("https://w3id.org/phancong/def#")
OA = Namespace("http://www.w3.org/ns/oa#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
# Content in RDF (https://www.w3.org/TR/Content-in-RDF10/): the text of a source, which only validation has at hand.
CNT = Namespace("http://www.w3.org/2011/content#")

# From a thing to what holds or uses it, up to the task, indicator, citation or document that has a place in a plan.
_HOLDERS = (
    OA.hasSelector, PROV.wasDerivedFrom, PC.assignment, PC.deadline, PC.target, PC.baseline, PC.correction,
    PROV.agent, PC.leadAgency, PC.coordinatingAgency, PC.indicator,
)  # fmt: skip
_RECORDS = {PC.Task: "task", PC.PlanIndicator: "indicator", PC.Citation: "citation", PC.Document: "document"}


def place_of(data: Graph, node: Node | None) -> Place:
    """What the nearest things that hold the node say about document, row and passage; what none says is left out."""
    place = Place()
    for thing in _holders(data, node):
        record = _record(data, thing) if place.record is None else None
        place = dataclasses.replace(
            place,
            document=place.document or _document(data, thing),
            annex=place.annex or _text(data, thing, PC.annex),
            number=place.number or _text(data, thing, PC.number),
            passage=place.passage or _passage(data, thing),
            title=_text(data, thing, DCTERMS.title) if record else place.title,
            record=place.record or record,
            at=_begin(data, thing) if record else place.at,
        )
        if place.source is None:
            place = _with_source(data, place, thing)
    if place.document is None:
        return place
    document = URIRef(place.document)
    name = _text(data, document, ELI.id_local) or _text(data, document, DCTERMS.title)
    return _with_source(data, dataclasses.replace(place, document_name=name), document)


def _holders(data: Graph, node: Node | None) -> Iterator[Node]:
    seen: set[Node] = set()
    while node is not None and node not in seen:
        yield node
        seen.add(node)
        above = (min(data.subjects(predicate, node), key=str, default=None) for predicate in _HOLDERS)
        node = next((thing for thing in above if thing is not None), None)


def _with_source(data: Graph, place: Place, thing: Node) -> Place:
    """The place with the file that the thing is from, if it says so and the place does not."""
    source = thing if (thing, RDF.type, PC.Source) in data else data.value(thing, DCTERMS.source, any=True)
    if source is None or place.source is not None:
        return place
    passage = place.passage
    text = data.value(source, CNT.chars)
    if passage and text is not None:
        line = str(text).count("\n", 0, passage.start) + 1
        passage = dataclasses.replace(
            passage, line=line, column=passage.start - str(text).rfind("\n", 0, passage.start)
        )
    identifier, file = _text(data, source, DCTERMS.identifier), _text(data, source, PC.fileName)
    return dataclasses.replace(place, source=identifier, file=file, passage=passage)


def _document(data: Graph, thing: Node) -> str | None:
    if (thing, RDF.type, PC.Document) in data:
        return str(thing)
    return _text(data, thing, PC.document) or _text(data, thing, PC.citingDocument)


def _record(data: Graph, thing: Node) -> str | None:
    return next((name for kind, name in _RECORDS.items() if (thing, RDF.type, kind) in data), None)


def _begin(data: Graph, thing: Node) -> int | None:
    """Where a row or citation begins; of a document its title, which is not told apart from the rest of its head."""
    passage = _passage(data, thing)
    return passage.start if passage and (thing, RDF.type, PC.Document) not in data else None


def _passage(data: Graph, thing: Node) -> Passage | None:
    """The first passage of the thing, or the thing itself if it is one."""
    passages = [thing, *data.objects(thing, PROV.wasDerivedFrom)]
    found = []
    for selector in (thing, *(selector for passage in passages for selector in data.objects(passage, OA.hasSelector))):
        start, end, quote = (data.value(selector, name, any=True) for name in (OA.start, OA.end, OA.exact))
        if isinstance(start, Literal) and isinstance(end, Literal) and quote is not None:
            offsets = start.toPython(), end.toPython()
            if isinstance(offsets[0], int) and isinstance(offsets[1], int):
                found.append((offsets[0], offsets[1], str(quote)))
    return Passage(*min(found)) if found else None


def _text(data: Graph, thing: Node, predicate: URIRef) -> str | None:
    return min(map(str, data.objects(thing, predicate)), default=None)

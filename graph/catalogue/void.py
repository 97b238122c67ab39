"""The VoID description of a release: how many statements, things, classes and properties the endpoint holds.

The description is in the store too, where tools look for it, so its numbers count itself. That works out because its
statements have subjects of their own (below ``id/void``): the numbers of the data and those of the description add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode, Quad

from graph.catalogue.dcat import CATALOGUE_GRAPH, FOAF, PUBLISHER, WHOLE, address
from graph.catalogue.texts import Texts
from graph.namespaces import BASE, DCT, RDF, XSD, thing
from graph.questions.question import Text
from graph.solutions import select
from graph.store import PREFIXES, Store

VOID = "http://rdfs.org/ns/void#"
DESCRIPTION = thing("void")
DATASET = thing("void", "dataset")
_LINKS = "skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch owl:sameAs rdfs:seeAlso"
_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of a set of statements: all of them, their subjects, the things of each class, the statements of each
    property, and those of each property by class of the subject."""

    triples: int
    subjects: int
    classes: Counter[str]
    properties: Counter[str]
    class_properties: Counter[tuple[str, str]]

    def __add__(self, other: Statistics) -> Statistics:
        """Those of two sets that share no subject."""
        return Statistics(
            self.triples + other.triples,
            self.subjects + other.subjects,
            self.classes + other.classes,
            self.properties + other.properties,
            self.class_properties + other.class_properties,
        )


@dataclass(frozen=True, slots=True)
class Linkset:
    """How many statements of one property lead from things of the graph to those of another host."""

    property: str
    host: str
    triples: int


@dataclass(frozen=True, slots=True)
class Described:
    """What is described: the release, its dumps (paths), an example of a thing, links elsewhere."""

    release: str
    issued: str
    dumps: Sequence[str]
    examples: Sequence[str]
    linksets: Sequence[Linkset]


def count(store: Store) -> Statistics:
    """The statistics of all that a store holds, by SPARQL over the union of its graphs."""
    classes = _counted(store, "SELECT ?a (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?a } GROUP BY ?a")
    properties = _counted(store, "SELECT ?a (COUNT(*) AS ?n) WHERE { ?s ?a ?o } GROUP BY ?a")
    both = select(store, "SELECT ?a ?b (COUNT(*) AS ?n) WHERE { ?s a ?a ; ?b ?o } GROUP BY ?a ?b")
    return Statistics(
        int(select(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0]["n"]["value"]),
        int(select(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }")[0]["n"]["value"]),
        classes,
        properties,
        Counter({(row["a"]["value"], row["b"]["value"]): int(row["n"]["value"]) for row in both}),
    )


def linksets(store: Store) -> list[Linkset]:
    """The links of a store's own things to those elsewhere, by property and host."""
    found: Counter[tuple[str, str]] = Counter()
    query = f"""{_PROLOGUE}SELECT ?p ?o WHERE {{ VALUES ?p {{ {_LINKS} }} ?s ?p ?o .
  FILTER (isIRI(?o) && STRSTARTS(STR(?s), "{BASE}") && !STRSTARTS(STR(?o), "{BASE}")) }}"""
    for row in select(store, query):
        parts = urlsplit(row["o"]["value"])
        found[row["p"]["value"], f"{parts.scheme}://{parts.netloc}/"] += 1
    return [Linkset(link, host, n) for (link, host), n in sorted(found.items())]


def examples(store: Store) -> list[str]:
    """The first thing of each class that people look for first."""
    first = [
        select(store, f"{_PROLOGUE}SELECT (MIN(STR(?s)) AS ?iri) WHERE {{ ?s a pc:{name} }}")
        for name in ("Document", "Task", "Agency", "PlanIndicator")
    ]
    return [rows[0]["iri"]["value"] for rows in first if rows and "iri" in rows[0]]


def void_quads(described: Described, data: Statistics, texts: Texts) -> list[Quad]:
    """The quads of the description of data and of itself, sorted. ``data`` counts everything else in the store."""
    quads: list[Quad] = []
    # The first round finds the partitions, the second those that the description itself adds, the third its counts.
    for _ in range(3):
        quads = _quads(described, data + _statistics(quads), texts)
    return quads


def _counted(store: Store, query: str) -> Counter[str]:
    return Counter({row["a"]["value"]: int(row["n"]["value"]) for row in select(store, query)})


def _statistics(quads: Sequence[Quad]) -> Statistics:
    types = [
        (quad.subject, quad.object)
        for quad in quads
        if quad.predicate.value == RDF + "type" and isinstance(quad.object, NamedNode)
    ]
    classes_of: dict[object, list[str]] = {}
    for subject, kind in types:
        classes_of.setdefault(subject, []).append(kind.value)
    pairs = [(kind, quad.predicate.value) for quad in quads for kind in classes_of.get(quad.subject, ())]
    return Statistics(
        len(quads),
        len({quad.subject for quad in quads}),
        Counter(kind.value for _, kind in types),
        Counter(quad.predicate.value for quad in quads),
        Counter(pairs),
    )


def _quads(described: Described, statistics: Statistics, texts: Texts) -> list[Quad]:
    found = [*_about(described, statistics, texts), *_partitions(statistics), *_links(described.linksets)]
    return sorted(set(found), key=str)


def _about(described: Described, statistics: Statistics, texts: Texts) -> Iterable[Quad]:
    yield _quad(DESCRIPTION, RDF + "type", NamedNode(VOID + "DatasetDescription"))
    yield from _texts(DESCRIPTION, DCT + "title", texts.whole.title)
    yield _quad(DESCRIPTION, FOAF + "primaryTopic", NamedNode(DATASET))
    yield _quad(DATASET, RDF + "type", NamedNode(VOID + "Dataset"))
    yield from _texts(DATASET, DCT + "title", texts.whole.title)
    yield from _texts(DATASET, DCT + "description", texts.whole.description)
    yield _quad(DATASET, DCT + "identifier", Literal(described.release))
    yield _quad(DATASET, DCT + "modified", Literal(described.issued, datatype=NamedNode(XSD + "dateTime")))
    yield _quad(DATASET, DCT + "isPartOf", NamedNode(WHOLE))
    yield _quad(DATASET, DCT + "publisher", NamedNode(PUBLISHER))
    yield _quad(DATASET, DCT + "license", NamedNode(texts.licence.deed))
    yield _quad(DATASET, FOAF + "homepage", NamedNode(address()))
    yield _quad(DATASET, VOID + "sparqlEndpoint", NamedNode(address("sparql")))
    yield _quad(DATASET, VOID + "uriSpace", Literal(f"{BASE}id/"))
    for path in described.dumps:
        yield _quad(DATASET, VOID + "dataDump", NamedNode(address("dumps", described.release, path)))
    for example in described.examples:
        yield _quad(DATASET, VOID + "exampleResource", NamedNode(example))
    used = {iri for iri in PREFIXES.values() if any(name.startswith(iri) for name in statistics.properties)}
    for vocabulary in used:
        yield _quad(DATASET, VOID + "vocabulary", NamedNode(vocabulary))
    yield _number(DATASET, "triples", statistics.triples)
    yield _number(DATASET, "entities", statistics.subjects)
    yield _number(DATASET, "distinctSubjects", statistics.subjects)
    yield _number(DATASET, "classes", len(statistics.classes))
    yield _number(DATASET, "properties", len(statistics.properties))


def _partitions(statistics: Statistics) -> Iterable[Quad]:
    for kind, things in statistics.classes.items():
        partition = thing("void", "class", _short(kind))
        yield _quad(DATASET, VOID + "classPartition", NamedNode(partition))
        yield _quad(partition, VOID + "class", NamedNode(kind))
        yield _number(partition, "entities", things)
    for (kind, name), triples in statistics.class_properties.items():
        partition = thing("void", "class", _short(kind))
        yield from _property_partition(partition, f"{partition}/property/{_short(name)}", name, triples)
    for name, triples in statistics.properties.items():
        yield from _property_partition(DATASET, thing("void", "property", _short(name)), name, triples)


def _property_partition(whole: str, partition: str, name: str, triples: int) -> Iterable[Quad]:
    yield _quad(whole, VOID + "propertyPartition", NamedNode(partition))
    yield _quad(partition, VOID + "property", NamedNode(name))
    yield _number(partition, "triples", triples)


def _links(found: Sequence[Linkset]) -> Iterable[Quad]:
    for one in found:
        linkset = thing("void", "links", _short(one.property), quote(urlsplit(one.host).netloc, safe=""))
        target = thing("void", "target", quote(urlsplit(one.host).netloc, safe=""))
        yield _quad(linkset, RDF + "type", NamedNode(VOID + "Linkset"))
        yield _quad(linkset, VOID + "subjectsTarget", NamedNode(DATASET))
        yield _quad(linkset, VOID + "objectsTarget", NamedNode(target))
        yield _quad(linkset, VOID + "linkPredicate", NamedNode(one.property))
        yield _number(linkset, "triples", one.triples)
        yield _quad(target, RDF + "type", NamedNode(VOID + "Dataset"))
        yield _quad(target, VOID + "uriSpace", Literal(one.host))


def _short(iri: str) -> str:
    """A class or property as part of an IRI: "pc-Task", else the whole IRI escaped."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}-{quote(iri.removeprefix(namespace), safe='')}"
    return quote(iri, safe="")


def _texts(subject: str, predicate: str, text: Text) -> Iterable[Quad]:
    for language in ("vi", "en"):
        yield _quad(subject, predicate, Literal(text.in_language(language), language=language))


def _number(subject: str, name: str, number: int) -> Quad:
    return _quad(subject, VOID + name, Literal(str(number), datatype=NamedNode(XSD + "integer")))


def _quad(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value, NamedNode(CATALOGUE_GRAPH))

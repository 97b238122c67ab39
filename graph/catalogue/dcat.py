"""The catalogue of a release in DCAT 3 as DCAT-AP 3.0.1 profiles it: the whole, each document, the endpoint.

Addresses are below BASE, as everything in the graph; the service answers with those that it is reached under.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.catalogue.documents import HeldDocument
from graph.catalogue.revisions import Revision
from graph.catalogue.texts import Described, Texts, filled
from graph.catalogue.vocabularies import (
    DATA_THEME,
    ENGLISH,
    ENTRIES,
    IRREGULAR,
    MEDIA_TYPES,
    PUBLIC,
    SHA256,
    SPDX_NS,
    SPDX_SHA256,
    STABLE,
    THEMES,
    VIET_NAM,
    VIETNAMESE,
    Entry,
    file_type,
)
from graph.dumps.files import DumpFile, Titled
from graph.namespaces import BASE, DCT, RDF, SKOS, XSD, graph_iri, thing
from graph.questions.question import Text

DCAT = "http://www.w3.org/ns/dcat#"
FOAF = "http://xmlns.com/foaf/0.1/"
OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
VCARD = "http://www.w3.org/2006/vcard/ns#"
CATALOGUE_GRAPH = graph_iri("catalogue")
CATALOGUE = thing("catalogue")
WHOLE = thing("dataset", "phancong")
SERIES = thing("dataset", "documents")
ENDPOINT = thing("service", "sparql")
PUBLISHER = thing("agent", "phancong")
CONTACT = thing("agent", "phancong", "contact")
RIGHTS = thing("rights")
PROTOCOL = "http://www.w3.org/TR/sparql11-protocol/"
_MONTH_LENGTH, _DAY_LENGTH = 7, 10


@dataclass(frozen=True, slots=True)
class Contents:
    """What a catalogue is made of: the release, the files of the whole and those of each document (by IRI), and when
    each dataset (``phancong``, or the slug of a document) changed."""

    release: str
    issued: str
    documents: Sequence[HeldDocument]
    whole: Sequence[Titled]
    by_document: Mapping[str, Sequence[Titled]]
    revisions: Mapping[str, Revision]


def address(*path: str) -> str:
    """Where the service answers: ``address("dumps", release, file)``."""
    return BASE + "/".join(path)


def dataset_iri(document: HeldDocument) -> str:
    """The dataset of a document."""
    return thing("dataset", "document", document.slug)


def catalogue_quads(contents: Contents, texts: Texts) -> list[Quad]:
    """The quads of the catalogue's graph, sorted."""
    writer = _Writer(contents, texts)
    writer.add_catalogue()
    writer.add_shared()
    writer.add_service()
    writer.add_whole()
    writer.add_series()
    for document in contents.documents:
        writer.add_document(document)
    return sorted(set(writer.quads), key=str)


class _Writer:
    """Collects the quads of the catalogue."""

    def __init__(self, contents: Contents, texts: Texts) -> None:
        self._contents, self._texts = contents, texts
        self.quads: list[Quad] = []

    def add(self, subject: str, predicate: str, *values: str | Literal | None) -> None:
        """Statements; a text that is no Literal is an IRI, None states nothing."""
        for value in values:
            if value is not None:
                term = NamedNode(value) if isinstance(value, str) else value
                self.quads.append(Quad(NamedNode(subject), NamedNode(predicate), term, NamedNode(CATALOGUE_GRAPH)))

    def add_texts(self, subject: str, predicate: str, text: Text) -> None:
        """A text in both languages."""
        self.add(subject, predicate, Literal(text.vi, language="vi"), Literal(text.en, language="en"))

    def add_catalogue(self) -> None:
        """The catalogue and what it lists."""
        contents = self._contents
        self.add(CATALOGUE, RDF + "type", DCAT + "Catalog")
        self._describe(CATALOGUE, self._texts.catalogue)
        self.add(CATALOGUE, DCT + "issued", _time(contents.revisions["phancong"].issued))
        self.add(CATALOGUE, DCT + "modified", _time(contents.issued))
        self.add(CATALOGUE, DCT + "license", self._licence().iri)
        self.add(CATALOGUE, DCT + "rights", RIGHTS)
        self.add(CATALOGUE, DCT + "spatial", VIET_NAM.iri)
        self.add(CATALOGUE, FOAF + "homepage", address())
        self.add(CATALOGUE, DCAT + "themeTaxonomy", THEMES[0].scheme)
        self.add(CATALOGUE, DCAT + "dataset", WHOLE, *(dataset_iri(one) for one in contents.documents))
        self.add(CATALOGUE, DCAT + "service", ENDPOINT)
        self.add(CATALOGUE, DCAT + "resource", SERIES)

    def add_shared(self) -> None:
        """Who publishes, the licence, and the entries of vocabularies that everything uses."""
        self.add(PUBLISHER, RDF + "type", FOAF + "Agent", FOAF + "Organization")
        self.add_texts(PUBLISHER, FOAF + "name", self._texts.publisher)
        self.add(PUBLISHER, FOAF + "homepage", address())
        self.add(CONTACT, RDF + "type", VCARD + "Kind", VCARD + "Organization")
        self.add(CONTACT, VCARD + "fn", Literal(self._texts.contact.en))
        self.add(CONTACT, VCARD + "hasURL", address())
        self.add(address(), RDF + "type", FOAF + "Document")
        licence = self._texts.licence
        self._entry(self._licence())
        self.add_texts(self._licence().iri, DCT + "title", licence.title)
        self.add(self._licence().iri, OWL + "sameAs", licence.deed)
        self.add(RIGHTS, RDF + "type", DCT + "RightsStatement")
        self.add_texts(RIGHTS, RDFS + "label", licence.rights)
        for entry in ENTRIES:
            self._entry(entry)
        self.add(THEMES[0].scheme, RDF + "type", SKOS + "ConceptScheme")
        self.add_texts(THEMES[0].scheme, DCT + "title", DATA_THEME)
        self.add(SHA256, RDF + "type", SPDX_NS + "ChecksumAlgorithm")
        self.add(SHA256, OWL + "sameAs", SPDX_SHA256)
        self.add(PROTOCOL, RDF + "type", DCT + "Standard")
        self.add(PROTOCOL, DCT + "title", Literal("SPARQL 1.1 Protocol", language="en"))
        self.add(BASE + "def", RDF + "type", DCT + "Standard")  # its titles are in its own graph

    def add_service(self) -> None:
        """The SPARQL endpoint."""
        self.add(ENDPOINT, RDF + "type", DCAT + "DataService")
        self._describe(ENDPOINT, self._texts.service)
        self._qualify(ENDPOINT)
        self.add(ENDPOINT, DCT + "license", self._licence().iri)
        self.add(ENDPOINT, DCT + "conformsTo", PROTOCOL)
        self.add(ENDPOINT, DCAT + "endpointURL", address("sparql"))
        self.add(ENDPOINT, DCAT + "endpointDescription", address("sparql"))
        self.add(ENDPOINT, DCAT + "servesDataset", WHOLE)

    def add_whole(self) -> None:
        """The dataset of everything."""
        contents = self._contents
        documents = contents.documents
        begin = min((one.begin for one in documents if one.begin), default=None)
        end = max((one.end for one in documents if one.end), default=None)
        self._dataset(WHOLE, "phancong", self._texts.whole, address(), begin, end, contents.whole)
        self.add(WHOLE, DCAT + "version", Literal(contents.release))
        for titled in contents.whole:
            if titled.file.path.endswith(".nq.gz"):
                self.add(self._distribution_iri(WHOLE, titled.file), DCAT + "accessService", ENDPOINT)

    def add_series(self) -> None:
        """The series of the documents."""
        contents = self._contents
        self.add(SERIES, RDF + "type", DCAT + "DatasetSeries")
        self._describe(SERIES, self._texts.series)
        self.add(SERIES, DCT + "identifier", Literal("phancong-documents"))
        self.add(SERIES, DCAT + "contactPoint", CONTACT)
        self.add(SERIES, DCT + "accrualPeriodicity", IRREGULAR.iri)
        self.add(SERIES, DCT + "spatial", VIET_NAM.iri)
        changes = [contents.revisions[one.slug] for one in contents.documents]
        self.add(SERIES, DCT + "issued", _time(min((one.issued for one in changes), default=None)))
        self.add(SERIES, DCT + "modified", _time(max((one.modified for one in changes), default=None)))

    def add_document(self, document: HeldDocument) -> None:
        """The dataset of one document, a member of the series."""
        iri = dataset_iri(document)
        page = address("page", "document", document.slug)
        files = self._contents.by_document[document.iri]
        texts = _of_document(self._texts.document, document)
        self._dataset(iri, document.slug, texts, page, document.begin, document.end, files)
        self.add(page, RDF + "type", FOAF + "Document")
        self.add(iri, DCAT + "inSeries", SERIES)
        self.add(iri, DCT + "isReferencedBy", document.iri)
        self.add(iri, DCT + "spatial", document.area)
        self.add(document.area, RDF + "type", DCT + "Location")

    def _dataset(
        self,
        iri: str,
        name: str,
        texts: Described,
        page: str,
        begin: str | None,
        end: str | None,
        files: Sequence[Titled],
    ) -> None:
        revision = self._contents.revisions[name]
        self.add(iri, RDF + "type", DCAT + "Dataset")
        self._describe(iri, texts)
        self._qualify(iri)
        self.add(iri, DCT + "identifier", Literal(name if iri == WHOLE else f"phancong-{name}"))
        self.add(iri, DCT + "creator", PUBLISHER)
        self.add(iri, DCT + "accrualPeriodicity", IRREGULAR.iri)
        self.add(iri, DCT + "spatial", VIET_NAM.iri if iri == WHOLE else None)
        self.add(iri, DCT + "conformsTo", BASE + "def")
        self.add(iri, DCAT + "landingPage", page)
        self.add(iri, DCT + "issued", _time(revision.issued))
        self.add(iri, DCT + "modified", _time(revision.modified))
        self._period(iri, begin, end)
        for titled in files:
            self._distribution(iri, titled)

    def _period(self, dataset: str, begin: str | None, end: str | None) -> None:
        if begin or end:
            period = f"{dataset}/period"
            self.add(dataset, DCT + "temporal", period)
            self.add(period, RDF + "type", DCT + "PeriodOfTime")
            self.add(period, DCAT + "startDate", _time(begin))
            self.add(period, DCAT + "endDate", _time(end))

    def _distribution(self, dataset: str, titled: Titled) -> None:
        file = titled.file
        iri, url = self._distribution_iri(dataset, file), address("dumps", self._contents.release, file.path)
        self.add(dataset, DCAT + "distribution", iri)
        self.add(iri, RDF + "type", DCAT + "Distribution")
        self.add_texts(iri, DCT + "title", titled.title)
        self.add(iri, DCAT + "accessURL", url)
        self.add(iri, DCAT + "downloadURL", url)
        self._format(iri, file)
        self.add(iri, DCAT + "byteSize", Literal(str(file.size), datatype=NamedNode(XSD + "nonNegativeInteger")))
        self.add(iri, SPDX_NS + "checksum", f"{iri}/checksum")
        self.add(f"{iri}/checksum", RDF + "type", SPDX_NS + "Checksum")
        self.add(f"{iri}/checksum", SPDX_NS + "algorithm", SHA256)
        digest = Literal(file.sha256, datatype=NamedNode(XSD + "hexBinary"))
        self.add(f"{iri}/checksum", SPDX_NS + "checksumValue", digest)
        self.add(iri, DCT + "license", self._licence().iri)
        self.add(iri, DCT + "rights", RIGHTS)
        self.add(iri, DCT + "language", VIETNAMESE.iri, ENGLISH.iri)
        self.add(iri, "http://data.europa.eu/r5r/availability", STABLE.iri)
        self.add(iri, DCT + "issued", _time(self._contents.issued))
        self.add(iri, DCT + "modified", _time(self._contents.issued))

    def _format(self, distribution: str, file: DumpFile) -> None:
        kind = file.format
        if kind.file_type:
            entry = file_type(kind.file_type, kind.name)
            self._entry(entry)
            self.add(distribution, DCT + "format", entry.iri)
        types = {DCAT + "mediaType": kind.media_type, DCAT + "compressFormat": "application/gzip"}
        for predicate, media_type in types.items():
            if predicate == DCAT + "mediaType" or file.compressed:
                self.add(distribution, predicate, MEDIA_TYPES + media_type)
                self.add(MEDIA_TYPES + media_type, RDF + "type", DCT + "MediaType")

    def _distribution_iri(self, dataset: str, file: DumpFile) -> str:
        name = file.path.rsplit("/", 1)[-1].removesuffix(".gz")
        return f"{dataset}/distribution/{name}"

    def _describe(self, iri: str, texts: Described) -> None:
        """What a catalogue, dataset, series and service have in common."""
        self.add_texts(iri, DCT + "title", texts.title)
        self.add_texts(iri, DCT + "description", texts.description)
        self.add(iri, DCT + "publisher", PUBLISHER)
        if iri not in (ENDPOINT, SERIES):
            self.add(iri, DCT + "language", VIETNAMESE.iri, ENGLISH.iri)
        for language, words in texts.keywords.items():
            self.add(iri, DCAT + "keyword", *(Literal(word, language=language) for word in words))

    def _qualify(self, iri: str) -> None:
        self.add(iri, DCT + "accessRights", PUBLIC.iri)
        self.add(iri, DCAT + "theme", *(theme.iri for theme in THEMES))
        self.add(iri, DCAT + "contactPoint", CONTACT)

    def _entry(self, entry: Entry) -> None:
        self.add(entry.iri, RDF + "type", SKOS + "Concept", entry.kind)
        self.add(entry.iri, SKOS + "inScheme", entry.scheme)
        self.add_texts(entry.iri, SKOS + "prefLabel", entry.label)

    def _licence(self) -> Entry:
        licence = self._texts.licence
        return Entry("licence", licence.authority, licence.title, DCT + "LicenseDocument")


def _of_document(texts: Described, document: HeldDocument) -> Described:
    """The texts of a document's dataset, filled with what the document says of itself."""
    values = {
        "type": document.type,
        "number": Text(document.number or "", document.number or ""),
        "area": document.area_label,
        "title": Text(document.title, document.title),
        **{name: Text(str(count), str(count)) for name, count in document.counts.items()},
    }
    keywords = {one: [*words, document.area_label.in_language(one)] for one, words in texts.keywords.items()}
    return Described(filled(texts.title, values), filled(texts.description, values), keywords)


def _time(time: str | None) -> Literal | None:
    """A time as xsd:dateTime, or as much of a date as is known."""
    if time is None:
        return None
    kind = {4: "gYear", _MONTH_LENGTH: "gYearMonth", _DAY_LENGTH: "date"}.get(len(time), "dateTime")
    return Literal(time, datatype=NamedNode(XSD + kind))


def lines(quads: Iterable[Quad]) -> str:
    """Quads as N-Quads."""
    return "".join(f"{quad} .\n" for quad in quads)

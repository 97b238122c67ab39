"""The embedded store: Oxigraph on disk, written once when a release is built and only read afterwards.

`create` makes a store from N-Quads, `add` loads more, `compact` ends the writing; `open_read_only` opens one, in as
many processes as wanted; `Store.query` answers SPARQL 1.1 queries and writes the answers in the standard formats.
Updates are not accepted.
"""

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from graph.namespaces import BASE
from graph.query_text import names_dataset

RESULT_FORMATS: dict[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""Media type -> format of SELECT and ASK answers. For ASK, CSV and TSV are the bare word: no standard defines them."""

GRAPH_FORMATS: dict[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}
"""Media type -> format of CONSTRUCT and DESCRIBE answers; the quad formats hold them in the default graph."""

PREFIXES: dict[str, str] = {
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pc": "https://w3id.org/phancong/def#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes that written graphs use."""

_CHARACTER_CLASS = re.compile(r"(?:, )?\[(?:'|_)[^\]]*\]")
_PREFIXED_FORMATS = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML, RdfFormat.JSON_LD)


class StoreError(Exception):
    """The store cannot be made, opened or read."""


class QueryError(Exception):
    """The engine refuses the query."""


class QuerySyntaxError(QueryError):
    """The text is no SPARQL 1.1 query. `line` and `column` count from 1; None where the engine does not say."""

    def __init__(self, message: str, line: int | None, column: int | None) -> None:
        """Take the engine's reason and the place it gives."""
        super().__init__(message)
        self.line = line
        self.column = column


class ResultKind(StrEnum):
    """What a query form returns: SELECT solutions, ASK a boolean, CONSTRUCT and DESCRIBE a graph."""

    SOLUTIONS = "solutions"
    BOOLEAN = "boolean"
    GRAPH = "graph"


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs a caller names (SPARQL 1.1 Protocol, section 2.1.4), as IRIs; none named: the query decides."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one query, found while it is written."""

    _results: QuerySolutions | QueryBoolean | QueryTriples

    @property
    def kind(self) -> ResultKind:
        """What the query returns."""
        if isinstance(self._results, QuerySolutions):
            return ResultKind.SOLUTIONS
        return ResultKind.BOOLEAN if isinstance(self._results, QueryBoolean) else ResultKind.GRAPH

    def write(self, output: IO[bytes], media_type: str) -> None:
        """Write the answer as it is found, in a format of RESULT_FORMATS or GRAPH_FORMATS. Works once.

        Raises StoreError when the store cannot be read on; what `output` raises passes through.
        """
        if not isinstance(self._results, QueryTriples):
            self._results.serialize(output, RESULT_FORMATS[media_type])
            return
        rdf_format = GRAPH_FORMATS[media_type]
        if rdf_format in _PREFIXED_FORMATS:
            pyoxigraph.serialize(self._results, output, rdf_format, prefixes=PREFIXES)
        else:
            self._results.serialize(output, rdf_format)


class Store:
    """A store that is only read. Made by `open_read_only`."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        """Wrap an open Oxigraph store."""
        self._store = store

    def query(self, text: str, dataset: Dataset = Dataset()) -> Answer:
        """Parse a query and return its answer, which is evaluated when it is written.

        The dataset the caller names goes before the one in the query (Protocol, section 2.1.4); where neither names
        one, the default graph is the union of all graphs, so that nobody has to know the graphs to ask. Relative IRIs
        without a BASE clause are read against the base of the graph's own (Protocol, section 2.1.7): <def#Task>.

        Raises QuerySyntaxError for text that is no query (updates included), QueryError for a dataset that names no
        IRI or a function that the engine does not have, and StoreError when the store cannot be read.
        """
        named = bool(dataset.default_graphs or dataset.named_graphs)
        try:
            # A protocol dataset replaces both parts: naming only default graphs leaves no named graph, and vice versa.
            results = self._store.query(
                text,
                base_iri=BASE,
                use_default_graph_as_union=not named and not names_dataset(text),
                default_graph=_graphs(dataset.default_graphs) if named else None,
                named_graphs=_graphs(dataset.named_graphs) if named else None,
            )
        except SyntaxError as error:
            raise _syntax_error(str(error)) from None
        except RuntimeError as error:
            raise QueryError(str(error)) from None
        except OSError as error:
            raise StoreError(f"the store cannot answer: {error}") from error
        return Answer(results)


def create(path: Path, nquads: Path) -> None:
    """Make a new store in the folder `path` from an N-Quads file, compact.

    `path` must not be there yet; on failure nothing is left of it. Raises StoreError with the file and the reason.
    """
    if path.exists():
        raise StoreError(f"{path}: is there already; a store is made once, in a new folder")
    _load(path, nquads)
    compact(path)


def add(path: Path, nquads: Path) -> None:
    """Load another, much smaller N-Quads file into the store in the folder `path`, while nobody reads it.

    On failure nothing is left of the store. Raises StoreError with the file and the reason. Afterwards each index lies
    in several files until `compact`.
    """
    _load(path, nquads)


def compact(path: Path) -> None:
    """Put each index of the store in the folder `path` into one sorted run, while nobody reads it.

    A query looks into each file of an index for each triple that it wants: with the two small files that a catalogue
    adds, questions take 1.7 times as long. Raises StoreError.
    """
    try:
        store = pyoxigraph.Store(str(path))
        store.optimize()
        store.flush()
    except OSError as error:
        raise StoreError(f"{path}: cannot be compacted: {error}") from error


def _load(path: Path, nquads: Path) -> None:
    try:
        store = pyoxigraph.Store(str(path))
        store.bulk_load(path=str(nquads), format=RdfFormat.N_QUADS)
        store.flush()
    except (OSError, SyntaxError) as error:
        shutil.rmtree(path, ignore_errors=True)
        raise StoreError(f"{nquads}: cannot be loaded: {error}") from error


def open_read_only(path: Path) -> Store:
    """Open the store in the folder `path`; several processes may do so at once.

    Raises StoreError when there is none or it is damaged.
    """
    if not (path / "CURRENT").is_file():  # RocksDB's pointer to its state; without it Oxigraph's message is obscure
        raise StoreError(f"{path}: no store here; build a release first")
    try:
        return Store(pyoxigraph.Store.read_only(str(path)))
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error}") from error


def check_syntax(text: str) -> tuple[str, ...]:
    """Parse a query without any data and return the variables that it projects; none for ASK and the graph forms.

    Raises QuerySyntaxError.
    """
    try:
        results = pyoxigraph.Store().query(text)
    except SyntaxError as error:
        raise _syntax_error(str(error)) from None
    if isinstance(results, QuerySolutions):
        return tuple(variable.value for variable in results.variables)
    return ()


def _graphs(iris: Iterable[str]) -> list[Any]:  # of NamedNode; the library's type is an invariant list of a union
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"a graph of the dataset is no IRI: {error}") from None


def _syntax_error(message: str) -> QuerySyntaxError:
    """Take the place out of the engine's message, "error at 3:14: expected …"."""
    place, separator, reason = message.removeprefix("error at ").partition(": ")
    line, _, column = place.partition(":")
    if separator and line.isdecimal() and column.isdecimal():
        # Between the words that would fit the engine lists the classes of characters that names are made of; they
        # run over many lines and help nobody.
        readable = _CHARACTER_CLASS.sub("", " ".join(reason.split())).replace("one of ,", "one of")
        return QuerySyntaxError(readable, int(line), int(column))
    return QuerySyntaxError(message, None, None)

"""Building: each source read, extracted, mapped and validated on its own, then what they share put together.

A source is a job without side effects, so jobs run wherever a ``concurrent.futures`` executor runs them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from graph.extraction import Extractor, NotAPlanError
from graph.mapping import Shared, map_links, map_source
from graph.namespaces import PC, RDF, graph_iri
from graph.records import Extraction
from graph.sources import Source, SourceError, read_source
from graph.validation import Report, graph_of, load_shapes, validate, validate_files
from graph.vocabulary import ONTOLOGY, load_vocabulary

ROOT = Path(__file__).parent.parent
SHAPES = ROOT / "shapes"
_COUNTED = (
    "Document",
    "Task",
    "Assignment",
    "Deadline",
    "PlanIndicator",
    "Target",
    "Citation",
    "Agency",
    "AgencyGroup",
    "Passage",
)


@dataclass(frozen=True, slots=True)
class BuiltSource:
    """What one source gives: its graph as sorted N-Quads lines, what it shares, and its validation report."""

    source: Source
    nquads: str
    shared: Shared
    report: Report
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class BuiltGraph:
    """The whole graph: N-Quads (sorted by graph and statement), reports by source, counts by class."""

    nquads: str
    reports: dict[str, Report]
    counts: dict[str, int]

    @property
    def conforms(self) -> bool:
        """Whether no source has a violation."""
        return all(report.conforms for report in self.reports.values())


Progress = Callable[[int, int, BuiltSource], None]


def build_source(source: Source) -> BuiltSource:
    """One source from file to validated graph. Raises :class:`SourceError` for a file that cannot be used."""
    tools = _tools()
    text = read_source(source)
    try:
        extraction = tools.extractor.extract(source.id, text)
    except NotAPlanError as error:
        raise SourceError(f"{source.path}: is no plan: {error}") from None
    quads, shared = map_source(source, text, extraction, tools.extractor.agencies, code_version())
    links = map_links(shared, tools.extractor.agencies)
    report = validate(tools.vocabulary + graph_of([*quads, *links]), tools.shapes)
    return BuiltSource(source, _lines(quads), shared, report, extraction)


def build(sources: Sequence[Source], executor: Executor, progress: Progress) -> BuiltGraph:
    """The graph of all sources. Deterministic: the order in which jobs end does not show. Raises
    :class:`SourceError`."""
    jobs = [executor.submit(build_source, source) for source in sources]
    for done, job in enumerate(as_completed(jobs), 1):
        progress(done, len(jobs), job.result())
    built = [job.result() for job in jobs]
    shared = Shared()
    for one in built:
        shared.update(one.shared)
    parts = [one.nquads for one in built]
    parts += [_lines(map_links(shared, _tools().extractor.agencies)), _lines(_vocabulary_quads())]
    nquads = "".join(sorted(parts))
    return BuiltGraph(nquads, {one.source.slug: one.report for one in built}, _counts(nquads))


def check(paths: Sequence[Path]) -> Report:
    """Validate RDF files, or the N-Quads of a release, with this checkout's vocabularies and shapes."""
    tools = _tools()
    return validate_files(paths, tools.vocabulary, tools.shapes)


def code_version() -> str:
    """The version of this package, as provenance states it."""
    return f"phancong {version('phancong')}"


def inputs_digest(sources: Sequence[Source]) -> str:
    """SHA-256 over all that a build depends on: sources, code, vocabularies and shapes."""
    files = [*ROOT.glob("graph/**/*.py"), *ROOT.glob("graph/**/*.toml"), *ONTOLOGY.glob("*.ttl"), *SHAPES.glob("*.ttl")]
    digest = hashlib.sha256(code_version().encode())
    for path in sorted(files):
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    for source in sources:
        digest.update(f"\0{source}".replace(str(source.path.parent), "").encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Tools:
    """What every job of a process needs, loaded once."""

    extractor: Extractor
    vocabulary: Graph
    shapes: Graph


@lru_cache(maxsize=1)
def _tools() -> _Tools:
    return _Tools(Extractor.load(load_vocabulary()), graph_of(_vocabulary_quads()), load_shapes(SHAPES))


def _vocabulary_quads() -> list[ox.Quad]:
    graph = ox.NamedNode(graph_iri("vocabulary"))
    triples = (
        t for path in sorted(ONTOLOGY.glob("*.ttl")) for t in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    )
    return sorted({ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples}, key=str)


def _lines(quads: Iterable[ox.Quad]) -> str:
    return "".join(f"{quad} .\n" for quad in quads)


def _counts(nquads: str) -> dict[str, int]:
    """Statements, and things of each of our classes."""
    types = Counter(
        quad.object.value
        for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
        if quad.predicate.value == RDF + "type"
    )
    return {"quads": nquads.count("\n"), **{name: types[PC + name] for name in _COUNTED}}

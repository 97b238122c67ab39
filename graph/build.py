"""Building: each source read, extracted, mapped and validated on its own, then what they share put together.

A source is a job without side effects, so jobs run wherever a ``concurrent.futures`` executor runs them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox
from rdflib import Graph

from graph.corrections import apply_corrections
from graph.evaluation import Row, Scores, evaluate
from graph.extraction import Extractor, NotAPlanError
from graph.mapping import Shared, map_links, map_source
from graph.namespaces import PC, RDF, graph_iri
from graph.provenance import map_build
from graph.records import Correction, Extraction, to_json
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
    "Correction",
    "Agency",
    "AgencyGroup",
    "Passage",
)


@dataclass(frozen=True, slots=True)
class BuiltSource:
    """What one source gives: its graph as sorted N-Quads lines, what it shares, its validation report, and its records
    as extracted (``raw``) and corrected."""

    source: Source
    nquads: str
    shared: Shared
    report: Report
    raw: Extraction
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class BuiltGraph:
    """The whole graph: N-Quads (sorted by graph and statement), reports by source, counts by class, and how well the
    sources that gold rows cover were extracted, corrections aside."""

    nquads: str
    reports: dict[str, Report]
    counts: dict[str, int]
    scores: Scores

    @property
    def conforms(self) -> bool:
        """Whether no source has a violation."""
        return all(report.conforms for report in self.reports.values())


Progress = Callable[[int, int, BuiltSource], None]
Corrections = Mapping[str, Sequence[Correction]]
Gold = Mapping[str, Sequence[Row]]
NO_CORRECTIONS: Corrections = MappingProxyType({})
NO_GOLD: Gold = MappingProxyType({})


def build_source(source: Source, corrections: Sequence[Correction] = ()) -> BuiltSource:
    """One source from file to validated graph. Raises :class:`SourceError` for a file that cannot be used,
    :class:`CorrectionError` for a correction that does not fit."""
    tools = _tools()
    text = read_source(source)
    try:
        raw = tools.extractor.extract(source.id, text)
    except NotAPlanError as error:
        raise SourceError(f"{source.path}: is no plan: {error}") from None
    extraction = apply_corrections(corrections, raw, len(text))
    quads, shared = map_source(source, text, extraction, tools.extractor.agencies, code_version())
    links = map_links(shared, tools.extractor.agencies)
    report = validate(tools.vocabulary + graph_of([*quads, *links]), tools.shapes)
    return BuiltSource(source, _lines(quads), shared, report, raw, extraction)


def build(
    sources: Sequence[Source],
    executor: Executor,
    progress: Progress,
    *,
    corrections: Corrections = NO_CORRECTIONS,
    gold: Gold = NO_GOLD,
) -> BuiltGraph:
    """The graph of all sources, corrections (by id of their source) applied, scored against gold rows (by kind).

    Deterministic: the order in which jobs end does not show. Raises :class:`SourceError` and :class:`CorrectionError`.
    """
    jobs = [executor.submit(build_source, source, corrections.get(source.id, ())) for source in sources]
    for done, job in enumerate(as_completed(jobs), 1):
        progress(done, len(jobs), job.result())
    built = [job.result() for job in jobs]
    shared = Shared()
    for one in built:
        shared.update(one.shared)
    parts = [one.nquads for one in built]
    provenance = map_build([s.slug for s in sources], inputs_digest(sources, corrections), code_version())
    parts += [_lines(map_links(shared, _tools().extractor.agencies)), _lines(_vocabulary_quads()), _lines(provenance)]
    nquads = "".join(sorted(parts))
    scores = evaluate(gold, [to_json(record) for one in built for record in one.raw.records()])
    return BuiltGraph(nquads, {one.source.slug: one.report for one in built}, _counts(nquads), scores)


def check(paths: Sequence[Path]) -> Report:
    """Validate RDF files, or the N-Quads of a release, with this checkout's vocabularies and shapes."""
    tools = _tools()
    return validate_files(paths, tools.vocabulary, tools.shapes)


def code_version() -> str:
    """The version of this package, as provenance states it."""
    return f"phancong {version('phancong')}"


def inputs_digest(sources: Sequence[Source], corrections: Corrections = NO_CORRECTIONS, gold: Gold = NO_GOLD) -> str:
    """SHA-256 over all that a build depends on: sources, in whatever order, corrections, gold rows, code, vocabularies
    and shapes. Gold rows tell nothing but the figures of quality; the graph's own provenance leaves them aside."""
    files = [*ROOT.glob("graph/**/*.py"), *ROOT.glob("graph/**/*.toml"), *ONTOLOGY.glob("*.ttl"), *SHAPES.glob("*.ttl")]
    digest = hashlib.sha256(code_version().encode())
    for path in sorted(files):
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    for source in sorted(sources, key=lambda source: source.id):
        digest.update(f"\0{source}".replace(str(source.path.parent), "").encode())
    digest.update(f"\0{corrections}\0{gold}".encode())
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

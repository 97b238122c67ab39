"""Building: each source read, extracted, mapped and validated on its own, then what they share put together.

A source is a job without side effects, so jobs run wherever a ``concurrent.futures`` executor runs them.
"""

from __future__ import annotations

import dataclasses
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

from graph.check import SHAPES, Acceptances, Index, by_subject, described, examine
from graph.corrections import apply_corrections
from graph.evaluation import Row, Scores, evaluate
from graph.extraction import Extractor, NotAPlanError
from graph.findings import Acceptance, Report
from graph.linking.agencies import successors
from graph.linking.evaluation import Pair, score_links
from graph.linking.indicators import same_indicators
from graph.linking.links import Decision, Link, check_ends
from graph.linking.quads import link_quads
from graph.linking.tasks import same_tasks
from graph.mapping import Shared, map_links, map_source
from graph.namespaces import DCT, PC, RDF
from graph.provenance import map_build
from graph.quality import Measured, map_quality
from graph.records import Correction, Extraction, to_json
from graph.sources import Source, SourceError, read_source
from graph.vocabulary import ONTOLOGY, load_vocabulary, vocabulary_quads

ROOT = Path(__file__).parent.parent
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
    "SharedTask",
    "Link",
)
LINKING = "linking"  # the graph of links between documents, and its report


@dataclass(frozen=True, slots=True)
class BuiltSource:
    """What one source gives: its text, its graph as sorted N-Quads lines, what it shares, its validation report, and
    its records as extracted (``raw``) and corrected."""

    source: Source
    text: str
    nquads: str
    shared: Shared
    report: Report
    raw: Extraction
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class BuiltGraph:
    """The whole graph: N-Quads (sorted by graph and statement), reports by source and of what is shared, counts by
    class, how well the sources that gold rows cover were extracted, corrections aside, and the texts that passages
    count in, by slug of their source."""

    nquads: str
    reports: dict[str, Report]
    counts: dict[str, int]
    scores: Scores
    texts: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def conforms(self) -> bool:
        """Whether no source has a violation."""
        return all(report.conforms for report in self.reports.values())


Progress = Callable[[int, int, BuiltSource], None]
Corrections = Mapping[str, Sequence[Correction]]
Gold = Mapping[str, Sequence[Row]]
NO_CORRECTIONS: Corrections = MappingProxyType({})
NO_GOLD: Gold = MappingProxyType({})
NO_ACCEPTANCES: Acceptances = MappingProxyType({})


def build_source(
    source: Source, corrections: Sequence[Correction] = (), accepted: Sequence[Acceptance] = ()
) -> BuiltSource:
    """One source from file to validated graph. Raises :class:`SourceError` for a file that cannot be used,
    :class:`CorrectionError` and :class:`AcceptanceError` for a correction or an accepted finding that does not fit."""
    tools = _tools()
    text = read_source(source)
    try:
        raw = tools.extractor.extract(source.id, text)
    except NotAPlanError as error:
        raise SourceError(f"{source.path}: is no plan: {error}") from None
    extraction = apply_corrections(corrections, raw, len(text))
    quads, shared = map_source(source, text, extraction, tools.extractor.agencies, code_version())
    links = map_links(shared, tools.extractor.agencies)
    data = [*quads, *links]
    report = examine([*data, *described(data, tools.vocabulary)], {source.sha256: text}, accepted)
    return BuiltSource(source, text, _lines(quads), shared, report, raw, extraction)


def build(
    sources: Sequence[Source],
    executor: Executor,
    progress: Progress,
    *,
    corrections: Corrections = NO_CORRECTIONS,
    accepted: Acceptances = NO_ACCEPTANCES,
    decisions: Sequence[Decision] = (),
    gold: Gold = NO_GOLD,
) -> BuiltGraph:
    """The graph of all sources, corrections and accepted findings (by id of their source) and decisions about links
    applied, scored against gold rows (by kind).

    Deterministic: the order in which jobs end does not show. Raises :class:`SourceError`, :class:`CorrectionError`,
    :class:`AcceptanceError` and :class:`LinkError`.
    """
    jobs = [
        executor.submit(build_source, source, corrections.get(source.id, ()), accepted.get(source.id, ()))
        for source in sources
    ]
    for done, job in enumerate(as_completed(jobs), 1):
        progress(done, len(jobs), job.result())
    built = [job.result() for job in jobs]
    shared = Shared()
    for one in built:
        shared.update(one.shared)
    tools = _tools()
    links = link(shared, decisions)
    parts = [one.nquads for one in built]
    inputs = inputs_digest(sources, corrections, accepted, decisions, gold)
    provenance = map_build([s.slug for s in sources], inputs, code_version())
    parts += [_lines(map_links(shared, tools.extractor.agencies)), _lines(links), _lines(provenance)]
    vocabulary = _lines(vocabulary_quads())
    scores = evaluate(gold, [to_json(record) for one in built for record in one.raw.records()])
    statistics = map_quality([Measured(one.source, one.extraction, one.report) for one in built], scores)
    parts.append(_lines(statistics))
    said = frozenset(map(_statement, vocabulary.splitlines()))
    nquads = "".join(sorted([vocabulary, *(_without(said, part) for part in parts)]))
    reports = {one.source.slug: one.report for one in built}
    reports[LINKING] = examine([*links, *described(links, tools.vocabulary)], {})
    reports["vocabulary"] = examine(vocabulary_quads(), {})
    reports["statistics"] = examine([*statistics, *described(statistics, tools.vocabulary)], {})
    texts = {one.source.slug: one.text for one in built}
    return BuiltGraph(nquads, reports, _counts(nquads), scores, texts)


def link(shared: Shared, decisions: Sequence[Decision] = ()) -> list[ox.Quad]:
    """The quads of the graph of links between documents. Raises :class:`LinkError` for a decision that does not fit."""
    tasks = sorted(shared.tasks, key=lambda task: task.iri)
    check_ends(decisions, {task.iri for task in tasks} | {mention.concept for mention in shared.indicators})
    vocabulary = _tools().extractor.vocabulary
    stated = [(former, DCT + "isReplacedBy", now) for former, now in successors(shared.agents.values(), vocabulary)]
    others = [Link(*said, "BackgroundKnowledgeBasedMatching", 1.0, "stated") for said in stated]
    others += [
        Link(document, PC + "implements", implemented, "UnspecifiedMatching", 1.0, "stated")
        for document, implemented in sorted(shared.implemented)
    ]
    return link_quads(tasks, same_tasks(tasks, decisions), same_indicators(shared.indicators, decisions), others)


def evaluate_links(
    extracted: Iterable[tuple[Source, str, Extraction]], decisions: Sequence[Decision], pairs: Sequence[Pair]
) -> Scores:
    """How well labelled pairs of tasks and of indicators are told the same or not: by the method alone, and with the
    decisions of people. Takes each source with its text and records."""
    agencies, shared = _tools().extractor.agencies, Shared()
    for source, text, extraction in extracted:
        shared.update(map_source(source, text, extraction, agencies, code_version())[1])
    tasks = sorted(shared.tasks, key=lambda task: task.iri)
    scores: Scores = {}
    for field, decided in (("same", ()), ("same, reviewed", decisions)):
        leaders, canonical = same_tasks(tasks, decided).leaders, same_indicators(shared.indicators, decided).canonical
        scores |= score_links(pairs, leaders | canonical, field)
    return scores


def code_version() -> str:
    """The version of this package, as provenance states it."""
    return f"phancong {version('phancong')}"


def inputs_digest(
    sources: Sequence[Source],
    corrections: Corrections = NO_CORRECTIONS,
    accepted: Acceptances = NO_ACCEPTANCES,
    decisions: Sequence[Decision] = (),
    gold: Gold = NO_GOLD,
) -> str:
    """SHA-256 over all that a build depends on: sources, in whatever order, corrections, accepted findings, decisions
    about links, gold rows, code, vocabularies and shapes."""
    code = [path for ending in ("py", "toml", "html") for path in ROOT.glob(f"graph/**/*.{ending}")]
    files = [*code, *ONTOLOGY.glob("*.ttl"), *SHAPES.glob("*.ttl")]
    digest = hashlib.sha256(code_version().encode())
    for path in sorted(files):
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    for source in sorted(sources, key=lambda source: source.id):
        digest.update(f"\0{source}".replace(str(source.path.parent), "").encode())
    digest.update(f"\0{corrections}\0{accepted}\0{decisions}\0{gold}".encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Tools:
    """What every job of a process needs, loaded once."""

    extractor: Extractor
    vocabulary: Index


@lru_cache(maxsize=1)
def _tools() -> _Tools:
    return _Tools(Extractor.load(load_vocabulary()), by_subject(vocabulary_quads()))


def _lines(quads: Iterable[ox.Quad]) -> str:
    return "".join(f"{quad} .\n" for quad in quads)


def _without(said: frozenset[str], part: str) -> str:
    """The N-Quads of a part without the statements that the vocabularies make already: in the union of all graphs a
    statement stands once for each graph that makes it, and who counts would count it twice."""
    return "".join(line for line in part.splitlines(keepends=True) if _statement(line) not in said)


def _statement(line: str) -> str:
    """A line of N-Quads without its graph."""
    return line.rsplit(" ", 2)[0]


def _counts(nquads: str) -> dict[str, int]:
    """Statements, and things of each of our classes."""
    types = Counter(
        quad.object.value
        for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
        if quad.predicate.value == RDF + "type"
    )
    return {"quads": nquads.count("\n"), **{name: types[PC + name] for name in _COUNTED}}

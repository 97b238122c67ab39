"""The console script ``phancong``.

Exit codes: 0 done; 1 the input was understood and is not acceptable; 2 the input or the call is unusable. An error is
one line on standard error that names the file, the place in it and the reason.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from graph.acceptance import ACCEPTED, AcceptanceError
from graph.corrections import CORRECTIONS, CorrectionError
from graph.evaluation import GOLD, GoldError
from graph.reading.limits import LimitError, Limits, from_environment
from graph.sources import SOURCES, SourceError, load_sources
from graph.vocabulary import VocabularyError

if TYPE_CHECKING:  # the commands import what they need: --help must not wait for the whole package
    from graph.asking.found import Asking
    from graph.extraction import Extractor
    from graph.extraction.survey import Survey
    from graph.findings import Acceptance
    from graph.linking.links import Decision
    from graph.questions.answers import Answer
    from graph.questions.question import Question
    from graph.questions.table import Table
    from graph.records import Correction, Extraction
    from graph.sources import ReadFile, Source
    from graph.store import Answer as StoreAnswer

DONE, UNACCEPTABLE, UNUSABLE = 0, 1, 2
_QUESTION_ID = re.compile(r"[a-z0-9-]+")  # what is no id is words


class UsageError(Exception):
    """The call cannot be carried out as it stands."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except _unusable() as error:
        print(f"phancong: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # the reader of our output has gone, as in "| head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130


def _unusable() -> tuple[type[Exception], ...]:
    """The errors that mean unusable input."""
    from graph.asking import AskingError, WordsError
    from graph.difference import DifferenceError
    from graph.dumps.tables import TableError
    from graph.linking.links import LinkError
    from graph.network.reading import NetworkSizeError
    from graph.questions.binding import ParameterError
    from graph.questions.metadata import CatalogueError
    from graph.release import ReleaseError
    from graph.search import QueryError as SearchQueryError
    from graph.search import SearchError
    from graph.store import QueryError, StoreError
    from graph.validation import UnusableInput

    ours = (UsageError, SourceError, CorrectionError, AcceptanceError, VocabularyError, GoldError, ReleaseError)
    theirs = (
        LinkError,
        DifferenceError,
        SearchError,
        SearchQueryError,
        TableError,
        NetworkSizeError,
        AskingError,
        WordsError,
    )
    return (*ours, *theirs, StoreError, QueryError, UnusableInput, CatalogueError, ParameterError)


def extract(options: argparse.Namespace) -> int:
    """Print the records of plans as JSON Lines, or what was found in each; goes on after a file that cannot be used.

    A folder stands for the files in it. Where some of several files cannot be used, the exit code is 1.
    """
    from graph.extraction.survey import survey
    from graph.records import to_json

    extractor, limits = _extractor(), _limits()
    listed = load_sources()
    corrections = _corrections_of(options, listed)
    files = list(_files(options.files))
    failures: list[str] = []
    for path in files:
        try:
            read, extraction = _read_plan(path, listed, corrections, extractor, limits, recognise=options.ocr)
        except _UNREADABLE as error:
            failures.append(str(error))
            print(f"phancong: {error}", file=sys.stderr)
            continue
        if options.report:
            found = survey(read.text, extraction, read.left_out, extractor.terms)
            print(_report_as_json(path, read, found) if options.json else _report(path, read, found))
            continue
        for record in extraction.records():
            print(json.dumps(to_json(record), ensure_ascii=False))
    if not failures:
        return DONE
    if len(files) > 1:
        print(f"\n{len(failures)} of {len(files)} files could not be used:", file=sys.stderr)
        for failure in failures:
            print(f"  {failure}", file=sys.stderr)
    return UNUSABLE if len(failures) == len(files) else UNACCEPTABLE


def add(options: argparse.Namespace) -> int:
    """Put plans of any format into the sources, each with its block in sources.toml; the next build carries them."""
    from graph.adding import Said
    from graph.adding import add as add_source

    if len(options.files) > 1 and (options.id or options.name or options.title):
        raise UsageError("--id, --name and --title are for one file")
    extractor, limits = _extractor(), _limits()
    said = Said(options.id, options.name, options.title, options.area, options.note)
    worst = DONE
    for path in map(Path, options.files):
        try:
            read, extraction = _read_plan(path, (), {}, extractor, limits, recognise=options.ocr)
            source = add_source(path, read, extraction, said, options.sources, extractor.vocabulary)
        except _UNREADABLE as error:
            worst = _failed(str(error))
        else:
            print(f"{source.path}: source {source.id}, {len(extraction.tasks)} tasks; the next build carries it")
    return worst


_UNREADABLE = (SourceError, CorrectionError)


def _read_plan(
    path: Path,
    listed: Sequence[Source],
    corrections: Mapping[str, Sequence[Correction]],
    extractor: Extractor,
    limits: Limits,
    *,
    recognise: bool,
) -> tuple[ReadFile, Extraction]:
    """A file and its records; a listed source by its pinned rendition. Raises what ``_UNREADABLE`` names."""
    from graph.corrections import apply_corrections
    from graph.extraction import NotAPlanError
    from graph.sources import ReadFile, find_source, read_file, read_source

    source = find_source(path, listed)
    if source and source.text_path:
        read = ReadFile(path.read_bytes(), "text", read_source(source))
    else:
        read = read_file(path, limits, recognise=recognise)
    try:
        extraction = extractor.extract(source.id if source else path.stem, read.text)
    except NotAPlanError as error:
        raise SourceError(f"{path}: is no plan: {error}") from None
    applied = apply_corrections(corrections.get(source.id, ()) if source else (), extraction, len(read.text))
    return read, applied


def _extractor() -> Extractor:
    from graph.extraction import Extractor
    from graph.vocabulary import load_vocabulary

    return Extractor.load(load_vocabulary())


def _limits() -> Limits:
    try:
        return from_environment(os.environ)
    except LimitError as error:
        raise UsageError(str(error)) from None


def _corrections_of(options: argparse.Namespace, listed: Sequence[Source]) -> Mapping[str, Sequence[Correction]]:
    from graph.corrections import load_corrections

    return {} if options.no_corrections else load_corrections(CORRECTIONS, listed)


def _files(given: Sequence[str]) -> Iterator[Path]:
    """The files given, and those of the folders given, hidden ones aside."""
    for path in map(Path, given):
        if path.is_dir():
            yield from sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
        else:
            yield path


def _report_as_json(path: Path, read: ReadFile, found: Survey) -> str:
    plain = {"file": str(path), "format": read.format, "characters": len(read.text), **dataclasses.asdict(found)}
    return json.dumps(plain, ensure_ascii=False)


def _report(path: Path, read: ReadFile, found: Survey) -> str:
    counted = ", ".join(f"{count} {kind}" for kind, count in found.records.items())
    lines = [f"{path} ({read.format}): {counted}; {found.doubtful} doubtful"]
    for table in found.tables:
        what = f"{table.holds}, annex {table.annex or '-'}" if table.holds else f"left out: {table.left_out}"
        size = "flattened table" if table.rows is None else f"table of {table.rows} rows"
        lines.append(f"  {size}: {what} ({' | '.join(table.labels)})")
    lines += [f"  left out: {what}" for what in found.left_out]
    return "\n".join(lines)


def build(options: argparse.Namespace) -> int:
    """Build, validate and publish a release; nothing is published when a source has a violation."""
    from graph import release
    from graph.build import BuiltSource, inputs_digest
    from graph.build import build as build_graph
    from graph.evaluation import load_gold, rows_about
    from graph.reports.plain import summary, to_text
    from graph.sources import load_sources

    sources = load_sources(options.sources)
    corrections, accepted = _corrections(options, sources), _acceptances(options, sources)
    gold = rows_about(load_gold(), [source.id for source in sources])
    decisions = _decisions(options)
    inputs = inputs_digest(sources, corrections, accepted, decisions, gold)
    if _is_current(options.out, inputs):
        print(f"{options.out}: the release in use is built from these very inputs; nothing to do", file=sys.stderr)
        return DONE

    def progress(done: int, total: int, one: BuiltSource) -> None:
        found = one.extraction
        parts = ((found.tasks, "tasks"), (found.indicators, "indicators"), (found.citations, "citations"))
        counted = ", ".join(f"{len(records)} {name}" for records, name in parts)
        print(
            f"[{done}/{total}] {one.source.path.name}: {counted}; {summary(one.report)}",
            file=sys.stderr,
            flush=True,
        )

    with _executor(options) as executor:
        built = build_graph(
            sources, executor, progress, corrections=corrections, accepted=accepted, decisions=decisions, gold=gold
        )
    if not built.conforms:
        for slug, report in built.reports.items():
            if not report.conforms:
                print(f"{slug}:\n{to_text(report)}", file=sys.stderr)
        print(
            "phancong: not published: the graph violates its shapes (see above); the release in use stays",
            file=sys.stderr,
        )
        return UNACCEPTABLE
    published = release.publish(built, inputs, options.out)
    print(f"{published.path}: {built.counts['quads']} quads, {built.counts['Task']} tasks; now in use", file=sys.stderr)
    return DONE


def validate(options: argparse.Namespace) -> int:
    """Check RDF files, or the release in use, against the shapes and print the report."""
    from graph.check import check
    from graph.release import NQUADS, current
    from graph.reports.html import to_html
    from graph.reports.plain import to_json, to_text, to_turtle
    from graph.reports.sarif import to_sarif
    from graph.sources import load_sources

    files = [Path(file) for file in options.files] or [current(options.release).path / NQUADS]
    sources = load_sources(options.sources)
    with ProcessPoolExecutor(options.jobs) as executor:
        report = check(files, executor, sources, _acceptances(options, sources))
    write = {"text": to_text, "json": to_json, "ttl": to_turtle, "html": to_html, "sarif": to_sarif}[options.format]
    print(write(report), end="")
    return DONE if report.conforms else UNACCEPTABLE


def diff(options: argparse.Namespace) -> int:
    """Print what changed between two releases: records added, removed, and changed field by field."""
    from graph.difference import compare, release_named, to_json, to_text

    old, new = (release_named(name, options.release) for name in (options.old, options.new))
    difference = compare(old, new)
    print(to_json(difference) if options.format == "json" else to_text(difference), end="")
    return DONE


def serve(options: argparse.Namespace) -> int:
    """Serve a release, read-only, until interrupted."""
    from service.app import ServeError
    from service.app import serve as run_service

    try:
        run_service(options.host, options.port, options.release)
    except ServeError as error:
        raise UsageError(str(error)) from None
    return DONE


def mcp(options: argparse.Namespace) -> int:
    """Serve questions, search and SPARQL as tools of the Model Context Protocol, on standard input and output."""
    from service.mcp_server import McpError, serve_mcp

    try:
        serve_mcp(options.release)
    except McpError as error:
        raise UsageError(str(error)) from None
    return DONE


def query(options: argparse.Namespace) -> int:
    """Ask the release in use a SPARQL query from a file or standard input."""
    from graph.release import current
    from graph.store import open_read_only

    text = _read_text(options.file)
    answer = open_read_only(current(options.release).path / "store").query(text)
    _write_answer(answer, options.format)
    return DONE


def search(options: argparse.Namespace) -> int:
    """Find tasks, agencies, documents and indicators of the release in use by words."""
    from graph.release import current
    from graph.search import INDEX, Search

    found = Search(current(options.release).path / INDEX).find(
        " ".join(options.words), _filters(options.filter), limit=options.limit
    )
    if options.format == "json":
        print(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=1))
        return DONE
    for hit in found.hits:
        print(f"{hit.kind:10} {hit.title}\n           {hit.iri}")
    relaxed = "; accents had to be passed over" if found.relaxed else ""
    print(f"{len(found.hits)} of {found.total}{relaxed}", file=sys.stderr)
    return DONE


def _filters(given: Sequence[str]) -> dict[str, list[str]]:
    """FACET=VALUE; several of a facet are alternatives. A value is an IRI, or its part behind the name of the facet."""
    from graph.namespaces import thing
    from graph.search import FACETS

    filters: dict[str, list[str]] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if name not in FACETS or not equals or not value:
            raise UsageError(f"--filter {text}: has to be FACET=VALUE with a facet of {', '.join(FACETS)}")
        plain = name in ("kind", "year") or value.startswith("http")
        filters.setdefault(name, []).append(value if plain else thing(name, value))
    return filters


def network(options: argparse.Namespace) -> int:
    """Print a responsibility network of the release in use, with what can be measured on it."""
    from graph.network import ReleaseName, answer
    from graph.network import ask as ask_network
    from graph.network.formats import FORMATS
    from graph.network.publishing import known_places
    from graph.release import current
    from graph.store import open_read_only

    given = _parameters(options.param)
    given |= {} if options.at_least is None else {"at_least": options.at_least}
    given |= {} if options.without is None else {"without": options.without}
    release = current(options.release)
    store = open_read_only(release.path / "store")
    asked = ask_network(store, options.name, given)
    known = known_places(release.path, options.name)
    found = answer(store, asked, ReleaseName(release.id, str(release.about["issued"])), known)
    print(FORMATS[options.format].write(found), end="")
    return DONE


def ask(options: argparse.Namespace) -> int:
    """Ask a question of the catalogue, by its id or in words; without either, list the questions."""
    from graph.questions.catalogue import read_catalogue

    catalogue = read_catalogue()
    if options.question is None:
        for question in catalogue.values():
            names = " ".join(f"[--param {one.name}={one.example}]" for one in question.parameters)
            print(f"{question.id} {names}\n    {question.title.vi}\n    {question.title.en}")
        return DONE
    if options.question in catalogue:
        answer = _answer(catalogue[options.question], _parameters(options.param), options.release)
        _print_answer(answer, options.format)
        return DONE
    if _QUESTION_ID.fullmatch(options.question):
        raise UsageError(f"there is no question {options.question!r}; the questions are {', '.join(catalogue)}")
    return _ask_in_words(options, catalogue)


def _ask_in_words(options: argparse.Namespace, catalogue: Mapping[str, Question]) -> int:
    """Say on standard error what was understood, and print the answer if there is one."""
    from graph.asking.choices import choices
    from graph.asking.telling import to_json, to_text
    from graph.asking.understanding import Outcome, understand
    from graph.questions.answers import to_json as answer_to_json

    if options.param:
        raise UsageError("--param goes with the id of a question; in words, say it in the question")
    asking = _asking(options.release, catalogue)
    understanding = understand(options.question, asking, options.day or datetime.date.today())
    offered = choices(understanding, asking.names)
    answer = None
    if understanding.outcome is Outcome.ANSWER:
        best = understanding.candidates[0]
        answer = _answer(best.asked.question, best.filled.values, options.release)
    if options.format in ("json", "jsonld"):
        told = to_json(understanding, offered, asking.names) | {"answer": answer and answer_to_json(answer)}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print(to_text(understanding, offered), end="", file=sys.stderr)
        if answer:
            _print_answer(answer, options.format)
    return DONE if answer else UNACCEPTABLE


def _asking(releases: Path, catalogue: Mapping[str, Question]) -> Asking:
    """What understanding needs, with the names of the release in use."""
    from graph.asking.found import Asking
    from graph.asking.ideas import read_ideas
    from graph.asking.names import QUERIES, names_of

    select = _selecting(releases)
    return Asking.of(read_ideas(catalogue), names_of({name: select(query) for name, query in QUERIES.items()}))


def _print_answer(answer: Answer, form: str) -> None:
    from graph.questions.answers import to_csv, to_json, to_tsv
    from graph.questions.spreadsheet import to_xlsx

    match form:
        case "xlsx" if sys.stdout.isatty():
            raise UsageError("--format xlsx: is no text for a terminal; write it to a file: … > answer.xlsx")
        case "xlsx":
            sys.stdout.buffer.write(to_xlsx(answer))
        case "json" | "jsonld":
            print(json.dumps(to_json(answer), ensure_ascii=False, indent=1))
        case "csv" | "tsv":
            print(to_csv(answer) if form == "csv" else to_tsv(answer), end="")
        case _:
            print(_as_text(answer), end="")


def _answer(question: Question, given: Mapping[str, str], releases: Path) -> Answer:
    from graph.questions.answers import Answer, add_evidence, plain_rows
    from graph.questions.binding import ParameterError, bind, check_choice, choices, render
    from graph.release import current

    try:
        bound = bind(question, given)
    except ParameterError as error:
        about = error.parameter
        if about is None or not about.values:
            raise
        raise error.with_allowed(choices(about, _selecting(releases)(about.values))) from None
    release = current(releases)
    select = _selecting(releases)
    sparql = render(question, bound)
    rows = plain_rows(question.columns, select(sparql))
    if not rows:
        for one in question.parameters:
            if one.values and one.name in given:
                check_choice(one, bound[one.name], choices(one, select(one.values)))
    evidence_sparql = render(question, bound, question.evidence.sparql) if question.evidence else None
    if question.evidence and evidence_sparql:
        add_evidence(rows, question.evidence, select(evidence_sparql))
    return Answer(question, given, bound, sparql, evidence_sparql, rows, release.id, str(release.about["issued"]))


def _selecting(releases: Path) -> Callable[[str], Table]:
    """A function that answers SELECT queries from the release in use."""
    from graph.questions.table import read_table
    from graph.release import current
    from graph.store import open_read_only

    store = open_read_only(current(releases).path / "store")

    def select(sparql: str) -> Table:
        results = io.BytesIO()
        store.query(sparql).write(results, "application/sparql-results+json")
        return read_table(results.getvalue())

    return select


def _as_text(answer: Answer) -> str:
    """For a terminal: the question, a line a row, and under it what it rests on with the passages."""
    from graph.questions.answers import as_text
    from graph.questions.question import ColumnType

    question = answer.question
    shown = [c for c in question.columns if c.type not in (ColumnType.IRI, ColumnType.IRIS)]
    lines = [question.title.vi, question.title.en, ""]
    for row in answer.rows:
        lines.append(
            " | ".join(str(as_text(column, row[column.name])) for column in shown if row[column.name] is not None)
        )
        for item in row.get("evidence", ()):
            told = [str(value) for name, value in item.items() if name != "passages" and value is not None]
            lines.append(f"    {' | '.join(told)}")
            for passage in item["passages"]:
                lines.append(f"        {' | '.join(str(value) for value in passage.values() if value is not None)}")
    lines += [
        "",
        f"{len(answer.rows)} rows from release {answer.release_id}. The SPARQL that was run:",
        "",
        answer.sparql,
    ]
    return "\n".join(lines) + "\n"


def _parameters(given: Sequence[str]) -> dict[str, str]:
    parameters = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {pair!r}: is no name=value")
        if name in parameters:
            raise UsageError(f"--param {name}: is given twice")
        parameters[name] = value
    return parameters


def evaluate(options: argparse.Namespace) -> int:
    """Extract and link the sources anew and print precision, recall and F1 a field and document.

    With --asking, understand the labelled questions in words instead and print the share that is right.
    """
    if options.asking:
        return _evaluate_asking(options)
    from graph.build import evaluate_links
    from graph.evaluation import evaluate as score
    from graph.evaluation import load_gold, to_text
    from graph.evaluation import to_json as scores_to_json
    from graph.linking.evaluation import LABELLED, load_pairs
    from graph.records import to_json

    gold, pairs = load_gold(options.gold), load_pairs(options.gold / LABELLED.name)
    extracted = _extracted(options)
    scores = score(gold, [to_json(record) for _, _, extraction in extracted for record in extraction.records()])
    scores |= evaluate_links(extracted, _decisions(options), pairs)
    print(json.dumps(scores_to_json(scores), indent=1) if options.format == "json" else to_text(scores), end="")
    return DONE


def _evaluate_asking(options: argparse.Namespace) -> int:
    from graph.asking.evaluation import LABELLED, judge, load_labels, to_json, to_text
    from graph.questions.catalogue import read_catalogue

    labels = load_labels(options.gold / LABELLED.name)
    judged = judge(labels, _asking(options.release, read_catalogue()))
    print(json.dumps(to_json(judged), indent=1) if options.format == "json" else to_text(judged), end="")
    return DONE


def review(options: argparse.Namespace) -> int:
    """List the doubtful records, worst first, each with its place, the reason and the passage."""
    from graph.review import doubtful, to_json, to_text

    found = doubtful(_extracted(options))
    if options.format == "json":
        for item in found:
            print(json.dumps(to_json(item), ensure_ascii=False))
    else:
        print(to_text(found), end="")
    return DONE


def _extracted(options: argparse.Namespace) -> list[tuple[Source, str, Extraction]]:
    """Each source with its text and its records, corrected unless ``--no-corrections`` says otherwise."""
    from graph.corrections import apply_corrections
    from graph.extraction import Extractor
    from graph.sources import load_sources, read_source
    from graph.vocabulary import load_vocabulary

    sources = load_sources(options.sources)
    corrections = _corrections(options, sources)
    extractor = Extractor.load(load_vocabulary())
    found = []
    for source in sources:
        text = read_source(source)
        raw = extractor.extract(source.id, text)
        found.append((source, text, apply_corrections(corrections.get(source.id, ()), raw, len(text))))
    return found


def _corrections(options: argparse.Namespace, sources: Sequence[Source]) -> dict[str, tuple[Correction, ...]]:
    """Those of the folder ``corrections`` beside the folder of the sources."""
    from graph.corrections import load_corrections

    return {} if options.no_corrections else load_corrections(options.sources.parent / CORRECTIONS.name, sources)


def _acceptances(options: argparse.Namespace, sources: Sequence[Source]) -> dict[str, tuple[Acceptance, ...]]:
    """Those of the file beside the folder of the sources; none of a raw result, whose findings are others."""
    from graph.acceptance import load_acceptances

    return {} if options.no_corrections else load_acceptances(options.sources.parent / ACCEPTED.name, sources)


def _decisions(options: argparse.Namespace) -> tuple[Decision, ...]:
    """Those about links, of the folder ``links`` beside the folder of the sources; with ``--no-corrections`` none."""
    from graph.linking.links import DECISIONS, load_decisions

    return () if options.no_corrections else load_decisions(options.sources.parent / DECISIONS.name)


def _write_answer(answer: StoreAnswer, media_type: str | None) -> None:
    from graph.store import GRAPH_FORMATS, ResultKind

    graph = answer.kind is ResultKind.GRAPH
    chosen = media_type or (
        "text/turtle"
        if graph
        else "text/csv"
        if answer.kind is ResultKind.SOLUTIONS
        else "application/sparql-results+json"
    )
    if graph != (chosen in GRAPH_FORMATS):
        raise UsageError(
            f"--format: this query returns {'a graph' if graph else 'solutions'}, which {chosen} cannot hold"
        )
    answer.write(sys.stdout.buffer, chosen)


def _executor(options: argparse.Namespace) -> Executor:
    """Where the jobs of a build run: processes here, or the workers of a Dask scheduler."""
    if options.cluster is None:
        return ProcessPoolExecutor(options.jobs)
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--cluster: needs the package distributed; run: pip install 'phancong[cluster]'") from None
    try:
        executor: Executor = Client(options.cluster, timeout=10).get_executor()
    except (OSError, ValueError) as error:
        raise UsageError(f"--cluster {options.cluster}: no scheduler answers there: {error}") from None
    return executor


def _is_current(out: Path, inputs: str) -> bool:
    from graph.release import ReleaseError, current

    try:
        return bool(current(out).about.get("inputs") == inputs)
    except ReleaseError:
        return False


def _failed(message: str) -> int:
    print(f"phancong: {message}", file=sys.stderr)
    return UNUSABLE


def _read_text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: is no UTF-8 text") from None


_FORMATS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}


def _networks() -> tuple[str, ...]:
    """The names of the networks, without loading what measures them."""
    return tuple(sorted(path.stem for path in (Path(__file__).parent / "network" / "ties").glob("*.rq")))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="phancong", description="Who leads which task of the plans: build, check, serve and ask the graph."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        text = (run.__doc__ or "").strip()
        added = commands.add_parser(name, help=text.splitlines()[0], description=text)
        added.set_defaults(run=run)
        return added

    def with_release(added: argparse.ArgumentParser) -> None:
        added.add_argument(
            "--release",
            type=Path,
            default=Path("releases"),
            metavar="DIR",
            help="a release, or the folder that holds them (releases)",
        )

    def without_corrections(added: argparse.ArgumentParser) -> None:
        added.add_argument(
            "--no-corrections", action="store_true", help="leave what people put right aside: the raw result"
        )

    def with_jobs(added: argparse.ArgumentParser) -> None:
        added.add_argument(
            "--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="processes (one a processor)"
        )

    def with_sources(added: argparse.ArgumentParser) -> None:
        added.add_argument(
            "--sources",
            type=Path,
            default=SOURCES,
            metavar="DIR",
            help="folder with sources.toml; corrections and accepted findings stand beside it (data/sources)",
        )
        without_corrections(added)

    recognise = "recognise the text of scanned PDF pages (needs Tesseract with Vietnamese)"
    one = command("extract", extract)
    one.add_argument(
        "files", nargs="+", metavar="FILE", help="a plan (Word, PDF, HTML, spreadsheet, text), or a folder of them"
    )
    one.add_argument("--ocr", action="store_true", help=recognise)
    one.add_argument("--report", action="store_true", help="instead of the records: what was found and left out")
    one.add_argument("--json", action="store_true", help="the reports as JSON Lines")
    without_corrections(one)

    one = command("add", add)
    one.add_argument("files", nargs="+", metavar="FILE", help="a plan (Word, PDF, HTML, spreadsheet, text)")
    one.add_argument("--sources", type=Path, default=SOURCES, metavar="DIR", help="where to (data/sources)")
    one.add_argument("--id", help="short name in records (the next number)")
    one.add_argument("--name", help="file name without ending (area, year and type from its head)")
    one.add_argument("--title", help="what the file is, for people (issuer and title from its head)")
    one.add_argument("--area", metavar="SLUG", help="area in ontology/areas.ttl (that of its head)")
    one.add_argument("--ocr", action="store_true", help=recognise)
    one.add_argument("--note", help="what is known from outside the text")

    one = command("build", build)
    with_sources(one)
    one.add_argument("--out", type=Path, default=Path("releases"), metavar="DIR", help="folder of releases (releases)")
    with_jobs(one)
    one.add_argument(
        "--cluster", metavar="ADDRESS", help="a Dask scheduler that runs the jobs instead, such as tcp://host:8786"
    )

    one = command("validate", validate)
    one.add_argument("files", nargs="*", metavar="FILE", help="RDF files; none: the release in use")
    one.add_argument(
        "--format", choices=("text", "json", "ttl", "html", "sarif"), default="text", help="of the report (text)"
    )
    with_release(one)
    with_sources(one)
    with_jobs(one)

    one = command("diff", diff)
    one.add_argument("old", metavar="OLD", help="a release: its folder, its id, or a date, the last of which is meant")
    one.add_argument("new", metavar="NEW", nargs="?", default="current", help="likewise (current, the one in use)")
    one.add_argument("--format", choices=("text", "json"), default="text", help="of the list (text)")
    with_release(one)

    one = command("serve", serve)
    one.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    one.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    with_release(one)

    with_release(command("mcp", mcp))

    one = command("query", query)
    one.add_argument("file", metavar="FILE", help="a SPARQL query; - reads it from standard input")
    one.add_argument(
        "--format",
        type=_FORMATS.__getitem__,
        metavar="|".join(_FORMATS),
        help="of the answer (csv, or ttl for a graph)",
    )
    with_release(one)

    one = command("search", search)
    one.add_argument(
        "words", nargs="+", metavar="WORD", help="accents count where they are typed; the last word may be unfinished"
    )
    one.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="FACET=VALUE",
        help="kind, area, topic, document, agency or year; may be repeated",
    )
    one.add_argument("--limit", type=int, default=20, help="how many are shown (20)")
    one.add_argument("--format", choices=("text", "json"), default="text", help="of the list (text)")
    with_release(one)

    one = command("network", network)
    one.add_argument(
        "name",
        choices=_networks(),
        metavar="NAME",
        help=f"who leads with whom, who works on what, which document cites which, which tasks say the same: "
        f"{', '.join(_networks())}",
    )
    one.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a filter, such as topic=data; may be repeated",
    )
    one.add_argument("--at-least", metavar="N", help="leave out weaker edges")
    one.add_argument("--without", metavar="NODE", help="take a node out, such as agency/quang-tri/so-tu-phap")
    one.add_argument(
        "--format",
        choices=("json", "graphml", "gexf", "nodes", "edges", "svg"),
        default="json",
        help="nodes and edges are CSV (json)",
    )
    with_release(one)

    one = command("ask", ask)
    one.add_argument("question", nargs="?", metavar="QUESTION", help="its id, or words; none: list the questions")
    one.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the question; may be repeated",
    )
    one.add_argument(
        "--format",
        choices=("text", "json", "jsonld", "csv", "tsv", "xlsx"),
        default="text",
        help="of the answer (text)",
    )
    one.add_argument(
        "--day", type=datetime.date.fromisoformat, metavar="DATE", help="the day on which words are asked (today)"
    )
    with_release(one)

    one = command("evaluate", evaluate)
    one.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="folder with gold rows (data/evaluation)")
    one.add_argument("--asking", action="store_true", help="how well questions in words are understood, instead")
    with_release(one)
    with_sources(one)
    one.add_argument("--format", choices=("text", "json"), default="text", help="of the scores (text)")

    one = command("review", review)
    with_sources(one)
    one.add_argument("--format", choices=("text", "json"), default="text", help="of the list; json: a line each (text)")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


if __name__ == "__main__":
    sys.exit(main())

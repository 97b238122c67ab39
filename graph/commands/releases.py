"""From the sources to a release, and what releases hold: ``build``, ``validate``, ``diff``."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from graph.commands.call import DONE, UNACCEPTABLE, Commands, UsageError, with_jobs, with_release, with_sources
from graph.commands.decisions import acceptances, corrections, decisions

if TYPE_CHECKING:
    from graph.build import BuiltSource


def add_to(commands: Commands) -> None:
    """Add the commands of this family."""
    one = commands.add("build", build)
    with_sources(one)
    one.add_argument("--out", type=Path, default=Path("releases"), metavar="DIR", help="folder of releases (releases)")
    with_jobs(one)
    one.add_argument(
        "--cluster", metavar="ADDRESS", help="a Dask scheduler that runs the jobs instead, such as tcp://host:8786"
    )

    one = commands.add("validate", validate)
    one.add_argument("files", nargs="*", metavar="FILE", help="RDF files; none: the release in use")
    one.add_argument(
        "--format", choices=("text", "json", "ttl", "html", "sarif"), default="text", help="of the report (text)"
    )
    with_release(one)
    with_sources(one)
    with_jobs(one)

    one = commands.add("diff", diff)
    one.add_argument("old", metavar="OLD", help="a release: its folder, its id, or a date, the last of which is meant")
    one.add_argument("new", metavar="NEW", nargs="?", default="current", help="likewise (current, the one in use)")
    one.add_argument("--format", choices=("text", "json"), default="text", help="of the list (text)")
    with_release(one)


def build(options: argparse.Namespace) -> int:
    """Build, validate and publish a release; nothing is published when a source has a violation."""
    from graph import release
    from graph.build import build as build_graph
    from graph.build import inputs_digest
    from graph.evaluation import load_gold, rows_about
    from graph.reports.plain import summary, to_text
    from graph.sources import load_sources

    sources = load_sources(options.sources)
    corrected, accepted = corrections(options, sources), acceptances(options, sources)
    gold = rows_about(load_gold(), [source.id for source in sources])
    decided = decisions(options)
    inputs = inputs_digest(sources, corrected, accepted, decided, gold)
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
            sources, executor, progress, corrections=corrected, accepted=accepted, decisions=decided, gold=gold
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
        report = check(files, executor, sources, acceptances(options, sources))
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


def _executor(options: argparse.Namespace) -> Executor:
    """Where the jobs of a build run: processes here, or the workers of a Dask scheduler."""
    if options.cluster is None:
        return ProcessPoolExecutor(options.jobs)
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--cluster: needs the package distributed; run: pip install 'phancong[cluster]'") from None
    try:
        executor: Executor = Client(options.cluster, timeout=5).get_executor()
    except (OSError, ValueError) as error:
        raise UsageError(f"--cluster {options.cluster}: no scheduler answers there: {error}") from None
    return executor


def _is_current(out: Path, inputs: str) -> bool:
    from graph.release import ReleaseError, current

    try:
        return bool(current(out).about.get("inputs") == inputs)
    except ReleaseError:
        return False

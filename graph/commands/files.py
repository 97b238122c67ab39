"""From a file with a plan to its records: ``extract`` prints them, ``add`` makes the file a source."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graph.commands.call import DONE, UNACCEPTABLE, UNUSABLE, Commands, UsageError, without_corrections
from graph.corrections import CORRECTIONS, CorrectionError
from graph.reading.limits import LimitError, Limits, from_environment
from graph.sources import SOURCES, SourceError, load_sources

if TYPE_CHECKING:
    from graph.extraction import Extractor
    from graph.extraction.survey import Survey
    from graph.records import Correction, Extraction
    from graph.sources import ReadFile, Source

_UNREADABLE = (SourceError, CorrectionError)


def add_to(commands: Commands) -> None:
    """Add the commands of this family."""
    recognise = "recognise the text of scanned PDF pages (needs Tesseract with Vietnamese)"
    one = commands.add("extract", extract)
    one.add_argument(
        "files", nargs="+", metavar="FILE", help="a plan (Word, PDF, HTML, spreadsheet, text), or a folder of them"
    )
    one.add_argument("--ocr", action="store_true", help=recognise)
    one.add_argument("--report", action="store_true", help="instead of the records: what was found and left out")
    one.add_argument("--json", action="store_true", help="the reports as JSON Lines")
    without_corrections(one)

    one = commands.add("add", add)
    one.add_argument("files", nargs="+", metavar="FILE", help="a plan (Word, PDF, HTML, spreadsheet, text)")
    one.add_argument("--sources", type=Path, default=SOURCES, metavar="DIR", help="where to (data/sources)")
    one.add_argument("--id", help="short name in records (the next number)")
    one.add_argument("--name", help="file name without ending (area, year and type from its head)")
    one.add_argument("--title", help="what the file is, for people (issuer and title from its head)")
    one.add_argument("--area", metavar="SLUG", help="area in ontology/areas.ttl (that of its head)")
    one.add_argument("--ocr", action="store_true", help=recognise)
    one.add_argument("--note", help="what is known from outside the text")


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
    if not files:
        raise UsageError(f"{options.files[0]}: holds no files")
    failures: list[str] = []
    for path in files:
        try:
            read, extraction = _read_plan(path, listed, corrections, extractor, limits, recognise=options.ocr)
        except _UNREADABLE as error:
            failures.append(_one_line(error))
            print(f"phancong: {failures[-1]}", file=sys.stderr)
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
            print(f"phancong: {_one_line(error)}", file=sys.stderr)
            worst = UNUSABLE
        else:
            print(f"{source.path}: source {source.id}, {len(extraction.tasks)} tasks; the next build carries it")
    return worst


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
    from graph.sandbox import time_limit
    from graph.sources import ReadFile, find_source, read_file, read_source

    source = find_source(path, listed)
    if source and source.text_path:
        read = ReadFile(path.read_bytes(), "text", read_source(source))
    else:
        read = read_file(path, limits, recognise=recognise)
    late = SourceError(
        f"{path}: takes longer to extract than PHANCONG_EXTRACT_SECONDS allows ({limits.extract_seconds})"
    )
    try:
        with time_limit(limits.extract_seconds, late):
            extraction = extractor.extract(source.id if source else path.stem, read.text)
    except NotAPlanError as error:
        raise SourceError(f"{path}: is no plan: {error}") from None
    applied = apply_corrections(corrections.get(source.id, ()) if source else (), extraction, len(read.text))
    return read, applied


def _one_line(error: Exception) -> str:
    """What an error says, without line ends and other signs that the name of a file can bring into it."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in str(error))


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

"""Writes the files of a dump, each from the store or the N-Quads of a release."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from graph.catalogue.texts import Texts, filled
from graph.dumps import rdf, tabular
from graph.dumps.files import CSVW_METADATA, DumpFile, Titled, describe, write_checksums
from graph.dumps.readme import readme
from graph.dumps.tables import Table, load_tables, read_rows
from graph.questions.question import Text
from graph.store import Store

README = "README.md"
_TABLES = "tables"
_DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Dumps:
    """What was written: the files of the whole, those of each document (by IRI), and the CSV files among the whole, in
    the order of the tables."""

    whole: tuple[Titled, ...]
    by_document: Mapping[str, tuple[Titled, ...]]
    csv: tuple[DumpFile, ...]


def write_dumps(nquads: Path, store: Store, folder: Path, texts: Texts) -> Dumps:
    """Write all files of a dump into a new folder, except those that name the release (:func:`finish`)."""
    for part in ("", _TABLES, _DOCUMENTS):
        (folder / part).mkdir()
    whole = [_titled(folder, path, texts.files["phancong"]) for path in rdf.write_whole(nquads, folder, "phancong")]
    rdf.write_vocabulary(nquads, folder / "vocabulary.ttl")
    whole.append(_titled(folder, folder / "vocabulary.ttl", texts.files["vocabulary"]))
    tables = load_tables()
    csv = []
    for table in tables:
        files = _write_table(table, store, folder, texts)
        whole += files
        csv.append(files[0].file)
    metadata = tabular.csvw_metadata(tables, texts.whole.title, texts.licence.deed)
    _write_json(folder / _TABLES / CSVW_METADATA, metadata)
    by_document = {
        iri: tuple(_titled(folder, path, texts.files["document"]) for path in paths)
        for iri, paths in rdf.write_documents(nquads, folder / _DOCUMENTS).items()
    }
    listed = [*whole, *(one for files in by_document.values() for one in files)]
    (folder / README).write_text(readme(listed, tables, texts), encoding="utf-8")
    return Dumps(tuple(whole), by_document, tuple(csv))


def finish(folder: Path) -> None:
    """Write the checksums of a folder that has all its files."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    write_checksums(folder, [describe(folder, path) for path in paths])


def _write_table(table: Table, store: Store, folder: Path, texts: Texts) -> Sequence[Titled]:
    rows = read_rows(table, store)
    written = []
    for ending, write in (("csv", tabular.write_csv), ("parquet", tabular.write_parquet)):
        path = folder / _TABLES / f"{table.name}.{ending}"
        write(path, table, rows)
        written.append(_titled(folder, path, texts.files["table"], {"table": table.title}))
    return written


def _titled(folder: Path, path: Path, title: Text, values: Mapping[str, Text] = MappingProxyType({})) -> Titled:
    file = describe(folder, path)
    name = file.format.name
    return Titled(file, filled(title, {"format": Text(name, name), **values}))


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

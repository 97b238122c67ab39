"""Writes the dumps of a release and what describes them: the catalogue, VoID, Croissant, checksums."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from graph import store
from graph.catalogue import void
from graph.catalogue.croissant import croissant
from graph.catalogue.dcat import Contents, address, catalogue_quads, lines
from graph.catalogue.documents import held_documents
from graph.catalogue.revisions import Revision, revise, write_revisions
from graph.catalogue.texts import Texts, load_texts
from graph.dumps.files import CROISSANT, DUMPS, DumpFile
from graph.dumps.tables import load_tables
from graph.dumps.writing import Dumps, finish, write_dumps

CATALOGUE = "catalogue.nq"


def publish_metadata(
    folder: Path, nquads: Path, stored: Path, release: str, issued: str, before: Mapping[str, Revision]
) -> None:
    """Write the dumps of a release and the catalogue that describes them, the latter into the store too.

    ``folder`` is that of the release, ``stored`` its store, made of ``nquads``; ``issued`` is an ISO 8601 time,
    ``before`` the revisions of the release before.
    """
    texts = load_texts()
    dumps = write_dumps(nquads, store.open_read_only(stored), folder / DUMPS, texts)
    revisions = revise(before, _digests(dumps), issued)
    write_revisions(folder, revisions)
    documents = held_documents(store.open_read_only(stored))
    contents = Contents(release, issued, documents, dumps.whole, dumps.by_document, revisions)
    catalogue = folder / CATALOGUE
    catalogue.write_text(lines(catalogue_quads(contents, texts)), encoding="utf-8")
    store.add(stored, catalogue)
    described = folder / "void.nq"
    described.write_text(_void(store.open_read_only(stored), contents, texts), encoding="utf-8")
    store.add(stored, described)
    with catalogue.open("a", encoding="utf-8") as output:
        output.write(described.read_text(encoding="utf-8"))
    described.unlink()
    _write_croissant(folder / DUMPS / CROISSANT, contents, dumps.csv, texts)
    finish(folder / DUMPS)


def _digests(dumps: Dumps) -> dict[str, str]:
    """The checksum of each dataset: the first file of the whole, and of each document."""
    whole = {"phancong": dumps.whole[0].file.sha256}
    return whole | {iri.rsplit("/", 1)[-1]: files[0].file.sha256 for iri, files in dumps.by_document.items()}


def _void(reader: store.Store, contents: Contents, texts: Texts) -> str:
    described = void.Described(
        contents.release,
        contents.issued,
        [one.file.path for one in contents.whole if one.file.name == "phancong"],
        void.examples(reader),
        void.linksets(reader),
    )
    return lines(void.void_quads(described, void.count(reader), texts))


def _write_croissant(path: Path, contents: Contents, csv: tuple[DumpFile, ...], texts: Texts) -> None:
    base = address("dumps", contents.release, "")
    metadata = croissant(load_tables(), csv, texts, contents.release, contents.issued, base)
    path.write_text(json.dumps(metadata, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

"""Adding a plan to the sources: its file, its text rendition where it is no text, and its block in sources.toml."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.reading.formats import ENDINGS
from graph.records import DocumentRecord, Extraction
from graph.sources import ReadFile, Source, SourceError, load_sources
from graph.text import fold
from graph.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Said:
    """What the person who adds a plan says of it; None where the plan says it itself."""

    id: str | None = None
    name: str | None = None
    title: str | None = None
    area: str | None = None
    note: str | None = None


def add(path: Path, read: ReadFile, extraction: Extraction, said: Said, folder: Path, vocabulary: Vocabulary) -> Source:
    """Copy a plan into a folder of sources and list it; the manifest is written last. Raises :class:`SourceError`."""
    manifest = folder / "sources.toml"
    listed = load_sources(folder) if manifest.exists() else ()
    sha256 = hashlib.sha256(read.data).hexdigest()
    known = next((source for source in listed if source.sha256 == sha256), None)
    if known:
        raise SourceError(f"{path}: is listed already, as source {known.id} ({known.path.name})")
    document = extraction.documents[-1] if extraction.documents else None
    area = said.area or _area(path, document, vocabulary)
    if area not in vocabulary.areas:
        raise SourceError(f"{path}: the area {area!r} is not in ontology/areas.ttl")
    name = said.name or _free_name(_name(area, document, vocabulary), listed)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise SourceError(f"{path}: the name {name!r} must be small letters and digits joined by hyphens")
    block = {
        "id": said.id or _next_id(listed),
        "file": name + ENDINGS[read.format],
        "original": path.name,
        "sha256": sha256,
        "title": said.title or _title(path, document),
        "area": area,
        **({"note": said.note} if said.note else {}),
    }
    files = {block["file"]: read.data}
    if read.format != "text":
        text = read.text.encode()
        block |= {"text": f"{name}.txt", "text_sha256": hashlib.sha256(text).hexdigest()}
        files[block["text"]] = text
    _refuse_doubles(path, folder, listed, block, files)
    for file, data in files.items():
        (folder / file).write_bytes(data)
    _append(manifest, block)
    return load_sources(folder)[-1]


def _refuse_doubles(
    path: Path, folder: Path, listed: Sequence[Source], block: Mapping[str, str], files: Mapping[str, bytes]
) -> None:
    if any(source.id == block["id"] for source in listed):
        raise SourceError(f"{path}: there is a source with the id {block['id']!r}; give another with --id")
    taken = next((file for file in files if (folder / file).exists()), None)
    if taken:
        raise SourceError(f"{path}: {folder / taken} exists already; give another name with --name")


def _append(manifest: Path, block: Mapping[str, str]) -> None:
    """Add a block in one step: a reader sees the old manifest or the new one."""
    before = manifest.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if manifest.exists() else ""
    lines = "".join(f"{key} = {_toml(value)}\n" for key, value in block.items())
    beside = manifest.with_suffix(".new")
    beside.write_text(f"{before}[[source]]\n{lines}", encoding="utf-8")
    beside.replace(manifest)


def _toml(text: str) -> str:
    """A basic string of TOML 1.0, which escapes what JSON escapes, and DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _area(path: Path, document: DocumentRecord | None, vocabulary: Vocabulary) -> str:
    slug = vocabulary.area_names.get(fold(document.province)) if document and document.province else None
    if slug is None:
        raise SourceError(f"{path}: its head does not say which area it is about; give it with --area SLUG")
    return slug


def _name(area: str, document: DocumentRecord | None, vocabulary: Vocabulary) -> str:
    kind = vocabulary.document_types.get(document.type) if document else None
    year = document.date[:4] if document and document.date else ""
    words = (area, year, fold(kind.label).replace(" ", "-") if kind else "ke-hoach")
    return "-".join(filter(None, words))


def _free_name(name: str, listed: Sequence[Source]) -> str:
    taken = {source.slug for source in listed}
    candidates = [name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate not in taken)


def _next_id(listed: Sequence[Source]) -> str:
    return f"{max((int(source.id) for source in listed if source.id.isdecimal()), default=-1) + 1:03}"


def _title(path: Path, document: DocumentRecord | None) -> str:
    if document is None or not document.title:
        raise SourceError(f"{path}: its head gives no title; give one with --title")
    return f"{document.issuer}: {document.title}" if document.issuer else document.title

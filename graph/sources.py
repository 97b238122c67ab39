"""The sources: the files of data/sources and what sources.toml says of them.

A source that is no text (Word, PDF, HTML, spreadsheet) has its text rendition beside it, written once by ``phancong
add`` and pinned by its checksum: passages point into it, so a later version of a reader must not move them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.entries import read_toml
from graph.reading.encodings import EncodingError
from graph.reading.encodings import decode as decode_text
from graph.reading.formats import Format, recognise
from graph.reading.isolated import render
from graph.reading.limits import Limits, UnreadableError

SOURCES = Path(__file__).parent.parent / "data" / "sources"
_REQUIRED = {"id": str, "file": str, "sha256": str, "title": str, "area": str}
_OPTIONAL = {"original": str, "note": str, "text": str, "text_sha256": str}


class SourceError(Exception):
    """A source or the manifest cannot be used; the message names the file, the place and the reason."""


@dataclass(frozen=True, slots=True)
class Source:
    """A published file: ``id`` is the short name in records, ``slug`` that in IRIs, ``area`` the slug of the area it is
    about, ``text_path`` its text rendition where the file is no text."""

    id: str
    slug: str
    path: Path
    sha256: str
    title: str
    area: str
    text_path: Path | None = None
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: its bytes, its format, the text that offsets count in, and what its reader left out, in words."""

    data: bytes
    format: Format
    text: str
    left_out: tuple[str, ...] = ()


def load_sources(folder: Path = SOURCES) -> tuple[Source, ...]:
    """The sources that a folder's sources.toml lists, in its order. Raises :class:`SourceError`."""
    manifest = folder / "sources.toml"
    blocks = read_toml(manifest, SourceError).get("source", [])
    if not blocks:
        raise SourceError(f"{manifest}: lists no source; add a [[source]] block for each file")
    sources = tuple(_source(folder, manifest, n, block) for n, block in enumerate(blocks, 1))
    for field in ("id", "slug"):
        values = [getattr(source, field) for source in sources]
        double = next((value for value in values if values.count(value) > 1), None)
        if double:
            raise SourceError(f"{manifest}: two sources have the {field} {double!r}")
    return sources


def read_source(source: Source) -> str:
    """The text of a source or its rendition, checksums verified. Raises :class:`SourceError`."""
    data = _verified(source.path, source.sha256)
    if source.text_path and source.text_sha256:
        return decode(_verified(source.text_path, source.text_sha256), source.text_path)
    if _format(data, source.path, Limits()) != "text":
        raise SourceError(f"{source.path}: is no text and has no rendition; remove its block and run phancong add")
    return decode(data, source.path)


def read_file(path: Path, limits: Limits, *, recognise: bool = False) -> ReadFile:
    """Any file that may be a plan; what is no text is read in a process of its own. ``recognise``: the text of scanned
    pages of a PDF is recognised (OCR). Raises :class:`SourceError`."""
    try:
        if not path.is_file() and path.exists():
            raise SourceError(f"{path}: is no file that ends (a folder, a pipe or a device)")
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise SourceError(f"{path}: has {size} bytes, more than PHANCONG_FILE_BYTES allows ({limits.file_bytes})")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from None
    format = _format(data, path, limits)
    if format == "text":
        return ReadFile(data, format, _not_too_long(decode(data, path), path, limits))
    try:
        text, left_out = render(data, format, limits, recognise=recognise)
    except UnreadableError as error:
        raise SourceError(f"{path}: {error}") from None
    return ReadFile(data, format, text, left_out)


def _verified(path: Path, sha256: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from None
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise SourceError(
            f"{path}: its sha256 is {found}, sources.toml says {sha256}; "
            "restore the file, or write the new checksum into its block"
        )
    return data


def _format(data: bytes, path: Path, limits: Limits) -> Format:
    try:
        return recognise(data, limits)
    except UnreadableError as error:
        raise SourceError(f"{path}: {error}") from None


def _not_too_long(text: str, path: Path, limits: Limits) -> str:
    if len(text) > limits.text_characters:
        raise SourceError(
            f"{path}: holds {len(text)} characters, more than PHANCONG_TEXT_CHARACTERS allows "
            f"({limits.text_characters})"
        )
    return text


def decode(data: bytes, path: Path) -> str:
    """The text of a text file in any encoding known here; ``path`` is for messages. Raises :class:`SourceError`."""
    if not data.strip():
        raise SourceError(f"{path}: is empty")
    try:
        return decode_text(data)
    except EncodingError as error:
        raise SourceError(f"{path}: {error}") from None


def find_source(path: Path, sources: Sequence[Source]) -> Source | None:
    """The source that a path means, None for a file that is not listed."""
    return next((source for source in sources if os.path.realpath(source.path) == os.path.realpath(path)), None)


def _source(folder: Path, manifest: Path, n: int, block: dict[str, Any]) -> Source:
    for field, kind in _REQUIRED.items():
        if not isinstance(block.get(field), kind) or not block[field]:
            raise SourceError(
                f"{manifest}: source {n} ({block.get('file', 'no file')}): {field} is missing or no {kind.__name__}"
            )
    unknown = sorted(set(block) - set(_REQUIRED) - set(_OPTIONAL))
    if unknown:
        raise SourceError(f"{manifest}: source {n} ({block['file']}): unknown field {unknown[0]!r}")
    if ("text" in block) != ("text_sha256" in block):
        raise SourceError(f"{manifest}: source {n} ({block['file']}): text and text_sha256 go together")
    path = folder / block["file"]
    text = folder / block["text"] if "text" in block else None
    for one in (path, text):
        if one and one.parent != folder:
            raise SourceError(
                f"{manifest}: source {n}: file {one.relative_to(folder).as_posix()!r} must stand in {folder} itself"
            )
    return Source(
        block["id"],
        path.stem,
        path,
        block["sha256"],
        block["title"],
        block["area"],
        text,
        block.get("text_sha256"),
    )

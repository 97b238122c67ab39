"""The sources: the files of data/sources and what sources.toml says of them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.reading.encodings import EncodingError
from graph.reading.encodings import decode as decode_text

SOURCES = Path(__file__).parent.parent / "data" / "sources"
_REQUIRED = {"id": str, "file": str, "sha256": str, "title": str, "area": str}
_OPTIONAL = {"original": str, "note": str}


class SourceError(Exception):
    """A source or the manifest cannot be used; the message names the file, the place and the reason."""


@dataclass(frozen=True, slots=True)
class Source:
    """A published file: ``id`` is the short name in records, ``slug`` that in IRIs, ``area`` the slug of the area it is
    about."""

    id: str
    slug: str
    path: Path
    sha256: str
    title: str
    area: str


def load_sources(folder: Path = SOURCES) -> tuple[Source, ...]:
    """The sources that a folder's sources.toml lists, in its order. Raises :class:`SourceError`."""
    manifest = folder / "sources.toml"
    try:
        blocks = tomllib.loads(manifest.read_text(encoding="utf-8")).get("source", [])
    except OSError as error:
        raise SourceError(f"{manifest}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{manifest}: is no TOML: {error}") from None
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
    """The text of a source, its checksum verified. Raises :class:`SourceError`."""
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise SourceError(f"{source.path}: cannot be read: {error.strerror}") from None
    found = hashlib.sha256(data).hexdigest()
    if found != source.sha256:
        raise SourceError(
            f"{source.path}: its sha256 is {found}, sources.toml says {source.sha256}; "
            "restore the file, or write the new checksum into its block"
        )
    return decode(data, source.path)


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
    return next((source for source in sources if source.path.resolve() == path.resolve()), None)


def _source(folder: Path, manifest: Path, n: int, block: dict[str, Any]) -> Source:
    for field, kind in _REQUIRED.items():
        if not isinstance(block.get(field), kind) or not block[field]:
            raise SourceError(
                f"{manifest}: source {n} ({block.get('file', 'no file')}): {field} is missing or no {kind.__name__}"
            )
    unknown = sorted(set(block) - set(_REQUIRED) - set(_OPTIONAL))
    if unknown:
        raise SourceError(f"{manifest}: source {n} ({block['file']}): unknown field {unknown[0]!r}")
    path = folder / block["file"]
    if path.parent != folder:
        raise SourceError(f"{manifest}: source {n}: file {block['file']!r} must stand in {folder} itself")
    return Source(block["id"], path.stem, path, block["sha256"], block["title"], block["area"])

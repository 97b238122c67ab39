"""The files of a dump: what format they have, how large they are, and their SHA-256.

The addresses and the metadata of a release are made from these.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from graph.questions.question import Text

DUMPS = "dumps"
"""The folder of the dump in that of a release."""

CHECKSUMS = "SHA256SUMS"
CROISSANT = "croissant.json"
CSVW_METADATA = "csv-metadata.json"
"""The name of the metadata of the tables: a default location of Model for Tabular Data, section 5.3."""

_PIECE = 1 << 20
_COMPRESSION = 6  # three times as fast as 9, and a few per cent larger


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its IANA media type, its code in the EU's file-type authority table (none: not listed there)."""

    media_type: str
    file_type: str | None
    name: str


FORMATS = {
    "nq": Format("application/n-quads", "RDF_N_QUADS", "N-Quads"),
    "trig": Format("application/trig", "RDF_TRIG", "TriG"),
    "ttl": Format("text/turtle", "RDF_TURTLE", "Turtle"),
    "jsonld": Format("application/ld+json", "JSON_LD", "JSON-LD"),
    "csv": Format("text/csv", "CSV", "CSV"),
    "parquet": Format("application/vnd.apache.parquet", "PARQUET", "Parquet"),
    "csvm": Format("application/csvm+json", None, "CSVW"),
    "json": Format("application/json", "JSON", "JSON"),
    "md": Format("text/markdown", None, "Markdown"),
    "txt": Format("text/plain", "TXT", "text"),
}
"""Ending of a file name -> format."""

NAMED_FORMATS = {CSVW_METADATA: FORMATS["csvm"], CROISSANT: FORMATS["jsonld"], CHECKSUMS: FORMATS["txt"]}
"""File name -> format, for files whose ending does not tell it."""


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file of a dump: ``path`` below the folder of the dump, ``size`` in bytes, SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str

    @property
    def compressed(self) -> bool:
        """Whether the file is gzip."""
        return self.path.endswith(".gz")

    @property
    def name(self) -> str:
        """The file name without folder and endings."""
        return self.path.rsplit("/", 1)[-1].split(".", 1)[0]

    @property
    def format(self) -> Format:
        """The format of what the file holds, uncompressed."""
        named = NAMED_FORMATS.get(self.path.rsplit("/", 1)[-1])
        return named or FORMATS[self.path.removesuffix(".gz").rsplit(".", 1)[-1]]


@dataclass(frozen=True, slots=True)
class Titled:
    """A file of a dump that a catalogue lists, with what it holds, for people."""

    file: DumpFile
    title: Text


def describe(folder: Path, path: Path) -> DumpFile:
    """Size and checksum of a file in the folder of a dump."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while piece := content.read(_PIECE):
            digest.update(piece)
    return DumpFile(path.relative_to(folder).as_posix(), path.stat().st_size, digest.hexdigest())


def write_checksums(folder: Path, files: list[DumpFile]) -> None:
    """SHA256SUMS of a folder; ``sha256sum -c`` checks it."""
    lines = [f"{file.sha256}  {file.path}\n" for file in files]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def read_checksums(folder: Path) -> dict[str, str]:
    """SHA256SUMS of a folder: path -> SHA-256; empty where there is none."""
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


@contextmanager
def gzipped(path: Path) -> Iterator[IO[bytes]]:
    """A gzip file to write that has neither a name nor a time in its head, so that the same content gives the same
    bytes."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", _COMPRESSION, raw, mtime=0) as packed,
        io.BufferedWriter(packed, _PIECE) as buffered,
    ):
        yield buffered

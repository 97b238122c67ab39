from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from graph.sources import SourceError, decode, load_sources, read_source

BLOCK = '[[source]]\nid = "a"\nfile = "a.txt"\nsha256 = "{}"\ntitle = "T"\narea = "quang-tri"\n'


def write(folder: Path, manifest: str, text: bytes = b"x") -> None:
    (folder / "sources.toml").write_text(manifest, encoding="utf-8")
    (folder / "a.txt").write_bytes(text)


def test_the_five_plans_are_listed_with_their_checksums() -> None:
    sources = load_sources()
    assert [source.id for source in sources] == ["000", "001", "002", "003", "004"]
    assert all(read_source(source) for source in sources)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, BLOCK.format(hashlib.sha256(b"y").hexdigest()))
    (source,) = load_sources(tmp_path)
    with pytest.raises(SourceError, match=r"a\.txt: its sha256 is"):
        read_source(source)


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        ("", "lists no source"),
        ("[[source]\n", "is no TOML"),
        (BLOCK.format("0").replace('title = "T"\n', ""), "title is missing"),
        (BLOCK.format("0") + BLOCK.format("0"), "two sources have the id"),
        (BLOCK.format("0") + 'titel = "x"\n', "unknown field 'titel'"),
        (BLOCK.format("0").replace("a.txt", "../a.txt"), "must stand in"),
    ],
)
def test_a_bad_manifest_is_refused_with_its_place(tmp_path: Path, manifest: str, reason: str) -> None:
    write(tmp_path, manifest)
    with pytest.raises(SourceError, match=reason) as refused:
        load_sources(tmp_path)
    assert str(tmp_path / "sources.toml") in str(refused.value)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"sources\.toml: cannot be read"):
        load_sources(tmp_path)


@pytest.mark.parametrize(
    ("data", "reason"), [(b"  \n", "is empty"), (b"K\xe1 ho\xe1\xba", "no UTF-8"), (b"a\0b", "null character")]
)
def test_bytes_that_are_no_text_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        decode(data, Path("plan.txt"))


def test_a_byte_order_mark_is_no_text() -> None:
    assert decode("\ufeffKẾ HOẠCH".encode(), Path("plan.txt")) == "KẾ HOẠCH"

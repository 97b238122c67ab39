from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from graph import release
from graph.archive import ARCHIVE, release_folders, servable
from graph.build import BuiltGraph
from graph.difference import read_changes
from graph.retired import RETIRED, read_retired
from graph.store import open_read_only

ONE, TWO = (f'<https://x.example/s> <https://x.example/p> "{n}" <https://x.example/g> .\n' for n in (1, 2))
ASK = 'ASK {{ ?s ?p "{}" }}'


def graph(nquads: str) -> BuiltGraph:
    return BuiltGraph(nquads, {}, {"quads": nquads.count("\n")}, {})


def holds(out: Path, value: int) -> bool:
    import io

    answer = io.BytesIO()
    open_read_only(release.current(out).path / "store").query(ASK.format(value)).write(
        answer, "application/sparql-results+json"
    )
    return b"true" in answer.getvalue()


def test_a_release_is_published_and_switched_to(tmp_path: Path) -> None:
    first = release.publish(graph(ONE), "digest", tmp_path)
    assert holds(tmp_path, 1)
    assert release.current(tmp_path).about == first.about
    assert (first.about["inputs"], first.about["counts"]) == ("digest", {"quads": 1})
    second = release.publish(graph(TWO), "digest", tmp_path)
    assert release.current(tmp_path).path == second.path
    assert holds(tmp_path, 2) and not holds(tmp_path, 1)
    release.switch(tmp_path, first.path.name)
    assert holds(tmp_path, 1), "rolled back"


def test_a_release_lists_what_is_gone_with_it(tmp_path: Path) -> None:
    one, two = (
        f'<https://w3id.org/phancong/id/{n}> <https://x.example/p> "" <https://x.example/g> .\n' for n in (1, 2)
    )
    first = release.publish(graph(one), "digest", tmp_path)
    assert read_retired(first.path) == {}
    second = release.publish(graph(two), "digest", tmp_path)
    assert read_retired(second.path) == {"https://w3id.org/phancong/id/1": first.id}
    (second.path / RETIRED).write_text("damaged")
    with pytest.raises(release.ReleaseError, match=r"retired\.tsv:1"):
        release.publish(graph(one), "digest", tmp_path)
    assert release.current(tmp_path).path == second.path


def test_the_checksums_hold(tmp_path: Path) -> None:
    published = release.publish(graph(ONE), "digest", tmp_path)
    listed = dict(reversed(line.split("  ")) for line in (published.path / "SHA256SUMS").read_text().splitlines())
    assert {"phancong.nq", "release.json"} <= set(listed)
    assert all(
        hashlib.sha256((published.path / name).read_bytes()).hexdigest() == digest for name, digest in listed.items()
    )


def test_only_the_last_releases_can_be_gone_back_to_and_older_ones_keep_their_dumps(tmp_path: Path) -> None:
    first = release.publish(graph(ONE), "digest", tmp_path)
    others = [tmp_path / f"2020010{n}T000000Z-x" for n in range(6)]
    for path in others:
        path.mkdir()
        (path / "release.json").write_text("{}")
    last = release.publish(graph(TWO), "digest", tmp_path)
    left = [path.name for path in servable(tmp_path)]
    assert len(left) == release.KEPT
    assert {first.path.name, last.path.name} <= set(left)
    archived = servable(tmp_path / ARCHIVE)
    assert [path.name for path in archived] == [path.name for path in others[:3]]
    assert release_folders(tmp_path) == [*archived, *servable(tmp_path)]
    for n in range(release.KEPT):
        release.publish(graph(ONE.replace("1", str(10 + n))), "digest", tmp_path)
    published = [path for path in servable(tmp_path / ARCHIVE) if path.name not in {other.name for other in others}]
    assert len(published) == 2
    assert all((path / "dumps" / "phancong.nq.gz").is_file() and not (path / "store").exists() for path in published)


def test_a_build_that_fails_leaves_the_release_in_use(tmp_path: Path) -> None:
    release.publish(graph(ONE), "digest", tmp_path)
    with pytest.raises(Exception, match="cannot be loaded"):
        release.publish(graph("no quads\n"), "digest", tmp_path)
    assert holds(tmp_path, 1)


def test_what_a_killed_build_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys, pathlib; from graph import release, store; from graph.build import BuiltGraph\n"
        "store.create = lambda *a: os.kill(os.getpid(), signal.SIGKILL)\n"
        "release.publish(BuiltGraph('', {}, {}, {}), '', pathlib.Path(sys.argv[1]))"
    )
    release.publish(graph(ONE), "digest", tmp_path)
    import sys

    assert subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode == -9
    assert any(path.name.startswith(".unfinished-") for path in tmp_path.iterdir())
    assert holds(tmp_path, 1)
    release.publish(graph(TWO), "digest", tmp_path)
    assert not any(path.name.startswith(".unfinished-") for path in tmp_path.iterdir())


def test_an_empty_folder_holds_no_release(tmp_path: Path) -> None:
    with pytest.raises(release.ReleaseError, match="run 'phancong build' first"):
        release.current(tmp_path)


def test_switching_to_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(release.ReleaseError, match="is no release"):
        release.switch(tmp_path, "nothing")


def test_the_texts_of_the_sources_are_kept_character_by_character(tmp_path: Path) -> None:
    text = "Sở Y tế\r\nchủ trì\f\n\tđ"
    built = BuiltGraph(ONE, {}, {}, {}, {"quang-tri-2026-ke-hoach": text})
    published = release.publish(built, "digest", tmp_path)
    assert (published.path / "texts" / "quang-tri-2026-ke-hoach.txt").read_bytes().decode() == text


def test_a_release_says_what_changed_since_the_one_before(tmp_path: Path) -> None:
    first = release.publish(graph(ONE), "digest", tmp_path)
    assert read_changes(first.path) is None
    second = release.publish(graph(TWO), "digest", tmp_path)
    changes = read_changes(second.path)
    assert changes is not None
    assert (changes.old, changes.new) == (first.id, second.id)

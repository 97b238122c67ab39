"""Releases: a built graph becomes a folder that never changes, and one link says which folder is in use.

``<out>/<id>/`` holds the store, the N-Quads, the texts that passages count in, the dumps, the catalogue, the validation
report, counts and checksums; ``<out>/current`` points at the one in use and is switched in one step, so that a build
that fails or is killed at any moment leaves the release before it serving. Of releases too old to go back to,
``<out>/archive/<id>/`` keeps all but the store.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph import evaluation, store
from graph.archive import ARCHIVE, servable
from graph.build import BuiltGraph, code_version
from graph.catalogue.publishing import publish_metadata
from graph.catalogue.revisions import read_revisions
from graph.difference import DifferenceError, compare, write_changes
from graph.findings import SEVERITIES, Report
from graph.network.answers import ReleaseName
from graph.network.publishing import NETWORKS, publish_networks
from graph.reports.html import to_html, to_index
from graph.reports.plain import to_json, to_text, to_turtle
from graph.reports.sarif import to_sarif
from graph.retired import RetiredError, described, read_retired, retire, write_retired
from graph.search import INDEX, build, entries_of, labels_of

RELEASES = Path("releases")
KEPT = 5  # releases kept for roll-back, the one in use among them
NQUADS = "phancong.nq"
STORE = "store"
TEXTS = "texts"
EVALUATION = "evaluation.json"
_UNFINISHED = ".unfinished-"


class ReleaseError(Exception):
    """There is no usable release where one is asked for; the message names the folder."""


@dataclass(frozen=True, slots=True)
class Release:
    """A published release: its folder and what its release.json says."""

    path: Path
    about: dict[str, Any]

    @property
    def id(self) -> str:
        """Its name, sortable by time of issue."""
        return str(self.about["id"])


def publish(built: BuiltGraph, inputs: str, out: Path) -> Release:
    """Write a release, switch ``current`` to it and archive the oldest ones. ``inputs`` is the digest of what it was
    built from."""
    out.mkdir(parents=True, exist_ok=True)
    clear_unfinished(out)
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=out))
    issued = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    digest = hashlib.sha256(built.nquads.encode()).hexdigest()
    about: dict[str, Any] = {
        "id": f"{issued:%Y%m%dT%H%M%SZ}-{digest[:12]}",
        "issued": issued.isoformat(),
        "codeVersion": code_version(),
        "inputs": inputs,
        "counts": built.counts,
        "findings": {slug: _counts(report) for slug, report in sorted(built.reports.items())},
    }
    (unfinished / NQUADS).write_text(built.nquads, encoding="utf-8")
    store.create(unfinished / STORE, unfinished / NQUADS)
    _write_texts(built.texts, unfinished / TEXTS)
    _write_reports(built, unfinished / "report")
    _write_json(unfinished / EVALUATION, evaluation.to_json(built.scores))
    before = read_revisions(out / "current")
    publish_metadata(unfinished, unfinished / NQUADS, unfinished / STORE, about["id"], about["issued"], before)
    store.compact(unfinished / STORE)
    made = store.open_read_only(unfinished / STORE)
    build(entries_of(made), unfinished / INDEX, labels_of(made))
    publish_networks(made, ReleaseName(about["id"], about["issued"]), unfinished / NETWORKS)
    _write_json(unfinished / "release.json", about)
    _retire(unfinished, out)
    _write_changes(unfinished, out, about["id"])
    _write_checksums(unfinished)
    unfinished.chmod(0o755)
    final = out / about["id"]
    unfinished.rename(final)
    switch(out, final.name)
    _archive_oldest(out)
    return Release(final, about)


def current(out: Path) -> Release:
    """The release in use: ``out`` is a folder of releases or a release itself. Raises :class:`ReleaseError`."""
    path = out / "current" if (out / "current").exists() else out
    try:
        about = json.loads((path / "release.json").read_text(encoding="utf-8"))
    except OSError:
        raise ReleaseError(f"{out}: holds no release; run 'phancong build' first") from None
    except ValueError as error:
        raise ReleaseError(f"{path / 'release.json'}: is damaged: {error}") from None
    return Release(path.resolve(), about)


def switch(out: Path, name: str) -> None:
    """Let ``current`` point at a release of the folder, in one step. Raises :class:`ReleaseError` for one that is not
    there."""
    if not (out / name / "release.json").is_file():
        raise ReleaseError(f"{out / name}: is no release")
    link = out / f"{_UNFINISHED}link-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    link.replace(out / "current")


def clear_unfinished(out: Path) -> None:
    """Remove what killed builds left behind."""
    for left in out.glob(f"{_UNFINISHED}*"):
        if left.is_symlink() or left.is_file():
            left.unlink()
        else:
            shutil.rmtree(left, ignore_errors=True)


def _archive_oldest(out: Path) -> None:
    """Move the oldest releases to the archive, so that their dumps stay, and drop their stores, which the N-Quads make
    again."""
    in_use = (out / "current").resolve()
    releases = servable(out)
    for path in [path for path in releases if path != in_use][: max(0, len(releases) - KEPT)]:
        archived = out / ARCHIVE / path.name
        archived.parent.mkdir(exist_ok=True)
        path.rename(archived)
        shutil.rmtree(archived / STORE, ignore_errors=True)


def _retire(new: Path, out: Path) -> None:
    """List in a new release what the one in use describes and it does not. Raises :class:`ReleaseError` where the list
    of the one in use is damaged."""
    if not (out / "current" / NQUADS).is_file():
        write_retired(new, {})
        return
    before = current(out)
    try:
        gone_before = read_retired(before.path)
    except RetiredError as error:
        raise ReleaseError(str(error)) from None
    with (new / NQUADS).open(encoding="utf-8") as now, (before.path / NQUADS).open(encoding="utf-8") as then:
        write_retired(new, retire(described(now), described(then), before.id, gone_before))


def _write_changes(new: Path, out: Path, name: str) -> None:
    """Write into a new release what changed since the one in use; nothing where there is none. Raises
    :class:`ReleaseError` where the one in use is damaged."""
    if not (out / "current" / NQUADS).is_file():
        return
    try:
        difference = compare((out / "current").resolve(), new)
    except DifferenceError as error:
        raise ReleaseError(str(error)) from None
    write_changes(dataclasses.replace(difference, new=name), new)


def _counts(report: Report) -> dict[str, int]:
    return {**{name: report.count(name) for name in SEVERITIES}, "accepted": report.accepted}


_REPORTS: Mapping[str, Callable[[Report], str]] = {
    "txt": to_text, "json": to_json, "ttl": to_turtle, "html": to_html, "sarif": to_sarif,
}  # fmt: skip


def _write_reports(built: BuiltGraph, folder: Path) -> None:
    folder.mkdir()
    for slug, report in built.reports.items():
        for ending, write in _REPORTS.items():
            (folder / f"{slug}.{ending}").write_text(write(report), encoding="utf-8")
    (folder / "index.html").write_text(to_index(built.reports), encoding="utf-8")


def _write_texts(texts: Mapping[str, str], folder: Path) -> None:
    """One file a source, in UTF-8 and without any change to its line ends: offsets count its characters."""
    folder.mkdir()
    for slug, text in texts.items():
        (folder / f"{slug}.txt").write_bytes(text.encode())


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _write_checksums(folder: Path) -> None:
    """SHA256SUMS over every file but the store's, which is an index of the N-Quads; ``sha256sum -c`` checks it."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and folder / "store" not in p.parents)
    sums = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder)}\n" for p in files]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")

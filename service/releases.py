"""Which release is served: an immutable folder with store/ and release.json, named by a link that is switched."""

import json
import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from graph.archive import find_release, release_folders
from graph.retired import RetiredError, read_retired

_LOG = logging.getLogger("phancong")
_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")  # goes into headers as it is


class ReleaseError(Exception):
    """There is no release to serve; the message names the file and what to do."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its folder, its id, when it was issued (ISO 8601), and how many of what it holds."""

    folder: Path
    id: str
    issued: str
    counts: Mapping[str, int]

    @property
    def store(self) -> Path:
        """The folder of its store."""
        return self.folder / "store"

    def last_to_describe(self, iri: str) -> str | None:
        """Return the id of the last release that described a thing which this one no longer does; None for others."""
        return _retired(self.folder).get(iri)


@lru_cache(maxsize=2)
def _retired(folder: Path) -> Mapping[str, str]:
    try:
        return read_retired(folder)
    except (OSError, RetiredError) as error:
        _LOG.error("what is gone cannot be told from what never was: %s", error)
        return {}


def read_release(folder: Path) -> Release:
    """Read release.json of a release folder. Raises ReleaseError."""
    path = folder / "release.json"
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReleaseError(f"{path}: not found; build a release first (phancong build)") from None
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path}: cannot be read: {error}") from error
    match description:
        case {"id": str(name), "issued": str(issued), "counts": dict(counts)}:
            if _ID.fullmatch(name) and _is_time(issued):
                return Release(folder, name, issued, counts)
    raise ReleaseError(
        f'{path}: needs "id" (letters, digits, ".", "_" and "-"), "issued" (date, time and zone as in '
        '2026-03-01T08:00:00Z) and "counts"'
    )


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


class Releases:
    """Follows the link `current` of a folder of releases; a folder that is a release itself stands for itself."""

    def __init__(self, folder: Path) -> None:
        """Read the release in use. Raises ReleaseError when there is none."""
        self._folder = folder
        self._name = str(folder / "current")
        self._link: tuple[str | None, Path] | None = None  # what `current` held when it was last resolved, and to what
        self._rejected: Path | None = None
        self._current = read_release(self._target())

    def current(self) -> Release:
        """Return the release to serve now.

        The link is looked at every time. A release that cannot be read is reported once in the log, and the one
        before stays in use until the link changes again.
        """
        target = self._target()
        if target not in (self._current.folder, self._rejected):
            try:
                self._current = read_release(target)
                _LOG.info("release %s is in use now", self._current.id)
            except ReleaseError as error:
                self._rejected = target
                _LOG.error("keeping release %s: %s", self._current.id, error)
        return self._current

    def kept(self) -> list[Release]:
        """Return all releases that are kept, archived ones too, in order of issue."""
        return [read_release(path) for path in release_folders(self._folder)]

    def find(self, name: str) -> Release | None:
        """Return the release that an id, "current" or a date (YYYY-MM-DD: the last of that day) means."""
        if name == "current":
            return self.current()
        folder = find_release(self._folder, name)
        return read_release(folder) if folder else None

    def reject(self, release: Release, instead: Release) -> None:
        """Go back to `instead`, because `release` turned out not to work, until the link changes again."""
        self._rejected = release.folder
        self._current = instead

    def _target(self) -> Path:
        """Return the folder to serve; each request asks, so that only a link that was switched is resolved again."""
        try:
            content = os.readlink(self._name)  # noqa: PTH115 (ten times as fast as Path.readlink, once each request)
        except OSError:
            content = None
        if self._link is None or self._link[0] != content:
            link = Path(self._name)
            self._link = content, (link if link.exists() else self._folder).resolve()
        return self._link[1]

"""When each part of the data last changed: told by its checksum from release to release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

REVISIONS = "revisions.json"


@dataclass(frozen=True, slots=True)
class Revision:
    """The state of a part: the SHA-256 of its content, and the times (ISO 8601) when it was first published and when it
    got this content."""

    sha256: str
    issued: str
    modified: str


def revise(before: Mapping[str, Revision], digests: Mapping[str, str], now: str) -> dict[str, Revision]:
    """The revisions of a new release: what has the content it had keeps its time of change."""
    revised = {}
    for name, digest in sorted(digests.items()):
        old = before.get(name)
        modified = old.modified if old and old.sha256 == digest else now
        revised[name] = Revision(digest, old.issued if old else now, modified)
    return revised


def read_revisions(release: Path) -> dict[str, Revision]:
    """The revisions that a release tells; none where it does not, as the folder before the first release."""
    try:
        told = json.loads((release / REVISIONS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {name: Revision(**revision) for name, revision in told.items()}


def write_revisions(release: Path, revisions: Mapping[str, Revision]) -> None:
    """Keep the revisions in the folder of a release."""
    told = {name: asdict(revision) for name, revision in revisions.items()}
    (release / REVISIONS).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")

"""Things that earlier releases described and the newest does not: their addresses answer "gone", not "never heard of".

Each release carries ``retired.tsv``: the IRI of a thing that is gone and the id of the last release that described it.
It is made from the N-Quads and the list of the release before, so it is complete however many releases are removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from graph.namespaces import BASE

RETIRED = "retired.tsv"
_SUBJECT = re.compile(rf"<({re.escape(BASE)}id/[^>]*)> ")


class RetiredError(Exception):
    """The list of a release cannot be read; the message names the file and the line."""


def described(nquads: Iterable[str]) -> frozenset[str]:
    """The IRIs of the things that N-Quads, a statement a line, say something about."""
    return frozenset(match[1] for line in nquads if (match := _SUBJECT.match(line)))


def retire(
    now: frozenset[str], before: frozenset[str], last_release: str, retired: Mapping[str, str]
) -> dict[str, str]:
    """What is gone with a new release, by IRI: the id of the last release that described it.

    ``now`` and ``before`` are what the new release and the one before it describe, ``retired`` is the list of the one
    before. A thing that is described again is no longer gone.
    """
    gone = {**retired, **dict.fromkeys(before, last_release)}
    return {iri: release for iri, release in sorted(gone.items()) if iri not in now}


def read_retired(folder: Path) -> dict[str, str]:
    """The list of a release folder, empty where it has none. Raises :class:`RetiredError`."""
    path = folder / RETIRED
    if not path.exists():
        return {}
    retired = {}
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        iri, tab, release = line.partition("\t")
        if not tab or not release:
            raise RetiredError(f"{path}:{n}: needs an IRI, a tab and the id of a release")
        retired[iri] = release
    return retired


def write_retired(folder: Path, retired: Mapping[str, str]) -> None:
    """Write the list into a release folder."""
    lines = "".join(f"{iri}\t{release}\n" for iri, release in retired.items())
    (folder / RETIRED).write_text(lines, encoding="utf-8")

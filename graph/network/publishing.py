"""The networks of a release, measured and placed once when it is made: ``networks/<name>.<format>``, what is left
of each at which strength, and what pages begin with, ``networks/<name>.at-least-<strength>.<format>``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from graph.network.answers import ReleaseName, answer
from graph.network.formats import FORMATS
from graph.network.layout import Place
from graph.network.reading import NetworkSizeError, ask, kinds, read_strengths
from graph.network.strengths import readable, strength_text, strengths_json
from graph.store import Store

NETWORKS = "networks"

STRENGTHS = "strengths"
"""What stands in the place of a format for how much is left at each strength (JSON)."""

_ENDINGS = {STRENGTHS: ".strengths.json", **{name: one.ending for name, one in FORMATS.items()}}


def publish_networks(store: Store, release: ReleaseName, folder: Path) -> None:
    """Write each network, unfiltered and at its readable strength, in each format into a folder; one that is too large
    is left out."""
    folder.mkdir()
    for name in kinds():
        try:
            found = read_strengths(store, ask(store, name, {}))
            known = _publish(store, release, folder, name, "")
            if found and readable(found) > found[0].at_least:
                _publish(store, release, folder, name, strength_text(readable(found)), known)
        except NetworkSizeError:
            continue  # who asks for it is told so, and which filters make it smaller
        text = json.dumps(strengths_json(found), indent=1)
        (folder / _file(name, _ENDINGS[STRENGTHS], "")).write_text(f"{text}\n", encoding="utf-8")


def _publish(
    store: Store, release: ReleaseName, folder: Path, name: str, at_least: str, known: Mapping[str, Place] | None = None
) -> Mapping[str, Place]:
    """Write a network, its weaker edges left out, and return where its nodes stand."""
    found = answer(store, ask(store, name, {"at_least": at_least} if at_least else {}), release, known)
    for one in FORMATS.values():
        text = one.write(found)
        (folder / _file(name, one.ending, at_least)).write_text(text, encoding="utf-8", newline="")
    return found.places


def _file(name: str, ending: str, at_least: str) -> str:
    return f"{name}.at-least-{at_least}{ending}" if at_least else f"{name}{ending}"


def published(release: Path, name: str, format: str, at_least: str = "") -> Path:
    """The file of a network in a release, without filters but for a strength; it may not be there. `format` is one of
    FORMATS, or STRENGTHS."""
    return release / NETWORKS / _file(name, _ENDINGS[format], at_least)


def known_places(release: Path, name: str) -> Mapping[str, Place]:
    """Where the nodes of the unfiltered network stand; none where the release does not have it."""
    path = published(release, name, "json")
    if not path.is_file():
        return {}
    nodes = json.loads(path.read_text(encoding="utf-8"))["nodes"]
    return {node["iri"]: (node["x"], node["y"]) for node in nodes}

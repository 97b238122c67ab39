"""The networks of a release, measured and placed once when it is made: ``networks/<name>.<format>``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from graph.network.answers import ReleaseName, answer
from graph.network.formats import FORMATS
from graph.network.layout import Place
from graph.network.reading import NetworkSizeError, ask, kinds
from graph.store import Store

NETWORKS = "networks"


def publish_networks(store: Store, release: ReleaseName, folder: Path) -> None:
    """Write each network, unfiltered, in each format into a folder; one that is too large is left out."""
    folder.mkdir()
    for name in kinds():
        try:
            found = answer(store, ask(store, name, {}), release)
        except NetworkSizeError:
            continue  # who asks for it is told so, and which filters make it smaller
        for one in FORMATS.values():
            (folder / f"{name}{one.ending}").write_text(one.write(found), encoding="utf-8", newline="")


def published(release: Path, name: str, format: str) -> Path:
    """The file of an unfiltered network in a release; it may not be there."""
    return release / NETWORKS / f"{name}{FORMATS[format].ending}"


def known_places(release: Path, name: str) -> Mapping[str, Place]:
    """Where the nodes of the unfiltered network stand; none where the release does not have it."""
    path = published(release, name, "json")
    if not path.is_file():
        return {}
    nodes = json.loads(path.read_text(encoding="utf-8"))["nodes"]
    return {node["iri"]: (node["x"], node["y"]) for node in nodes}

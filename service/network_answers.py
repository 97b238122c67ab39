"""What a worker does for /networks: reads, measures and writes a network, or tells what one edge is made of."""

import dataclasses
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.network.answers import ReleaseName, answer
from graph.network.formats import FORMATS
from graph.network.layout import Place
from graph.network.publishing import STRENGTHS, known_places
from graph.network.reading import (
    Asked,
    NetworkParameterError,
    NetworkSizeError,
    UnknownEdgeError,
    ask,
    read_edge,
    read_edges,
    read_strengths,
)
from graph.network.strengths import strengths_json
from graph.questions.binding import ParameterError
from graph.questions.question import Text
from graph.store import Store
from service.releases import read_release

TIES = "ties"
"""What stands in the place of a format for the edges alone (JSON: source, target, weight), which is soon there."""


class NetworkRefusedError(Exception):
    """There is no such network: `reason` is parameter, edge or size, `said` why in both languages, `members` the
    parameter with the values that it can have."""

    def __init__(self, reason: str, said: Text, members: Mapping[str, Any] | None = None) -> None:
        """Take the reason and what is wrong."""
        super().__init__(said.en)
        self.reason = reason
        self.said = said
        self.members = members or {}


def network_answer(store: Store, folder: Path, request: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the media type and the content that `request`, the content of a NetworkQuery, asks of a release folder.

    Raises NetworkRefusedError, and what the store raises.
    """
    try:
        asked = ask(store, request["network"], request["given"])
        if request["ends"] is not None:
            one, other = request["ends"]
            return "application/json", _edge(store, asked, one, other)
        if request["format"] == STRENGTHS:
            return "application/json", json.dumps(strengths_json(read_strengths(store, asked))).encode()
        if request["format"] == TIES:
            edges = read_edges(store, asked)
            ties = [{"source": edge.source, "target": edge.target, "weight": edge.weight} for edge in edges]
            return "application/json", json.dumps({"edges": ties}).encode()
        release = read_release(folder)
        name = ReleaseName(release.id, release.issued)
        found = answer(store, asked, name, _places(folder, request["network"]))
        chosen = FORMATS[request["format"]]
        return chosen.media_type, chosen.write(found).encode()
    except ParameterError as error:
        raise NetworkRefusedError("parameter", error.said, _members(error)) from None
    except UnknownEdgeError as error:
        raise NetworkRefusedError("edge", error.said) from None
    except NetworkSizeError as error:
        raise NetworkRefusedError("size", error.said) from None


def _members(error: ParameterError) -> dict[str, Any]:
    """The parameter that is wrong and the values that it can have, for machines."""
    members: dict[str, Any] = {}
    if error.parameter:
        members = {"parameter": error.parameter.name, "example": error.parameter.example}
    if isinstance(error, NetworkParameterError):
        members["allowed"] = [{"value": one.value, "label": one.label} for one in error.allowed]
    return members


@lru_cache(maxsize=8)
def _places(folder: Path, name: str) -> Mapping[str, Place]:
    return known_places(folder, name)


def _edge(store: Store, asked: Asked, one: str, other: str) -> bytes:
    edge, nodes, items = read_edge(store, asked, one, other)
    content = {
        "source": dataclasses.asdict(nodes[edge.source]),
        "target": dataclasses.asdict(nodes[edge.target]),
        "weight": edge.weight,
        "sparql": asked.sparql,
        "items": [dataclasses.asdict(item) for item in items],
    }
    return json.dumps(content, ensure_ascii=False).encode()

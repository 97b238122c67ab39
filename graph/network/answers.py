"""A network asked for, measured and placed: all that its formats and its page say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.network.layout import Place, places
from graph.network.measures import NetworkMeasures, NodeMeasures, Removal, measure, remove
from graph.network.model import Network, without
from graph.network.reading import Asked, NetworkParameterError, node_name, options, read_network
from graph.questions.binding import Choice, ParameterError
from graph.questions.question import Text
from graph.store import Store


@dataclass(frozen=True, slots=True)
class ReleaseName:
    """The release that an answer comes from: its id and when it was issued (ISO 8601)."""

    id: str
    issued: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A node that was taken out, by its IRI and label: what that changes, and the measures of the network with it."""

    iri: str
    label: str
    change: Removal
    before: NetworkMeasures


@dataclass(frozen=True, slots=True)
class Answer:
    """A network as it was asked for, with its measures, those of its nodes, and their places, by IRI."""

    asked: Asked
    release: ReleaseName
    network: Network
    whole: NetworkMeasures
    nodes: Mapping[str, NodeMeasures]
    places: Mapping[str, Place]
    removed: Removed | None


def answer(store: Store, asked: Asked, release: ReleaseName, known: Mapping[str, Place] | None = None) -> Answer:
    """Read, measure and place a network; ``known`` are places that nodes keep.

    Raises what :func:`~graph.network.reading.read_network` raises, and ``ParameterError`` where the node to take out is
    none.
    """
    network = read_network(store, asked)
    removed = None
    if asked.without is not None:
        removed = _removed(network, asked.without)
        network = without(network, asked.without)
    whole, nodes = measure(network)
    return Answer(asked, release, network, whole, nodes, places(network, known), removed)


def _removed(network: Network, iri: str) -> Removed:
    label = next((node.label for node in network.nodes if node.iri == iri), None)
    if label is None:
        about = next(one for one in options() if one.name == "without")
        allowed = [Choice(node_name(node.iri), node.label) for node in network.nodes]
        said = Text(
            f'tham số "without" không có giá trị "{node_name(iri)}"',
            f'the parameter "without" has no value "{node_name(iri)}"',
        )
        named = ParameterError(said, about).with_allowed(allowed)
        raise NetworkParameterError(named.said, about, allowed)
    before, _ = measure(network)
    return Removed(iri, label, remove(network, iri), before)

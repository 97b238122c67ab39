"""Networks of a release: each ties/<name>.rq says what ties whom, nodes.rq what the nodes are, items.rq what an edge
is made of.

A tie file is written like a question file (graph/questions/__init__.py says what stands in it) and shares its
parameters: its columns are ``source``, ``target`` and ``item``, or ``one``, ``other`` and ``item`` where a tie has no
direction, and ``weight`` where one tie weighs more than another.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from graph.namespaces import BASE
from graph.network.model import Edge, Network, Node, Tie, edges_of, ends_of, network_of
from graph.network.strengths import Strength, strengths
from graph.questions.binding import WHERE, Choice, ParameterError, Term, bind, check_choice, choices, read_value, render
from graph.questions.catalogue import QUESTIONS, SHARED_PARAMETERS, read_catalogue
from graph.questions.question import Parameter, ParameterType, Question, Text
from graph.solutions import select, table
from graph.store import Store

MOST_TIES, MOST_NODES, MOST_EDGES = 100_000, 800, 4_000
"""Larger networks are refused: they could neither be measured within seconds nor read."""

_HERE = Path(__file__).parent
_IDS = f"{BASE}id/"


class NetworkError(Exception):
    """There is no such network; `said` is the reason in both languages, which as a string is the English one."""

    def __init__(self, said: Text) -> None:
        """Take the reason."""
        super().__init__(said.en)
        self.said = said


class NetworkSizeError(NetworkError):
    """The network is larger than can be measured; the message says by how much and which parameters make it smaller."""


class UnknownEdgeError(NetworkError):
    """The network has no such edge."""


class NetworkParameterError(ParameterError):
    """A parameter cannot have its value; ``allowed`` are those that it can have."""

    def __init__(self, said: Text, parameter: Parameter | None, allowed: Sequence[Choice]) -> None:
        """Take the message, which names the first of the values, and these."""
        super().__init__(said, parameter)
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class Asked:
    """A network as it is asked for: its kind, the parameters as given and as terms, the query, and what acts on the
    network itself."""

    kind: Question
    given: Mapping[str, str]
    bound: Mapping[str, Term]
    sparql: str
    at_least: float
    without: str | None

    @property
    def directed(self) -> bool:
        """Whether its edges have a direction."""
        return is_directed(self.kind)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document that say so: of the item itself (``states`` is "item") or of its part at an end ("end")."""

    iri: str
    states: str
    document: str
    quote: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A task, citation or link that an edge is made of, with its labels and the passages that say so."""

    iri: str
    label: str
    passages: tuple[Passage, ...]


@cache
def kinds() -> Mapping[str, Question]:
    """The networks there are, by name. Raises ``CatalogueError`` for a tie file that is wrong."""
    return read_catalogue(_HERE / "ties", QUESTIONS / SHARED_PARAMETERS)


@cache
def options() -> tuple[Parameter, ...]:
    """The parameters that every network takes beside those of its ties: ``at_least`` and ``without``."""
    tables = tomllib.loads((_HERE / "options.toml").read_text(encoding="utf-8"))
    return tuple(
        Parameter(
            name=name,
            type=ParameterType(table["type"]),
            label=Text(**table["label"]),
            description=Text(**table["description"]),
            example=table["example"],
        )
        for name, table in tables.items()
    )


def parameters(kind: Question) -> tuple[Parameter, ...]:
    """All parameters that a network takes."""
    return (*kind.parameters, *options())


def is_directed(kind: Question) -> bool:
    """Whether the edges of a network have a direction."""
    return any(column.name == "source" for column in kind.columns)


def ask(store: Store, name: str, given: Mapping[str, str]) -> Asked:
    """Read what is asked of a network. Raises :class:`KeyError` for a name that is none, and ``ParameterError``, which
    lists the values that a parameter can take."""
    kind = kinds()[name]
    own = {one.name for one in options()}
    try:
        bound = bind(kind, {name: value for name, value in given.items() if name not in own})
    except ParameterError as error:
        about = error.parameter
        if about is None:
            raise _unknown_parameter(kind, given) from None
        if about.values:
            allowed = choices(about, table(store, about.values))
            raise NetworkParameterError(error.with_allowed(allowed).said, about, allowed) from None
        raise
    at_least = _at_least(given)
    without = node_iri(given["without"]) if "without" in given else None
    return Asked(kind, dict(given), bound, render(kind, bound), at_least, without)


def _unknown_parameter(kind: Question, given: Mapping[str, str]) -> ParameterError:
    known = parameters(kind)
    unknown = next(name for name in given if name not in {one.name for one in known})
    vi = ", ".join(f"{one.name} (như {one.example})" for one in known)
    en = ", ".join(f"{one.name} (such as {one.example})" for one in known)
    return ParameterError(
        Text(
            f'mạng "{kind.id}" không có tham số "{unknown}"; các tham số là {vi}',
            f'the network "{kind.id}" has no parameter "{unknown}"; its parameters are {en}',
        )
    )


def node_iri(text: str) -> str:
    """The IRI of a node as it is given: whole, or what stands below ``id/``."""
    return text if text.startswith(("http://", "https://")) else _IDS + text


def node_name(iri: str) -> str:
    """A node as it is given: what stands below ``id/``."""
    return iri.removeprefix(_IDS)


def read_network(store: Store, asked: Asked) -> Network:
    """The network asked for; a tie to something without a label is left out.

    Raises :class:`NetworkSizeError`, ``ParameterError`` where nothing is tied because a parameter cannot have its
    value, ``QueryError`` and ``StoreError``.
    """
    ties = _ties(store, asked)
    edges = [edge for edge in edges_of(ties, directed=asked.directed) if edge.weight >= asked.at_least]
    ends = sorted({end for edge in edges for end in (edge.source, edge.target)})
    if len(ends) > MOST_NODES or len(edges) > MOST_EDGES:
        raise _too_large(
            asked,
            f"Mạng có {len(ends)} nút và {len(edges)} cạnh; đo được nhiều nhất {MOST_NODES} nút và {MOST_EDGES} cạnh.",
            f"It has {len(ends)} nodes and {len(edges)} edges; {MOST_NODES} nodes and {MOST_EDGES} edges can be "
            f"measured.",
        )
    nodes = _nodes(store, ends)
    known = [tie for tie in ties if tie.source in nodes and tie.target in nodes]
    return network_of(known, nodes, directed=asked.directed, at_least=asked.at_least)


def read_strengths(store: Store, asked: Asked) -> tuple[Strength, ...]:
    """How much of the network asked for is left at each strength, whatever strength it is asked for at: a network that
    is too large to be measured can be counted. Raises what :func:`read_network` raises."""
    edges = [
        edge
        for edge in edges_of(_ties(store, asked), directed=asked.directed)
        if asked.without not in (edge.source, edge.target)
    ]
    known = _nodes(store, sorted({end for edge in edges for end in (edge.source, edge.target)}))
    return strengths(edge for edge in edges if edge.source in known and edge.target in known)


def read_edges(store: Store, asked: Asked) -> list[Edge]:
    """The edges of the network asked for alone, those to something without a label too. Raises what
    :func:`read_network` raises, but never finds a network too large that has no more than ``MOST_TIES`` ties."""
    return [edge for edge in edges_of(_ties(store, asked), directed=asked.directed) if edge.weight >= asked.at_least]


def read_edge(store: Store, asked: Asked, one: str, other: str) -> tuple[Edge, Mapping[str, Node], tuple[Item, ...]]:
    """The edge between two nodes (IRIs), these nodes, and what it is made of with the passages that say so.

    Raises :class:`UnknownEdgeError` where there is none, else as :func:`read_network`.
    """
    ends = (one, other) if asked.directed else ends_of(one, other)
    edges = edges_of(_ties(store, asked), directed=asked.directed)
    edge = next((edge for edge in edges if (edge.source, edge.target) == ends), None)
    if edge is None:
        between = node_name(one), node_name(other)
        raise UnknownEdgeError(
            Text("không có gì nối {} với {}".format(*between), "nothing ties {} to {}".format(*between))
        )
    return edge, _nodes(store, (edge.source, edge.target)), _items(store, edge)


def _at_least(given: Mapping[str, str]) -> float:
    parameter = next(one for one in options() if one.name == "at_least")
    number = float(read_value(parameter, given["at_least"]).value) if "at_least" in given else 0.0
    if number < 0:
        said = Text('tham số "at_least" phải từ 0 trở lên', 'the parameter "at_least" has to be 0 or more')
        raise ParameterError(said, parameter)
    return number


@lru_cache(maxsize=2)  # the ties and the nodes: a page asks for the strengths of a network and then for the network
def _solutions(store: Store, query: str) -> Sequence[Mapping[str, Mapping[str, str]]]:
    return select(store, query)


def _ties(store: Store, asked: Asked) -> list[Tie]:
    one, other = ("source", "target") if asked.directed else ("one", "other")
    rows = _solutions(store, f"{asked.sparql}LIMIT {MOST_TIES + 1}\n")
    if len(rows) > MOST_TIES:
        raise _too_large(asked, f"Mạng có hơn {MOST_TIES} mối nối.", f"It has more than {MOST_TIES} ties.")
    if not rows:
        _check_values(store, asked)
    return [Tie(row[one]["value"], row[other]["value"], row["item"]["value"], _weight(row)) for row in rows]


def _weight(row: Mapping[str, Mapping[str, str]]) -> float:
    return float(row["weight"]["value"]) if "weight" in row else 1


def _check_values(store: Store, asked: Asked) -> None:
    for parameter in asked.kind.parameters:
        if parameter.values and parameter.name in asked.given:
            allowed = choices(parameter, table(store, parameter.values))
            try:
                check_choice(parameter, asked.bound[parameter.name], allowed)
            except ParameterError as error:
                raise NetworkParameterError(error.said, parameter, allowed) from None


def _nodes(store: Store, iris: Iterable[str]) -> dict[str, Node]:
    query = _with_values(_HERE / "nodes.rq", {"iri": iris})
    nodes: dict[str, Node] = {}
    for row in _solutions(store, query):
        fields = ("iri", "label", "kind", "area", "areaLabel", "type", "typeLabel")
        found = Node(*(row[name]["value"] if name in row else "" for name in fields))
        nodes.setdefault(found.iri, found)  # of two labels or types the first
    return nodes


def _items(store: Store, edge: Edge) -> tuple[Item, ...]:
    query = _with_values(_HERE / "items.rq", {"item": edge.items, "node": (edge.source, edge.target)})
    labels: dict[str, dict[str, None]] = {iri: {} for iri in edge.items}
    passages: dict[str, list[Passage]] = {iri: [] for iri in edge.items}
    for row in select(store, query):
        item = row["item"]["value"]
        labels[item][row["label"]["value"]] = None
        passages[item].append(_passage({name: term["value"] for name, term in row.items()}))
    return tuple(Item(iri, " ≈ ".join(labels[iri]), tuple(passages[iri])) for iri in edge.items)


def _passage(row: Mapping[str, str]) -> Passage:
    start, end = int(row["start"]), int(row["end"])
    return Passage(row["passage"], row["states"], row["document"], row["quote"], row["source"], start, end)


def _with_values(path: Path, values: Mapping[str, Iterable[str]]) -> str:
    """A query of this package with the IRIs that its variables can be; they come from the store."""
    head, where, body = path.read_text(encoding="utf-8").partition(WHERE)
    lines = [f"  VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}\n" for name, iris in values.items()]
    return head + where + "".join(lines) + body


def _too_large(asked: Asked, vi: str, en: str) -> NetworkSizeError:
    names = ", ".join(one.name for one in asked.kind.parameters if one.name not in asked.given)
    return NetworkSizeError(
        Text(
            f"{vi} Các tham số này thu nhỏ mạng: {names}, at_least.",
            f"{en} These parameters make it smaller: {names}, at_least.",
        )
    )

"""Networks of a release: each ties/<name>.rq gives ``?source ?target ?item``, nodes.rq ``?iri ?label ?kind``."""

from __future__ import annotations

from pathlib import Path

from graph.network.model import Network, Node, network_of
from graph.solutions import select
from graph.store import Store

_HERE = Path(__file__).parent


def read_network(store: Store, name: str, *, at_least: int = 1) -> Network:
    """The network of a name, a file of ties/, from a source to a target; edges weaker than ``at_least`` are left out.

    An end that has no label is none of the nodes, and its ties are left out. Raises ``QueryError`` or ``StoreError``.
    """
    rows = select(store, (_HERE / "nodes.rq").read_text(encoding="utf-8"))
    found = [{name: term["value"] for name, term in row.items()} for row in rows]
    nodes = {row["iri"]: Node(row["iri"], row["label"], row["kind"]) for row in sorted(found, key=lambda r: r["label"])}
    query = (_HERE / "ties" / f"{name}.rq").read_text(encoding="utf-8")
    ties = [(row["source"]["value"], row["target"]["value"], row["item"]["value"]) for row in select(store, query)]
    known = [(source, target, item) for source, target, item in ties if source in nodes and target in nodes]
    return network_of(known, nodes, directed=True, at_least=at_least)

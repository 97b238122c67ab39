"""A network as JSON, GraphML, GEXF, CSV and SVG. The same nodes, edges and measures in each but the picture."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Callable, Mapping
from html import escape
from math import sqrt
from typing import Any

import networkx as nx

from graph.network.measures import NetworkMeasures, NodeMeasures
from graph.network.model import Network, to_networkx

_DATE = re.compile(r' lastmodifieddate="[^"]*"')
_LAYOUT_SEED = 57
_SIZE, _MARGIN = 1000, 60  # units of the picture
_LABELLED = 25  # nodes that have their label beside them; every node has it as a tooltip
_LONGEST_LABEL = 40  # characters
# Eight colours that people with the usual colour blindnesses tell apart (Okabe and Ito 2008); others are grey.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
_OTHERS = "#888888"

Measured = Mapping[str, NodeMeasures]


def to_json(network: Network, whole: NetworkMeasures, nodes: Measured) -> dict[str, Any]:
    """Plain values: ``measures`` of the whole, ``nodes`` with theirs, ``edges`` with the IRIs of what makes them."""
    return {
        "directed": network.directed,
        "measures": dataclasses.asdict(whole),
        "nodes": [
            {"id": node.iri, "label": node.label, "kind": node.kind, **dataclasses.asdict(nodes[node.iri])}
            for node in network.nodes
        ],
        "edges": [
            {"source": edge.source, "target": edge.target, "weight": edge.weight, "items": list(edge.items)}
            for edge in network.edges
        ],
    }


def to_graphml(network: Network, nodes: Measured) -> str:
    """GraphML, as Gephi, yEd and networkx read it; ``items`` are the IRIs with a space between."""
    return "".join(nx.generate_graphml(_with_measures(network, nodes), named_key_ids=True)) + "\n"


def to_gexf(network: Network, nodes: Measured) -> str:
    """GEXF 1.2, as Gephi and networkx read it. The day of writing is left out, so that the same network gives the same
    bytes."""
    return _DATE.sub("", "\n".join(nx.generate_gexf(_with_measures(network, nodes)))) + "\n"


def nodes_csv(network: Network, nodes: Measured) -> str:
    """The nodes, a row each (RFC 4180)."""
    fields = [field.name for field in dataclasses.fields(NodeMeasures)]
    rows = [[n.iri, n.label, n.kind, *dataclasses.astuple(nodes[n.iri])] for n in network.nodes]
    return _csv(["id", "label", "kind", *fields], rows)


def edges_csv(network: Network) -> str:
    """The edges, a row each (RFC 4180), with the labels of both ends."""
    label = {node.iri: node.label for node in network.nodes}
    rows = [[e.source, label[e.source], e.target, label[e.target], e.weight, " ".join(e.items)] for e in network.edges]
    return _csv(["source", "source_label", "target", "target_label", "weight", "items"], rows)


def to_svg(network: Network, nodes: Measured, title: str, link: Callable[[str], str]) -> str:
    """A picture: nodes as large as they are strong, edges as wide as they are, communities in colours.

    ``link`` gives the address that a node leads to. The layout (spring model) is the same each time.
    """
    place = _places(network)
    strongest = max((edge.weight for edge in network.edges), default=1)
    lines = [
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke-width="{0.5 + 4 * w / strongest:.2f}"/>'
        for (x1, y1), (x2, y2), w in ((place[e.source], place[e.target], e.weight) for e in network.edges)
    ]
    strength = {iri: found.out_strength + found.in_strength for iri, found in nodes.items()}
    most = max(strength.values(), default=1)
    labelled = set(sorted(strength, key=lambda iri: (-strength[iri], iri))[:_LABELLED])
    circles = []
    for node in network.nodes:
        x, y = place[node.iri]
        radius = 4 + 18 * sqrt(strength[node.iri] / most)
        community = nodes[node.iri].community
        colour = _COLOURS[community - 1] if community <= len(_COLOURS) else _OTHERS
        text = f'<text x="{x:.1f}" y="{y - radius - 3:.1f}">{_text(_short(node.label))}</text>'
        circles.append(
            f'<a href="{escape(link(node.iri))}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}">'
            f"<title>{_text(node.label)}: {strength[node.iri]}</title></circle>"
            f"{text if node.iri in labelled else ''}</a>"
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" role="img" font-family="sans-serif">\n'
        f"<title>{_text(title)}</title>\n"
        f'<g stroke="#8888" fill="none">\n{chr(10).join(lines)}\n</g>\n'
        f'<g stroke="#fff" font-size="13" text-anchor="middle">\n{chr(10).join(circles)}\n</g>\n</svg>\n'
    ).replace("<text ", '<text stroke="none" fill="currentColor" ')


def _with_measures(network: Network, nodes: Measured) -> nx.Graph:
    graph = to_networkx(network)
    for iri, found in nodes.items():
        graph.nodes[iri].update(dataclasses.asdict(found))
    return graph


def _places(network: Network) -> dict[str, tuple[float, float]]:
    """Where each node stands in the picture."""
    if not network.nodes:
        return {}
    graph = to_networkx(network).to_undirected()
    found = nx.spring_layout(graph, weight="weight", seed=_LAYOUT_SEED, k=2.2 / sqrt(len(graph)), iterations=120)
    inner = _SIZE / 2 - _MARGIN
    return {iri: (_SIZE / 2 + inner * float(x), _SIZE / 2 + inner * float(y)) for iri, (x, y) in found.items()}


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"


def _text(text: str) -> str:
    return escape(text, quote=False)


def _csv(head: list[str], rows: list[list[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([head, *rows])
    return out.getvalue()

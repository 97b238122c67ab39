"""A network as JSON, GraphML, GEXF, CSV and SVG. The same nodes, edges, measures and places in each."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

import networkx as nx

from graph.namespaces import BASE
from graph.network.answers import Answer
from graph.network.layout import HEIGHT, WIDTH
from graph.network.measures import NodeMeasures, explanations
from graph.network.model import Edge, Node, about, to_networkx
from graph.network.picture import LETTERS, picture
from graph.network.reading import node_name
from graph.questions.answers import in_both

_DATE = re.compile(r' lastmodifieddate="[^"]*"')
# Eight colours that people with the usual colour blindnesses tell apart (Okabe and Ito 2008); others are grey.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
_OTHERS = "#888888"
_IDS = f"{BASE}id/"


def to_json(answer: Answer) -> dict[str, Any]:
    """Plain values: what was asked, of which release; ``measures`` of the whole; ``nodes`` with their places and
    measures; ``edges`` with the IRIs of what makes them and the path that lists it; what each measure says."""
    kind = answer.asked.kind
    return {
        "network": {
            "name": kind.id,
            "title": in_both(kind.title),
            "description": in_both(kind.description),
            "directed": answer.network.directed,
        },
        "release": dataclasses.asdict(answer.release),
        "filters": filters(answer),
        "sparql": answer.asked.sparql,
        "layout": {"width": WIDTH, "height": HEIGHT},
        "measures": dataclasses.asdict(answer.whole),
        "removal": _removal(answer),
        "explanations": explanations(),
        "nodes": [{"iri": node.iri, **_node(answer, node)} for node in answer.network.nodes],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "weight": edge.weight,
                "items": list(edge.items),
                "path": edge_path(answer, edge),
            }
            for edge in answer.network.edges
        ],
    }


def filters(answer: Answer) -> dict[str, str | float]:
    """The parameters that shape the network, by name: IRIs whole, defaults too."""
    asked = answer.asked
    found: dict[str, str | float] = {name: term.value for name, term in asked.bound.items()}
    if asked.at_least:
        found["at_least"] = asked.at_least
    if asked.without:
        found["without"] = asked.without
    return found


def edge_path(answer: Answer, edge: Edge) -> str:
    """The path in the service that lists what an edge is made of, with its passages."""
    ends = {"source": node_name(edge.source), "target": node_name(edge.target)}
    given = {name: value for name, value in answer.asked.given.items() if name not in ("at_least", "without")}
    return f"/networks/{answer.asked.kind.id}/edges?{urlencode({**given, **ends}, safe='/', quote_via=quote)}"


def to_graphml(answer: Answer) -> str:
    """GraphML 1.0, as Gephi, yEd and networkx read it; ``items`` are the IRIs with a space between."""
    return "".join(nx.generate_graphml(_with_measures(answer), named_key_ids=True)) + "\n"


def to_gexf(answer: Answer) -> str:
    """GEXF 1.3, as Gephi and networkx read it, with places (y upwards) and colours for its picture.

    The day of writing is left out, so that the same network gives the same bytes.
    """
    graph = _with_measures(answer)
    for iri, (x, y) in answer.places.items():
        graph.nodes[iri]["viz"] = {
            "position": {"x": x, "y": HEIGHT - y, "z": 0.0},
            "color": _rgb(_colour(answer.nodes[iri].community)),
        }
    return _DATE.sub("", "\n".join(nx.generate_gexf(graph, version="1.3"))) + "\n"


def nodes_csv(answer: Answer) -> str:
    """The nodes, a row each (RFC 4180); their IRI is the column ``id``, as Gephi wants it."""
    known = ["id", *(field.name for field in dataclasses.fields(Node) if field.name != "iri")]
    fields = [field.name for field in dataclasses.fields(NodeMeasures)]
    rows = [
        [*dataclasses.astuple(n), *answer.places[n.iri], *dataclasses.astuple(answer.nodes[n.iri])]
        for n in answer.network.nodes
    ]
    return _csv([*known, "x", "y", *fields], rows)


def edges_csv(answer: Answer) -> str:
    """The edges, a row each (RFC 4180), with the labels of both ends."""
    label = {node.iri: node.label for node in answer.network.nodes}
    return _csv(
        ["source", "source_label", "target", "target_label", "weight", "items"],
        (
            [e.source, label[e.source], e.target, label[e.target], e.weight, " ".join(e.items)]
            for e in answer.network.edges
        ),
    )


def to_svg(answer: Answer) -> str:
    """A picture: nodes as large as they are strong, edges as wide as they are, communities in colours.

    A node leads to what it names, from an address one below the service (/networks/…).
    """
    plain = to_json(answer)
    drawn = picture(plain["nodes"], plain["edges"])
    lines = [
        f'<line x1="{one.x1}" y1="{one.y1}" x2="{one.x2}" y2="{one.y2}" stroke-width="{one.width}"/>'
        for one in drawn.lines
    ]
    circles = [
        f'<a href="{escape(_link(one.iri))}"><circle cx="{one.x}" cy="{one.y}" r="{one.radius}" '
        f'fill="{_colour(one.community)}"><title>{_text(one.label)}: {one.strength:g}</title></circle>'
        + (f'<text x="{one.x}" y="{one.above}">{_text(one.short)}</text></a>' if one.labelled else "</a>")
        for one in drawn.circles
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif">\n'
        f"<title>{_text(answer.asked.kind.title.vi)}</title>\n"
        f'<g stroke="#8888" fill="none">\n{chr(10).join(lines)}\n</g>\n'
        f'<g stroke="#fff" font-size="{LETTERS}" text-anchor="middle">\n{chr(10).join(circles)}\n</g>\n</svg>\n'
    ).replace("<text ", '<text stroke="none" fill="currentColor" ')


def json_text(answer: Answer) -> str:
    """The JSON as text, Vietnamese as it is written."""
    return json.dumps(to_json(answer), ensure_ascii=False, indent=1) + "\n"


@dataclasses.dataclass(frozen=True, slots=True)
class Format:
    """A way to write a network: media type, the end of its file's name, and who writes it."""

    media_type: str
    ending: str
    write: Callable[[Answer], str]


FORMATS: Mapping[str, Format] = {
    "json": Format("application/json", ".json", json_text),
    "graphml": Format("application/graphml+xml", ".graphml", to_graphml),
    "gexf": Format("application/gexf+xml", ".gexf", to_gexf),
    "edges": Format("text/csv", ".edges.csv", edges_csv),
    "nodes": Format("text/csv", ".nodes.csv", nodes_csv),
    "svg": Format("image/svg+xml", ".svg", to_svg),
}
"""The formats by name; edges and nodes are the two tables."""


def _node(answer: Answer, node: Node) -> dict[str, Any]:
    x, y = answer.places[node.iri]
    return {**about(node), "x": x, "y": y, **dataclasses.asdict(answer.nodes[node.iri])}


def _removal(answer: Answer) -> dict[str, Any] | None:
    removed = answer.removed
    if removed is None:
        return None
    return {
        "iri": removed.iri,
        "label": removed.label,
        **dataclasses.asdict(removed.change),
        "before": dataclasses.asdict(removed.before),
    }


def _with_measures(answer: Answer) -> nx.Graph:
    graph = to_networkx(answer.network)
    for node in answer.network.nodes:
        graph.nodes[node.iri].update(_node(answer, node))
    return graph


def _colour(community: int) -> str:
    return _COLOURS[community - 1] if community <= len(_COLOURS) else _OTHERS


def _rgb(colour: str) -> dict[str, int | float]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return {"r": red, "g": green, "b": blue, "a": 1.0}


def _link(iri: str) -> str:
    return f"../{quote(iri.removeprefix(BASE))}" if iri.startswith(_IDS) else iri


def _text(text: str) -> str:
    return escape(text, quote=False)


def _csv(head: list[str], rows: Iterable[list[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([head, *rows])
    return out.getvalue()

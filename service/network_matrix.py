"""A network as a matrix: who leads down, who coordinates across, numbers where they meet, communities together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 60
"""Rows, and columns, that a matrix shows: the strongest."""

_SHADES = 5  # as many as charts.css has

Node = Mapping[str, Any]
"""A node as the JSON of a network has it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An edge: its weight and its shade, from 1 to 5; `source` and `target` are its ends as the network has them."""

    weight: float
    shade: int
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class NetworkMatrix:
    """The nodes of the rows and of the columns, the cells by their IRIs, and how many rows and columns there are in
    all."""

    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    cells: Mapping[tuple[str, str], Cell]
    all_rows: int
    all_columns: int


def network_matrix(found: Mapping[str, Any]) -> NetworkMatrix:
    """Lay out the JSON of a network. An edge without direction stands on both sides of the diagonal."""
    most = max((edge["weight"] for edge in found["edges"]), default=1)
    cells = {}
    for edge in found["edges"]:
        ends = edge["source"], edge["target"]
        shade = max(1, math.ceil(_SHADES * edge["weight"] / most))
        cells[ends] = Cell(edge["weight"], shade, *ends)
        if not found["network"]["directed"]:
            cells[ends[::-1]] = cells[ends]
    tied_rows, tied_columns = ({ends[side] for ends in cells} for side in (0, 1))
    rows = [node for node in found["nodes"] if node["iri"] in tied_rows]
    columns = [node for node in found["nodes"] if node["iri"] in tied_columns]
    shown_rows, shown_columns = _shown(rows, "out_strength"), _shown(columns, "in_strength")
    kept_rows, kept_columns = {node["iri"] for node in shown_rows}, {node["iri"] for node in shown_columns}
    return NetworkMatrix(
        rows=shown_rows,
        columns=shown_columns,
        cells={ends: cell for ends, cell in cells.items() if ends[0] in kept_rows and ends[1] in kept_columns},
        all_rows=len(rows),
        all_columns=len(columns),
    )


def _shown(nodes: Sequence[Node], strength: str) -> tuple[Node, ...]:
    """The strongest nodes, by community and in it by strength."""
    strongest = sorted(nodes, key=lambda node: (-node[strength], node["iri"]))[:MOST]
    return tuple(sorted(strongest, key=lambda node: (node["community"], -node[strength], node["iri"])))

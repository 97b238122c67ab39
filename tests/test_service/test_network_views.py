"""Where the cells of a matrix and the bands of flows stand: pure numbers of what the JSON of networks says."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from service import network_flows, network_matrix
from service.network_flows import OTHERS, flows
from service.network_matrix import network_matrix as matrix_of


def network(*edges: tuple[str, str, float], directed: bool = True, communities: str = "") -> dict[str, Any]:
    names = sorted({end for source, target, _ in edges for end in (source, target)})
    nodes = [
        {
            "iri": name,
            "community": 1 + communities.find(name) if name in communities else 9,
            "out_strength": sum(weight for source, _, weight in edges if source == name),
            "in_strength": sum(weight for _, target, weight in edges if target == name),
        }
        for name in names
    ]
    listed = [{"source": source, "target": target, "weight": weight} for source, target, weight in edges]
    return {"network": {"directed": directed}, "nodes": nodes, "edges": listed}


def test_a_matrix_has_who_leads_down_and_who_coordinates_across_by_community() -> None:
    found = matrix_of(network(("a", "c", 5), ("b", "c", 1), ("a", "d", 2), communities="bd"))
    assert [row["iri"] for row in found.rows] == ["b", "a"]
    assert [column["iri"] for column in found.columns] == ["d", "c"]
    assert {ends: (cell.weight, cell.shade) for ends, cell in found.cells.items()} == {
        ("a", "c"): (5, 5),
        ("b", "c"): (1, 1),
        ("a", "d"): (2, 2),
    }


def test_an_edge_without_direction_stands_twice_in_a_matrix() -> None:
    found = matrix_of(network(("a", "b", 0.7), directed=False))
    assert found.cells["a", "b"] == found.cells["b", "a"]
    assert (found.cells["b", "a"].source, found.cells["b", "a"].target) == ("a", "b")


def test_a_matrix_keeps_the_strongest_and_says_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_matrix, "MOST", 1)
    found = matrix_of(network(("a", "c", 5), ("b", "c", 1), ("a", "d", 2)))
    assert list(found.cells) == [("a", "c")]
    assert (len(found.rows), found.all_rows, len(found.columns), found.all_columns) == (1, 2, 1, 2)


TIES = network(("a", "b", 3), ("a", "c", 1), ("b", "c", 2))
ON_TOPICS = network(("a", "data", 4), ("b", "data", 1), ("b", "ai", 2), ("z", "ai", 9))


def test_flows_carry_what_the_two_networks_say_of_the_leads() -> None:
    found = flows(TIES, ON_TOPICS)
    assert {(band.column, band.source, band.target): band.value for band in found.bands} == {
        (0, "data", "a"): 4,
        (0, "data", "b"): 1,
        (0, "ai", "b"): 2,
        (1, "a", "b"): 3,
        (1, "a", "c"): 1,
        (1, "b", "c"): 2,
    }
    assert found.topics == (("data", "a", 4), ("ai", "b", 2), ("data", "b", 1))
    assert {(box.column, box.iri): box.value for box in found.boxes} == {
        (0, "data"): 5,
        (0, "ai"): 2,
        (1, "a"): 4,
        (1, "b"): 3,
        (2, "b"): 3,
        (2, "c"): 3,
    }


def test_boxes_of_a_column_do_not_lie_over_each_other_and_bands_fit_them() -> None:
    found = flows(TIES, ON_TOPICS)
    for column in range(3):
        boxes = sorted((box for box in found.boxes if box.column == column), key=lambda box: box.y)
        for above, below in pairwise(boxes):
            assert above.y + above.height < below.y
        assert boxes[-1].y + boxes[-1].height <= found.height
    for box in found.boxes:
        for side in (1, -1):
            bands = [
                band
                for band in found.bands
                if (band.column, band.source if side > 0 else band.target) == (box.column - (side < 0), box.iri)
            ]
            assert sum(band.width for band in bands) <= box.height + 0.1 * len(bands)


def test_the_weakest_of_a_column_stand_together_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_flows, "MOST", (1, 1, 1))
    three = network(("a", "b", 3), ("a", "c", 1), ("b", "c", 2), ("c", "d", 1), ("a", "e", 1))
    found = flows(three, ON_TOPICS)
    assert sum(band.value for band in found.bands if band.column == 1) == 8
    others = {box.column: box.count for box in found.boxes if box.iri == OTHERS}
    assert others == {1: 2, 2: 3}, "a single one left over would stand by itself"


def test_weaker_ties_are_left_out() -> None:
    assert flows(TIES, ON_TOPICS, at_least=2).topics == (("data", "a", 4), ("ai", "b", 2))


def test_there_are_no_flows_of_nothing() -> None:
    assert flows(network(), network()).boxes == ()

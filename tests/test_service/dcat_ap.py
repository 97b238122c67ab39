"""Checks against the SHACL shapes of DCAT-AP 3.0.1, which SEMIC publishes (github.com/SEMICeu/DCAT-AP, CC BY 4.0).

They are not part of this project: set DCAT_AP_SHAPES to a folder with the files of releases/3.0.1/html/shacl; without it
a folder shared/standards/dcat-ap-3.0.1 beside the checkout is looked for.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import SH, Graph
from rdflib.term import Node

_BESIDE = Path(__file__).parents[3] / "shared" / "standards" / "dcat-ap-3.0.1"
FOLDER = Path(os.environ.get("DCAT_AP_SHAPES", _BESIDE))
FILES = ("shapes.ttl", "range.ttl", "mdr-vocabularies.shape.ttl")

needs_shapes = pytest.mark.skipif(
    not all((FOLDER / name).is_file() for name in FILES),
    reason="the SHACL shapes of DCAT-AP 3.0.1 are not here; set DCAT_AP_SHAPES to their folder",
)


def violations(catalogue: Graph) -> list[str]:
    """What violates the mandatory shapes and those of the vocabularies, a line each. Warnings, such as that a publisher
    is no body of the EU, are left out."""
    shapes = Graph()
    for name in FILES:
        shapes.parse(FOLDER / name)
    _, report, _ = validate(catalogue, shacl_graph=shapes)
    assert isinstance(report, Graph)
    results = report.objects(None, SH.result)
    return [_line(report, one) for one in results if report.value(one, SH.resultSeverity) == SH.Violation]


def _line(report: Graph, result: Node) -> str:
    parts = (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
    return " ".join(str(report.value(result, part)) for part in parts)

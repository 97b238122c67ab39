"""Solutions of a SELECT query as plain data, between whoever runs the query and whoever reads the rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT query: the variables, and a row of SPARQL JSON terms for each solution.

    (SPARQL 1.1 Query Results JSON Format, section 3.2.2; a variable without value is not in its row.)
    """

    variables: tuple[str, ...]
    rows: tuple[Mapping[str, Mapping[str, str]], ...]


def read_table(results: bytes) -> Table:
    """The solutions in a SPARQL JSON result."""
    content = json.loads(results)
    return Table(tuple(content["head"]["vars"]), tuple(content["results"]["bindings"]))

"""SELECT queries asked of a store from Python."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from graph.questions.table import read_table
from graph.store import Store


def select(store: Store, query: str) -> Sequence[Mapping[str, Mapping[str, str]]]:
    """The solutions of a SELECT query, each variable as a SPARQL JSON term (SPARQL 1.1 Query Results JSON Format,
    section 3.2.2)."""
    results = io.BytesIO()
    store.query(query).write(results, "application/sparql-results+json")
    return read_table(results.getvalue()).rows

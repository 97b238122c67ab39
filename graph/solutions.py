"""SELECT queries asked of a store from Python."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from graph.questions.table import Table, read_table
from graph.store import Store


def table(store: Store, query: str) -> Table:
    """The solutions of a SELECT query with the names of its variables. Raises as :meth:`graph.store.Store.query`."""
    results = io.BytesIO()
    store.query(query).write(results, "application/sparql-results+json")
    return read_table(results.getvalue())


def select(store: Store, query: str) -> Sequence[Mapping[str, Mapping[str, str]]]:
    """The solutions of a SELECT query, each variable as a SPARQL JSON term (SPARQL 1.1 Query Results JSON Format,
    section 3.2.2). Raises as :func:`table`."""
    return table(store, query).rows

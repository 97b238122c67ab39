"""The tables of a release: their columns as tables.toml documents them, and their rows as a store gives them.

A column is a SPARQL property path from the things of a class, so anybody can ask the endpoint for the same column with
:func:`column_query`.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from graph.namespaces import BASE, thing
from graph.questions.question import Text
from graph.solutions import select
from graph.store import PREFIXES, Store

SEPARATOR = ";;"
"""What parts the values of a cell that is a list."""

KEY = "id"
"""The name of the first column of every table: the IRI of the thing."""

ColumnType = Literal["iri", "text", "code", "class", "integer", "decimal", "boolean", "year", "date", "partial-date"]
Row = Mapping[str, Sequence[str]]
"""A row: column -> its values as text, none where nothing is said, in order and without repetition."""


class TableError(Exception):
    """The graph does not fit a table; the message names the table, the column, the thing and what to change."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; the fields as the head of tables.toml describes them."""

    name: str
    type: ColumnType
    title: Text
    path: str = ""
    many: bool = False
    references: str | None = None
    required: bool = False
    scheme: str | None = None
    language: str | None = None
    unit: Text | None = None

    @property
    def property(self) -> str | None:
        """The IRI of the property, where the path is a single one from the thing."""
        prefix, colon, name = self.path.partition(":")
        return PREFIXES[prefix] + name if colon and prefix in PREFIXES and name.isidentifier() else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``classes`` are the classes of the things that are its rows, ``where`` a pattern that they fit."""

    name: str
    classes: tuple[str, ...]
    title: Text
    description: Text
    columns: tuple[Column, ...]
    where: str = ""


@lru_cache(maxsize=1)
def load_tables() -> tuple[Table, ...]:
    """The tables that tables.toml describes, in its order."""
    blocks = tomllib.loads(Path(__file__).with_name("tables.toml").read_text(encoding="utf-8"))["table"]
    return tuple(
        Table(
            block["name"],
            tuple(block["classes"]),
            Text(**block["title"]),
            Text(**block["description"]),
            tuple(_column(column) for column in block["columns"]),
            block.get("where", ""),
        )
        for block in blocks
    )


def _column(block: dict[str, Any]) -> Column:
    texts: dict[str, Any] = {name: Text(**block[name]) for name in ("title", "unit") if name in block}
    return Column(**{**block, **texts})


def read_rows(table: Table, store: Store) -> list[Row]:
    """The rows of a table, in order of their key. Raises :class:`TableError` for a cell with several values in a column
    that is not ``many``, for none in one that is ``required``, and for a value that holds the separator of lists."""
    cells: dict[str, dict[str, Sequence[str]]] = {}
    for column in table.columns:
        for row, values in _column_values(table, column, store).items():
            _check(table, column, row, values)
            cells.setdefault(row, {})[column.name] = values
    for column in table.columns:
        missing = next((row for row, found in sorted(cells.items()) if column.name not in found), None)
        if column.required and missing:
            raise TableError(
                f"table {table.name}, column {column.name}: {missing} has no value, and every row needs one"
            )
    nothing: Sequence[str] = ()
    return [
        {column.name: found.get(column.name, nothing) for column in table.columns} for _, found in sorted(cells.items())
    ]


def column_query(table: Table, column: Column) -> str:
    """The SPARQL query for a column: its values (``?value``) by thing (``?row``)."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))
    lines = [f"VALUES ?class {{ {' '.join(table.classes)} }}", "?row a ?class .", table.where]
    if column.type == "class":
        lines.append("BIND (?class AS ?value)")
    elif column.path:
        lines.append(f"?row {column.path} ?value .")
    else:
        lines.append("BIND (?row AS ?value)")
    if column.language:
        lines.append(f'FILTER (LANG(?value) = "{column.language}")')
    return f"{prefixes}SELECT DISTINCT ?row ?value WHERE {{\n  " + "\n  ".join(lines) + "\n}"


def _column_values(table: Table, column: Column, store: Store) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for solution in select(store, column_query(table, column)):
        found[solution["row"]["value"]].add(_plain(column, solution["value"]["value"]))
    return {row: sorted(values) for row, values in found.items()}


def _plain(column: Column, value: str) -> str:
    if column.type == "code":
        return value.removeprefix(f"{thing(column.scheme or '')}/")
    return value.removeprefix(f"{BASE}def#") if column.type == "class" else value


def _check(table: Table, column: Column, row: str, values: Sequence[str]) -> None:
    if len(values) > 1 and not column.many:
        raise TableError(
            f"table {table.name}, column {column.name}: {row} has {len(values)} values; "
            'write "many = true" into the column in graph/dumps/tables.toml, or choose one by another path'
        )
    if column.many and any(SEPARATOR in value for value in values):
        raise TableError(f"table {table.name}, column {column.name}: a value of {row} holds {SEPARATOR!r}")

"""Tables as files: CSV (RFC 4180) with CSV on the Web metadata, and Parquet with the same documentation."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from graph.dumps.tables import KEY, SEPARATOR, Column, Row, Table
from graph.namespaces import thing
from graph.questions.question import Text

_CSVW_TYPES = {
    "iri": "anyURI",
    "integer": "integer",
    "decimal": "decimal",
    "boolean": "boolean",
    "year": "gYear",
    "date": "date",
}
_ARROW_TYPES = {
    "integer": pyarrow.int64(),
    "decimal": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "year": pyarrow.int16(),
    "date": pyarrow.date32(),
}
_READ: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "decimal": float,
    "boolean": lambda text: text == "true",
    "year": int,
    "date": datetime.date.fromisoformat,
}


def write_csv(path: Path, table: Table, rows: Sequence[Row]) -> None:
    """A table as CSV in UTF-8: a head of column names, lists parted by ``;;``, an empty cell where nothing is said."""
    with path.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output)
        writer.writerow([column.name for column in table.columns])
        writer.writerows([SEPARATOR.join(row[column.name]) for column in table.columns] for row in rows)


def write_parquet(path: Path, table: Table, rows: Sequence[Row]) -> None:
    """A table as Parquet: typed columns, lists as lists; each field carries its title and unit in both languages."""
    arrays = [_array(column, [row[column.name] for row in rows]) for column in table.columns]
    fields = [
        pyarrow.field(
            column.name,
            array.type,
            nullable=not column.required and column.name != KEY,
            metadata=_documentation(column),
        )
        for column, array in zip(table.columns, arrays, strict=True)
    ]
    documented = {"columns": json.dumps({c.name: _documentation(c) for c in table.columns}, ensure_ascii=False)}
    schema = pyarrow.schema(fields, metadata=documented)
    pyarrow.parquet.write_table(pyarrow.table(arrays, schema=schema), path, compression="zstd")


def csvw_metadata(tables: Sequence[Table], title: Text, licence: str) -> dict[str, Any]:
    """The metadata of the CSV files of one folder (Metadata Vocabulary for Tabular Data): a group of tables with
    datatypes, keys and the columns that refer to other tables."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": _in_languages(title),
        "dc:license": {"@id": licence},
        "dialect": {"encoding": "utf-8", "header": True},
        "tables": [_csvw_table(table) for table in tables],
    }


def _csvw_table(table: Table) -> dict[str, Any]:
    return {
        "url": f"{table.name}.csv",
        "dc:title": _in_languages(table.title),
        "dc:description": _in_languages(table.description),
        "tableSchema": {
            "aboutUrl": f"{{+{KEY}}}",
            "primaryKey": KEY,
            "columns": [_csvw_column(column) for column in table.columns],
            "foreignKeys": [
                {
                    "columnReference": column.name,
                    "reference": {"resource": f"{column.references}.csv", "columnReference": KEY},
                }
                for column in table.columns
                if column.references and column.required  # an empty one, or a list, would be an error for validators
            ],
        },
    }


def _csvw_column(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,  # validators compare it with the head of the file
        "rdfs:label": _in_languages(column.title),
        "datatype": _CSVW_TYPES.get(column.type, "string"),
        "required": column.required or column.name == KEY,
    }
    if column.name == KEY:
        described["suppressOutput"] = True
    if column.unit:
        described["schema:unitText"] = _in_languages(column.unit)
    if column.many:
        described["separator"] = SEPARATOR
    if column.references:
        described["rdfs:comment"] = {"@value": f"{column.references}.csv, column {KEY}", "@language": "en"}
    if column.property:
        described["propertyUrl"] = column.property
    if column.type == "iri":
        described["valueUrl"] = f"{{+{column.name}}}"
    elif column.type == "code":
        described["valueUrl"] = f"{thing(column.scheme or '')}/{{+{column.name}}}"
    return described


def _in_languages(text: Text) -> list[dict[str, str]]:
    return [{"@value": text.vi, "@language": "vi"}, {"@value": text.en, "@language": "en"}]


def _documentation(column: Column) -> dict[str, str]:
    told = {"title.vi": column.title.vi, "title.en": column.title.en}
    if column.unit:
        told |= {"unit.vi": column.unit.vi, "unit.en": column.unit.en}
    return told


def _array(column: Column, cells: Sequence[Sequence[str]]) -> pyarrow.Array:
    kind = _ARROW_TYPES.get(column.type, pyarrow.string())
    read = _READ.get(column.type, str)
    if column.many:
        return pyarrow.array([[read(value) for value in cell] for cell in cells], pyarrow.list_(kind))
    return pyarrow.array([read(cell[0]) if cell else None for cell in cells], kind)

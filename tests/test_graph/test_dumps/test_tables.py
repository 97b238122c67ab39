"""Tables: what tables.toml says of them, and the rows that a store gives."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet
import pytest

from graph.dumps.tables import KEY, SEPARATOR, Column, TableError, column_query, load_tables, read_rows
from graph.questions.question import Text
from graph.store import Store, create, open_read_only

TABLES = {table.name: table for table in load_tables()}
TASK = "https://w3id.org/phancong/id/document/x/task/1"
_PC = "https://w3id.org/phancong/def#"


@pytest.fixture(scope="module")
def folder(built_releases: Path) -> Path:
    return built_releases / "current" / "dumps" / "tables"


def made(tmp_path: Path, *statements: str) -> Store:
    quads = [f"<{TASK}> {statement} <https://x.example/g> .\n" for statement in (f"a <{_PC}Task>", *statements)]
    content = "".join(quads).replace(" a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ")
    (tmp_path / "data.nq").write_text(content, encoding="utf-8")
    create(tmp_path / "store", tmp_path / "data.nq")
    return open_read_only(tmp_path / "store")


def test_the_tables_that_researchers_ask_for_are_there() -> None:
    asked = {"documents", "tasks", "assignments", "agencies", "indicators", "targets", "citations"}
    assert asked <= TABLES.keys()


def test_a_row_without_a_value_that_every_row_needs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"table tasks, column document: .*/task/1 has no value"):
        read_rows(TABLES["tasks"], made(tmp_path))


def test_every_table_and_column_is_documented_in_both_languages_and_numbers_have_units() -> None:
    for table in TABLES.values():
        assert table.title.vi and table.title.en and table.description.vi and table.description.en
        assert table.columns[0].name == KEY
        for column in table.columns:
            assert column.title.vi and column.title.en, column
            if column.type in ("integer", "decimal", "year", "date", "partial-date"):
                assert column.unit and column.unit.vi and column.unit.en, column


def test_keys_are_unique_and_what_refers_to_another_table_is_there(folder: Path) -> None:
    rows = {name: pyarrow.parquet.read_table(folder / f"{name}.parquet").to_pydict() for name in TABLES}
    keys = {name: set(columns[KEY]) for name, columns in rows.items()}
    for table in TABLES.values():
        assert len(keys[table.name]) == len(rows[table.name][KEY]) > 0
        for column in table.columns:
            if column.references:
                values = rows[table.name][column.name]
                found = {one for cell in values for one in (cell if column.many else [cell]) if one is not None}
                assert found and found <= keys[column.references], (table.name, column.name)


def test_no_column_is_always_empty(folder: Path) -> None:
    for table in TABLES.values():
        columns = pyarrow.parquet.read_table(folder / f"{table.name}.parquet").to_pydict()
        empty = [name for name, values in columns.items() if not any(value not in (None, []) for value in values)]
        assert empty == []


def test_every_row_but_those_of_shared_things_leads_to_a_passage(folder: Path) -> None:
    for name in ("tasks", "assignments", "indicators", "targets", "citations"):
        passages = pyarrow.parquet.read_table(folder / f"{name}.parquet").column("passages").to_pylist()
        assert all(passages), name


def test_a_row_has_the_values_of_a_thing_in_order(tmp_path: Path) -> None:
    document = f"<{_PC}document> <https://w3id.org/phancong/id/document/x>"
    topics = [
        document,
        *(f"<{_PC}topic> <https://w3id.org/phancong/id/topic/{name}>" for name in ("open-data", "data")),
    ]
    store = made(tmp_path, *topics, '<http://purl.org/dc/terms/title> "Lập kế hoạch"@vi')
    (row,) = read_rows(TABLES["tasks"], store)
    assert (row[KEY], row["topics"], row["title"], row["due_by"]) == (
        [TASK],
        ["data", "open-data"],
        ["Lập kế hoạch"],
        (),
    )


def test_a_second_value_in_a_column_for_one_is_an_error_that_names_the_place(tmp_path: Path) -> None:
    store = made(tmp_path, f'<{_PC}number> "1"', f'<{_PC}number> "2"')
    with pytest.raises(TableError, match=r"table tasks, column number: .*/task/1 has 2 values; .*many = true"):
        read_rows(TABLES["tasks"], store)


def test_a_value_that_holds_the_separator_of_lists_is_an_error(tmp_path: Path) -> None:
    store = made(tmp_path, f'<{_PC}doubt> "one{SEPARATOR}two"@en')
    with pytest.raises(TableError, match="column doubts"):
        read_rows(TABLES["tasks"], store)


def test_a_column_whose_path_is_one_property_names_it() -> None:
    named = Column("x", "text", Text("", ""), path="dct:title")
    assert named.property == "http://purl.org/dc/terms/title"
    for path in ("^pc:deadline", "pc:baseline/pc:value", "a", ""):
        assert Column("x", "text", Text("", ""), path=path).property is None


def test_the_query_of_a_column_can_be_asked_by_anybody(built_releases: Path) -> None:
    table = TABLES["assignments"]
    store = open_read_only(built_releases / "current" / "store")
    import io

    answer = io.BytesIO()
    store.query(column_query(table, table.columns[1])).write(answer, "text/csv")
    assert answer.getvalue().startswith(b"row,value\r\nhttps://")

"""The files of a dump: complete, the same for the same graph, documented, with true checksums."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
from pathlib import Path

import pyarrow.parquet
import pyoxigraph as ox
import pytest

from graph.catalogue.texts import load_texts
from graph.dumps.files import CHECKSUMS, FORMATS, DumpFile, describe, gzipped, read_checksums
from graph.dumps.tables import SEPARATOR, load_tables
from graph.dumps.writing import finish, write_dumps
from graph.store import open_read_only


@pytest.fixture(scope="module")
def release(built_releases: Path) -> Path:
    return built_releases / "current"


@pytest.fixture(scope="module")
def dump(release: Path) -> Path:
    return release / "dumps"


def quads(path: Path, ending: str) -> set[str]:
    formats = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    return {str(quad) for quad in ox.parse(gzip.decompress(path.read_bytes()), format=formats[ending])}


def test_writing_a_dump_again_gives_the_same_bytes(release: Path, dump: Path, tmp_path: Path) -> None:
    again = tmp_path / "dumps"
    write_dumps(release / "phancong.nq", open_read_only(release / "store"), again, load_texts())
    finish(again)
    before, after = read_checksums(dump), read_checksums(again)
    before.pop("croissant.json")  # names the release
    assert after == before
    assert len(after) > 20


def test_the_three_formats_hold_the_same_graph(release: Path, dump: Path) -> None:
    assert gzip.decompress((dump / "phancong.nq.gz").read_bytes()) == (release / "phancong.nq").read_bytes()
    whole = quads(dump / "phancong.nq.gz", "nq")
    assert quads(dump / "phancong.trig.gz", "trig") == quads(dump / "phancong.jsonld.gz", "jsonld") == whole


def test_a_document_by_itself_has_all_that_it_says_and_nothing_of_another(dump: Path) -> None:
    decision, plan = "quang-ngai-decision-2025-05", "quang-ngai-action-plan-2025-05"  # of one source
    for own, other in ((decision, plan), (plan, decision)):
        content = gzip.decompress((dump / "documents" / f"{own}.ttl.gz").read_bytes())
        subjects = {triple.subject.value for triple in ox.parse(content, format=ox.RdfFormat.TURTLE)}
        assert any(subject.endswith(f"/document/{own}") for subject in subjects)
        assert not any(f"/document/{other}/" in subject for subject in subjects)
    labelled = {triple.predicate.value for triple in ox.parse(content, format=ox.RdfFormat.TURTLE)}
    assert "http://www.w3.org/2004/02/skos/core#prefLabel" in labelled, "what it mentions has its label"


def test_all_tasks_of_the_graph_are_in_the_files_of_the_documents(dump: Path, release: Path) -> None:
    kind, task = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "https://w3id.org/phancong/def#Task"
    found = 0
    for path in (dump / "documents").glob("*.ttl.gz"):
        triples = ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.TURTLE)
        found += sum(1 for one in triples if one.predicate.value == kind and one.object == ox.NamedNode(task))
    assert found == json.loads((release / "release.json").read_text())["counts"]["Task"]


def test_csv_and_parquet_hold_the_same_rows(dump: Path) -> None:
    for table in load_tables():
        typed = pyarrow.parquet.read_table(dump / "tables" / f"{table.name}.parquet").to_pylist()
        with (dump / "tables" / f"{table.name}.csv").open(encoding="utf-8", newline="") as content:
            rows = list(csv.DictReader(content))
        assert len(rows) == len(typed) > 0
        for row, values in zip(rows, typed, strict=True):
            for column in table.columns:
                cell, value = row[column.name], values[column.name]
                if column.many and column.type in ("iri", "text", "code"):
                    assert cell.split(SEPARATOR) == value or (cell == "" and value == [])
                elif column.type in ("integer", "decimal", "year"):
                    assert (float(cell) if cell else None) == value
                elif not column.many and column.type != "boolean":
                    assert cell == (str(value) if value is not None else "")


def test_parquet_and_csvw_document_every_column_in_both_languages(dump: Path) -> None:
    metadata = json.loads((dump / "tables" / "csv-metadata.json").read_text(encoding="utf-8"))
    described = {table["url"]: table["tableSchema"] for table in metadata["tables"]}
    for table in load_tables():
        schema = pyarrow.parquet.read_schema(dump / "tables" / f"{table.name}.parquet")
        columns = {column["name"]: column for column in described[f"{table.name}.csv"]["columns"]}
        for column in table.columns:
            told = schema.field(column.name).metadata
            assert told[b"title.vi"].decode() == column.title.vi and told[b"title.en"].decode() == column.title.en
            if column.unit:
                assert told[b"unit.en"].decode() == column.unit.en
            languages = {label["@language"] for label in columns[column.name]["rdfs:label"]}
            assert languages == {"vi", "en"}


def test_the_readme_names_every_file_column_and_the_licence(dump: Path) -> None:
    readme = (dump / "README.md").read_text(encoding="utf-8")
    listed = set(read_checksums(dump)) - {"README.md", "croissant.json", "tables/csv-metadata.json"}
    assert [path for path in listed if f"`{path}`" not in readme] == []
    for table in load_tables():
        assert f"## {table.name}" in readme
        assert [column.name for column in table.columns if f"| `{column.name}` |" not in readme] == []
    assert "creativecommons.org/licenses/by/4.0" in readme


def test_sha256sum_accepts_the_checksums(dump: Path) -> None:
    subprocess.run(["sha256sum", "--check", "--quiet", CHECKSUMS], cwd=dump, check=True)
    there = {path.relative_to(dump).as_posix() for path in dump.rglob("*") if path.is_file()} - {CHECKSUMS}
    assert set(read_checksums(dump)) == there


def test_a_gzip_file_has_no_time_in_it(tmp_path: Path) -> None:
    for name in ("one.gz", "other.gz"):
        with gzipped(tmp_path / name) as output:
            output.write("Quảng Trị".encode())
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "other.gz").read_bytes()
    assert describe(tmp_path, tmp_path / "one.gz").compressed


def test_a_file_tells_its_format_whether_packed_or_not() -> None:
    assert DumpFile("documents/x-1.2.ttl.gz", 0, "").format is FORMATS["ttl"]
    assert DumpFile("tables/csv-metadata.json", 0, "").format.media_type == "application/csvm+json"


def test_a_folder_without_checksums_lists_nothing(tmp_path: Path) -> None:
    assert read_checksums(tmp_path) == {}

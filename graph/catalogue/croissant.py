"""Croissant 1.0 metadata of the tables, so that machine-learning tools load them (mlcommons.org/croissant/1.0)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.catalogue.texts import Texts
from graph.dumps.files import DumpFile
from graph.dumps.tables import KEY, SEPARATOR, Column, Table

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {
    "iri": "sc:URL",
    "integer": "sc:Integer",
    "decimal": "sc:Float",
    "boolean": "sc:Boolean",
    "year": "sc:Integer",
    "date": "sc:Date",
}


def croissant(
    tables: Sequence[Table], files: Sequence[DumpFile], texts: Texts, release: str, issued: str, base: str
) -> dict[str, Any]:
    """The metadata of CSV files; ``files`` are those of the tables, in the same order, below the address ``base``."""
    name = texts.whole.title.en
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "phancong",
        "alternateName": [name, texts.whole.title.vi],
        "description": texts.whole.description.en,
        "url": base,
        "version": _version(issued),
        "datePublished": issued,
        "license": texts.licence.deed,
        "inLanguage": ["vi", "en"],
        "keywords": list(texts.whole.keywords["en"]),
        "creator": {"@type": "Organization", "name": texts.publisher.en},
        "publisher": {"@type": "Organization", "name": texts.publisher.en},
        "citeAs": f"{texts.publisher.en}, release {release}",
        "distribution": [_file(file, base) for file in files],
        "recordSet": [_record_set(table) for table in tables],
    }


def _version(issued: str) -> str:
    """The time of issue as a version of three numbers, which Croissant asks for."""
    date, _, time = issued.partition("T")
    year, month, day = (int(part) for part in date.split("-"))
    return f"{year}.{month * 100 + day}.{int(time[:2] + time[3:5])}"


def _file(file: DumpFile, base: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{file.name}.csv",
        "name": f"{file.name}.csv",
        "contentUrl": f"{base}{file.path}",
        "contentSize": f"{file.size} B",
        "encodingFormat": file.format.media_type,
        "sha256": file.sha256,
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.description.en} {table.description.vi}",
        "key": {"@id": f"{table.name}/{KEY}"},
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    unit = f" ({column.unit.en})" if column.unit else ""
    source: dict[str, Any] = {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": column.name}}
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": f"{column.title.en}{unit}. {column.title.vi}."
        + (f" A list, parted by {SEPARATOR}." if column.many else ""),
        # a list is left as its text: Croissant 1.0 has no parting of CSV cells
        "dataType": "sc:Text" if column.many else _TYPES.get(column.type, "sc:Text"),
        "source": source,
    }
    if column.references:  # in words: mlcroissant 1.1 cannot load record sets whose fields refer to those of another
        field["description"] += f" Refers to {column.references}/{KEY}."
    return field

"""Answers as linked data: the JSON-LD context that makes RDF of an answer's JSON, and CSVW metadata for its tables.

The context of what all answers have stands in a file that never changes, under an address of its own; what a later
form needs otherwise gets another file. The names of a question's columns mean `…/questions/<id>#<column>`, said in the
answer itself, so that nobody has to ask for anything else to read it.
(JSON-LD 1.1, sections 3.1 and 4.1.2; Metadata Vocabulary for Tabular Data, sections 5.3 to 5.6.)
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graph.namespaces import BASE
from graph.questions.question import Column, ColumnType, Question

CONTEXTS = Path(__file__).parent
"""Where the contexts of answers are: context-<number>.jsonld."""

CONTEXT = "1"
"""The number of the context that answers have now."""

_TYPED = {ColumnType.IRI: "@id", ColumnType.IRIS: "@id", ColumnType.DATE: "xsd:date"}
_DATATYPES = {
    ColumnType.IRI: "anyURI",
    ColumnType.IRIS: "anyURI",
    ColumnType.INTEGER: "integer",
    ColumnType.DECIMAL: "decimal",
    ColumnType.DATE: "date",
}
_SEPARATORS = {ColumnType.IRIS: " ", ColumnType.TEXTS: "; "}


def context_address(base: str = BASE) -> str:
    """Return the address of the context of answers below the base of a service, which ends in a slash."""
    return f"{base}questions/contexts/{CONTEXT}.jsonld"


def context(question: Question, base: str = BASE) -> list[Any]:
    """Return the value of @context for the answers of a question."""
    columns = [*question.columns, *(question.evidence.columns if question.evidence else ())]
    return [context_address(base), {"@vocab": f"{BASE}questions/{question.id}#", **_typed(columns)}]


def _typed(columns: Iterable[Column]) -> Mapping[str, Mapping[str, str]]:
    return {column.name: {"@type": _TYPED[column.type]} for column in columns if column.type in _TYPED}


def csvw(question: Question, table: str, about: Mapping[str, Any], delimiter: str = ",") -> dict[str, Any]:
    """Return CSVW metadata of the table of an answer at the address `table`; `about` is what else is said of it."""
    metadata: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"language": "vi"}],
        "url": table,
        "dc:title": [_literal(question.title.vi, "vi"), _literal(question.title.en, "en")],
        "dc:description": [_literal(question.description.vi, "vi"), _literal(question.description.en, "en")],
        **about,
        "tableSchema": {"columns": [_csvw_column(question, column) for column in question.columns]},
    }
    if delimiter != ",":
        metadata["dialect"] = {"delimiter": delimiter}
    return metadata


def _csvw_column(question: Question, column: Column) -> dict[str, Any]:
    content: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "rdfs:label": [_literal(column.label.vi, "vi"), _literal(column.label.en, "en")],
        "datatype": _DATATYPES.get(column.type, "string"),
        "propertyUrl": f"{BASE}questions/{question.id}#{column.name}",
    }
    if column.type in _SEPARATORS:
        content["separator"] = _SEPARATORS[column.type]
    return content


def _literal(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}

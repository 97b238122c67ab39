"""Answers: what a question's queries found, as plain rows with the evidence of each, and as JSON and CSV.

Pure: whoever runs the queries (the service in its workers, the command line in its own process) hands the solutions in.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.questions.binding import Term
from graph.questions.catalogue import Column, ColumnType, Evidence, Question, Text

Row = dict[str, Any]
"""One row of an answer: a plain value for each column, and "evidence" where the question has it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT query: the variables, and a row of SPARQL JSON terms for each solution.

    (SPARQL 1.1 Query Results JSON Format, section 3.2.2; a variable without value is not in its row.)
    """

    variables: tuple[str, ...]
    rows: tuple[Mapping[str, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question answered from one release: the values given, their terms, the queries that were run, and the rows."""

    question: Question
    given: Mapping[str, str]
    bound: Mapping[str, Term]
    sparql: str
    evidence_sparql: str | None
    rows: Sequence[Row]
    release_id: str
    release_issued: str


def read_table(results: bytes) -> Table:
    """The solutions in a SPARQL JSON result."""
    content = json.loads(results)
    return Table(tuple(content["head"]["vars"]), tuple(content["results"]["bindings"]))


def plain_rows(columns: Sequence[Column], found: Table) -> list[Row]:
    """The solutions as plain values in the question's columns."""
    return [_row(columns, terms) for terms in found.rows]


def add_evidence(rows: Sequence[Row], evidence: Evidence, found: Table) -> None:
    """Give each row the evidence of its key: a list of items, each with its passages."""
    items: dict[str, dict[str, Row]] = {}
    of_item = [column for column in evidence.columns if not column.passage]
    of_passage = [column for column in evidence.columns if column.passage]
    for terms in found.rows:
        key, item = terms[evidence.key]["value"], terms[evidence.item]["value"]
        entry = items.setdefault(key, {}).setdefault(item, {**_row(of_item, terms), "passages": []})
        entry["passages"].append(_row(of_passage, terms))
    for row in rows:
        row["evidence"] = list(items.get(row[evidence.key], {}).values())


def to_json(answer: Answer) -> dict[str, Any]:
    """The answer with what it was asked, the SPARQL that was run, and the release it comes from."""
    question = answer.question
    content = {
        "question": {"id": question.id, "title": in_both(question.title), "description": in_both(question.description)},
        "parameters": {name: term.value for name, term in answer.bound.items()},
        "release": {"id": answer.release_id, "issued": answer.release_issued},
        "sparql": answer.sparql,
        "evidence_sparql": answer.evidence_sparql,
        "columns": [_described(column) for column in question.columns],
        "row_count": len(answer.rows),
        "rows": answer.rows,
    }
    if question.evidence is not None:
        content["evidence_columns"] = [_described(column) for column in question.evidence.columns]
    return content


def to_csv(answer: Answer) -> str:
    """The rows as RFC 4180 says; lists are separated by spaces, what is missing is empty."""
    columns = answer.question.columns
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(column.name for column in columns)
    for row in answer.rows:
        cells = (row[column.name] for column in columns)
        writer.writerow(" ".join(cell) if isinstance(cell, list) else cell for cell in cells)
    return output.getvalue()


def in_both(text: Text) -> dict[str, str]:
    """A text as an object with its two languages."""
    return {"vi": text.vi, "en": text.en}


def _row(columns: Sequence[Column], terms: Mapping[str, Mapping[str, str]]) -> Row:
    return {column.name: _cell(column, terms.get(column.name)) for column in columns}


def _cell(column: Column, term: Mapping[str, str] | None) -> Any:
    """Return a term as a plain value: whole numbers as such, lists of IRIs sorted, everything else as text."""
    if column.type is ColumnType.IRIS:
        return sorted(term["value"].split()) if term else []
    if term is None:
        return None
    return int(term["value"]) if column.type is ColumnType.INTEGER else term["value"]


def _described(column: Column) -> dict[str, Any]:
    return {"name": column.name, "type": column.type, "label": in_both(column.label)}

"""Answers: what a question's queries found, as plain rows with the evidence of each, and as JSON and CSV.

Pure: whoever runs the queries (the service in its workers, the command line in its own process) hands the solutions in.
"""

import csv
import dataclasses
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.namespaces import BASE
from graph.questions.binding import Term
from graph.questions.linked import context
from graph.questions.question import Column, ColumnType, Evidence, Question, Text
from graph.questions.table import Table

_BREAKS = re.compile(r"[\t\r\n]+")
_LISTS = {ColumnType.IRIS: " ", ColumnType.TEXTS: "\n"}  # what separates the items of a list in its solution

Row = dict[str, Any]
"""One row of an answer: a plain value for each column, and "evidence" where the question has it."""


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
    total: int | None = None  # of all its rows, where `rows` is a part of them

    @property
    def row_count(self) -> int:
        """How many rows the answer has in all."""
        return len(self.rows) if self.total is None else self.total

    def part(self, start: int, limit: int | None) -> "Answer":
        """The answer with `limit` of its rows from `start`, or all that follow."""
        rows = self.rows[start : None if limit is None else start + limit]
        return dataclasses.replace(self, rows=rows, total=self.row_count)


def plain_rows(columns: Sequence[Column], found: Table) -> list[Row]:
    """The solutions as plain values in the question's columns."""
    return [_row(columns, terms) for terms in found.rows]


def add_evidence(rows: Sequence[Row], evidence: Evidence, found: Table) -> None:
    """Give each row the evidence of its key: a list of items, each with its passages.

    What an item is may stand with some of its passages only.
    """
    items: dict[str, dict[str, Row]] = {}
    of_item = [column for column in evidence.columns if not column.passage]
    of_passage = [column for column in evidence.columns if column.passage]
    for terms in found.rows:
        key, item = terms[evidence.key]["value"], terms[evidence.item]["value"]
        entry = items.setdefault(key, {}).setdefault(
            item, {**dict.fromkeys(one.name for one in of_item), "passages": []}
        )
        entry |= {name: value for name, value in _row(of_item, terms).items() if value is not None}
        entry["passages"].append(_row(of_passage, terms))
    for row in rows:
        row["evidence"] = list(items.get(row[evidence.key], {}).values())


def to_json(answer: Answer, base: str = BASE) -> dict[str, Any]:
    """The answer with what it was asked, the SPARQL that was run, and the release it comes from; JSON-LD as well.

    `base` is where the service that answers is, with a slash at the end: its context is read from there.
    """
    question = answer.question
    content = {
        "@context": context(question, base),
        "type": "csvw:Table",
        "question": {"id": question.id, "title": in_both(question.title), "description": in_both(question.description)},
        "parameters": {name: term.value for name, term in answer.bound.items()},
        "release": {"id": answer.release_id, "issued": answer.release_issued},
        "sparql": answer.sparql,
        "evidence_sparql": answer.evidence_sparql,
        "other_readings": question.other_readings,
        "chart": described_chart(question),
        "columns": [described_column(column) for column in question.columns],
        "row_count": answer.row_count,
        "rows": answer.rows,
    }
    if question.evidence is not None:
        content["evidence_columns"] = [described_column(column) for column in question.evidence.columns]
    return content


def to_csv(answer: Answer) -> str:
    """The rows as RFC 4180 says; IRIs are separated by spaces, texts by semicolons, what is missing is empty."""
    columns = answer.question.columns
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(column.name for column in columns)
    for row in answer.rows:
        writer.writerow(as_text(column, row[column.name]) for column in columns)
    return output.getvalue()


def to_tsv(answer: Answer) -> str:
    """The rows as text/tab-separated-values: as CSV, with tabs and line breaks within a value as spaces."""
    columns = answer.question.columns
    lines = [[column.name for column in columns]]
    for row in answer.rows:
        values = (as_text(column, row[column.name]) for column in columns)
        lines.append(["" if value is None else _BREAKS.sub(" ", str(value)) for value in values])
    return "".join("\t".join(line) + "\n" for line in lines)


def as_text(column: Column, value: Any) -> Any:
    """A value for one cell of a table: a list as one text, everything else as it is."""
    return (" " if column.type is ColumnType.IRIS else "; ").join(value) if isinstance(value, list) else value


def in_both(text: Text) -> dict[str, str]:
    """A text as an object with its two languages."""
    return {"vi": text.vi, "en": text.en}


def _row(columns: Sequence[Column], terms: Mapping[str, Mapping[str, str]]) -> Row:
    return {column.name: _cell(column, terms.get(column.name)) for column in columns}


def _cell(column: Column, term: Mapping[str, str] | None) -> Any:
    """Return a term as a plain value: numbers as such, lists sorted, everything else as text."""
    if column.type in _LISTS:
        return sorted(filter(None, term["value"].split(_LISTS[column.type]))) if term else []
    if term is None:
        return None
    match column.type:
        case ColumnType.INTEGER:
            return int(term["value"])
        case ColumnType.DECIMAL:
            return float(term["value"])
        case _:
            return term["value"]


def described_column(column: Column) -> dict[str, Any]:
    """A column for machines: name, type, label, and its unit or the column that holds it, where it has one."""
    content = {"name": column.name, "type": column.type, "label": in_both(column.label)}
    if column.unit:
        content["unit"] = in_both(column.unit)
    if column.unit_column:
        content["unit_column"] = column.unit_column
    return content


def described_chart(question: Question) -> dict[str, str] | None:
    """The suggested chart for machines: its type, and the column of each role it has."""
    if question.chart is None:
        return None
    return {role: value for role, value in dataclasses.asdict(question.chart).items() if value}

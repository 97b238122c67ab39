"""Reads the question files into records and checks them, so that a bad file stops the start and not a reader."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from graph.query_text import variables
from graph.store import QuerySyntaxError, check_syntax

QUESTIONS = Path(__file__).parent
"""Where the questions of this project are."""

_METADATA = "#+"
_EVIDENCE = ".evidence"
_T = TypeVar("_T")


class CatalogueError(Exception):
    """A question file is wrong. The message names the file, the line and what to change."""


class ParameterType(StrEnum):
    """What a parameter's value is read as."""

    IRI = "iri"
    STRING = "string"
    INTEGER = "integer"
    DATE = "date"


class ColumnType(StrEnum):
    """What a column's values are."""

    IRI = "iri"
    IRIS = "iris"
    TEXT = "text"
    INTEGER = "integer"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Vietnamese and English."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text in `language`, "vi" or "en"."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be asked about. `base` is for IRIs: the folder below BASE id/ that short values name."""

    name: str
    type: ParameterType
    label: Text
    description: Text
    example: str
    base: str = ""
    required: bool = False
    default: str | None = None
    pattern: str = ""
    values: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer. `link`, `question`, `arguments` and `words` as in the package's description."""

    name: str
    label: Text
    type: ColumnType
    link: str = ""
    question: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)
    passage: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The query for what the rows rest on: `key` is the shared column, `item` what a piece of evidence is about."""

    sparql: str
    key: str
    item: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, as its file says; `sparql` is the query without the metadata."""

    id: str
    order: int
    title: Text
    description: Text
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str
    sample: Mapping[str, str]
    evidence: Evidence | None


def read_catalogue(folder: Path = QUESTIONS) -> dict[str, Question]:
    """Read all questions of a folder, by id in the order they state.

    Raises CatalogueError at the first file that is wrong.
    """
    questions = [_question(path) for path in sorted(folder.glob("*.rq")) if not path.stem.endswith(_EVIDENCE)]
    if not questions:
        raise CatalogueError(f"{folder}: holds no question (*.rq)")
    catalogue = {question.id: question for question in sorted(questions, key=lambda one: (one.order, one.id))}
    for question in questions:
        for column in question.columns:
            _check_link(folder / f"{question.id}.rq", question, column, catalogue)
    return catalogue


class _File:
    """One file taken apart: metadata as a table, query as text, and the lines to name in errors."""

    def __init__(self, path: Path) -> None:
        self.path = path
        lines = path.read_text(encoding="utf-8").splitlines()
        length = next((n for n, line in enumerate(lines) if not line.startswith(_METADATA)), len(lines))
        self._metadata = [line.removeprefix(_METADATA).removeprefix(" ") for line in lines[:length]]
        self._offset = next((n for n, line in enumerate(lines) if n >= length and line.strip()), length)
        self.sparql = "\n".join(lines[length:]).strip("\n") + "\n"
        try:
            self.table: dict[str, Any] = tomllib.loads("\n".join(self._metadata))
        except tomllib.TOMLDecodeError as error:
            raise CatalogueError(f"{path}: the metadata (the lines that begin with {_METADATA}): {error}") from None
        if [line for line in lines[length:] if line == "WHERE {"] != ["WHERE {"]:
            raise self.error('the query needs exactly one line "WHERE {"; parameters are put behind it', length + 1)

    def error(self, reason: str, line: int) -> CatalogueError:
        return CatalogueError(f"{self.path}:{line}: {reason}")

    def line_of(self, text: str) -> int:
        """Return the number of the first metadata line that holds `text`, 1 where none does."""
        return next((n for n, line in enumerate(self._metadata, 1) if text in line), 1)

    def check_query(self, text: str) -> tuple[str, ...]:
        """Return what the query projects."""
        try:
            return check_syntax(text)
        except QuerySyntaxError as error:
            line = self._offset + (error.line or 1)
            raise self.error(f"the query, column {error.column}: {error}", line) from None


def _question(path: Path) -> Question:
    file = _File(path)
    table = file.table
    _only(file, table, {"title", "description", "order", "parameter", "column", "sample"}, "the metadata")
    parameters = tuple(_parameter(file, entry) for entry in table.get("parameter", ()))
    columns = _columns(file, path)
    evidence_path = path.with_name(f"{path.stem}{_EVIDENCE}.rq")
    question = Question(
        id=path.stem,
        order=_needed(file, table, "order", int, "the metadata"),
        title=_text(file, table, "title", "the metadata"),
        description=_text(file, table, "description", "the metadata"),
        parameters=parameters,
        columns=columns,
        sparql=file.sparql,
        sample=table.get("sample", {}),
        evidence=_evidence(evidence_path, columns, parameters) if evidence_path.exists() else None,
    )
    _check_parameters(file, parameters)
    for name in question.sample:
        if name not in {parameter.name for parameter in parameters}:
            raise file.error(f'the sample gives "{name}", which is no parameter', file.line_of(name))
    return question


def _evidence(path: Path, columns: Sequence[Column], parameters: Sequence[Parameter]) -> Evidence:
    file = _File(path)
    _only(file, file.table, {"key", "item", "column"}, "the metadata")
    evidence = Evidence(
        sparql=file.sparql,
        key=_needed(file, file.table, "key", str, "the metadata"),
        item=_needed(file, file.table, "item", str, "the metadata"),
        columns=_columns(file, path),
    )
    projected = file.check_query(file.sparql)
    for name in (evidence.key, evidence.item):
        if name not in projected:
            raise file.error(f'"{name}" is not among what the query projects', file.line_of(f'"{name}"'))
    if evidence.key not in {column.name for column in columns}:
        raise file.error(f'the question has no column "{evidence.key}"', file.line_of(f'"{evidence.key}"'))
    _check_parameters(file, parameters)
    return evidence


def _parameter(file: _File, entry: dict[str, Any]) -> Parameter:
    name = _needed(file, entry, "name", str, "a parameter")
    what = f'parameter "{name}"'
    known = {"name", "type", "label", "base", "required", "default", "description", "example", "pattern", "values"}
    _only(file, entry, known, what)
    stated = _needed(file, entry, "type", str, what)
    if stated not in set(ParameterType):
        line = file.line_of(f'"{stated}"')
        raise file.error(f'{what}: unknown type "{stated}"; the types are {", ".join(ParameterType)}', line)
    parameter = Parameter(
        name=name,
        type=ParameterType(stated),
        label=_text(file, entry, "label", what),
        description=_text(file, entry, "description", what),
        example=_needed(file, entry, "example", str, what),
        base=entry.get("base", ""),
        required=entry.get("required", False),
        default=entry.get("default"),
        pattern=entry.get("pattern", ""),
        values=entry.get("values", ""),
    )
    line = file.line_of(f'"{name}"')
    if (parameter.type is ParameterType.IRI) != bool(parameter.base):
        raise file.error(f"{what}: a base is for type iri, and type iri needs one", line)
    if parameter.required and parameter.default is not None:
        raise file.error(f"{what}: is required and has a default; keep one of the two", line)
    if parameter.values and set(_check_values(file, parameter)) != {"value", "label"}:
        raise file.error(f"{what}: its values query has to project ?value and ?label", line)
    return parameter


def _check_values(file: _File, parameter: Parameter) -> tuple[str, ...]:
    """Return what a parameter's values query projects."""
    try:
        return check_syntax(parameter.values)
    except QuerySyntaxError as error:
        line = file.line_of(f'"{parameter.name}"')
        raise file.error(f'parameter "{parameter.name}": its values query: {error}', line) from None


def _check_parameters(file: _File, parameters: Sequence[Parameter]) -> None:
    used = variables(file.sparql)
    for parameter in parameters:
        if parameter.name not in used | variables(parameter.pattern):
            line = file.line_of(f'"{parameter.name}"')
            raise file.error(f'parameter "{parameter.name}" is not used: the query has no ?{parameter.name}', line)
    with_patterns = "\n".join(parameter.pattern for parameter in parameters)
    file.check_query(file.sparql.replace("WHERE {\n", f"WHERE {{\n{with_patterns}\n"))


def _columns(file: _File, path: Path) -> tuple[Column, ...]:
    projected = file.check_query(file.sparql)
    columns = []
    for entry in file.table.get("column", ()):
        name = _needed(file, entry, "name", str, "a column")
        what = f'column "{name}"'
        _only(file, entry, {"name", "label", "type", "link", "question", "arguments", "words", "passage"}, what)
        stated = _needed(file, entry, "type", str, what)
        if stated not in set(ColumnType):
            line = file.line_of(f'"{stated}"')
            raise file.error(f'{what}: unknown type "{stated}"; the types are {", ".join(ColumnType)}', line)
        for wanted in (name, entry.get("link", name)):
            if wanted not in projected:
                line = file.line_of(f'"{wanted}"')
                raise file.error(f"{what}: the query does not project ?{wanted}", line)
        columns.append(
            Column(
                name=name,
                label=_text(file, entry, "label", what),
                type=ColumnType(stated),
                link=entry.get("link", ""),
                question=entry.get("question", ""),
                arguments=entry.get("arguments", {}),
                words={word: _text(file, entry["words"], word, what) for word in entry.get("words", {})},
                passage=entry.get("passage", False),
            )
        )
    if not columns:
        raise CatalogueError(f"{path}:1: no [[column]] is described")
    return tuple(columns)


def _check_link(path: Path, question: Question, column: Column, catalogue: Mapping[str, Question]) -> None:
    if not column.question:
        return
    if column.question not in catalogue:
        raise CatalogueError(f'{path}: column "{column.name}" leads to "{column.question}", which is no question')
    accepted = {parameter.name for parameter in catalogue[column.question].parameters}
    columns = {one.name for one in question.columns}
    parameters = {f"${one.name}" for one in question.parameters}
    for name, source in column.arguments.items():
        if name not in accepted:
            reason = f'"{column.question}" has no parameter "{name}"'
        elif source not in columns | parameters:
            reason = f'"{source}" is neither a column nor a parameter ("$name") of this question'
        else:
            continue
        raise CatalogueError(f'{path}: column "{column.name}": {reason}')


def _only(file: _File, table: Mapping[str, Any], known: set[str], what: str) -> None:
    for key in table:
        if key not in known:
            raise file.error(f'{what}: unknown key "{key}"; known are {", ".join(sorted(known))}', file.line_of(key))


def _needed(file: _File, table: Mapping[str, Any], key: str, kind: type[_T], what: str) -> _T:
    value = table.get(key)
    if not isinstance(value, kind):
        raise file.error(f"{what}: needs {key} ({kind.__name__})", file.line_of(key))
    return value


def _text(file: _File, table: Mapping[str, Any], key: str, what: str) -> Text:
    value = table.get(key)
    if not (isinstance(value, dict) and set(value) == {"vi", "en"} and all(isinstance(v, str) for v in value.values())):
        raise file.error(f"{what}: needs {key}.vi and {key}.en", file.line_of(key))
    return Text(value["vi"], value["en"])

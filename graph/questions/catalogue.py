"""Reads the question files into records and checks them, so that a bad file stops the start and not a reader."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from graph.query_text import variables
from graph.questions.binding import WHERE
from graph.questions.metadata import CatalogueError, Metadata
from graph.questions.question import (
    NUMBERS,
    Chart,
    ChartType,
    Column,
    ColumnType,
    Evidence,
    Parameter,
    ParameterType,
    Question,
)
from graph.store import QuerySyntaxError, check_syntax

QUESTIONS = Path(__file__).parent
"""Where the questions of this project are."""

SHARED_PARAMETERS = "parameters.toml"
"""The file beside them that holds the parameters which several of them take."""

_NEAREST = 3  # ids that an error names
_LEAST_LIKENESS = 0.4  # of them to what was asked for, as difflib measures it

_METADATA = "#+"
_EVIDENCE = ".evidence"
_COMPETENCY_QUESTION = re.compile(r"CQ\d{2}")
_DRAWN_FROM: Mapping[ChartType, tuple[str, ...]] = {
    ChartType.BAR: ("y", "series"),
    ChartType.LINE: ("y", "series", "comparator", "high"),
    ChartType.HEATMAP: ("value",),
    ChartType.NETWORK: ("value",),
}  # the role that holds a chart's numbers, and the roles that it may have besides x and y
_Code = TypeVar("_Code", bound=StrEnum)


def read_catalogue(folder: Path = QUESTIONS, parameters: Path | None = None) -> dict[str, Question]:
    """Read all questions of a folder, by id in the order they state.

    `parameters` is the file of the parameters that they share; that of the folder where it is left out. Raises
    CatalogueError at the first file that is wrong.
    """
    shared = _shared_parameters(parameters or folder / SHARED_PARAMETERS)
    paths = sorted(path for path in folder.glob("*.rq") if not path.stem.endswith(_EVIDENCE))
    if not paths:
        raise CatalogueError(f"{folder}: holds no question (*.rq)")
    questions = sorted((_question(path, shared) for path in paths), key=lambda one: (one.order, one.id))
    catalogue = {question.id: question for question in questions}
    for question in questions:
        _check_links(folder / f"{question.id}.rq", question, catalogue)
    return catalogue


class _File(Metadata):
    """A question file taken apart: its metadata, and the query as text."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        length = next((n for n, line in enumerate(lines) if not line.startswith(_METADATA)), len(lines))
        super().__init__(path, [line.removeprefix(_METADATA).removeprefix(" ") for line in lines[:length]])
        self._offset = next((n for n, line in enumerate(lines) if n >= length and line.strip()), length)
        self.sparql = "\n".join(lines[length:]).strip("\n") + "\n"
        if "WHERE {" not in lines[length:]:
            raise self.error(
                'the query needs a line that is exactly "WHERE {"; parameters are put behind it', length + 1
            )

    def check_query(self, text: str) -> tuple[str, ...]:
        """Return what the query projects. Raises CatalogueError."""
        try:
            return check_syntax(text)
        except QuerySyntaxError as error:
            line = self._offset + (error.line or 1)
            raise self.error(f"the query, column {error.column}: {error}", line) from None


def _shared_parameters(path: Path) -> dict[str, dict[str, Any]]:
    """Return the parameters that several questions take, as tables by name; each is checked as it stands."""
    if not path.exists():
        return {}
    file = Metadata(path, path.read_text(encoding="utf-8").splitlines())
    tables = {name: {"name": name, **table} for name, table in file.table.items()}
    for table in tables.values():
        _parameter(file, table)
    return tables


def _question(path: Path, shared: Mapping[str, dict[str, Any]]) -> Question:
    file = _File(path)
    table = file.table
    known = {"title", "description", "order", "parameter", "column", "sample", "serves", "other_readings", "chart"}
    file.only(table, known, "the metadata")
    parameters = tuple(_parameter(file, _with_shared(file, entry, shared)) for entry in table.get("parameter", ()))
    columns = _columns(file)
    evidence_path = path.with_name(f"{path.stem}{_EVIDENCE}.rq")
    question = Question(
        id=path.stem,
        order=file.needed(table, "order", int, "the metadata"),
        title=file.text(table, "title", "the metadata"),
        description=file.text(table, "description", "the metadata"),
        parameters=parameters,
        columns=columns,
        sparql=file.sparql,
        sample=table.get("sample", {}),
        serves=_serves(file),
        other_readings=file.strings("other_readings"),
        chart=_chart(file, columns),
        evidence=_evidence(evidence_path, columns, parameters) if evidence_path.exists() else None,
    )
    _check_parameters(file, parameters)
    _check_sample(file, question)
    return question


def _serves(file: Metadata) -> tuple[str, ...]:
    served = file.strings("serves")
    if not served:
        raise file.error_at("serves", 'the metadata: needs serves, the competency questions such as ["CQ01"]')
    for name in served:
        if not _COMPETENCY_QUESTION.fullmatch(name):
            raise file.error_at(f'"{name}"', f'the metadata: serves "{name}", which is no number such as CQ01')
    return served


def _chart(file: Metadata, columns: Sequence[Column]) -> Chart | None:
    entry = file.table.get("chart")
    if entry is None:
        return None
    what = "the chart"
    kind = _code(file, entry, ChartType, what)
    numbers, *more = _DRAWN_FROM[kind]
    file.only(entry, {"type", "x", "y", numbers, *more}, what)
    for role in ("x", "y", numbers):
        file.needed(entry, role, str, what)
    types = {column.name: column.type for column in columns}
    for role, name in entry.items():
        if role != "type" and name not in types:
            raise file.error_at(f'"{name}"', f'{what}: its {role}, "{name}", is no column')
    if types[entry[numbers]] not in NUMBERS:
        raise file.error_at("chart", f'{what}: its {numbers}, "{entry[numbers]}", is no column of numbers')
    return Chart(**{**entry, "type": kind})


def _evidence(path: Path, columns: Sequence[Column], parameters: Sequence[Parameter]) -> Evidence:
    file = _File(path)
    file.only(file.table, {"key", "item", "column"}, "the metadata")
    evidence = Evidence(
        sparql=file.sparql,
        key=file.needed(file.table, "key", str, "the metadata"),
        item=file.needed(file.table, "item", str, "the metadata"),
        columns=_columns(file),
    )
    projected = file.check_query(file.sparql)
    for name in (evidence.key, evidence.item):
        if name not in projected:
            raise file.error_at(f'"{name}"', f'"{name}" is not among what the query projects')
    if evidence.key not in {column.name for column in columns}:
        raise file.error_at(f'"{evidence.key}"', f'the question has no column "{evidence.key}"')
    _check_parameters(file, parameters)
    return evidence


def _with_shared(file: Metadata, entry: dict[str, Any], shared: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a parameter's table; where it uses a shared one, that one with what the question says otherwise."""
    if "use" not in entry:
        return entry
    used = entry["use"]
    if used not in shared:
        known = ", ".join(shared)
        raise file.error_at(f'"{used}"', f'a parameter uses "{used}"; {SHARED_PARAMETERS} has {known or "none"}')
    return {**shared[used], **{key: value for key, value in entry.items() if key != "use"}}


def _parameter(file: Metadata, entry: dict[str, Any]) -> Parameter:
    name = file.needed(entry, "name", str, "a parameter")
    what = f'parameter "{name}"'
    known = {"name", "type", "label", "base", "required", "default", "description", "example", "pattern", "values"}
    file.only(entry, known, what)
    parameter = Parameter(
        name=name,
        type=_code(file, entry, ParameterType, what),
        label=file.text(entry, "label", what),
        description=file.text(entry, "description", what),
        example=file.needed(entry, "example", str, what),
        base=entry.get("base", ""),
        required=entry.get("required", False),
        default=entry.get("default"),
        pattern=entry.get("pattern", ""),
        values=entry.get("values", ""),
    )
    if (parameter.type is ParameterType.IRI) != bool(parameter.base):
        raise file.error_at(f'"{name}"', f"{what}: a base is for type iri, and type iri needs one")
    if parameter.required and parameter.default is not None:
        raise file.error_at(f'"{name}"', f"{what}: is required and has a default; keep one of the two")
    if parameter.values and set(_check_values(file, parameter)) - {"labelEn"} != {"value", "label"}:
        needed = "?value and ?label, and may project ?labelEn"
        raise file.error_at(f'"{name}"', f"{what}: its values query has to project {needed}")
    return parameter


def _check_values(file: Metadata, parameter: Parameter) -> tuple[str, ...]:
    """Return what a parameter's values query projects."""
    try:
        return check_syntax(parameter.values)
    except QuerySyntaxError as error:
        reason = f'parameter "{parameter.name}": its values query: {error}'
        raise file.error_at(f'"{parameter.name}"', reason) from None


def _check_parameters(file: _File, parameters: Sequence[Parameter]) -> None:
    used = variables(file.sparql)
    for parameter in parameters:
        if parameter.name not in used | variables(parameter.pattern):
            reason = f'parameter "{parameter.name}" is not used: the query has no ?{parameter.name}'
            raise file.error_at(f'"{parameter.name}"', reason)
    with_patterns = "\n".join(parameter.pattern for parameter in parameters)
    file.check_query(file.sparql.replace(WHERE, f"{WHERE}{with_patterns}\n"))


def _check_sample(file: Metadata, question: Question) -> None:
    names = {parameter.name for parameter in question.parameters}
    for name, value in question.sample.items():
        if name not in names:
            raise file.error_at(name, f'the sample gives "{name}", which is no parameter')
        if not isinstance(value, str):
            raise file.error_at(name, f'the sample gives "{name}" no string; values are written as a caller types them')
    for parameter in question.parameters:
        if parameter.required and parameter.name not in question.sample:
            reason = f'the sample gives no value to "{parameter.name}", which is required'
            raise file.error_at("sample", reason)


def _columns(file: _File) -> tuple[Column, ...]:
    projected = file.check_query(file.sparql)
    columns = tuple(_column(file, entry, projected) for entry in file.table.get("column", ()))
    if not columns:
        raise file.error("no [[column]] is described", 1)
    return columns


def _column(file: Metadata, entry: dict[str, Any], projected: Sequence[str]) -> Column:
    name = file.needed(entry, "name", str, "a column")
    what = f'column "{name}"'
    known = {"name", "label", "type", "link", "question", "arguments", "words", "passage", "unit", "unit_column"}
    file.only(entry, known, what)
    column = Column(
        name=name,
        label=file.text(entry, "label", what),
        type=_code(file, entry, ColumnType, what),
        link=entry.get("link", ""),
        question=entry.get("question", ""),
        arguments=entry.get("arguments", {}),
        words={word: file.text(entry["words"], word, what) for word in entry.get("words", {})},
        passage=entry.get("passage", False),
        unit=file.text(entry, "unit", what) if "unit" in entry else None,
        unit_column=entry.get("unit_column", ""),
    )
    for wanted in filter(None, (name, column.link, column.unit_column)):
        if wanted not in projected:
            raise file.error_at(f'"{wanted}"', f"{what}: the query does not project ?{wanted}")
    if (column.unit or column.unit_column) and column.type not in NUMBERS:
        raise file.error_at(f'"{name}"', f"{what}: has a unit, which only columns of numbers have")
    if column.unit and column.unit_column:
        raise file.error_at(f'"{name}"', f"{what}: has a unit and a unit_column; keep one of the two")
    return column


def nearest(name: str, ids: Iterable[str]) -> list[str]:
    """Return the ids of questions, at most three, that are most like what somebody asked for; none where none is."""
    return get_close_matches(name, list(ids), _NEAREST, _LEAST_LIKENESS)


def _code(file: Metadata, entry: dict[str, Any], codes: type[_Code], what: str) -> _Code:
    stated = file.needed(entry, "type", str, what)
    if stated not in set(codes):
        raise file.error_at(f'"{stated}"', f'{what}: unknown type "{stated}"; the types are {", ".join(codes)}')
    return codes(stated)


def _check_links(path: Path, question: Question, catalogue: Mapping[str, Question]) -> None:
    for other in question.other_readings:
        if other not in catalogue:
            raise CatalogueError(f'{path}: other_readings names "{other}", which is no question')
    for column in question.columns:
        if column.question:
            _check_link(path, question, column, catalogue)


def _check_link(path: Path, question: Question, column: Column, catalogue: Mapping[str, Question]) -> None:
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

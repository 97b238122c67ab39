"""What a question is, as its file says: typed records that the catalogue fills and everybody else reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ParameterType(StrEnum):
    """What a parameter's value is read as."""

    IRI = "iri"
    STRING = "string"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"


class ColumnType(StrEnum):
    """What a column's values are."""

    IRI = "iri"
    IRIS = "iris"
    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"


NUMBERS = frozenset({ColumnType.INTEGER, ColumnType.DECIMAL})
"""The types of columns that hold numbers."""


class ChartType(StrEnum):
    """How an answer can be drawn."""

    BAR = "bar"
    LINE = "line"
    HEATMAP = "heatmap"
    NETWORK = "network"


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
    """What a question can be asked about. `base` is for IRIs: the folder below BASE id/ that short values name.

    `pattern` is the line of the query that the value needs, `values` the query for the values to choose from.
    """

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
    """A column of an answer. `link`, `question`, `arguments` and `words` as in the package's description.

    The unit of its numbers is `unit`, or stands row by row in the column `unit_column`.
    """

    name: str
    label: Text
    type: ColumnType
    link: str = ""
    question: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)
    passage: bool = False
    unit: Text | None = None
    unit_column: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart that suits an answer, in names of columns.

    bar and line: the number `y` for each `x`, apart for each `series` if named; of a line, `comparator` holds how a
    number is meant ("equal", "at-least", …, "baseline" for what is so already), `high` the upper end of a range.
    heatmap: the number `value` where `x` and `y` meet. network: an edge from `x` to `y`, as heavy as `value`.
    """

    type: ChartType
    x: str
    y: str
    series: str = ""
    value: str = ""
    comparator: str = ""
    high: str = ""


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
    serves: tuple[str, ...]
    other_readings: tuple[str, ...]
    chart: Chart | None
    evidence: Evidence | None

"""What the tools of `phancong mcp` answer with. Their schemas are made from these records."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Passage:
    """Words of a source that say what is stated of a thing: `quote` is characters `start` to `end` of `source`."""

    thing: str
    iri: str
    quote: str
    source: str
    start: int
    end: int


@dataclass(frozen=True)
class From:
    """Where an answer comes from: the release, the day it was issued, and the SPARQL that was run."""

    release: str
    issued: str
    sparql: str


@dataclass(frozen=True)
class ParameterAbout:
    """A parameter of a question."""

    name: str
    type: str
    required: bool
    default: str | None
    example: str
    vi: str
    en: str


@dataclass(frozen=True)
class QuestionAbout:
    """A question of the catalogue: its id, what it asks in Vietnamese and English, its parameters."""

    id: str
    vi: str
    en: str
    description: str
    parameters: list[ParameterAbout]


@dataclass(frozen=True)
class Questions:
    """The catalogue."""

    release: str
    issued: str
    questions: list[QuestionAbout]


@dataclass(frozen=True)
class Rows:
    """An answer of the catalogue: `rows` from `offset` of `row_count`; the columns are described in both languages.

    `without_passages` counts the things in these rows, beyond the first hundred, whose passages are not here.
    """

    answer: From
    question: str
    parameters: dict[str, str]
    columns: list[dict[str, Any]]
    row_count: int
    offset: int
    rows: list[dict[str, Any]]
    passages: list[Passage]
    without_passages: int
    other_readings: list[str]


@dataclass(frozen=True)
class Hit:
    """A thing that was found."""

    iri: str
    title: str
    kind: str


@dataclass(frozen=True)
class Hits:
    """What a search found, of `total`; `relaxed`: accents had to be passed over. The SPARQL is that of the passages."""

    answer: From
    total: int
    relaxed: bool
    hits: list[Hit]
    passages: list[Passage]


@dataclass(frozen=True)
class Value:
    """A value of a property: its text, and its IRI if it is a thing."""

    text: str
    iri: str | None


@dataclass(frozen=True)
class Statement:
    """What is said of a thing by one property."""

    property: str
    values: list[Value]


@dataclass(frozen=True)
class Pointing:
    """How many other things point at a thing by one property."""

    property: str
    count: int


@dataclass(frozen=True)
class Description:
    """What is said of a thing, how much points at it, and the words that say so, of its parts too.

    `complete` is false where more is said than stands here; ask for it with sparql.
    """

    answer: From
    iri: str
    label: str
    statements: list[Statement]
    complete: bool
    pointing: list[Pointing]
    passages: list[Passage]


@dataclass(frozen=True)
class Result:
    """The result of a SPARQL query: `variables` and `rows` of SPARQL JSON terms for SELECT, `boolean` for ASK, `graph`
    in Turtle for CONSTRUCT and DESCRIBE. The passages are those of things among the values of SELECT;
    `without_passages` counts the things, beyond the first hundred, whose passages are not here."""

    answer: From
    kind: str
    variables: list[str]
    rows: list[dict[str, dict[str, str]]]
    boolean: bool | None
    graph: str | None
    passages: list[Passage]
    without_passages: int

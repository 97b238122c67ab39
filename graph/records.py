"""The typed records that every room shares: what a plan says, with the passages that say so.

The fields of :class:`DocumentRecord`, :class:`TaskRecord`, :class:`IndicatorRecord` and :class:`CitationRecord` are
those that ``phancong extract`` prints; ``source`` holds, for each field, the spans of the source it was read from.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.source_text import Span

DeadlineKind = Literal["date", "year", "range", "recurring", "ongoing", "done", "other"]
Recurrence = Literal["weekly", "monthly", "quarterly", "semiannual", "annual", "biennial"]
Comparator = Literal["=", ">=", "<=", ">", "<", "range", "yes", "text"]
Relation = Literal["implements", "based_on", "replaces", "amends", "cites"]
Sources = Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One time limit of a cell. Times are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    ``result`` is which of several results of the row it is for, where both cells are lists that go together.
    """

    kind: DeadlineKind
    start: str | None = None
    end: str | None = None
    recurrence: Recurrence | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator must reach in a year. ``value`` is None for ``yes`` and ``text``; ``value_max`` closes a
    range."""

    year: int
    raw: str
    op: Comparator
    value: float | None = None
    value_max: float | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was measured before: ``period`` as in :class:`Deadline`, ``raw`` as written."""

    period: str | None
    raw: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person put right in a field of a record: the value before and after, where it can be seen, who, when and
    why.

    ``at`` is where the record begins (:func:`place_of`), ``on`` a date ``YYYY-MM-DD``, ``place`` the file and entry.
    """

    kind: str
    at: int
    field: str
    was: Any
    becomes: Any
    passages: tuple[Span, ...]
    by: str
    on: str
    why: str
    place: str


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """The head of a plan, decision, … that a file holds."""

    doc: str
    type: str
    number: str | None
    date: str | None
    issuer: str | None
    province: str | None
    title: str
    status: Literal["issued", "draft"]
    signatory: str | None = None
    implements: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    source: Sources = field(default_factory=dict)
    kind: Literal["document"] = "document"


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """One row of a task table that assigns something.

    ``doubts`` names, in words, what a careful reader would question; ``confidence`` (0 … 1) falls with each.
    ``source`` tells where each field stands, ``topics.<slug>`` where the words that decided a topic do.
    ``order`` counts the tasks of a file in reading order.
    """

    doc: str
    annex: str | None
    section_no: str | None
    section: str | None
    no: str | None
    title: str
    lead: tuple[str, ...]
    lead_raw: str
    coord: tuple[str, ...]
    coord_raw: str
    result: str
    deadline_raw: str
    deadline: tuple[Deadline, ...]
    topics: tuple[str, ...]
    order: int = 0
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    source: Sources = field(default_factory=dict)
    kind: Literal["task"] = "task"


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """One indicator as a plan states it, in a table or (``annex`` None, ``sentence`` set) in running text."""

    doc: str
    annex: str | None
    group: str | None
    no: str | None
    name: str
    unit: str
    baseline: Baseline | None
    targets: tuple[Target, ...]
    lead: tuple[str, ...]
    lead_raw: str
    lead_inherited: tuple[str, ...] = ()
    block_year: int | None = None
    sentence: str | None = None
    order: int = 0
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    source: Sources = field(default_factory=dict)
    kind: Literal["indicator"] = "indicator"


@dataclass(frozen=True, slots=True)
class CitationRecord:
    """Another document that the text cites, once, however often it does; ``aliases`` are other spellings of its
    number."""

    doc: str
    type: str
    number: str
    date: str | None
    issuer: str | None
    title: str | None
    count: int
    relation: Relation
    aliases: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    source: Sources = field(default_factory=dict)
    kind: Literal["citation"] = "citation"


Record = DocumentRecord | TaskRecord | IndicatorRecord | CitationRecord
_NAMED_BY = {"document": "title", "task": "title", "indicator": "name", "citation": "number"}


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one source file says."""

    documents: tuple[DocumentRecord, ...]
    tasks: tuple[TaskRecord, ...]
    indicators: tuple[IndicatorRecord, ...]
    citations: tuple[CitationRecord, ...]

    def records(self) -> tuple[Record, ...]:
        """Every record, documents first."""
        return (*self.documents, *self.tasks, *self.indicators, *self.citations)


def place_of(record: Record) -> int:
    """Where a record begins in its source: the first character of its title, name or number; -1 where it has none."""
    return min((span.start for span in record.source.get(_NAMED_BY[record.kind], ())), default=-1)


def to_json(record: Record) -> dict[str, Any]:
    """The record as plain JSON values; a span becomes ``[start, end]``."""
    plain = dataclasses.asdict(record)
    plain["source"] = {name: _plain_spans(spans) for name, spans in sorted(record.source.items())}
    for told, correction in zip(plain["corrections"], record.corrections, strict=True):
        told["passages"] = _plain_spans(correction.passages)
    return {"kind": plain.pop("kind"), **plain}


def _plain_spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]

"""What a person should look at: the records that are doubtful, the most doubtful first, as they stand in the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.records import Extraction, IndicatorRecord, TaskRecord, place_of
from graph.source_text import Span
from graph.sources import Source
from graph.text import natural_key

_LONGEST_QUOTE = 700  # characters shown of a passage


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A record that a person should look at: where it begins (character and line of the source) and the lines of the
    source that hold it."""

    source: Source
    record: TaskRecord | IndicatorRecord
    at: int
    line: int
    passage: Span
    text: str

    @property
    def name(self) -> str:
        """The title of the task, the name of the indicator."""
        return self.record.title if isinstance(self.record, TaskRecord) else self.record.name


def doubtful(extracted: Iterable[tuple[Source, str, Extraction]]) -> list[Doubtful]:
    """The records with a doubt of each source, by confidence, then in reading order."""
    found = []
    for source, text, extraction in extracted:
        records: list[TaskRecord | IndicatorRecord] = [*extraction.tasks, *extraction.indicators]
        found += [_look_up(source, text, record) for record in records if record.doubts]
    return sorted(found, key=lambda item: (item.record.confidence, natural_key(item.source.id), item.at))


def to_json(item: Doubtful) -> dict[str, Any]:
    """A doubtful record as plain values; ``at`` and ``passage`` are what a correction names it by."""
    record = item.record
    return {
        "source": item.source.id,
        "file": item.source.path.name,
        "kind": record.kind,
        "annex": record.annex,
        "no": record.no,
        "name": item.name,
        "confidence": record.confidence,
        "doubts": list(record.doubts),
        "at": item.at,
        "line": item.line,
        "passage": [item.passage.start, item.passage.end],
        "text": item.text,
    }


def to_text(items: Sequence[Doubtful]) -> str:
    """For a terminal: a block a record, the passage last, and how many there are."""
    blocks = []
    for item in items:
        record = item.record
        place = " ".join(part for part in (record.annex and f"annex {record.annex}", record.no) if part)
        blocks += [
            f"{record.confidence:.3f}  {item.source.path.name}:{item.line}  {record.kind} {place}".rstrip(),
            f"    {item.name}",
            *(f"    ? {doubt}" for doubt in record.doubts),
            f'    source = "{item.source.id}", kind = "{record.kind}", at = {item.at}, '
            f"passages = [[{item.passage.start}, {item.passage.end}]]",
            *(f"    | {line.strip()}" for line in item.text.splitlines() if line.strip()),
            "",
        ]
    blocks.append(f"{len(items)} doubtful records; docs/corrections.md says how to correct or confirm one")
    return "\n".join(blocks) + "\n"


def _look_up(source: Source, text: str, record: TaskRecord | IndicatorRecord) -> Doubtful:
    at = max(place_of(record), 0)
    end = max((span.end for spans in record.source.values() for span in spans if span.end >= at), default=at)
    start = min((span.start for spans in record.source.values() for span in spans), default=at)
    passage = Span(start, end)
    shown = text[start:end]
    quote = shown if len(shown) <= _LONGEST_QUOTE else f"{shown[:_LONGEST_QUOTE]} … ({len(shown)} characters)"
    return Doubtful(source, record, at, text.count("\n", 0, at) + 1, passage, quote)

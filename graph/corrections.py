"""Corrections: what people put right in the extraction of a source, from data/corrections/*.toml.

A correction names a record by where it begins in the source, one of its fields, the value that was extracted and the
one that is right, with who says so, when, why, and the passage that shows it. It holds for exactly what it was made
for: where the record is gone or the field says something else by now, it is an error, so that none is ever lost.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.entries import check_entry, read_toml
from graph.records import (
    CitationRecord,
    Correction,
    DocumentRecord,
    Extraction,
    IndicatorRecord,
    Record,
    TaskRecord,
    place_of,
    to_json,
)
from graph.source_text import Span
from graph.sources import SOURCES, Source

CORRECTIONS = SOURCES.parent / "corrections"
RECORD_TYPES: Mapping[str, type[Record]] = {
    "document": DocumentRecord,
    "task": TaskRecord,
    "indicator": IndicatorRecord,
    "citation": CitationRecord,
}
_KEYS: Mapping[str, type] = {
    "source": str,
    "kind": str,
    "at": int,
    "field": str,
    "was": object,
    "becomes": object,
    "passages": list,
    "by": str,
    "on": datetime.date,
    "why": str,
}
_FIXED = {"kind", "doc", "order", "source", "corrections"}
_A_SPAN_EACH = ("lead", "coord", "lead_inherited")  # the passages of these fields are kept by item, "lead.0"


class CorrectionError(Exception):
    """A correction cannot be read or does not fit; the message names the file, the correction and the reason."""


def load_corrections(folder: Path, sources: Sequence[Source]) -> dict[str, tuple[Correction, ...]]:
    """The corrections of a folder by the id of their source, in the order of files and entries; a folder that is not
    there holds none. Raises :class:`CorrectionError`."""
    found: dict[str, list[Correction]] = defaultdict(list)
    known = {source.id for source in sources}
    for path in sorted(folder.glob("*.toml")):
        entries = read_toml(path, CorrectionError).get("correction", [])
        if not entries:
            raise CorrectionError(f"{path}: holds no [[correction]]")
        for n, entry in enumerate(entries, 1):
            place = f"{folder.name}/{path.name}: correction {n}"
            correction = _read(place, entry)
            if entry["source"] not in known:
                raise CorrectionError(
                    f"{place}: no source has the id {entry['source']!r}; there are {', '.join(sorted(known))}"
                )
            found[entry["source"]].append(correction)
    return {source: tuple(corrections) for source, corrections in found.items()}


def apply_corrections(corrections: Sequence[Correction], extraction: Extraction, length: int) -> Extraction:
    """The records with their corrections, each of which a record then carries. ``length`` is that of the source in
    characters. Raises :class:`CorrectionError`."""
    if not corrections:
        return extraction
    records = list(extraction.records())
    places: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, record in enumerate(records):
        places[record.kind, place_of(record)].append(i)
    for correction in corrections:
        if any(not 0 <= span.start < span.end <= length for span in correction.passages):
            raise CorrectionError(f"{correction.place}: passages: a span must lie within the {length} characters")
        at = places.get((correction.kind, correction.at), [])
        if len(at) != 1:
            raise CorrectionError(
                f"{correction.place}: {len(at) or 'no'} {correction.kind} records begin at character {correction.at}; "
                "look the place up with 'phancong review' or 'phancong extract'"
            )
        records[at[0]] = _corrected(records[at[0]], correction)
    return Extraction(
        tuple(r for r in records if isinstance(r, DocumentRecord)),
        tuple(r for r in records if isinstance(r, TaskRecord)),
        tuple(r for r in records if isinstance(r, IndicatorRecord)),
        tuple(r for r in records if isinstance(r, CitationRecord)),
    )


def _read(place: str, entry: Mapping[str, Any]) -> Correction:
    """A correction from its TOML table, everything but whether it fits checked."""
    check_entry(place, entry, _KEYS, "a correction", CorrectionError)
    if entry["kind"] not in RECORD_TYPES:
        raise CorrectionError(f"{place}: kind must be one of {', '.join(RECORD_TYPES)}")
    hints = typing.get_type_hints(RECORD_TYPES[entry["kind"]])
    if entry["field"] not in hints or entry["field"] in _FIXED:
        fields = ", ".join(sorted(set(hints) - _FIXED))
        raise CorrectionError(f"{place}: field: a {entry['kind']} has no field {entry['field']!r}; it has {fields}")
    values = {}
    for key in ("was", "becomes"):
        try:
            values[key] = _typed(hints[entry["field"]], entry[key])
        except ValueError as error:
            raise CorrectionError(f"{place}: {key}: {error}") from None
    spans = entry["passages"]
    if not spans or any(not isinstance(s, list) or len(s) != 2 or {*map(type, s)} != {int} for s in spans):
        raise CorrectionError(f"{place}: passages must be a list of [start, end], one at least")
    return Correction(
        kind=entry["kind"],
        at=entry["at"],
        field=entry["field"],
        was=values["was"],
        becomes=values["becomes"],
        passages=tuple(Span(*span) for span in spans),
        by=entry["by"],
        on=entry["on"].isoformat(),
        why=entry["why"],
        place=place,
    )


def _typed(hint: Any, value: Any) -> Any:
    """A TOML value as a field of that type holds it; an empty text is None where the field allows None. Raises
    ``ValueError``."""
    kinds = [one for one in typing.get_args(hint) if one is not types.NoneType]
    if typing.get_origin(hint) in (types.UnionType, typing.Union):  # "Literal[…] | None" is the latter
        return None if value in ("", []) else _typed(kinds[0], value)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        return tuple(_typed(kinds[0], item) for item in value)
    if typing.get_origin(hint) is typing.Literal:
        if value not in kinds:
            raise ValueError(f"{value!r} is none of {', '.join(map(str, kinds))}")
        return value
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        if not isinstance(value, dict) or not set(value) <= set(hints):
            raise ValueError(f"must be a table with {', '.join(hints)}")
        try:
            return typing.cast(type, hint)(**{name: _typed(hints[name], part) for name, part in value.items()})
        except TypeError:
            raise ValueError(f"must be a table with {', '.join(hints)}") from None
    if hint is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, hint):
        raise ValueError(f"must be a {hint.__name__}")
    return value


def _corrected(record: Record, correction: Correction) -> Record:
    found = getattr(record, correction.field)
    if found != correction.was:
        raise CorrectionError(
            f"{correction.place}: {correction.field} was {_plain(record, correction.field)!r} when it was extracted "
            f"now, not what the correction says it was; look at it again"
        )
    changes: dict[str, Any] = {
        correction.field: correction.becomes,
        "corrections": (*record.corrections, correction),
        "source": _with_passages(record, correction),
    }
    return dataclasses.replace(record, **changes)


def _with_passages(record: Record, correction: Correction) -> Mapping[str, tuple[Span, ...]]:
    """The spans of a record, those of the corrected field being the correction's."""
    field = correction.field
    if field in _A_SPAN_EACH:
        keys = [f"{field}.{i}" for i in range(len(correction.becomes))]
    elif field == "targets":
        keys = [f"targets.{target.year}" for target in correction.becomes]
    else:
        keys = [field.removesuffix("_raw")] if field.removesuffix("_raw") in record.source else []
    kept = {key: spans for key, spans in record.source.items() if not keys or key.partition(".")[0] != field}
    return {**kept, **dict.fromkeys(keys, correction.passages)}


def _plain(record: Record, field: str) -> Any:
    return to_json(record)[field]

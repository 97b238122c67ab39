"""What changed between two releases: records added, removed, and changed field by field.

A record is a thing of one of our classes; its fields are its properties. Passages are left aside: those that a record
rests on are a field of it.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.archive import ABOUT, find_release
from graph.namespaces import BASE, DCT, PC, RDF, SKOS
from graph.store import PREFIXES

NQUADS = "phancong.nq"
CHANGES = "changes.json"
"""The file of a release that holds what changed since the one before."""

_PACKED = Path("dumps") / "phancong.nq.gz"
_ASIDE = frozenset({"Passage"})
_TITLES = (DCT + "title", SKOS + "prefLabel", PC + "asWritten")

Fields = Mapping[str, tuple[str, ...]]


class DifferenceError(Exception):
    """A release to compare cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A thing with its class and its fields: property (prefixed) -> values, in order."""

    iri: str
    kind: str
    title: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class FieldChange:
    """The values of a field that one release has and the other does not."""

    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A record that both releases have and that says something else in the new one."""

    iri: str
    kind: str
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed from one release to another, in order of the IRIs."""

    old: str
    new: str
    added: tuple[Record, ...]
    removed: tuple[Record, ...]
    changed: tuple[Change, ...]


def compare(old: Path, new: Path) -> Difference:
    """The difference between the releases in two folders. Raises :class:`DifferenceError`."""
    before, after = _records(old), _records(new)
    return Difference(
        old.name,
        new.name,
        tuple(after[iri] for iri in sorted(after.keys() - before.keys())),
        tuple(before[iri] for iri in sorted(before.keys() - after.keys())),
        tuple(
            Change(iri, after[iri].kind, after[iri].title, _changes(before[iri].fields, after[iri].fields))
            for iri in sorted(before.keys() & after.keys())
            if before[iri].fields != after[iri].fields
        ),
    )


def release_named(name: str, out: Path) -> Path:
    """The folder of the release that a name means: a folder, or an id, a date or ``current`` in the folder ``out`` of
    releases. Raises :class:`DifferenceError`."""
    for path in (Path(name), out / name):
        if (path / ABOUT).is_file():
            return path.resolve()
    found = find_release(out, name)
    if found is None:
        raise DifferenceError(f"{name}: is no release, and {out} holds none of that id or date")
    return found


def to_text(difference: Difference) -> str:
    """For a terminal: a line a record, ``+`` added, ``-`` removed, ``~`` changed with its fields below; a summary."""
    lines = [f"+ {record.kind} {_short(record.iri)}: {record.title}" for record in difference.added]
    lines += [f"- {record.kind} {_short(record.iri)}: {record.title}" for record in difference.removed]
    for change in difference.changed:
        lines.append(f"~ {change.kind} {_short(change.iri)}: {change.title}")
        for field in change.fields:
            lines += [f"    {field.field} - {_short(value)}" for value in field.removed]
            lines += [f"    {field.field} + {_short(value)}" for value in field.added]
    counts = (len(difference.added), len(difference.removed), len(difference.changed))
    added, removed, changed = counts
    lines.append(f"{difference.old} -> {difference.new}: {added} added, {removed} removed, {changed} changed")
    return "\n".join(lines) + "\n"


def to_json(difference: Difference) -> str:
    """The same as JSON, with whole IRIs."""
    return json.dumps(asdict(difference), ensure_ascii=False, indent=1) + "\n"


def write_changes(difference: Difference, folder: Path) -> None:
    """Write into the folder of a release what changed since the one before: records by name, changes field by field."""
    content = {
        "old": difference.old,
        "new": difference.new,
        "added": [_named(record) for record in difference.added],
        "removed": [_named(record) for record in difference.removed],
        "changed": [asdict(change) for change in difference.changed],
    }
    (folder / CHANGES).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_changes(folder: Path) -> Difference | None:
    """What changed from the release before to that of a folder, records without their fields; None where the release
    does not say so: the first, or one of before such things were written. Raises :class:`DifferenceError`."""
    path = folder / CHANGES
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Difference(
            content["old"],
            content["new"],
            tuple(Record(**one, fields={}) for one in content["added"]),
            tuple(Record(**one, fields={}) for one in content["removed"]),
            tuple(_read_change(one) for one in content["changed"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DifferenceError(f"{path}: cannot be read: {error!r}") from None


def _changes(before: Fields, after: Fields) -> tuple[FieldChange, ...]:
    changes = []
    for field in sorted(before.keys() | after.keys()):
        old, new = set(before.get(field, ())), set(after.get(field, ()))
        if old != new:
            changes.append(FieldChange(field, tuple(sorted(old - new)), tuple(sorted(new - old))))
    return tuple(changes)


def _records(release: Path) -> dict[str, Record]:
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with _nquads(release) as lines:
        try:
            for quad in parse(lines, format=RdfFormat.N_QUADS):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                    said[quad.subject.value][quad.predicate.value].add(_value(quad.object))
        except (SyntaxError, OSError, EOFError) as error:
            raise DifferenceError(f"{release}: its N-Quads cannot be read: {error}") from None
    return {iri: _record(iri, about) for iri, about in said.items() if _kind(about)}


@contextmanager
def _nquads(release: Path) -> Iterator[IO[bytes]]:
    opened: Sequence[tuple[Path, Callable[[Path], Any]]] = (
        (release / NQUADS, lambda path: path.open("rb")),
        (release / _PACKED, gzip.open),
    )
    for path, open_file in opened:
        if path.is_file():
            with open_file(path) as lines:
                yield lines
            return
    raise DifferenceError(f"{release}: has neither {NQUADS} nor {_PACKED}")


def _record(iri: str, about: Mapping[str, set[str]]) -> Record:
    title = next((min(about[name]) for name in _TITLES if name in about), "")
    fields = {_curie(name): tuple(sorted(values)) for name, values in sorted(about.items())}
    return Record(iri, _kind(about) or "", title, fields)


def _kind(about: Mapping[str, set[str]]) -> str | None:
    """The class of ours that a thing is of; None for one that is no record."""
    kinds = sorted(kind.removeprefix(PC) for kind in about.get(RDF + "type", ()) if kind.startswith(PC))
    return next((kind for kind in kinds if kind not in _ASIDE), None)


def _value(term: NamedNode | Literal) -> str:
    return term.value if isinstance(term, NamedNode) or not term.language else f"{term.value}@{term.language}"


def _curie(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _short(text: str) -> str:
    return text.removeprefix(f"{BASE}id/")


def _named(record: Record) -> dict[str, str]:
    return {"iri": record.iri, "kind": record.kind, "title": record.title}


def _read_change(said: Mapping[str, Any]) -> Change:
    fields = tuple(FieldChange(one["field"], tuple(one["removed"]), tuple(one["added"])) for one in said["fields"])
    return Change(said["iri"], said["kind"], said["title"], fields)

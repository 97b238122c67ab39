"""/changes/…: what changed from the release before to a release, as it was written down when the release was made."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.difference import Change, Difference, DifferenceError, Record, read_changes
from graph.ontology import load_ontology
from service.answers import asked_format, content_response, json_content
from service.change_names import change_names
from service.leases import leased
from service.names import property_name
from service.pages import in_language, language_of, page_response
from service.problems import Problem
from service.releases import Release
from service.shared import service_of

router = APIRouter(prefix="/changes")

_HOW = ("added", "removed", "changed", "moved")
_PAGE = 100  # records
_PLACE = "prov:wasDerivedFrom"  # the passages that a record rests on
_FIRST = ("Document", "Task", "PlanIndicator", "Target", "Assignment", "Deadline")  # what people look for
_TAG = re.compile(r"@[a-z]{2}$")  # the language of a text, as differences write it


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records of a class a release added, removed and changed, and how many say the same as before and only
    stand elsewhere in their source (`moved`): a word put into a text moves all that is behind it."""

    kind: str
    added: int
    removed: int
    changed: int
    moved: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A record and what a release did to it (`how`: added, removed, changed, moved); changed ones have their fields."""

    how: str
    record: Record | Change


def changes_of(release: Release) -> Difference | None:
    """Return what changed with a release; None where it does not say so. Raises Problem where that is damaged."""
    try:
        return _read(release.folder)
    except DifferenceError as error:
        raise Problem("store-unavailable", str(error)) from error


@lru_cache(maxsize=8)
def _read(folder: Path) -> Difference | None:
    return read_changes(folder)


def numbers_of(release: Release) -> Mapping[str, int] | None:
    """Return how many records a release added, removed, changed and moved; None where it does not say so. Raises
    Problem."""
    found = changes_of(release)
    if found is None:
        return None
    numbers = Counter(one.how for one in entries_of(found))
    return {how: numbers[how] for how in _HOW}


def counted(difference: Difference) -> Sequence[Counts]:
    """Return the numbers by class, the class with most changes first."""
    numbers = Counter((one.record.kind, one.how) for one in entries_of(difference))
    counts = [
        Counts(kind, *(numbers[kind, how] for how in _HOW)) for kind in dict.fromkeys(kind for kind, _ in numbers)
    ]
    return sorted(counts, key=lambda one: (-one.added - one.removed - one.changed, -one.moved))


def entries_of(difference: Difference) -> Sequence[Entry]:
    """Return all records of a difference: by what became of them, and first those that people look for."""
    changed = [Entry("moved" if _is_moved(one) else "changed", one) for one in difference.changed]
    added = [Entry("added", one) for one in difference.added]
    removed = [Entry("removed", one) for one in difference.removed]
    order = {kind: n for n, kind in enumerate(_FIRST)}

    def place(entry: Entry) -> tuple[int, int]:
        return _HOW.index(entry.how), order.get(entry.record.kind, len(order))

    return sorted([*added, *removed, *changed], key=place)


def _is_moved(change: Change) -> bool:
    return all(field.field == _PLACE for field in change.fields)


@router.api_route("/{name}", methods=["GET", "HEAD"])
async def changes(request: Request, name: str) -> Response:
    """Return what changed from the release before to this one: a page, filtered by class (?kind=), or JSON."""
    service = service_of(request)
    known = service.releases
    release = known.find(name)
    if release is None:
        vi = f"Không có bản dữ liệu {name}; /dumps/ liệt kê các bản còn giữ."
        raise Problem("not-found", f"There is no release {name}; /dumps/ lists those that are kept.", vi=vi)
    difference = changes_of(release)
    if asked_format(request, ("text/html", "application/json")) == "application/json":
        content = None if difference is None else asdict(difference)
        return content_response(request, known.current(), json_content(content), "application/json")
    language = language_of(request)
    context: dict[str, Any] = {"of": release, "difference": difference, "without_tag": _without_tag}
    if difference is not None:
        listed = _listed(request, difference, language)
        async with leased(service.known_pool, service.settings) as lease:
            removed = {one.iri: _without_tag(one.title) for one in difference.removed}
            names = await change_names(lease, service, language, _shown(listed["entries"]), removed)
        context |= {**listed, "name_of": names.of}
    return page_response(request, known.current(), "changes.html", language, **context)


def _listed(request: Request, difference: Difference, language: str) -> dict[str, Any]:
    kind = request.query_params.get("kind", "")
    numbers = counted(difference)
    if kind and f"pc:{kind}" not in _own_names(language):
        changed = ", ".join(one.kind for one in numbers)
        vi = f'Không có lớp "{kind}"; các lớp có bản ghi đổi là {changed}.'
        raise Problem("bad-parameter", f'There is no class "{kind}"; those with changes are {changed}.', vi=vi)
    entries = [one for one in entries_of(difference) if kind in ("", one.record.kind)]
    last = max(1, -(-len(entries) // _PAGE))
    given = request.query_params.get("page", "1")
    page = int(given) if given.isascii() and given.isdecimal() else 0
    if not 1 <= page <= last:
        raise Problem("malformed-request", f'page="{given}" has to be a whole number from 1 to {last}.')
    return {
        "numbers": numbers,
        "kind": kind,
        "term_names": _own_names(language),
        "property_name": lambda iri: property_name(iri, language),
        "entries": entries[(page - 1) * _PAGE : page * _PAGE],
        "all": len(entries),
        "page": page,
        "last": last,
    }


def _shown(entries: Sequence[Entry]) -> set[str]:
    """The IRIs of records, and those among the values that changed."""
    iris = {entry.record.iri for entry in entries}
    for entry in entries:
        if isinstance(entry.record, Change) and entry.how == "changed":
            iris.update(value for field in entry.record.fields for value in (*field.removed, *field.added))
    return iris


@lru_cache(maxsize=2)
def _own_names(language: str) -> Mapping[str, str]:
    """The names of our classes and properties, by their prefixed names."""
    terms = load_ontology().terms
    return {f"pc:{term.name}": in_language(term.label, language) or term.name for term in terms}


def _without_tag(text: str) -> str:
    return _TAG.sub("", text)

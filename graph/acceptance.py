"""Findings that people have looked at and that stand so in the source: read from a file, applied to a report.

Each entry fits exactly one finding. One that fits none any more is an error, as a correction that no longer fits is.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.entries import check_entry, read_toml
from graph.findings import Acceptance, Finding, Report
from graph.namespaces import thing
from graph.sources import Source

ACCEPTED = Path(__file__).parent.parent / "data" / "accepted-findings.toml"
_KEYS: Mapping[str, type] = {
    "source": str, "shape": str, "focus": str, "value": str, "by": str, "on": datetime.date, "why": str,
}  # fmt: skip
_OPTIONAL = {"value"}
_THINGS = thing("")


class AcceptanceError(Exception):
    """An accepted finding cannot be used or fits no finding any more; the message names the file, the entry and the
    reason."""


def load_acceptances(path: Path, sources: Sequence[Source]) -> dict[str, tuple[Acceptance, ...]]:
    """The accepted findings of a file by the id of their source; none where there is no such file. Raises
    :class:`AcceptanceError`."""
    if not path.exists():
        return {}
    tables = read_toml(path, AcceptanceError)
    if unknown := sorted(set(tables) - {"accepted"}):
        raise AcceptanceError(f"{path}: unknown table {unknown[0]!r}; an accepted finding begins with [[accepted]]")
    known = {source.id for source in sources}
    found: dict[str, tuple[Acceptance, ...]] = {}
    for n, entry in enumerate(tables.get("accepted", ()), 1):
        one = _read(f"{path}: accepted {n}", entry)
        if one.source not in known:
            raise AcceptanceError(f"{one.place}: source: {one.source!r} is none of {', '.join(sorted(known))}")
        found[one.source] = (*found.get(one.source, ()), one)
    return found


def accept(report: Report, acceptances: Sequence[Acceptance]) -> Report:
    """The report with the findings that are accepted marked so. Raises :class:`AcceptanceError` for an entry that fits
    no finding, fits a violation, or says what another one says."""
    findings = list(report.findings)
    for one in acceptances:
        at = next((n for n, finding in enumerate(findings) if _fits(one, finding)), None)
        if at is None:
            raise AcceptanceError(
                f"{one.place}: {one.shape} no longer finds {one.focus} at fault with this value; look at the findings "
                "with 'phancong validate', then change or remove the entry"
            )
        if findings[at].severity == "violation":
            raise AcceptanceError(f"{one.place}: {one.shape} finds a violation, which cannot be accepted; mend it")
        if findings[at].accepted is not None:
            raise AcceptanceError(f"{one.place}: the same finding is accepted twice; remove one of the two")
        findings[at] = dataclasses.replace(findings[at], accepted=one)
    return dataclasses.replace(report, findings=tuple(findings))


def _fits(one: Acceptance, finding: Finding) -> bool:
    value = None if finding.value is None else finding.value.removeprefix(_THINGS)
    return (one.shape, one.focus, one.value) == (finding.shape_name, finding.focus.removeprefix(_THINGS), value)


def _read(place: str, entry: Mapping[str, Any]) -> Acceptance:
    check_entry(place, entry, _KEYS, "an entry", AcceptanceError, optional=_OPTIONAL)
    return Acceptance(
        source=entry["source"],
        shape=entry["shape"],
        focus=entry["focus"],
        value=entry.get("value"),
        by=entry["by"],
        on=entry["on"].isoformat(),
        why=entry["why"],
        place=place,
    )

"""Records as tables of text: the cells that a plan would print for them, in columns of any order and name."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from graph.records import IndicatorRecord, TaskRecord
from layouts.issuers import Issuer


@dataclass(frozen=True)
class Column:
    """A column: what it is called, which cell it shows (``no``, ``title``, ``lead``, ``coord``, ``result``,
    ``deadline``, ``note``; ``name``, ``unit``, ``baseline`` or a year for indicators), and how many characters wide."""

    label: str
    shows: str
    width: int


@dataclass(frozen=True)
class Table:
    """A table of text. ``over`` is a first header row: labels with how many columns each spans."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    over: tuple[tuple[str, int], ...] = ()


def given_to(issuer: Issuer, tasks: Sequence[TaskRecord], doc: str, annex: str) -> list[TaskRecord]:
    """The tasks as another issuer's, numbered afresh within their annex."""
    body = _Bodies(issuer)
    moved = []
    for n, task in enumerate(tasks, 1):
        lead = body.names(task.lead)
        moved.append(
            dataclasses.replace(
                task,
                doc=doc,
                annex=annex,
                no=str(n),
                title=issuer.said(task.title),
                lead=lead,
                coord=tuple(name for name in body.names(task.coord) if name not in lead),
                result=issuer.said(task.result),
                section=issuer.said(task.section or ""),
            )
        )
    return moved


class _Bodies:
    """The issuer's own bodies in place of those of a source, each for one of them, in the order they come up in."""

    def __init__(self, issuer: Issuer) -> None:
        self._issuer = issuer
        self._given: dict[str, str] = {}

    def names(self, agencies: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self._name, agencies)))

    def _name(self, agency: str) -> str:
        bodies = self._issuer.bodies
        if not bodies:
            return self._issuer.said(agency)
        return self._given.setdefault(agency, bodies[len(self._given) % len(bodies)])


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def task_table(tasks: Sequence[TaskRecord], columns: Sequence[Column], joint: str) -> Table:
    """The tasks in the columns given, agencies joined by a sign, below their headings with Roman numerals."""
    rows: list[tuple[str, ...]] = []
    for i, (section, group) in enumerate(groupby(tasks, key=lambda task: task.section)):
        if section:
            rows.append(tuple({"no": ROMAN[i % len(ROMAN)], "title": section}.get(c.shows, "") for c in columns))
        rows += [tuple(_task_cell(task, c.shows, joint) for c in columns) for task in group]
    return Table(tuple(columns), tuple(rows))


def _task_cell(task: TaskRecord, shows: str, joint: str) -> str:
    match shows:
        case "no" | "title" | "result":
            return getattr(task, shows) or ""
        case "lead" | "coord":
            return joint.join(getattr(task, shows))
        case "both":
            lead, coord = joint.join(task.lead), joint.join(task.coord)
            return f"Chủ trì: {lead}. Phối hợp: {coord}" if coord else f"Chủ trì: {lead}"
        case "deadline":
            return task.deadline_raw
        case _:
            return ""


def indicators_given_to(
    issuer: Issuer, indicators: Sequence[IndicatorRecord], doc: str, annex: str
) -> list[IndicatorRecord]:
    """The indicators as another issuer's, numbered afresh; agencies that a merged cell gave are printed."""
    body = _Bodies(issuer)
    return [
        dataclasses.replace(
            one,
            doc=doc,
            annex=annex,
            no=str(n),
            name=issuer.said(one.name),
            lead=body.names(one.lead or one.lead_inherited),
            lead_inherited=(),
        )
        for n, one in enumerate(indicators, 1)
    ]


def indicator_table(
    indicators: Sequence[IndicatorRecord],
    columns: Sequence[Column],
    over: Sequence[tuple[str, int]] = (),
    joint: str = "; ",
) -> Table:
    """The indicators in the columns given, below a heading for each group."""
    rows: list[tuple[str, ...]] = []
    for i, (group, ones) in enumerate(groupby(indicators, key=lambda one: one.group)):
        if group:
            rows.append(tuple({"no": ROMAN[i % len(ROMAN)], "name": group}.get(c.shows, "") for c in columns))
        rows += [tuple(_indicator_cell(one, c.shows) for c in columns) for one in ones]
    return Table(tuple(columns), tuple(rows), tuple(over))


def _indicator_cell(one: IndicatorRecord, shows: str) -> str:
    match shows:
        case "no" | "name" | "unit":
            return getattr(one, shows) or ""
        case "lead":
            return "; ".join(one.lead)
        case "baseline":
            return one.baseline.raw if one.baseline else ""
        case _:
            return next((t.raw for t in one.targets if str(t.year) == shows), "")

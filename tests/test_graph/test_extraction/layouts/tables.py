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
    """A table of text: rows of cells, ``None`` cells being columns that a heading does not have."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    over: tuple[tuple[str, int], ...] = ()  # a first header row: labels with how many columns each spans


def given_to(issuer: Issuer, tasks: Sequence[TaskRecord], doc: str, annex: str) -> list[TaskRecord]:
    """The tasks as another issuer's, numbered afresh within their annex."""
    bodies: dict[str, str] = {}

    def body(name: str) -> str:
        if not issuer.bodies:
            return issuer.said(name)
        return bodies.setdefault(name, issuer.bodies[len(bodies) % len(issuer.bodies)])

    moved = []
    for n, task in enumerate(tasks, 1):
        lead = tuple(dict.fromkeys(map(body, task.lead)))
        moved.append(
            dataclasses.replace(
                task,
                doc=doc,
                annex=annex,
                no=str(n),
                title=issuer.said(task.title),
                lead=lead,
                coord=tuple(name for name in dict.fromkeys(map(body, task.coord)) if name not in lead),
                result=issuer.said(task.result),
                section_no=None,
                section=issuer.said(task.section or ""),
            )
        )
    return moved


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def task_table(
    tasks: Sequence[TaskRecord], columns: Sequence[Column], joined: str = "; ", *, headings: str = "roman"
) -> Table:
    """The tasks in the columns given, agencies joined by a sign, below headings with Roman numerals, letters or none
    (``headings``: ``roman``, ``letter``, ``none``)."""
    rows: list[tuple[str, ...]] = []
    for i, (section, group) in enumerate(groupby(tasks, key=lambda task: task.section)):
        if headings != "none" and section:
            number = ROMAN[i % len(ROMAN)] if headings == "roman" else "ABCDEGHIKLMNOP"[i % 14]
            rows.append(tuple({"no": number, "title": section}.get(c.shows, "") for c in columns))
        rows += [tuple(_task_cell(task, c.shows, joined) for c in columns) for task in group]
    return Table(tuple(columns), tuple(rows))


def _task_cell(task: TaskRecord, shows: str, joined: str) -> str:
    match shows:
        case "no" | "title" | "result":
            return getattr(task, shows) or ""
        case "lead" | "coord":
            return joined.join(getattr(task, shows))
        case "both":
            lead, coord = joined.join(task.lead), joined.join(task.coord)
            return f"Chủ trì: {lead}. Phối hợp: {coord}" if coord else f"Chủ trì: {lead}"
        case "deadline":
            return task.deadline_raw
        case _:
            return ""


def indicators_given_to(
    issuer: Issuer, indicators: Sequence[IndicatorRecord], doc: str, annex: str
) -> list[IndicatorRecord]:
    """The indicators as another issuer's, numbered afresh; agencies that a merged cell gave are printed."""
    bodies: dict[str, str] = {}

    def body(name: str) -> str:
        if not issuer.bodies:
            return issuer.said(name)
        return bodies.setdefault(name, issuer.bodies[len(bodies) % len(issuer.bodies)])

    return [
        dataclasses.replace(
            one,
            doc=doc,
            annex=annex,
            no=str(n),
            name=issuer.said(one.name),
            lead=tuple(dict.fromkeys(map(body, one.lead or one.lead_inherited))),
            lead_inherited=(),
        )
        for n, one in enumerate(indicators, 1)
    ]


def indicator_table(
    indicators: Sequence[IndicatorRecord],
    columns: Sequence[Column],
    over: Sequence[tuple[str, int]] = (),
    joined: str = "; ",
) -> Table:
    """The indicators in the columns given, below a heading for each group."""
    rows: list[tuple[str, ...]] = []
    for i, (group, ones) in enumerate(groupby(indicators, key=lambda one: one.group)):
        if group:
            rows.append(tuple({"no": ROMAN[i % len(ROMAN)], "name": group}.get(c.shows, "") for c in columns))
        rows += [tuple(_indicator_cell(one, c.shows, joined) for c in columns) for one in ones]
    return Table(tuple(columns), tuple(rows), tuple(over))


def _indicator_cell(one: IndicatorRecord, shows: str, joined: str) -> str:
    match shows:
        case "no" | "name" | "unit":
            return getattr(one, shows) or ""
        case "lead":
            return joined.join(one.lead)
        case "baseline":
            return one.baseline.raw if one.baseline else ""
        case _:
            return next((t.raw for t in one.targets if str(t.year) == shows), "")

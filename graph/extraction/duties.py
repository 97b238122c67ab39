"""Cells that name together who leads and who coordinates: "Chủ trì: Sở Y tế; phối hợp: các sở, ngành", "Sở Y tế (chủ
trì), Công an tỉnh (phối hợp)", "Sở Y tế chủ trì, phối hợp với Công an tỉnh"."""

from __future__ import annotations

import re

from graph.source_text import CELL_LINE, SourceText

_DUTY = r"(?:(?:(?:đồng|cùng)\s+)?chủ\s+trì|phối\s+hợp)"
_SHORT = r"(?-i:\b(?:CT|PH))(?=\s*:)"  # only as labels
_WHO = r"(?:(?:các\s+)?(?:cơ quan|đơn vị)(?:\s*,\s*(?:cơ quan|đơn vị))*\s+)?"
LABEL = re.compile(rf"{_WHO}(?P<duty>{_DUTY}|{_SHORT})(?:\s+(?:chính|thực hiện))?\s*:\s*", re.IGNORECASE)
_MARK = re.compile(
    rf"(?P<before>{LABEL.pattern})"
    r"|(?P<with>(?:chủ\s+trì\s*,?\s*(?:và\s+)?)?phối\s+hợp(?:\s+chặt chẽ)?\s+(?:cùng|với)(?:\s*:)?\s)"
    rf"|(?P<behind>\s*\(\s*(?P<bracketed>{_DUTY})[^()]*\)"
    rf"|\s(?P<bare>{_DUTY})(?:\s+(?:chính|thực hiện))?(?=\s*(?:[,;.]|$)))",
    re.IGNORECASE,
)
_OPENED = re.compile(rf"(?:^|[.;(]|{CELL_LINE})\s*(?:[-–+•(*]\s*)?(?P<said>{LABEL.pattern})", re.IGNORECASE)
_LABELS = re.compile(rf"(?:^|(?<=[\s{CELL_LINE}]))[-–+•]?\s*{LABEL.pattern}", re.IGNORECASE)
_EDGES = f" .,;:-–+•\n\t{CELL_LINE}"


def split_duties(cell: SourceText) -> tuple[SourceText, SourceText]:
    """What a cell says of who leads and of who coordinates. A cell that names no duty says who leads; where one is
    marked as leading, those behind it coordinate."""
    lead: list[SourceText] = []
    coordinate: list[SourceText] = []
    last, mine = 0, lead
    for mark in _MARK.finditer(cell.text):
        said = cell[last : mark.start()].strip(_EDGES)
        if mark["behind"]:
            leads = _leads(mark["bracketed"] or mark["bare"])
            (lead if leads else coordinate).append(said)
            mine = coordinate if leads else mine
        else:
            mine.append(said)
            mine = lead if mark["before"] and _leads(mark["duty"]) else coordinate
        last = mark.end()
    if not last:
        return cell, SourceText.empty()
    mine.append(cell[last:].strip(_EDGES))
    return SourceText.join("; ", lead), SourceText.join("; ", coordinate)


def duties_behind(cell: SourceText) -> tuple[SourceText, SourceText]:
    """What a cell says before the first line or sentence that a label of a duty opens ("… ⏎ Chủ trì: Sở Y tế"), and
    from there on."""
    found = _OPENED.search(cell.text)
    return (cell[: found.start()], cell[found.start("said") :].strip(_EDGES + ")")) if found else (cell, cell[:0])


def without_labels(cell: str) -> str:
    """A cell with nothing but its bodies, a semicolon where a label of a duty stands ("- Phối hợp: ")."""
    return _LABELS.sub("; ", cell).strip(_EDGES) if ":" in cell else cell


def _leads(duty: str) -> bool:
    return "phối" not in duty.lower() and duty.upper() != "PH"

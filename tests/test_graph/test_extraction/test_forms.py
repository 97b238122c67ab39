"""The forms in which plans of any issuer write deadlines, quantities, agencies, citations, targets and heads (``forms/``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.extraction import Extractor
from graph.extraction.agencies import AgencyReader
from graph.extraction.citations import find_mentions
from graph.extraction.deadlines import parse_deadlines
from graph.extraction.duties import split_duties
from graph.extraction.quantities import parse_quantity
from graph.records import Deadline
from graph.source_text import SourceText
from graph.vocabulary import Vocabulary

FORMS = Path(__file__).with_name("forms")


def forms(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FORMS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("form", forms("deadlines"), ids=lambda form: form["cell"])
def test_deadlines(form: dict[str, Any]) -> None:
    assert parse_deadlines(form["cell"]) == tuple(Deadline(**one) for one in form["deadlines"])


@pytest.mark.parametrize("form", forms("quantities"), ids=lambda form: form["cell"])
def test_quantities(form: dict[str, Any]) -> None:
    found, wanted = parse_quantity(form["cell"]), form["quantity"]
    assert (found is None) == (wanted is None)
    if found and wanted:
        assert (found.op, found.value, found.value_max) == (wanted["op"], wanted.get("value"), wanted.get("value_max"))


@pytest.mark.parametrize("form", forms("agencies"), ids=lambda form: form["cell"])
def test_agencies(agencies: AgencyReader, form: dict[str, Any]) -> None:
    assert [named.name for named in agencies.split(SourceText.of_source(form["cell"]))] == form["names"]


@pytest.mark.parametrize("form", forms("citations"), ids=lambda form: form["text"])
def test_citations(vocabulary: Vocabulary, form: dict[str, Any]) -> None:
    found = find_mentions(SourceText.of_source(form["text"]), vocabulary)
    said = [{"number": m.number, "type": m.type, "date": m.date, "relation": m.relation} for m in found]
    assert [{k: v for k, v in one.items() if v} for one in said] == form["cited"]


@pytest.mark.parametrize("form", forms("prose"), ids=lambda form: form["text"][:60])
def test_targets_in_running_text(extractor: Extractor, form: dict[str, Any]) -> None:
    text = "KẾ HOẠCH\nThực hiện Nghị quyết số 57-NQ/TW\n\nI. MỤC TIÊU\n\n" + form["text"]
    found = [(one.targets[0], one.name) for one in extractor.extract("x", text).indicators]
    said = [{"year": t.year, "op": t.op, "value": t.value, "name": name} for t, name in found]
    assert said == form["targets"]


@pytest.mark.parametrize("form", forms("heads"), ids=lambda form: " ".join(form["head"])[:60])
def test_heads(extractor: Extractor, form: dict[str, Any]) -> None:
    document = extractor.extract("x", "\n".join(form["head"])).documents[0]
    for field, wanted in form["document"].items():
        found = getattr(document, field)
        if field == "issuer":  # the case of a name in capitals is known only where the text writes it in small letters
            found, wanted = found.lower(), wanted.lower()
        assert (list(found) if isinstance(found, tuple) else found) == wanted, field


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        (["BỘ Y TẾ"], "Bộ Y tế"),
        (["UBND XÃ CẨM BÌNH"], "UBND xã Cẩm Bình"),
        (["TẬP ĐOÀN THAN VIỆT NAM"], "Tập đoàn than Việt Nam"),
    ],
)
def test_a_name_in_capitals_that_no_text_writes_otherwise(
    extractor: Extractor, letterhead: list[str], issuer: str
) -> None:
    head = [*letterhead, "Số: 5/KH-XX", "KẾ HOẠCH", "Thực hiện Nghị quyết số 57-NQ/TW", "", "I. MỤC TIÊU", ""]
    assert extractor.extract("x", "\n".join(head)).documents[0].issuer == issuer


@pytest.mark.parametrize(
    ("cell", "lead", "coordinate"),
    [
        ("Chủ trì: Sở Y tế; phối hợp: Sở Tài chính, Sở Nội vụ", "Sở Y tế", "Sở Tài chính, Sở Nội vụ"),
        ("Chủ trì: Sở Y tế. Phối hợp: Các sở, ngành", "Sở Y tế", "Các sở, ngành"),
        ("Cơ quan chủ trì: Sở Y tế Cơ quan phối hợp: Công an tỉnh", "Sở Y tế", "Công an tỉnh"),
        ("Phối hợp: Công an tỉnh; chủ trì: Sở Y tế", "Sở Y tế", "Công an tỉnh"),
        ("Sở Y tế chủ trì, phối hợp với Công an tỉnh và các địa phương", "Sở Y tế", "Công an tỉnh và các địa phương"),
        ("Sở Y tế (chủ trì); Công an tỉnh (phối hợp)", "Sở Y tế", "Công an tỉnh"),
        ("Sở Y tế; Sở Nội vụ (đồng chủ trì); Công an tỉnh (phối hợp)", "Sở Y tế; Sở Nội vụ", "Công an tỉnh"),
        ("Sở Y tế; phối hợp: Công an tỉnh", "Sở Y tế", "Công an tỉnh"),
        ("Sở Y tế chủ trì; các sở, ngành phối hợp", "Sở Y tế", "các sở, ngành"),
        ("Sở Y tế (chủ trì)\u2028Công an tỉnh\u2028Sở Nội vụ", "Sở Y tế", "Công an tỉnh\u2028Sở Nội vụ"),
        ("Sở Y tế (chủ trì), Sở Nội vụ (chủ trì)", "Sở Y tế; Sở Nội vụ", ""),
        ("Sở Y tế, Công an tỉnh", "Sở Y tế, Công an tỉnh", ""),
        ("Chủ trì: Sở Y tế", "Sở Y tế", ""),
    ],
)
def test_who_leads_and_who_coordinates_in_one_cell(cell: str, lead: str, coordinate: str) -> None:
    assert tuple(part.text for part in split_duties(SourceText.of_source(cell))) == (lead, coordinate)

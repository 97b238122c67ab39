"""The five plans as a whole: what must hold for every record."""

from __future__ import annotations

import json

import pytest

from graph.evaluation import evaluate, load_gold
from graph.extraction import Extractor, NotAPlanError
from graph.records import Extraction, to_json
from graph.source_text import SourceText
from graph.sources import Source, load_sources, read_source

Plans = dict[str, tuple[Source, str, Extraction]]


def test_every_field_stands_in_the_source_where_it_says(plans: Plans) -> None:
    """The words at the stated offsets are the words of the field, for every record of every plan."""
    checked = 0
    for _, text, extraction in plans.values():
        for record in extraction.records():
            values = {
                **to_json(record),
                **{f"targets.{t.year}": t.raw for t in getattr(record, "targets", ())},
                "baseline": getattr(getattr(record, "baseline", None), "raw", None),
                "lead": getattr(record, "lead_raw", None),
                "coord": getattr(record, "coord_raw", None),
                "deadline": getattr(record, "deadline_raw", None),
                **{
                    f"{f}.{i}": v
                    for f in ("lead", "coord", "lead_inherited")
                    for i, v in enumerate(getattr(record, f, ()))
                },
            }
            for field, spans in record.source.items():
                if field == "head" or field.startswith("topics.") or record.kind == "citation":
                    continue
                said = _words(" ".join(text[span.start : span.end] for span in spans))
                wanted = _words(values[field])
                if "." in field and not field.startswith("targets"):  # "Các sở: Y tế" names Sở Y tế
                    wanted = wanted[len(wanted) - len(said) :]
                assert said == wanted, (record.doc, field)
                checked += 1
    assert checked > 2000


def test_the_words_that_decided_a_topic_stand_in_the_title_or_the_result(plans: Plans) -> None:
    for _, text, extraction in plans.values():
        for task in extraction.tasks:
            assert [field.partition(".")[2] for field in task.source if field.startswith("topics.")] == [*task.topics]
            cells = [span for field in ("title", "result") for span in task.source.get(field, ())]
            for topic in task.topics:
                for span in task.source[f"topics.{topic}"]:
                    assert text[span.start : span.end].strip()
                    assert any(cell.start <= span.start and span.end <= cell.end for cell in cells), (task.no, topic)


def _words(text: str) -> list[str]:
    for mark in ("<p>", "</p>", "**"):
        text = text.replace(mark, " ")
    return text.split()


def test_every_record_has_a_passage(plans: Plans) -> None:
    for _, _, extraction in plans.values():
        assert all(document.source["title"] for document in extraction.documents)
        assert all(task.source["title"] for task in extraction.tasks)
        assert all(indicator.source["name"] for indicator in extraction.indicators)
        assert all(f"targets.{t.year}" in i.source for i in extraction.indicators for t in i.targets)
        assert all(f"lead.{n}" in task.source for task in extraction.tasks for n in range(len(task.lead)))
        assert all(citation.source["number"] for citation in extraction.citations)


def test_how_many_rows_the_tables_have(plans: Plans) -> None:
    """Counted by hand in the sources: rows that assign something, and rows with values."""
    tasks = {id: [task.annex for task in plans[id][2].tasks] for id in ("002", "003", "004")}
    assert len(tasks["002"]) == 32
    assert len(tasks["003"]) == 23
    assert {annex: tasks["004"].count(annex) for annex in ("II", "III", "IV")} == {"II": 24, "III": 116, "IV": 93}
    assert (len(plans["003"][2].indicators), len(plans["004"][2].indicators)) == (64, 78)
    flattened = plans["000"][2]
    assert len(flattened.tasks) == 157
    by_year = [indicator.block_year for indicator in flattened.indicators if indicator.annex == "II"]
    assert {year: by_year.count(year) for year in sorted(set(by_year), key=str)} == {
        2025: 46,
        2030: 47,
        2035: 40,
        2040: 46,
        2045: 40,
    }


def test_quality_against_the_gold_rows(plans: Plans) -> None:
    predicted = [
        json.loads(json.dumps(to_json(r))) for _, _, extraction in plans.values() for r in extraction.records()
    ]
    scores = evaluate(load_gold(), predicted)
    bars = {
        "row": 0.99,
        "title": 0.97,
        "lead": 0.98,
        "coord": 0.97,
        "result": 0.96,
        "deadline": 0.98,
        "topic:data": 0.90,
    }
    for document in ("000", "002", "003", "004"):
        for field, least in bars.items():
            assert scores["task", document, field].f1 >= least, (document, field)
    for document in ("000", "003", "004"):
        for field, least in (("row", 0.99), ("name", 0.97), ("unit", 0.97), ("targets", 0.97), ("lead", 0.97)):
            assert scores["indicator", document, field].f1 >= least, (document, field)
    for field, least in (("number", 0.95), ("date", 0.95), ("relation", 0.90)):
        assert scores["citation", "*", field].f1 >= least, field
    for field in ("number", "date", "issuer"):
        assert scores["document", "*", field].f1 == 1.0, field


def test_extraction_does_not_depend_on_what_was_extracted_before(extractor: Extractor) -> None:
    source = next(source for source in load_sources() if source.id == "004")
    text = read_source(source)
    assert extractor.extract("004", text) == extractor.extract("004", text)


def test_a_text_that_is_no_plan_is_refused(extractor: Extractor) -> None:
    with pytest.raises(NotAPlanError, match="no head"):
        extractor.extract("x", "Danh sách mua hàng:\n- gạo\n- muối\n")


def test_an_unlisted_plan_in_other_columns_order(extractor: Extractor) -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n\nSố: 12/KH-UBND\nNghệ An, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\n"
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\n\nPHỤ LỤC 1\n"
        "TT\tThời hạn\tNhiệm vụ\tCơ quan phối hợp\tCơ quan chủ trì thực hiện\n"
        "1\tQuý II/2026\tXây dựng kho dữ liệu dùng chung\tCông an tỉnh, Sở Tài chính\tSở Khoa học và Công nghệ\n"
    )
    found = extractor.extract("x", text)
    (document,), (task,) = found.documents, found.tasks
    assert (document.number, document.date, document.issuer, document.province) == (
        "12/KH-UBND",
        "2026-01-05",
        "UBND tỉnh Nghệ An",
        "Nghệ An",
    )
    assert document.implements == ("57-NQ/TW",)
    assert (task.annex, task.no, task.lead, task.coord) == (
        "1",
        "1",
        ("Sở Khoa học và Công nghệ",),
        ("Công an tỉnh", "Sở Tài chính"),
    )
    assert task.deadline[0].end == "2026-06"
    assert "data" in task.topics
    assert [text[s.start : s.end] for s in task.source["lead.0"]] == ["Sở Khoa học và Công nghệ"]


def test_text_in_decomposed_unicode_is_read_alike(extractor: Extractor) -> None:
    import unicodedata

    source = next(source for source in load_sources() if source.id == "002")
    composed = read_source(source)
    decomposed = unicodedata.normalize("NFD", composed)
    titles = [task.title for task in extractor.extract("002", decomposed).tasks]
    assert titles == [task.title for task in extractor.extract("002", composed).tasks]
    assert SourceText.of_source(decomposed).text == composed

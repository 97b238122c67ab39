import pytest

from graph.namespaces import BASE, passage_iri, passage_of, record_of, thing
from graph.source_text import Span


def test_the_iri_of_a_passage_is_read_back() -> None:
    assert passage_of(passage_iri("kon-tum-2025-ke-hoach", Span(3, 12))) == ("kon-tum-2025-ke-hoach", Span(3, 12))


@pytest.mark.parametrize("iri", [thing("source", "x"), passage_iri("x", Span(3, 12)) + "/selector", "", BASE])
def test_another_iri_is_no_passage(iri: str) -> None:
    assert passage_of(iri) is None


@pytest.mark.parametrize(
    "part",
    [
        "/assignment/lead/so-y-te",
        "/deadline/1",
        "/deadline/1/begin",
        "/classification/data",
        "/correction/1",
        "/target/2030",
        "/baseline",
        "",
    ],
)
def test_a_part_belongs_to_the_record_above_it(part: str) -> None:
    record = thing("document", "quang-tri-687-kh-ubnd-2026", "task", "pl-i.1-1.1")
    assert record_of(record + part) == record


def test_a_citation_belongs_to_its_document() -> None:
    assert record_of(thing("document", "a", "citation", "b")) == thing("document", "a")

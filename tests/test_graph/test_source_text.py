from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from graph.source_text import SourceText, Span


def test_folding_keeps_the_place_of_each_character() -> None:
    source = "  Sở\u00a0 Y \n tế "
    folded = SourceText.of_source(source).folded()
    assert folded.text == "Sở Y tế"
    assert [source[at] for at, char in zip(folded.origin, folded.text, strict=True) if char != " "] == list("SởYtế")


def test_spans_go_over_white_space_but_not_over_words() -> None:
    source = "Sở Giáo dục và\n\n\tĐào tạo | Sở Y tế"
    whole = SourceText.of_source(source)
    name = SourceText.join(" ", [whole[:14], whole[17:24]])
    assert name.folded().spans(source) == (Span(0, 24),)
    ends = SourceText.join(" ", [whole[:2], whole[27:34]])
    assert ends.spans(source) == (Span(0, 2), Span(27, 34))


def test_what_is_taken_out_splits_the_span() -> None:
    source = "[bookmark: x]I. Nhóm [bookmark: y]các"
    text = SourceText.of_source(source).without(re.compile(r"\[bookmark: [^\]]*\]"))
    assert text.text == "I. Nhóm các"
    assert [source[s.start : s.end] for s in text.spans(source)] == ["I. Nhóm", "các"]


def test_text_that_is_not_nfc_is_composed_and_its_offsets_stay_those_of_the_file() -> None:
    source = unicodedata.normalize("NFD", "Sở Tài chính")
    text = SourceText.of_source(source)
    assert text.text == "Sở Tài chính"
    (span,) = text[3:].spans(source)
    assert unicodedata.normalize("NFC", source[span.start :]).startswith("Tài")


@given(st.lists(st.text(alphabet="aăâ ế\n\t", max_size=12), max_size=6))
def test_every_character_of_any_cut_stands_where_it_says(parts: list[str]) -> None:
    source = "|".join(parts)
    for part in SourceText.of_source(source).split(re.compile(r"\|")):
        cut = part.folded()
        assert len(cut.text) == len(cut.origin)
        assert all(source[at] == char or char == " " for char, at in zip(cut.text, cut.origin, strict=True))

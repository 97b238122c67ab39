"""The text of a source in pages and pieces: every character once, as it is."""

from hypothesis import given
from hypothesis import strategies as st

from graph.source_text import Span
from service.source_texts import PAGE, Mark, excerpts, page_at, pages, pieces

_TEXTS = st.text(st.sampled_from("ab ơ\n\r\t"), max_size=200).map(lambda text: text * 150)
_SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 30))


@given(_TEXTS)
def test_the_pages_of_a_text_hold_each_character_once(text: str) -> None:
    assert "".join(text[span.start : span.end] for span in pages(text)) == text
    assert all(span.end - span.start <= 2 * PAGE for span in pages(text))
    for offset in range(0, len(text), 997):
        span = pages(text)[page_at(text, offset) - 1]
        assert span.start <= offset < span.end


def test_a_page_ends_where_a_line_ends() -> None:
    text = ("x" * 99 + "\n") * 200
    assert [text[span.end - 1] for span in pages(text)] == ["\n"] * len(pages(text))


def test_a_line_longer_than_a_page_is_cut() -> None:
    assert pages("x" * (PAGE * 3)) == (Span(0, PAGE), Span(PAGE, 2 * PAGE), Span(2 * PAGE, 3 * PAGE))
    assert pages("") == (Span(0, 0),)


@given(st.text(min_size=100, max_size=100), st.lists(_SPANS, max_size=5), st.lists(_SPANS, max_size=3), _SPANS)
def test_pieces_are_the_window_character_by_character(
    text: str, marked: list[Span], selected: list[Span], window: Span
) -> None:
    marks = [Mark(span, f"record/{n}", "task") for n, span in enumerate(marked)]
    cut = list(pieces(text, window, marks, selected))
    assert "".join(piece.text for piece in cut) == text[window.start : window.end]
    for piece in cut:
        for offset in range(piece.start, piece.start + len(piece.text)):
            over = [span for span in marked if span.start <= offset < span.end]
            assert (piece.mark is not None) == bool(over)
            if piece.mark:
                assert piece.mark.span.end - piece.mark.span.start == min(span.end - span.start for span in over)
            assert piece.selected == any(span.start <= offset < span.end for span in selected)


def test_near_passages_share_an_excerpt_that_ends_between_words() -> None:
    text = "một hai ba bốn năm sáu bảy tám chín mười " * 20
    first, second, far = Span(100, 110), Span(130, 140), Span(700, 710)
    found = excerpts(text, [far, second, first], margin=15)
    assert len(found) == 2
    assert found[0].start <= first.start and second.end <= found[0].end
    for window in found:
        assert window.start == 0 or text[window.start - 1] == " "
        assert text[window.end] == " "

"""Numbers of documents stay on one line, and what is around them is escaped."""

import pytest
from markupsafe import Markup

from service.unbroken import unbroken


@pytest.mark.parametrize(
    "number",
    [
        "71/NQ-CP",
        "57-NQ/TW",
        "687/KH-UBND",
        "06-CTr/TU",
        "107/2021/NĐ-CP",
        "202/2025/QH15",
        "1552/BTTTT-TTH",
        "204-QĐ/TU",
    ],
)
def test_the_number_of_a_document_is_one_piece(number: str) -> None:
    """Whatever stands before and behind it."""
    assert unbroken(f"<b> số {number}, ngày") == Markup(f'&lt;b&gt; số <span class="unbroken">{number}</span>, ngày')


@pytest.mark.parametrize(
    "text", ["2026-2030", "22/12/2024", "9/2026 và hàng năm", "kinh tế - xã hội", "5G", "<i>", "1.1"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    """It is not marked as safe: the template escapes it."""
    assert unbroken(text) is text


@pytest.mark.parametrize("value", [None, 3, Markup("<b>71/NQ-CP</b>")])
def test_what_is_no_plain_text_stays_as_it_is(value: object) -> None:
    """Numbers, nothing, and what is HTML already."""
    assert unbroken(value) is value

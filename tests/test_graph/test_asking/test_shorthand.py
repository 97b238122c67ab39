"""What people write short is spelled out, names and numbers are left alone."""

from __future__ import annotations

import pytest

from graph.asking.shorthand import spelled_out


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("có vb nào ko?", "có văn bản nào không?"),
        ("co vb nao ko?", "co van ban nao khong?"),
        ("hạn t9/2026", "hạn tháng 9/2026"),
        ("kh thanh hoa", "ke hoach thanh hoa"),
        ("kế hoạch 687/KH-UBND", "kế hoạch 687/KH-UBND"),
        ("sở nv làm gì", "sở nv làm gì"),
        ("Sở KH&CN", "Sở KH&CN"),
        ("which docs does the dept lead", "which documents does the department lead"),
        ("tìm nhiệm vụ", "tìm nhiệm vụ"),
    ],
)
def test_spelled_out(text: str, full: str) -> None:
    assert spelled_out(text) == full

"""Which indicator a name means: the same name in two plans is one concept."""

from __future__ import annotations

import re

from graph.text import slug

_MARKS = re.compile(r"\(\s*[*•'^c]{0,3}\s*\)|[*¹²³⁴⁵⁶]")  # footnote marks, some damaged by OCR
_EMPTY_UNIT = re.compile(r"\(\s*%\s*\)")


def indicator_slug(name: str) -> str:
    """The slug of the concept that an indicator's name means; footnote marks and a unit in brackets do not count."""
    return slug(_EMPTY_UNIT.sub("", _MARKS.sub("", name)))


def indicator_label(name: str) -> str:
    """The name without footnote marks."""
    return (
        " ".join(_MARKS.sub("", name).split()).rstrip(" .)")
        if name.count("(") < name.count(")")
        else " ".join(_MARKS.sub("", name).split())
    )

"""Numbers of documents that no line may break: "71/NQ-CP", "57-NQ/TW", "202/2025/QH15" (Decree 30/2020/NĐ-CP)."""

import re

from markupsafe import Markup, escape

_NUMBER = re.compile(r"\b\d+(?:/\d{4})?[-/](?=[^\W\d_])\w+(?:[-/]\w+)*")


def unbroken(text: object) -> object:
    """Return text, escaped, with each number of a document in a span that stays on one line; text without a number, and
    what is no text, as it is."""
    if not isinstance(text, str) or isinstance(text, Markup) or not _NUMBER.search(text):
        return text
    pieces, end = [], 0
    for found in _NUMBER.finditer(text):
        pieces += [escape(text[end : found.start()]), Markup('<span class="unbroken">{}</span>').format(found.group())]
        end = found.end()
    return Markup("").join([*pieces, escape(text[end:])])

"""What a portal or a document system says of a document in front of it: "Số ký hiệu: 96/KH-UBND", a label and its value
in a line or in two cells of a table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from graph.reading import Block, Paragraph
from graph.source_text import SourceText
from graph.text import fold

_TERMS = Path(__file__).with_name("attributes.toml")
_FIRST_BLOCKS = 60  # of a file, in which they stand
_FEWEST = 3  # a label alone says nothing: a letterhead has a number too

Field = Literal["number", "date", "type", "issuer", "title", "signatory"]


def read_attributes(blocks: Sequence[Block]) -> Mapping[Field, SourceText]:
    """The values of a file's first blocks by field, the first of each; empty where fewer than three are told."""
    found: dict[Field, SourceText] = {}
    for block in blocks[:_FIRST_BLOCKS]:
        for label, value in _pairs(block):
            field = _fields().get(fold(label.text))
            if field and value:
                found.setdefault(field, value)
    return found if len(found) >= _FEWEST else {}


def first_line_behind(lines: Sequence[SourceText], attributes: Mapping[Field, SourceText]) -> int:
    """Where in the lines the text of the document itself begins."""
    last = max(value.origin[-1] for value in attributes.values())
    return max((i + 1 for i, line in enumerate(lines) if line and line.origin[0] <= last), default=0)


def _pairs(block: Block) -> Iterator[tuple[SourceText, SourceText]]:
    if isinstance(block, Paragraph):
        at = block.text.text.find(":")
        if at > 0:
            yield block.text[:at], block.text[at + 1 :].strip()
        return
    cells = [cell.strip(" :") for cell in block.cells]
    yield from pairwise(cells)


@cache
def _fields() -> Mapping[str, Field]:
    words: dict[Field, list[str]] = tomllib.loads(_TERMS.read_text(encoding="utf-8"))["fields"]
    return {fold(label): field for field, labels in words.items() for label in labels}

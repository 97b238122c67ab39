"""Tables as spreadsheets save them as text: a record a line, its fields parted by commas or semicolons, those that hold
such signs or line ends in quotation marks (RFC 4180)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from graph.reading.blocks import Block, Paragraph, Row
from graph.reading.cell_lines import ROW_NUMBER
from graph.source_text import CELL_LINE, SourceText

_SEPARATORS = ";,"
_FEWEST_FIELDS = 4
_FEWEST_RECORDS = 3
_LONGEST_LABEL = 60  # characters
_SAMPLE = 5  # records by which a table is known
_SHEET = 30  # records by which a sheet with more than a table is known
_FEWEST_OF_SHEET = 8
_CELL_LINE = re.compile(CELL_LINE)
_DOUBLED = re.compile('""')
_LINE_END = re.compile(r"\r\n|[\r\n]")
_FIELD = {
    sign: re.compile(rf'[ ]*"(?P<quoted>(?:[^"]|"")*)"[ ]*(?=[{sign}\r\n]|\Z)|[^{sign}\r\n]*') for sign in _SEPARATORS
}


def recognise(text: str) -> str | None:
    """The separator of a text that is such a table and nothing else: its first record holds short labels, and those
    behind it as many fields; or a sheet with letterhead and text around its table, every record padded to as many
    fields. None for any other text."""
    for sign in _SEPARATORS:
        if text[:4096].partition("\n")[0].count(sign) + 1 < _FEWEST_FIELDS:
            continue
        records = list(islice(_records(text, sign), _SHEET))
        if len({len(record) for record in records[:_SAMPLE]}) > 1:
            continue
        written = [record for record in records if _filled(record)]
        labels = all(0 < end - start <= _LONGEST_LABEL for start, end in written[0]) if written else False
        if labels and len(written) >= _FEWEST_RECORDS:
            return sign
        if len(records) >= _FEWEST_OF_SHEET and len({len(record) for record in records}) == 1:
            return sign if any(_filled(record) >= _FEWEST_FIELDS for record in records) else None
    return None


def read(text: SourceText, sign: str) -> Iterator[Block]:
    """The rows of a text whose fields a sign parts, and the paragraphs around them: records of few fields above the
    header and behind an empty record."""
    in_table = seen = False
    for record in _records(text.text, sign):
        fields = [
            text[start:end].replaced(_DOUBLED, '"').replaced(_LINE_END, CELL_LINE).folded_lines()
            for start, end in record
        ]
        filled = [field for field in fields if field]
        opens = not in_table and len(filled) >= min(_FEWEST_FIELDS, len(fields))
        goes_on = seen and ROW_NUMBER.fullmatch(fields[0].text) is not None
        in_table = bool(filled) and (in_table or opens or goes_on)
        seen = seen or in_table
        if in_table:
            yield Row(tuple(fields), opens)
        else:
            yield from (Paragraph(line) for field in filled for line in field.split(_CELL_LINE))
            yield Paragraph(SourceText.empty())


def _filled(record: Sequence[tuple[int, int]]) -> int:
    """How many fields of a record hold something."""
    return sum(start < end for start, end in record)


def _records(text: str, sign: str) -> Iterator[list[tuple[int, int]]]:
    """Where the fields of each record stand, quotation marks around them left out."""
    record: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        field = _FIELD[sign].match(text, at)
        assert field  # an empty field matches anywhere
        record.append(field.span("quoted") if field["quoted"] is not None else field.span())
        at = field.end()
        if text[at : at + 1] == sign:
            at += 1
            continue
        end = _LINE_END.match(text, at)
        at = end.end() if end else at
        yield record
        record = []

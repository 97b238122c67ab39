"""Tables as spreadsheets save them as text: a record a line, its fields parted by commas or semicolons, those that hold
such signs or line ends in quotation marks (RFC 4180)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.reading.blocks import Row
from graph.source_text import SourceText

_SEPARATORS = ";,"
_FEWEST_FIELDS = 4
_FEWEST_RECORDS = 3
_LONGEST_LABEL = 60  # characters
_SAMPLE = 5  # records by which a table is known
_DOUBLED = re.compile('""')
_LINE_END = re.compile(r"\r\n|[\r\n]")
_FIELD = {
    sign: re.compile(rf'[ ]*"(?P<quoted>(?:[^"]|"")*)"[ ]*(?=[{sign}\r\n]|\Z)|[^{sign}\r\n]*') for sign in _SEPARATORS
}


def recognise(text: str) -> str | None:
    """The separator of a text that is such a table and nothing else: its first record holds short labels, and those
    behind it as many fields; None for any other text."""
    for sign in _SEPARATORS:
        if text[:4096].partition("\n")[0].count(sign) + 1 < _FEWEST_FIELDS:
            continue
        sample = []
        for record in _records(text, sign):
            sample.append([text[start:end] for start, end in record])
            if len(sample) == _SAMPLE:
                break
        same = all(len(record) == len(sample[0]) for record in sample)
        labels = all(0 < len(label.strip()) <= _LONGEST_LABEL for label in sample[0])
        if same and labels and len(sample) >= _FEWEST_RECORDS:
            return sign
    return None


def read(text: SourceText, sign: str) -> Iterator[Row]:
    """The rows of a text whose fields a sign parts."""
    for n, record in enumerate(_records(text.text, sign)):
        fields = (
            text[start:end].replaced(_DOUBLED, '"').replaced(_LINE_END, "\N{LINE SEPARATOR}") for start, end in record
        )
        yield Row(tuple(field.folded_lines() for field in fields), opens=n == 0)


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
        if any(start < stop for start, stop in record):
            yield record
        record = []

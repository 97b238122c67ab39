"""What a file may ask of its reader: settings with defaults, environment variables PHANCONG_…"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields


class LimitError(Exception):
    """An environment variable does not hold what it should; the message names it."""


class UnreadableError(Exception):
    """A file that cannot be read as what it is; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits; each is the environment variable PHANCONG_ + its name in upper case.

    file_bytes         a larger file is refused
    text_characters    a longer text is refused, as is a file whose text rendition is longer
    expanded_bytes     an archive (Word, spreadsheet) that unpacks to more is refused before it is unpacked
    pages              a PDF of more pages is refused
    cells              a file with more table cells is refused
    read_seconds       a reader that takes longer is stopped; for a PDF, besides what its pages may take
    page_seconds       what each page of a PDF may take
    ocr_seconds        the same where scanned pages are recognised
    extract_seconds    a file whose records take longer to extract from its text is refused
    read_memory_bytes  data a reader may hold

    Seconds are of processor time; a reader may take ten times as long by the clock.
    """

    file_bytes: int = 100 << 20
    text_characters: int = 3_000_000
    expanded_bytes: int = 200 << 20
    pages: int = 1000
    cells: int = 500_000
    read_seconds: int = 6
    page_seconds: int = 1
    ocr_seconds: int = 60
    extract_seconds: int = 6
    read_memory_bytes: int = 768 << 20


def from_environment(environment: Mapping[str, str]) -> Limits:
    """Read the limits; all are whole numbers above zero. Raises :class:`LimitError`."""
    values = {}
    for limit in fields(Limits):
        name = f"PHANCONG_{limit.name.upper()}"
        text = environment.get(name)
        if text is None:
            continue
        if not text.isdecimal() or not int(text):
            raise LimitError(f'{name}="{text}": has to be a whole number above 0; the default is {limit.default}')
        values[limit.name] = int(text)
    return Limits(**values)

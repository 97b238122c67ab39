"""Files in which people write down what they decided (corrections, links, accepted findings): TOML, an entry a block.

Each reader hands in the error to raise, so that a message names the file, the entry and the reason in its own terms.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any


def read_toml(path: Path, error: type[Exception]) -> dict[str, Any]:
    """The tables of a file. Raises ``error`` for one that cannot be read or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as reason:
        raise error(f"{path}: cannot be read: {reason.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise error(f"{path}: is no TOML: {reason}") from None


def check_entry(
    place: str,
    entry: Mapping[str, Any],
    parts: Mapping[str, type],
    what: str,
    error: type[Exception],
    *,
    optional: Collection[str] = (),
) -> None:
    """Make sure that an entry has its parts and no others, each of its type, and no empty text.

    ``place`` is file and entry, ``what`` the entry is called; a part of type ``object`` may be anything, a date has no
    time. Raises ``error``.
    """
    for part, kind in parts.items():
        if part not in entry:
            if part in optional:
                continue
            raise error(f"{place}: {part} is missing")
        if not isinstance(entry[part], kind) or isinstance(entry[part], datetime.datetime):
            raise error(f"{place}: {part} must be a {kind.__name__}")
        if kind is str and not entry[part].strip():
            raise error(f"{place}: {part} is empty")
    if unknown := sorted(set(entry) - set(parts)):
        raise error(f"{place}: {unknown[0]} is no part of {what}; the parts are {', '.join(parts)}")

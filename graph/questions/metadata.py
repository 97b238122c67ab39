"""The metadata of a question file as a table, with the lines to name when something in it is wrong."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from graph.questions.question import Text

_T = TypeVar("_T")


class CatalogueError(Exception):
    """A question file is wrong. The message names the file, the line and what to change."""


class Metadata:
    """TOML lines of a file, read; `what` in errors is the thing of the file that they are about."""

    def __init__(self, path: Path, lines: Sequence[str]) -> None:
        """Read the lines, which are the first ones of the file. Raises CatalogueError when they are no TOML."""
        self.path = path
        self._lines = lines
        try:
            self.table: dict[str, Any] = tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError as error:
            raise CatalogueError(f"{path}: the metadata: {error}") from None

    def error(self, reason: str, line: int) -> CatalogueError:
        """Return an error at a line, from 1."""
        return CatalogueError(f"{self.path}:{line}: {reason}")

    def error_at(self, text: str, reason: str) -> CatalogueError:
        """Return an error at the first line that holds `text`."""
        return self.error(reason, self.line_of(text))

    def line_of(self, text: str) -> int:
        """Return the number of the first line that holds `text`, 1 where none does."""
        return next((n for n, line in enumerate(self._lines, 1) if text in line), 1)

    def only(self, table: dict[str, Any], known: set[str], what: str) -> None:
        """Raise CatalogueError when a table has a key that nobody reads."""
        for key in table:
            if key not in known:
                raise self.error_at(key, f'{what}: unknown key "{key}"; known are {", ".join(sorted(known))}')

    def needed(self, table: dict[str, Any], key: str, kind: type[_T], what: str) -> _T:
        """Return a value that has to be there. Raises CatalogueError."""
        value = table.get(key)
        if not isinstance(value, kind):
            raise self.error_at(key, f"{what}: needs {key} ({kind.__name__})")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of strings of the metadata, empty where it is left out. Raises CatalogueError."""
        values = self.table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.error_at(key, f"the metadata: {key} has to be a list of strings")
        return tuple(values)

    def text(self, table: dict[str, Any], key: str, what: str) -> Text:
        """Return a text that has to be there in both languages. Raises CatalogueError."""
        value = table.get(key)
        if not isinstance(value, dict) or set(value) != {"vi", "en"}:
            value = {}
        vi, en = value.get("vi"), value.get("en")
        if not (isinstance(vi, str) and isinstance(en, str) and vi and en):
            raise self.error_at(key, f"{what}: needs {key}.vi and {key}.en")
        return Text(vi, en)

"""The words of the pages, in Vietnamese and English, read from words/*.toml: one file for each family of pages."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).with_name("words")
_LANGUAGES = ("vi", "en")


def read_words(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return language -> name -> words from all files of a folder.

    Raises ValueError where a name stands in two files or has not exactly both languages; the message names the file.
    """
    read: dict[str, Mapping[str, str]] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in read:
                raise ValueError(f"{path}: [{name}] stands in another file too")
            if sorted(words) != sorted(_LANGUAGES):
                raise ValueError(f"{path}: [{name}] needs vi and en")
            read[name] = words
    return {one: MappingProxyType({name: words[one] for name, words in read.items()}) for one in _LANGUAGES}


TEXTS = read_words(_FOLDER)
"""Language -> name -> words."""

DOUBTS = read_words(_FOLDER / "doubts")
"""Language -> doubt as extraction writes it -> how it is said (service/doubts.py)."""

PROPERTIES = read_words(_FOLDER / "properties")
"""Language -> property of another vocabulary, with its prefix -> what it is called."""

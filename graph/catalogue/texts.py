"""What catalogue.toml says of the data, typed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.questions.question import Text


@dataclass(frozen=True, slots=True)
class Described:
    """Title, description and keywords (language -> words) of a catalogue, dataset or service."""

    title: Text
    description: Text
    keywords: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its title, its deed, its code in the EU's licence table, and who holds which rights."""

    title: Text
    deed: str
    authority: str
    rights: Text


@dataclass(frozen=True, slots=True)
class Texts:
    """All of catalogue.toml; the texts of ``document`` and ``files`` have places to fill."""

    catalogue: Described
    whole: Described
    series: Described
    document: Described
    service: Described
    licence: Licence
    publisher: Text
    contact: Text
    files: Mapping[str, Text]


@lru_cache(maxsize=1)
def load_texts() -> Texts:
    """Read catalogue.toml."""
    said = tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text(encoding="utf-8"))
    licence = said["licence"]
    return Texts(
        **{name: _described(said[name]) for name in ("catalogue", "whole", "series", "document", "service")},
        licence=Licence(Text(**licence["title"]), licence["deed"], licence["authority"], Text(**licence["rights"])),
        publisher=Text(**said["publisher"]["name"]),
        contact=Text(**said["contact"]["name"]),
        files={name: Text(**text) for name, text in said["files"].items()},
    )


def filled(text: Text, values: Mapping[str, Text]) -> Text:
    """A text with its places filled in each language; an empty one leaves no double space."""
    vi = _fill(text.vi, {name: value.vi for name, value in values.items()})
    return Text(vi, _fill(text.en, {name: value.en for name, value in values.items()}))


def _fill(text: str, values: Mapping[str, str]) -> str:
    return " ".join(text.format(**values).split())


def _described(block: Mapping[str, Any]) -> Described:
    return Described(Text(**block["title"]), Text(**block["description"]), block.get("keywords", {}))

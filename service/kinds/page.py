"""What the page about a thing of one kind is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class KindPage:
    """A template, the title, what the template needs beside that, and the IRIs of those who issued the thing."""

    template: str
    title: str
    context: Mapping[str, Any]
    authors: Sequence[str] = field(default=())

"""Lines whose words stand where they do in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Placed:
    """A word with its columns of characters."""

    x0: float
    x1: float
    text: str


Lines = Callable[[str], Sequence[Sequence[Placed]]]


@pytest.fixture
def lines() -> Lines:
    """Makes the lines of a text."""
    return lambda text: [
        [Placed(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+", line)] for line in text.split("\n")
    ]

"""What the commands share: their exit codes, how a call goes wrong, and the options that several of them have."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from graph.sources import SOURCES

DONE, UNACCEPTABLE, UNUSABLE = 0, 1, 2

Run = Callable[[argparse.Namespace], int]
"""What carries a command out: from its options to its exit code."""


class UsageError(Exception):
    """The call cannot be carried out as it stands."""


class Commands:
    """The commands of a parser, each described by the docstring of what runs it."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        """Begin without any."""
        self._added = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(self, name: str, run: Run) -> argparse.ArgumentParser:
        """Add a command and return where its options go."""
        text = (run.__doc__ or "").strip()
        added = self._added.add_parser(name, help=text.splitlines()[0], description=text)
        added.set_defaults(run=run)
        return added


def with_release(added: argparse.ArgumentParser) -> None:
    """--release: where the release is that the command works on."""
    added.add_argument(
        "--release",
        type=Path,
        default=Path("releases"),
        metavar="DIR",
        help="a release, or the folder that holds them (releases)",
    )


def with_jobs(added: argparse.ArgumentParser) -> None:
    """--jobs: how many processes."""
    added.add_argument(
        "--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="processes (one a processor)"
    )


def without_corrections(added: argparse.ArgumentParser) -> None:
    """--no-corrections: the raw result."""
    added.add_argument(
        "--no-corrections", action="store_true", help="leave what people put right aside: the raw result"
    )


def with_sources(added: argparse.ArgumentParser) -> None:
    """--sources, and --no-corrections, which stand beside them."""
    added.add_argument(
        "--sources",
        type=Path,
        default=SOURCES,
        metavar="DIR",
        help="folder with sources.toml; corrections and accepted findings stand beside it (data/sources)",
    )
    without_corrections(added)


def with_parameters(added: argparse.ArgumentParser, help_text: str) -> None:
    """--param: parameters by name, which `parameters` reads."""
    added.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help=help_text)


def parameters(given: Sequence[str]) -> dict[str, str]:
    """Read NAME=VALUE pairs. Raises UsageError."""
    found = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {pair!r}: is no name=value")
        if name in found:
            raise UsageError(f"--param {name}: is given twice")
        found[name] = value
    return found


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number

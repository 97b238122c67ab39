"""The console script ``phancong``.

Exit codes: 0 done; 1 the input was understood and is not acceptable; 2 the input or the call is unusable. An error is
one line on standard error that names the file, the place in it and the reason.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from graph.acceptance import AcceptanceError
from graph.commands import files, looking, quality, questions, releases, serving
from graph.commands.call import DONE, UNUSABLE, Commands, UsageError
from graph.corrections import CorrectionError
from graph.evaluation import GoldError
from graph.sources import SourceError
from graph.vocabulary import VocabularyError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except _unusable() as error:
        print(f"phancong: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # the reader of our output has gone, as in "| head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130


def _unusable() -> tuple[type[Exception], ...]:
    """The errors that mean unusable input."""
    from graph.asking import AskingError, WordsError
    from graph.difference import DifferenceError
    from graph.dumps.tables import TableError
    from graph.linking.links import LinkError
    from graph.network.reading import NetworkSizeError
    from graph.questions.binding import ParameterError
    from graph.questions.metadata import CatalogueError
    from graph.release import ReleaseError
    from graph.search import QueryError as SearchQueryError
    from graph.search import SearchError
    from graph.store import QueryError, StoreError
    from graph.validation import UnusableInput

    ours = (UsageError, SourceError, CorrectionError, AcceptanceError, VocabularyError, GoldError, ReleaseError)
    theirs = (
        LinkError,
        DifferenceError,
        SearchError,
        SearchQueryError,
        TableError,
        NetworkSizeError,
        AskingError,
        WordsError,
    )
    return (*ours, *theirs, StoreError, QueryError, UnusableInput, CatalogueError, ParameterError)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="phancong", description="Who leads which task of the plans: build, check, serve and ask the graph."
    )
    commands = Commands(parser)
    for family in (files, releases, serving, looking, questions, quality):
        family.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())

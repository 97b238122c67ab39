"""What people decided, beside the sources: corrections, accepted findings, and links that are right or wrong."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.acceptance import ACCEPTED
from graph.corrections import CORRECTIONS

if TYPE_CHECKING:
    from graph.findings import Acceptance
    from graph.linking.links import Decision
    from graph.records import Correction
    from graph.sources import Source


def corrections(options: argparse.Namespace, sources: Sequence[Source]) -> dict[str, tuple[Correction, ...]]:
    """Those of the folder ``corrections`` beside the folder of the sources."""
    from graph.corrections import load_corrections

    return {} if options.no_corrections else load_corrections(options.sources.parent / CORRECTIONS.name, sources)


def acceptances(options: argparse.Namespace, sources: Sequence[Source]) -> dict[str, tuple[Acceptance, ...]]:
    """Those of the file beside the folder of the sources; none of a raw result, whose findings are others."""
    from graph.acceptance import load_acceptances

    return {} if options.no_corrections else load_acceptances(options.sources.parent / ACCEPTED.name, sources)


def decisions(options: argparse.Namespace) -> tuple[Decision, ...]:
    """Those about links, of the folder ``links`` beside the folder of the sources; with ``--no-corrections`` none."""
    from graph.linking.links import DECISIONS, load_decisions

    return () if options.no_corrections else load_decisions(options.sources.parent / DECISIONS.name)

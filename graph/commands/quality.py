"""How well the sources are read: ``evaluate`` against checked rows, ``review`` of what is doubtful."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from graph.commands.call import DONE, Commands, with_release, with_sources
from graph.commands.decisions import corrections, decisions
from graph.evaluation import GOLD

if TYPE_CHECKING:
    from graph.records import Extraction
    from graph.sources import Source


def add_to(commands: Commands) -> None:
    """Add the commands of this family."""
    one = commands.add("evaluate", evaluate)
    one.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="folder with gold rows (data/evaluation)")
    one.add_argument("--asking", action="store_true", help="how well questions in words are understood, instead")
    with_release(one)
    with_sources(one)
    one.add_argument("--format", choices=("text", "json"), default="text", help="of the scores (text)")

    one = commands.add("review", review)
    with_sources(one)
    one.add_argument("--format", choices=("text", "json"), default="text", help="of the list; json: a line each (text)")


def evaluate(options: argparse.Namespace) -> int:
    """Extract and link the sources anew and print precision, recall and F1 a field and document.

    With --asking, understand the labelled questions in words instead and print the share that is right.
    """
    if options.asking:
        return _evaluate_asking(options)
    from graph.build import evaluate_links
    from graph.evaluation import evaluate as score
    from graph.evaluation import load_gold, to_text
    from graph.evaluation import to_json as scores_to_json
    from graph.linking.evaluation import LABELLED, load_pairs
    from graph.records import to_json

    gold, pairs = load_gold(options.gold), load_pairs(options.gold / LABELLED.name)
    extracted = _extracted(options)
    scores = score(gold, [to_json(record) for _, _, extraction in extracted for record in extraction.records()])
    scores |= evaluate_links(extracted, decisions(options), pairs)
    print(json.dumps(scores_to_json(scores), indent=1) if options.format == "json" else to_text(scores), end="")
    return DONE


def _evaluate_asking(options: argparse.Namespace) -> int:
    from graph.asking.evaluation import LABELLED, judge, load_labels, to_json, to_text
    from graph.commands.questions import asking_of
    from graph.questions.catalogue import read_catalogue

    labels = load_labels(options.gold / LABELLED.name)
    judged = judge(labels, asking_of(options.release, read_catalogue()))
    print(json.dumps(to_json(judged), indent=1) if options.format == "json" else to_text(judged), end="")
    return DONE


def review(options: argparse.Namespace) -> int:
    """List the doubtful records, worst first, each with its place, the reason and the passage."""
    from graph.review import doubtful, to_json, to_text

    found = doubtful(_extracted(options))
    if options.format == "json":
        for item in found:
            print(json.dumps(to_json(item), ensure_ascii=False))
    else:
        print(to_text(found), end="")
    return DONE


def _extracted(options: argparse.Namespace) -> list[tuple[Source, str, Extraction]]:
    """Each source with its text and its records, corrected unless ``--no-corrections`` says otherwise."""
    from graph.corrections import apply_corrections
    from graph.extraction import Extractor
    from graph.sources import load_sources, read_source
    from graph.vocabulary import load_vocabulary

    sources = load_sources(options.sources)
    corrected = corrections(options, sources)
    extractor = Extractor.load(load_vocabulary())
    found = []
    for source in sources:
        text = read_source(source)
        raw = extractor.extract(source.id, text)
        found.append((source, text, apply_corrections(corrected.get(source.id, ()), raw, len(text))))
    return found

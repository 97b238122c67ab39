"""``ask``: the questions of the catalogue, by their id or in words."""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from graph.commands.call import DONE, UNACCEPTABLE, Commands, UsageError, parameters, with_parameters, with_release

if TYPE_CHECKING:
    from graph.asking.found import Asking
    from graph.questions.answers import Answer
    from graph.questions.question import Question
    from graph.release import Release
    from graph.store import Store

_QUESTION_ID = re.compile(r"[a-z0-9-]+")  # what is no id is words


def add_to(commands: Commands) -> None:
    """Add the commands of this family."""
    one = commands.add("ask", ask)
    one.add_argument("question", nargs="?", metavar="QUESTION", help="its id, or words; none: list the questions")
    with_parameters(one, "a parameter of the question; may be repeated")
    one.add_argument(
        "--format",
        choices=("text", "json", "jsonld", "csv", "tsv", "xlsx"),
        default="text",
        help="of the answer (text)",
    )
    one.add_argument(
        "--day", type=datetime.date.fromisoformat, metavar="DATE", help="the day on which words are asked (today)"
    )
    with_release(one)


def ask(options: argparse.Namespace) -> int:
    """Ask a question of the catalogue, by its id or in words; without either, list the questions."""
    from graph.questions.catalogue import nearest, read_catalogue

    catalogue = read_catalogue()
    if options.question is None:
        for question in catalogue.values():
            names = " ".join(f"[--param {one.name}={one.example}]" for one in question.parameters)
            print(f"{question.id} {names}\n    {question.title.vi}\n    {question.title.en}")
        return DONE
    if options.question in catalogue:
        answer = _answer(catalogue[options.question], parameters(options.param), options.release)
        _print_answer(answer, options.format)
        return DONE
    if _QUESTION_ID.fullmatch(options.question):
        like = ", ".join(nearest(options.question, catalogue))
        meant = f"; nearest are {like}" if like else ""
        raise UsageError(f"there is no question {options.question!r}{meant}; 'phancong ask' lists all {len(catalogue)}")
    return _ask_in_words(options, catalogue)


def _ask_in_words(options: argparse.Namespace, catalogue: Mapping[str, Question]) -> int:
    """Say on standard error what was understood, and print the answer if there is one."""
    from graph.asking.choices import choices
    from graph.asking.telling import to_json, to_text
    from graph.asking.understanding import Outcome, understand
    from graph.questions.answers import to_json as answer_to_json

    if options.param:
        raise UsageError("--param goes with the id of a question; in words, say it in the question")
    asking = asking_of(options.release, catalogue)
    understanding = understand(options.question, asking, options.day or datetime.date.today())
    offered = choices(understanding, asking.names)
    answer = None
    if understanding.outcome is Outcome.ANSWER:
        best = understanding.candidates[0]
        answer = _answer(best.asked.question, best.filled.values, options.release)
    if options.format in ("json", "jsonld"):
        told = to_json(understanding, offered, asking.names) | {"answer": answer and answer_to_json(answer)}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print(to_text(understanding, offered), end="", file=sys.stderr)
        if answer:
            _print_answer(answer, options.format)
    return DONE if answer else UNACCEPTABLE


def asking_of(releases: Path, catalogue: Mapping[str, Question]) -> Asking:
    """What understanding needs, with the names of the release in use."""
    from graph.asking.found import Asking
    from graph.asking.ideas import read_ideas
    from graph.asking.names import QUERIES, names_of
    from graph.release import current
    from graph.solutions import table

    store = _store(current(releases))
    return Asking.of(read_ideas(catalogue), names_of({name: table(store, query) for name, query in QUERIES.items()}))


def _print_answer(answer: Answer, form: str) -> None:
    from graph.questions.answers import to_csv, to_json, to_tsv
    from graph.questions.spreadsheet import to_xlsx

    match form:
        case "xlsx" if sys.stdout.isatty():
            raise UsageError("--format xlsx: is no text for a terminal; write it to a file: … > answer.xlsx")
        case "xlsx":
            sys.stdout.buffer.write(to_xlsx(answer))
        case "json" | "jsonld":
            print(json.dumps(to_json(answer), ensure_ascii=False, indent=1))
        case "csv" | "tsv":
            print(to_csv(answer) if form == "csv" else to_tsv(answer), end="")
        case _:
            print(_as_text(answer), end="")


def _answer(question: Question, given: Mapping[str, str], releases: Path) -> Answer:
    from graph.questions.answers import Answer, add_evidence, plain_rows
    from graph.questions.binding import ParameterError, bind, check_choice, choices, render
    from graph.release import current
    from graph.solutions import table

    try:
        bound = bind(question, given)
    except ParameterError as error:
        about = error.parameter
        if about is None or not about.values:
            raise
        raise error.with_allowed(choices(about, table(_store(current(releases)), about.values))) from None
    release = current(releases)
    store = _store(release)
    sparql = render(question, bound)
    rows = plain_rows(question.columns, table(store, sparql))
    if not rows:
        for one in question.parameters:
            if one.values and one.name in given:
                check_choice(one, bound[one.name], choices(one, table(store, one.values)))
    evidence_sparql = render(question, bound, question.evidence.sparql) if question.evidence else None
    if question.evidence and evidence_sparql:
        add_evidence(rows, question.evidence, table(store, evidence_sparql))
    return Answer(question, given, bound, sparql, evidence_sparql, rows, release.id, str(release.about["issued"]))


def _store(release: Release) -> Store:
    from graph.store import open_read_only

    return open_read_only(release.path / "store")


def _as_text(answer: Answer) -> str:
    """For a terminal: the question, a line a row, and under it what it rests on with the passages."""
    from graph.questions.answers import as_text
    from graph.questions.question import ColumnType

    question = answer.question
    shown = [c for c in question.columns if c.type not in (ColumnType.IRI, ColumnType.IRIS)]
    lines = [question.title.vi, question.title.en, ""]
    for row in answer.rows:
        lines.append(
            " | ".join(str(as_text(column, row[column.name])) for column in shown if row[column.name] is not None)
        )
        for item in row.get("evidence", ()):
            told = [str(value) for name, value in item.items() if name != "passages" and value is not None]
            lines.append(f"    {' | '.join(told)}")
            for passage in item["passages"]:
                lines.append(f"        {' | '.join(str(value) for value in passage.values() if value is not None)}")
    lines += [
        "",
        f"{len(answer.rows)} rows from release {answer.release_id}. The SPARQL that was run:",
        "",
        answer.sparql,
    ]
    return "\n".join(lines) + "\n"

"""Tells what was understood: sentences for people (messages.toml) and plain values for machines."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from graph.asking import AskingError
from graph.asking.choices import Choice, option_label
from graph.asking.names import Names
from graph.asking.parameters import Doubt
from graph.asking.understanding import Candidate, Outcome, Understanding
from graph.asking.weighing import Part
from graph.entries import read_toml
from graph.questions.answers import in_both
from graph.questions.question import Text

_MESSAGES = Path(__file__).with_name("messages.toml")


def messages(understanding: Understanding) -> tuple[Text, ...]:
    """What keeps the words from an answer, or was assumed for it, a sentence each, in both languages."""
    if understanding.outcome is Outcome.UNKNOWN:
        return (_say("unknown"),)
    best, absent = understanding.candidates[0], understanding.outcome is Outcome.ABSENT
    doubts = [doubt for doubt in best.filled.doubts if doubt.kind == "absent" or not absent]  # nothing to choose then
    said = [text for doubt in doubts for text in _of_doubt(best, doubt)]
    if understanding.outcome is Outcome.CHOOSE and not said:
        said.append(_say("near" if best.whole else "partly"))
    return (*said, *(_say(f"assumed-{name}") for name in best.filled.assumed))


def to_json(understanding: Understanding, offered: tuple[Choice, ...], names: Names) -> dict[str, Any]:
    """What was understood, for machines."""
    shown = understanding.outcome is not Outcome.UNKNOWN
    return {
        "asked": understanding.text,
        "outcome": understanding.outcome,
        "understood": _understood(understanding.candidates[0]) if shown else None,
        "not_understood": understanding.not_understood,
        "messages": [in_both(text) for text in messages(understanding)],
        "doubts": [_doubt(one, names) for one in understanding.candidates[0].filled.doubts] if shown else [],
        "choices": [_choice(one) for one in offered],
    }


def to_text(understanding: Understanding, offered: tuple[Choice, ...]) -> str:
    """What was understood, for a terminal: the question, its values with the words they are from, what stays open."""
    lines = []
    if understanding.outcome is not Outcome.UNKNOWN:
        best = understanding.candidates[0]
        lines.append(f"understood as {best.asked.question.id}: {best.asked.question.title.en}")
        for name, value in best.filled.values.items():
            lines.append(f"    {name}={value}    from “{best.filled.sources.get(name, '')}”")
        lines += [f"    “{one.text}” read as “{one.misspelt}”" for one in best.parts if one.misspelt]
    if understanding.not_understood:
        lines.append(f"not understood: {', '.join(understanding.not_understood)}")
    lines += [text.en for text in messages(understanding)]
    lines += [f"    phancong ask {_command(one)}" for one in offered]
    return "\n".join(lines) + "\n"


def _command(choice: Choice) -> str:
    given = [f"--param {name}={_quoted(value)}" for name, value in choice.values.items()]
    open_ = [f"--param {name}=…" for name in choice.missing]
    label = f"    # {choice.label}" if choice.label else ""
    return " ".join([choice.question.id, *given, *open_]) + label


def _quoted(value: str) -> str:
    return f"'{value}'" if " " in value else value


def _of_doubt(best: Candidate, doubt: Doubt) -> list[Text]:
    kind = f"absent-{doubt.parameter}" if doubt.kind == "absent" else doubt.kind
    label = best.asked.parameters[doubt.parameter].label if doubt.parameter in best.asked.parameters else None
    said = [_say(kind, words=doubt.words, parameter=label)]
    return [*said, _say("successor", successor=doubt.successor)] if doubt.successor else said


def _say(kind: str, parameter: Text | None = None, **places: str) -> Text:
    """A message with its places filled; what is filled in is text and never looked at for places."""
    text, label = _texts()[kind], parameter or Text("", "")
    return Text(
        text.vi.format_map({**places, "parameter": label.vi}), text.en.format_map({**places, "parameter": label.en})
    )


@cache
def _texts() -> dict[str, Text]:
    return {kind: Text(one["vi"], one["en"]) for kind, one in read_toml(_MESSAGES, AskingError).items()}


def _understood(best: Candidate) -> dict[str, Any]:
    question, filled = best.asked.question, best.filled
    return {
        "question": {"id": question.id, "title": in_both(question.title)},
        "fit": round(best.fit, 3),
        "by_rules": round(best.by_rules, 3),
        "likely": round(best.likely, 3),
        "parameters": {
            name: {"value": value, "label": filled.labels.get(name, value), "words": filled.sources.get(name, "")}
            for name, value in filled.values.items()
        },
        "assumed": filled.assumed,
        "words": [_part(one) for one in best.parts],
    }


def _part(part: Part) -> dict[str, str]:
    told = {"text": part.text, "role": part.role, "meaning": part.meaning, "misspelt": part.misspelt}
    return {name: value for name, value in told.items() if value or name in ("text", "role")}


def _doubt(doubt: Doubt, names: Names) -> dict[str, Any]:
    return {
        "kind": doubt.kind,
        "parameter": doubt.parameter,
        "words": doubt.words,
        "options": [{"iri": one.iri, "label": option_label(one, names)} for one in doubt.options],
        "successor": doubt.successor or None,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "question": {"id": choice.question.id, "title": in_both(choice.question.title)},
        "parameters": choice.values,
        "label": choice.label or None,
        "missing": choice.missing,
    }

"""What questions are about, and which ideas tell each question: ideas.toml and questions.toml, read and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from graph.asking import AskingError
from graph.asking.lexicon import Lexicon, longest_first
from graph.asking.tokens import tokens
from graph.entries import read_toml
from graph.questions.question import Parameter, ParameterType, Question

IDEAS = Path(__file__).with_name("ideas.toml")
QUESTIONS = Path(__file__).with_name("questions.toml")
STOP = "stop"
_KEYS = {"weight", "turns", "asks_last", "only", "vi", "en"}
_PLACES = ("", "first", "last")
KINDS = frozenset({"topic", "area", "agency", "document", "indicator", "statement", "period"})


@dataclass(frozen=True, slots=True)
class Idea:
    """Something that a question can be about; ``weight`` is how much it tells, ``turns`` whether it changes what is
    asked, and ``asks_last`` that it only asks at the end of a question. ``only``: "first" or "last" in a clause its
    words mean this and nothing else, elsewhere they do not mean it.
    """

    name: str
    weight: float
    turns: bool = False
    asks_last: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a question that is put so: ideas and kinds of names, those that must be there and those that may.

    A kind can be needed twice (two topics).
    """

    needed: tuple[str, ...]
    kinds: tuple[str, ...]
    optional: frozenset[str]

    @property
    def all_needed(self) -> frozenset[str]:
        """What must be there; an area or a period may tell a document (":document")."""
        kinds = {f":{kind}" for kind in self.kinds}
        described = {":area", ":period"} if ":document" in kinds else set()
        return frozenset(self.needed) | kinds | described


@dataclass(frozen=True)
class Asked:
    """A question of the catalogue with its readings and the words for its parameters' values.

    ``compares_areas``: its answer sets all areas beside each other; ``all_years``: it tells all years; ``alike``:
    questions that with the same values answer the same.
    """

    question: Question
    readings: tuple[Reading, ...]
    values: Mapping[str, Lexicon[str]]
    compares_areas: bool = False
    all_years: bool = False
    alike: frozenset[str] = frozenset()

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The question's parameters by name."""
        return {parameter.name: parameter for parameter in self.question.parameters}

    def takes(self, name: str) -> bool:
        """Whether the question has a parameter."""
        return name in self.parameters


@dataclass(frozen=True)
class Ideas:
    """The ideas with their words, and the questions that they tell."""

    by_name: Mapping[str, Idea]
    spellings: tuple[tuple[str, Idea], ...]
    asked: tuple[Asked, ...]

    @cached_property
    def lexicon(self) -> Lexicon[Idea]:
        """The words alone, without the names of a release."""
        return Lexicon.of(self.spellings)


def read_ideas(catalogue: Mapping[str, Question], ideas: Path = IDEAS, questions: Path = QUESTIONS) -> Ideas:
    """Read both files. Raises AskingError."""
    by_name, spellings = {}, []
    for name, entry in read_toml(ideas, AskingError).items():
        words = [*entry.get("vi", ()), *entry.get("en", ())]
        if not words or set(entry) - _KEYS or not all(isinstance(word, str) for word in words):
            raise AskingError(f"{ideas}: [{name}]: needs words in vi or en, and takes {', '.join(sorted(_KEYS))} alone")
        only = entry.get("only", "")
        if only not in _PLACES:
            raise AskingError(f'{ideas}: [{name}]: only is "first" or "last", not "{only}"')
        turns, asks_last = bool(entry.get("turns", False)), bool(entry.get("asks_last", False))
        by_name[name] = Idea(name, float(entry.get("weight", 1)), turns, asks_last, only)
        spellings += [(word, by_name[name]) for word in words]
    table = read_toml(questions, AskingError)
    for unknown in sorted(set(table) - set(catalogue)):
        raise AskingError(f"{questions}: [{unknown}]: there is no such question in graph/questions")
    for name, entry in table.items():
        if not set(catalogue).issuperset(entry.get("alike", ())):
            raise AskingError(f"{questions}: [{name}]: alike names a question that is not in graph/questions")
    read = Ideas(by_name, tuple(spellings), ())
    asked = tuple(_asked(questions, table.get(one.id, {}), one, read) for one in catalogue.values())
    return Ideas(by_name, tuple(spellings), asked)


def _asked(path: Path, entry: Mapping[str, Any], question: Question, ideas: Ideas) -> Asked:
    place = f"{path}: [{question.id}]"
    readings = tuple(_reading(place, text, ideas.by_name) for text in entry.get("readings", ()))
    tables = entry.get("values", {})
    values = {name: _values(place, question, name, table, ideas) for name, table in tables.items()}
    compares_areas, all_years = (bool(entry.get(name, False)) for name in ("compares_areas", "all_years"))
    alike = frozenset(entry.get("alike", ()))
    return Asked(question, readings or _of_titles(question, ideas), values, compares_areas, all_years, alike)


def _reading(place: str, text: str, ideas: Mapping[str, Idea]) -> Reading:
    needed, kinds, optional = [], [], set()
    for word in text.split():
        name = word.removesuffix("?")
        known = name[1:] in KINDS if name.startswith(":") else name in ideas
        if not known:
            raise AskingError(
                f'{place}: "{name}" is neither an idea of ideas.toml nor one of :{", :".join(sorted(KINDS))}'
            )
        if word.endswith("?"):
            optional.add(name.removeprefix(":"))
        elif name.startswith(":"):
            kinds.append(name[1:])
        else:
            needed.append(name)
    return Reading(tuple(needed), tuple(kinds), frozenset(optional))


def _of_titles(question: Question, ideas: Ideas) -> tuple[Reading, ...]:
    """Readings of a question without an entry: the ideas of its titles."""
    readings = []
    for title in (question.title.vi, question.title.en):
        found = longest_first(ideas.lexicon.matches(tokens(title)), set())
        names = [match.meanings[0].name for match in found if match.meanings[0].weight]
        readings += [Reading(tuple(dict.fromkeys(names)), (), frozenset())] if names else []
    return tuple(readings)


def _values(
    place: str, question: Question, name: str, table: Mapping[str, Sequence[str]], ideas: Ideas
) -> Lexicon[str]:
    """The words for the codes of a parameter; "#coordinate" stands for all words of that idea."""
    parameter = next((one for one in question.parameters if one.name == name), None)
    if parameter is None or parameter.type not in (ParameterType.STRING, ParameterType.IRI):
        raise AskingError(f'{place}: values: the question has no parameter "{name}" that takes codes')
    of_ideas = {f"#{idea}": [word for word, one in ideas.spellings if one.name == idea] for idea in ideas.by_name}
    return Lexicon.of(
        (spelling, value)
        for value, words in table.items()
        for word in (value, *words)
        for spelling in of_ideas.get(word, (word,))
    )

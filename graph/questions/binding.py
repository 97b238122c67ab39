"""Gives a question its parameters: text from outside becomes RDF terms, and the terms become the query that is run.

The query that runs is the query that is shown: the values stand in VALUES lines, written by the library's serialisation
of the terms, so a reader can paste it into any SPARQL 1.1 endpoint and gets the same rows. What a caller typed never
reaches the query; only a checked term does. (The engine's own substitution of variables was measured and not taken: it
decides FILTER(BOUND(?x)) before the value is there, which silently gives wrong rows, it plans joins without knowing the
value, about thirty times slower on 400,000 triples, and no other store has it.)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from graph.namespaces import BASE, XSD
from graph.questions.question import Parameter, ParameterType, Question, Text
from graph.questions.table import Table

Term = NamedNode | Literal
"""What a parameter can be bound to."""


WHERE = "\nWHERE {\n"
"""The line of a query behind which the parameters stand."""

_NAMED_CHOICES = 50  # allowed values that an error message lists
_SHOWN = 80  # characters of a value that an error message repeats
_SHORT_OR_IRI = re.compile(r"[a-z0-9./_-]+|https?://\S+")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a parameter can take: as it is given, and what it is called, in English too where it has a name."""

    value: str
    label: str
    label_en: str = ""

    def in_language(self, language: str) -> str:
        """Return what it is called in `language`, "vi" or "en", as far as that is known."""
        return self.label_en if language == "en" and self.label_en else self.label


def may_be_name(parameter: Parameter, given: str) -> bool:
    """Tell whether a value given may be what a thing is called: it is neither an IRI nor the end of one."""
    return parameter.type is ParameterType.IRI and bool(parameter.values) and not _SHORT_OR_IRI.fullmatch(given)


def meant(parameter: Parameter, given: str, allowed: Sequence[Choice]) -> str:
    """Return the value that somebody means who typed what it is called, in either language and in letters of any case.

    A value itself, and what can be no name, is returned as given. Raises ParameterError where several are called so,
    and where none is: the message then lists those whose names have it in them.
    """
    if any(given == one.value for one in allowed):
        return given
    called = [one for one in allowed if _folded(given) in _names(one)]
    if len(called) > 1:
        said = Text(
            f'nhiều giá trị của tham số "{parameter.name}" có tên "{shown(given)}"',
            f'several values of the parameter "{parameter.name}" are called "{shown(given)}"',
        )
        raise ParameterError(said, parameter).with_allowed(called)
    if not called and may_be_name(parameter, given):
        said = Text(
            f'tham số "{parameter.name}" không có giá trị nào tên là "{shown(given)}"',
            f'no value of the parameter "{parameter.name}" is called "{shown(given)}"',
        )
        near = [one for one in allowed if any(_folded(given) in name for name in _names(one))]
        raise ParameterError(said, parameter).with_allowed(near or allowed)
    return called[0].value if called else given


def typed(allowed: Sequence[Choice], language: str) -> dict[str, str]:
    """Return what to type for each value: what it is called in `language`, or the value where another is called so."""
    bearers = Counter(name for one in allowed for name in _names(one))
    names = {one.value: one.in_language(language) for one in allowed}
    return {value: name if bearers[_folded(name)] == 1 else value for value, name in names.items()}


def _names(choice: Choice) -> set[str]:
    return {_folded(name) for name in (choice.label, choice.label_en) if name}


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


class ParameterError(Exception):
    """A parameter of a question is unknown, missing or ill-typed; the message names those that exist.

    `said` is the message in both languages, which as a string is the English one. `parameter` is the one whose value is
    missing or does not fit; None where the name is unknown.
    """

    def __init__(self, said: Text, parameter: Parameter | None = None) -> None:
        """Take the message and the parameter that it is about."""
        super().__init__(said.en)
        self.said = said
        self.parameter = parameter

    def with_allowed(self, allowed: Sequence[Choice]) -> ParameterError:
        """Return the same, with the values that the parameter can take."""
        values = named(allowed)
        return ParameterError(Text(f"{self.said.vi}; {values.vi}", f"{self.said.en}; {values.en}"), self.parameter)


def bind(question: Question, given: Mapping[str, str], base: str = BASE) -> dict[str, Term]:
    """Return the terms that the question's variables get for the values given, by name in the question's order.

    Raises ParameterError.
    """
    known = {parameter.name for parameter in question.parameters}
    for name in given:
        if name not in known:
            listed = _parameters(question)
            raise ParameterError(
                Text(
                    f'câu hỏi "{question.id}" không có tham số "{shown(name)}". {listed.vi}',
                    f'the question "{question.id}" has no parameter "{shown(name)}". {listed.en}',
                )
            )
    bound = {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            bound[parameter.name] = read_value(parameter, value, base)
        elif parameter.required:
            example = f"{parameter.name}={parameter.example}"
            said = Text(
                f'thiếu tham số "{parameter.name}", ví dụ {example}',
                f'the parameter "{parameter.name}" is missing, for example {example}',
            )
            raise ParameterError(said, parameter)
    _check_window(question, bound)
    return bound


def render(question: Question, bound: Mapping[str, Term], sparql: str | None = None) -> str:
    """Return the query with its parameters' values in it; `sparql` is the question's evidence query, if that is meant.

    They stand behind each line that is exactly "WHERE {". A parameter that has no value leaves no line, nor does its
    pattern.
    """
    lines = []
    for parameter in question.parameters:
        if parameter.name in bound:
            lines.append(f"  VALUES ?{parameter.name} {{ {bound[parameter.name]} }}")
            if parameter.pattern:
                lines.append(f"  {parameter.pattern}")
    text = question.sparql if sparql is None else sparql
    return text.replace(WHERE, WHERE + "".join(f"{line}\n" for line in lines))


def shown(given: str) -> str:
    """Return what was given as an error message repeats it: the beginning of what is very long."""
    return given if len(given) <= _SHOWN else f"{given[:_SHOWN]}…"


def short_value(parameter: Parameter, iri: str, base: str = BASE) -> str:
    """Return the shortest value that means `iri` for this parameter: what stands behind its base, else all of it."""
    return iri.removeprefix(f"{base}id/{parameter.base}/")


def choices(parameter: Parameter, found: Table) -> list[Choice]:
    """Return the values that a parameter can take from the solutions of its values query."""
    plain = ({name: term["value"] for name, term in row.items()} for row in found.rows)
    return [
        Choice(_short(parameter, row["value"]), row.get("label", row["value"]), row.get("labelEn", "")) for row in plain
    ]


def check_choice(parameter: Parameter, term: Term, allowed: Sequence[Choice]) -> None:
    """Raise ParameterError when a value is none of those that the parameter can take."""
    value = _short(parameter, term.value)
    if all(value != choice.value for choice in allowed):
        said = Text(
            f'tham số "{parameter.name}" không có giá trị "{shown(value)}"',
            f'the parameter "{parameter.name}" has no value "{shown(value)}"',
        )
        raise ParameterError(said, parameter).with_allowed(allowed)


def named(allowed: Sequence[Choice]) -> Text:
    """Return the allowed values as words for an error message, which says how many it leaves out."""
    if not allowed:
        return Text("bản dữ liệu này không có giá trị nào cho nó", "this release has no value for it")
    listed = ", ".join(choice.value for choice in allowed[:_NAMED_CHOICES])
    left_out = len(allowed) - _NAMED_CHOICES
    more = (f" và {left_out} giá trị khác", f" and {left_out} more") if left_out > 0 else ("", "")
    return Text(f"có thể là {listed}{more[0]}", f"it can be {listed}{more[1]}")


def _short(parameter: Parameter, value: str) -> str:
    return short_value(parameter, value) if parameter.type is ParameterType.IRI else value


def read_value(parameter: Parameter, value: str, base: str = BASE) -> Term:
    """Read a value as its parameter's type says (lexical forms: XML Schema 1.1 part 2, 3.3.3, 3.3.9, 3.4.13).

    Raises ParameterError.
    """
    match parameter.type:
        case ParameterType.IRI:
            iri = value if value.startswith(("http://", "https://")) else f"{base}id/{parameter.base}/{value}"
            try:
                return NamedNode(iri)
            except ValueError as error:
                raise _ill_typed(parameter, value, Text(f"không thành IRI: {error}", f"as IRI: {error}")) from None
        case ParameterType.INTEGER:
            if re.fullmatch(r"[+-]?[0-9]{1,18}", value, re.ASCII) is None:
                raise _ill_typed(
                    parameter,
                    value,
                    Text("không phải số nguyên có tối đa 18 chữ số", "no whole number of at most 18 digits"),
                )
            return Literal(value, datatype=NamedNode(f"{XSD}integer"))
        case ParameterType.DECIMAL:
            if re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", value, re.ASCII) is None:
                reason = Text("không phải số, như 0.9", "no number such as 0.9")
                raise _ill_typed(parameter, value, reason)
            return Literal(value, datatype=NamedNode(f"{XSD}decimal"))
        case ParameterType.DATE:
            try:
                day = date.fromisoformat(value)
            except ValueError:
                raise _ill_typed(
                    parameter, value, Text("không phải ngày, như 2025-12-31", "no date such as 2025-12-31")
                ) from None
            return Literal(day.isoformat(), datatype=NamedNode(f"{XSD}date"))
        case ParameterType.STRING:
            return Literal(value)


def _ill_typed(parameter: Parameter, value: str, reason: Text) -> ParameterError:
    said = Text(
        f'giá trị "{shown(value)}" của tham số "{parameter.name}" không hợp: {reason.vi}. Ví dụ: {parameter.example}',
        f'the value "{shown(value)}" of the parameter "{parameter.name}" does not fit: {reason.en}. '
        f"An example is {parameter.example}",
    )
    return ParameterError(said, parameter)


def _check_window(question: Question, bound: Mapping[str, Term]) -> None:
    """Raise ParameterError for a window whose last day is before its first: no task can be in it."""
    if "from" not in bound or "to" not in bound or bound["from"].value <= bound["to"].value:
        return
    first, last = bound["from"].value, bound["to"].value
    said = Text(
        f'tham số "to" ({last}) là ngày trước tham số "from" ({first}); hãy đổi chỗ hai ngày',
        f'the parameter "to" ({last}) is a day before the parameter "from" ({first}); exchange the two days',
    )
    raise ParameterError(said, next(one for one in question.parameters if one.name == "to"))


def _parameters(question: Question) -> Text:
    names = [(one.name, one.example) for one in question.parameters]
    if not names:
        return Text("Câu hỏi này không có tham số", "It has no parameters")
    vi = ", ".join(f"{name} (như {example})" for name, example in names)
    en = ", ".join(f"{name} (such as {example})" for name, example in names)
    return Text(f"Các tham số là {vi}", f"Its parameters are {en}")

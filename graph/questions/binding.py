"""Gives a question its parameters: text from outside becomes RDF terms, and the terms become the query that is run.

The query that runs is the query that is shown: the values stand in VALUES lines, written by the library's serialisation
of the terms, so a reader can paste it into any SPARQL 1.1 endpoint and gets the same rows. What a caller typed never
reaches the query; only a checked term does. (The engine's own substitution of variables was measured and not taken: it
decides FILTER(BOUND(?x)) before the value is there, which silently gives wrong rows, it plans joins without knowing the
value, about thirty times slower on 400,000 triples, and no other store has it.)
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from graph.namespaces import BASE, XSD
from graph.questions.question import Parameter, ParameterType, Question
from graph.questions.table import Table

Term = NamedNode | Literal
"""What a parameter can be bound to."""


WHERE = "\nWHERE {\n"
"""The line of a query behind which the parameters stand."""

_NAMED_CHOICES = 50  # allowed values that an error message lists


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a parameter can take: as it is given, and what it is called."""

    value: str
    label: str


class ParameterError(Exception):
    """A parameter of a question is unknown, missing or ill-typed; the message names those that exist.

    `parameter` is the one whose value is missing or does not fit; None where the name is unknown.
    """

    def __init__(self, message: str, parameter: Parameter | None = None) -> None:
        """Take the message and the parameter that it is about."""
        super().__init__(message)
        self.parameter = parameter


def bind(question: Question, given: Mapping[str, str], base: str = BASE) -> dict[str, Term]:
    """Return the terms that the question's variables get for the values given, by name in the question's order.

    Raises ParameterError.
    """
    known = {parameter.name for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise ParameterError(f'the question "{question.id}" has no parameter "{name}". {_parameters(question)}')
    bound = {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            bound[parameter.name] = _term(parameter, value, base)
        elif parameter.required:
            example = f"{parameter.name}={parameter.example}"
            raise ParameterError(f'the parameter "{parameter.name}" is missing, for example {example}', parameter)
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


def short_value(parameter: Parameter, iri: str, base: str = BASE) -> str:
    """Return the shortest value that means `iri` for this parameter: what stands behind its base, else all of it."""
    return iri.removeprefix(f"{base}id/{parameter.base}/")


def choices(parameter: Parameter, found: Table) -> list[Choice]:
    """Return the values that a parameter can take from the solutions of its values query."""
    pairs = ((row["value"]["value"], row.get("label", row["value"])["value"]) for row in found.rows)
    return [Choice(_short(parameter, value), label) for value, label in pairs]


def check_choice(parameter: Parameter, term: Term, allowed: Sequence[Choice]) -> None:
    """Raise ParameterError when a value is none of those that the parameter can take."""
    value = _short(parameter, term.value)
    if all(value != choice.value for choice in allowed):
        message = f'the parameter "{parameter.name}" has no value "{value}"; {named(allowed)}'
        raise ParameterError(message, parameter)


def named(allowed: Sequence[Choice]) -> str:
    """Return the allowed values as words for an error message, which says how many it leaves out."""
    if not allowed:
        return "this release has no value for it"
    listed = ", ".join(choice.value for choice in allowed[:_NAMED_CHOICES])
    more = f" and {len(allowed) - _NAMED_CHOICES} more" if len(allowed) > _NAMED_CHOICES else ""
    return f"it can be {listed}{more}"


def _short(parameter: Parameter, value: str) -> str:
    return short_value(parameter, value) if parameter.type is ParameterType.IRI else value


def _term(parameter: Parameter, value: str, base: str) -> Term:
    """Read a value as its parameter's type says (lexical forms: XML Schema 1.1 part 2, 3.3.3, 3.3.9, 3.4.13)."""
    match parameter.type:
        case ParameterType.IRI:
            iri = value if value.startswith(("http://", "https://")) else f"{base}id/{parameter.base}/{value}"
            try:
                return NamedNode(iri)
            except ValueError as error:
                raise _ill_typed(parameter, value, f"as IRI: {error}") from None
        case ParameterType.INTEGER:
            if re.fullmatch(r"[+-]?[0-9]{1,18}", value, re.ASCII) is None:
                raise _ill_typed(parameter, value, "no whole number of at most 18 digits")
            return Literal(value, datatype=NamedNode(f"{XSD}integer"))
        case ParameterType.DECIMAL:
            if re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", value, re.ASCII) is None:
                raise _ill_typed(parameter, value, "no number such as 0.9")
            return Literal(value, datatype=NamedNode(f"{XSD}decimal"))
        case ParameterType.DATE:
            try:
                day = date.fromisoformat(value)
            except ValueError:
                raise _ill_typed(parameter, value, "no date such as 2025-12-31") from None
            return Literal(day.isoformat(), datatype=NamedNode(f"{XSD}date"))
        case ParameterType.STRING:
            return Literal(value)


def _ill_typed(parameter: Parameter, value: str, reason: str) -> ParameterError:
    return ParameterError(
        f'the value "{value}" of the parameter "{parameter.name}" does not fit: {reason}. '
        f"An example is {parameter.example}",
        parameter,
    )


def _parameters(question: Question) -> str:
    names: Iterable[str] = (f"{one.name} (such as {one.example})" for one in question.parameters)
    listed = ", ".join(names)
    return f"Its parameters are {listed}" if listed else "It has no parameters"

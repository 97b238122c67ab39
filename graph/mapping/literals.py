"""Values as RDF literals. What is not there gives None, which states nothing."""

from __future__ import annotations

from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from graph.namespaces import XSD

_MONTH_LENGTH, _DAY_LENGTH = 7, 10


def vi(text: str | None) -> Literal | None:
    """Vietnamese text, as it is written."""
    return Literal(text, language="vi") if text else None


def plain(text: str | None) -> Literal | None:
    """Text of no language: a number, a unit, a name of a field."""
    return Literal(text) if text else None


def integer(number: int) -> Literal:
    """A whole number."""
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def decimal(number: float | None) -> Literal | None:
    """A number as xsd:decimal, without zeros at its end."""
    if number is None:
        return None
    return Literal(format(Decimal(repr(number)).normalize(), "f"), datatype=NamedNode(XSD + "decimal"))


def time_literal(time: str | None) -> Literal | None:
    """A partial date as gYear, gYearMonth or date."""
    if time is None:
        return None
    kind = "date" if len(time) == _DAY_LENGTH else "gYearMonth" if len(time) == _MONTH_LENGTH else "gYear"
    return Literal(time, datatype=NamedNode(XSD + kind))

"""What holds of every question file, on a release built from the five plans."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph
import pytest

from graph.questions.answers import Row, plain_rows
from graph.questions.binding import ParameterError, Term, bind, check_choice, choices, render
from graph.questions.catalogue import read_catalogue
from graph.questions.question import ColumnType, Parameter, Question
from graph.solutions import table
from graph.store import Store

CATALOGUE = read_catalogue()
PARAMETERS = [(question, parameter) for question in CATALOGUE.values() for parameter in question.parameters]
ATTACKS = [
    '" } } ; DROP ALL #',
    'x" . ?s ?p ?o . FILTER(true) #',
    "data> } UNION { ?s ?p ?o } #",
    "> <http://example.org/x",
    "data } SERVICE <http://example.org/sparql> { ?s ?p ?o }",
    "1) || (1 = 1",
    '2025-01-01" || true || "',
    '\\" \\u0022 }',
    "' OR '1'='1",
    "WHERE {\n  ?s ?p ?o",
    "${jndi:ldap://x}",
    "%22%20%7D",
]


def named(one: Question | Parameter) -> str:
    return one.id if isinstance(one, Question) else one.name


def answer(store: Store, question: Question, given: Mapping[str, str]) -> list[Row]:
    return plain_rows(question.columns, table(store, render(question, bind(question, given))))


def example(question: Question, but: Parameter) -> dict[str, str]:
    return {one.name: one.example for one in question.parameters if one.required and one.name != but.name}


def test_there_are_enough() -> None:
    assert len(CATALOGUE) >= 25


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_the_sample_has_rows_and_each_stands_once(plans_store: Store, question: Question) -> None:
    rows = answer(plans_store, question, question.sample)
    assert rows
    assert len({str(row) for row in rows}) == len(rows), "a join gives rows twice"


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_cells_are_what_their_columns_say(plans_store: Store, question: Question) -> None:
    for row in answer(plans_store, question, question.sample):
        for column in question.columns:
            value = row[column.name]
            if column.type is ColumnType.IRI:
                assert value is None or value.startswith("https://w3id.org/phancong/"), column.name
            if column.type is ColumnType.DATE:
                assert value is None or len(value) == len("2025-12-31"), column.name
            if column.link and value is not None:
                assert row[column.link], f"{column.name} is no link"
            if column.words:
                assert value in column.words, f"{column.name}: nobody says what {value} is in words"


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_the_columns_tell_all_that_the_query_projects(plans_store: Store, question: Question) -> None:
    described = {column.name for column in question.columns}
    assert described == set(table(plans_store, render(question, bind(question, question.sample))).variables)


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=lambda one: one.id)
def test_the_bare_query_runs_with_nothing_given(plans_store: Store, question: Question) -> None:
    if any(parameter.required for parameter in question.parameters):
        with pytest.raises(ParameterError, match="is missing"):
            bind(question, {})
    else:
        assert answer(plans_store, question, {})


@pytest.mark.parametrize(("question", "parameter"), PARAMETERS, ids=named)
def test_the_example_of_a_parameter_is_a_value_that_it_can_take(
    plans_store: Store, question: Question, parameter: Parameter
) -> None:
    values = {**example(question, parameter), parameter.name: parameter.example}
    bound = bind(question, values)
    if parameter.values:
        check_choice(parameter, bound[parameter.name], choices(parameter, table(plans_store, parameter.values)))
    table(plans_store, render(question, bound))


@pytest.mark.parametrize(("question", "parameter"), PARAMETERS, ids=named)
def test_no_value_gets_out_of_its_term(plans_store: Store, question: Question, parameter: Parameter) -> None:
    """What a caller types is refused, or stands in one term of one line and changes nothing else of the query."""
    plain = bind(question, {**example(question, parameter), parameter.name: parameter.example})
    for attack in ATTACKS:
        try:
            bound = bind(question, {**example(question, parameter), parameter.name: attack})
        except ParameterError:
            continue
        assert read_back(bound[parameter.name]) == bound[parameter.name]
        same = lines(question, bound, parameter) == lines(question, plain, parameter)
        assert same, f"{attack} changes the query"
        found = table(plans_store, render(question, bound))
        if parameter.values:
            with pytest.raises(ParameterError, match="it can be"):
                check_choice(parameter, bound[parameter.name], choices(parameter, table(plans_store, parameter.values)))
        assert found.rows == (), "a value that nothing has finds nothing"


def lines(question: Question, bound: Mapping[str, Term], parameter: Parameter) -> list[str]:
    """The lines of the query that is run, but for those that give the parameter its value."""
    text = render(question, bound).replace(f"{{ {bound[parameter.name]} }}", "…")
    return text.split("\n")


def read_back(term: Term) -> object:
    """The term as the engine reads it where the query has it."""
    (solution,) = pyoxigraph.Store().query(f"SELECT ?x WHERE {{ VALUES ?x {{ {term} }} }}")
    return solution["x"]

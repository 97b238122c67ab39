"""Asks the queries of queries/*.rq about one thing, and keeps their answers while the release is in use.

A query speaks of the thing as ?this, which gets its value as in the questions: in a VALUES line, from a checked term.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.questions.table import read_table
from graph.store import PREFIXES, ResultKind
from service.cache import AnswerCache
from service.leases import whole
from service.names import Names
from service.pool import Lease
from service.workers import Query

_QUERIES = Path(__file__).with_name("queries")
_WHERE = "\nWHERE {\n"
_FORMATS = {
    ResultKind.SOLUTIONS: "application/sparql-results+json",
    ResultKind.BOOLEAN: "application/sparql-results+json",
    ResultKind.GRAPH: "text/turtle",
}

Row = Mapping[str, str]
"""A solution: the values of the variables that have one, as text."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks about what: a worker, the thing, the language of the page, what the page was given, the names of the
    vocabularies, and the answers that are kept."""

    lease: Lease
    thing: NamedNode
    language: str
    given: Mapping[str, str]
    names: Names
    kept: AnswerCache

    def name(self, iri: str) -> str:
        """Return the name of a thing of the vocabularies in the language of the page."""
        return self.names.of(iri, self.language)

    async def rows(self, query: str, pattern: str = "", **values: Iterable[NamedNode | Literal]) -> list[Row]:
        """Return the solutions of a query of queries/: about the thing, or with the values given to its variables.

        `pattern` is a triple pattern to add, as in the parameters of questions.
        """
        text = with_values(read_query(query), pattern, values or {"this": (self.thing,)})
        asked = Query(text, _FORMATS)
        answer = self.kept.get(self.lease.release, asked)
        if answer is None:
            answer = await self.lease.run(asked)
            self.kept.put(asked, answer)
        return [{name: term["value"] for name, term in row.items()} for row in read_table(await whole(answer)).rows]


@lru_cache(maxsize=64)
def read_query(name: str) -> str:
    """Return a query of queries/ as it is written there."""
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def with_values(text: str, pattern: str, values: Mapping[str, Iterable[NamedNode | Literal]]) -> str:
    """Return a query whose variables have values, with the prefixes that it uses.

    The terms write themselves, as the questions' do.
    """
    lines = [f"  VALUES ?{name} {{ {' '.join(map(str, terms))} }}\n" for name, terms in values.items()]
    head, where, body = text.partition(_WHERE)
    query = head + where + "".join(lines) + (f"  {pattern}\n" if pattern else "") + body
    used = (prefix for prefix in PREFIXES if f"{prefix}:" in query)
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + query

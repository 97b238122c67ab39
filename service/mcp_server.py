"""`phancong mcp`: the questions, the search, the things and read-only SPARQL as tools of the Model Context Protocol.

https://modelcontextprotocol.io/specification. The tools run in the same workers, under the same limits, as those who
ask over HTTP; every answer carries the release, the SPARQL, IRIs and the passages that say so. What cannot be answered
is an error of the tool, with the reason and what to do.
"""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field
from pyoxigraph import NamedNode

from graph.namespaces import BASE, thing
from graph.questions.answers import described_column
from graph.questions.metadata import CatalogueError
from graph.questions.question import ColumnType, Question
from graph.questions.table import Table, read_table
from graph.search import FACETS, INDEX, Found, QueryError, Search, SearchError, SearchTimeoutError
from graph.store import PREFIXES, ResultKind, StoreError, open_read_only
from service.leases import leased, select, whole
from service.mcp_records import (
    Description,
    From,
    Hit,
    Hits,
    ParameterAbout,
    Passage,
    Pointing,
    QuestionAbout,
    Questions,
    Result,
    Rows,
    Statement,
    Value,
)
from service.pages import short_name
from service.pool import Lease
from service.problems import Problem
from service.questions import ask_question
from service.releases import Release, ReleaseError
from service.settings import Settings, SettingsError, from_environment
from service.shared import Service
from service.starting import make_service, workers_of
from service.workers import Query

LARGEST_RESULT = 1 << 20
"""Bytes of a SPARQL result that a tool answers with; longer ones are refused, never cut."""

_MOST_ROWS = 500
_MOST_HITS = 100
_WITH_PASSAGES = 100  # things of an answer whose passages come with it
_VALUES = 500  # of a description
_OWN = "(^pc:indicator)?/prov:wasDerivedFrom"  # an indicator that plans share has the passages of theirs
_PARTS = (  # of a task or indicator
    "(pc:assignment|pc:classification|pc:deadline|pc:target|pc:baseline|^pc:indicator)?/prov:wasDerivedFrom"
)
_ITEMS = f"{BASE}id/"
_ADDRESS = re.compile(rf"(?:{re.escape(BASE)}(?:page|data)/|/?(?:(?:id|page|data)/)?(?!https?:))(?P<item>.*)")
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_PLAIN_FACETS = ("kind", "year")
_PROLOGUE = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("dct", "eli", "oa", "pc", "prov", "rdfs", "skos")
)
_FORMATS = {
    ResultKind.SOLUTIONS: "application/sparql-results+json",
    ResultKind.BOOLEAN: "application/sparql-results+json",
    ResultKind.GRAPH: "text/turtle",
}
_INSTRUCTIONS = (
    "Who leads and coordinates which task, by when, with which indicators, in the plans by which Vietnamese "
    "authorities carry out Resolutions 57-NQ/TW and 71/NQ-CP. Begin with list_questions; run_question answers with the "
    "passages of the plans. Cite the passages and IRIs. Prefixes for sparql: "
    + ", ".join(f"{name}: <{iri}>" for name, iri in PREFIXES.items())
)


class McpError(Exception):
    """The server cannot start: one line that says why and what to do."""


def serve_mcp(release_dir: Path) -> None:
    """Serve the tools on standard input and output until the client is gone. Raises McpError."""
    try:
        settings = from_environment(os.environ)
        server = make_server(settings, release_dir)
    except (SettingsError, ReleaseError, CatalogueError, StoreError) as error:
        raise McpError(str(error)) from error
    server.run()


def make_server(settings: Settings, release_dir: Path) -> MCPServer[None]:
    """Make the server for a folder of releases. Raises ReleaseError, CatalogueError and StoreError."""
    limited = replace(settings, result_bytes=min(settings.result_bytes, LARGEST_RESULT))
    service = make_service(limited, release_dir)
    open_read_only(service.releases.current().store)  # a damaged store is said here and not by the first tool

    @asynccontextmanager
    async def lifespan(_: MCPServer[None]) -> AsyncIterator[None]:
        async with workers_of(service):
            yield

    server = MCPServer[None]("phancong", title="Phân Công", instructions=_INSTRUCTIONS, lifespan=lifespan)
    tools = Tools(service)
    for tool in (tools.list_questions, tools.run_question, tools.search, tools.describe, tools.sparql):
        server.add_tool(tool, annotations=_READS)
    return server


class Tools:
    """The tools; each answers from the release in use."""

    def __init__(self, service: Service) -> None:
        """Take what answers."""
        self._service = service

    async def list_questions(self) -> Questions:
        """List the questions that have been prepared, with their parameters, for run_question."""
        release = self._service.releases.current()
        listed = [_about(question) for question in self._service.questions.values()]
        return Questions(release.id, release.issued, listed)

    async def run_question(
        self,
        question: Annotated[str, Field(description="The id of a question, as list_questions gives it.")],
        parameters: Annotated[dict[str, str] | None, Field(description="Values by name, as texts.")] = None,
        limit: Annotated[int, Field(ge=1, le=_MOST_ROWS, description="Rows to return.")] = 50,
        offset: Annotated[int, Field(ge=0, description="Rows to pass over.")] = 0,
    ) -> Rows:
        """Answer a prepared question, with the SPARQL that was run and the passages of the plans that say so."""
        asked = self._service.questions.get(question)
        if asked is None:
            raise ToolError(
                f'There is no question "{question}"; the questions are {", ".join(self._service.questions)}.'
            )
        async with self._known() as lease:
            found = await ask_question(lease, asked, parameters or {})
            rows = [dict(row) for row in found.rows[offset : offset + limit]]
            things = _things(_things_of_rows(asked, rows))
            passages = await _passages(lease, _passage_query(things))
            return Rows(
                answer=_from(lease.release, found.sparql),
                question=asked.title.en,
                parameters={name: term.value for name, term in found.bound.items()},
                columns=[described_column(column) for column in asked.columns],
                row_count=len(found.rows),
                offset=offset,
                rows=rows,
                passages=passages,
                without_passages=max(0, len(things) - _WITH_PASSAGES),
                other_readings=list(asked.other_readings),
            )

    async def search(
        self,
        words: Annotated[str, Field(description="Vietnamese words; accents count where they are typed.")],
        filters: Annotated[
            dict[str, str] | None,
            Field(description=f"Values by facet ({', '.join(FACETS)}), such as area: quang-tri, kind: task."),
        ] = None,
        limit: Annotated[int, Field(ge=1, le=_MOST_HITS, description="Hits to return.")] = 20,
    ) -> Hits:
        """Find tasks, agencies, documents and indicators by words, with the passages that say what they are."""
        if not words.strip():
            raise ToolError("There are no words to look for. Give some; filters alone find nothing.")
        wanted = _filters(filters or {})
        async with self._known() as lease:
            found = await asyncio.to_thread(self._find, lease.release, words, wanted, limit)
            query = _passage_query([hit.iri for hit in found.hits], _OWN)
            passages = await _passages(lease, query)
        hits = [Hit(hit.iri, hit.title, hit.kind) for hit in found.hits]
        return Hits(_from(lease.release, query), found.total, found.relaxed, hits, passages)

    async def describe(
        self, iri: Annotated[str, Field(description=f"The IRI of a thing, or what stands behind {_ITEMS}.")]
    ) -> Description:
        """Tell what is said of a thing (task, agency, document, indicator, topic …), and the passages that say so."""
        node = _node(_whole(iri.strip()))
        query = _description_query(node)
        async with self._known() as lease:
            said = await select(lease, query)
            pointing = await select(lease, _pointing_query(node))
            passages = await _passages(lease, _passage_query([node.value], _PARTS))
            if not said.rows and not pointing.rows:
                raise ToolError(f"The graph says nothing about {node.value}. Look for its IRI with search.")
            return _description(_from(lease.release, query), node.value, said, pointing, passages)

    async def sparql(
        self, query: Annotated[str, Field(description="A SPARQL 1.1 query; updates are refused.")]
    ) -> Result:
        """Run a read-only SPARQL query over the whole graph; add a LIMIT. Passages come for the things in it."""
        asked = Query(query, _FORMATS)
        async with _problems():
            result = self._service.kept(asked) or await self._service.run(asked)
            content = await whole(result)
        answer = _from(result.release, query)
        if result.kind is ResultKind.GRAPH:
            return Result(answer, result.kind, [], [], None, content.decode(), [], 0)
        if result.kind is ResultKind.BOOLEAN:
            return Result(answer, result.kind, [], [], json.loads(content)["boolean"], None, [], 0)
        table = read_table(content)
        rows = [{name: dict(term) for name, term in row.items()} for row in table.rows]
        things = _things(term["value"] for row in rows for term in row.values() if term["type"] == "uri")
        async with self._known() as lease:
            passages = await _passages(lease, _passage_query(things))
        more = max(0, len(things) - _WITH_PASSAGES)
        return Result(answer, result.kind, list(table.variables), rows, None, None, passages, more)

    def _find(self, release: Release, words: str, filters: Mapping[str, list[str]], limit: int) -> Found:
        seconds = self._service.settings.short_seconds
        try:
            index = Search(release.folder / INDEX, seconds)
            try:
                return index.find(words, filters, limit=limit)
            finally:
                index.close()
        except QueryError as error:
            raise ToolError(f"{error}.") from None
        except SearchTimeoutError:
            raise ToolError(f"A search may take {seconds:g} seconds. Give more or rarer words, or filters.") from None
        except SearchError as error:
            raise ToolError(f"{error}. Another release has to be built.") from None

    @asynccontextmanager
    async def _known(self) -> AsyncIterator[Lease]:
        """Hold a worker for queries of our own; what is wrong becomes an error of the tool."""
        async with _problems(), leased(self._service.known_pool, self._service.settings) as lease:
            yield lease


@asynccontextmanager
async def _problems() -> AsyncIterator[None]:
    try:
        yield
    except Problem as problem:
        kind = problem.type
        raise ToolError(f"{kind.title['en']}: {problem.detail['en']} {kind.advice['en']}") from None


def _from(release: Release, sparql: str) -> From:
    return From(release.id, release.issued, sparql)


def _about(question: Question) -> QuestionAbout:
    parameters = [
        ParameterAbout(
            name=one.name,
            type=one.type,
            required=one.required,
            default=one.default,
            example=one.example,
            vi=one.description.vi,
            en=one.description.en,
        )
        for one in question.parameters
    ]
    return QuestionAbout(question.id, question.title.vi, question.title.en, question.description.en, parameters)


def _things_of_rows(question: Question, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the IRIs in the columns of some rows, in order."""
    found: list[str] = []
    for row in rows:
        for column in question.columns:
            value = row[column.name]
            if column.type is ColumnType.IRI and value:
                found.append(value)
            elif column.type is ColumnType.IRIS:
                found += value
    return found


def _things(iris: Iterable[str]) -> list[str]:
    """Return the things of the graph among some IRIs, each once."""
    return list(dict.fromkeys(iri for iri in iris if iri.startswith(_ITEMS)))


def _passage_query(things: list[str], path: str = "prov:wasDerivedFrom") -> str:
    """Return the query for the passages that the first of some things are derived from."""
    return f"""{_PROLOGUE}SELECT DISTINCT ?thing ?passage ?quote ?source ?start ?end WHERE {{
  VALUES ?thing {{ {" ".join(str(_node(one)) for one in things[:_WITH_PASSAGES])} }}
  ?thing {path} ?passage .
  ?passage oa:hasSource ?source ; oa:hasSelector ?selector .
  ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end .
}} ORDER BY ?thing ?start"""


async def _passages(lease: Lease, query: str) -> list[Passage]:
    rows = [{name: term["value"] for name, term in row.items()} for row in (await select(lease, query)).rows]
    return [
        Passage(row["thing"], row["passage"], row["quote"], row["source"], int(row["start"]), int(row["end"]))
        for row in rows
    ]


def _filters(given: Mapping[str, str]) -> dict[str, list[str]]:
    filters = {}
    for name, value in given.items():
        if name not in FACETS:
            raise ToolError(f'There is no facet "{name}"; the facets are {", ".join(FACETS)}.')
        filters[name] = [value if name in _PLAIN_FACETS or value.startswith("http") else thing(name, value)]
    return filters


def _whole(iri: str) -> str:
    """Return the IRI that is meant by itself, the address of a page or data, or what stands behind /id/."""
    address = _ADDRESS.fullmatch(iri)
    return _ITEMS + address["item"] if address else iri


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise ToolError(f'"{iri}" is no IRI: {error}. Look for the IRI with search.') from None


def _description_query(node: NamedNode) -> str:
    return f"""{_PROLOGUE}SELECT ?property ?value ?label WHERE {{
  {node} ?property ?value .
  OPTIONAL {{ ?value skos:prefLabel|dct:title|rdfs:label|eli:id_local ?label FILTER(LANG(?label) IN ("vi", "")) }}
}} ORDER BY ?property ?value ?label LIMIT {_VALUES + 1}"""


def _pointing_query(node: NamedNode) -> str:
    return f"""SELECT ?property (COUNT(DISTINCT ?subject) AS ?count) WHERE {{
  ?subject ?property {node}
}} GROUP BY ?property ORDER BY ?property"""


def _description(answer: From, iri: str, said: Table, pointing: Table, passages: list[Passage]) -> Description:
    statements: dict[str, dict[str, Value]] = {}
    for row in said.rows[:_VALUES]:
        value = row["value"]
        is_thing = value["type"] == "uri"
        text = row["label"]["value"] if is_thing and "label" in row else value["value"]
        known = statements.setdefault(row["property"]["value"], {})
        known.setdefault(value["value"], Value(text, value["value"] if is_thing else None))
    names = ("skos:prefLabel", "dct:title", "eli:id_local")
    iris = (PREFIXES[prefix] + name for prefix, name in (one.split(":") for one in names))
    label = next((next(iter(statements[one].values())).text for one in iris if one in statements), short_name(iri))
    return Description(
        answer=answer,
        iri=iri,
        label=label,
        statements=[Statement(name, list(values.values())) for name, values in statements.items()],
        complete=len(said.rows) <= _VALUES,
        pointing=[Pointing(row["property"]["value"], int(row["count"]["value"])) for row in pointing.rows],
        passages=passages,
    )

"""/graphs and /graph/…: the read half of the SPARQL 1.1 Graph Store HTTP Protocol (sections 4 and 5.2).

/graphs?graph=IRI names a graph, /graphs?default the default graph, which is the union of all as it is for queries, and
/graph/NAME is a graph of ours at its own IRI.
"""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pyoxigraph import NamedNode

from graph.namespaces import graph_iri
from graph.store import GRAPH_FORMATS, ResultKind
from service.answers import asked_format, result_response, while_connected
from service.leases import leased, select
from service.problems import Problem
from service.results import Result
from service.shared import service_of
from service.workers import Query

router = APIRouter()

_METHODS = ["GET", "HEAD", "OPTIONS"]


@router.api_route("/graphs", methods=_METHODS)
async def graph_store(request: Request) -> Response:
    """Return the triples of the graph that the address names."""
    if request.method == "OPTIONS":
        return _options()
    named = request.query_params.getlist("graph")
    if len(named) + ("default" in request.query_params) != 1:
        raise Problem("malformed-request", "The address names one graph: /graphs?graph=IRI, or /graphs?default.")
    return await _graph(request, _node(named[0]) if named else None)


@router.api_route("/graph/{name:path}", methods=_METHODS)
async def graph(request: Request, name: str) -> Response:
    """Return the triples of a graph of ours at its own IRI."""
    if request.method == "OPTIONS":
        return _options()
    return await _graph(request, _node(graph_iri(name)))


def _options() -> Response:
    return Response(status_code=204, headers={"Allow": ", ".join(_METHODS)})


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise Problem("malformed-request", f"The graph is no absolute IRI: {error}.") from None


async def _graph(request: Request, node: NamedNode | None) -> Response:
    service = service_of(request)
    chosen = asked_format(request, tuple(GRAPH_FORMATS))
    pattern = "?s ?p ?o" if node is None else f"GRAPH {node} {{ ?s ?p ?o }}"
    formats = {ResultKind.GRAPH: chosen, ResultKind.SOLUTIONS: None, ResultKind.BOOLEAN: None}
    await request.body()

    async def run() -> Result:
        async with leased(service.known_pool, service.settings) as lease:
            if node is not None and not (await select(lease, f"SELECT ?s WHERE {{ {pattern} }} LIMIT 1")).rows:
                raise Problem("not-found", f"There is no graph {node.value}; /sparql lists those there are.")
            return await lease.run(Query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", formats))

    return result_response(request, await while_connected(request, run()))

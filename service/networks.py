"""/networks: the responsibility networks, as pages, JSON, GraphML, GEXF, CSV and SVG, and what an edge is made of.

A network without filters is read from the release, where it lies ready; what is asked otherwise a worker computes.
"""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.network.formats import FORMATS
from graph.network.publishing import STRENGTHS
from graph.network.reading import is_directed, kinds, node_iri, parameters
from graph.questions.answers import in_both
from graph.questions.binding import may_be_name
from graph.questions.question import Parameter, Question
from service.answers import asked_format, content_response, json_content, while_connected
from service.document_names import document_names
from service.leases import leased
from service.network_content import computed, network_content
from service.network_pages import VIEW_PARAMETERS, list_choices, network_page
from service.pages import language_of, page_response
from service.problems import Problem
from service.questions import values_meant
from service.shared import Service, service_of
from service.workers import NetworkQuery

router = APIRouter(prefix="/networks")

_FORMATS = {
    "application/json": "json",
    "application/graphml+xml": "graphml",
    "application/gexf+xml": "gexf",
    "text/csv": "edges",
    "image/svg+xml": "svg",
}  # media type -> format; a network as CSV is its list of edges
_SAVED = ("graphml", "gexf", "edges", "nodes")  # what a browser rather saves than shows
_RESERVED = ("format", "lang", *VIEW_PARAMETERS)  # names that are no parameters of networks
_ENDS = ("source", "target")
_CHARSET = "; charset=utf-8"


async def prepare(service: Service) -> None:
    """Let the worker that computes networks start, and list what they can be narrowed to, so that the first reader of
    one waits for neither. Raises Problem."""
    async with leased(service.network_pool, service.settings):
        await list_choices(service, [one for kind in kinds().values() for one in kind.parameters])


@router.api_route("", methods=["GET", "HEAD"])
async def networks(request: Request) -> Response:
    """List the networks with their parameters."""
    release = service_of(request).releases.current()
    if asked_format(request, ("application/json", "text/html")) == "text/html":
        return page_response(request, release, "networks.html", language_of(request), kinds=kinds().values())
    content = json_content({"networks": [_described(kind) for kind in kinds().values()]})
    return content_response(request, release, content, "application/json")


@router.api_route("/{name}", methods=["GET", "HEAD"])
async def network(request: Request, name: str) -> Response:
    """Return a network; the parameters narrow it."""
    kind, given = await _asked(request, name)
    media_type = asked_format(request, (*_FORMATS, "text/html"))
    await request.body()
    if media_type == "text/html":
        return await while_connected(request, network_page(request, kind, given))
    return await _file(request, kind, given, _FORMATS[media_type])


@router.api_route("/{name}/nodes", methods=["GET", "HEAD"])
async def nodes(request: Request, name: str) -> Response:
    """Return the nodes of a network as CSV, or as JSON."""
    return await _table(request, name, "nodes")


@router.api_route("/{name}/edges", methods=["GET", "HEAD"])
async def edges(request: Request, name: str) -> Response:
    """Return the edges of a network as CSV, or as JSON; with ?source= and ?target= what the edge between these two
    nodes is made of, with the passages that say so."""
    if any(end in request.query_params for end in _ENDS):
        return await _edge(request, name)
    return await _table(request, name, "edges")


@router.api_route("/{name}/strengths", methods=["GET", "HEAD"])
async def strengths(request: Request, name: str) -> Response:
    """Return how many nodes and edges are left at each strength, before anything is measured."""
    kind, given = await _asked(request, name)
    asked_format(request, ("application/json",))
    await request.body()
    release, content = await while_connected(request, network_content(service_of(request), kind.id, given, STRENGTHS))
    return content_response(request, release, content, "application/json")


async def _table(request: Request, name: str, table: str) -> Response:
    kind, given = await _asked(request, name)
    media_type = asked_format(request, ("text/csv", "application/json"))
    await request.body()
    if media_type == "text/csv":
        return await _file(request, kind, given, table)
    release, content = await while_connected(request, network_content(service_of(request), kind.id, given, "json"))
    rows = json.loads(content)[table]
    return content_response(request, release, json_content({table: rows}), "application/json")


async def _file(request: Request, kind: Question, given: Mapping[str, str], format: str) -> Response:
    release, content = await while_connected(request, network_content(service_of(request), kind.id, given, format))
    written = FORMATS[format]
    text = "" if written.media_type.startswith("application/") else _CHARSET
    response = content_response(request, release, content, f"{written.media_type}{text}")
    how = "attachment" if format in _SAVED else "inline"
    response.headers["Content-Disposition"] = f'{how}; filename="{kind.id}{written.ending}"'
    return response


async def _edge(request: Request, name: str) -> Response:
    kind, given = await _asked(request, name)
    missing = [end for end in _ENDS if end not in given]
    if missing:
        vi = f'Thiếu tham số "{missing[0]}"; một cạnh có source và target.'
        said = f'The parameter "{missing[0]}" is missing; an edge has a source and a target.'
        raise Problem("bad-parameter", said, {"parameter": missing[0]}, vi=vi)
    ends = node_iri(given["source"]), node_iri(given["target"])
    filters = tuple(sorted((name, value) for name, value in given.items() if name not in _ENDS))
    media_type = asked_format(request, ("application/json", "text/csv", "text/html"))
    await request.body()
    query = NetworkQuery(kind.id, filters, ends=ends)
    release, content = await while_connected(request, computed(service_of(request), query))
    found = json.loads(content)
    if media_type == "text/html":
        service, language = service_of(request), language_of(request)
        cited = {one["document"] for item in found["items"] for one in item["passages"]}
        async with leased(service.known_pool, service.settings) as lease:
            documents = await document_names(lease, service, language, cited)
        return page_response(
            request,
            release,
            "network_edge.html",
            language,
            documents=documents,
            kind=kind,
            directed=is_directed(kind),
            given=given,
            filters=dict(filters),
            found=found,
        )
    if media_type == "text/csv":
        response = content_response(request, release, _passages_csv(found).encode(), f"text/csv{_CHARSET}")
        response.headers["Content-Disposition"] = f'attachment; filename="{kind.id}.edge.csv"'
        return response
    about = {"network": kind.id, "release": {"id": release.id, "issued": release.issued}}
    return content_response(request, release, json_content({**about, **found}), "application/json")


def _passages_csv(found: Mapping[str, Any]) -> str:
    """The passages of an edge's items, a row each (RFC 4180)."""
    names = ("states", "document", "quote", "source", "start", "end")
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(("item", "label", "passage", *names))
    for item in found["items"]:
        for one in item["passages"]:
            writer.writerow((item["iri"], item["label"], one["iri"], *(one[name] for name in names)))
    return output.getvalue()


def _kind(name: str) -> Question:
    if name not in kinds():
        listed = ", ".join(kinds())
        vi = f'Không có mạng "{name}"; các mạng là {listed}.'
        raise Problem("not-found", f'There is no network "{name}"; the networks are {listed}.', vi=vi)
    return kinds()[name]


async def _asked(request: Request, name: str) -> tuple[Question, dict[str, str]]:
    """Return the network that is asked for and the parameters of the request, with values in the place of names."""
    kind, given = _kind(name), _given(request)
    own = {one.name: one for one in kind.parameters}
    named = [own[name] for name in given if name in own and may_be_name(own[name], given[name])]
    if not named:
        return kind, given
    _, offered = await list_choices(service_of(request), named)
    return kind, values_meant(own, given, offered)


def _given(request: Request) -> dict[str, str]:
    """Return the parameters of the request; an empty one, as a form sends it, is not given."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name not in _RESERVED and value]
    given = dict(pairs)
    if len(given) < len(pairs):
        repeated = next(name for name in given if sum(name == other for other, _ in pairs) > 1)
        vi = f'Tham số "{repeated}" được nêu hơn một lần.'
        said = f'The parameter "{repeated}" is given more than once.'
        raise Problem("bad-parameter", said, {"parameter": repeated}, vi=vi)
    return given


def _described(kind: Question) -> dict[str, Any]:
    path = f"/networks/{kind.id}"
    return {
        "name": kind.id,
        "path": path,
        "title": in_both(kind.title),
        "description": in_both(kind.description),
        "parameters": [_described_parameter(one) for one in parameters(kind)],
        "formats": [*_FORMATS, "text/html"],
        "nodes": f"{path}/nodes",
        "edges": f"{path}/edges",
        "strengths": f"{path}/strengths",
    }


def _described_parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "type": one.type,
        "default": one.default,
        "label": in_both(one.label),
        "description": in_both(one.description),
        "example": one.example,
        "values": one.values or None,
    }

"""The page of a network: one state (filters, view, chosen node), read from its address, shown as drawing, matrix or
flows and always as tables. The script of the page draws what the address says and changes nothing but the address."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from graph.network.picture import LETTERS, picture
from graph.network.publishing import STRENGTHS
from graph.network.reading import kinds, node_iri, options, parameters
from graph.network.strengths import strength_text
from graph.questions.binding import Choice, choices, typed
from graph.questions.question import Parameter, Question
from graph.questions.table import read_table
from graph.store import ResultKind
from service.leases import leased, whole
from service.names import Names, names_of
from service.network_answers import TIES
from service.network_content import computed, lies_ready, network_content
from service.network_flows import WIDTH, Flows, flows
from service.network_matrix import network_matrix
from service.pages import language_of, page_response
from service.pool import Lease
from service.problems import Problem
from service.shared import Service, service_of
from service.workers import NetworkQuery, Query

VIEW_PARAMETERS = ("view", "node", "camera", "part")
"""What an address says of the page alone: a kind of view, a node below ``id/``, where the drawing stands ("x,y,ratio"
as shares of the picture), which only the script reads, and the part of the page that the script asks for."""

COLOURS = 8
"""Communities that have a colour of their own (networks.css); the others share one."""

_ROWS = 500  # of a table; the strongest
_FLOWS = {"lead-coordinator": "agency-topic"}  # what says on which topics the leads of a network lead
_VIEWS = ("drawing", "matrix", "flows")
_OPTIONS = {one.name for one in options()}
_FIRST = ("topic", "area", "document", "agency", "role", "relation")  # filters that are not folded away


@dataclass(frozen=True, slots=True)
class Community:
    """A community of a network: its number, how many nodes it has, and the strongest of them."""

    number: int
    size: int
    strongest: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _State:
    """What an address asks of the page: a network, the filters as given, a view, a node; and what that gives: the
    parameters of what is shown, how much is left at each strength, and the JSON of what is shown."""

    kind: Question
    given: Mapping[str, str]
    view: str
    node: str
    shown: Mapping[str, str]
    strengths: Mapping[str, Any]
    found: Mapping[str, Any]


async def network_page(request: Request, kind: Question, given: Mapping[str, str]) -> Response:
    """Return the page of a network; without a strength it is shown at the least that can be read. Raises Problem."""
    service, language = service_of(request), language_of(request)
    view, node = _view(request, kind), request.query_params.get("node", "")
    _, left = await network_content(service, kind.id, _without_strength(given), STRENGTHS)
    strengths = json.loads(left)
    shown = _shown(given, strengths)
    release, content = await network_content(service, kind.id, shown, "json")
    names, offered = await list_choices(service, kind.parameters)
    found = json.loads(content)
    renamed = _rename_topics(found, names, language)
    state = _State(kind, given, view, node, shown, strengths, found)
    about_node = _about_node(state)
    if request.query_params.get("part") == "chosen":
        return page_response(request, release, "network_chosen.html", language, **about_node)
    return page_response(
        request,
        release,
        "network.html",
        language,
        **about_node,
        **_about_page(state),
        **await _about_view(service, state),
        choices=offered,
        typed=typed,
        name_of=lambda iri: names.of(iri, language),
        renamed=renamed,
    )


def _about_node(state: _State) -> dict[str, Any]:
    """What the panel of the chosen node needs, and the page too."""
    page = {"view": state.view if state.view != _VIEWS[0] else "", "node": state.node}
    return {
        "kind": state.kind,
        "found": state.found,
        "by_iri": {node["iri"]: node for node in state.found["nodes"]},
        "chosen": _chosen(state.found, state.node) if state.node else None,
        "colours": COLOURS,
        "state": {**state.given, **{name: value for name, value in page.items() if value}},
        "takes_agency": any(one.name == "agency" for one in state.kind.parameters),
        "given_ties": {name: value for name, value in state.given.items() if name not in _OPTIONS},
    }


def _about_page(state: _State) -> dict[str, Any]:
    """What the form, the counts and the tables need."""
    found, left = state.found, state.strengths["strengths"]
    return {
        "view": state.view,
        "views": _views(state.kind),
        "given": state.given,
        "shown": state.shown,
        "asked_node": state.node,
        "strengths": state.strengths,
        "strength_text": strength_text,
        "whole": left[0] if left else None,
        "parameters": _in_two(parameters(state.kind)),
        "nodes": sorted(found["nodes"], key=lambda node: (-_strength(node), node["iri"])),
        "edges": sorted(found["edges"], key=lambda edge: (-edge["weight"], edge["source"], edge["target"])),
        "communities": communities(found["nodes"]),
        "rows": _ROWS,
    }


async def _about_view(service: Service, state: _State) -> dict[str, Any]:
    """What the view needs that is shown."""
    found = state.found
    match state.view:
        case "matrix":
            return {"matrix": network_matrix(found)}
        case "flows":
            own = {one.name for one in state.kind.parameters} - {"role"}
            return {
                "flows": await _flows(service, state),
                "flows_network": _FLOWS[state.kind.id],
                "flows_width": WIDTH,
                "given_flows": {name: value for name, value in state.given.items() if name in own},
            }
        case _:
            return {"picture": picture(found["nodes"], found["edges"]), "letters": LETTERS}


def _rename_topics(found: Mapping[str, Any], names: Names, language: str) -> dict[str, str]:
    """Give the topics of a network their names in the language of the page, and return these by IRI for the script."""
    topics = [node for node in found["nodes"] if node["kind"] == "topic"] if language != "vi" else []
    for node in topics:
        node["label"] = names.of(node["iri"], language)
    return {node["iri"]: node["label"] for node in topics}


def communities(nodes: Sequence[Mapping[str, Any]]) -> tuple[Community, ...]:
    """Return the communities of a network's nodes, in their order: the largest first."""
    members: dict[int, list[Mapping[str, Any]]] = {}
    for node in nodes:
        members.setdefault(node["community"], []).append(node)
    return tuple(
        Community(number, len(of), min(of, key=lambda node: (-_strength(node), node["iri"])))
        for number, of in sorted(members.items())
    )


def _strength(node: Mapping[str, Any]) -> float:
    strength: float = node["out_strength"] + node["in_strength"]
    return strength


def _views(kind: Question) -> tuple[str, ...]:
    return _VIEWS if kind.id in _FLOWS else _VIEWS[:2]


def _view(request: Request, kind: Question) -> str:
    view = request.query_params.get("view") or _VIEWS[0]
    if view not in _views(kind):
        listed = ", ".join(_views(kind))
        vi = f'Mạng này không có cách xem "{view}"; có {listed}.'
        said = f'This network has no view "{view}"; there are {listed}.'
        raise Problem("bad-parameter", said, {"parameter": "view", "allowed": list(_views(kind))}, vi=vi)
    return view


def _without_strength(given: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if name != "at_least"}


def _shown(given: Mapping[str, str], strengths: Mapping[str, Any]) -> dict[str, str]:
    """Return the parameters of what is shown: the readable strength where none is given, and none where it leaves
    nothing out, so that what lies ready is found."""
    if not strengths["strengths"]:
        return dict(given)
    asked = given.get("at_least", strength_text(strengths["readable"]))
    try:
        weak = float(asked) <= strengths["strengths"][0]["at_least"] and float(asked) >= 0
    except ValueError:
        weak = False  # whoever reads the network says what is wrong
    return _without_strength(given) if weak else {**given, "at_least": asked}


def _in_two(known: Sequence[Parameter]) -> tuple[tuple[Parameter, ...], tuple[Parameter, ...]]:
    """Return the parameters that everybody sees and those that are folded away; the strength has a field of its own."""
    first = [one for one in known if one.name in _FIRST]
    return tuple(first), tuple(one for one in known if one not in first and one.name != "at_least")


def _chosen(found: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """Return the node that an address names, with its edges, the strongest first; None where it is not shown."""
    iri = node_iri(name)
    node = next((node for node in found["nodes"] if node["iri"] == iri), None)
    if node is None:
        return None
    edges = [edge for edge in found["edges"] if iri in (edge["source"], edge["target"])]
    return {**node, "edges": sorted(edges, key=lambda edge: (-edge["weight"], edge["source"], edge["target"]))}


async def _flows(service: Service, state: _State) -> Flows:
    """Return the flows of a network with those of the other one that belong to it, narrowed alike."""
    other = kinds()[_FLOWS[state.kind.id]]
    known = {one.name for one in parameters(other)} - {"role", "without"}
    narrowed = {name: value for name, value in state.shown.items() if name in known}
    if narrowed.keys() == {"at_least"} and lies_ready(service, other.id):
        narrowed = {}  # the weaker ties are left out here, which is sooner than asking a worker
    if narrowed:  # the edges alone, which is all that is drawn of it
        _, content = await computed(service, NetworkQuery(other.id, tuple(sorted(narrowed.items())), TIES))
    else:
        _, content = await network_content(service, other.id, {}, "json")
    at_least = float(state.shown.get("at_least", 0))
    return await asyncio.to_thread(flows, state.found, json.loads(content), at_least)


async def list_choices(service: Service, given: Sequence[Parameter]) -> tuple[Names, dict[str, list[Choice]]]:
    """Return the names of a release and the values that parameters can take, by their names. Raises Problem."""
    async with leased(service.known_pool, service.settings) as lease:
        offered = {one.name: await _choices(service, lease, one) for one in given if one.values}
        return await names_of(lease), offered


async def _choices(service: Service, lease: Lease, parameter: Parameter) -> list[Choice]:
    """Return the values that a parameter can take; they are kept, as a page needs several lists."""
    query = Query(parameter.values, dict.fromkeys(ResultKind, "application/sparql-results+json"))
    result = service.kept(query) or await lease.run(query)
    service.cache.put(query, result)
    return choices(parameter, read_table(await whole(result)))

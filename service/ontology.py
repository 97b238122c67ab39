"""/def: the ontology at its own IRI, as a page in two languages and as RDF, and its JSON-LD context."""

from functools import lru_cache
from typing import Any

import pyoxigraph
from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.namespaces import BASE, thing
from graph.ontology import CONTEXT, FILE, IRI, Ontology, load_ontology
from graph.store import GRAPH_FORMATS
from service.answers import asked_format, content_response, json_content
from service.class_diagram import neighbourhood, overview
from service.leases import leased
from service.names import PREFIXED, Names, names_of
from service.pages import language_of, page_response, short_name
from service.problems import Problem
from service.shared import service_of
from service.texts import PROPERTIES, TEXTS

router = APIRouter()

_FORMATS = {  # media type -> what ?format= calls it, and people
    "text/turtle": ("ttl", "Turtle"),
    "application/ld+json": ("jsonld", "JSON-LD"),
    "application/rdf+xml": ("rdf", "RDF/XML"),
    "application/n-triples": ("nt", "N-Triples"),
}
_CONCEPTS = ("topic", "area", "agency-type")  # what stands behind id/ in the IRIs of concepts that queries ask for
_CONTEXT_TYPES = ("application/ld+json", "application/json")


@router.api_route("/def", methods=["GET", "HEAD"])
async def ontology(request: Request) -> Response:
    """Return the ontology as a page or as RDF; a term such as /def#Task is a place in either."""
    return _ontology(request)


@router.api_route("/def/context.jsonld", methods=["GET", "HEAD"])
async def context(request: Request) -> Response:
    """Return the JSON-LD context, the short names of the terms."""
    chosen = asked_format(request, _CONTEXT_TYPES)
    return _negotiated(content_response(request, service_of(request).releases.current(), CONTEXT.read_bytes(), chosen))


@router.api_route("/def/terms.json", methods=["GET", "HEAD"])
async def terms(request: Request) -> Response:
    """Return the terms that queries use, for completing them: ours and those of other vocabularies, and the topics,
    areas and types of agency, with prefixes, labels in both languages, and, of ours, definitions."""
    service = service_of(request)
    async with leased(service.known_pool, service.settings) as lease:
        names = await names_of(lease)
    content = {
        "prefixes": {**PREFIXED, **{kind: thing(kind, "") for kind in _CONCEPTS}},
        "terms": [*_terms(), *_concepts(names)],
    }
    return content_response(request, lease.release, json_content(content), "application/json")


@router.api_route("/def/{version}", methods=["GET", "HEAD"])
async def version(request: Request, version: str) -> Response:
    """Return the version that is in use (owl:versionIRI); others are not kept here."""
    current = _described().version
    if version != current:
        vi = f"Ở đây không có phiên bản {version} của bản thể học; có {current}."
        raise Problem("not-found", f"There is no version {version} of the ontology here; there is {current}.", vi=vi)
    return _ontology(request)


def _ontology(request: Request) -> Response:
    release = service_of(request).releases.current()
    chosen = asked_format(request, ("text/html", *_FORMATS))
    if chosen != "text/html":
        content_type = f"{chosen}; charset=utf-8" if chosen.startswith("text/") else chosen
        return _negotiated(content_response(request, release, _as_rdf(chosen), content_type))
    language = language_of(request)
    described = _described()
    drawn = {term.name: neighbourhood(described, term, language) for term in described.of_kind("class")}
    return _negotiated(
        page_response(
            request,
            release,
            "ontology.html",
            language,
            ontology=described,
            iri=IRI,
            namespace=f"{BASE}def#",
            other="vi" if language == "en" else "en",
            kinds=("class", "object", "datatype"),
            formats=[(media_type, name) for media_type, (name, _) in _FORMATS.items()],
            format_names=dict(_FORMATS.values()),
            overviews={name: overview(described, language, own=name == "own") for name in ("own", "standard")},
            drawn=drawn,
        )
    )


def _negotiated(response: Response) -> Response:
    response.headers["Vary"] = "Accept"
    return response


@lru_cache(maxsize=1)
def _terms() -> list[dict[str, Any]]:
    """The terms with their prefixed names: those of the ontology, then those of other vocabularies."""
    own = [
        {"name": f"pc:{term.name}", "kind": term.kind, "label": dict(term.label), "definition": dict(term.definition)}
        for term in _described().terms
    ]
    others = [
        {"name": name, "kind": "property", "label": {one: words[name] for one, words in PROPERTIES.items()}}
        for name in PROPERTIES["en"]
    ]
    return own + others


def _concepts(names: Names) -> list[dict[str, Any]]:
    """The concepts of the vocabularies that queries ask for, with a prefix for each vocabulary, in order."""
    found = []
    for iri in sorted(names.by_iri):
        kind, _, slug = short_name(iri).partition("/")
        if kind in _CONCEPTS and slug and "/" not in slug:
            label = {language: names.of(iri, language) for language in TEXTS}
            found.append({"name": f"{kind}:{slug}", "kind": "concept", "label": label})
    return found


@lru_cache(maxsize=1)
def _described() -> Ontology:
    return load_ontology()


@lru_cache(maxsize=len(_FORMATS))
def _as_rdf(media_type: str) -> bytes:
    """The ontology in a format of RDF: in Turtle as people wrote it, with its comments."""
    if media_type == "text/turtle":
        return FILE.read_bytes()
    parser = pyoxigraph.parse(path=str(FILE), format=pyoxigraph.RdfFormat.TURTLE)
    triples = [quad.triple for quad in parser]
    prefixes = None if media_type == "application/n-triples" else parser.prefixes
    return pyoxigraph.serialize(triples, format=GRAPH_FORMATS[media_type], prefixes=prefixes) or b""

"""What the endpoint says of itself: SPARQL 1.1 Service Description, with all named graphs and their sizes."""

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Triple

from graph.namespaces import RDF
from graph.store import PREFIXES
from service.sizes import GraphSize, Sizes

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"

_RESULT_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
)
_TITLES = (Literal("Điểm truy vấn SPARQL của Phân Công", language="vi"), Literal("Phân Công, SPARQL", language="en"))


def service_description(endpoint: str, sizes: Sizes, federated: bool) -> Sequence[Triple]:
    """Return what the endpoint can do and what it holds (Service Description, sections 3.2 to 3.4).

    `federated` tells whether SERVICE is allowed at all.
    """
    service, dataset, default = (NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph"))
    features = ("UnionDefaultGraph", "BasicFederatedQuery") if federated else ("UnionDefaultGraph",)
    return [
        _type(service, "Service"),
        *(Triple(service, NamedNode(f"{PREFIXES['dct']}title"), title) for title in _TITLES),
        _link(service, "endpoint", NamedNode(endpoint)),
        _link(service, "supportedLanguage", NamedNode(f"{SD}SPARQL11Query")),
        *(_link(service, "feature", NamedNode(f"{SD}{name}")) for name in features),
        *(_link(service, "resultFormat", NamedNode(f"{FORMATS}{name}")) for name in _RESULT_FORMATS),
        _link(service, "defaultDataset", dataset),
        _type(dataset, "Dataset"),
        _link(dataset, "defaultGraph", default),
        *_sized(default, sizes.default),
        *(triple for n, size in enumerate(sizes.named, 1) for triple in _named(endpoint, dataset, n, size)),
    ]


def _named(endpoint: str, dataset: NamedNode, number: int, size: GraphSize) -> list[Triple]:
    named, graph = NamedNode(f"{endpoint}#named-graph-{number}"), NamedNode(f"{endpoint}#graph-{number}")
    return [
        _link(dataset, "namedGraph", named),
        _type(named, "NamedGraph"),
        _link(named, "name", NamedNode(size.iri)),
        _link(named, "graph", graph),
        *_sized(graph, size.triples),
    ]


def _sized(graph: NamedNode, triples: int) -> list[Triple]:
    return [_type(graph, "Graph"), Triple(graph, NamedNode(f"{VOID}triples"), Literal(triples))]


def _type(subject: NamedNode, name: str) -> Triple:
    return Triple(subject, NamedNode(f"{RDF}type"), NamedNode(f"{SD}{name}"))


def _link(subject: NamedNode, name: str, value: NamedNode) -> Triple:
    return Triple(subject, NamedNode(f"{SD}{name}"), value)

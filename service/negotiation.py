"""Which format a client gets: the one function of the service that reads Accept (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Sequence
from functools import lru_cache

FORMATS: dict[str, str] = {
    "html": "text/html",
    "json": "application/json, application/ld+json",
    "xml": "application/xml, application/rdf+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
"""What ?format= may say -> what Accept would say, for links without a header; json and xml fit any kind of result."""

_SAME = (
    ("application/sparql-results+json", "application/json"),
    ("application/json", "application/sparql-results+json"),
    ("application/sparql-results+xml", "application/xml"),
    ("application/sparql-results+xml", "text/xml"),
)

_RANGE = re.compile(r"\s*([\w!#$%&'*+.^`|~-]+)/([\w!#$%&'*+.^`|~-]+)\s*(;.*)?", re.ASCII)
_WEIGHT = re.compile(r";\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.ASCII | re.IGNORECASE)


def negotiate(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the media type to answer in, None when the client takes none of those offered.

    `offers` stand in the order of the server's preference, which decides between equal weights; no header or an empty
    one takes the first. The most specific range that matches an offer gives its weight, and weight 0 excludes it.
    Parameters other than q are not compared (clients add charset and profile), and elements that cannot be read are
    passed over.
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = _ranges(accept)
    weights = [_weight(offer, ranges) for offer in offers]
    best = max(weights)
    return offers[weights.index(best)] if best > 0 else None


@lru_cache(maxsize=1024)  # clients send the same few headers all the time
def negotiate_results(accept: str | None, offers: tuple[str, ...]) -> str | None:
    """Return the media type as `negotiate` does, where the SPARQL results formats also go by their general names.

    application/json and application/sparql-results+json stand for each other, whichever is offered, and so do
    application/xml, text/xml and application/sparql-results+xml. What comes back is one of `offers`.
    """
    names = {offer: offer for offer in offers}
    for one, other in _SAME:
        if one in offers:
            names.setdefault(other, one)
    chosen = negotiate(accept, tuple(names))
    return None if chosen is None else names[chosen]


def negotiate_language(accept: str | None, offers: Sequence[str]) -> str:
    """Return the language to answer in (RFC 9110, section 12.5.4; lookup as in RFC 4647, section 3.4).

    `offers` are primary subtags in the order of preference of those who usually read the answer; the first is the
    answer where the header is missing or names none of them. "vi-VN" asks for vi.
    """
    weights: dict[str, float] = {}
    for element in (accept or "").lower().split(","):
        tag, _, parameters = element.partition(";")
        weight = _WEIGHT.search(f";{parameters}") if parameters else None
        if parameters and weight is None:
            continue  # a weight that is none
        primary = tag.strip().partition("-")[0]
        weights[primary] = max(float(weight[1]) if weight else 1.0, weights.get(primary, 0.0))
    rest = weights.get("*", 0.0)
    return max(offers, key=lambda offer: weights.get(offer, rest))


def _ranges(accept: str) -> dict[tuple[str, str], float]:
    ranges: dict[tuple[str, str], float] = {}
    for element in accept.lower().split(","):
        match = _RANGE.fullmatch(element)
        if match is None:
            continue
        main, sub, parameters = match.groups()
        weight = _WEIGHT.search(parameters or "")
        if weight is None and parameters and re.search(r";\s*q\s*=", parameters):
            continue  # a weight that is none
        value = float(weight[1]) if weight else 1.0
        ranges[main, sub] = max(value, ranges.get((main, sub), 0.0))
    return ranges


def _weight(offer: str, ranges: dict[tuple[str, str], float]) -> float:
    main, _, sub = offer.partition("/")
    for candidate in ((main, sub), (main, "*"), ("*", "*")):
        if candidate in ranges:
            return ranges[candidate]
    return 0.0

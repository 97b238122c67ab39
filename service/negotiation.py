"""Which format a client gets: the one function of the service that reads Accept (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Mapping, Sequence
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
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csvw": "application/csvm+json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "svg": "image/svg+xml",
}
"""What ?format= may say -> what Accept would say, for links without a header; json and xml fit any kind of result."""

_ALSO: dict[str, tuple[str, ...]] = {
    "application/sparql-results+json": ("application/json",),
    "application/json": ("application/sparql-results+json",),
    "application/sparql-results+xml": ("application/xml", "text/xml"),
}

_RANGE = re.compile(r"\s*([\w!#$%&'*+.^`|~-]+)/([\w!#$%&'*+.^`|~-]+)\s*(;.*)?", re.ASCII)
_WEIGHT = re.compile(r";\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.ASCII | re.IGNORECASE)


def negotiate(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the media type to answer in, None when the client takes none of those offered.

    `offers` stand in the order of the server's preference, which decides between equal weights; no header or an empty
    one takes the first. The most specific range that matches an offer gives its weight, and weight 0 excludes it.
    Parameters other than q are not compared (clients add charset and profile), and elements that cannot be read are
    passed over.
    """
    return _negotiate(accept, offers, {})


@lru_cache(maxsize=128)  # clients send the same few headers all the time
def negotiate_results(accept: str | None, offers: tuple[str, ...]) -> str | None:
    """Return the media type as `negotiate` does, where the SPARQL results formats also go by their general names.

    application/json and application/sparql-results+json stand for each other, whichever is offered, and
    application/xml and text/xml for application/sparql-results+xml. What comes back is one of `offers`.
    """
    return _negotiate(accept, offers, _ALSO)


def _negotiate(accept: str | None, offers: Sequence[str], also: Mapping[str, Sequence[str]]) -> str | None:
    if accept is None or not accept.strip():
        return offers[0]
    ranges = _ranges(accept)
    weights = [_weight(offer, also.get(offer, ()), ranges) for offer in offers]
    best = max(weights)
    return offers[weights.index(best)] if best > 0 else None


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


def _ranges(accept: str) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for element in accept.lower().split(","):
        match = _RANGE.fullmatch(element)
        if match is None:
            continue
        main, sub, parameters = match.groups()
        weight = _WEIGHT.search(parameters or "")
        if weight is None and parameters and re.search(r";\s*q\s*=", parameters):
            continue  # a weight that is none
        value = float(weight[1]) if weight else 1.0
        name = f"{main}/{sub}"
        ranges[name] = max(value, ranges.get(name, 0.0))
    return ranges


def _weight(offer: str, others: Sequence[str], ranges: dict[str, float]) -> float:
    """Return the weight of the most specific range: one that names the offer, or it by another name, or a wildcard."""
    if offer in ranges:
        return ranges[offer]
    named = [ranges[other] for other in others if other in ranges]
    if named:
        return max(named)
    return ranges.get(f"{offer.partition('/')[0]}/*", ranges.get("*/*", 0.0))

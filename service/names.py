"""What the things of the vocabularies are called (topics, areas, types of agencies, codes, classes, properties), and
the agencies: many pages name many of them, so their names are read once for a release and kept."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.namespaces import PC, graph_iri
from graph.store import PREFIXES
from service.leases import select
from service.pages import in_language, short_name
from service.pool import Lease
from service.texts import PROPERTIES

_KEPT = 2  # releases
PREFIXED = {
    **PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eu-r5r": "http://data.europa.eu/r5r/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "spdx": "http://spdx.org/rdf/terms#",
    "sssom": "https://w3id.org/sssom/",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}
"""The prefixes under which people know the vocabularies that the graph uses: prefix -> namespace."""

_QUERY = f"""PREFIX pc: <{PC}>
PREFIX rdfs: <{PREFIXES["rdfs"]}>
PREFIX skos: <{PREFIXES["skos"]}>
SELECT ?thing ?name WHERE {{
  {{ GRAPH <{graph_iri("vocabulary")}> {{ ?thing ?naming ?name . VALUES ?naming {{ skos:prefLabel rdfs:label }} }} }}
  UNION {{ ?thing a pc:Agency ; skos:prefLabel ?name }}
  UNION {{ ?thing a pc:AgencyGroup ; skos:prefLabel ?name }}
}}"""


@dataclass(frozen=True, slots=True)
class Names:
    """IRI -> language -> name, of all things of the vocabularies and all agencies."""

    by_iri: Mapping[str, Mapping[str, str]]

    def of(self, iri: str, language: str) -> str:
        """Return the name in a language, else in the other, else the end of the IRI."""
        return in_language(self.by_iri.get(iri, {}), language) or short_name(iri)


def curie(iri: str) -> str:
    """Return an IRI as a person recognises it: with a known prefix, or below the graph's base."""
    for prefix, namespace in PREFIXED.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return short_name(iri)


def property_name(iri: str, language: str) -> str:
    """Return what a property, or a code, of another vocabulary is called in words/properties/, else its short IRI."""
    return PROPERTIES[language].get(curie(iri), curie(iri))


_read: OrderedDict[Path, Names] = OrderedDict()  # by folder of the release


async def names_of(lease: Lease) -> Names:
    """Return the names that the release of a lease gives."""
    folder = lease.release.folder
    if folder not in _read:
        by_iri: dict[str, dict[str, str]] = {}
        for row in (await select(lease, _QUERY)).rows:
            name = row["name"]
            by_iri.setdefault(row["thing"]["value"], {})[name.get("xml:lang", "")] = name["value"]
        _read[folder] = Names(by_iri)
        while len(_read) > _KEPT:
            _read.popitem(last=False)
    return _read[folder]

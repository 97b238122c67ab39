"""A dataset of the catalogue as schema.org says it (schema.org/Dataset), for search engines that read pages."""

from __future__ import annotations

from typing import Any

from pyoxigraph import Literal

from graph.catalogue.dcat import CATALOGUE, DCAT, FOAF, SERIES
from graph.catalogue.statements import About, Statements, addressed
from graph.catalogue.vocabularies import MEDIA_TYPES, SPDX_NS
from graph.namespaces import DCT, SKOS

OWL_SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"


def schema_org(dataset: str, said: Statements, language: str, public: str) -> dict[str, Any]:
    """The JSON-LD of a dataset in the language of a page (``vi`` or ``en``); ``public`` is what the service is reached
    as. What the catalogue does not say is left out."""
    about = said[dataset]
    other = "en" if language == "vi" else "vi"
    content = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset,
        "url": addressed(_value(about, DCAT + "landingPage"), public),
        "name": _text(about, DCT + "title", language),
        "alternateName": _text(about, DCT + "title", other),
        "description": _text(about, DCT + "description", language),
        "identifier": _value(about, DCT + "identifier"),
        "version": _value(about, DCAT + "version"),
        "isAccessibleForFree": True,
        "inLanguage": ["vi", "en"],
        "keywords": _keywords(about, language),
        "license": _licence(about, said),
        "creator": _agent(about, said, language, public),
        "publisher": _agent(about, said, language, public),
        "datePublished": _value(about, DCT + "issued"),
        "dateModified": _value(about, DCT + "modified"),
        "temporalCoverage": _period(about, said),
        "spatialCoverage": _place(about, said, language),
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": CATALOGUE, "url": f"{public}/catalog"},
        "isPartOf": SERIES if DCAT + "inSeries" in about else "",
        "distribution": [
            _download(said[one.value], said, language, public)
            for one in about.get(DCAT + "distribution", ())
            if one.value in said
        ],
    }
    return {name: value for name, value in content.items() if value not in ("", [], None)}


def _download(about: About, said: Statements, language: str, public: str) -> dict[str, Any]:
    checksum = said.get(_value(about, SPDX_NS + "checksum"), {})
    packed = _value(about, DCAT + "compressFormat").removeprefix(MEDIA_TYPES)
    return {
        "@type": "DataDownload",
        "name": _text(about, DCT + "title", language),
        "contentUrl": addressed(_value(about, DCAT + "downloadURL"), public),
        "encodingFormat": [
            kind for kind in (_value(about, DCAT + "mediaType").removeprefix(MEDIA_TYPES), packed) if kind
        ],
        "contentSize": f"{_value(about, DCAT + 'byteSize')} B",
        "sha256": _value(checksum, SPDX_NS + "checksumValue"),
        "license": _licence(about, said),
    }


def _licence(about: About, said: Statements) -> str:
    """The deed of the licence; where a dataset has none, that of its first distribution."""
    licence = _value(about, DCT + "license")
    if licence:
        return _value(said.get(licence, {}), OWL_SAME_AS) or licence
    first = next((one.value for one in about.get(DCAT + "distribution", ()) if one.value in said), None)
    return _licence(said[first], said) if first else ""


def _agent(about: About, said: Statements, language: str, public: str) -> dict[str, str]:
    agent = said.get(_value(about, DCT + "publisher"), {})
    homepage = addressed(_value(agent, FOAF + "homepage"), public)
    return {"@type": "Organization", "name": _text(agent, FOAF + "name", language), "url": homepage}


def _period(about: About, said: Statements) -> str:
    """ISO 8601 interval, ".." where an end is open."""
    period = said.get(_value(about, DCT + "temporal"), {})
    begin, end = (_value(period, DCAT + name) for name in ("startDate", "endDate"))
    return f"{begin or '..'}/{end or '..'}" if begin or end else ""


def _place(about: About, said: Statements, language: str) -> dict[str, str] | None:
    place = _value(about, DCT + "spatial")
    name = _text(said.get(place, {}), SKOS + "prefLabel", language)
    return {"@type": "Place", "@id": place, "name": name} if name else None


def _keywords(about: About, language: str) -> list[str]:
    return sorted(one.value for one in about.get(DCAT + "keyword", ()) if _language(one) == language)


def _text(about: About, name: str, language: str) -> str:
    """The text in a language, else in any."""
    values = {_language(value): value.value for value in about.get(name, ())}
    return values.get(language) or next(iter(values.values()), "")


def _language(value: object) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def _value(about: About, name: str) -> str:
    return next((value.value for value in about.get(name, ())), "")

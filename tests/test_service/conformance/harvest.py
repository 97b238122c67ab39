"""Harvests a catalogue as ckanext-dcat's RDF harvester does, without a CKAN site: prints the datasets as JSON.

Runs in the environment of make conformance-tools: python harvest.py ADDRESS
"""

import json
import sys

import requests
from ckan.lib.base import config
from ckanext.dcat.processors import RDFParser

config.setdefault("ckan.locale_default", "en")


def fetch(address: str) -> tuple[str, str]:
    """HEAD for the size, then GET; the type is what the server says (ckanext.dcat.harvesters.base)."""
    with requests.Session() as session:
        session.head(address).raise_for_status()
        response = session.get(address, stream=True)
        response.raise_for_status()
        return response.text, response.headers["content-type"].split(";")[0]


def main(address: str | None) -> None:
    """Print all datasets of all pages."""
    datasets, pages = [], 0
    while address:
        content, content_type = fetch(address)
        parser = RDFParser(profiles=["euro_dcat_ap_3"])
        parser.parse(content, _format=content_type)
        datasets += list(parser.datasets())
        pages += 1
        address = parser.next_page()
    print(json.dumps({"pages": pages, "datasets": datasets}))


main(sys.argv[1])

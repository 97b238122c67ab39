"""Validates Croissant metadata and loads every record set: prints the number of records of each as JSON.

Runs in the environment of make conformance-tools: python load_croissant.py ADDRESS
"""

import json
import sys

import mlcroissant
import requests


def main(address: str) -> None:
    """Raise for metadata that does not validate; print issues and counts."""
    metadata = requests.get(address, timeout=60).json()
    dataset = mlcroissant.Dataset(jsonld=metadata)
    counts = {one.id: sum(1 for _ in dataset.records(one.id)) for one in dataset.metadata.record_sets}
    issues = dataset.metadata.ctx.issues
    print(json.dumps({"counts": counts, "errors": sorted(issues.errors), "warnings": sorted(issues.warnings)}))


main(sys.argv[1])

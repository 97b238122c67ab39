"""What many tests need: the vocabularies, an extractor, and the five plans read once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from graph.build import code_version
from graph.corrections import CORRECTIONS, apply_corrections, load_corrections
from graph.evaluation import Tally
from graph.extraction import Extractor
from graph.extraction.agencies import AgencyReader
from graph.findings import Report
from graph.mapping import Shared, map_links, map_source
from graph.namespaces import graph_iri
from graph.provenance import map_build
from graph.quality import Measured, map_quality
from graph.records import Extraction
from graph.sources import Source, load_sources, read_source
from graph.vocabulary import ONTOLOGY, Vocabulary, load_vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def extractor(vocabulary: Vocabulary) -> Extractor:
    return Extractor.load(vocabulary)


@pytest.fixture(scope="session")
def agencies(extractor: Extractor) -> AgencyReader:
    return extractor.agencies


@pytest.fixture(scope="session")
def built_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a release of the five plans, made by the command; nobody writes into it."""
    out = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "graph.cli", "build", "--out", out]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "[5/5]" in done.stderr, "progress is shown"
    return out


@pytest.fixture(scope="session")
def plans(extractor: Extractor) -> dict[str, tuple[Source, str, Extraction]]:
    """The five plans by id: source, text, records."""
    texts = {source.id: (source, read_source(source)) for source in load_sources()}
    return {id: (source, text, extractor.extract(id, text)) for id, (source, text) in texts.items()}


@pytest.fixture(scope="session")
def built_graph(plans: dict[str, tuple[Source, str, Extraction]], agencies: AgencyReader) -> ox.Store:
    """The five plans as a build makes them into a graph, corrections applied; made once, not to be changed."""
    shared, store, measured = Shared(), ox.Store(), []
    corrections = load_corrections(CORRECTIONS, [source for source, _, _ in plans.values()])
    for id, (source, text, found) in plans.items():
        corrected = apply_corrections(corrections.get(id, ()), found, len(text))
        quads, one = map_source(source, text, corrected, agencies, code_version())
        store.extend(quads)
        shared.update(one)
        measured.append(Measured(source, corrected, Report((), Graph())))
    store.extend(map_links(shared, agencies))
    store.extend(map_quality(measured, {("task", "*", "lead"): Tally(right=9, gold=10, predicted=10)}))
    store.extend(map_build([source.slug for source, _, _ in plans.values()], "0" * 64, code_version()))
    for path in ONTOLOGY.glob("*.ttl"):
        store.load(path=str(path), to_graph=ox.NamedNode(graph_iri("vocabulary")))
    return store

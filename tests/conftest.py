"""What many tests need: the vocabularies, an extractor, the five plans read once, and a release built from them."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from graph.build import code_version, link
from graph.corrections import CORRECTIONS, apply_corrections, load_corrections
from graph.evaluation import Tally
from graph.extraction import Extractor
from graph.extraction.agencies import AgencyReader
from graph.findings import Report
from graph.linking.links import load_decisions
from graph.mapping import Shared, map_links, map_source
from graph.namespaces import graph_iri
from graph.provenance import map_build
from graph.quality import Measured, map_quality
from graph.records import Extraction
from graph.sources import Source, load_sources, read_source
from graph.store import Store, open_read_only
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
    """A folder with a release of the five plans, made by the command, once for all processes that test; nobody writes
    into it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    out = shared / "built"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "current").exists():
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
def mapped_plans(
    plans: dict[str, tuple[Source, str, Extraction]], agencies: AgencyReader
) -> tuple[tuple[ox.Quad, ...], Shared]:
    """The quads of the five plans, corrected, and what they share."""
    corrections = load_corrections(CORRECTIONS, [source for source, _, _ in plans.values()])
    quads: list[ox.Quad] = []
    shared = Shared()
    for source, text, raw in plans.values():
        extraction = apply_corrections(corrections.get(source.id, ()), raw, len(text))
        mine, theirs = map_source(source, text, extraction, agencies, code_version())
        quads += mine
        shared.update(theirs)
    return tuple(quads), shared


@pytest.fixture(scope="session")
def built_graph(
    plans: dict[str, tuple[Source, str, Extraction]],
    mapped_plans: tuple[tuple[ox.Quad, ...], Shared],
    agencies: AgencyReader,
) -> ox.Store:
    """The five plans as a build makes them into a graph, corrections and decisions about links applied; made once, not
    to be changed."""
    (quads, shared), store = mapped_plans, ox.Store()
    corrections = load_corrections(CORRECTIONS, [source for source, _, _ in plans.values()])
    measured = [
        Measured(source, apply_corrections(corrections.get(id, ()), found, len(text)), Report((), Graph()))
        for id, (source, text, found) in plans.items()
    ]
    store.extend(quads)
    store.extend(map_links(shared, agencies))
    store.extend(link(shared, load_decisions()))
    store.extend(map_quality(measured, {("task", "*", "lead"): Tally(right=9, gold=10, predicted=10)}))
    store.extend(map_build([source.slug for source, _, _ in plans.values()], "0" * 64, code_version()))
    for path in ONTOLOGY.glob("*.ttl"):
        store.load(path=str(path), to_graph=ox.NamedNode(graph_iri("vocabulary")))
    return store


@pytest.fixture(scope="session")
def plans_store(built_releases: Path) -> Store:
    """The store of the release built from the five plans."""
    return open_read_only(built_releases / "current" / "store")

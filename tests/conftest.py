"""What many tests need: the vocabularies, an extractor, and the five plans read once."""

from __future__ import annotations

import pytest

from graph.extraction import Extractor
from graph.extraction.agencies import AgencyReader
from graph.records import Extraction
from graph.sources import Source, load_sources, read_source
from graph.vocabulary import Vocabulary, load_vocabulary


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
def plans(extractor: Extractor) -> dict[str, tuple[Source, str, Extraction]]:
    """The five plans by id: source, text, records."""
    texts = {source.id: (source, read_source(source)) for source in load_sources()}
    return {id: (source, text, extractor.extract(id, text)) for id, (source, text) in texts.items()}

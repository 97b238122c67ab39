"""Questions in words are asked of the names that the release of the five plans has."""

from __future__ import annotations

import pytest

from graph.asking.found import Asking
from graph.asking.ideas import read_ideas
from graph.asking.names import QUERIES, names_of
from graph.questions.catalogue import read_catalogue
from graph.solutions import table
from graph.store import Store


@pytest.fixture(scope="session")
def asking(plans_store: Store) -> Asking:
    found = {name: table(plans_store, query) for name, query in QUERIES.items()}
    return Asking.of(read_ideas(read_catalogue()), names_of(found))

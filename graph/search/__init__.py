"""Full-text search over tasks, agencies, documents and indicators: an SQLite FTS5 index in each release.

Vietnamese accents count when they are typed and do not when they are not: "duong" finds "đường" and "dương", "đường"
finds "đường" alone, in either Unicode form and with the tone mark on either vowel ("hoà", "hòa").
"""

from graph.search.asked import MOST_WORDS, Piece, QueryError, SearchError
from graph.search.find import FACETS, Facet, Found, Hit, Search, SearchTimeoutError
from graph.search.index import INDEX, Entry, Label, build, entries_of, labels_of

__all__ = [
    "FACETS",
    "INDEX",
    "MOST_WORDS",
    "Entry",
    "Facet",
    "Found",
    "Hit",
    "Label",
    "Piece",
    "QueryError",
    "Search",
    "SearchError",
    "SearchTimeoutError",
    "build",
    "entries_of",
    "labels_of",
]

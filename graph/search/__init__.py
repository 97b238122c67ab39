"""Full-text search over tasks, agencies, documents and indicators: an SQLite FTS5 index in each release.

Vietnamese accents count when they are typed and do not when they are not: "duong" finds "đường" and "dương", "đường"
finds "đường" alone, in either Unicode form and with the tone mark on either vowel ("hoà", "hòa").
"""

from graph.search.find import FACETS, Facet, Found, Hit, Search, SearchError
from graph.search.index import INDEX, Entry, build, entries_of

__all__ = ["FACETS", "INDEX", "Entry", "Facet", "Found", "Hit", "Search", "SearchError", "build", "entries_of"]

"""The dumps of a release: the graph in three RDF formats, the vocabularies, each document by itself, and tables.

The same graph gives the same bytes. ``writing`` writes them; the room ``graph.catalogue`` describes them.
"""

"""Serves a release of the graph over HTTP."""

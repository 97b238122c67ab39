"""Builds, validates, stores and analyses the knowledge graph of plans and their tasks."""

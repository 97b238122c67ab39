"""Identities: which agency, document or indicator the words of a plan mean."""

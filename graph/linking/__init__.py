"""Identities: which agency, document or indicator the words of a plan mean, and what is the same in several plans."""

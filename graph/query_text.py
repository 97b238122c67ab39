"""What can be told of a SPARQL query from its words alone, before any engine sees it.

The engine's Python interface gives no syntax tree, and three things must be known beforehand: whether the query names
its own dataset (then the union of all graphs must not be forced on it), whether it calls another endpoint, and whether
it is an update. Keywords are found as SPARQL 1.1 Query, section 19.8 (Grammar) separates them: outside comments,
strings, IRIs, variables, language tags and prefixed names.
"""

import re

_TOKEN = re.compile(
    r"""
      (?P<skipped>
          \#[^\r\n]*                                                    # comment
        | <[^<>"{}|^`\\\x00-\x20]*>                                     # IRIREF
        | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'
        | [?$]\w+                                                       # variable
        | @[A-Za-z]+(?:-[A-Za-z0-9]+)*                                  # language tag
        | (?:[^\W\d][\w-]*+)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*         # prefixed name, blank node
      )
    | (?P<word>[^\W\d][\w-]*+)
    | .
    """,
    re.VERBOSE | re.DOTALL,
)

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})


def words(text: str) -> list[str]:
    """Return the bare words of a query in upper case, in order: its keywords and the names of built-in functions."""
    return [match["word"].upper() for match in _TOKEN.finditer(text) if match["word"]]


def variables(text: str) -> set[str]:
    """Return the names of the variables that a query uses, without their mark."""
    tokens = (match["skipped"] for match in _TOKEN.finditer(text))
    return {token[1:] for token in tokens if token and token[0] in "?$"}


def names_dataset(text: str) -> bool:
    """Tell whether the query has a dataset clause, FROM or FROM NAMED (section 13.2)."""
    return "FROM" in words(text)


def calls_service(text: str) -> bool:
    """Tell whether the query asks another endpoint (SPARQL 1.1 Federated Query, section 2)."""
    return "SERVICE" in words(text)


def is_update(text: str) -> bool:
    """Tell whether the text is a SPARQL 1.1 Update request: its first word after the prologue is one of an update."""
    first = next((word for word in words(text) if word not in _PROLOGUE), "")
    return first in _UPDATES

"""What can be told of a SPARQL query from its words alone, before any engine sees it.

The engine's Python interface gives no syntax tree, and some things must be known beforehand: whether the query names
its own dataset (then the union of all graphs must not be forced on it), whether it calls another endpoint and which,
whether it is an update, and whether it gives the same answer each time. Keywords are found as SPARQL 1.1 Query, section
19.8 (Grammar) separates them: outside comments, strings, IRIs, variables, language tags and prefixed names.
"""

import re
from functools import lru_cache

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
_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "SERVICE"})


@lru_cache(maxsize=1)  # several questions are asked of the same query
def words(text: str) -> tuple[str, ...]:
    """Return the bare words of a query in upper case, in order: its keywords and the names of built-in functions."""
    return tuple(match["word"].upper() for match in _TOKEN.finditer(text) if match["word"])


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


def service_targets(text: str) -> tuple[str, ...] | None:
    """Return the IRI of each SERVICE clause, None where one cannot be told for sure from the text.

    That is so for a variable or a prefixed name, for an escape (\\u0053 is an S to the engine), and where the word
    stands in a string, a comment or an IRI, for what looks like one here may be something else to the engine.
    """
    targets = []
    tokens = (match for match in _TOKEN.finditer(text) if not match[0].isspace() and not match[0].startswith("#"))
    for token in tokens:
        if token["word"] and token["word"].upper() == "SERVICE":
            target = next(tokens, None)
            if target is not None and target[0].upper() == "SILENT":
                target = next(tokens, None)
            if target is None or not target[0].startswith("<") or len(target[0]) < 3:
                return None
            targets.append(target[0][1:-1])
    told = "\\u" not in text.lower() and text.upper().count("SERVICE") == len(targets)
    return tuple(targets) if told else None


def is_volatile(text: str) -> bool:
    """Tell whether the same query may give another answer from the same store: time, chance, another endpoint."""
    return not _VOLATILE.isdisjoint(words(text))


def is_update(text: str) -> bool:
    """Tell whether the text is a SPARQL 1.1 Update request: its first word after the prologue is one of an update."""
    first = next((word for word in words(text) if word not in _PROLOGUE), "")
    return first in _UPDATES

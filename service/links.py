"""Typed links of a resource: the Link header (RFC 8288), and the same as a link set (RFC 9264), for Signposting.

https://signposting.org/FAIR/ : level 1 is the header, level 2 the link set.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LINKSET = "application/linkset+json"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of our data."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to `target`, an absolute address, with its relation and the media type found there where it is known."""

    rel: str
    target: str
    type: str | None = None


def link_header(links: Iterable[Link]) -> str:
    """Return the value of the Link header (RFC 8288, section 3)."""
    return ", ".join(
        f'<{link.target}>; rel="{link.rel}"' + (f'; type="{link.type}"' if link.type else "") for link in links
    )


def linkset(anchored: Iterable[tuple[str, Iterable[Link]]]) -> dict[str, Any]:
    """Return the links of several resources, each given by its address, as a link set (RFC 9264, section 4.2)."""
    contexts = []
    for anchor, links in anchored:
        context: dict[str, Any] = {"anchor": anchor}
        for link in links:
            target = {"href": link.target} | ({"type": link.type} if link.type else {})
            context.setdefault(link.rel, []).append(target)
        contexts.append(context)
    return {"linkset": contexts}

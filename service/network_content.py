"""Where the content of networks comes from: the release, where it lies ready, or a worker that computes it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from graph.network.publishing import published
from service.leases import whole
from service.releases import Release
from service.shared import Service
from service.workers import NetworkQuery

_STRENGTH = re.compile(r"\d{1,9}(\.\d{1,9})?")


async def network_content(service: Service, name: str, given: Mapping[str, str], format: str) -> tuple[Release, bytes]:
    """Return a network in a format, or how much is left of it at each strength ("strengths"), and the release that it
    comes from. Raises Problem."""
    release = service.releases.current()
    at_least = given.get("at_least", "")
    if given.keys() <= {"at_least"} and (not at_least or _STRENGTH.fullmatch(at_least)):
        ready = _ready(release.folder, name, format, at_least)
        if ready is not None:
            return release, ready
    return await computed(service, NetworkQuery(name, tuple(sorted(given.items())), format))


def lies_ready(service: Service, name: str) -> bool:
    """Return whether the release has a network without filters ready, of whatever strength."""
    return _ready(service.releases.current().folder, name, "json", "") is not None


async def computed(service: Service, query: NetworkQuery) -> tuple[Release, bytes]:
    """Return what a worker computes, or has computed before. Raises Problem."""
    result = service.kept(query) or await service.compute(query)
    return result.release, await whole(result)


@lru_cache(maxsize=64)
def _ready(folder: Path, name: str, format: str, at_least: str) -> bytes | None:
    """Return what lies in a release, None where nothing does."""
    path = published(folder, name, format, at_least)
    return path.read_bytes() if path.is_file() else None

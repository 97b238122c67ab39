"""How many triples a release has, in all and in each named graph."""

from dataclasses import dataclass

from service.leases import leased, select
from service.pool import Pool
from service.releases import Release
from service.settings import Settings

_SIZES = "SELECT ?graph (COUNT(*) AS ?size) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"
_UNION_SIZE = "SELECT (COUNT(*) AS ?size) WHERE { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class GraphSize:
    """A named graph and how many triples it has."""

    iri: str
    triples: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """The triples of the default graph, which is the union of all, and of each named graph, by IRI."""

    default: int
    named: tuple[GraphSize, ...]


class SizesOfRelease:
    """Counts the triples of a release when they are first asked for."""

    def __init__(self) -> None:
        """Begin without a release."""
        self._counted: tuple[Release, Sizes] | None = None

    async def of(self, release: Release, pool: Pool, settings: Settings) -> tuple[Release, Sizes]:
        """Return the sizes of the graphs of the release in use, and which that is: the one given, or one that took its
        place meanwhile. Raises Problem."""
        if self._counted is None or self._counted[0] != release:
            async with leased(pool, settings) as lease:
                named = (await select(lease, _SIZES)).rows
                (union,) = (await select(lease, _UNION_SIZE)).rows
                sizes = tuple(GraphSize(row["graph"]["value"], int(row["size"]["value"])) for row in named)
                self._counted = lease.release, Sizes(int(union["size"]["value"]), sizes)
        return self._counted

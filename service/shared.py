"""What all routes share: settings, releases, questions, pools of workers, answers that are kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request

from graph.questions.question import Question
from service.cache import AnswerCache
from service.leases import leased, problem_of
from service.metrics import Metrics
from service.pool import Pool
from service.releases import Release, Releases
from service.results import Result
from service.settings import Settings
from service.sizes import Sizes, SizesOfRelease
from service.workers import NetworkQuery, Query, QueryRefusedError, WorkerError


@dataclass(frozen=True, slots=True)
class Service:
    """What the routes share: settings, releases, questions, pools of workers, kept answers, sizes, metrics.

    `open_pool` takes the queries that anybody writes; `known_pool` only the service's own, so that those never stand
    behind a query that does not end; `network_pool` computes networks; `federated_pool`, there if any host is allowed,
    takes those with SERVICE.
    """

    settings: Settings
    releases: Releases
    questions: Mapping[str, Question]
    open_pool: Pool
    known_pool: Pool
    network_pool: Pool
    federated_pool: Pool | None
    cache: AnswerCache
    sizes: SizesOfRelease
    metrics: Metrics

    def kept(self, query: Query | NetworkQuery) -> Result | None:
        """Return the answer of a query that was asked before, if it is kept."""
        result = self.cache.get(self.releases.current(), query)
        if result is not None:
            self.metrics.cached.inc()
        return result

    async def sizes_of_release(self) -> tuple[Release, Sizes]:
        """Return how many triples the release in use has, and which that is. Raises Problem."""
        return await self.sizes.of(self.releases.current(), self.known_pool, self.settings)

    async def compute(self, query: NetworkQuery) -> Result:
        """Let a worker compute a network, and keep it. Raises Problem."""
        async with leased(self.network_pool, self.settings) as lease:
            result = await lease.run(query)
        self.cache.put(query, result)
        return result

    async def run(self, query: Query) -> Result:
        """Let a worker answer a query that anybody wrote, and keep the answer. Raises Problem."""
        try:
            try:
                async with self.open_pool.lease() as lease:
                    result = await lease.run(query)
            except QueryRefusedError as error:
                if error.reason != "service" or self.federated_pool is None:
                    raise
                async with self.federated_pool.lease() as lease:
                    result = await lease.run(query)
        except WorkerError as error:
            raise problem_of(error, self.settings) from error
        self.cache.put(query, result)
        return result


def service_of(request: Request) -> Service:
    """Return what `create_app` put into the application."""
    service: Service = request.app.state.service
    return service


def public_url(request: Request) -> str:
    """Return what the service is reached as, without a slash at the end."""
    return service_of(request).settings.public_url or str(request.base_url).rstrip("/")

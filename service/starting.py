"""What the service needs before it can answer anybody: releases, questions, and pools of workers that run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph.questions.catalogue import read_catalogue
from service.cache import AnswerCache
from service.metrics import Metrics
from service.pool import Pool
from service.releases import Releases
from service.settings import Settings
from service.shared import Service
from service.sizes import SizesOfRelease


def make_service(settings: Settings, release_dir: Path) -> Service:
    """Put together what answers, for a folder that holds releases and the link `current`, or for one release itself.

    Raises ReleaseError when there is no release, and CatalogueError when a question file is wrong.
    """
    releases = Releases(release_dir)
    counted = Metrics()
    network_pool = Pool("networks", 1, releases, settings, counted, program="service.network_worker")
    return Service(
        settings=settings,
        releases=releases,
        questions=read_catalogue(),
        open_pool=Pool("open", settings.workers, releases, settings, counted),
        known_pool=Pool("known", settings.question_workers, releases, settings, counted, also=(network_pool,)),
        network_pool=network_pool,
        federated_pool=(
            Pool("federated", 1, releases, settings, counted, settings.federation) if settings.federation else None
        ),
        cache=AnswerCache(settings.cache_bytes),
        sizes=SizesOfRelease(),
        metrics=counted,
    )


@asynccontextmanager
async def workers_of(service: Service) -> AsyncIterator[None]:
    """Start the workers, and end them afterwards."""
    pools = [pool for pool in (service.open_pool, service.known_pool, service.federated_pool) if pool is not None]
    await asyncio.gather(*(pool.start() for pool in pools))
    service.network_pool.start_when_asked()  # by networks.prepare: nobody else has to wait until its libraries are read
    try:
        yield
    finally:
        for pool in (*pools, service.network_pool):
            await pool.close()

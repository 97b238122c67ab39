"""/metrics: how much is asked, how it ends and how long it takes, in the text format of Prometheus."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from time import perf_counter

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.workers import WorkerError

router = APIRouter()

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class PoolCounts:
    """What is counted of one pool of workers."""

    def __init__(self, name: str, queries: Counter, seconds: Histogram, workers_started: Counter) -> None:
        """Take the metrics, each with a label for the pool."""
        self._name = name
        self._queries = queries
        self._answered = queries.labels(name, "answered")
        self._seconds = seconds.labels(name)
        self.workers_started = workers_started.labels(name)

    @contextlib.contextmanager
    def query(self) -> Iterator[None]:
        """Count what runs inside, by outcome, and take its time."""
        begun = perf_counter()
        try:
            with self.refusals():
                yield
            self._answered.inc()
        finally:
            self._seconds.observe(perf_counter() - begun)

    @contextlib.contextmanager
    def refusals(self) -> Iterator[None]:
        """Count what goes wrong inside."""
        try:
            yield
        except WorkerError as error:
            self._queries.labels(self._name, error.outcome).inc()
            raise
        except asyncio.CancelledError:
            self._queries.labels(self._name, "client_gone").inc()
            raise


class Metrics:
    """What is counted; each service has its own."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.registry = CollectorRegistry()
        pool = ["pool"]
        self._queries = Counter(
            "phancong_queries", "Queries by how they ended.", [*pool, "outcome"], registry=self.registry
        )
        self._seconds = Histogram(
            "phancong_query_seconds",
            "Seconds from a worker's taking a query to its answer, or the first bytes of a long one.",
            pool,
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._started = Counter("phancong_workers_started", "Worker processes started.", pool, registry=self.registry)
        gauges = {
            "busy": ("phancong_busy_workers", "Places whose worker answers or starts."),
            "waiting": ("phancong_waiting_queries", "Requests that wait."),
            "long": ("phancong_long_queries", "Long queries that run."),
            "downloads": ("phancong_downloads", "Long results on their way."),
        }
        self._gauges = {key: Gauge(*about, pool, registry=self.registry) for key, about in gauges.items()}
        self.cached = Counter("phancong_cached_answers", "Queries answered from the cache.", registry=self.registry)

    def pool(self, name: str, **gauges: Callable[[], float]) -> PoolCounts:
        """Return the counts of a pool, and ask these functions for its gauges: busy, waiting, long, downloads."""
        for gauge, value in gauges.items():
            self._gauges[gauge].labels(name).set_function(value)
        return PoolCounts(name, self._queries, self._seconds, self._started)


@router.api_route("/metrics", methods=["GET", "HEAD"])
async def metrics(request: Request) -> Response:
    """Return the metrics."""
    counted: Metrics = request.app.state.service.metrics
    return Response(generate_latest(counted.registry), media_type=CONTENT_TYPE_LATEST)

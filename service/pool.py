"""A fixed number of workers, a bounded queue before them, and places beside them for the few queries that take long.

A query has a worker's place for `short_seconds`. If it is not done by then, or its result is long, it leaves the place,
which gets a new worker, and goes on at low priority in one of `long_queries` places; when these are taken it is stopped
and turned away. So queries that do not end, however many there are, hold up nobody whose query is short.

What a query may use is enforced here: its deadline and the size of its result by killing the worker. Results up to
`results.WHOLE` bytes are complete before any of them is sent, so that all errors are proper ones; of longer ones the
first bytes are sent when they are there, and what bites after that breaks the connection off, which a client sees.
"""

import asyncio
import hashlib
import logging
from collections.abc import Collection, Sequence

from service.metrics import Metrics
from service.releases import Release, Releases
from service.results import WHOLE, Rest, Result
from service.settings import Settings
from service.workers import (
    BusyError,
    DeadlineError,
    Head,
    NetworkQuery,
    NoFormatError,
    Query,
    QueryRefusedError,
    ResultSizeError,
    StoreUnavailableError,
    Worker,
    WorkerError,
)

_LOG = logging.getLogger("phancong")


class Lease:
    """A worker that is one caller's for a while: all its queries are answered from the same release.

    It is held with `async with`, which raises BusyError and StoreUnavailableError. Whatever can be done after a short
    query has been answered, or need not be done for it at all, is not done before: it is most of what comes.
    """

    def __init__(self, pool: "Pool") -> None:
        """Belong to a pool."""
        self._pool = pool
        self._in_place = True
        self._turned_away = False
        self._overdue = False
        self._streams = False

    async def __aenter__(self) -> "Lease":
        self._worker = await self._pool.take()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._in_place:
            self._pool.put_back(self._worker)
        elif not self._streams:
            self._worker.kill()
            self._pool.give_back_long_place()

    @property
    def release(self) -> Release:
        """The release that the answers come from."""
        return self._worker.release

    async def run(self, query: Query | NetworkQuery) -> Result:
        """Run one query within the limits of the settings. Raises the errors of service.workers.

        After a result that is not whole, the lease has no worker any more.
        """
        settings = self._pool.settings
        loop = asyncio.get_running_loop()
        until = loop.time() + settings.query_seconds
        self._timer = loop.call_later(min(settings.short_seconds, settings.query_seconds), self._not_short, until)
        with self._pool.counts.query():
            try:
                head, body, complete = await self._begin(query)
            except (QueryRefusedError, NoFormatError):
                raise  # the worker is ready for the next
            except BaseException:
                self._worker.kill()
                if self._turned_away:
                    raise self._no_long_place() from None
                if self._overdue:
                    raise DeadlineError(f"stopped after {settings.query_seconds:g} seconds") from None
                raise
            finally:
                self._timer.cancel()
            digest = hashlib.blake2b(body, digest_size=12).hexdigest() if complete else None
            rest = None if complete else self._stream(body, until)
            return Result(head.kind, head.media_type, head.volatile, self.release, body, digest, rest)

    def _not_short(self, until: float) -> None:
        """Let the query go on elsewhere until its deadline, or stop it."""
        loop = asyncio.get_running_loop()
        if loop.time() < until:
            self._leave_place()
            self._timer = loop.call_at(until, self._not_short, until)
        else:
            self._overdue = True
            self._worker.kill()

    async def _begin(self, query: Query | NetworkQuery) -> tuple[Head, bytes, bool]:
        """Return the head of the answer, its first bytes, and whether they are all."""
        settings = self._pool.settings
        head, short = await self._worker.ask(query, settings.query_seconds)
        if short is not None:
            return head, short, True
        body = bytearray()
        while (piece := await self._worker.piece()) is not None:
            body += piece
            if len(body) > settings.result_bytes:
                raise ResultSizeError(f"stopped at {len(body)} bytes")
            if len(body) > WHOLE:
                return head, bytes(body), False
        return head, bytes(body), True

    def _leave_place(self) -> None:
        """Go on among the long queries, or be stopped when there are enough of them."""
        if not self._in_place:
            return
        if self._pool.take_long_place():
            self._in_place = False
            self._worker.give_way()
            self._pool.refill()
        else:
            self._turned_away = True
            self._worker.kill()

    def _no_long_place(self) -> BusyError:
        settings = self._pool.settings
        message = f"it takes more than {settings.short_seconds:g} seconds, and {settings.long_queries} such queries run"
        return BusyError("long_queries", message)

    def _stream(self, body: bytes, until: float) -> Rest:
        """Let the rest of the answer come by itself, while its first bytes are sent."""
        if not self._pool.take_download():
            self._worker.kill()
            downloads = self._pool.settings.downloads
            raise BusyError("downloads", f"its result is long, and {downloads} such results are on their way")
        try:
            self._leave_place()
            if self._turned_away:
                raise self._no_long_place()
            rest = Rest(on_close=lambda: stop())
        except BaseException as error:
            self._pool.give_back_download()
            self._worker.kill()
            if isinstance(error, OSError):
                raise StoreUnavailableError(f"the result cannot be kept: {error}") from error
            raise
        self._streams = True
        filling = asyncio.ensure_future(self._fill(rest, len(body), until))
        filling.add_done_callback(lambda _: self._filled())

        def stop() -> None:
            filling.cancel()
            self._pool.give_back_download()

        return rest

    async def _fill(self, rest: Rest, begun: int, until: float) -> None:
        """Take what the worker sends until the end or a limit, then end the worker."""
        settings = self._pool.settings
        try:
            async with asyncio.timeout_at(until):
                while (piece := await self._worker.piece()) is not None:
                    await rest.write(piece)
                    if begun + rest.size > settings.result_bytes:
                        raise ResultSizeError(f"stopped at {begun + rest.size} bytes")
            rest.end()
        except TimeoutError:
            rest.end(DeadlineError(f"stopped after {settings.query_seconds:g} seconds"))
        except (WorkerError, OSError) as error:
            rest.end(error)

    def _filled(self) -> None:
        self._worker.kill()
        self._pool.give_back_long_place()


class Pool:
    """The workers for one kind of query. `name` is what the metrics call it; SERVICE may ask `hosts`."""

    def __init__(
        self,
        name: str,
        size: int,
        releases: Releases,
        settings: Settings,
        metrics: Metrics,
        hosts: Collection[str] = (),
        program: str = "service.worker",
        also: Sequence["Pool"] = (),
    ) -> None:
        """Prepare `size` places; `start` fills them. `program` is the module that a worker runs. The pools of `also` go
        over to another release when this one does: few ask them, and their workers would hold an old store open."""
        self.settings = settings
        self._size = size
        self._releases = releases
        self._hosts = hosts
        self._program = program
        self._also = also
        self._renewed: Release | None = None  # the release that a worker was seen to open after another
        # None: a place whose worker ended. The worker that answered last is taken first, for its memory is still warm.
        self._free: asyncio.LifoQueue[Worker | None] = asyncio.LifoQueue()
        self._waiting = 0
        self._long = 0
        self._downloads = 0
        self._starting: set[asyncio.Task[None]] = set()
        self.counts = metrics.pool(
            name,
            busy=lambda: size - self._free.qsize(),
            waiting=lambda: self._waiting,
            long=lambda: self._long,
            downloads=lambda: self._downloads,
        )

    async def start(self) -> None:
        """Start the workers. Raises StoreUnavailableError."""
        for worker in await asyncio.gather(*(self._new_worker() for _ in range(self._size))):
            self._free.put_nowait(worker)

    def start_when_asked(self) -> None:
        """Let the first queries start the workers."""
        for _ in range(self._size):
            self._free.put_nowait(None)

    async def close(self) -> None:
        """End all workers that are free; the server has ended all requests by then, so all are."""
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        while not self._free.empty():
            worker = self._free.get_nowait()
            if worker is not None:
                await worker.close()

    def lease(self) -> Lease:
        """Return what waits for a worker of the release in use and holds it."""
        return Lease(self)

    async def take(self) -> Worker:
        """Wait for a worker of the release in use and take it. Raises BusyError and StoreUnavailableError."""
        with self.counts.refusals():
            worker = await self._take()
        try:
            return await self._fresh(worker)
        except BaseException:
            self._free.put_nowait(None)
            raise

    async def _take(self) -> Worker | None:
        if not self._waiting and not self._free.empty():
            return self._free.get_nowait()
        if self._waiting >= self.settings.queue_length:
            raise BusyError("queue_length", f"{self._waiting} requests are waiting already")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.settings.queue_seconds):
                return await self._free.get()
        except TimeoutError:
            seconds = self.settings.queue_seconds
            raise BusyError("queue_seconds", f"no worker became free in {seconds:g} seconds") from None
        finally:
            self._waiting -= 1

    async def _fresh(self, worker: Worker | None) -> Worker:
        """Return a worker that lives and has the release in use open: this one, or a new one in its place."""
        release = self._releases.current()
        if worker is not None and worker.alive:
            if worker.release.folder == release.folder:
                return worker
            try:
                successor = await self._new_worker()
            except StoreUnavailableError as error:
                _LOG.error("keeping release %s: %s", worker.release.id, error)
                self._releases.reject(release, instead=worker.release)
                return worker
            worker.kill()
            for pool in (self, *self._also):
                pool._renew_free(successor.release)
            return successor
        return await self._new_worker()

    def _renew_free(self, release: Release) -> None:
        """Let workers that have another release open make room for new ones, so that nobody holds an old store."""
        self._renewed = release
        free = [self._free.get_nowait() for _ in range(self._free.qsize())]
        for worker in free:
            if worker is None or worker.release.folder == release.folder:
                self._free.put_nowait(worker)
            else:
                worker.kill()
                self.refill()

    async def _new_worker(self) -> Worker:
        self.counts.workers_started.inc()
        memory = self.settings.worker_memory_bytes
        return await Worker.start(self._releases.current(), memory, self._hosts, self._program)

    def put_back(self, worker: Worker) -> None:
        """Take a worker back into its place, or start another there if it ended or has an old release open."""
        if self._renewed is not None and worker.release.folder != self._renewed.folder:
            worker.kill()
        if worker.alive:
            self._free.put_nowait(worker)
        else:
            self.refill()

    def refill(self) -> None:
        """Start a worker for a place that has none."""
        task = asyncio.ensure_future(self._refill())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _refill(self) -> None:
        worker = None
        try:
            worker = await self._new_worker()
        except StoreUnavailableError as error:
            _LOG.error("%s", error)  # the next query tries again, and says so
        finally:
            self._free.put_nowait(worker)

    def take_long_place(self) -> bool:
        """Take a place for a long query; False when there is none."""
        if self._long >= self.settings.long_queries:
            return False
        self._long += 1
        return True

    def give_back_long_place(self) -> None:
        """Give the place of a long query back."""
        self._long -= 1

    def take_download(self) -> bool:
        """Take a place for a long result; False when there is none."""
        if self._downloads >= self.settings.downloads:
            return False
        self._downloads += 1
        return True

    def give_back_download(self) -> None:
        """Give the place of a long result back."""
        self._downloads -= 1

"""Runs queries in worker processes, which can be stopped: the embedded store has no timeout of its own.

A pool holds some workers, each with one release's store open and one query at a time. The deadline and the size of a
result are enforced here, from outside, by killing the worker (SIGKILL; a new one takes its place); its memory limit it
sets itself. A result is collected whole before any of it is sent, in memory while small and then in a temporary file:
so a limit that is hit late is still a proper error and no cut result, the length is known, and a client that reads
slowly holds no worker. The price is disk space for large results, and a first byte that comes when the last is found.
"""

import asyncio
import contextlib
import hashlib
import json
import logging
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from graph.store import Dataset, ResultKind
from service.releases import Release, Releases
from service.settings import Settings

_LOG = logging.getLogger("phancong")
_IN_MEMORY = 1 << 20  # bytes of a result that are kept in memory; more goes to a temporary file
_START_SECONDS = 30.0  # to open a store; RocksDB opens large ones in well under a second


class WorkerError(Exception):
    """A query got no answer. What the subclasses say is meant for the one who asked."""


class QueryRefusedError(WorkerError):
    """The worker refuses the query: `reason` is syntax, query, update or service."""

    def __init__(self, reason: str, message: str, line: int | None = None, column: int | None = None) -> None:
        """Take what the worker says, and the place in the query where it knows one."""
        super().__init__(message)
        self.reason = reason
        self.line = line
        self.column = column


class NoFormatError(WorkerError):
    """None of the formats the client takes fits what the query returns."""

    def __init__(self, kind: ResultKind) -> None:
        """Take what the query returns."""
        super().__init__(str(kind))
        self.kind = kind


class DeadlineError(WorkerError):
    """The query was stopped at its deadline."""


class ResultSizeError(WorkerError):
    """The query was stopped because its result became larger than the limit."""


class WorkerEndedError(WorkerError):
    """The worker ended while it was answering, most likely at its memory limit."""


class BusyError(WorkerError):
    """No worker became free: too many requests wait already, or this one has waited too long."""


class StoreUnavailableError(WorkerError):
    """The store cannot be opened or read."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query to run: its text, the dataset the caller names, and a media type for each kind of result, None for no."""

    text: str
    media_types: Mapping[ResultKind, str | None]
    dataset: Dataset = field(default_factory=Dataset)


@dataclass(frozen=True, slots=True)
class Result:
    """A complete result. `body` stands at its beginning; who takes the result closes it. `digest` is of its bytes."""

    kind: ResultKind
    media_type: str
    body: IO[bytes]
    size: int
    digest: str
    release: Release


class Worker:
    """One worker process and the release whose store it has open."""

    def __init__(self, process: asyncio.subprocess.Process, release: Release) -> None:
        """Take a started process; `start` is the way to make a worker."""
        assert process.stdin is not None and process.stdout is not None
        self._process = process
        self._input = process.stdin
        self._output = process.stdout
        self.release = release

    @classmethod
    async def start(cls, release: Release, memory: int) -> "Worker":
        """Start a process and wait until its store is open. Raises StoreUnavailableError."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "service.worker", str(release.store), str(memory)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C reaches the service alone, which then stops its workers in order
        )
        worker = cls(process, release)
        try:
            async with asyncio.timeout(_START_SECONDS):
                letter, content = await worker._frame()
        except (asyncio.IncompleteReadError, TimeoutError):
            worker.kill()
            await process.wait()
            message = f"the worker for release {release.id} did not start (exit status {process.returncode})"
            raise StoreUnavailableError(message) from None
        except BaseException:
            worker.kill()
            raise
        if letter == b"X":
            raise StoreUnavailableError(json.loads(content)["message"])
        if json.loads(content)["network"]:
            _LOG.warning(
                "this system cannot take the network from a worker; SERVICE is refused by the query's text alone"
            )
        return worker

    @property
    def alive(self) -> bool:
        """Whether the process is there, as far as the event loop has heard."""
        return self._process.returncode is None and not self._output.at_eof()

    async def run(self, query: Query, seconds: float, size_limit: int) -> Result:
        """Run one query. Whatever way this ends but with a result or a refusal, the process is killed.

        Raises the errors of this module.
        """
        spool = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (the result's taker closes it)
        try:
            async with asyncio.timeout(seconds):
                return await self._run(query, seconds, size_limit, spool)
        except (QueryRefusedError, NoFormatError):
            spool.close()
            raise
        except BaseException as error:
            self.kill()
            spool.close()
            if isinstance(error, TimeoutError):
                raise DeadlineError(f"stopped after {seconds:g} seconds") from None
            if isinstance(error, asyncio.IncompleteReadError | ConnectionError):
                status = await self._process.wait()
                raise WorkerEndedError(f"the process ended with status {status}") from None
            if isinstance(error, OSError):
                raise StoreUnavailableError(f"the result cannot be kept: {error}") from error
            raise

    async def _run(self, query: Query, seconds: float, size_limit: int, spool: IO[bytes]) -> Result:
        request = {
            "text": query.text,
            "default_graphs": query.dataset.default_graphs,
            "named_graphs": query.dataset.named_graphs,
            "media_types": query.media_types,
            "seconds": seconds,
        }
        self._input.write(json.dumps(request).encode() + b"\n")
        await self._input.drain()
        letter, content = await self._frame()
        if letter == b"X":
            raise _refusal(json.loads(content))
        head = json.loads(content)
        size = 0
        digest = hashlib.blake2b(digest_size=12)
        while True:
            letter, content = await self._frame()
            if letter == b"E":
                break
            if letter == b"X":
                raise _refusal(json.loads(content))
            size += len(content)
            if size > size_limit:
                raise ResultSizeError(f"stopped at {size} bytes")
            digest.update(content)
            if size > _IN_MEMORY:
                await asyncio.to_thread(spool.write, content)  # a slow disk must not hold up everybody
            else:
                spool.write(content)
        spool.seek(0)
        return Result(ResultKind(head["kind"]), head["media_type"], spool, size, digest.hexdigest(), self.release)

    async def _frame(self) -> tuple[bytes, bytes]:
        head = await self._output.readexactly(5)
        return head[:1], await self._output.readexactly(int.from_bytes(head[1:], "big"))

    def kill(self) -> None:
        """End the process at once; the event loop reaps it."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._input.close()

    async def close(self) -> None:
        """End the process and wait until it is gone."""
        self.kill()
        await self._process.wait()


def _refusal(content: dict[str, Any]) -> WorkerError:
    match content["reason"]:
        case "format":
            return NoFormatError(ResultKind(content["message"]))
        case "store":
            return StoreUnavailableError(content["message"])
        case reason:
            return QueryRefusedError(reason, content["message"], content.get("line"), content.get("column"))


class Lease:
    """A worker that is one caller's for a while: all its queries are answered from the same release."""

    def __init__(self, worker: Worker, settings: Settings) -> None:
        """Take the worker and the limits."""
        self._worker = worker
        self._settings = settings

    @property
    def release(self) -> Release:
        """The release that the answers come from."""
        return self._worker.release

    async def run(self, query: Query) -> Result:
        """Run one query within the limits of the settings. Raises the errors of this module."""
        return await self._worker.run(query, self._settings.query_seconds, self._settings.result_bytes)


class Pool:
    """A fixed number of workers, and a bounded queue before them."""

    def __init__(self, size: int, releases: Releases, settings: Settings) -> None:
        """Prepare `size` places; `start` fills them."""
        self._size = size
        self._releases = releases
        self._settings = settings
        self._free: asyncio.Queue[Worker | None] = asyncio.Queue()  # None: a place whose worker ended
        self._waiting = 0

    async def start(self) -> None:
        """Start the workers. Raises StoreUnavailableError."""
        for worker in await asyncio.gather(*(self._new_worker() for _ in range(self._size))):
            self._free.put_nowait(worker)

    async def close(self) -> None:
        """End all workers that are free; the server has ended all requests by then, so all are."""
        while not self._free.empty():
            worker = self._free.get_nowait()
            if worker is not None:
                await worker.close()

    @contextlib.asynccontextmanager
    async def lease(self) -> AsyncIterator[Lease]:
        """Wait for a worker of the release in use and hold it. Raises BusyError and StoreUnavailableError."""
        worker = await self._take()
        try:
            worker = await self._fresh(worker)
            yield Lease(worker, self._settings)
        finally:
            self._free.put_nowait(worker if worker is not None and worker.alive else None)

    async def _take(self) -> Worker | None:
        if self._free.empty() and self._waiting >= self._settings.queue_length:
            raise BusyError(f"{self._waiting} requests are waiting already")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.queue_seconds):
                return await self._free.get()
        except TimeoutError:
            raise BusyError(f"no worker became free in {self._settings.queue_seconds:g} seconds") from None
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
            return successor
        return await self._new_worker()

    async def _new_worker(self) -> Worker:
        return await Worker.start(self._releases.current(), self._settings.worker_memory_bytes)

"""Worker processes, as the service sees them: what runs a query and can be stopped.

The embedded store has no timeout of its own in Python, so that each query runs in a process that can be killed
(SIGKILL); its memory limit a worker sets itself. The deadline and the size limit are kept by service.pool.
"""

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.store import Dataset, ResultKind
from service.releases import Release

_LOG = logging.getLogger("phancong")
_START_SECONDS = 30.0  # to open a store; RocksDB opens large ones in well under a second
_READ_AHEAD = 1 << 20  # bytes that wait in memory for each worker
_NICENESS = 10  # of a worker whose query takes long, so that short ones go first

ALLOCATOR = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=127"}
"""What a worker's environment says where it says nothing of it yet. The engine takes and gives back very many small
pieces of memory: with glibc's allocator, which keeps only seven of each size at hand, an analytic query takes an eighth
longer than with 127. Other C libraries do not read this."""


class WorkerError(Exception):
    """A query got no answer. What the subclasses say is meant for the one who asked; `outcome` is for the metrics."""

    outcome = "error"


class QueryRefusedError(WorkerError):
    """The worker refuses the query: `reason` is syntax, query, update or service."""

    outcome = "refused"

    def __init__(self, reason: str, message: str, line: int | None = None, column: int | None = None) -> None:
        """Take what the worker says, and the place in the query where it knows one."""
        super().__init__(message)
        self.reason = reason
        self.line = line
        self.column = column


class NoNetworkError(QueryRefusedError):
    """There is no such network: `reason` is parameter, edge or size; `vi` is the message in Vietnamese, `members` what
    is wrong for machines."""

    def __init__(self, reason: str, message: str, vi: str, members: Mapping[str, Any]) -> None:
        """Take what the worker says."""
        super().__init__(reason, message)
        self.vi = vi
        self.members = members


class NoFormatError(WorkerError):
    """None of the formats the client takes fits what the query returns."""

    outcome = "not_acceptable"

    def __init__(self, kind: ResultKind) -> None:
        """Take what the query returns."""
        super().__init__(str(kind))
        self.kind = kind


class DeadlineError(WorkerError):
    """The query was stopped at its deadline."""

    outcome = "deadline"


class ResultSizeError(WorkerError):
    """The query was stopped because its result became larger than the limit."""

    outcome = "too_large"


class WorkerEndedError(WorkerError):
    """The worker ended while it was answering, most likely at its memory limit."""

    outcome = "worker_ended"


class BusyError(WorkerError):
    """There is no place for the query now; `limit` is the setting that says how many there are."""

    outcome = "busy"

    def __init__(self, limit: str, message: str) -> None:
        """Take the name of the limit, and how it was reached."""
        super().__init__(message)
        self.limit = limit


class StoreUnavailableError(WorkerError):
    """The store cannot be opened or read."""

    outcome = "store_unavailable"


@dataclass(frozen=True, slots=True)
class Query:
    """A query to run: its text, the dataset the caller names, and a media type for each kind of result, None for no."""

    text: str
    media_types: Mapping[ResultKind, str | None]
    dataset: Dataset = field(default_factory=Dataset)

    @property
    def content(self) -> dict[str, object]:
        """What a worker is told."""
        return {
            "text": self.text,
            "default_graphs": self.dataset.default_graphs,
            "named_graphs": self.dataset.named_graphs,
            "media_types": self.media_types,
        }

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from other queries."""
        return (self.text, self.dataset, *self.media_types.items())


@dataclass(frozen=True, slots=True)
class NetworkQuery:
    """A network to compute: its name, its parameters as given, and a format of graph.network.formats or "strengths" for
    how much is left at each strength (JSON); or, with `ends`, what the edge between two nodes (IRIs) is made of."""

    name: str
    given: tuple[tuple[str, str], ...]
    format: str = "json"
    ends: tuple[str, str] | None = None

    @property
    def content(self) -> dict[str, object]:
        """What a worker is told."""
        return {"network": self.name, "given": dict(self.given), "format": self.format, "ends": self.ends}

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from other queries."""
        return (str(self),)


@dataclass(frozen=True, slots=True)
class Head:
    """How an answer begins: what the query returns, in which format, and whether another run may answer differently."""

    kind: ResultKind
    media_type: str
    volatile: bool


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
    async def start(
        cls, release: Release, memory: int, hosts: Collection[str] = (), program: str = "service.worker"
    ) -> "Worker":
        """Start a process and wait until its store is open; SERVICE may ask `hosts`. Raises StoreUnavailableError."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", program, str(release.store), str(memory), *hosts),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=ALLOCATOR | dict(os.environ),
            start_new_session=True,  # Ctrl-C reaches the service alone, which then stops its workers in order
            limit=_READ_AHEAD,
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
        if json.loads(content)["network"] and not hosts:
            _LOG.warning(
                "this system cannot take the network from a worker; SERVICE is refused by the query's text alone"
            )
        return worker

    @property
    def alive(self) -> bool:
        """Whether the process is there, as far as the event loop has heard, and was not told to end."""
        return self._process.returncode is None and not self._input.is_closing() and not self._output.at_eof()

    async def ask(self, query: Query | NetworkQuery, seconds: float) -> tuple[Head, bytes | None]:
        """Put a query to the worker; `seconds` after which it stops itself should its service be gone.

        Returns how the answer begins, and all of it if it is short. Raises QueryRefusedError, NoFormatError and
        StoreUnavailableError, after which the worker takes another query, and WorkerEndedError.
        """
        request = {**query.content, "seconds": seconds}
        try:
            self._input.write(json.dumps(request).encode() + b"\n")
            await self._input.drain()
            letter, content = await self._frame()
        except (asyncio.IncompleteReadError, ConnectionError):
            raise await self._ended() from None
        if letter == b"X":
            raise _refusal(json.loads(content))
        line, _, body = content.partition(b"\n")
        said = json.loads(line)
        head = Head(ResultKind(said["kind"]), said["media_type"], said["volatile"])
        return head, body if letter == b"W" else None

    async def piece(self) -> bytes | None:
        """Return the next piece of the answer, None after the last. Raises as `ask` does."""
        try:
            letter, content = await self._frame()
        except asyncio.IncompleteReadError:
            raise await self._ended() from None
        if letter == b"X":
            raise _refusal(json.loads(content))
        return None if letter == b"E" else content

    async def _frame(self) -> tuple[bytes, bytes]:
        head = await self._output.readexactly(5)
        return head[:1], await self._output.readexactly(int.from_bytes(head[1:], "big"))

    async def _ended(self) -> WorkerEndedError:
        self.kill()  # its output is closed, so it is of no more use
        return WorkerEndedError(f"the process ended with status {await self._process.wait()}")

    def give_way(self) -> None:
        """Let other processes go first from now on."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICENESS)

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
        case ("parameter" | "edge" | "size") as reason:
            return NoNetworkError(reason, content["message"], content["vi"], content["members"])
        case reason:
            return QueryRefusedError(reason, content["message"], content.get("line"), content.get("column"))

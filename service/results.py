"""What a query returns, on its way to a client: whole if it is short, else followed while it is found."""

import asyncio
import os
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from graph.store import ResultKind
from service.releases import Release

WHOLE = 4 << 20
"""Bytes up to which a result is collected before any of it is sent: it has a length, and errors come in its place."""

_PIECE = 1 << 18  # bytes that are read back at once


class Rest:
    """The part of a long result that follows its first bytes: a file that a worker fills and a client reads.

    It lies on disk between the two, so that neither memory nor a worker is held by a client that reads slowly.
    """

    def __init__(self, on_close: Callable[[], None]) -> None:
        """Open the file, which has no name and goes when it is closed; `on_close` is called once, then."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed in `close`)
        self._lock = threading.Lock()  # the file is not closed while a thread is at it
        self._size = 0
        self._ended = False
        self._error: Exception | None = None
        self._grown = asyncio.Event()
        self._on_close = on_close

    @property
    def size(self) -> int:
        """How many bytes are there by now."""
        return self._size

    async def write(self, piece: bytes) -> None:
        """Add a piece. Raises OSError when the disk is full."""
        await asyncio.to_thread(self._put, piece, self._size)
        self._size += len(piece)
        self._grown.set()

    def end(self, error: Exception | None = None) -> None:
        """Say that nothing more comes, and why if that is not the end of the result."""
        self._ended = True
        self._error = error
        self._grown.set()

    async def read(self) -> AsyncIterator[bytes]:
        """Return the pieces as they come. Raises the error with which the result broke off."""
        at = 0
        while True:
            if at < self._size:
                piece = await asyncio.to_thread(self._get, at)
                if not piece:
                    return  # closed meanwhile
                at += len(piece)
                yield piece
            elif self._error is not None:
                raise self._error
            elif self._ended:
                return
            else:
                self._grown.clear()
                await self._grown.wait()

    def _put(self, piece: bytes, at: int) -> None:
        with self._lock:
            if not self._file.closed:
                os.pwrite(self._file.fileno(), piece, at)

    def _get(self, at: int) -> bytes:
        with self._lock:
            return b"" if self._file.closed else os.pread(self._file.fileno(), _PIECE, at)

    def close(self) -> None:
        """Give the file back, and stop what fills it."""
        with self._lock:
            if self._file.closed:
                return
            self._file.close()
        self._on_close()


@dataclass(frozen=True, slots=True)
class Result:
    """A result: all its bytes in `body` and their digest, or its first ones and a `rest`.

    Who takes the result closes it.
    """

    kind: ResultKind
    media_type: str
    volatile: bool
    release: Release
    body: bytes
    digest: str | None
    rest: Rest | None = None

    def close(self) -> None:
        """Give back what the result holds."""
        if self.rest is not None:
            self.rest.close()

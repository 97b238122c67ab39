"""A worker process: opens one store read-only and answers one query at a time. Run as `python -m service.worker`.

It reads a query as one line of JSON from standard input and writes frames to standard output: a letter, the length of
what follows as four bytes (big-endian), and so many bytes.

    R   ready: the store is open; JSON {"network": false when no socket can be opened}
    H   the answer begins: JSON {"kind", "media_type"}
    D   a piece of the answer
    E   the answer is complete
    X   there is no answer, or no more of it: JSON {"reason", "message", …}

It keeps no limits but the memory limit: the service stops it from outside.
"""

import io
import json
import sys
from pathlib import Path
from typing import IO, Any

from graph.query_text import calls_service, is_update
from graph.store import Dataset, QueryError, QuerySyntaxError, Store, StoreError, open_read_only
from service.sandbox import end_after, forbid_network, limit_memory

PIECE = 1 << 16
"""Bytes of one D frame."""

_GRACE = 5.0  # seconds the service has to stop a worker before it stops itself


class _Frames(io.RawIOBase):
    """Writes what it is given as D frames."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        data = bytes(piece)
        _send(self._output, b"D", data)
        return len(data)


def _send(output: IO[bytes], letter: bytes, content: bytes) -> None:
    output.write(letter + len(content).to_bytes(4, "big") + content)
    output.flush()


def _tell(output: IO[bytes], letter: bytes, **content: object) -> None:
    _send(output, letter, json.dumps(content).encode())


def _answer(store: Store, request: dict[str, Any], output: IO[bytes]) -> None:
    text = request["text"]
    if is_update(text):
        _tell(output, b"X", reason="update", message="")
        return
    if calls_service(text):
        _tell(output, b"X", reason="service", message="")
        return
    try:
        answer = store.query(text, Dataset(tuple(request["default_graphs"]), tuple(request["named_graphs"])))
        media_type = request["media_types"][answer.kind]
        if media_type is None:
            _tell(output, b"X", reason="format", message=str(answer.kind))
            return
        _tell(output, b"H", kind=answer.kind, media_type=media_type)
        with io.BufferedWriter(_Frames(output), PIECE) as pieces:
            answer.write(pieces, media_type)
        _send(output, b"E", b"")
    except QuerySyntaxError as error:
        _tell(output, b"X", reason="syntax", message=str(error), line=error.line, column=error.column)
    except QueryError as error:
        _tell(output, b"X", reason="query", message=str(error))
    except (StoreError, OSError) as error:
        _tell(output, b"X", reason="store", message=str(error))


def main(folder: Path, memory: int, requests: IO[bytes], output: IO[bytes]) -> None:
    """Answer the requests from one stream on another until the first ends."""
    limit_memory(memory)
    network = not forbid_network()  # before the store opens, so that the threads it starts are bound too
    try:
        store = open_read_only(folder)
    except StoreError as error:
        _tell(output, b"X", reason="store", message=str(error))
        return
    _tell(output, b"R", network=network)
    for line in requests:
        request = json.loads(line)
        end_after(request["seconds"] + _GRACE)
        _answer(store, request, output)
        end_after(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer)

"""A worker process: opens one store read-only and answers one query at a time. Run as `python -m service.worker`.

It reads a query as one line of JSON from standard input and writes frames to standard output: a letter, the length of
what follows as four bytes (big-endian), and so many bytes.

    R   ready: the store is open; JSON {"network": false when no socket can be opened}
    W   a short answer as a whole: a line of JSON {"kind", "media_type", "volatile": whether another run may answer
        differently}, and all its bytes
    H   a longer answer begins: the same line
    D   a piece of it
    E   it is complete
    X   there is no answer, or no more of it: JSON {"reason", "message", …}

It keeps no limits but the memory limit: the service stops it from outside.
"""

import io
import json
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

from graph.query_text import calls_service, is_update, is_volatile, service_targets
from graph.sandbox import end_after, forbid_network, limit_memory
from graph.store import Dataset, QueryError, QuerySyntaxError, ResultKind, Store, StoreError, open_read_only

PIECE = 1 << 16
"""Bytes of one D frame, or a few more."""

_GRACE = 5.0  # seconds the service has to stop a worker before it stops itself


class _Frames(io.RawIOBase):
    """Collects an answer while it is written, and sends it as one frame if it is short, else piece by piece."""

    def __init__(self, output: IO[bytes], head: Mapping[str, object]) -> None:
        self._output = output
        self._head = json.dumps(head).encode() + b"\n"
        self._begun = False
        self._piece = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._piece += data
        if len(self._piece) >= PIECE:
            if not self._begun:
                _send(self._output, b"H", self._head)
            self._begun = True
            _send(self._output, b"D", self._piece)
            self._piece.clear()
        return len(data)

    def end(self) -> None:
        """Send what is left."""
        if self._begun:
            _send(self._output, b"D", self._piece)
            _send(self._output, b"E", b"")
        else:
            _send(self._output, b"W", self._head + self._piece)


def _send(output: IO[bytes], letter: bytes, content: bytes | bytearray) -> None:
    output.write(letter + len(content).to_bytes(4, "big") + content)


def _tell(output: IO[bytes], letter: bytes, **content: object) -> None:
    _send(output, letter, json.dumps(content).encode())


def refusal(text: str, hosts: Collection[str]) -> dict[str, str] | None:
    """Return why a query is not run, told from its text: an update, or SERVICE at a host that is not allowed."""
    if is_update(text):
        return {"reason": "update", "message": ""}
    if not calls_service(text):
        return None
    if not hosts:
        return {"reason": "service", "message": "SERVICE would make this service ask others"}
    targets = service_targets(text)
    if targets is None:
        return {
            "reason": "service",
            "message": "SERVICE takes an IRI in angle brackets, and a query that has it says the word nowhere else and "
            "has no escapes",
        }
    elsewhere = next((target for target in targets if not _is_at(target, hosts)), None)
    if elsewhere is None:
        return None
    return {"reason": "service", "message": f"{elsewhere} is not at one of {', '.join(sorted(hosts))}"}


def _is_at(iri: str, hosts: Collection[str]) -> bool:
    try:
        url = urlsplit(iri)
    except ValueError:
        return False
    return url.scheme in ("http", "https") and url.netloc.lower() in hosts


def _answer(store: Store, hosts: Collection[str], request: dict[str, Any], output: IO[bytes]) -> None:
    """Answer a SPARQL query."""
    text = request["text"]
    refused = refusal(text, hosts)
    if refused is not None:
        _tell(output, b"X", **refused)
        return
    try:
        answer = store.query(text, Dataset(tuple(request["default_graphs"]), tuple(request["named_graphs"])))
        media_type = request["media_types"][answer.kind]
        if media_type is None:
            _tell(output, b"X", reason="format", message=str(answer.kind))
            return
        frames = _Frames(output, {"kind": answer.kind, "media_type": media_type, "volatile": is_volatile(text)})
        answer.write(cast(IO[bytes], frames), media_type)
        frames.end()
    except QuerySyntaxError as error:
        _tell(output, b"X", reason="syntax", message=str(error), line=error.line, column=error.column)
    except QueryError as error:
        _tell(output, b"X", reason="query", message=str(error))
    except (StoreError, OSError) as error:
        # Where the word was read as something else by us and as SERVICE by the engine, the sandbox has stopped it.
        hidden = not hosts and "service" in text.lower()
        _tell(output, b"X", reason="service" if hidden else "store", message=str(error))


def _network(store: Store, folder: Path, request: dict[str, Any], output: IO[bytes]) -> None:
    """Answer a request for a network or for one of its edges."""
    from service.network_answers import NetworkRefusedError, network_answer  # only the workers of networks load it

    try:
        media_type, content = network_answer(store, folder, request)
    except NetworkRefusedError as error:
        said = {"message": error.said.en, "vi": error.said.vi, "members": error.members}
        _tell(output, b"X", reason=error.reason, **said)
        return
    except (QueryError, StoreError, OSError) as error:
        _tell(output, b"X", reason="store", message=str(error))
        return
    frames = _Frames(output, {"kind": ResultKind.GRAPH, "media_type": media_type, "volatile": False})
    frames.write(content)
    frames.end()


def main(folder: Path, memory: int, hosts: Collection[str], requests: IO[bytes], output: IO[bytes]) -> None:
    """Answer the requests from one stream on another until the first ends.

    `hosts` are those that SERVICE may ask (host, or host:port); with none, the process cannot open a socket.
    """
    limit_memory(memory)
    network = bool(hosts) or not forbid_network()  # before the store opens, so that its threads are bound too
    try:
        store = open_read_only(folder)
    except StoreError as error:
        _tell(output, b"X", reason="store", message=str(error))
        return
    _tell(output, b"R", network=network)
    output.flush()
    for line in requests:
        request = json.loads(line)
        end_after(request["seconds"] + _GRACE)
        if "network" in request:
            _network(store, folder.parent, request, output)
        else:
            _answer(store, hosts, request, output)
        output.flush()  # here and not with each frame: a small answer is one write, and wakes the service once
        end_after(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), frozenset(sys.argv[3:]), sys.stdin.buffer, sys.stdout.buffer)

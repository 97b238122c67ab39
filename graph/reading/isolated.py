"""Reading a file that is no text in a process of its own, which can crash, hang or ask for all memory without taking
the rest down.

The process gets the bytes on standard input and gives the rendition on standard output. It can write no file and, on
Linux, open no socket: whatever a library would do with a link or an external entity, nothing is fetched.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from graph.reading.formats import Format, reader
from graph.reading.limits import Limits, UnreadableError
from graph.reading.rendition import write
from graph.sandbox import end_after_work, forbid_network

_ALL_BUT_FULL = 0.8  # share of the memory allowed from which a failure is put down to it
_OUT_OF_TIME = (-signal.SIGPROF, -signal.SIGALRM)
_ROOT = Path(__file__).parent.parent.parent


def render(data: bytes, format: Format, limits: Limits, *, recognise: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text rendition of a file and, in words, what its reader left out; ``recognise`` the text of scanned pages.
    Raises :class:`UnreadableError`."""
    command = [sys.executable, "-m", "graph.reading.isolated", format, json.dumps(asdict(limits)), "ocr" * recognise]
    done = subprocess.run(command, input=data, capture_output=True, cwd=_ROOT)
    if done.returncode in _OUT_OF_TIME:
        page, seconds = ("OCR", limits.ocr_seconds) if recognise else ("PAGE", limits.page_seconds)
        more = f" and, for each page, PHANCONG_{page}_SECONDS ({seconds})" if format == "pdf" else ""
        raise UnreadableError(
            f"takes longer to read than PHANCONG_READ_SECONDS ({limits.read_seconds}){more} "
            f"{'allow' if more else 'allows'}"
        )
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise UnreadableError(f"makes its reader fail (exit code {done.returncode}); the file may be damaged") from None
    if "error" in answer:
        raise UnreadableError(answer["error"])
    if len(answer["text"]) > limits.text_characters:
        raise UnreadableError(
            f"holds {len(answer['text'])} characters, more than PHANCONG_TEXT_CHARACTERS allows "
            f"({limits.text_characters})"
        )
    return answer["text"], tuple(answer["left_out"])


def main(format: Format, limits: Limits, *, recognise: bool) -> None:
    """Read standard input and print ``{"text", "left_out"}`` or ``{"error"}`` as JSON; end with SIGPROF or
    SIGALRM when time is up."""
    resource.setrlimit(resource.RLIMIT_DATA, (limits.read_memory_bytes, limits.read_memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    forbid_network()
    end_after_work(limits.read_seconds)

    def allow(seconds: int) -> None:
        """More time; programs that this one starts are held to it too, and live no longer for losing it."""
        end_after_work(limits.read_seconds + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limits.read_seconds + seconds + 1,) * 2)

    answer: dict[str, object]
    try:
        found = reader(format, recognise=recognise, allow=allow)(io.BytesIO(sys.stdin.buffer.read()), limits)
        answer = {"text": write(found.parts), "left_out": found.left_out}
    except UnreadableError as error:
        answer = {"error": str(error)}
    except Exception as error:  # whatever a parser makes of damage is the file's fault, not a fault to show
        if isinstance(error, MemoryError) or _most_memory() > _ALL_BUT_FULL * limits.read_memory_bytes:
            said = f"needs more memory than PHANCONG_READ_MEMORY_BYTES allows ({limits.read_memory_bytes})"
        else:
            said = f"is damaged: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        answer = {"error": said}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.flush()
    os._exit(0)  # libraries that are still open must not get to fail on the way out


def _most_memory() -> int:
    """The most bytes that this program held; libraries in C have other words for a lack of memory.

    Not ``getrusage``: on Linux its peak begins with that of the process that started this one.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:  # another system
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    main(cast(Format, sys.argv[1]), Limits(**json.loads(sys.argv[2])), recognise=bool(sys.argv[3]))

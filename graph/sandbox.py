"""What a process that works on what others sent takes away from itself: memory without end, and the network."""

import ctypes
import platform
import resource
import signal
import struct
from collections.abc import Iterator
from contextlib import contextmanager

_SOCKET_CALL = {"x86_64": 41, "aarch64": 198}  # the number of socket(2) on each machine (asm/unistd.h)
_BUSY = 10  # seconds by the clock that a second of work may take
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2  # linux/prctl.h, linux/seccomp.h


def limit_memory(size: int) -> None:
    """Let this process hold at most `size` bytes of data; what asks for more ends with SIGABRT or MemoryError.

    RLIMIT_DATA and not RLIMIT_AS: the store maps its files and its threads reserve stacks, which take address space
    but no memory. Systems that do not count anonymous mappings as data (all but Linux since 4.7) do not enforce it.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def forbid_network() -> bool:
    """Make socket(2) fail with EACCES in this process from now on; tell whether the system could.

    The engine follows SERVICE clauses over HTTP and its Python interface has no switch for it. Queries with SERVICE are
    refused by their text; this is the lock behind that door (seccomp(2), Linux on the machines above; elsewhere the
    text alone decides).
    """
    call = _SOCKET_CALL.get(platform.machine())
    if platform.system() != "Linux" or call is None:
        return False
    eacces = 13
    program = b"".join(
        struct.pack("=HBBI", *instruction)
        for instruction in (
            (0x20, 0, 0, 0),  # load the number of the system call
            (0x15, 0, 1, call),  # is it socket?
            (0x06, 0, 0, 0x00050000 | eacces),  # then fail (SECCOMP_RET_ERRNO)
            (0x06, 0, 0, 0x7FFF0000),  # else go on (SECCOMP_RET_ALLOW)
        )
    )
    filters = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(filters))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    arguments = [ctypes.c_ulong] * 4
    prctl.argtypes = [ctypes.c_int, *arguments]
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    pointer = ctypes.create_string_buffer(header, len(header))
    return bool(prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(pointer), 0, 0) == 0)


def end_after(seconds: float) -> None:
    """End this process in `seconds` (rounded up) whatever it does then; 0 calls that off.

    The signal's default action needs neither Python nor the engine to run, so a worker whose service is gone stops.
    """
    signal.alarm(0 if seconds <= 0 else int(seconds) + 1)


def end_after_work(seconds: float) -> None:
    """End this process after so many seconds of processor time, or ten times as many by the clock: a busy machine must
    not tell which files can be read."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    end_after(_BUSY * seconds)


@contextmanager
def time_limit(seconds: float, error: Exception) -> Iterator[None]:
    """Raise an error within the block once it has taken so many seconds of processor time, however busy the machine is.
    For the main thread; what is under way in C is finished first."""

    def stop(signal: int, frame: object) -> None:
        raise error

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)

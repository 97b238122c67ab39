"""What can be set from outside, with its defaults: environment variables PHANCONG_…, read once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


class SettingsError(Exception):
    """An environment variable does not hold what it should; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; each is the environment variable PHANCONG_ + its name in upper case.

    query_seconds          a query that takes longer is stopped
    result_bytes           a longer result is refused, never cut
    query_bytes            a longer request body is refused
    workers                processes for queries of /sparql
    question_workers       processes kept free for the known questions, the pages and the health check
    queue_length           requests that may wait for a worker of either kind; the next is turned away
    queue_seconds          a request that waits longer is turned away
    worker_memory_bytes    data a worker may hold (RLIMIT_DATA); the store's own caches take some 100 MB of it
    public_url             what the service is reached as, without a slash at the end, such as
                           https://example.org/phancong; empty: the host that each request names
    """

    query_seconds: float = 30.0
    result_bytes: int = 1 << 30
    query_bytes: int = 1 << 18
    workers: int = 2
    question_workers: int = 1
    queue_length: int = 16
    queue_seconds: float = 10.0
    worker_memory_bytes: int = 1 << 30
    public_url: str = ""


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings; numbers have to be above zero. Raises SettingsError."""
    values: dict[str, Any] = {}
    for setting in fields(Settings):
        name = f"PHANCONG_{setting.name.upper()}"
        text = environment.get(name)
        if text is None:
            continue
        default: Any = setting.default
        if isinstance(default, str):
            values[setting.name] = text.rstrip("/")
            continue
        try:
            number = type(default)(text)
        except ValueError:
            number = 0
        if not 0 < number < float("inf"):
            what = "a whole number" if isinstance(default, int) else "a number"
            raise SettingsError(f'{name}="{text}": has to be {what} above 0; the default is {default}')
        values[setting.name] = number
    return Settings(**values)

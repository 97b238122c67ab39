"""What can be set from outside, with its defaults: environment variables PHANCONG_…, read once at the start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

_HOST = re.compile(r"(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")


_SWITCH = {"yes": True, "no": False}


class SettingsError(Exception):
    """An environment variable does not hold what it should; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; each is the environment variable PHANCONG_ + its name in upper case.

    query_seconds          a query that takes longer is stopped
    short_seconds          a query that takes longer needs one of the places of long_queries
    long_queries           queries that may go on at a time beyond short_seconds, or whose result is long (above 4 MiB),
                           of each kind; the next is turned away
    result_bytes           a longer result is refused, never cut
    query_bytes            a longer request body is refused
    workers                processes for queries of /sparql
    question_workers       processes kept free for the known questions, the pages and the health check
    queue_length           requests that may wait for a worker of either kind; the next is turned away
    queue_seconds          a request that waits longer is turned away
    downloads              long results that may be on their way to clients; each takes disk up to result_bytes
    client_seconds         a client that takes nothing of a long result for so long is disconnected
    cache_bytes            memory for answers that are kept while their release is in use
    service_hosts          hosts that SERVICE may ask, with commas between: query.example.org, 127.0.0.1:7878; these and
                           all they redirect to are trusted; empty: none
    worker_memory_bytes    data a worker may hold (RLIMIT_DATA); the store's own caches take some 100 MB of it
    catalogue_page         datasets on a page of the catalogue; a shorter catalogue is one page
    prepare                whether what the first readers need is read at the start, which /health/ready waits for; else
                           when they come
    public_url             what the service is reached as, without a slash at the end, such as
                           https://example.org/phancong; empty: the host that each request names
    """

    query_seconds: float = 30.0
    short_seconds: float = 1.0
    long_queries: int = 2
    result_bytes: int = 1 << 30
    query_bytes: int = 1 << 18
    workers: int = 2
    question_workers: int = 1
    queue_length: int = 64
    queue_seconds: float = 10.0
    downloads: int = 8
    client_seconds: float = 60.0
    cache_bytes: int = 1 << 26
    service_hosts: str = ""
    worker_memory_bytes: int = 1 << 30
    catalogue_page: int = 500
    prepare: bool = True
    public_url: str = ""

    @property
    def federation(self) -> tuple[str, ...]:
        """The hosts that SERVICE may ask, in lower case."""
        return tuple(host.strip().lower() for host in self.service_hosts.split(",") if host.strip())


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
        if isinstance(default, bool):
            if text not in _SWITCH:
                raise SettingsError(f'{name}="{text}": has to be yes or no; the default is yes')
            values[setting.name] = _SWITCH[text]
            continue
        try:
            number = type(default)(text)
        except ValueError:
            number = 0
        if not 0 < number < float("inf"):
            what = "a whole number" if isinstance(default, int) else "a number"
            raise SettingsError(f'{name}="{text}": has to be {what} above 0; the default is {default}')
        values[setting.name] = number
    settings = Settings(**values)
    for host in settings.federation:
        if not _HOST.fullmatch(host):
            raise SettingsError(f'PHANCONG_SERVICE_HOSTS="{settings.service_hosts}": "{host}" is no host or host:port')
    return settings

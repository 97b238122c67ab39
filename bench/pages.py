"""How long the pages take: the first view of each after the start, and later ones, against a file of that size.

    .venv/bin/python bench/pages.py [--release DIR] [--rounds N] [--page ADDRESS]… [--cold]

For each page of tests/test_browser/addresses.py: bytes as sent (gzip), milliseconds of the first request after a start
of the service, the median and the worst of the later ones, and the median of a file with the same bytes, served as a
static file by the same server (uvicorn, Starlette). The first request comes when the service says that it is ready.
With --cold the service is started anew for each page, so that nothing is there from another; otherwise they are asked
one after the other. Exits with 1 where a first view takes more than 300 ms.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import uvicorn
from starlette.staticfiles import StaticFiles

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT), str(ROOT / "tests" / "test_service"), str(ROOT / "tests" / "test_browser")]

from addresses import PAGES
from serving import free_port, running

BUDGET = 300
"""Milliseconds that the first view of a page may take (issue: the pages)."""

HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip"}


@contextmanager
def ready(release: Path) -> Iterator[httpx.Client]:
    """A client of a service that was started for it and says that it is ready."""
    with running(release, {"PREPARE": "yes"}) as server, httpx.Client(base_url=server.url, timeout=60) as client:
        client.get("/health/ready").raise_for_status()
        yield client


def timed(client: httpx.Client, path: str) -> tuple[float, bytes]:
    """Milliseconds until the whole page is there, and its bytes as sent."""
    begun = time.perf_counter()
    with client.stream("GET", path, headers=HEADERS, follow_redirects=True) as response:
        content = b"".join(response.iter_raw())
        response.raise_for_status()
    return 1000 * (time.perf_counter() - begun), content


def measured(client: httpx.Client, path: str, rounds: int) -> tuple[float, float, float, bytes]:
    """First, median and worst of the later, in milliseconds; and the content."""
    first, content = timed(client, path)
    later = [timed(client, path)[0] for _ in range(rounds)]
    return first, statistics.median(later), max(later), content


def of_files(contents: Sequence[bytes], rounds: int) -> list[float]:
    """The median for each of some files of the same bytes, served as static files."""
    port = free_port()
    with TemporaryDirectory() as folder:
        for n, content in enumerate(contents):
            (Path(folder) / f"{n}.html").write_bytes(content)
        server = uvicorn.Server(uvicorn.Config(StaticFiles(directory=folder), port=port, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
                return [measured(client, f"/{n}.html", rounds)[1] for n in range(len(contents))]
        finally:
            server.should_exit = True
            thread.join()


def main() -> int:
    """Print the table; 1 where a first view takes longer than the budget."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--release", type=Path, default=ROOT / "releases")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--page", action="append", help="only these addresses")
    parser.add_argument("--cold", action="store_true", help="start the service anew for each page")
    options = parser.parse_args()
    pages = options.page or [one for one in PAGES if one.partition("?")[0] != "/networks"]
    rows: list[tuple[float, float, float, bytes]] = []
    if options.cold:
        for path in pages:
            with ready(options.release) as client:
                rows.append(measured(client, path, options.rounds))
    else:
        with ready(options.release) as client:
            rows = [measured(client, path, options.rounds) for path in pages]
    files = of_files([content for *_, content in rows], options.rounds)
    print(f"{'kB':>6} {'first':>7} {'p50':>7} {'worst':>7} {'file':>6} {'ratio':>6}  page (ms; ratio: p50 to the file)")
    for path, (first, median, worst, content), file in zip(pages, rows, files, strict=True):
        mark = " *" if first > BUDGET else ""
        print(
            f"{len(content) / 1000:6.1f} {first:7.1f} {median:7.1f} {worst:7.1f} {file:6.1f} {median / file:6.1f}"
            f"  {path[:90]}{mark}"
        )
    slow = [path for path, (first, *_) in zip(pages, rows, strict=True) if first > BUDGET]
    print(f"{len(slow)} of {len(pages)} first views take more than {BUDGET} ms")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())

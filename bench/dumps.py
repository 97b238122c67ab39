"""How long a release takes to write its dumps and its catalogue: `python bench/dumps.py [RELEASE]`.

Prints seconds of processor time (user and system) for loading the N-Quads into the store (the peer: Oxigraph's bulk
load), and for dumps and catalogue as a multiple of it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from graph import store
from graph.catalogue.publishing import publish_metadata
from graph.release import NQUADS, current

RUNS = 3


def main() -> None:
    """Measure on the N-Quads of a release."""
    nquads = current(Path(sys.argv[1] if len(sys.argv) > 1 else "releases")).path / NQUADS
    loads, dumps = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            start = time.process_time()
            store.create(folder / "store", nquads)
            loaded = time.process_time()
            publish_metadata(folder, nquads, folder / "store", "bench", "2026-01-01T00:00:00+00:00", {})
            loads.append(loaded - start)
            dumps.append(time.process_time() - loaded)
    load, dump = min(loads), min(dumps)
    print(f"{nquads.stat().st_size / 1e6:.0f} MB of N-Quads, the least of {RUNS} runs, seconds of processor time")
    print(f"store, Oxigraph's bulk load: {load:.2f} s")
    print(f"dumps and catalogue: {dump:.2f} s, {dump / load:.1f} times the store")


if __name__ == "__main__":
    main()

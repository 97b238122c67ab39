"""How long the extraction of all sources takes as a command, and how much memory: `python bench/extraction.py`.

Prints the least and the middle of five runs in seconds of processor time (user and system, one core), the largest
resident memory in MB, and both as shares of what the project allows itself (5 s, 300 MB). There is no peer that reads
such plans.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
ALLOWED_SECONDS, ALLOWED_MEGABYTES = 5.0, 300.0
RUNS = 5


def main() -> None:
    """Run the command several times, one after the other."""
    sources = sorted(map(str, (ROOT / "data" / "sources").glob("*.txt")))
    command = [sys.executable, "-m", "graph.cli", "extract", "--no-corrections", *sources]
    seconds, megabytes = [], []
    for _ in range(RUNS):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"the extraction ended with exit code {process.returncode}")
        seconds.append(used.ru_utime + used.ru_stime)
        megabytes.append(used.ru_maxrss / 1024)
    print(f"{len(sources)} sources, {RUNS} runs")
    print(f"processor time: least {min(seconds):.2f} s, middle {median(seconds):.2f} s", end="")
    print(f" ({median(seconds) / ALLOWED_SECONDS:.0%} of {ALLOWED_SECONDS:g} s)")
    print(f"memory: {max(megabytes):.0f} MB ({max(megabytes) / ALLOWED_MEGABYTES:.0%} of {ALLOWED_MEGABYTES:g} MB)")


if __name__ == "__main__":
    main()

"""A worker process that has the libraries for networks loaded before it says that it is ready: they take longer to load
than most networks to compute. Run as `python -m service.network_worker`, with the arguments of service.worker."""

import sys
from pathlib import Path

import networkx as nx

from service import network_answers  # noqa: F401 (loaded here, used by the worker when a network is asked for)
from service.worker import main

if __name__ == "__main__":
    nx.pagerank(nx.path_graph(2))  # reads NumPy and SciPy, as long as all the rest
    main(Path(sys.argv[1]), int(sys.argv[2]), frozenset(), sys.stdin.buffer, sys.stdout.buffer)

"""How linking tasks grows with their number: time and memory, against comparing all pairs and against MinHash LSH.

    pip install rapidfuzz datasketch
    python bench/linking.py [10000 50000 100000]

The corpus is made from the titles of the five plans: of each document half the tasks are taken over from a pool that
all documents share (a word left out, a word added, an accent misread), half are its own. Peers, in the same run:
rapidfuzz (token_sort_ratio of all pairs) on a slice, since its time grows with the square, and datasketch (MinHash LSH
over the same word pairs, 64 permutations) on each size. A peer that is not installed is left out.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context

from graph.extraction import Extractor
from graph.linking.similarity import Item, match
from graph.linking.tasks import ALIKE
from graph.sources import load_sources, read_source
from graph.text import fold
from graph.vocabulary import load_vocabulary

TASKS_A_DOCUMENT = 100
SLICE = 2000
PERMUTATIONS = 64


def titles() -> list[str]:
    """The titles of the tasks of the five plans."""
    extractor = Extractor.load(load_vocabulary())
    found = (extractor.extract(source.id, read_source(source)).tasks for source in load_sources())
    return sorted({task.title for tasks in found for task in tasks})


def corpus(size: int, real: Sequence[str]) -> list[Item]:
    """That many tasks in documents of 100; the same for the same size."""
    chance = random.Random(size)
    words = sorted({word for title in real for word in title.split()})
    pool = [_own(chance, real, words) for _ in range(max(50, size // 20))]
    items = []
    for n in range(size):
        text = _variant(chance, chance.choice(pool), words) if n % 2 else _own(chance, real, words)
        items.append(Item(f"{n // TASKS_A_DOCUMENT:06}/{n}", f"{n // TASKS_A_DOCUMENT:06}", text))
    return items


def _own(chance: random.Random, real: Sequence[str], words: Sequence[str]) -> str:
    """A new title: the beginning of one, and words as many as another has."""
    begin, length = chance.choice(real).split(), len(chance.choice(real).split())
    return " ".join([*begin[: chance.randint(3, 6)], *chance.choices(words, k=length)])


def _variant(chance: random.Random, title: str, words: Sequence[str]) -> str:
    """The same in other words, a little."""
    told = title.split()
    for _ in range(max(1, len(told) // 12)):
        at = chance.randrange(len(told))
        told[at : at + 1] = chance.choice(([], [told[at], chance.choice(words)], [fold(told[at])]))
    return " ".join(told)


def all_pairs(items: Sequence[Item]) -> int:
    """rapidfuzz over all pairs; returns how many are alike."""
    from rapidfuzz import fuzz, process

    texts = [fold(item.text) for item in items]
    return sum(
        len(process.extract(text, texts[:n], scorer=fuzz.token_sort_ratio, score_cutoff=75, limit=None))
        for n, text in enumerate(texts)
    )


def minhash(items: Sequence[Item]) -> int:
    """datasketch MinHash LSH; returns how many candidates it finds."""
    from datasketch import MinHash, MinHashLSH

    index, found = MinHashLSH(threshold=ALIKE / (2 - ALIKE), num_perm=PERMUTATIONS), 0  # Dice as Jaccard
    for item in items:
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([" ".join(pair).encode() for pair in pairwise(fold(item.text).split())])
        found += bool(index.query(sketch))
        index.insert(item.id, sketch)
    return found


def ours(items: Sequence[Item]) -> int:
    """What the house does; returns how many links it finds."""
    return len(match(items, ALIKE))


def unblocked(items: Sequence[Item]) -> int:
    """The same, every task compared with every leader."""
    return len(match(items, ALIKE, all_pairs=True))


def measure(run: Callable[[Sequence[Item]], int], items: Sequence[Item]) -> tuple[float, int, float]:
    """Seconds of processor time, what was found, and the peak of memory in MB."""
    begin = time.process_time()
    found = run(items)
    return time.process_time() - begin, found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(run: Callable[[Sequence[Item]], int], items: Sequence[Item]) -> tuple[float, int, float] | None:
    """Measured in a process of its own; None where a peer is not installed."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        try:
            return process.submit(measure, run, items).result()
        except ImportError:
            return None


def main(sizes: Sequence[int]) -> None:
    """Print a line a size, and the ratios."""
    real = titles()
    print(f"{'tasks':>8} {'s':>7} {'s a 1000':>9} {'links':>7} {'MB':>6}   datasketch: {'s':>7} {'MB':>6} {'ratio':>6}")
    for size in sizes:
        items = corpus(size, real)
        mine, theirs = alone(ours, items), alone(minhash, items)
        assert mine
        line = f"{size:8} {mine[0]:7.1f} {1000 * mine[0] / size:9.3f} {mine[1]:7} {mine[2]:6.0f}"
        told = f"{theirs[0]:7.1f} {theirs[2]:6.0f} {theirs[0] / mine[0]:6.1f}" if theirs else "not installed"
        print(f"{line}               {told}", flush=True)
    items = corpus(SLICE, real)
    mine, without, theirs = alone(ours, items), alone(unblocked, items), alone(all_pairs, items)
    assert mine and without
    print(f"{SLICE} tasks: {mine[0]:.2f} s, {mine[1]} links; without blocking {without[0]:.2f} s, {without[1]} links")
    if theirs:
        print(f"{SLICE} tasks: rapidfuzz, all pairs, {theirs[0]:.2f} s, ratio {theirs[0] / mine[0]:.1f}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 50_000, 100_000])

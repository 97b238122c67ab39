"""Answers kept while their release is in use: the same query gives the same answer until the data change."""

from collections import OrderedDict

from service.releases import Release
from service.results import Result
from service.workers import NetworkQuery, Query

_LARGEST = 1 << 20  # bytes; a longer answer would push out too many others

_Key = tuple[object, ...]


class AnswerCache:
    """Whole answers of one release, up to `limit` bytes; those not asked for the longest go first."""

    def __init__(self, limit: int) -> None:
        """Begin empty."""
        self._limit = limit
        self._held = 0
        self._release: Release | None = None
        self._answers: OrderedDict[_Key, Result] = OrderedDict()

    def get(self, release: Release, query: Query | NetworkQuery) -> Result | None:
        """Return the answer to a query from a release, if it is kept."""
        if release != self._release:
            return None
        key = query.key
        kept = self._answers.get(key)
        if kept is not None:
            self._answers.move_to_end(key)
        return kept

    def put(self, query: Query | NetworkQuery, result: Result) -> None:
        """Keep an answer, unless it is long or another run may answer differently."""
        if result.release != self._release:
            self._answers.clear()
            self._held, self._release = 0, result.release
        key = query.key
        size = _size(key, result)
        if result.rest is not None or result.volatile or size > min(_LARGEST, self._limit) or key in self._answers:
            return
        self._answers[key] = result
        self._held += size
        while self._held > self._limit:
            self._held -= _size(*self._answers.popitem(last=False))


def _size(key: _Key, result: Result) -> int:
    return len(str(key[0])) * 4 + len(result.body) + 1024  # a character takes up to four bytes; the rest is a guess

"""What a task is about: topics by the terms that signal them, as ontology/topics.ttl lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from graph.text import fold
from graph.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class TopicReader:
    """Finds topics in text by whole words, folded, so that misprints of diacritics do not hide a term."""

    vocabulary: Vocabulary

    def explain(self, *texts: str) -> dict[str, tuple[str, ...]]:
        """The topics of the texts together, by slug, each with the folded terms that decided.

        A term inside a counter-signal does not count.
        """
        folded = " | ".join(map(fold, texts))
        found = {}
        for slug, (signal, counter) in self._patterns.items():
            open_text = counter.sub("|", folded) if counter else folded
            words = tuple(dict.fromkeys(match[0] for match in signal.finditer(open_text)))
            if words:
                found[slug] = words
        return found

    @cached_property
    def _patterns(self) -> dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
        signalled = [concept for concept in self.vocabulary.topics.values() if concept.hidden]
        return {c.slug: (_words(c.hidden), _words(c.counter_signals) if c.counter_signals else None) for c in signalled}


def _words(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(set(map(fold, terms)), key=lambda term: (-len(term), term))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")

"""What a task is about: topics by the terms that signal them, as ontology/topics.ttl lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from graph.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class TopicReader:
    """Finds topics in text by whole words; diacritics count where a term is short enough to be mistaken without
    them."""

    vocabulary: Vocabulary

    def explain(self, text: str) -> dict[str, tuple[str, ...]]:
        """The topics of a text by slug, each with the words that decided; a word inside a counter-signal does not
        count."""
        lower = " ".join(text.lower().split())
        found = {}
        for slug, (signal, counter) in self._patterns.items():
            masked = counter.sub(lambda m: "·" * len(m[0]), lower) if counter else lower
            words = tuple(dict.fromkeys(m[0] for m in signal.finditer(masked)))
            if words:
                found[slug] = words
        return found

    @cached_property
    def _patterns(self) -> dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
        topics = self.vocabulary.topics.values()
        return {
            c.slug: (_words(c.hidden), _words(c.counter_signals) if c.counter_signals else None)
            for c in topics
            if c.hidden
        }


def _words(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted({" ".join(term.lower().split()) for term in terms}, key=lambda t: (-len(t), t))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

"""What a task is about: topics by the terms that signal them, as ontology/topics.ttl lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from graph.source_text import SourceText
from graph.text import fold, fold_in_place
from graph.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class TopicReader:
    """Finds topics in text by whole words, folded, so that misprints of diacritics do not hide a term."""

    vocabulary: Vocabulary

    def explain(self, *texts: SourceText) -> dict[str, tuple[SourceText, ...]]:
        """The topics of the texts together, by slug in alphabetical order, with the words that decided, as written.

        A term inside a counter-signal does not count.
        """
        folded = [(text, fold_in_place(text.text)) for text in texts]
        found = {}
        for slug, (signal, counter) in self._patterns.items():
            words = [
                text[match.start() : match.end()]
                for text, plain in folded
                for match in signal.finditer(counter.sub(_blank, plain) if counter else plain)
            ]
            if words:
                found[slug] = tuple(words)
        return found

    @cached_property
    def _patterns(self) -> dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
        signalled = sorted((c for c in self.vocabulary.topics.values() if c.hidden), key=lambda concept: concept.slug)
        return {c.slug: (_words(c.hidden), _words(c.counter_signals) if c.counter_signals else None) for c in signalled}


def _words(terms: tuple[str, ...]) -> re.Pattern[str]:
    """The terms as whole words, whatever stands between two words of one."""
    longest_first = sorted(set(map(fold, terms)), key=lambda term: (-len(term), term))
    between = "[^a-z0-9]+"
    return re.compile(rf"\b(?:{'|'.join(between.join(term.split()) for term in longest_first)})\b")


def _blank(match: re.Match[str]) -> str:
    """As many signs that are no letters, so that offsets stay."""
    return "|" * len(match[0])

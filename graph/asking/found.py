"""What is known of the words of a question: names and ideas, periods, statements, numbers of unknown documents."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from graph.asking.ideas import STOP, Idea, Ideas
from graph.asking.lexicon import Lexicon, Match, longest_first
from graph.asking.names import Name, Names
from graph.asking.periods import Period, PeriodReader
from graph.asking.phrasings import FILLER, Phrasings, read_phrasings, signs
from graph.asking.tokens import Token, tokens
from graph.namespaces import BASE
from graph.text import fold_in_place

_PLAN, _NARROW, _WEAKLY, _THRESHOLD, _MOST = "plan", "narrow", "weakly", "threshold", "most"  # the ideas
_DIGITS = 2  # of a number that only counts
_TELLING = 2  # words that an indicator is told by, at least
_CLAUSE_ENDS = frozenset(",;:.?!")
_STATEMENT = re.compile(
    rf"(?<![\w/])(?:{re.escape(BASE)}id/document/)?([a-z0-9.-]+/(?:task|indicator|citation)/[\w.%/-]*\w)"
)


@dataclass(frozen=True, slots=True)
class Asking:
    """All that understanding needs: ideas, the names of a release, the words of both in one lexicon, and phrasings."""

    ideas: Ideas
    names: Names
    periods: PeriodReader
    lexicon: Lexicon[Idea | Name]
    phrasings: Phrasings

    @classmethod
    def of(cls, ideas: Ideas, names: Names) -> Asking:
        """Bring the ideas and the names of a release together."""
        spellings: list[tuple[str, Idea | Name]] = [*ideas.spellings, *names.spellings]
        return cls(ideas, names, PeriodReader(), Lexicon.of(spellings), read_phrasings(ideas))


@dataclass(frozen=True)
class Found:
    """The words of a question and what each is. Places are numbers of words; ``indicators`` may overlap the rest, and
    ``unknown`` are words that nothing is known of, ``familiar`` those of them that stand in phrasings of questions;
    ``weights`` those of all ideas.
    """

    text: str
    words: tuple[Token, ...]
    matches: tuple[Match[Idea | Name], ...]
    periods: tuple[Match[Period], ...]
    indicators: tuple[Match[Name], ...]
    unknown: tuple[int, ...]
    familiar: frozenset[int]
    weights: Mapping[str, float]
    indicators_said: frozenset[tuple[str, ...]] = frozenset()

    def written(self, match: Match[Idea | Name] | Match[Period] | Match[Name] | Match[str]) -> str:
        """What the question says there."""
        return self.text[self.words[match.start].start : self.words[match.end - 1].end]

    def ends_clause(self, match: Match[Idea | Name]) -> bool:
        """Whether the question, or a clause of it, ends behind the words."""
        return _ends_clause(match, self.text, self.words)

    @cached_property
    def told(self) -> frozenset[str]:
        """All ideas, by name, and kinds of names that were found, ":topic" …"""
        ideas = {
            one.name if isinstance(one, Idea) else f":{one.kind}" for match in self.matches for one in match.meanings
        }
        periods = {":period"} if self.periods else set()
        return frozenset(ideas | periods | ({":indicator"} if self.indicator else set()))

    @cached_property
    def indicator(self) -> Match[Name] | None:
        """The indicator named with most words; of several, the one that leaves least open.

        Two of the words at least tell something: they are of no idea, nor of an agency, area or document.
        """
        known = [one for one in self.indicators if self._tells_indicator(range(one.start, one.end))]
        known.sort(key=lambda one: (-len(one), bool(one.misspelt), len(one.meanings)))
        best = known[0] if known else None
        for other in known[1:]:
            common = tuple(one for one in best.meanings if one in other.meanings) if best else ()
            best = replace(best, meanings=common) if best and common else best
        return best

    def naming(self, indicator: Match[Name]) -> frozenset[int]:
        """The words that name an indicator, once or in two languages."""
        same = [one for one in self.indicators if not set(one.meanings).isdisjoint(indicator.meanings)]
        same = [one for one in same if self._tells_indicator(range(one.start, one.end))]
        return frozenset(n for one in same for n in range(one.start, one.end))

    def _tells_indicator(self, words: range) -> bool:
        if tuple(self.words[n].folded for n in words) in self.indicators_said:
            return True
        telling = sum(n in words for n in self.unknown)
        for match in self.matches:
            inside = sum(n in words for n in range(match.start, match.end))
            kinds = {one.kind if isinstance(one, Name) else "" for one in match.meanings}
            if inside and kinds - {"", "topic"}:
                return False
            telling += inside if kinds == {"topic"} else 0
        return telling >= _TELLING

    @cached_property
    def narrowing(self) -> Mapping[int, bool]:
        """Unknown words that narrow the question, whatever they mean: numbers, and those behind "about", "in" …

        True where they do so strongly: "for", "with" and alike stand in many phrases that narrow nothing, but before a
        word in capitals, which is a name.
        """
        small = {match.end - 1: match for match in self.matches if _is_idea(match, STOP)}
        narrowing: dict[int, bool] = {}
        for n in self.unknown:
            if (n in self.familiar and n - 1 not in narrowing) or self._only_counts(n):
                continue
            before = n - 1
            while before in self.familiar or (before in small and not _is_idea(small[before], _NARROW)):
                before = (small[before].start if before in small else before) - 1
            if self.words[n].folded.isdigit():
                narrowing[n] = True
            elif before in small:
                narrowing[n] = bool(n and self.words[n].capital) or not _is_idea(small[before], _WEAKLY)
            elif before in narrowing:
                narrowing[n] = narrowing[before]
        return narrowing

    def _only_counts(self, n: int) -> bool:
        """Whether a word is a small number of what is asked for: "1 việc", "top 5", not "more than 10 tasks"."""
        word = self.words[n].folded
        if not word.isdigit() or len(word) > _DIGITS:
            return False
        before = next((match for match in self.matches if match.end == n), None)
        behind = next((match for match in self.matches if match.start == n + 1), None)
        if before and _is_idea(before, _THRESHOLD):
            return False
        said = behind is not None and not _is_idea(behind, STOP) and any(isinstance(o, Idea) for o in behind.meanings)
        return said or (before is not None and _is_idea(before, _MOST))

    @cached_property
    def signs(self) -> frozenset[str]:
        """By what the question is compared with whole phrasings: words that name something count by its kind."""
        places: dict[int, str] = {}
        for match in self.matches:
            kinds = [one.kind for one in match.meanings if isinstance(one, Name)]
            if len(kinds) == len(match.meanings):
                places |= _as_one(kinds[0], range(match.start, match.end))
            elif _is_idea(match, FILLER):
                places |= dict.fromkeys(range(match.start, match.end), "")
        for period in self.periods:
            places |= _as_one("period", range(period.start, period.end))
        if self.indicator:
            places |= _as_one("indicator", sorted(self.naming(self.indicator)))
        words = (places.get(n, word.folded) for n, word in enumerate(self.words))
        ideas = (one.name for match in self.matches for one in match.meanings if isinstance(one, Idea))
        return signs([word for word in words if word], ideas)

    @cached_property
    def _known(self) -> Mapping[int, Match[Idea | Name] | Match[Period]]:
        found: list[Match[Idea | Name] | Match[Period]] = [*self.matches, *self.periods]
        return {n: one for one in found for n in range(one.start, one.end)}

    def names_plan(self, code: Match[str]) -> bool:
        """Whether a word for a kind of document names the plan that is asked about: "kế hoạch Thanh Hóa"."""
        plan = any(_is_idea(one, _PLAN) for one in self.matches if one.start == code.start and one.end == code.end)
        places = {n for n, one in self._known.items() if _small(one) and not _is_idea(one, STOP)}
        step = code.end
        while step in self._known and _is_idea(self._known[step], STOP):
            step = self._known[step].end
        return plan and (step in places or code.start - 1 in places)

    def beside_plan(self, period: Match[Period]) -> bool:
        """Whether a period stands beside the word "plan", with nothing but small words, areas and periods between."""
        known = self._known
        for step, n in ((-1, period.start - 1), (1, period.end)):
            while n in known and _small(known[n]):
                n += step
            if n in known and any(isinstance(one, Idea) and one.name == _PLAN for one in known[n].meanings):
                return True
        return False


def find(text: str, asking: Asking, today: datetime.date) -> Found:
    """Look up a text: statements first, documents and periods, then names and ideas, the longest first."""
    words = tokens(text)
    taken: set[int] = set()
    statements = longest_first(_statements(text, words), taken)
    matches = [one for one in asking.lexicon.matches(words) if taken.isdisjoint(range(one.start, one.end))]
    documents = longest_first((one for one in matches if _is_document(one)), taken)
    periods = longest_first(_periods(asking.periods.read(text, today), words), taken)
    numbers = longest_first(_unknown_numbers(text, words, asking.names), taken)
    rest = longest_first(sorted(matches, key=_tells_little), taken)
    chosen = _with_issuers(sorted([*statements, *documents, *numbers, *rest], key=lambda one: one.start))
    chosen = [_in_place(one, text, words) for one in chosen]
    unknown = tuple(n for n in range(len(words)) if n not in taken)
    weights = {name: idea.weight for name, idea in asking.ideas.by_name.items()}
    indicators = tuple(asking.names.indicators.matches(words))
    said = asking.names.indicators_said
    familiar = frozenset(n for n in unknown if words[n].folded in asking.phrasings.words)
    return Found(text, words, tuple(chosen), tuple(periods), indicators, unknown, familiar, weights, said)


def _ends_clause(match: Match[Idea | Name], text: str, words: Sequence[Token]) -> bool:
    if match.end == len(words):
        return True
    return not _CLAUSE_ENDS.isdisjoint(text[words[match.end - 1].end : words[match.end].start])


def _tells_little(match: Match[Idea | Name]) -> tuple[int, bool, bool]:
    """Where a match stands in the order of worth: of as many words rightly spelt, what tells something goes first."""
    return -len(match), bool(match.misspelt), _is_idea(match, STOP)


def _begins_clause(match: Match[Idea | Name], text: str, words: Sequence[Token]) -> bool:
    if match.start == 0:
        return True
    return not _CLAUSE_ENDS.isdisjoint(text[words[match.start - 1].end : words[match.start].start])


def _in_place(match: Match[Idea | Name], text: str, words: Sequence[Token]) -> Match[Idea | Name]:
    """The meanings that a match has where it stands: some ideas are meant in the first or last words of a clause alone.

    There they go before what the words mean elsewhere; and a word that only asks in the end ("không") only asks.
    """
    begins, ends = _begins_clause(match, text, words), _ends_clause(match, text, words)
    ideas = [one for one in match.meanings if isinstance(one, Idea)]
    here = [one for one in ideas if (begins and one.only == "first") or (ends and one.only == "last")]
    here = here or [one for one in ideas if ends and one.asks_last]
    elsewhere = tuple(one for one in match.meanings if not (isinstance(one, Idea) and one.only))
    return replace(match, meanings=tuple(here) or elsewhere or match.meanings)


def _as_one(kind: str, places: Sequence[int]) -> dict[int, str]:
    return {n: f":{kind}" if n == places[0] else "" for n in places}


def _is_idea(match: Match[Idea | Name] | Match[Period], name: str) -> bool:
    return any(isinstance(one, Idea) and one.name == name for one in match.meanings)


def _with_issuers(matches: Sequence[Match[Idea | Name]]) -> list[Match[Idea | Name]]:
    """The same, a document and who passed it as one: "Government resolution 71", "kế hoạch 687 của UBND tỉnh"."""
    joined: list[Match[Idea | Name]] = []
    small: list[Match[Idea | Name]] = []
    for match in matches:
        if joined and _is_idea(match, STOP):
            small.append(match)
            continue
        both = _passed(joined[-1], match) or _passed(match, joined[-1]) if joined else ()
        if both:
            joined[-1] = Match(joined[-1].start, match.end, both)
        else:
            joined += [*small, match]
        small = []
    return [*joined, *small]


def _passed(document: Match[Idea | Name], agency: Match[Idea | Name]) -> tuple[Idea | Name, ...]:
    """The documents that a match can mean which an agency passed that the other can mean."""
    issuers = {one.iri for one in agency.meanings if isinstance(one, Name) and one.kind == "agency"}
    return tuple(one for one in document.meanings if isinstance(one, Name) and one.issuer in issuers)


def _small(match: Match[Idea | Name] | Match[Period]) -> bool:
    return any(
        one.name == STOP if isinstance(one, Idea) else not isinstance(one, Name) or one.kind == "area"
        for one in match.meanings
    )


def _statements(text: str, words: Sequence[Token]) -> Iterator[Match[Idea | Name]]:
    """Tasks, indicators and citations named by their IRI, or what stands behind id/document/."""
    for match in _STATEMENT.finditer(text):
        name = Name("statement", f"{BASE}id/document/{match[1]}", match[1])
        for first, stop in _span(match.start(), match.end(), words):
            yield Match(first, stop, (name,))


def _periods(periods: Iterable[Period], words: Sequence[Token]) -> Iterator[Match[Period]]:
    for period in periods:
        for first, stop in _span(period.start, period.stop, words):
            yield Match(first, stop, (period,))


def _span(start: int, end: int, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The first of the words between two characters and the one behind the last; nothing where none stands there."""
    inside = [n for n, word in enumerate(words) if start <= word.start and word.end <= end]
    if inside:
        yield inside[0], inside[-1] + 1


def _is_document(match: Match[Idea | Name]) -> bool:
    return not match.misspelt and any(isinstance(one, Name) and one.kind == "document" for one in match.meanings)


def _unknown_numbers(text: str, words: Sequence[Token], names: Names) -> Iterator[Match[Idea | Name]]:
    """Documents called by a number that none has: "kế hoạch 999", "999/KH-UBND"."""
    for match in names.document_numbers.finditer(fold_in_place(text)):
        written = text[match.start() : match.end()]
        unknown = Name("document", "", written, held=False)
        for first, stop in _span(match.start(), match.end(), words):
            yield Match(first, stop, (unknown,))

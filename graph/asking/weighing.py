"""Weighs a question of the catalogue against what was found in the words.

A question fits as well as the ideas and names found are those that one of its readings has:

    fit = explained / (explained + left over + missing + words not understood)

each with its weight: an idea its own (ideas.toml), a name the weights below.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from graph.asking.found import Found
from graph.asking.ideas import STOP, Asked, Idea, Reading
from graph.asking.lexicon import Match, longest_first
from graph.asking.names import Name
from graph.asking.parameters import Used, accepts, decimal, takes_period
from graph.asking.periods import Period

_NAME, _NEEDED, _STRAY, _UNKNOWN, _FAMILIAR = 0.5, 1.0, 1.0, 0.6, 0.2
_LEAST_NEEDED = 0.3  # a question without any idea or name that it needs is none


@dataclass(frozen=True, slots=True)
class Part:
    """Words of the question and what they were taken for.

    ``role`` is "idea", a kind of name, "period", "value", or "" for words that nothing was made of; ``meaning`` the
    name of the idea, or the label of what is named; ``misspelt`` the right spelling where the words have another.
    """

    text: str
    role: str
    meaning: str = ""
    misspelt: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one reading of a question fits, and what the words are then.

    ``whole``: nothing that it needs is missing; ``half``: what it needs is there for half its weight at least;
    ``needed``: the weight of what it needs and found, so that of two that explain the same words one is more specific.
    ``stray`` are names that the question cannot be narrowed by, ``turned`` words that change what is asked, ``unread``
    unknown words that narrow it, each with whether it does so strongly; ``left`` the words that it does not explain, by
    number.
    """

    asked: Asked
    fit: float
    whole: bool
    half: bool
    needed: float
    used: Used
    stray: tuple[Match[Name], ...]
    turned: tuple[Match[Idea | Name], ...]
    unread: tuple[tuple[str, bool], ...]
    parts: tuple[Part, ...]
    left: frozenset[int]


def best_fit(asked: Asked, found: Found, likely: bool = False) -> Fit | None:
    """The reading of a question that fits best; None where nothing that any of them needs was found, unless the whole
    phrasing makes the question ``likely``.
    """
    readings = [one for one in asked.readings if likely or not found.told.isdisjoint(one.all_needed)]
    codes = _codes(asked, found) if readings else []
    fits = (_Weighing(asked, reading, found, codes).fit() for reading in readings)
    return max(fits, key=lambda one: (one.fit, one.whole, one.needed), default=None)


class _Weighing:
    """One reading being weighed, match by match."""

    def __init__(self, asked: Asked, reading: Reading, found: Found, codes: Sequence[Match[str]]) -> None:
        self._asked, self._reading, self._found, self._codes_said = asked, reading, found, codes
        self._explained = self._left_over = self._needed = 0.0
        self._met: set[str] = set()
        self._known = reading.optional.union(reading.needed)
        self._kinds: Counter[str] = Counter(reading.kinds)
        self._names: dict[str, list[Match[Name]]] = defaultdict(list)
        self._stray: list[Match[Name]] = []
        self._turned: list[Match[Idea | Name]] = []
        self._parts: list[tuple[int, Part]] = []
        self._values = {(one.start, one.end) for one in codes}

    def fit(self) -> Fit:
        """Weigh everything found."""
        indicator = self._indicator()
        inside = self._found.naming(indicator) if indicator else frozenset[int]()
        for match in self._found.matches:
            if match.start not in inside and not _named_with(match, inside):
                self._weigh(match)
        periods = [one for one in self._found.periods if one.start not in inside and self._weigh_period(one)]
        codes = self._codes()
        unknown = [n for n in self._found.unknown if n not in inside and n not in codes]
        for n in unknown:
            self._left_over += _FAMILIAR if n in self._found.familiar else _UNKNOWN
            self._parts.append((n, Part(self._found.words[n].text, "")))
        missing = [name for name in self._reading.needed if name not in self._met]
        weights, words, narrowing = self._found.weights, self._found.words, self._found.narrowing
        lacking = sum(weights[name] for name in missing) + _NEEDED * (+self._kinds).total()
        total = self._explained + self._left_over + lacking
        return Fit(
            self._asked,
            self._explained / total if total else 0.0,
            not lacking,
            self._needed >= max(lacking, _LEAST_NEEDED),
            self._needed,
            Used(self._names, periods, indicator),
            tuple(self._stray),
            tuple(self._turned),
            tuple((words[n].text, narrowing[n]) for n in unknown if n in narrowing),
            tuple(part for _, part in sorted(self._parts, key=lambda one: one[0])),
            frozenset(place for place, part in self._parts if not part.role),
        )

    def _codes(self) -> set[int]:
        """Words that are unknown but for this question, where they are a value of a parameter."""
        codes: set[int] = set()
        for match in self._codes_said:
            if not {*range(match.start, match.end)}.isdisjoint(self._found.unknown):
                self._explained += _NAME
                codes.update(range(match.start, match.end))
                self._parts.append((match.start, Part(self._found.written(match), "value", match.meanings[0])))
        number = decimal(self._asked, self._found.text)
        if number is not None:
            inside = [n for n, word in enumerate(self._found.words) if number.start() <= word.start < number.end()]
            codes.update(inside)
            self._parts.append((inside[0], Part(number[0], "value", number[0])))
        return codes

    def _indicator(self) -> Match[Name] | None:
        """The indicator that the words name best, where the question is about one."""
        if not self._asked.takes("indicator"):
            return None
        match = self._found.indicator
        if match is not None:
            self._count("indicator", match, _NEEDED)
            self._add(match, "indicator", "; ".join(one.label for one in match.meanings))
        return match

    def _weigh(self, match: Match[Idea | Name]) -> None:
        names = _names(match)
        ideas = [one for one in match.meanings if isinstance(one, Idea)]
        met = [one for one in ideas if one.name in self._known]
        kind = names.meanings[0].kind if names else ""
        if names and kind == "agency" and not accepts(self._asked, names.meanings):
            names = _governed(names) or names
            kind = names.meanings[0].kind
        if kind == "topic" and (match.start, match.end) in self._values:
            self._explained += _NAME
            self._add(match, "value", self._found.written(match))
        elif names and self._told_by(names.meanings):
            self._count(kind, names, _NAME)
            self._add(match, kind, names.meanings[0].label)
        elif names and accepts(self._asked, names.meanings) and (self._kinds[kind] > 0 or not met):
            self._count(kind, names, _NAME)
            self._names[kind].append(names)
            self._add(match, kind, names.meanings[0].label)
        elif met:
            needed = self._reading.needed
            best = max(met, key=lambda one: (one.name not in self._met, one.name in needed, one.weight))
            if best.name not in self._met:
                self._explained += best.weight
                self._needed += best.weight if best.name in needed else 0.0
            self._met.update(one.name for one in met)
            self._add(match, "idea", best.name)
        else:
            asks = self._found.ends_clause(match) and any(one.asks_last for one in ideas)
            weights = [0.0 if asks else one.weight for one in ideas] or [_STRAY]
            self._left_over += min(weights)
            if names and not ideas and not all(one.general for one in names.meanings):
                self._stray.append(names)
            said = {one.name for one in ideas}
            if STOP not in said and not asks and not match.misspelt and any(one.turns for one in ideas):
                self._turned.append(match)
            self._add(match, "idea" if min(weights) == 0 else "", "" if min(weights) else "stop")

    def _told_by(self, names: Sequence[Name]) -> bool:
        """Whether the answer, one of all changes, tells what came after the name, though no parameter takes it."""
        kinds = self._reading.kinds
        return names[0].kind in kinds and not accepts(self._asked, names) and any(one.successor for one in names)

    def _weigh_period(self, match: Match[Period]) -> bool:
        days = (match.meanings[0].begin, match.meanings[0].end)
        years = {str(day.year) for day in days if day}
        if "period" in self._reading.optional and any(year in self._asked.question.title.en for year in years):
            self._add(match, "period", self._found.written(match))  # the question is about that year
            return False
        if not takes_period(self._asked, match.meanings[0]):
            self._left_over += _STRAY
            self._add(match, "")
            return True
        self._count("period", match, _NAME)
        self._add(match, "period")
        return True

    def _count(self, kind: str, match: Match[Name] | Match[Period], weight: float) -> None:
        """Count a name as explained; an area or a year beside "plan" can stand for the document that is needed."""
        if kind == "area" and not self._kinds["area"] and not self._asked.takes("area"):
            kind = "document"
        needed = self._kinds[kind] > 0
        self._kinds[kind] -= 1
        self._explained += _NEEDED if needed else weight
        self._needed += _NEEDED if needed else 0.0

    def _add(self, match: Match[Idea | Name] | Match[Period] | Match[Name], role: str, meaning: str = "") -> None:
        self._parts.append((match.start, Part(self._found.written(match), role, meaning, match.misspelt)))


def _names(match: Match[Idea | Name]) -> Match[Name] | None:
    """The names among what a match can mean, of the kind of the first."""
    names = [one for one in match.meanings if isinstance(one, Name)]
    if not names:
        return None
    of_kind = tuple(one for one in names if one.kind == names[0].kind)
    return Match(match.start, match.end, of_kind, match.misspelt)


def _named_with(match: Match[Idea | Name], inside: Set[int]) -> bool:
    """Whether a match is a topic that the words of the indicator name too: "the digital economy's share"."""
    topic = all(isinstance(one, Name) and one.kind == "topic" for one in match.meanings)
    return topic and not inside.isdisjoint(range(match.start, match.end))


def _codes(asked: Asked, found: Found) -> list[Match[str]]:
    """The words that stand for values of the question's parameters."""
    matches = (longest_first(lexicon.matches(found.words), set()) for lexicon in asked.values.values())
    return [one for of_parameter in matches for one in of_parameter]


def _governed(match: Match[Name]) -> Match[Name] | None:
    """The area that is governed by the agency named, where that is one that issues the plans of its area."""
    areas = {one.area: Name("area", one.area, one.label, one.area) for one in match.meanings if one.governs}
    return Match(match.start, match.end, tuple(areas.values()), match.misspelt) if len(areas) == 1 else None

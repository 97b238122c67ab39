"""Gives a question its values from what was found in the words, and says what is missing, doubtful or absent."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from graph.asking.found import Found
from graph.asking.ideas import Asked
from graph.asking.lexicon import Match, longest_first
from graph.asking.names import Name, Names
from graph.asking.periods import Period
from graph.questions.binding import short_value
from graph.questions.question import ParameterType

_DECIMAL = re.compile(r"(?<![\w.,])(?:0[.,]\d+|1[.,]0)(?![\w.,]*\d)")
_TAKERS: Mapping[str, tuple[str, ...]] = {
    "topic": ("topic", "other"),
    "area": ("area", "document", "older"),
    "agency": ("agency",),
    "document": ("document", "older", "newer"),
}  # the parameters that a kind of name can become a value of, or help to find one
_SETTING = ("target", "set")  # the ideas of what is to be reached
_YEARS = ("year", "document", "older")  # parameters that a year is a value of, or tells
BY_NUMBER = {"resolution": "resolution", "number": ""}
"""Parameters that are given by the number of a document, and of which type it has to be ("": any)."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What keeps a question from being answered.

    ``kind``: "missing" (a value the question needs), "several" (words that name several things: ``options``), "each"
    (several things named where the question takes one at a time: ``options``), "absent"
    (a name that the data does not have), "stray" (a name that the question cannot be narrowed by), "turned" (a word
    that changes what is asked), "past" (what was reached, not what is to be), "unread" (unknown words that narrow it),
    "order" (an area without the two plans to compare). ``successor`` is what came after something absent.
    """

    kind: str
    parameter: str = ""
    words: str = ""
    options: tuple[Name, ...] = ()
    successor: str = ""


@dataclass(slots=True)
class Filled:
    """The values of a question, as a caller types them; the words each is from; what is assumed; what is in doubt."""

    values: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    assumed: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Used:
    """What a reading makes of the words: the names that may become values, by kind, in their order; the indicator."""

    names: Mapping[str, Sequence[Match[Name]]]
    periods: Sequence[Match[Period]]
    indicator: Match[Name] | None


def accepts(asked: Asked, names: Sequence[Name]) -> bool:
    """Whether names, all of one kind, can become values of a question, or help to find one.

    A parameter that is given by number takes documents of its type.
    """
    takers = _TAKERS.get(names[0].kind, (names[0].kind,))
    by_number = any(asked.takes(name) for name, type_ in BY_NUMBER.items() for one in names if _is_of(one, type_))
    return by_number or any(asked.takes(name) for name in takers)


def _is_of(name: Name, type_: str) -> bool:
    return name.kind == "document" and (type_ in (name.type, "") or not name.iri)


def takes_period(asked: Asked, period: Period) -> bool:
    """Whether a period can become a value of a question, or, being a year, tell its document."""
    if asked.all_years:
        return True
    if asked.takes("older") and _years_of(period):
        return True
    return asked.takes("from") or (period.year is not None and any(asked.takes(name) for name in _YEARS))


def decimal(asked: Asked, text: str) -> re.Match[str] | None:
    """The number between 0 and 1 in a text that a question can take."""
    takes = any(one.type is ParameterType.DECIMAL for one in asked.question.parameters)
    return _DECIMAL.search(text) if takes else None


def fill(asked: Asked, used: Used, found: Found, names: Names, today: datetime.date) -> Filled:
    """Give a question its values."""
    return _Filling(asked, used, found, names, today).filled()


class _Filling:
    """One question being filled, parameter by parameter."""

    def __init__(self, asked: Asked, used: Used, found: Found, names: Names, today: datetime.date) -> None:
        self._asked, self._used, self._found, self._names, self._today = asked, used, found, names, today
        self._result = Filled()
        self._areas = [match for match in used.names.get("area", ()) if self._held(match, "area")]
        self._years = self._plan_years()
        self._dating: list[Match[Period]] = []

    def filled(self) -> Filled:
        """Fill all parameters that the words tell something about."""
        self._topics()
        self._agency()
        self._documents()
        self._area()
        self._number()
        self._indicator()
        self._statement()
        self._period()
        self._codes()
        self._missing()
        return self._result

    # What each kind of name becomes.

    def _topics(self) -> None:
        places = [name for name in ("topic", "other") if self._asked.takes(name)]
        seen = list({match.meanings: match for match in reversed(self._used.names.get("topic", ()))}.values())[::-1]
        if len(seen) > len(places):
            seen = self._narrowest(seen)
        for name, match in zip(places, seen, strict=False):
            self._choose(name, match, _widest(match.meanings))
        for match in seen[len(places) :]:
            self._doubt("stray", "topic", match)

    def _narrowest(self, topics: Sequence[Match[Name]]) -> list[Match[Name]]:
        """Of several topics those that no other one is part of, and that are not what all plans are about."""
        broader = {one.broader for match in topics for one in match.meanings}
        narrow = [match for match in topics if not broader.issuperset(one.iri for one in match.meanings)]
        telling = [match for match in narrow if not all(one.general for one in match.meanings)]
        return telling or narrow

    def _agency(self) -> None:
        matches = self._used.names.get("agency", ())
        if not matches or not self._asked.takes("agency"):
            return
        first, areas = matches[0], {match.meanings[0].iri for match in self._areas} or self._areas_of_documents()
        held = [one for one in first.meanings if one.held]
        inside = [one for one in held if not areas or one.area in areas or not self._provincial(one)]
        if not held:
            self._absent("agency", first, first.meanings[0].successor)
        elif not inside:
            self._absent("agency", first, "")
        else:
            self._choose("agency", first, inside)
            belongs = {one.area for one in inside}
            self._areas = [match for match in self._areas if match.meanings[0].iri not in belongs]
            if not self._areas and self._needs("document"):  # the plan of the agency's area is meant
                own = [self._names.areas[iri] for iri in belongs if iri in self._names.areas]
                self._areas = [Match(first.start, first.end, (area,)) for area in own]
        for match in matches[1:]:
            if set(first.meanings).isdisjoint(match.meanings):
                self._doubt("stray", "agency", match)

    def _areas_of_documents(self) -> set[str]:
        """The areas of the documents named, where each is held: an agency without an area is of theirs."""
        named = [one for match in self._used.names.get("document", ()) for one in match.meanings]
        return {one.area for one in named} if named and all(one.held and one.area for one in named) else set()

    def _documents(self) -> None:
        matches = self._used.names.get("document", ())
        for match in matches:
            if not any(one.held for one in match.meanings) and not self._by_number():
                self._absent("document", match, "")
                return
        if self._asked.takes("older"):
            self._two_plans(matches)
        elif self._asked.takes("document"):
            if matches:
                held = [one for one in matches[0].meanings if one.held]
                self._choose("document", matches[0], held)
                for match in matches[1:]:
                    if set(matches[0].meanings).isdisjoint(match.meanings):
                        self._doubt("stray", "document", match)
            elif self._document_by_description():
                self._described_document()

    def _document_by_description(self) -> bool:
        """Whether the question's document has to be told by its area and year: no other parameter takes them."""
        if self._asked.takes("area") and not self._needs("document"):
            return bool(self._years)
        return bool(self._areas or self._years)

    def _described_document(self) -> None:
        match: Match[Name] | Match[Period] = (self._areas or self._years)[0]
        plans = self._dated() or self._plans({one.meanings[0].year for one in self._years})
        if plans:
            self._choose("document", match, plans)
        else:
            self._absent("document", match, "")

    def _dated(self) -> list[Name]:
        """Documents of the area that are called by their type and date: "the decision of May 2025"."""
        if not self._asked.takes("relation"):
            return []
        types = {one.meanings[0] for one in self._names.document_types.matches(self._found.words)}
        areas = {match.meanings[0].iri for match in self._areas}
        named = [one for one in self._names.documents if one.held and one.area in areas and one.type in types]
        self._dating = [one for one in self._used.periods if any(_covers(one.meanings[0], name) for name in named)]
        return [name for name in named if all(_covers(one.meanings[0], name) for one in self._dating)]

    def _two_plans(self, matches: Sequence[Match[Name]]) -> None:
        named = [one for match in matches for one in match.meanings if one.held]
        years: set[int | None] = {year for one in self._years for year in _years_of(one.meanings[0])}
        plans = named if len(named) == 2 else self._plans(years)
        if len(plans) == 1 and self._areas and not named:  # one year named: the area's other plan is the other one
            plans = self._plans(set())
        if len(named) == 1 and not self._years:  # one plan named: the other one of its area is the other one
            plans = [one for one in self._plans(set()) if one.area == named[0].area]
        elif len(named) == 1:
            plans = [*named, *(one for one in plans if one.area == named[0].area and one != named[0])]
        plans = sorted(plans, key=lambda one: (one.year or 0, one.iri))
        if len(plans) == 2 and len({one.area for one in plans}) == max(1, len(self._areas)):
            source = matches[0] if matches else (self._areas or self._years)[0] if self._areas or self._years else None
            for name, plan in zip(("older", "newer"), plans, strict=True):
                self._set(name, self._short(name, plan.iri), source, plan.label)
        elif self._areas or matches:
            words = self._found.written((matches or self._areas)[0])
            self._result.doubts.append(Doubt("order", "older", words, tuple(plans)))

    def _plans(self, years: Set[int | None]) -> list[Name]:
        areas = {match.meanings[0].iri for match in self._areas}
        plans = [one for one in self._names.documents if one.held and one.plan]
        plans = [one for one in plans if not areas or one.area in areas]
        return [one for one in plans if one.year in years] if years else plans

    def _area(self) -> None:
        told = {doubt.parameter for doubt in self._result.doubts} | set(self._result.values)
        if told & {"document", "older"}:
            return
        areas = {one.meanings: one for one in reversed(self._areas)}
        if len(areas) > 1 and self._asked.compares_areas:
            self._result.assumed.append("areas")
            return
        if len(areas) > 1 and self._asked.takes("area"):
            named = sorted(areas.values(), key=lambda one: one.start)
            words = self._found.text[self._found.words[named[0].start].start : self._found.words[named[-1].end - 1].end]
            options = tuple(one for match in named for one in match.meanings)
            self._result.doubts.append(Doubt("each", "area", words, options))
            return
        for match in areas.values():
            if self._asked.takes("area"):
                self._choose("area", match, match.meanings)
            else:
                self._doubt("stray", "area", match)

    def _number(self) -> None:
        """The number of the document named, held or only cited, where the question takes that."""
        name = self._by_number()
        for match in self._used.names.get("document", ())[:1] if name else ():
            asked = [one for one in match.meanings if one.number and _is_of(one, BY_NUMBER[name])]
            numbered = [one for one in asked if (one.implemented if name == "resolution" else one.cited)]
            if not numbered:
                self._absent(name, match, "")
            elif len({one.number for one in numbered}) > 1:
                self._doubt("several", name, match, numbered)
            else:
                self._set(name, numbered[0].number, match, numbered[0].label)

    def _by_number(self) -> str:
        """The parameter that is given by the number of a document, "" if there is none."""
        return next((name for name in BY_NUMBER if self._asked.takes(name)), "")

    def _indicator(self) -> None:
        if self._used.indicator is not None and self._asked.takes("indicator"):
            self._choose("indicator", self._used.indicator, self._used.indicator.meanings)

    def _statement(self) -> None:
        for match in self._used.names.get("statement", ())[:1]:
            self._choose("statement", match, match.meanings)

    def _period(self) -> None:
        rest = [one for one in self._used.periods if one not in self._years and one not in self._dating]
        for match in rest[:1]:
            period = match.meanings[0]
            if self._asked.takes("from"):
                self._window(period, match)
            elif self._asked.takes("year") and period.year is not None:
                self._set("year", str(period.year), match, str(period.year))
                if self._asks_what_was(match):
                    self._doubt("past", "year", match)
            elif self._asked.all_years:
                self._result.assumed.append("years")
            else:
                self._doubt("stray", "period", match)
        for match in () if self._asked.all_years else rest[1:]:
            self._doubt("stray", "period", match)

    def _asks_what_was(self, match: Match[Period]) -> bool:
        """Whether "last year" asks for the value that an indicator had: nothing is said of what was set for it."""
        year = match.meanings[0].year
        past = year is not None and year < self._today.year and str(year) not in self._found.written(match)
        return past and self._asked.takes("indicator") and self._found.told.isdisjoint(_SETTING)

    def _window(self, period: Period, match: Match[Period]) -> None:
        begin, end = period.begin, period.end
        if begin is None and end is not None and end >= self._today:
            begin = self._today
            self._result.assumed.append("from")
        for name, day in (("from", begin), ("to", end)):
            if day is not None:
                self._set(name, day.isoformat(), match, day.isoformat())

    def _codes(self) -> None:
        """Values that stand for a few codes, by their words; where two are said, neither narrows the question."""
        for name, lexicon in self._asked.values.items():
            matches = longest_first(lexicon.matches(self._found.words), set())
            matches = [one for one in matches if not any(_within(one, name) for name in self._named())]
            if len({match.meanings[0] for match in matches}) > 1:
                matches = [one for one in matches if not self._found.names_plan(one)]
            codes = {match.meanings[0] for match in matches}
            if len(codes) == 1 and name not in self._result.values:
                self._set(name, matches[0].meanings[0], matches[0], matches[0].meanings[0])
        number = decimal(self._asked, self._found.text)
        if number is not None:
            for parameter in self._asked.question.parameters:
                if parameter.type is ParameterType.DECIMAL:
                    value = number[0].replace(",", ".")
                    self._result.values[parameter.name] = self._result.labels[parameter.name] = value
                    self._result.sources[parameter.name] = number[0]

    def _named(self) -> Iterator[Match[Name]]:
        for matches in self._used.names.values():
            yield from matches

    def _missing(self) -> None:
        doubtful = {doubt.parameter for doubt in self._result.doubts}
        for parameter in self._asked.question.parameters:
            missing = parameter.required and parameter.name not in self._result.values
            if missing and parameter.name not in doubtful and not (parameter.name == "newer" and "older" in doubtful):
                self._result.doubts.append(Doubt("missing", parameter.name))

    # Small steps.

    def _plan_years(self) -> list[Match[Period]]:
        """The years that tell a plan and no deadline: those beside the word "plan" that a plan has, where the question
        takes years of something else too; and all that compare two plans."""
        if self._asked.takes("older"):
            return [one for one in self._used.periods if _years_of(one.meanings[0])]
        years = [one for one in self._used.periods if one.meanings[0].year is not None]
        if not self._asked.takes("document"):
            return []
        of_plans = {one.year for one in self._names.documents if one.plan}
        if self._asked.all_years:
            return [one for one in years if one.meanings[0].year in of_plans]
        if not self._asked.takes("from") and not self._asked.takes("year"):
            return years
        return [one for one in years if self._found.beside_plan(one) and one.meanings[0].year in of_plans]

    def _held(self, match: Match[Name], kind: str) -> bool:
        """Whether a name is one that the release can be asked about; else it is said to be absent."""
        if any(one.held for one in match.meanings):
            return True
        self._absent(kind, match, match.meanings[0].successor)
        return False

    def _provincial(self, name: Name) -> bool:
        return name.area in self._names.areas

    def _needs(self, name: str) -> bool:
        return self._asked.takes(name) and self._asked.parameters[name].required

    def _choose(self, name: str, match: Match[Name] | Match[Period], options: Sequence[Name]) -> None:
        if len(options) == 1:
            self._set(name, self._short(name, options[0].iri), match, options[0].label)
        else:
            self._doubt("several", name, match, options)

    def _set(self, name: str, value: str, match: Match[Name] | Match[Period] | Match[str] | None, label: str) -> None:
        self._result.values[name] = value
        self._result.labels[name] = label
        self._result.sources[name] = self._found.written(match) if match else ""

    def _short(self, name: str, iri: str) -> str:
        return short_value(self._asked.parameters[name], iri)

    def _doubt(self, kind: str, name: str, match: Match[Name] | Match[Period], options: Sequence[Name] = ()) -> None:
        self._result.doubts.append(Doubt(kind, name, self._found.written(match), tuple(options)))

    def _absent(self, kind: str, match: Match[Name] | Match[Period], successor: str) -> None:
        self._result.doubts.append(Doubt("absent", kind, self._found.written(match), successor=successor))


def _years_of(period: Period) -> tuple[int, ...]:
    """The year that a period is, or the first and last of several: "from 2025 to 2026"."""
    if period.year is not None:
        return (period.year,)
    begin, end = period.begin, period.end
    return (begin.year, end.year) if begin and end and begin.year != end.year else ()


def _widest(topics: Sequence[Name]) -> Sequence[Name]:
    """Of topics that one word can mean the one that all others are part of, if there is one."""
    return [one for one in topics if all(other.broader == one.iri for other in topics if other != one)] or topics


def _within(code: Match[str], name: Match[Name]) -> bool:
    """Whether the words of a code are some of those of a name: "hỗ trợ" in "hỗ trợ doanh nghiệp"."""
    return name.start <= code.start and code.end <= name.end and len(code) < len(name)


def _covers(period: Period, document: Name) -> bool:
    """Whether a document is of a period, as far as its date is known."""
    begin, end = period.begin, period.end
    known = len(document.date)
    return begin is not None and end is not None and str(begin)[:known] <= document.date <= str(end)[:known]

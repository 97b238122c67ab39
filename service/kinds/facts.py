"""What the graph says of one thing, for reading off it; and what documents are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.namespaces import BASE, DCT, ELI, PC, PROV, RDF, passage_of
from graph.source_text import Span
from service.kinds.asking import Asking, Row
from service.kinds.tasks import Named
from service.pages import in_language


@dataclass(frozen=True, slots=True)
class Facts:
    """The statements about a thing: property -> solutions of statements.rq."""

    said: Mapping[str, list[Row]]
    asking: Asking

    def text(self, property_iri: str) -> str:
        """Return the value in the language of the page, else in another; "" for none."""
        values = {row.get("language", ""): row["value"] for row in self.said.get(property_iri, ())}
        return in_language(values, self.asking.language) or ""

    def texts(self, property_iri: str) -> list[str]:
        """Return all values as text, in order."""
        return sorted(row["value"] for row in self.said.get(property_iri, ()))

    def things(self, property_iri: str) -> list[Named]:
        """Return the things that a property leads to, each once, with their names, in the order of these."""
        rows = self.said.get(property_iri, ())
        named = {row["value"]: _named(row, self.asking) for row in rows}
        return sorted(named.values(), key=lambda one: (one.name, one.iri))

    def thing(self, property_iri: str) -> Named | None:
        """Return the first thing that a property leads to, None for none."""
        return next(iter(self.things(property_iri)), None)

    def passages(self) -> list[tuple[str, Span]]:
        """Return the source and the characters of each passage that states the thing, in order."""
        return passages(self.texts(PROV + "wasDerivedFrom"))


async def read_facts(asking: Asking) -> Facts:
    """Return what the graph says of the thing asked about."""
    return Facts(by_property(await asking.rows("statements")), asking)


async def read_predecessors(asking: Asking, facts: Facts) -> list[Named]:
    """Return what the thing asked about took the place of, whichever of the two says so."""
    said = {one.iri: one for one in facts.things(DCT + "replaces")}
    for row in await asking.rows("predecessors"):
        said.setdefault(row["before"], Named(row["before"], asking.name(row["before"])))
    return sorted(said.values(), key=lambda one: (one.name, one.iri))


def by_property(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return solutions about one thing by their ?property."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["property"], []).append(row)
    return found


def passages(iris: Iterable[str]) -> list[tuple[str, Span]]:
    """Return the source and the characters that IRIs of passages name, in order; other IRIs are passed over."""
    found = {passage for iri in iris if (passage := passage_of(iri))}
    return sorted(found, key=lambda one: (one[0], one[1].start, one[1].end))


def _named(row: Row, asking: Asking) -> Named:
    known = row["value"] in asking.names.by_iri
    return Named(row["value"], asking.name(row["value"]) if known or "label" not in row else row["label"])


CLASS = RDF + "type"
TITLE = DCT + "title"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as others are shown it: its number as issued, title, type, date (as much as is known), area, and the
    slug of the source that it is read from; "" for what is not known."""

    iri: str
    number: str = ""
    title: str = ""
    type: str = ""
    date: str = ""
    area: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        """A short name: type and number, else type, area and year."""
        kind = self.type[:1].upper() + self.type[1:]
        parts = (kind, self.number) if self.number else (kind, self.area, self.date[:4])
        return " ".join(part for part in parts if part) or self.title or self.iri.removeprefix(f"{BASE}id/document/")


async def read_documents(asking: Asking, iris: Iterable[str]) -> dict[str, Document]:
    """Return what documents are called, by IRI."""
    wanted = sorted(set(iris))
    if not wanted:
        return {}
    found = {}
    for row in await asking.rows("documents", document=map(NamedNode, wanted)):
        found[row["document"]] = Document(
            row["document"],
            row.get("number", ""),
            row.get("title", ""),
            asking.name(row["type"]) if "type" in row else "",
            row.get("date", ""),
            asking.name(row["area"]) if "area" in row else "",
            row.get("source", "").removeprefix(f"{BASE}id/source/"),
        )
    return found


IMPLEMENTS, REPLACES = PC + "implements", PC + "replaces"
BASED_ON, AMENDS, CITES, ISSUER = (ELI + name for name in ("based_on", "amends", "cites", "passed_by"))
RELATIONS = {IMPLEMENTS: "implements", BASED_ON: "based_on", AMENDS: "amends", REPLACES: "replaces", CITES: "cites"}
"""The relations between documents and their short names, the most telling first."""

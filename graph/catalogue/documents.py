"""What the catalogue tells of each document: read from the store of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.namespaces import PC, thing
from graph.questions.question import Text
from graph.solutions import select
from graph.store import PREFIXES, Store

_PROLOGUE = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("dct", "eli", "pc", "skos"))
_HEADS = f"""{_PROLOGUE}SELECT ?document ?title ?number ?date ?area ?areaLabel ?typeLabel WHERE {{
  ?document a pc:Document ; dct:source ?source ; dct:title ?title ; pc:area ?area ; eli:type_document ?type .
  OPTIONAL {{ ?document eli:id_local ?number }}
  OPTIONAL {{ ?document eli:date_document ?date }}
  ?area skos:prefLabel ?areaLabel .
  ?type skos:prefLabel ?typeLabel .
  FILTER (LANG(?areaLabel) = LANG(?typeLabel) && LANG(?areaLabel) IN ("vi", "en"))
}}"""
_COUNTS = f"""{_PROLOGUE}SELECT ?document ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
  VALUES ?class {{ pc:Task pc:PlanIndicator pc:Target pc:Citation }}
  ?thing a ?class ; pc:document|pc:citingDocument ?document .
}} GROUP BY ?document ?class"""
_ENDS = f"""{_PROLOGUE}SELECT ?document (MAX(?time) AS ?last) WHERE {{
  {{ ?task a pc:Task ; pc:document ?document ; pc:dueBy ?day . BIND (STR(?day) AS ?time) }}
  UNION
  {{ ?target a pc:Target ; pc:document ?document ; pc:year ?year . BIND (CONCAT(STR(?year), "-12-31") AS ?time) }}
}} GROUP BY ?document"""
_COUNTED = {"Task": "tasks", "PlanIndicator": "indicators", "Target": "targets", "Citation": "citations"}


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document that the release holds. ``begin`` and ``end`` are the time it is about: from its date, as far as it is
    known, to the last day that a deadline or a target of it can mean (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``)."""

    iri: str
    title: str
    number: str | None
    type: Text
    area: str
    area_label: Text
    begin: str | None
    end: str | None
    counts: Mapping[str, int]

    @property
    def slug(self) -> str:
        """The last part of its IRI, in ASCII."""
        return self.iri.removeprefix(f"{thing('document')}/")


def held_documents(store: Store) -> list[HeldDocument]:
    """The documents that a store holds and not only cites, in order of their IRIs."""
    heads: dict[str, dict[str, Mapping[str, Mapping[str, str]]]] = {}
    for solution in select(store, _HEADS):
        heads.setdefault(solution["document"]["value"], {})[solution["areaLabel"]["xml:lang"]] = solution
    counts: dict[str, dict[str, int]] = {}
    for found in select(store, _COUNTS):
        name = _COUNTED[found["class"]["value"].removeprefix(PC)]
        counts.setdefault(found["document"]["value"], {})[name] = int(found["count"]["value"])
    ends = {found["document"]["value"]: found["last"]["value"] for found in select(store, _ENDS) if "last" in found}
    return [_document(iri, said, counts.get(iri, {}), ends.get(iri)) for iri, said in sorted(heads.items())]


def _document(
    iri: str, said: Mapping[str, Mapping[str, Mapping[str, str]]], counts: Mapping[str, int], end: str | None
) -> HeldDocument:
    head = next(iter(said.values()))
    return HeldDocument(
        iri=iri,
        title=head["title"]["value"],
        number=head["number"]["value"] if "number" in head else None,
        type=_text(said, "typeLabel"),
        area=head["area"]["value"],
        area_label=_text(said, "areaLabel"),
        begin=head["date"]["value"] if "date" in head else None,
        end=end,
        counts={name: counts.get(name, 0) for name in _COUNTED.values()},
    )


def _text(said: Mapping[str, Mapping[str, Mapping[str, str]]], variable: str) -> Text:
    labels: Sequence[str] = [said[one][variable]["value"] if one in said else "" for one in ("vi", "en")]
    vi, en = labels
    return Text(vi or en, en or vi)

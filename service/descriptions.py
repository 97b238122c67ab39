"""The RDF description of a thing: what is said of it, what points at it, and the names of all that these mention."""

from pyoxigraph import NamedNode

from graph.store import PREFIXES
from service.links import LICENCE

INCOMING = 500
"""Statements that point at a thing, on one page of its description."""

_USED = ("dct", "foaf", "hydra", "oa", "prov", "rdfs", "skos")
_PREFIXES = {**PREFIXES, "foaf": "http://xmlns.com/foaf/0.1/", "hydra": "http://www.w3.org/ns/hydra/core#"}
_PROLOGUE = "".join(f"PREFIX {name}: <{_PREFIXES[name]}>\n" for name in _USED)


def held_query(iri: NamedNode) -> str:
    """Return a query with a solution if the graph says anything of or about a thing."""
    return f"SELECT ?p WHERE {{ {{ {iri} ?p ?o }} UNION {{ ?s ?p {iri} }} }} LIMIT 1"


def incoming_count_query(iri: NamedNode) -> str:
    """Return a query for `?count`, how many statements point at a thing."""
    return f"SELECT (COUNT(*) AS ?count) WHERE {{ SELECT DISTINCT ?subject ?property {{ ?subject ?property {iri} }} }}"


def description_query(iri: NamedNode, document: NamedNode, page: int, incoming: int) -> str:
    """Return a CONSTRUCT query for the description of a thing.

    `document` is the address of the document that the description is; `page` counts from 1, `incoming` is how many
    statements point at the thing. Pages are named as in Hydra (hydra:PartialCollectionView).
    """
    pointing = (
        f"SELECT DISTINCT ?subject ?property WHERE {{ ?subject ?property {iri} }} "
        f"ORDER BY ?property ?subject LIMIT {INCOMING} OFFSET {INCOMING * (page - 1)}"
    )
    return f"""{_PROLOGUE}CONSTRUCT {{
  {iri} ?said ?value .
  ?subject ?property {iri} .
  ?mentioned ?naming ?name .
  ?passage oa:hasSelector ?selector . ?selector oa:exact ?quote .
  {_about(iri, document.value, page, incoming)}
}} WHERE {{
  {{ {iri} ?said ?value }}
  UNION {{ {pointing} }}
  UNION {{ {iri} prov:wasDerivedFrom ?passage . ?passage oa:hasSelector ?selector . ?selector oa:exact ?quote }}
  UNION {{
    {{ SELECT DISTINCT ?mentioned WHERE {{
      {{ {iri} ?mentioned ?any }} UNION {{ {iri} ?any ?mentioned }}
      UNION {{ {{ {pointing} }} BIND(?subject AS ?mentioned) }}
      UNION {{ {{ {pointing} }} BIND(?property AS ?mentioned) }}
    }} }}
    VALUES ?naming {{ skos:prefLabel dct:title rdfs:label }}
    ?mentioned ?naming ?name
  }}
}}"""


def last_page(incoming: int) -> int:
    """Return the number of the last page of a description, which always has one."""
    return max(1, -(-incoming // INCOMING))


def _about(iri: NamedNode, document: str, page: int, incoming: int) -> str:
    """What the description says of the document that it is."""
    this = _at(document, page)
    said = [f"{this} foaf:primaryTopic {iri} ; dct:license <{LICENCE}> ; hydra:totalItems {incoming} ."]
    last = last_page(incoming)
    if last > 1:
        ends = f"hydra:first <{document}> ; hydra:last {_at(document, last)}"
        said.append(f"{this} a hydra:PartialCollectionView ; {ends} .")
    if page < last:
        said.append(f"{this} hydra:next {_at(document, page + 1)} .")
    if page > 1:
        said.append(f"{this} hydra:previous {_at(document, page - 1)} .")
    return "\n  ".join(said)


def _at(document: str, page: int) -> str:
    return f"<{document}?page={page}>" if page > 1 else f"<{document}>"

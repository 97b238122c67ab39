"""What documents are called on pages that show documents by the way: edges of networks, answers, lists of plans."""

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import NamedNode

from graph.namespaces import BASE
from service.kinds.asking import Asking
from service.kinds.facts import read_documents
from service.names import names_of
from service.pool import Lease
from service.shared import Service

_DOCUMENT = f"{BASE}id/document/"


def document_of(iri: str) -> str:
    """Return the document that a thing is, or stands below by its IRI; "" for none."""
    slug = iri.removeprefix(_DOCUMENT).partition("/")[0]
    return _DOCUMENT + slug if iri.startswith(_DOCUMENT) else ""


async def document_names(lease: Lease, service: Service, language: str, iris: Iterable[str]) -> dict[str, str]:
    """Return the short names in a language of those IRIs that are documents; what is below a document is none."""
    wanted = {iri for iri in iris if iri and document_of(iri) == iri}
    asking = Asking(lease, NamedNode(BASE), language, {}, await names_of(lease), service.cache)
    return {iri: one.name for iri, one in (await read_documents(asking, wanted)).items()}


async def documents_by_source(lease: Lease, service: Service, iris: Iterable[str]) -> dict[str, list[str]]:
    """Return which of some documents are read from a source, by the short name of that ("000")."""
    asking = Asking(lease, NamedNode(BASE), "vi", {}, await names_of(lease), service.cache)
    found: dict[str, list[str]] = {}
    for row in await asking.rows("source-ids", document=map(NamedNode, sorted(iris))):
        found.setdefault(row["id"], []).append(row["document"])
    return found


def called(key: str, by_source: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> str:
    """Return what the document is called that evaluation knows by `key`: the short name of its source, with a part of
    the document's own name where the source holds several ("003-plan"). A key of none is returned as it is."""
    source, _, part = key.partition("-")
    return " · ".join(names[iri] for iri in by_source.get(source, ()) if part in iri and iri in names) or key

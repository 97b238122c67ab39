"""The pages about a source and about a passage of one."""

from pyoxigraph import NamedNode

from graph.namespaces import PC, passage_of, record_of
from service.kinds.asking import Asking
from service.kinds.excerpts import excerpts_of, kind_of, read_marks
from service.kinds.facts import TITLE, Facts, read_documents
from service.kinds.page import KindPage
from service.source_texts import read_text

_MARGIN = 400  # characters before and after a passage
_NAME = 80  # characters of a passage that its title has


async def read_source(asking: Asking, facts: Facts) -> KindPage:
    """Return the page about a source: the file, the documents read from it, and its text."""
    slug = asking.thing.value.rpartition("/")[2]
    text = read_text(asking.lease.release, slug)
    read = await asking.rows("documents-read")
    title = facts.text(TITLE) or slug
    context = {
        "name": title,
        "slug": slug,
        "length": None if text is None else len(text),
        "file": facts.text(PC + "fileName"),
        "sha256": facts.text(PC + "sha256"),
        "documents": await read_documents(asking, [row["document"] for row in read]),
    }
    return KindPage("source.html", title, context)


async def read_passage(asking: Asking, facts: Facts) -> KindPage | None:
    """Return the page about a passage: its characters among those around them, and what they state. None where its IRI
    does not say which characters it has."""
    place = passage_of(asking.thing.value)
    if place is None:
        return None
    source, span = place
    parts = sorted(row["part"] for row in await asking.rows("stated"))
    records = [NamedNode(record_of(part)) for part in parts]
    titles = {row["record"]: row["title"] for row in await asking.rows("titles", record=records)} if records else {}
    marks = await read_marks(asking, source)
    text = read_text(asking.lease.release, source)
    quote = text[span.start : span.end] if text is not None else ""
    context = {
        "source": source,
        "span": span,
        "held": text is not None,
        "excerpts": excerpts_of(asking, source, [span], marks, _MARGIN),
        "stated": [(kind_of(part), part, record_of(part)) for part in parts],
        "titles": titles,
    }
    return KindPage("passage.html", " ".join(quote.split())[:_NAME] or f"{source} {span.start}–{span.end}", context)

"""Which document a number means: the same IRI whether a plan is held here or only cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.linking.agencies import CENTRE
from graph.records import DocumentRecord
from graph.text import slug

_CENTRAL = re.compile(r"TW$|CP$|TTg$|QH\d*$|UBTVQH\d*$|/B[A-ZĐ]+|-B[A-ZĐ]+$|VPTW$|HNVB|VPCP")
_YEAR = re.compile(r"/((?:19|20)\d\d)/")


def document_slug(number: str | None, date: str | None, area: str, document_type: str) -> str:
    """``<area>-<number>-<year>``; without a number ``<area>-<type>-<date>``. Central documents belong to Viet Nam. A
    year that the number itself holds is not said twice; a date that is not known is left out."""
    home = CENTRE if number and _CENTRAL.search(number) else area
    if number is None:
        return "-".join(filter(None, (home, document_type, date)))
    year = "" if _YEAR.search(number) else (date or "")[:4]
    return "-".join(filter(None, (home, slug(number), year)))


def document_slugs(documents: Sequence[DocumentRecord], area: str) -> dict[str, str]:
    """The slug of each document of a file, by its ``doc``."""
    return {d.doc: document_slug(d.number, d.date, area, d.type) for d in documents}

"""The controlled vocabularies that DCAT-AP asks for: entries of the EU authority tables, IANA media types, SPDX.

Each entry is described as far as DCAT-AP 3.0.1 needs to recognise it (class, label, table), because a harvester does
not fetch the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.questions.question import Text

AUTHORITY = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
DCT_NS = "http://purl.org/dc/terms/"
SPDX_NS = "http://spdx.org/rdf/terms#"

SHA256 = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"
"""The algorithm as the DCAT-AP 3.0.1 shapes want it written; SPDX itself writes http."""

SPDX_SHA256 = f"{SPDX_NS}checksumAlgorithm_sha256"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an EU authority table: the table, its code, the class DCAT-AP asks for beside skos:Concept."""

    table: str
    code: str
    label: Text
    kind: str | None = None

    @property
    def iri(self) -> str:
        """Its IRI."""
        return f"{AUTHORITY}{self.table}/{self.code}"

    @property
    def scheme(self) -> str:
        """The IRI of its table."""
        return f"{AUTHORITY}{self.table}"


VIETNAMESE = Entry("language", "VIE", Text("tiếng Việt", "Vietnamese"), f"{DCT_NS}LinguisticSystem")
ENGLISH = Entry("language", "ENG", Text("tiếng Anh", "English"), f"{DCT_NS}LinguisticSystem")
IRREGULAR = Entry("frequency", "IRREG", Text("không định kỳ", "irregular"), f"{DCT_NS}Frequency")
PUBLIC = Entry("access-right", "PUBLIC", Text("công khai", "public"), f"{DCT_NS}RightsStatement")
VIET_NAM = Entry("country", "VNM", Text("Việt Nam", "Viet Nam"), f"{DCT_NS}Location")
STABLE = Entry("planned-availability", "STABLE", Text("ổn định", "stable"))
THEMES = (
    Entry("data-theme", "GOVE", Text("Chính quyền và khu vực công", "Government and public sector")),
    Entry("data-theme", "TECH", Text("Khoa học và công nghệ", "Science and technology")),
)
DATA_THEME = Text("Chủ đề dữ liệu", "Data theme")

ENTRIES: Sequence[Entry] = (VIETNAMESE, ENGLISH, IRREGULAR, PUBLIC, VIET_NAM, STABLE, *THEMES)
"""Every entry that each catalogue uses."""


def file_type(code: str, name: str) -> Entry:
    """An entry of the file-type table."""
    return Entry("file-type", code, Text(name, name), f"{DCT_NS}MediaTypeOrExtent")

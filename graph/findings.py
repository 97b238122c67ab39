"""What a validation finds: findings with their place in a source, what to do about each, and who has accepted which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rdflib import Graph

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
SHAPES_NAMESPACE = "https://w3id.org/phancong/shapes#"


@dataclass(frozen=True, slots=True)
class Passage:
    """The characters of a source, ``start`` to ``end`` (exclusive), that a statement rests on; ``line`` and
    ``column`` of its first character count from 1 and are None where the text of the source is not at hand."""

    start: int
    end: int
    quote: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a plan a finding belongs, as far as the data says.

    ``passage`` is the cell or phrase itself; ``record`` is the kind of record it is part of and ``at`` the character at
    which that record begins, as a correction names it (docs/corrections.md).
    """

    document: str | None = None
    document_name: str | None = None
    source: str | None = None
    file: str | None = None
    annex: str | None = None
    number: str | None = None
    title: str | None = None
    record: str | None = None
    at: int | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A person's word that a finding stands so in the source: who, on which day (``YYYY-MM-DD``), why.

    ``source`` is an id of sources.toml, ``shape`` a name without its namespace, ``focus`` and ``value`` are what the
    finding says, IRIs from below ``id/``; ``place`` is the file and entry.
    """

    source: str
    shape: str
    focus: str
    value: str | None
    by: str
    on: str
    why: str
    place: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a validation.

    ``focus`` is the thing at fault, ``path`` a SPARQL property path, ``value`` the offending value if there is one,
    ``remedy`` where it is mended.
    """

    severity: Severity
    message_vi: str
    message_en: str
    focus: str
    path: str | None
    value: str | None
    shape: str
    place: Place
    remedy_vi: str = ""
    remedy_en: str = ""
    accepted: Acceptance | None = None

    @property
    def shape_name(self) -> str:
        """The shape without its namespace: ``Task-lead``."""
        return self.shape.removeprefix(SHAPES_NAMESPACE)


@dataclass(frozen=True, slots=True)
class Report:
    """Findings, worst first and then by place; ``results`` is the SHACL validation report as a graph, which knows no
    acceptance."""

    findings: tuple[Finding, ...]
    results: Graph

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos are for people to judge."""
        return self.count("violation") == 0

    def count(self, severity: Severity) -> int:
        """How many findings have this severity and are not accepted."""
        return sum(finding.severity == severity and finding.accepted is None for finding in self.findings)

    @property
    def accepted(self) -> int:
        """How many findings people have accepted."""
        return sum(finding.accepted is not None for finding in self.findings)

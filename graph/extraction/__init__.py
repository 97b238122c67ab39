"""From blocks to records: what a plan says, field by field, each with its place in the source. Pure functions: text in,
records out."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.extraction.agencies import AgencyReader
from graph.extraction.annexes import Table, read_tables
from graph.extraction.assembly import TableRow, assemble
from graph.extraction.citations import find_mentions, read_citations
from graph.extraction.ditto import repeat_above
from graph.extraction.flattened import WordPairs, count_pairs, reassemble
from graph.extraction.flattened.lines import FlatTable
from graph.extraction.headers import Terms, load_terms
from graph.extraction.heads import read_heads, with_relations
from graph.extraction.indicators import read_indicators, without_tasks
from graph.extraction.prose import read_prose_targets
from graph.extraction.tasks import Reading, read_tasks
from graph.extraction.topics import TopicReader
from graph.extraction.years import with_past
from graph.reading import Block, Paragraph, Row, read_blocks
from graph.records import Extraction, IndicatorRecord, TaskRecord
from graph.source_text import CELL_LINE, SourceText
from graph.vocabulary import Vocabulary

__all__ = ["Extractor", "NotAPlanError"]

_FEWEST_COLUMNS = 3  # of a table that may be meant to assign tasks
_CELL_LINE = re.compile(CELL_LINE)


class NotAPlanError(Exception):
    """A text that has neither a head nor a table nor a citation of a plan."""


@dataclass(frozen=True, eq=False)
class Extractor:
    """Extracts with one set of vocabularies; made once a process."""

    vocabulary: Vocabulary
    agencies: AgencyReader
    topics: TopicReader
    terms: Terms

    @classmethod
    def load(cls, vocabulary: Vocabulary) -> Extractor:
        """With the word lists that stand beside the code."""
        return cls(vocabulary, AgencyReader.load(vocabulary), TopicReader(vocabulary), load_terms())

    def extract(self, doc: str, source: str) -> Extraction:
        """All records of one source text. Raises :class:`NotAPlanError` where there is nothing to extract."""
        blocks = read_blocks(source)
        heads = read_heads(doc, source, blocks, self.vocabulary)
        tasks: list[TaskRecord] = []
        indicators: list[IndicatorRecord] = []
        pairs = count_pairs(block.text.text for block in blocks if isinstance(block, Paragraph))
        reading = Reading(self.agencies, self.topics, self.terms)
        issued = min((int(document.date[:4]) for document in heads.documents if document.date), default=0)
        tables = read_tables(blocks, self.terms)
        for table in tables:
            rows = self._logical_rows(table, pairs)
            if table.header.holds == "tasks":
                tasks += read_tasks(doc, source, table, rows, reading)
            elif table.header.holds == "indicators":
                header = with_past(table.header, [row.cells for row in rows], issued)
                table = dataclasses.replace(table, header=header)
                rows, own_tasks = without_tasks(rows, header)
                if own_tasks:
                    tasks += read_tasks(doc, source, table, own_tasks, reading)
                indicators += read_indicators(doc, source, table, rows, self.agencies)
        indicators += read_prose_targets(doc, source, blocks)
        if not tasks and not indicators:
            _refuse_without_records(has_head=bool(heads.documents), blocks=blocks, tables=tables)
        own = [document.number for document in heads.documents if document.number]
        mentions = find_mentions(_running_text(blocks), self.vocabulary)
        opened = [m for opening in heads.openings for m in find_mentions(opening, self.vocabulary, opening=True)]
        stated = {m.written.origin[0]: m for m in opened}
        citations = read_citations(doc, source, [stated.get(m.written.origin[0], m) for m in mentions], own)
        documents = [
            with_relations(document, opening, citations, self.vocabulary)
            for document, opening in zip(heads.documents, heads.openings, strict=True)
        ]
        return Extraction(
            tuple(documents),
            tuple(dataclasses.replace(task, order=i) for i, task in enumerate(tasks)),
            tuple(dataclasses.replace(indicator, order=i) for i, indicator in enumerate(indicators)),
            tuple(citations),
        )

    def _logical_rows(self, table: Table, pairs: WordPairs) -> list[TableRow]:
        if isinstance(table.body, FlatTable):
            return reassemble(table.body, pairs, self.agencies)
        rows = assemble(table.body, table.header, self.agencies) if table.header.holds else []
        repeat_above(rows, table.header.columns)
        return rows


def _refuse_without_records(*, has_head: bool, blocks: Sequence[Block], tables: Sequence[Table]) -> None:
    """Raise :class:`NotAPlanError` for a text without tasks and indicators that has no head of a document either, or
    that has tables which should hold some."""
    if any(table.header.holds for table in tables):
        raise NotAPlanError("its table of tasks or indicators has a header and no rows")
    if not has_head:
        raise NotAPlanError(
            "no head of a document (a type such as KẾ HOẠCH alone on a line) and no table of tasks or indicators"
        )
    if any(isinstance(block, Row) and len(block.cells) >= _FEWEST_COLUMNS for block in blocks):
        raise NotAPlanError(
            "no table has a header with columns of tasks or indicators, and no target stands in its text"
        )


def _running_text(blocks: tuple[Block, ...]) -> SourceText:
    return SourceText.join(
        "\n",
        (
            text.replaced(_CELL_LINE, " ")
            for block in blocks
            for text in (block.cells if isinstance(block, Row) else (block.text,))
        ),
    )

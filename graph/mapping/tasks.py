"""Tasks with their topics, deadlines and assignments."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from graph.extraction.deadlines import due_by, edtf, last_day
from graph.linking.tasks import TaskMention
from graph.mapping.literals import plain, time_literal, vi
from graph.mapping.writers import SourceWriter
from graph.namespaces import DCT, EDTF, PC, RDF, TIME, XSD, row_path, thing
from graph.records import Deadline, TaskRecord
from graph.source_text import Span

_IN_TIME = {
    XSD + "date": f"{TIME}inXSDDate",
    XSD + "gYearMonth": f"{TIME}inXSDgYearMonth",
    XSD + "gYear": f"{TIME}inXSDgYear",
}


def add_task(writer: SourceWriter, document: str, task: TaskRecord) -> None:
    """A task with its deadlines and assignments."""
    iri = writer.unique(f"{document}/task/{row_path(task.annex, task.section_no, task.no or f'r{task.order + 1}')}")
    writer.shared.tasks.append(TaskMention(iri, document, writer.dated.get(document), task.title, task.topics))
    writer.add(iri, RDF + "type", NamedNode(PC + "Task"))
    writer.add_row(iri, document, task.annex, task.no, task.title, task.order)
    writer.add(iri, PC + "sectionNumber", plain(task.section_no))
    writer.add(iri, PC + "section", vi(task.section))
    writer.add(iri, PC + "expectedResult", vi(task.result))
    for topic in task.topics:
        writer.add(iri, PC + "topic", NamedNode(thing("topic", topic)))
        _add_classification(writer, iri, topic, task.source.get(f"topics.{topic}", ()))
    writer.derive(iri, task.source.get("title", ()), task.source.get("result", ()))
    writer.add_doubt(iri, task.confidence, task.doubts)
    writer.add_corrections(iri, task.corrections)
    due = [day for day in map(due_by, task.deadline) if day]
    writer.add(iri, PC + "dueBy", Literal(max(due).isoformat(), datatype=NamedNode(XSD + "date")) if due else None)
    for n, deadline in enumerate(task.deadline, 1):
        _add_deadline(writer, iri, n, deadline, task)
    writer.assign(iri, "lead", task.lead, task.source, "lead", task.confidence)
    writer.assign(iri, "coordination", task.coord, task.source, "coord", task.confidence)


def _add_classification(writer: SourceWriter, task: str, topic: str, words: Sequence[Span]) -> None:
    """Which words of a task made it one of a topic; none where a person gave it the topic."""
    if not words:
        return
    node = f"{task}/classification/{topic}"
    writer.add(task, PC + "classification", NamedNode(node))
    writer.add(node, RDF + "type", NamedNode(PC + "Classification"))
    writer.add(node, DCT + "subject", NamedNode(thing("topic", topic)))
    writer.derive(node, words)


def _add_deadline(writer: SourceWriter, task: str, n: int, deadline: Deadline, record: TaskRecord) -> None:
    iri = f"{task}/deadline/{n}"
    writer.add(task, PC + "deadline", NamedNode(iri))
    writer.add(iri, RDF + "type", NamedNode(PC + "Deadline"))
    writer.add(iri, PC + "deadlineKind", NamedNode(thing("deadline-kind", deadline.kind)))
    writer.add(iri, PC + "asWritten", plain(record.deadline_raw))
    writer.add(iri, PC + "begin", time_literal(deadline.start))
    writer.add(iri, PC + "end", time_literal(deadline.end))
    _add_interval(writer, iri, deadline)
    if deadline.recurrence:
        writer.add(iri, PC + "recurrence", NamedNode(thing("recurrence", deadline.recurrence)))
    if deadline.end:
        writer.add(iri, PC + "dueBy", Literal(last_day(deadline.end).isoformat(), datatype=NamedNode(XSD + "date")))
    writer.add(iri, PC + "forResult", vi(deadline.result))
    writer.derive(iri, record.source.get("deadline", ()))


def _add_interval(writer: SourceWriter, iri: str, deadline: Deadline) -> None:
    """The same time as OWL-Time says it, an interval between two instants, and as one EDTF string."""
    text = edtf(deadline)
    if text is None:
        return
    writer.add(iri, RDF + "type", NamedNode(TIME + "ProperInterval"))
    writer.add(iri, PC + "edtf", Literal(text, datatype=NamedNode(EDTF)))
    for property, part, time in (("hasBeginning", "begin", deadline.start), ("hasEnd", "end", deadline.end)):
        value = time_literal(time)
        if value is not None:
            writer.add(iri, TIME + property, NamedNode(f"{iri}/{part}"))
            writer.add(f"{iri}/{part}", RDF + "type", NamedNode(TIME + "Instant"))
            writer.add(f"{iri}/{part}", _IN_TIME[value.datatype.value], value)

"""Indicators as a plan states them, with targets and baselines as observations (RDF Data Cube)."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from graph.extraction.quantities import parse_quantity
from graph.linking.indicators import IndicatorMention, indicator_label, indicator_slug, measured
from graph.mapping.literals import decimal, plain, time_literal, vi
from graph.mapping.writers import SourceWriter
from graph.namespaces import PC, QB, RDF, SDMX_ATTRIBUTE, row_path, thing
from graph.records import Comparator, IndicatorRecord
from graph.vocabulary import fold_unit

_COMPARATORS: Mapping[Comparator, str] = {
    "=": "equal",
    ">=": "at-least",
    "<=": "at-most",
    ">": "more-than",
    "<": "less-than",
    "range": "range",
    "yes": "yes",
    "text": "text",
}


def add_indicator(writer: SourceWriter, document: str, indicator: IndicatorRecord) -> None:
    """An indicator as the plan states it, with its targets, baseline and who is responsible."""
    if indicator.annex is None and indicator.source.get("name"):
        part = f"text-{indicator.source['name'][0].start}"
    else:
        year = str(indicator.block_year) if indicator.block_year else None
        part = row_path(indicator.annex, year, indicator.no or f"r{indicator.order + 1}")
    iri = writer.unique(f"{document}/indicator/{part}")
    concept = thing("indicator", indicator_slug(indicator.name))
    writer.shared.names[concept][indicator_label(indicator.name)] += 1
    valued = any(target.op not in ("yes", "text") for target in indicator.targets) or not indicator.targets
    measure = measured(indicator.unit, valued, writer.agencies.vocabulary)
    writer.shared.indicators.append(IndicatorMention(concept, indicator.name, measure, document))
    writer.add(iri, RDF + "type", NamedNode(PC + "PlanIndicator"))
    writer.add_row(iri, document, indicator.annex, indicator.no, indicator.name, indicator.order)
    writer.add(iri, PC + "group", vi(indicator.group))
    writer.add(iri, PC + "unit", plain(indicator.unit))
    writer.add(iri, PC + "sentence", vi(indicator.sentence))
    writer.add(iri, PC + "blockYear", time_literal(str(indicator.block_year) if indicator.block_year else None))
    writer.add(iri, PC + "indicator", NamedNode(concept))
    writer.derive(iri, indicator.source.get("name", ()), indicator.source.get("unit", ()))
    writer.add_doubt(iri, indicator.confidence, indicator.doubts)
    writer.add_corrections(iri, indicator.corrections)
    _add_targets(writer, iri, document, concept, indicator)
    writer.assign(iri, "lead", indicator.lead, indicator.source, "lead", indicator.confidence)
    writer.assign(iri, "lead", indicator.lead_inherited, indicator.source, "lead_inherited", indicator.confidence)


def _add_targets(writer: SourceWriter, iri: str, document: str, concept: str, indicator: IndicatorRecord) -> None:
    for target in indicator.targets:
        node = f"{iri}/target/{target.year}"
        writer.add(iri, PC + "target", NamedNode(node))
        writer.add(node, PC + "planIndicator", NamedNode(iri))
        _add_observation(writer, node, "Target", "targets", document, concept, indicator.unit, target.raw)
        writer.add(node, PC + "year", time_literal(str(target.year)))
        writer.add(node, PC + "comparator", NamedNode(thing("comparator", _COMPARATORS[target.op])))
        writer.add(node, PC + "value", decimal(target.value))
        writer.add(node, PC + "valueMax", decimal(target.value_max))
        writer.derive(node, indicator.source.get(f"targets.{target.year}", ()))
    if indicator.baseline:
        node = f"{iri}/baseline"
        quantity = parse_quantity(indicator.baseline.raw)
        writer.add(iri, PC + "baseline", NamedNode(node))
        writer.add(node, PC + "planIndicator", NamedNode(iri))
        _add_observation(
            writer, node, "Baseline", "baselines", document, concept, indicator.unit, indicator.baseline.raw
        )
        writer.add(node, PC + "period", time_literal(indicator.baseline.period))
        writer.add(node, PC + "value", decimal(quantity.value if quantity else None))
        writer.derive(node, indicator.source.get("baseline", ()))


def _add_observation(
    writer: SourceWriter, node: str, kind: str, dataset: str, document: str, concept: str, unit: str, raw: str
) -> None:
    writer.add(node, RDF + "type", NamedNode(PC + kind))
    writer.add(node, RDF + "type", NamedNode(QB + "Observation"))
    writer.add(node, QB + "dataSet", NamedNode(thing("dataset", dataset)))
    writer.add(node, PC + "indicator", NamedNode(concept))
    writer.add(node, PC + "document", NamedNode(document))
    writer.add(node, PC + "area", NamedNode(thing("area", writer.source.area)))
    writer.add(node, PC + "unit", plain(unit))
    known = writer.agencies.vocabulary.unit_names.get(fold_unit(unit))
    writer.add(node, SDMX_ATTRIBUTE + "unitMeasure", NamedNode(thing("unit", known)) if known else None)
    writer.add(node, PC + "asWritten", Literal(raw))

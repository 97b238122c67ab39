"""The texts of an answer that name things of the vocabularies, in the language of a page: questions give Vietnamese."""

from collections.abc import Mapping
from dataclasses import replace

from graph.namespaces import thing
from graph.questions.answers import Answer, Row
from graph.questions.question import ColumnType
from service.names import Names

_AREAS = thing("area", "")


def in_page_language(answered: Answer, names: Names, language: str) -> Answer:
    """Return an answer whose texts are in a language, "vi" or "en", where they are linked to something that has a name
    in it, as topics and roles have, or are the name of an area and linked to nothing."""
    if language == "vi":
        return answered
    texts = [one for one in answered.question.columns if one.type is ColumnType.TEXT]
    linked = {one.name: one.link for one in texts if one.link}
    plain = [one.name for one in texts if not one.link]
    areas = _areas(names, language)

    def named(row: Row) -> Row:
        known = {name: names.by_iri.get(str(row[link]), {}).get(language) for name, link in linked.items() if row[name]}
        known |= {name: areas.get(str(row[name])) for name in plain}
        return {**row, **{name: text for name, text in known.items() if text}}

    return replace(answered, rows=[named(row) for row in answered.rows])


def _areas(names: Names, language: str) -> Mapping[str, str]:
    """The names of areas in a language, by those in Vietnamese."""
    known = [said for iri, said in names.by_iri.items() if iri.startswith(_AREAS)]
    return {said["vi"]: said[language] for said in known if "vi" in said and language in said}

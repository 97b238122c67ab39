"""What the release in use holds: ``query`` in SPARQL, ``search`` by words, ``network`` of who works with whom."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graph.commands.call import DONE, Commands, UsageError, parameters, with_parameters, with_release

if TYPE_CHECKING:
    from graph.store import Answer

_TIES = Path(__file__).parent.parent / "network" / "ties"
_FORMATS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}


def add_to(commands: Commands) -> None:
    """Add the commands of this family."""
    one = commands.add("query", query)
    one.add_argument("file", metavar="FILE", help="a SPARQL query; - reads it from standard input")
    one.add_argument(
        "--format",
        type=_FORMATS.__getitem__,
        metavar="|".join(_FORMATS),
        help="of the answer (csv, or ttl for a graph)",
    )
    with_release(one)

    one = commands.add("search", search)
    one.add_argument(
        "words", nargs="+", metavar="WORD", help="accents count where they are typed; the last word may be unfinished"
    )
    one.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="FACET=VALUE",
        help="kind, area, topic, document, agency or year; may be repeated",
    )
    one.add_argument("--limit", type=int, default=20, help="how many are shown (20)")
    one.add_argument("--format", choices=("text", "json"), default="text", help="of the list (text)")
    with_release(one)

    one = commands.add("network", network)
    one.add_argument(
        "name",
        choices=_networks(),
        metavar="NAME",
        help=f"who leads with whom, who works on what, which document cites which, which tasks say the same: "
        f"{', '.join(_networks())}",
    )
    with_parameters(one, "a filter, such as topic=data; may be repeated")
    one.add_argument("--at-least", metavar="N", help="leave out weaker edges")
    one.add_argument("--without", metavar="NODE", help="take a node out, such as agency/quang-tri/so-tu-phap")
    one.add_argument(
        "--format",
        choices=("json", "graphml", "gexf", "nodes", "edges", "svg"),
        default="json",
        help="nodes and edges are CSV (json)",
    )
    with_release(one)


def query(options: argparse.Namespace) -> int:
    """Ask the release in use a SPARQL query from a file or standard input."""
    from graph.release import current
    from graph.store import open_read_only

    text = _read_text(options.file)
    answer = open_read_only(current(options.release).path / "store").query(text)
    _write_answer(answer, options.format)
    return DONE


def search(options: argparse.Namespace) -> int:
    """Find tasks, agencies, documents and indicators of the release in use by words."""
    from graph.release import current
    from graph.search import INDEX, Search

    found = Search(current(options.release).path / INDEX).find(
        " ".join(options.words), _filters(options.filter), limit=options.limit
    )
    if options.format == "json":
        print(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=1))
        return DONE
    for hit in found.hits:
        print(f"{hit.kind:10} {hit.title}\n           {hit.iri}")
    relaxed = "; accents had to be passed over" if found.relaxed else ""
    print(f"{len(found.hits)} of {found.total}{relaxed}", file=sys.stderr)
    return DONE


def network(options: argparse.Namespace) -> int:
    """Print a responsibility network of the release in use, with what can be measured on it."""
    from graph.network import ReleaseName, answer
    from graph.network import ask as ask_network
    from graph.network.formats import FORMATS
    from graph.network.publishing import known_places
    from graph.release import current
    from graph.store import open_read_only

    given = parameters(options.param)
    given |= {} if options.at_least is None else {"at_least": options.at_least}
    given |= {} if options.without is None else {"without": options.without}
    release = current(options.release)
    store = open_read_only(release.path / "store")
    asked = ask_network(store, options.name, given)
    known = known_places(release.path, options.name)
    found = answer(store, asked, ReleaseName(release.id, str(release.about["issued"])), known)
    print(FORMATS[options.format].write(found), end="")
    return DONE


def _filters(given: Sequence[str]) -> dict[str, list[str]]:
    """FACET=VALUE; several of a facet are alternatives. A value is an IRI, or its part behind the name of the facet."""
    from graph.namespaces import thing
    from graph.search import FACETS

    filters: dict[str, list[str]] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if name not in FACETS or not equals or not value:
            raise UsageError(f"--filter {text}: has to be FACET=VALUE with a facet of {', '.join(FACETS)}")
        plain = name in ("kind", "year") or value.startswith("http")
        filters.setdefault(name, []).append(value if plain else thing(name, value))
    return filters


def _write_answer(answer: Answer, media_type: str | None) -> None:
    from graph.store import GRAPH_FORMATS, ResultKind

    graph = answer.kind is ResultKind.GRAPH
    chosen = media_type or (
        "text/turtle"
        if graph
        else "text/csv"
        if answer.kind is ResultKind.SOLUTIONS
        else "application/sparql-results+json"
    )
    if graph != (chosen in GRAPH_FORMATS):
        raise UsageError(
            f"--format: this query returns {'a graph' if graph else 'solutions'}, which {chosen} cannot hold"
        )
    answer.write(sys.stdout.buffer, chosen)


def _read_text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: is no UTF-8 text") from None


def _networks() -> tuple[str, ...]:
    """The names of the networks, without loading what measures them."""
    return tuple(sorted(path.stem for path in _TIES.glob("*.rq")))

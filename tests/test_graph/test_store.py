import io
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from graph.query_text import calls_service, is_update, names_dataset, words
from graph.store import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    Dataset,
    QueryError,
    QuerySyntaxError,
    ResultKind,
    Store,
    StoreError,
    add,
    compact,
    create,
    open_read_only,
)

NQUADS = """\
<http://example.org/a> <http://example.org/p> "Sở Y tế"@vi <http://example.org/g1> .
<http://example.org/b> <http://example.org/p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <http://example.org/g2> .
<http://example.org/c> <http://example.org/p> <http://example.org/a> <http://example.org/g3> .
"""
ALL = "SELECT ?s ?o WHERE { ?s <http://example.org/p> ?o } ORDER BY ?s"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    (folder / "data.nq").write_text(NQUADS)
    create(folder / "store", folder / "data.nq")
    return folder


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    return open_read_only(folder / "store")


UNION = Dataset()


def written(store: Store, text: str, media_type: str, dataset: Dataset = UNION) -> bytes:
    output = io.BytesIO()
    store.query(text, dataset).write(output, media_type)
    return output.getvalue()


def subjects(store: Store, text: str, dataset: Dataset = UNION) -> list[str]:
    lines = written(store, text, "text/csv", dataset).decode().split("\r\n")[1:-1]
    return [line.split(",")[0].removeprefix("http://example.org/") for line in lines]


def test_the_default_graph_is_the_union_of_all_graphs(store: Store) -> None:
    assert subjects(store, ALL) == ["a", "b", "c"]


def test_a_dataset_in_the_query_is_kept(store: Store) -> None:
    assert subjects(store, ALL.replace("WHERE", "FROM <http://example.org/g1> WHERE")) == ["a"]


def test_the_callers_dataset_goes_before_the_one_in_the_query(store: Store) -> None:
    dataset = Dataset(default_graphs=("http://example.org/g2", "http://example.org/g3"))
    assert subjects(store, ALL.replace("WHERE", "FROM <http://example.org/g1> WHERE"), dataset) == ["b", "c"]


def test_only_the_named_graphs_that_the_caller_names_are_there(store: Store) -> None:
    text = "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s"
    assert subjects(store, text, Dataset(named_graphs=("http://example.org/g2",))) == ["b"]
    assert subjects(store, text, Dataset(default_graphs=("http://example.org/g2",))) == []
    assert subjects(store, ALL, Dataset(named_graphs=("http://example.org/g2",))) == []


@pytest.mark.parametrize("media_type", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_solutions_in_each_format_are_the_same_terms(store: Store, media_type: str) -> None:
    result_format = RESULT_FORMATS[media_type]
    solutions = pyoxigraph.parse_query_results(written(store, ALL, media_type), result_format)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    assert [solution["o"] for solution in solutions] == [
        pyoxigraph.Literal("Sở Y tế", language="vi"),
        pyoxigraph.Literal(2),
        pyoxigraph.NamedNode("http://example.org/a"),
    ]


def test_tab_separated_values_keep_the_terms(store: Store) -> None:
    lines = written(store, ALL, "text/tab-separated-values").decode().splitlines()
    assert lines == [
        "?s\t?o",
        '<http://example.org/a>\t"Sở Y tế"@vi',
        "<http://example.org/b>\t2",
        "<http://example.org/c>\t<http://example.org/a>",
    ]


@pytest.mark.parametrize("media_type", GRAPH_FORMATS)
def test_a_graph_in_each_format_is_the_same_graph(store: Store, media_type: str) -> None:
    content = written(store, "CONSTRUCT WHERE { ?s ?p ?o }", media_type)
    triples = {quad.triple for quad in pyoxigraph.parse(content, GRAPH_FORMATS[media_type])}
    assert triples == {quad.triple for quad in pyoxigraph.parse(NQUADS, pyoxigraph.RdfFormat.N_QUADS)}


def test_the_kind_of_answer(store: Store) -> None:
    assert store.query(ALL).kind is ResultKind.SOLUTIONS
    assert store.query("ASK {}").kind is ResultKind.BOOLEAN
    assert store.query("DESCRIBE <http://example.org/a>").kind is ResultKind.GRAPH
    assert written(store, "ASK { ?s ?p 3 }", "text/csv") == b"false"


def test_a_syntax_error_names_the_place(store: Store) -> None:
    with pytest.raises(QuerySyntaxError) as error:
        store.query("SELECT *\nWHERE { ?s ?p }")
    assert (error.value.line, error.value.column) == (2, 16)
    with pytest.raises(QuerySyntaxError, match='expected one of "\\$"') as error:
        store.query("ASK {")
    assert "\\u{" not in str(error.value)


def test_updates_are_no_queries(store: Store) -> None:
    with pytest.raises(QuerySyntaxError):
        store.query("INSERT DATA { <http://example.org/x> <http://example.org/p> 1 }")


def test_a_graph_that_is_no_iri_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="no IRI"):
        store.query(ALL, Dataset(default_graphs=("not an iri",)))


def test_an_unknown_function_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match=r"http://example\.org/f"):
        store.query("SELECT (<http://example.org/f>(1) AS ?x) {}")


def test_bad_nquads_leave_no_store(tmp_path: Path) -> None:
    (tmp_path / "bad.nq").write_text(NQUADS + "<http://example.org/a> broken .\n")
    with pytest.raises(StoreError, match=r"bad\.nq.*4"):
        create(tmp_path / "store", tmp_path / "bad.nq")
    assert not (tmp_path / "store").exists()


def test_a_store_is_made_once(folder: Path) -> None:
    with pytest.raises(StoreError, match="is there already"):
        create(folder / "store", folder / "data.nq")


def test_what_was_added_is_compacted_into_one_file_an_index(tmp_path: Path) -> None:
    (tmp_path / "data.nq").write_text(NQUADS)
    create(tmp_path / "store", tmp_path / "data.nq")
    made = len(list((tmp_path / "store").glob("*.sst")))
    (tmp_path / "more.nq").write_text(NQUADS.replace("example.org/g", "example.org/more"))
    add(tmp_path / "store", tmp_path / "more.nq")
    added = len(list((tmp_path / "store").glob("*.sst")))
    compact(tmp_path / "store")
    assert len(list((tmp_path / "store").glob("*.sst"))) < added
    assert made < added
    both = "SELECT ?s ?o WHERE { GRAPH ?g { ?s <http://example.org/p> ?o } } ORDER BY ?s"
    assert subjects(open_read_only(tmp_path / "store"), both) == ["a", "a", "b", "b", "c", "c"]


def test_opening_no_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        open_read_only(tmp_path)


def test_several_processes_read_at_once(folder: Path, store: Store) -> None:
    code = (
        "import sys, io; from pathlib import Path; from graph.store import open_read_only; output = io.BytesIO();"
        "open_read_only(Path(sys.argv[1])).query('SELECT (COUNT(*) AS ?n) { ?s ?p ?o }').write(output, 'text/csv');"
        "print(output.getvalue().split()[1].decode())"
    )
    command = [sys.executable, "-c", code, str(folder / "store")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "3\n"
    assert subjects(store, ALL) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX SERVICE: <http://x/SERVICE> SELECT ?service { ?service SERVICE:SERVICE 'SERVICE' }",
        'ASK { ?s ?p """SERVICE " SERVICE""" } # SERVICE <http://x/>',
        "ASK { ?s ?p 'it\\'s SERVICE'@service }",
        "ASK { ?s ?p <http://x/?SERVICE> . FILTER(?s<3 && 5>?p) }",
    ],
)
def test_the_word_service_elsewhere_is_no_call(text: str) -> None:
    assert not calls_service(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <http://x/> { ?s ?p ?o } }",
        "ASK { ?s ?p 1 service silent ?e { ?s ?p ?o } }",
        'ASK { ?s ?p "x"SERVICE<http://x/>{} }',
        "ASK { # a comment\n SERVICE ex:e {} }",
    ],
)
def test_calls_of_other_endpoints_are_found(text: str) -> None:
    assert calls_service(text)


def test_the_words_of_a_query() -> None:
    assert words("SELECT (count(*) AS ?n) { ?s a <http://x/a> }") == ("SELECT", "COUNT", "AS", "A")
    assert names_dataset("ASK from <http://x/> {}")
    assert not names_dataset("ASK { ?from <http://x/FROM> 'FROM' }")
    assert is_update("PREFIX insert: <http://x/> \n# SELECT\nINSERT DATA {}")
    assert not is_update("PREFIX delete: <http://x/> SELECT * { ?insert ?p 'DELETE' }")

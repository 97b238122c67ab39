"""The links of the five plans as they stand in the graph, asked as people ask; the rows were checked in the sources."""

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.build import evaluate_links, link
from graph.extraction.agencies import AgencyReader
from graph.linking.evaluation import GoldError, load_pairs
from graph.linking.links import load_decisions
from graph.mapping import Shared, map_links
from graph.questions.binding import bind, render
from graph.questions.catalogue import read_catalogue
from graph.records import Extraction
from graph.sources import Source
from graph.store import Store, create, open_read_only
from graph.vocabulary import ONTOLOGY

ID = "https://w3id.org/phancong/id/"
CATALOGUE = read_catalogue()
PREFIXES = """\
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX pc: <https://w3id.org/phancong/def#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
"""


@pytest.fixture(scope="module")
def links(mapped_plans: tuple[tuple[ox.Quad, ...], Shared]) -> list[ox.Quad]:
    return link(mapped_plans[1], load_decisions())


@pytest.fixture(scope="module")
def store(
    mapped_plans: tuple[tuple[ox.Quad, ...], Shared],
    links: list[ox.Quad],
    agencies: AgencyReader,
    tmp_path_factory: pytest.TempPathFactory,
) -> Store:
    folder = tmp_path_factory.mktemp("linked")
    vocabulary = [triple for path in sorted(ONTOLOGY.glob("*.ttl")) for triple in ox.parse(path=str(path))]
    quads = [*mapped_plans[0], *map_links(mapped_plans[1], agencies), *links, *vocabulary]
    (folder / "data.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS))
    create(folder / "store", folder / "data.nq")
    return open_read_only(folder / "store")


def rows(store: Store, text: str) -> list[dict[str, str]]:
    output = io.BytesIO()
    store.query(text).write(output, "text/csv")
    return list(csv.DictReader(io.StringIO(output.getvalue().decode(), newline="")))


def ask(store: Store, question_id: str, **given: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    question = CATALOGUE[question_id]
    assert question.evidence
    bound = bind(question, given)
    return rows(store, render(question, bound)), rows(store, render(question, bound, question.evidence.sparql))


def test_the_links_are_the_same_every_time_and_have_no_blank_node(
    mapped_plans: tuple[object, Shared], links: list[ox.Quad]
) -> None:
    assert links == sorted(set(links), key=str) == link(mapped_plans[1], load_decisions())
    assert not [
        quad for quad in links if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ]
    assert {quad.graph_name.value for quad in links if isinstance(quad.graph_name, ox.NamedNode)} == {
        "https://w3id.org/phancong/graph/linking"
    }


def test_5g_coverage_target_in_2030_by_province(store: Store) -> None:
    """Quảng Ngãi row 16.2; Quảng Trị 2025 row 1.1 of the block of 2030, and its plan of 2026, "Mạng 5G phủ sóng 95% dân
    số trên địa bàn tỉnh"; Thanh Hóa row 1."""
    answer, evidence = ask(store, "targets-by-area", indicator="ty-le-phu-song-5g-cho-nguoi-dan", year="2030")
    assert [
        (row["areaLabel"], row["written"], row["comparatorLabel"], row["value"], row["unitLabel"]) for row in answer
    ] == [
        ("Quảng Ngãi", "100", "bằng", "100", "% dân số"),
        ("Quảng Trị", "95% dân số", "bằng", "95", "% dân số"),
        ("Quảng Trị", "≥ 95", "ít nhất", "95", "phần trăm"),
        ("Thanh Hóa", "100%", "bằng", "100", "phần trăm"),
    ]
    quotes = {row["target"]: set() for row in answer}  # type: dict[str, set[str]]
    for row in evidence:
        if row["target"] in quotes:
            quotes[row["target"]].add(row["quote"])
    assert [quotes[row["target"]] >= {row["title"], row["written"]} for row in answer] == [True] * 4


def test_every_year_of_an_indicator_by_any_of_its_names(store: Store) -> None:
    by_one, _ = ask(store, "targets-by-area", indicator="mang-5g-phu-song")
    by_other, _ = ask(store, "targets-by-area", indicator="ty-le-phu-song-5g-tren-dia-ban")
    assert by_one == by_other
    assert [row["targetYear"] for row in by_one if row["areaLabel"] == "Thanh Hóa"] == ["2025", "2030", "2035", "2040"]
    assert not [row for row in by_one if "6G" in row["title"]]


def test_same_task_different_lead_agency_by_province(store: Store) -> None:
    """Rows II.1 of Quảng Ngãi, I.4 of Quảng Trị and II.7 of Thanh Hóa order a programme on television; rows II.15 and
    III.30 the exchange of data."""
    answer, evidence = ask(store, "shared-tasks-by-lead")
    led: dict[str, dict[str, set[str]]] = {}
    for row in answer:
        led.setdefault(row["sharedLabel"].rstrip("."), {})[row["areaLabel"]] = set(row["leads"].split("; "))
    programme = "Xây dựng chương trình chuyên biệt về khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số trên truyền hình, phát thanh và mạng xã hội"
    assert led[programme] == {
        "Quảng Ngãi": {"Sở Khoa học và Công nghệ"},
        "Quảng Trị": {"Báo và Đài Phát thanh - Truyền hình", "các địa phương"},
        "Thanh Hóa": {"Ban Tuyên giáo và Dân vận Tỉnh ủy"},
    }
    data = "Hoàn thành kết nối, khai thác, chia sẻ hiệu quả dữ liệu; triển khai các sáng kiến mở dữ liệu"
    assert led[data] == {"Quảng Ngãi": {"Sở Khoa học và Công nghệ"}, "Thanh Hóa": {"Các sở, ngành cấp tỉnh"}}
    # the same department leads it in both provinces: rows IV.21 and VI.60
    assert not [label for label in led if label.startswith("Công bố danh mục các bài toán lớn")]
    # every row has the passages of the task and of who leads it
    told = {(row["task"], row["states"]) for row in evidence if row["quote"]}
    assert {(row["task"], states) for row in answer for states in ("task", "lead")} <= told


def test_by_topic(store: Store) -> None:
    answer, _ = ask(store, "shared-tasks-by-lead", topic="data")
    everything, _ = ask(store, "shared-tasks-by-lead")
    assert 0 < len(answer) < len(everything)


def test_from_resolution_to_task(store: Store) -> None:
    """57-NQ/TW, the programme of Tỉnh ủy Quảng Ngãi that implements it, the plan that implements that, a task of it."""
    found = rows(
        store,
        f"""{PREFIXES}
        SELECT ?resolution ?programme ?quote WHERE {{
          <{ID}document/quang-ngai-action-plan-2025-05/task/ii-ii-15> pc:document ?plan .
          ?plan pc:implements ?p . ?p eli:id_local ?programme .
          ?link pc:linkSubject ?p ; pc:linkPredicate pc:implements ; pc:linkObject/eli:id_local ?resolution ;
                prov:wasDerivedFrom/oa:hasSelector/oa:exact ?quote .
          ?p pc:implements/eli:id_local ?resolution .
        }} ORDER BY ?programme ?quote""",
    )
    assert {(row["programme"], row["resolution"]) for row in found} == {
        ("359-KH/TU", "57-NQ/TW"),
        ("71/NQ-CP", "57-NQ/TW"),
    }
    assert "359-KH/TU ngày 29/4/2025 của Tỉnh ủy thực hiện Nghị quyết số 57-NQ/TW" in {
        " ".join(row["quote"].split()) for row in found
    }


def test_kon_tum_became_part_of_quang_ngai(store: Store) -> None:
    found = rows(store, f"{PREFIXES} SELECT ?now WHERE {{ <{ID}agency/kon-tum/ubnd-tinh> dct:isReplacedBy ?now }}")
    assert found == [{"now": f"{ID}agency/quang-ngai/ubnd-tinh"}]


def test_a_reviewed_link_tells_who_when_and_why(store: Store) -> None:
    found = rows(
        store,
        f"""{PREFIXES}
        SELECT ?by ?on ?why WHERE {{
          ?link pc:linkSubject <{ID}indicator/ty-le-phu-song-5g-cho-nguoi-dan> ; pc:linkStatus <{ID}link-status/reviewed> ;
                sssom:reviewer_label ?by ; sssom:mapping_date ?on ; <http://www.w3.org/2000/01/rdf-schema#comment> ?why .
        }}""",
    )
    assert [(row["by"], row["on"]) for row in found] == [("Phân Công", "2026-11-23")]
    assert "5G" in found[0]["why"]


def test_precision_before_recall(
    plans: dict[str, tuple[Source, str, Extraction]], mapped_plans: tuple[object, Shared]
) -> None:
    pairs = load_pairs()
    known = {task.iri for task in mapped_plans[1].tasks} | {one.concept for one in mapped_plans[1].indicators}
    assert {end for pair in pairs for end in (pair.a, pair.b)} <= known, "every labelled row is still in the plans"
    scores = evaluate_links(plans.values(), load_decisions(), pairs)
    assert scores["tasks", "*", "same"].precision >= 0.95
    assert scores["tasks", "*", "same"].recall >= 0.75
    assert scores["indicators", "*", "same"].precision >= 0.95
    assert scores["indicators", "*", "same"].recall >= 0.6
    for kind in ("tasks", "indicators"):
        assert scores[kind, "*", "same, reviewed"].precision == 1
        assert scores[kind, "*", "same, reviewed"].recall >= scores[kind, "*", "same"].recall


def test_every_pair_that_the_method_links_is_labelled(store: Store) -> None:
    """Otherwise the precision would be that of a part only. Near indicators are proposals that join nothing."""
    labelled = {frozenset((pair.a, pair.b)) for pair in load_pairs()}
    proposed = rows(
        store,
        f"""{PREFIXES}
        SELECT ?a ?b WHERE {{
          ?link pc:linkStatus <{ID}link-status/proposed> ; pc:linkSubject ?a ; pc:linkObject ?b .
          FILTER NOT EXISTS {{ ?a skos:closeMatch ?b }}
        }}""",
    )
    assert len(proposed) > 90
    assert {frozenset((row["a"], row["b"])) for row in proposed} <= labelled


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is no JSON"),
        ('{"a": "x", "b": "y"}', "same is missing or no bool"),
        ('{"a": 1}', "a is missing or no str"),
    ],
)
def test_a_bad_labelled_pair_names_its_place(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "tasks.jsonl").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(GoldError, match=rf"tasks\.jsonl:1: {message}"):
        load_pairs(tmp_path)

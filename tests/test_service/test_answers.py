"""The catalogue of questions and its answers over HTTP."""

import csv
import io

import httpx
import pytest
from serving import Server, problem

ID = "https://w3id.org/phancong/id/"
QUESTION = "/questions/agencies-by-tasks-led"


def test_the_catalogue_lists_the_questions_with_their_parameters(server: Server) -> None:
    questions = server.get("/questions").json()["questions"]
    assert questions[0]["id"] == "agencies-by-tasks-led"
    topic = questions[0]["parameters"][0]
    assert (topic["name"], topic["type"], topic["required"], topic["example"]) == ("topic", "iri", False, "data")
    assert "SELECT ?value ?label" in topic["values"]
    assert questions[0]["chart"] == {
        "type": "bar",
        "x": "agencyLabel",
        "y": "taskCount",
        "series": "areaLabel",
    }
    assert questions[0]["serves"] == ["CQ01", "CQ02"]
    count = next(column for column in questions[0]["columns"] if column["name"] == "taskCount")
    assert count["unit"] == {"vi": "nhiệm vụ", "en": "tasks"}


def test_an_answer_names_agencies_tasks_and_passages(server: Server) -> None:
    answer = server.get(f"{QUESTION}?topic=data").json()
    assert answer["parameters"] == {"topic": f"{ID}topic/data"}
    assert answer["release"] == {"id": "2026-03-01", "issued": "2026-03-01T08:00:00Z"}
    assert answer["row_count"] == 3
    first = answer["rows"][0]
    assert first["agency"] == f"{ID}agency/quang-tri/so-khoa-hoc-va-cong-nghe"
    assert (first["agencyLabel"], first["kind"], first["taskCount"]) == ("Sở Khoa học và Công nghệ", "agency", 2)
    plan = f"{ID}document/quang-tri-687-kh-ubnd-2026"
    assert first["tasks"] == [f"{plan}/task/i-ii-1", f"{plan}/task/i-ii-2"]
    evidence = first["evidence"][0]
    assert (evidence["task"], evidence["documentNumber"]) == (f"{plan}/task/i-ii-1", "687/KH-UBND")
    source = f"{ID}source/quang-tri-2026-ke-hoach/passage"
    assert evidence["passages"] == [
        {
            "states": "task",
            "quote": "Xây dựng kho dữ liệu dùng chung của tỉnh",
            "passage": f"{source}/100-140",
            "start": 100,
            "end": 140,
        },
        {"states": "lead", "quote": "Sở KH&CN", "passage": f"{source}/150-158", "start": 150, "end": 158},
    ]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (f"{QUESTION}?topic=data", "agency"),
        ("/questions/tasks-of-agency?agency=quang-tri/so-y-te&role=lead", "task"),
        ("/questions/documents-implementing-resolution?resolution=71/NQ-CP", "document"),
    ],
)
def test_the_query_that_is_shown_gives_the_same_rows(server: Server, path: str, key: str) -> None:
    answer = server.get(path).json()
    assert answer["rows"]
    shown = server.query(answer["sparql"]).json()["results"]["bindings"]
    assert [row[key]["value"] for row in shown] == [row[key] for row in answer["rows"]]
    evidence = server.query(answer["evidence_sparql"]).json()["results"]["bindings"]
    passages = {one["passage"] for row in answer["rows"] for item in row["evidence"] for one in item["passages"]}
    assert {row["passage"]["value"] for row in evidence} == passages


def test_csv_has_the_same_rows(server: Server) -> None:
    response = server.get(f"{QUESTION}?topic=data", headers={"Accept": "text/csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    answer = server.get(f"{QUESTION}?topic=data&format=json").json()
    for row, same in zip(rows, answer["rows"], strict=True):
        assert row["agencyLabel"] == same["agencyLabel"]
        assert int(row["taskCount"]) == same["taskCount"]
        assert row["tasks"].split() == same["tasks"]
    assert server.get(f"{QUESTION}?topic=data&format=csv").content == response.content


def test_every_link_of_an_answer_can_be_followed(server: Server) -> None:
    (first, *_) = server.get(f"{QUESTION}?topic=data").json()["rows"]
    iris = [first["agency"], *first["tasks"]]
    for item in first["evidence"]:
        iris += [item["task"], item["document"], *(passage["passage"] for passage in item["passages"])]
    for iri in iris:
        path = iri.removeprefix("https://w3id.org/phancong")
        for accept, kind in (("text/html", "page"), ("text/turtle", "data")):
            sent = server.get(path, headers={"Accept": accept})
            address = path.replace("/id/", f"/{kind}/") + ("" if kind == "page" else ".ttl")
            assert (sent.status_code, sent.headers["location"]) == (303, address)
            assert "Accept" in sent.headers["vary"]
            document = server.get(sent.headers["location"], headers={"Accept": accept})
            assert document.status_code == 200
            assert document.headers["content-type"].startswith(accept)
            assert path.rsplit("/", 1)[1] in document.text


def test_an_unknown_question_names_those_there_are(server: Server) -> None:
    content = problem(server.get("/questions/agencies-by-task-led"), 404, "not-found")
    assert "nearest are agencies-by-tasks-led" in str(content["detail"])
    assert content["list"] == "/questions"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"{QUESTION}?topik=data", "topic (such as data)"),
        (f"{QUESTION}?topic=nonesuch", "open-data"),
        (f"{QUESTION}?topic=data&topic=health", "more than once"),
        (f"{QUESTION}?topic=da%20ta", 'is called "da ta"'),
        (f"{QUESTION}?topic=da%20ta", "it can be tourism, data"),
        (f"{QUESTION}?from=31/12/2025", "no date such as 2025-12-31"),
        ("/questions/doubtful-records?below=much", "no number such as 0.9"),
        ("/questions/indicator-targets?document=quang-tri-687-kh-ubnd-2026&year=soon", "no whole number"),
        ("/questions/open-ended-tasks?kind=never", "ongoing, recurring, other, none"),
        ("/questions/tasks-of-agency", "agency=quang-tri/so-khoa-hoc-va-cong-nghe"),
        ("/questions/tasks-of-agency?agency=quang-tri/so-y-te&role=boss", "lead, coordination"),
    ],
)
def test_a_wrong_parameter_names_what_is_right(server: Server, path: str, words: str) -> None:
    assert words in str(problem(server.get(path), 400, "bad-parameter")["detail"])


def test_a_value_without_tasks_is_no_error(server: Server) -> None:
    answer = server.get(f"{QUESTION}?topic=tourism").json()
    assert (answer["row_count"], answer["rows"]) == (0, [])


@pytest.mark.parametrize(
    "attack",
    [
        'x" } } UNION { ?document ?p ?resolution',
        '57-NQ/TW" UNDEF "',
        "57-NQ/TW\\u0022",
        "'); DROP GRAPH <http://x/>; --",
        '"""',
        "57-NQ/TW\n} #",
    ],
)
def test_a_value_stays_a_value(server: Server, attack: str) -> None:
    path = "/questions/documents-implementing-resolution"
    content = problem(server.get(path, params={"resolution": attack}), 400, "bad-parameter")
    assert "it can be 57-NQ/TW, 71/NQ-CP" in str(content["detail"])
    refused = server.get(QUESTION, params={"topic": f"data> }} {attack}"})
    problem(refused, 400, "bad-parameter")


def test_formats_that_there_are_none_of(server: Server) -> None:
    problem(server.get(QUESTION, headers={"Accept": "image/png"}), 406, "not-acceptable")
    problem(server.get(f"{QUESTION}?format=pdf"), 406, "not-acceptable")
    problem(server.get("/data/agency/quang-tri/so-y-te", headers={"Accept": "text/csv"}), 406, "not-acceptable")


def test_every_error_is_a_problem(server: Server) -> None:
    problem(server.get("/nothing/here"), 404, "not-found")
    problem(httpx.post(f"{server.url}/questions"), 405, "method-not-allowed")
    problem(server.get("/page/agency/none/such"), 404, "not-found")
    problem(server.get("/data/agency/none/such"), 404, "not-found")
    problem(server.get("/data/agency/a%20b"), 404, "not-found")
    problem(server.get("/static/none.css"), 404, "not-found")
    assert server.get("/problems/query-deadline").status_code == 200


def test_an_error_is_told_in_the_language_asked(server: Server) -> None:
    path = "/data/agency/nowhere/nobody"
    for asked, lang, words in (
        ("vi", "", "Đồ thị không nói gì về"),
        ("en;q=0.9, fr", "", "The graph says nothing"),
        ("en", "vi", "Đồ thị"),
    ):
        response = server.get(path, headers={"Accept-Language": asked}, params={"lang": lang} if lang else {})
        assert words in str(problem(response, 404, "not-found")["detail"])
        assert response.headers["content-language"] == (lang or asked[:2])
        assert "Accept-Language" in response.headers["vary"]


def test_the_page_of_an_error_is_in_the_language_of_pages(server: Server) -> None:
    """As pages are: what a browser would rather read does not change the language on the way."""
    for path, lang, words in (
        ("/page/agency/nowhere/nobody", "", "Đồ thị không nói gì về"),
        ("/nothing", "", "Địa chỉ /nothing không có ở đây."),
        ("/nothing", "en", "GET /nothing: Not Found."),
        ("/text/none", "", "không có toàn văn"),
    ):
        headers = {"Accept": "text/html", "Accept-Language": "en-US"}
        response = server.get(path, headers=headers, params={"lang": lang} if lang else {})
        assert (response.status_code, words in response.text) == (404, True), path
        assert response.headers["content-language"] == (lang or "vi")


def test_what_an_earlier_release_described_is_gone(server: Server) -> None:
    for kind in ("data", "page"):
        content = problem(server.get(f"/{kind}/document/withdrawn"), 410, "gone")
        assert content["lastRelease"] == "2026-02-01"
        assert "2026-02-01" in str(content["detail"])


def test_health(server: Server) -> None:
    assert server.get("/health/live").json() == {"status": "live"}
    assert server.get("/health/ready").json()["release"] == "2026-03-01"

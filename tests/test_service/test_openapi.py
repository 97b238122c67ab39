"""/openapi.json: it is valid, describes each question, and each of its examples can be asked."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import validate
from serving import Session

from graph.questions.catalogue import read_catalogue

CATALOGUE = read_catalogue()


@pytest.fixture(scope="module")
def described(session: Session) -> dict[str, Any]:
    content: dict[str, Any] = session.get("/openapi.json").json()
    return content


def test_it_is_valid_and_has_a_path_for_each_question(described: dict[str, Any], session: Session) -> None:
    validate(described)
    assert {f"/questions/{id}" for id in CATALOGUE} < set(described["paths"])
    assert described["servers"] == [{"url": session.url}]
    names = [operation["operationId"] for path in described["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))
    assert {"/sparql", "/search", "/catalog"} < set(described["paths"])


def test_parameters_are_typed_with_the_values_of_the_release(described: dict[str, Any]) -> None:
    parameters = {one["name"]: one for one in described["paths"]["/questions/tasks-due"]["get"]["parameters"]}
    assert parameters["from"]["required"]
    assert parameters["from"]["schema"] == {"type": "string", "format": "date"}
    topics = described["components"]["schemas"]["topic"]["enum"]
    assert {"$ref": "#/components/schemas/topic"} in parameters["topic"]["schema"]["anyOf"]
    assert "data" in topics
    assert 2025 in described["components"]["schemas"]["year"]["enum"]


@pytest.mark.parametrize("id", CATALOGUE)
def test_every_example_of_a_question_can_be_asked(described: dict[str, Any], session: Session, id: str) -> None:
    path = f"/questions/{id}"
    own = [one for one in described["paths"][path]["get"]["parameters"] if "examples" in one]
    needed = {one["name"]: one["examples"]["example"]["value"] for one in own if one["required"]}
    asked = [needed, {one["name"]: one["examples"]["sample"]["value"] for one in own if "sample" in one["examples"]}]
    asked += [{**needed, one["name"]: one["examples"]["example"]["value"]} for one in own]
    schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    for given in asked:
        response = session.get(path, params={**given, "limit": 5})
        assert response.status_code == 200, response.text
        content = response.json()
        assert set(schema["required"]) <= set(content)
        for row in content["rows"]:
            assert set(schema["properties"]["rows"]["items"]["required"]) <= set(row)


def test_the_examples_of_search_and_sparql_can_be_asked(described: dict[str, Any], session: Session) -> None:
    for path in ("/search", "/ask", "/sparql"):
        for one in described["paths"][path]["get"]["parameters"]:
            for example in one.get("examples", {}).values():
                response = session.get(path, params={one["name"]: example["value"]}, headers={"Accept": "*/*"})
                assert response.status_code == 200

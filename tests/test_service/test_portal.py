"""What a portal, a search engine and a researcher fetch: catalogue, VoID, dumps, sitemap; of the release of the five plans."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import httpx
import pyarrow.parquet
import pytest
from csvw import CSVW
from dcat_ap import needs_shapes, violations
from mqa import EXCELLENT, HIGHEST, score
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Namespace, URIRef
from serving import Server, problem, running

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/phancong/"
WHOLE = URIRef(f"{BASE}id/dataset/phancong")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VOID = Namespace("http://rdfs.org/ns/void#")
TOOLS = ROOT / ".venv-conformance" / "bin" / "python"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}

needs_tools = pytest.mark.skipif(
    not (TOOLS.parent.parent / "stamp").is_file(), reason="no conformance tools; run: make conformance-tools"
)


@pytest.fixture(scope="module")
def catalogue(portal: Server) -> Graph:
    return Graph().parse(data=portal.get("/catalog").text, format="turtle")


@pytest.fixture(scope="module")
def release(portal: Server) -> str:
    return portal.get("/health/ready").json()["release"]


def tool(script: str, *arguments: str, home: Path) -> Any:
    """Run a script of conformance/ in the environment of its own; returns what it prints."""
    command = [str(TOOLS), str(Path(__file__).parent / "conformance" / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env={"HOME": str(home)}, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


# ------------------------------------------------------------------------------------------------ catalogue


def test_a_harvester_that_takes_anything_gets_rdf(portal: Server) -> None:
    head = httpx.head(f"{portal.url}/catalog", headers={"Accept": "*/*"})
    answer = portal.get("/catalog", headers={"Accept": "*/*"})
    for response in (head, answer):
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert int(head.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/catalog", "application/rdf+xml", "application/rdf+xml"),
        ("/catalog", "application/ld+json", "application/ld+json"),
        ("/catalog", BROWSER["Accept"], "text/html"),
        ("/catalog?format=rdf", BROWSER["Accept"], "application/rdf+xml"),
        ("/catalog.jsonld", BROWSER["Accept"], "application/ld+json"),
        ("/catalog.rdf", "*/*", "application/rdf+xml"),
    ],
)
def test_the_catalogue_has_the_format_asked_for(portal: Server, path: str, accept: str, media_type: str) -> None:
    response = portal.get(path, headers={"Accept": accept})
    assert response.headers["content-type"].startswith(media_type)
    assert "Accept" in response.headers["vary"]


def test_every_format_says_the_same(portal: Server, catalogue: Graph) -> None:
    for ending, name in (("rdf", "xml"), ("jsonld", "json-ld"), ("nt", "nt")):
        other = Graph().parse(data=portal.get(f"/catalog.{ending}").text, format=name)
        assert set(other) == set(catalogue), ending


def test_an_unknown_format_and_a_page_that_is_not_there_are_said(portal: Server) -> None:
    problem(portal.get("/catalog.docx"), 404, "not-found")
    problem(portal.get("/catalog", headers={"Accept": "image/png"}), 406, "not-acceptable")
    problem(portal.get("/catalog?page=2"), 404, "not-found")
    for page in ("0", "-1", "x", "١"):
        problem(portal.get(f"/catalog?page={page}"), 400, "malformed-request")


def test_every_document_is_a_dataset_of_the_series_and_the_whole_is_one(portal: Server, catalogue: Graph) -> None:
    held = "SELECT ?d WHERE { ?d a <https://w3id.org/phancong/def#Document> ; <http://purl.org/dc/terms/source> ?s }"
    documents = {row["d"]["value"] for row in portal.query(held).json()["results"]["bindings"]}
    (series,) = catalogue.subjects(RDF.type, DCAT.DatasetSeries)
    members = set(catalogue.subjects(DCAT.inSeries, series))
    assert {str(catalogue.value(member, DCTERMS.isReferencedBy)) for member in members} == documents
    assert set(catalogue.subjects(RDF.type, DCAT.Dataset)) == members | {WHOLE}
    assert set(catalogue.objects(None, DCAT.dataset)) == members | {WHOLE}


def test_texts_are_there_in_both_languages_identifiers_are_ascii_keywords_have_no_brackets(catalogue: Graph) -> None:
    kinds = (DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries, DCAT.DataService, DCAT.Distribution)
    for kind in kinds:
        for subject in catalogue.subjects(RDF.type, kind):
            predicates = [DCTERMS.title] if kind == DCAT.Distribution else [DCTERMS.title, DCTERMS.description]
            for predicate in predicates:
                assert {text.language for text in catalogue.objects(subject, predicate)} == {"vi", "en"}, subject
    identifiers = [str(catalogue.value(one, DCTERMS.identifier)) for one in catalogue.subjects(RDF.type, DCAT.Dataset)]
    assert len(set(identifiers)) == len(identifiers)
    assert all(re.fullmatch(r"[a-z0-9-]+", identifier) for identifier in identifiers)
    assert not any(re.search(r"[()\[\]{},;]", keyword) for keyword in catalogue.objects(None, DCAT.keyword))


def test_every_file_of_the_catalogue_is_there_with_the_size_and_checksum_it_says(
    portal: Server, catalogue: Graph
) -> None:
    files = list(catalogue.subjects(RDF.type, DCAT.Distribution))
    assert len(files) > 25
    for file in files:
        address = catalogue.value(file, DCAT.downloadURL)
        content = httpx.get(str(address)).content
        size = catalogue.value(file, DCAT.byteSize)
        assert (size.datatype, int(size)) == (XSD.nonNegativeInteger, len(content))
        digest = catalogue.value(catalogue.value(file, SPDX.checksum), SPDX.checksumValue)
        assert str(digest) == hashlib.sha256(content).hexdigest()


def test_the_endpoint_is_a_service_that_serves_the_whole(portal: Server, catalogue: Graph) -> None:
    (service,) = catalogue.subjects(RDF.type, DCAT.DataService)
    assert catalogue.value(service, DCAT.servesDataset) == WHOLE
    address = str(catalogue.value(service, DCAT.endpointURL))
    assert address == f"{portal.url}/sparql"
    assert httpx.get(address, params={"query": "ASK {}"}).status_code == 200


def test_the_catalogue_is_in_the_endpoint_in_a_graph_of_its_own(portal: Server) -> None:
    query = f"SELECT ?g WHERE {{ GRAPH ?g {{ <{WHOLE}> a <{DCAT.Dataset}> }} }}"
    (row,) = portal.query(query).json()["results"]["bindings"]
    assert row["g"]["value"] == f"{BASE}graph/catalogue"


def test_addresses_are_those_that_the_service_is_reached_under(built_releases: Path) -> None:
    public = "https://data.example.org/phancong"
    with running(built_releases, {"PUBLIC_URL": public}) as server:
        catalogue = Graph().parse(data=server.get("/catalog").text, format="turtle")
        addresses = [*catalogue.objects(None, DCAT.downloadURL), *catalogue.objects(None, DCAT.endpointURL)]
        assert addresses and all(str(address).startswith(f"{public}/") for address in addresses)
        assert (WHOLE, RDF.type, DCAT.Dataset) in catalogue, "names stay"
        assert server.get("/.well-known/void").headers["location"] == f"{public}/void"
        assert f"Sitemap: {public}/sitemap.xml" in server.get("/robots.txt").text
        assert server.url not in server.get("/croissant.json").text


def test_a_long_catalogue_has_pages_that_lead_on(built_releases: Path, catalogue: Graph) -> None:
    with running(built_releases, {"CATALOGUE_PAGE": "3"}) as server:
        address: str | None = f"{server.url}/catalog"
        found, pages = set(), 0
        while address:
            page = Graph().parse(data=httpx.get(address).text, format="turtle")
            listed = set(page.objects(None, DCAT.dataset))
            assert 0 < len(listed) <= 3 and set(page.subjects(RDF.type, DCAT.Dataset)) == listed
            found |= listed
            pages += 1
            view = page.value(None, RDF.type, HYDRA.PartialCollectionView)
            following = page.value(view, HYDRA["next"]) if view else None
            address = str(following) if following else None
        assert found == set(catalogue.objects(None, DCAT.dataset))
        assert pages == -(-len(found) // 3) > 1
        harvested = tool_or_none("harvest.py", f"{server.url}/catalog", built_releases)
        assert harvested is None or (harvested["pages"], len(harvested["datasets"])) == (pages, len(found))


def tool_or_none(script: str, address: str, home: Path) -> Any:
    return tool(script, address, home=home) if (TOOLS.parent.parent / "stamp").is_file() else None


@needs_shapes
def test_the_catalogue_conforms_to_dcat_ap(catalogue: Graph) -> None:
    assert violations(catalogue) == []


@needs_shapes
def test_the_check_against_dcat_ap_finds_what_is_missing(catalogue: Graph) -> None:
    broken = Graph()
    for triple in catalogue:
        broken.add(triple)
    broken.remove((WHOLE, DCTERMS.title, None))
    broken.remove((WHOLE, DCTERMS.accrualPeriodicity, None))
    broken.add((WHOLE, DCTERMS.accrualPeriodicity, URIRef("http://example.org/now-and-then")))
    found = violations(broken)
    assert any("title" in line for line in found) and any("now-and-then" in line for line in found)


def test_the_metadata_quality_is_excellent_and_the_documents_give_the_figures(
    catalogue: Graph, built_releases: Path
) -> None:
    answered = {
        str(address): httpx.head(str(address)).status_code
        for predicate in (DCAT.accessURL, DCAT.downloadURL)
        for address in catalogue.objects(None, predicate)
    }
    scores = {}
    for dataset in catalogue.subjects(RDF.type, DCAT.Dataset):
        assert isinstance(dataset, URIRef)
        # whether it conforms, the test above tells with the shapes of DCAT-AP
        points = score(catalogue, dataset, lambda address: 200 <= answered[address] < 400, valid=True)
        scores[dataset] = sum(points.values())
    assert min(scores.values()) >= EXCELLENT
    whole = scores.pop(WHOLE)
    told = f"{whole} of {HIGHEST} for the whole, {min(scores.values())} of {HIGHEST} for each document"
    assert told in (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


@needs_tools
def test_ckan_harvests_every_dataset_with_licence_publisher_and_files(
    portal: Server, catalogue: Graph, tmp_path: Path
) -> None:
    for address in ("/catalog", "/catalog.rdf", "/catalog.jsonld"):
        datasets = tool("harvest.py", portal.url + address, home=tmp_path)["datasets"]
        assert len(datasets) == len(set(catalogue.subjects(RDF.type, DCAT.Dataset)))
        for dataset in datasets:
            assert dataset["title"] and dataset["notes"]
            assert dataset["license_id"] == "cc-by"
            extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
            assert extras["publisher_name"] == "Phân Công"
            assert extras["identifier"].isascii()
            assert extras["uri"].startswith(f"{BASE}id/dataset/")
            assert dataset["tags"] and all(re.fullmatch(r"[\w .-]{2,100}", tag["name"]) for tag in dataset["tags"])
            assert len(dataset["resources"]) >= 2
            for resource in dataset["resources"]:
                assert resource["license"] and resource["size"] and resource["hash"]
                assert resource["download_url"].startswith(f"{portal.url}/dumps/")


@needs_tools
def test_croissant_validates_and_loads_every_row(portal: Server, built_releases: Path, tmp_path: Path) -> None:
    loaded = tool("load_croissant.py", f"{portal.url}/croissant.json", home=tmp_path)
    assert (loaded["errors"], loaded["warnings"]) == ([], [])
    tables = built_releases / "current" / "dumps" / "tables"
    rows = {path.stem: pyarrow.parquet.read_metadata(path).num_rows for path in tables.glob("*.parquet")}
    assert loaded["counts"] == rows


# ------------------------------------------------------------------------------------------------ VoID


def test_well_known_void_leads_to_the_description(portal: Server) -> None:
    response = portal.get("/.well-known/void")
    assert (response.status_code, response.headers["location"]) == (303, "/void")
    assert portal.get("/void").headers["content-type"] == "text/turtle; charset=utf-8"


def test_every_number_of_void_is_what_the_endpoint_counts(portal: Server) -> None:
    void = Graph().parse(data=portal.get("/void").text, format="turtle")
    dataset = void.value(None, RDF.type, VOID.Dataset)

    def count(what: str) -> dict[str, int]:
        rows = portal.query(f"SELECT {what}").json()["results"]["bindings"]
        return {row["k"]["value"] if "k" in row else "": int(row["n"]["value"]) for row in rows}

    def told(subject: Any, predicate: URIRef) -> int:
        return int(void.value(subject, predicate))

    everything = "{ ?s ?p ?o }"
    for name, what in (("triples", "*"), ("distinctSubjects", "DISTINCT ?s"), ("properties", "DISTINCT ?p")):
        assert {"": told(dataset, VOID[name])} == count(f"(COUNT({what}) AS ?n) WHERE {everything}")
    assert {"": told(dataset, VOID.entities)} == count(f"(COUNT(DISTINCT ?s) AS ?n) WHERE {everything}")
    assert {"": told(dataset, VOID.classes)} == count("(COUNT(DISTINCT ?o) AS ?n) WHERE { ?s a ?o }")
    classes = {str(void.value(one, VOID["class"])): one for one in void.objects(dataset, VOID.classPartition)}
    entities = count("?k (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?k } GROUP BY ?k")
    assert {name: told(one, VOID.entities) for name, one in classes.items()} == entities
    assert partitions(void, dataset) == count("?k (COUNT(*) AS ?n) WHERE { ?s ?k ?o } GROUP BY ?k")
    for name in (f"{BASE}def#Task", str(VOID.Dataset), str(DCAT.Distribution)):
        query = f"?k (COUNT(*) AS ?n) WHERE {{ ?s a <{name}> ; ?k ?o }} GROUP BY ?k"
        assert partitions(void, classes[name]) == count(query), name


def partitions(void: Graph, whole: Any) -> dict[str, int]:
    found = void.objects(whole, VOID.propertyPartition)
    return {str(void.value(one, VOID.property)): int(void.value(one, VOID.triples)) for one in found}


def test_void_leads_to_dumps_endpoint_and_examples(portal: Server) -> None:
    void = Graph().parse(data=portal.get("/void").text, format="turtle")
    dumps = [str(dump) for dump in void.objects(None, VOID.dataDump)]
    assert len(dumps) == 3 and all(httpx.head(dump).status_code == 200 for dump in dumps)
    assert [str(endpoint) for endpoint in void.objects(None, VOID.sparqlEndpoint)] == [f"{portal.url}/sparql"]
    for example in void.objects(None, VOID.exampleResource):
        path = str(example).removeprefix(BASE.rstrip("/"))
        assert portal.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True).status_code == 200


# ------------------------------------------------------------------------------------------------ dumps


def test_a_file_of_a_dump_never_changes_and_says_what_it_is(portal: Server, release: str) -> None:
    path = f"/dumps/{release}/tables/tasks.csv"
    response = portal.get(path)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "immutable" in response.headers["cache-control"]
    digest = base64.b64encode(hashlib.sha256(response.content).digest()).decode()
    assert response.headers["repr-digest"] == f"sha-256=:{digest}:"
    assert '<csv-metadata.json>; rel="describedby"; type="application/csvm+json"' in response.headers["link"]
    again = portal.get(path, headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    part = portal.get(path, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, response.content[:10])
    head = httpx.head(portal.url + path)
    assert (head.status_code, int(head.headers["content-length"])) == (200, len(response.content))


def test_packed_files_are_sent_as_they_are(portal: Server, release: str, built_releases: Path) -> None:
    response = portal.get(f"/dumps/{release}/phancong.nq.gz")
    assert response.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in response.headers
    assert gzip.decompress(response.content) == (built_releases / "current" / "phancong.nq").read_bytes()


def test_current_and_a_date_lead_to_the_release_they_mean(portal: Server, release: str) -> None:
    day = f"{release[:4]}-{release[4:6]}-{release[6:8]}"
    for name in ("current", day):
        response = portal.get(f"/dumps/{name}/tables/tasks.csv")
        assert (response.status_code, response.headers["location"]) == (302, f"/dumps/{release}/tables/tasks.csv")
    assert portal.get(f"/dumps/{day}/").headers["location"] == f"/dumps/{release}/"


@pytest.mark.parametrize(
    "path", ["2001-01-01/", "nothing/x", "{}/nothing.csv", "{}/../release.json", "{}/%2e%2e/release.json", "..%2f/x"]
)
def test_nothing_but_the_files_of_dumps_is_served(portal: Server, release: str, path: str) -> None:
    problem(portal.get(f"/dumps/{path.format(release)}", headers={"Accept": "*/*"}), 404, "not-found")


def test_the_releases_are_listed_and_old_ones_stay_reachable(built_releases: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built_releases, tmp_path / "releases", symlinks=True)
    old = folder / "archive" / "20250301T000000Z-0123456789ab"
    shutil.copytree(folder / "current", old, ignore=shutil.ignore_patterns("store", "report"))
    about = json.loads((old / "release.json").read_text())
    (old / "release.json").write_text(json.dumps(about | {"id": old.name, "issued": "2025-03-01T00:00:00+00:00"}))
    with running(folder, {}) as server:
        listed = server.get("/dumps/", headers={"Accept": "application/json"}).json()
        assert [one["current"] for one in listed] == [True, False]
        assert listed[1]["id"] == old.name
        page = server.get("/dumps/", headers=BROWSER).text
        assert f"/dumps/{old.name}/" in page
        response = server.get("/dumps/2025-03-01/SHA256SUMS", follow_redirects=True)
        assert response.text == (old / "dumps" / "SHA256SUMS").read_text()
        files = server.get(f"/dumps/{old.name}/", headers={"Accept": "application/json"}).json()
        assert {"path", "size", "sha256"} == files[0].keys()


def test_a_csv_validator_finds_the_metadata_and_no_error(portal: Server, release: str) -> None:
    checked = CSVW(f"{portal.url}/dumps/{release}/tables/tasks.csv", validate=True)
    assert checked.is_valid, [str(one.message) for one in checked.warnings]
    assert len(checked.tables) > 7, "the group with the keys, not one table by itself"


# ------------------------------------------------------------------------------------------------ pages


def json_ld(page: str) -> list[dict[str, Any]]:
    return [
        json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    ]


@pytest.mark.parametrize("path", ["/", "/?lang=en", "/page/document/quang-tri-687-kh-ubnd-2026"])
def test_pages_carry_the_dataset_for_search_engines(portal: Server, path: str) -> None:
    (dataset,) = json_ld(portal.get(path, headers=BROWSER).text)
    assert dataset["@type"] == "Dataset"
    assert dataset["name"] and 50 <= len(dataset["description"]) <= 5000
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert dataset["creator"]["name"] == "Phân Công"
    assert all(one["contentUrl"].startswith(portal.url) and one["sha256"] for one in dataset["distribution"])


def test_other_pages_carry_no_dataset(portal: Server) -> None:
    assert json_ld(portal.get("/page/topic/data", headers=BROWSER).text) == []


def test_the_page_of_the_data_lists_every_dataset(portal: Server, catalogue: Graph) -> None:
    for language in ("vi", "en"):
        page = portal.get(f"/catalog?lang={language}", headers=BROWSER).text
        for dataset in catalogue.subjects(RDF.type, DCAT.Dataset):
            (title,) = (one for one in catalogue.objects(dataset, DCTERMS.title) if one.language == language)
            assert title.split('"')[0][:40].replace("&", "&amp;") in page
        (graph,) = json_ld(page)
        assert len(graph["@graph"]) == len(set(catalogue.subjects(RDF.type, DCAT.Dataset)))


def test_the_sitemap_lists_pages_that_are_there_with_the_time_they_changed(portal: Server, catalogue: Graph) -> None:
    root = ET.fromstring(portal.get("/sitemap.xml").content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    entries = {
        one.findtext("s:loc", "", space): one.findtext("s:lastmod", "", space) for one in root.findall("s:url", space)
    }
    pages = {str(page) for page in catalogue.objects(None, DCAT.landingPage)}
    assert pages <= entries.keys()
    for address, changed in entries.items():
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)", changed)
        assert portal.get(address.removeprefix(portal.url), headers=BROWSER).status_code == 200, address
    assert f"Sitemap: {portal.url}/sitemap.xml" in portal.get("/robots.txt").text
    assert (None, FOAF.homepage, URIRef(f"{portal.url}/")) in catalogue


def test_a_release_without_dumps_is_served_all_the_same(server: Server) -> None:
    assert server.get("/", headers=BROWSER).status_code == 200
    assert server.get("/catalog").status_code == 200
    problem(server.get("/croissant.json"), 404, "not-found")

"""Queries and changes over HTTP, as other programs send them."""

import asyncio
import csv
import io
import json
import shutil
from pathlib import Path

import httpx
import pytest
from rdflib import Graph
from SPARQLWrapper import JSON, SPARQLWrapper

import kg
from kg.serve import Settings
from kg.serve.pool import Pool
from kg.serve.tasks import Reply, Task, Update
from kg.serve.turns import Line
from tests import servers
from tests.serve.conftest import TOKEN
from tests.servers import PATIENCE, kg_server

PARKS = "SELECT ?name { ?park a ino:Park ; rdfs:label ?name } ORDER BY ?name"
WHO = "ASK { id:海思 ino:cooperatesWith id:上汽集团 }"


def test_a_query_is_answered_by_get_form_and_direct_post(client: httpx.Client):
    answers = [
        client.get("/sparql", params={"query": WHO}),
        client.post("/sparql", data={"query": WHO}),
        client.post("/sparql", content=WHO.encode(), headers={"Content-Type": "application/sparql-query"}),
    ]
    assert [(a.status_code, a.json()["boolean"]) for a in answers] == [(200, True)] * 3


@pytest.mark.parametrize(
    ("accept", "gets"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/json", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_rows_come_as_the_client_asks(client: httpx.Client, accept: str, gets: str):
    answer = client.get("/sparql", params={"query": PARKS}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, gets)
    assert "张江高新区青浦园" in answer.text


@pytest.mark.parametrize(
    ("accept", "rdflib_name"),
    [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/ld+json", "json-ld"), ("application/rdf+xml", "xml")],
)
def test_graphs_come_as_the_client_asks(client: httpx.Client, accept: str, rdflib_name: str):
    query = "CONSTRUCT { ?a ino:cooperatesWith ?b } WHERE { ?a ino:cooperatesWith ?b }"
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    assert len(Graph().parse(data=answer.text, format=rdflib_name)) == 2


def test_a_client_library_of_others_works(served: str):
    wrapper = SPARQLWrapper(f"{served}/sparql", returnFormat=JSON)
    wrapper.setQuery("PREFIX ino: <https://w3id.org/innovation-kg/ontology#> SELECT ?e { ?e a ino:Enterprise }")
    assert len(wrapper.query().convert()["results"]["bindings"]) > 5


@pytest.mark.parametrize(
    ("send", "status", "said"),
    [
        ({"params": {"query": "SELECT ?s {"}}, 400, "line 1, column 12"),
        ({"params": {"query": "ASK {}", "x": "1"}, "headers": {"Accept": "image/png"}}, 406, "Accept"),
        ({"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400, "exactly one"),
        ({"params": {"update": "CLEAR ALL"}}, 400, "Use POST"),
        ({"method": "POST", "content": b"ASK {}", "headers": {"Content-Type": "text/plain"}}, 415, "application/sparql-query"),
        ({"method": "POST", "content": b"\xff\xfe", "headers": {"Content-Type": "application/sparql-query"}}, 400, "not UTF-8"),
        ({"method": "PATCH"}, 405, "Use GET or POST"),
        ({"method": "POST", "data": {"update": "CLEAR ALL"}}, 403, "read only"),
        ({"params": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}, 400, "Allow its IRI by name"),
        ({"params": {"query": "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}, 400, "line 1, column 20"),
        ({"headers": {"Host": "evil.example"}, "params": {"query": "ASK {}"}}, 421, "loopback"),
    ],
)
def test_a_bad_request_gets_its_status_and_one_line_that_says_why(client: httpx.Client, send: dict, status: int, said: str):
    answer = client.request(send.pop("method", "GET"), "/sparql", **send)
    assert answer.status_code == status
    assert said in answer.text
    assert answer.text.count("\n") == 1
    assert "Traceback" not in answer.text


def test_other_origins_may_ask_where_they_are_allowed(client: httpx.Client):
    allowed = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://page.example"})
    other = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://other.example"})
    assert allowed.headers.get("access-control-allow-origin") == "https://page.example"
    assert "access-control-allow-origin" not in other.headers


def test_health_metrics_and_openapi(client: httpx.Client):
    client.get("/sparql", params={"query": "ASK {}"})
    health = client.get("/health").json()
    assert health["status"] == "ok"
    assert health["snapshot"] >= 1
    metrics = client.get("/metrics").text
    assert 'kg_http_requests_total{method="GET",room="sparql",status="200"}' in metrics
    explorer = {f"/api/explore/{name}" for name in ("start", "asked", "around", "between", "find", "facts")}
    assert set(client.get("/openapi.json").json()["paths"]) == {"/health", "/metrics", "/api/vocabulary", "/api/questions"} | explorer
    names = {q["name"] for q in client.get("/api/questions").json()}
    assert "cooperations" in names
    terms = {t["term"]: t for t in client.get("/api/vocabulary").json()["terms"]}
    assert (terms["ino:Enterprise"]["kind"], terms["ino:Enterprise"]["zh"]) == ("class", "企业")


@pytest.mark.parametrize("header", [None, "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_a_change_needs_the_token(writable: tuple[str, Path], header: str | None):
    headers = {"Authorization": header} if header else {}
    with servers.client(writable[0], headers=headers) as client:
        for answer in (client.post("/sparql", data={"update": "CLEAR ALL"}), client.delete("/rdf-graph-store?default")):
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_off_loopback_readers_need_the_token_too(graph, tmp_path: Path):
    options = ["--timeout", PATIENCE, "--host", "0.0.0.0"]  # noqa: S104  # with a token
    with kg_server(tmp_path, "-w", graph.folder, *options, env={"KG_TOKEN": TOKEN}) as url:
        asked = [
            "/sparql?query=ASK%20%7B%7D",
            "/sparql",
            "/rdf-graph-store?default",
            "/api/questions",
            "/api/vocabulary",
            "/api/explore/start",
        ]
        with servers.client(url) as client:
            assert [client.get(path).status_code for path in asked] == [401] * len(asked)
            token = {"Authorization": f"Bearer {TOKEN}"}
            assert [client.get(path, headers=token).status_code for path in asked[:-1]] == [200] * (len(asked) - 1)
            assert client.get(asked[-1], headers=token).status_code in (200, 503)  # drawing a graph may take a busy machine too long
            assert client.get("/health").status_code == 200


def test_a_change_is_seen_at_once_and_stands_in_the_audit_log(writer: httpx.Client, writable: tuple[str, Path]):
    update = "INSERT DATA { GRAPH <urn:notes> { <urn:a> <urn:says> '一二三' } }"
    assert writer.post("/sparql", data={"update": update}).status_code == 204
    answer = writer.get("/sparql", params={"query": "SELECT ?o { GRAPH <urn:notes> { ?s <urn:says> ?o } }"}, headers={"Accept": "text/csv"})
    assert list(csv.reader(io.StringIO(answer.text))) == [["o"], ["一二三"]]
    line = json.loads((writable[1] / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (line["what"], line["who"]) == ("update", "token from 127.0.0.1")
    assert "INSERT DATA" in line["note"]
    assert TOKEN not in (writable[1] / "audit.jsonl").read_text(encoding="utf-8")


def test_what_ingest_adds_beside_a_service_is_seen_soon(writer: httpx.Client, writable: tuple[str, Path], tmp_path: Path):
    (tmp_path / "news.txt").write_text("南山区科委2022年简报\n推动云舟与蓝石对接技术合作。\n", encoding="utf-8")
    kg.open(writable[1]).ingest([tmp_path / "news.txt"])
    asked = {"query": "ASK { id:云舟 ino:cooperatesWith id:蓝石 }"}
    servers.until(lambda: writer.get("/sparql", params=asked).json()["boolean"], "the service sees what was added")


def test_an_update_that_fails_in_the_middle_leaves_nothing(writer: httpx.Client):
    update = "INSERT DATA { <urn:half> <urn:p> 1 } ; CREATE GRAPH <urn:notes2> ; CREATE GRAPH <urn:notes2>"
    assert writer.post("/sparql", data={"update": update}).status_code == 500
    assert writer.get("/sparql", params={"query": "ASK { <urn:half> ?p ?o }"}).json()["boolean"] is False
    broken = writer.post("/sparql", data={"update": "PREFIX x: <urn:>\nINSERT DATA { x:a x:b }"})
    assert broken.status_code == 400
    assert "line 2" in broken.text
    load = writer.post("/sparql", data={"update": "LOAD <http://127.0.0.1:9/x>"})
    assert (load.status_code, "LOAD" in load.text) == (400, True)


def test_a_change_that_takes_too_long_is_stopped_once_and_leaves_nothing(graph, tmp_path: Path):
    shutil.copytree(graph.folder, tmp_path / "workspace")
    settings = Settings(tmp_path / "workspace", token=TOKEN, write_limit=1.0)
    endless = "INSERT { ?a <urn:never> ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

    begun: list[Task] = []

    class Counting(Pool):
        async def run(self, task: Task, limit: float, line: Line | None = None) -> Reply:
            begun.append(task)
            return await super().run(task, limit, line)

    async def change() -> Reply:
        pool = Counting(settings)
        await pool.start()
        try:
            return await asyncio.wait_for(pool.change(Update(endless)), PATIENCE)
        finally:
            pool.stop()

    reply = asyncio.run(change())
    assert (reply.status, b"Stopped after 1 second" in reply.body, len(begun)) == (503, True, 1)
    assert not kg.open(settings.workspace).query("ASK { ?s <urn:never> ?o }")["answer"][0]


def test_graphs_are_put_read_extended_and_deleted(writer: httpx.Client):
    at = {"graph": "urn:mine"}
    turtle = {"Content-Type": "text/turtle"}
    assert writer.put("/rdf-graph-store", params=at, content="<urn:a> <urn:b> 1 .", headers=turtle).status_code == 201
    assert writer.post("/rdf-graph-store", params=at, content="<urn:a> <urn:b> 2 .", headers=turtle).status_code == 204
    assert len(Graph().parse(data=writer.get("/rdf-graph-store", params=at).text)) == 2
    assert writer.put("/rdf-graph-store", params=at, content="<urn:a> <urn:b", headers=turtle).status_code == 400
    assert len(Graph().parse(data=writer.get("/rdf-graph-store", params=at).text)) == 2
    assert writer.delete("/rdf-graph-store", params=at).status_code == 204
    assert writer.get("/rdf-graph-store", params=at).status_code == 404
    assert writer.get("/rdf-graph-store", params={"graph": "no iri"}).status_code == 400
    assert writer.put("/rdf-graph-store", params=at, content="x", headers={"Content-Type": "text/html"}).status_code == 415


def test_a_busy_workspace_is_said_and_the_service_goes_on(writer: httpx.Client, writable: tuple[str, Path]):
    with kg.open(writable[1]).writing():
        answer = writer.post("/sparql", data={"update": "INSERT DATA { <urn:a> <urn:b> 1 }"})
        assert answer.status_code == 503
        assert "being written by another process" in answer.text
        assert writer.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    assert writer.post("/sparql", data={"update": "INSERT DATA { <urn:a> <urn:b> 1 }"}).status_code == 204

"""Nothing that is asked can block the service, or bring it down."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests import servers
from tests.servers import PATIENCE, kg_server, until

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
POINT = "ASK { id:海思 ino:cooperatesWith id:上汽集团 }"


def test_a_query_that_takes_too_long_is_stopped_with_the_reason(graph, tmp_path: Path):
    with kg_server(tmp_path, "-w", graph.folder, "--timeout", 2) as url, servers.client(url) as client:
        answer = client.get("/sparql", params={"query": ENDLESS})
    assert answer.status_code == 503
    assert "Stopped after 2 seconds" in answer.text
    assert answer.headers["retry-after"] == "1"


def test_point_queries_are_answered_while_four_endless_ones_run(graph, tmp_path: Path):
    service = kg_server(tmp_path, "-w", graph.folder, "--timeout", 10 * PATIENCE)
    with ThreadPoolExecutor(4) as pool, servers.client() as client, service as url:
        running = [pool.submit(client.get, f"{url}/sparql", params={"query": ENDLESS}) for _ in range(4)]
        until(lambda: workers(client, url) >= 4, "a process evaluates each of the endless ones")
        for _ in range(50):
            assert client.get(f"{url}/sparql", params={"query": POINT}).json()["boolean"] is True
        assert not any(one.done() for one in running)


def workers(client: httpx.Client, url: str) -> float:
    """How many processes evaluate, by the service's own count."""
    [line] = [line for line in client.get(f"{url}/metrics").text.splitlines() if line.startswith("kg_workers ")]
    return float(line.split()[1])


def test_a_result_past_the_limit_is_refused(client: httpx.Client):
    answer = client.get("/sparql", params={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"})
    assert answer.status_code == 503
    assert "more than 1 MB" in answer.text


def test_a_query_that_eats_memory_ends_alone(client: httpx.Client):
    answer = client.get("/sparql", params={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"})
    assert answer.status_code == 503
    assert "memory" in answer.text or "Stopped after" in answer.text
    assert client.get("/sparql", params={"query": POINT}).status_code == 200


def test_many_clients_at_once_all_get_their_answers(served: str):
    found: list[int] = []

    def ask() -> None:
        with servers.client(served) as client:
            found.extend(client.get("/sparql", params={"query": POINT}).status_code for _ in range(20))

    threads = [threading.Thread(target=ask) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200] * 600


@pytest.mark.parametrize("path", ["/nowhere", "/static/..%2f..%2fpool.py", "/static/nothing.js"])
def test_what_is_not_there_is_not_found(client: httpx.Client, path: str):
    assert client.get(path).status_code == 404

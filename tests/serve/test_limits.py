"""Nothing that is asked can block the service, or bring it down."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
POINT = "ASK { id:海思 ino:cooperatesWith id:上汽集团 }"


def test_a_query_that_takes_too_long_is_stopped_with_the_reason(client: httpx.Client):
    answer = client.get("/sparql", params={"query": ENDLESS})
    assert answer.status_code == 503
    assert "Stopped after 2 seconds" in answer.text
    assert answer.headers["retry-after"] == "1"


def test_point_queries_are_answered_while_four_endless_ones_run(client: httpx.Client, served: str):
    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(httpx.get, f"{served}/sparql", params={"query": ENDLESS}, timeout=60) for _ in range(4)]
        time.sleep(0.3)
        answered = 0
        while not all(one.done() for one in running):
            assert client.get("/sparql", params={"query": POINT}).json()["boolean"] is True
            answered += 1
        assert {one.result().status_code for one in running} == {503}
    assert answered > 20, "the endless ones ended too soon to tell"


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
        with httpx.Client(base_url=served, timeout=60) as client:
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

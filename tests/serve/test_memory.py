"""What queries took goes back to the system."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.servers import BIN, client, free_port, processes, running, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")

LARGEST = 180.0
"""Megabytes that a process of the service holds at most when it rests."""
ROWS = "{ SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 600000 }"
KILLERS = (
    f"SELECT ?a ?c ?d ?f (COUNT(*) AS ?n) {{ {ROWS} }} GROUP BY ?a ?c ?d ?f",
    f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?a ?c ?d ?f {{ {ROWS} }} }}",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a",
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
)


def test_no_process_of_the_service_stays_large_after_queries_that_took_all_they_could_get(graph, tmp_path: Path):
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [BIN / "kg", "serve", "--port", port, "-w", graph.folder, "--timeout", 20, "--max-result", 8]
    with running(command, f"{url}/openapi.json", tmp_path) as server:
        with ThreadPoolExecutor(4) as pool:
            statuses = list(pool.map(lambda query: _asked(url, query), [*KILLERS, *KILLERS]))
        assert 503 in statuses
        assert _asked(url, "ASK {}") == 200
        until(lambda: max(processes(server.pid).values()) <= LARGEST, "each process of the service is small again")


def _asked(url: str, query: str) -> int:
    with client(url) as asking:
        return asking.get("/sparql", params={"query": query}).status_code

"""A point query beside clients that ask for what never ends: how long it takes, and how often it is refused.

`python -m bench.pressure URL KILLERS SECONDS` runs the killers alone, `python -m bench.pressure WORKSPACE` measures a service of it.
"""

import http.client
import itertools
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.generated import BASE, thing
from tests.servers import BIN, free_port, megabytes, running

_INO = f"PREFIX ino: <{BASE}ontology#> "
KILLERS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT ?a ?d { ?a ino:cooperatesWith ?b . ?d ino:develops ?e } ORDER BY ?a ?e",
    "SELECT DISTINCT ?a ?d { ?a ino:cooperatesWith ?b . ?d ino:cooperatesWith ?e }",
    "SELECT ?s ?o (COUNT(*) AS ?n) { ?s ?p ?o . ?x ?y ?z } GROUP BY ?s ?o",
    "SELECT ?a ?b { ?a (ino:cooperatesWith|ino:develops)+ ?b }",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?s), STR(?o))) AS ?all) { ?s ?p ?o . ?x ?y ?z }",
    "SELECT * { ?s ?p ?o } ORDER BY ?o ?s",
    'SELECT ?s ?t { ?s ?p ?o . ?t ?q ?r FILTER (REGEX(CONCAT(STR(?s), STR(?r)), "(a|b)*c")) }',
)
COUNTS = (0, 8, 30, 64, 200)
SECONDS, PAUSE = 12.0, 0.1
"""Seconds that each row is measured for, and that a killer waits before it asks again."""
P50, P99 = 0.01, 0.05
"""Seconds that half and 99 of 100 point queries may take, however many killers there are."""


def rows(url: str, pid: int) -> None:
    """Print a row for each number of killers."""
    for count in COUNTS:
        with killing(url, count):
            time.sleep(3 if count else 0)
            taken, refused = asked(url)
        print(row(count, taken, refused, megabytes(pid)), flush=True)


def row(count: int, taken: list[float], refused: int, memory: float) -> str:
    """What is said of one measurement.

    Args:
        count: how many killers there were.
        taken: seconds of each answer.
        refused: how many point queries were refused.
        memory: megabytes of all processes just after it.
    """
    taken = sorted(taken) or [float("inf")]
    p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    share = refused / (len(taken) + refused)
    met = "met" if p50 <= P50 and p99 <= P99 and not refused else "MISSED"
    return (
        f"point query beside {count:>3} killers: p50 {p50 * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms, {share:.1%} refused, "
        f"{len(taken)} answered, {memory:.0f} MB (bar {P50 * 1e3:.0f} and {P99 * 1e3:.0f} ms, none refused): {met}"
    )


def asked(url: str) -> tuple[list[float], int]:
    """Seconds of each answer to point queries one after the other, and how many were refused."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=300)
    taken, refused, end = [], 0, time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        start = time.perf_counter()
        status = got(connection, f"SELECT ?p ?o {{ {thing(77 + len(taken) % 1000)} ?p ?o }}")
        if status == 200:
            taken.append(time.perf_counter() - start)
        else:
            refused += 1
        time.sleep(0.005)
    return taken, refused


def got(connection: http.client.HTTPConnection, query: str) -> int:
    connection.request("GET", f"/sparql?{urlencode({'query': query})}", headers={"Accept": "application/sparql-results+json, text/turtle"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


@contextmanager
def killing(url: str, count: int) -> Iterator[None]:
    """Killers in a process of their own while the block lasts."""
    if not count:
        yield
        return
    process = subprocess.Popen([sys.executable, "-m", "bench.pressure", url, str(count), "3600"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def kill(url: str, count: int, seconds: float) -> None:
    """So many clients, each asking one kind of killer again and again over a connection that it keeps."""
    where, end = urlsplit(url), time.perf_counter() + seconds

    def one(number: int) -> None:
        query = _INO + KILLERS[number % len(KILLERS)]
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=300)
        for _ in itertools.takewhile(lambda _: time.perf_counter() < end, itertools.count()):
            with suppress(OSError, http.client.HTTPException):
                got(connection, query)
                time.sleep(PAUSE)
                continue
            connection.close()
            time.sleep(PAUSE)

    for number in range(count):
        threading.Thread(target=one, args=(number,), daemon=True).start()
    time.sleep(seconds)


def main(workspace: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        command: list[object] = [BIN / "kg", "serve", "--port", port, "-w", workspace.resolve()]
        with running(command, url, Path(folder)) as server:
            rows(url, server.pid)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(Path(sys.argv[1]))
    else:
        kill(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))

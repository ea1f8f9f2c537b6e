"""Memory of `kg serve` beside `oxigraph serve-read-only`: fresh, after point queries, while and after queries that take all they get.

`python -m bench.memory [TRIPLES]` (1000000 where left out). PSS of a server with all processes under it, so that shared pages count once.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx

from bench.generated import thing, write
from bench.store import PREFIXES, QUERIES
from kg.store import snapshots_of
from kg.workspace.backup import restore
from tests.servers import BIN, free_port, megabytes, running

POINTS, REST = 1_000, 60
PEER_LIMIT = 8 * 1024**3
"""Bytes that the peer may take, so that it does not take the machine."""
BAR = 1.5
"""Megabytes of ours to those of the peer, at rest after the load."""
KILLERS = {
    "endless product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorted product": "SELECT ?a ?d { ?a ino:cooperatesWith ?b . ?d ino:develops ?e } ORDER BY ?a ?e",
    "distinct pairs": "SELECT DISTINCT ?a ?d { ?a ino:cooperatesWith ?b . ?d ino:cooperatesWith ?e }",
    "groups of all": "SELECT ?s ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s ?o",
    "every path": "SELECT ?a ?b { ?a (ino:cooperatesWith|ino:develops)+ ?b }",
    "one long text": "SELECT (GROUP_CONCAT(CONCAT(STR(?s), STR(?o))) AS ?all) { ?s ?p ?o }",
    "whole graph": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
    "sorted whole": "SELECT * { ?s ?p ?o } ORDER BY ?o ?s",
}


def main(triples: int = 1_000_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write(place / "passages.nq", triples)
        restore(place / "passages.nq", place / "workspace")
        print(f"\n{triples:,} statements in passages; megabytes (PSS) of all processes")
        measured(place, place / "workspace")


def measured(place: Path, workspace: Path) -> None:
    """Print what both servers hold at each step; they run one after the other, so that neither slows the other down."""
    snapshots = snapshots_of(workspace / "store")
    newest = snapshots.folder / str(snapshots.newest())
    ports = free_port(), free_port()
    ours = [BIN / "kg", "serve", "--port", ports[0], "-w", workspace]
    theirs = ["prlimit", f"--data={PEER_LIMIT}", BIN / "oxigraph", "serve-read-only", "--location", newest]
    theirs += ["--bind", f"127.0.0.1:{ports[1]}", "--timeout-s", "10"]
    held = {}
    for name, command, port, path in (("kg serve", ours, ports[0], "/sparql"), ("oxigraph", theirs, ports[1], "/query")):
        with running(command, f"http://127.0.0.1:{port}", place) as server:
            held[name] = dict(steps(server, f"http://127.0.0.1:{port}{path}"))
        print(f"{name:<10}" + "".join(f"{step} {size:>7.0f}   " for step, size in held[name].items()))
    ratio = held["kg serve"]["at rest"] / held["oxigraph"]["at rest"]
    print(f"at rest, ours to theirs {ratio:.2f} (bar {BAR}): {'met' if ratio <= BAR else 'MISSED'}")


def steps(server: "subprocess.Popen[bytes]", url: str) -> Iterator[tuple[str, float]]:
    """What a server holds, step by step; while killers run, the most that was seen."""
    yield "fresh", megabytes(server.pid)
    with httpx.Client(timeout=60) as client:
        for number in range(POINTS):
            ask(client, url, f"SELECT ?p ?o {{ {thing(number)} ?p ?o }}").raise_for_status()
        yield "point queries", megabytes(server.pid)
        for query in [*QUERIES.values(), *KILLERS.values()]:
            killed(url, query)
        yield "one by one", megabytes(server.pid)
    with ThreadPoolExecutor(2 * len(KILLERS)) as pool:
        asked = [pool.submit(killed, url, query) for query in [*KILLERS.values(), *QUERIES.values()]]
        most = 0.0
        while not all(one.done() for one in asked):
            most = max(most, megabytes(server.pid))
            time.sleep(0.5)
    yield "together", most
    yield "just after", megabytes(server.pid)
    time.sleep(REST)
    yield "at rest", megabytes(server.pid)


def killed(url: str, query: str) -> int:
    """Ask for what is too much; the status, 0 where the connection broke."""
    with suppress(httpx.HTTPError), httpx.Client(timeout=60) as client:
        return ask(client, url, query).status_code
    return 0


def ask(client: httpx.Client, url: str, query: str) -> httpx.Response:
    return client.get(url, params={"query": PREFIXES + query}, headers={"Accept": "application/sparql-results+json, text/turtle"})


if __name__ == "__main__":
    main(*(int(float(size)) for size in sys.argv[1:]))

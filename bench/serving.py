"""Requests a second of `kg serve` beside Oxigraph's own server, read only, on the same snapshot, the same queries, the same clients."""

import http.client
import itertools
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench import pressure
from kg.store import snapshots_of
from tests.servers import BIN, free_port, megabytes, running

CLIENTS = (1, 8, 64)
SECONDS = 8.0
BAR = 0.6


def compare(workspace: Path, queries: dict[str, str]) -> None:
    """Print requests a second and memory of both, for the mix and for the lookup alone."""
    snapshots = snapshots_of(workspace / "store")
    place = snapshots.folder / str(snapshots.newest())
    ports = free_port(), free_port()
    mine = [BIN / "kg", "serve", "--port", ports[0], "-w", workspace, "--timeout", 20]
    others = [BIN / "oxigraph", "serve-read-only", "--location", place, "--bind", f"127.0.0.1:{ports[1]}"]
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    with running(mine, urls[0], workspace.parent) as own, running(others, urls[1], workspace) as peer:
        for mix, chosen in (("mix of eight", list(queries.values())), ("lookup alone", [queries["lookup"]])):
            for clients in CLIENTS:
                theirs = rate(f"{urls[1]}/query", chosen, clients)
                ours = rate(f"{urls[0]}/sparql", chosen, clients)
                met = "met" if ours / theirs >= BAR else "MISSED"
                print(f"serve, {mix}, {clients:>2} clients {ours / theirs:>5.2f} (bar {BAR}): {met}; {ours:.1f}/s, oxigraph {theirs:.1f}/s")
        pressure.rows(urls[0], own.pid)
        print(f"memory: kg serve {megabytes(own.pid):.0f} MB with its processes, oxigraph {megabytes(peer.pid):.0f} MB")


def rate(url: str, queries: list[str], clients: int) -> float:
    """Requests a second that a process of its own gets from a server, all clients going through the queries in turn."""
    command = [sys.executable, "-m", "bench.serving", url, str(clients), str(SECONDS)]
    done = subprocess.run(command, input="\x00".join(queries), capture_output=True, text=True, check=True)
    return float(done.stdout)


def load(url: str, queries: list[str], clients: int, duration: float) -> float:
    """Requests a second over whole requests, each client with a connection of its own that it keeps."""
    where = urlsplit(url)
    paths = [f"{where.path}?{urlencode({'query': query})}" for query in queries]
    counts = [0] * clients
    end = time.perf_counter() + duration

    def ask(me: int) -> None:
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=300)
        for path in itertools.islice(itertools.cycle(paths), me % len(paths), None):
            if time.perf_counter() > end:
                return
            connection.request("GET", path, headers={"Accept": "application/sparql-results+json"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} {answer.reason}")
            counts[me] += 1

    started = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


if __name__ == "__main__":
    print(load(sys.argv[1], sys.stdin.read().split("\x00"), int(sys.argv[2]), float(sys.argv[3])))

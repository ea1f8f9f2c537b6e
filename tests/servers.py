"""Real SPARQL engines and our own server, started for tests on a free port and stopped after them."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

PATIENCE = 300.0
"""Seconds that a test waits for what must come: nothing that works is that slow, on however busy a machine."""
BIN = Path(sys.executable).parent
VIRTUOSO_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
MaxClientConnections = 10
[SPARQL]
ResultSetMaxRows = {rows}
"""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def client(url: str = "", **options: Any) -> httpx.Client:
    """What every test speaks to a server with: it waits as long as a busy machine may need."""
    return httpx.Client(base_url=url, timeout=PATIENCE, **options)


def until(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds, and fail only where it never does."""
    patience = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > patience:
            raise AssertionError(f"in {PATIENCE:g} seconds it did not come that {what}")
        time.sleep(0.05)


def wait_for(url: str, process: subprocess.Popen) -> None:
    """Until a server answers; its status where it ended instead."""

    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        with contextlib.suppress(httpx.HTTPError):
            asking.get(url)
            return True
        return False

    with client() as asking:
        until(answers, f"{url} answers")


@contextlib.contextmanager
def running(command: list[object], url: str, cwd: Path, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen]:
    """A server while the block lasts; its output goes to server.log in `cwd`."""
    with (cwd / "server.log").open("wb") as log:
        process = subprocess.Popen([str(c) for c in command], cwd=cwd, stdout=log, stderr=log, env={**os.environ, **(env or {})})
    try:
        wait_for(url, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def oxigraph_server(cwd: Path) -> Iterator[str]:
    """The `oxigraph` server; gives the URL for queries."""
    port = free_port()
    with running([BIN / "oxigraph", "serve", "--location", "data", "--bind", f"127.0.0.1:{port}"], f"http://127.0.0.1:{port}/", cwd):
        yield f"http://127.0.0.1:{port}/query"


@contextlib.contextmanager
def virtuoso_server(cwd: Path, rows: int = 1_000_000) -> Iterator[str]:
    """Virtuoso 7, open to updates; gives the URL of its endpoint."""
    sql, http = free_port(), free_port()
    (cwd / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=sql, http=http, rows=rows), encoding="utf-8")
    url = f"http://127.0.0.1:{http}/sparql"
    with running(["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], f"{url}?query=ASK%7B%7D", cwd):
        grant = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", 'exec=GRANT SPARQL_UPDATE TO "SPARQL";']
        assert "Done" in subprocess.run(grant, capture_output=True, text=True, check=True).stdout
        yield url


@contextlib.contextmanager
def kg_server(cwd: Path, *options: object, env: dict[str, str] | None = None) -> Iterator[str]:
    """`kg serve` on a free port; gives its URL."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running([BIN / "kg", "serve", "--port", port, *options], f"{url}/openapi.json", cwd, env):
        yield url


def processes(pid: int) -> dict[int, float]:
    """Memory of a process and those under it in megabytes, shared pages divided among them (PSS); of Linux alone."""
    folder = Path("/proc") / str(pid)
    try:
        own = next(line for line in (folder / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
        children = [int(child) for task in folder.glob("task/*/children") for child in task.read_text().split()]
    except (OSError, StopIteration):
        return {}  # it has just ended
    found = {pid: int(own.split()[1]) / 1024}
    for child in children:
        found |= processes(child)
    return found


def megabytes(pid: int) -> float:
    """Memory of a process with all that are under it."""
    return sum(processes(pid).values())

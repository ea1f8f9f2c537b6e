"""A service with limits of a test's own, and clients that speak HTTP as badly as they like."""

import contextlib
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.workspace.workspace import Workspace
from tests.servers import PATIENCE, free_port, running

TOKEN = "the token of these tests"  # noqa: S105
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
_START = """
from pathlib import Path
from kg.serve import Settings
from kg.serve.server import run
from kg.serve.settings import Patience
run(Settings(Path({folder!r}), port={port}, {settings}))
"""


def small_graph(folder: Path) -> Path:
    """A workspace of three statements, one of them in the graph `urn:here`."""
    store = Workspace(folder / "kg-workspace").writing_embedded()
    store.update("INSERT DATA { <urn:a> <urn:b> <urn:c> , 1 . GRAPH <urn:here> { <urn:a> <urn:b> 2 } }")
    store.close()
    return folder / "kg-workspace"


@contextlib.contextmanager
def serving(workspace: Path, settings: str = "") -> Iterator[str]:
    """A service; gives its URL.

    Args:
        workspace: its graph.
        settings: further arguments of `Settings`, as Python has them.
    """
    port = free_port()
    code = _START.format(folder=str(workspace), port=port, settings=settings)
    url = f"http://127.0.0.1:{port}"
    with running([sys.executable, "-c", code], f"{url}/openapi.json", workspace.parent):
        yield url


@contextlib.contextmanager
def connected(url: str) -> Iterator[socket.socket]:
    """A connection on which any bytes can be sent."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as made:
        yield made


def all_of(connection: socket.socket) -> bytes:
    """What comes until the other side ends the connection."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def said(url: str, *parts: bytes) -> bytes:
    """All that a service answers to bytes, until it ends the connection."""
    with connected(url) as connection:
        with contextlib.suppress(ConnectionError):
            for part in parts:
                connection.sendall(part)
        return all_of(connection)


def status(answer: bytes) -> int:
    """The status of an answer, 0 where there is none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0

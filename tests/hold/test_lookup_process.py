"""A second process answers lookups only: whatever else comes on a connection that it has is answered as if it had never had it."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
import pytest

from kg.serve import Settings
from kg.serve.lookup_worker import as_bytes, query_of, scope_of
from kg.serve.tasks import Reply
from tests import servers
from tests.hold.serving import TOKEN, connected, serving, small_graph
from tests.servers import PATIENCE, free_port, until

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="a second process answers lookups on Linux, where there are two cores",
)
LOOKUP = "SELECT ?o { <urn:a> <urn:b> ?o }"
LOCAL = Settings(Path())


def asking(query: str, *headers: str, method: str = "GET", host: str = "localhost") -> bytes:
    lines = [f"{method} /sparql?query={quote(query)} HTTP/1.1", f"Host: {host}", "Accept: text/csv", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def posting(body: str, *headers: str) -> bytes:
    lines = ["POST /sparql HTTP/1.1", "Host: localhost", "Content-Type: application/x-www-form-urlencoded", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return small_graph(tmp_path)


def answer(connection: socket.socket) -> bytes:
    """The next answer, without its date and the names of nodes that have none; what there is, where the connection ends before."""
    got = b""
    while b"\r\n\r\n" not in got:
        if not (part := connection.recv(65536)):
            return got
        got += part
    head = got.split(b"\r\n\r\n")[0]
    found = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    while found and len(got) < len(head) + 4 + int(found[1]):
        got += connection.recv(65536)
    return re.sub(rb"(?i:date): [^\r]*\r\n|_:\w+", b"", got)


def asked(connection: socket.socket, *parts: bytes) -> bytes:
    with suppress(ConnectionError):
        for part in parts:
            connection.sendall(part)
        return answer(connection)
    return b""


def number(url: str, name: str) -> float:
    with servers.client(url) as client:
        found = [line for line in client.get("/metrics").text.splitlines() if line.startswith(f"{name} ")]
    return float(found[0].split()[1]) if found else 0.0


@contextmanager
def both(url: str) -> Iterator[list[socket.socket]]:
    """Two connections, one of which the second process has."""
    with ExitStack() as opened:
        made = [opened.enter_context(connected(url)) for _ in range(2)]

        def given() -> bool:
            for n, one in enumerate(made):
                if not asked(one, asking(LOOKUP)):  # it was silent for too long, on a busy machine
                    made[n] = opened.enter_context(connected(url))
            return number(url, "kg_connections_beside") == 1

        until(given, "the second process has a connection")
        yield made


OTHERS: dict[str, list[bytes]] = {
    "another query": [asking("ASK {}")],
    "one that is no query": [asking("SELECT")],
    "no rows": [asking("SELECT ?o { <urn:none> <urn:b> ?o }")],
    "a head that comes in parts": [asking(LOOKUP)[:20], asking(LOOKUP)[20:]],
    "another method": [asking(LOOKUP, method="OPTIONS")],
    "a name of another machine": [asking(LOOKUP, host="example.org")],
    "no name": [b"GET /sparql?query=ASK HTTP/1.1\r\n\r\n"],
    "a graph of its own": [asking(LOOKUP).replace(b" HTTP", b"&default-graph-uri=urn:here HTTP", 1)],
    "two queries": [asking(LOOKUP).replace(b" HTTP", b"&query=ASK HTTP", 1)],
    "another place": [b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    "a form": [posting(urlencode({"query": LOOKUP}))],
    "a body behind a lookup": [asking(LOOKUP, "Content-Length: 3") + b"abc"],
    "no media type of ours": [asking(LOOKUP).replace(b"text/csv", b"image/png")],
    "an end": [asking(LOOKUP, "Connection: close")],
    "no HTTP": [b"\x00\x01\r\n\r\n"],
    "lines that end in another way": [asking(LOOKUP).replace(b"\r\n", b"\n")],
    "more headers than may be": [asking(LOOKUP, *[f"X-{n}: 1" for n in range(200)])],
    "a target that is too long": [asking(LOOKUP + " " * 12_000)],
    "a change without the token": [posting(urlencode({"update": "DELETE DATA { <urn:a> <urn:b> 1 }"}))],
}


def test_what_else_comes_on_a_connection_of_the_second_process_is_answered_as_on_any_other(workspace: Path):
    with serving(workspace, f"token={TOKEN!r}, time_limit={PATIENCE}") as url:
        for kind, parts in OTHERS.items():
            with both(url) as (one, other):
                assert asked(one, asking(LOOKUP)) == asked(other, asking(LOOKUP)), kind
                assert asked(one, *parts) == asked(other, *parts), kind


def test_two_requests_that_come_together_get_their_answers_in_turn(workspace: Path):
    with serving(workspace) as url, both(url) as made:
        once = asked(made[0], asking(LOOKUP))
        for connection in made:
            connection.sendall(asking(LOOKUP) + asking("ASK {}", "Connection: close"))
            assert answer(connection).startswith(once)
            until(lambda one=connection: not one.recv(65536), "the connection ends")


def test_a_client_that_has_its_204_sees_its_change_wherever_it_asks(workspace: Path):
    with serving(workspace, f"token={TOKEN!r}, time_limit={PATIENCE}") as url, both(url) as made, servers.client(url) as writer:
        for n in range(12):
            update = f"DELETE WHERE {{ <urn:n> <urn:is> ?o }} ; INSERT DATA {{ <urn:n> <urn:is> {n} }}"
            assert writer.post("/sparql", data={"update": update}, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 204
            for connection in made * 2:
                assert asked(connection, asking("SELECT ?o { <urn:n> <urn:is> ?o }")).endswith(f"\r\n\r\no\r\n{n}\r\n".encode())


def test_the_count_and_the_log_hold_the_requests_of_both(workspace: Path):
    with serving(workspace) as url, both(url) as made:
        name = 'kg_http_requests_total{method="GET",room="sparql",status="200"}'
        until(lambda: number(url, name) >= 4, "those before are counted")
        before, logged = number(url, name), (workspace.parent / "server.log").read_text().count('"path": "/sparql"')
        for _ in range(50):
            assert all(asked(one, asking(LOOKUP)) for one in made)
        until(lambda: number(url, name) >= before + 100, "each is counted")
        assert (workspace.parent / "server.log").read_text().count('"path": "/sparql"') >= logged + 100


def test_a_reader_elsewhere_needs_the_token_there_too():
    outside = Settings(Path(), host="0.0.0.0", token=TOKEN)  # noqa: S104
    for headers, allowed in (((), False), (("Authorization: Bearer wrong",), False), ((f"Authorization: Bearer {TOKEN}",), True)):
        scope = scope_of(asking(LOOKUP, *headers), outside)
        assert scope is not None
        assert (query_of(scope, outside) is not None) is allowed


@pytest.mark.parametrize(
    "kind", [kind for kind in OTHERS if kind not in {"another query", "one that is no query", "no rows", "a target that is too long"}]
)
def test_nothing_but_a_plain_request_is_a_query_there(kind: str):
    for part in OTHERS[kind]:
        scope = scope_of(part, LOCAL)
        query = query_of(scope, LOCAL) if scope else None
        assert query is None or query.rows is None, kind


def test_an_answer_there_has_the_headers_of_every_answer():
    assert b"\r\ncontent-length: 2\r\nx-content-type-options: nosniff\r\nvary: Accept, Origin\r\n\r\no\n" in as_bytes(
        Reply(200, "text/csv", b"o\n")
    )


def started(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    code = "import sys; from pathlib import Path; from kg.serve import Settings; from kg.serve.server import run"
    code += "; run(Settings(Path(sys.argv[1]), port=int(sys.argv[2])))"
    with (folder.parent / "server.log").open("wb") as log:
        return subprocess.Popen([sys.executable, "-c", code, str(folder), str(port)], stdout=log, stderr=log)


def under(process: "subprocess.Popen[bytes]") -> set[psutil.Process]:
    return set(psutil.Process(process.pid).children(recursive=True))


@pytest.fixture
def service(workspace: Path) -> Iterator[Callable[[], tuple[str, "subprocess.Popen[bytes]"]]]:
    made: list[subprocess.Popen[bytes]] = []

    def start() -> tuple[str, "subprocess.Popen[bytes]"]:
        port = free_port()
        made.append(started(workspace, port))
        url = f"http://127.0.0.1:{port}"
        servers.wait_for(f"{url}/openapi.json", made[-1])
        return url, made[-1]

    yield start
    for process in made:
        process.kill()
        process.wait()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_second_process_ends_with_the_first(service: Callable[[], tuple[str, "subprocess.Popen[bytes]"]], how: int):
    url, process = service()
    with both(url):
        all_of_them = under(process)
        process.send_signal(how)
        until(lambda: not [one for one in all_of_them if one.is_running()], "all of them have ended")


def test_where_the_second_process_ends_the_first_goes_on_alone(service: Callable[[], tuple[str, "subprocess.Popen[bytes]"]]):
    url, process = service()
    with connected(url) as one:
        asked(one, asking(LOOKUP))
        before = under(process)
    with both(url) as made:
        expected = asked(made[0], asking(LOOKUP))
        for other in under(process) - before:
            other.kill()
        until(lambda: number(url, "kg_connections_beside") == 0, "it is known to have ended")
        assert {b"", expected} >= {asked(one, asking(LOOKUP)) for one in made}
    with connected(url) as one, connected(url) as another:
        for _ in range(3):
            assert asked(one, asking(LOOKUP)) == asked(another, asking(LOOKUP)) == expected

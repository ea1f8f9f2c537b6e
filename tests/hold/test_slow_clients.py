"""A client that sends or takes a byte at a time, or nothing, ends alone: its connection is closed, and the others are served."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest

from kg.serve.connection import Connections
from kg.serve.lookup_process import LookupProcess
from kg.serve.metrics import Metrics
from kg.serve.settings import Patience, Settings
from tests.hold.serving import AUTHORIZED, TOKEN, all_of, connected, said, serving, small_graph, status
from tests.servers import client, until

ASK = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
HUGE = 10**9
POST = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_graph(tmp_path_factory.mktemp("slow"))


@pytest.fixture(scope="module")
def brisk(workspace: Path) -> Iterator[str]:
    """A service that soon loses patience with a client."""
    limits = "patience=Patience(head=0.5, body=0.5, answer=0.5, rate=10**9, connections=40)"
    with serving(workspace, f"token={TOKEN!r}, {limits}") as url:
        yield url


@pytest.fixture(scope="module")
def patient(workspace: Path) -> Iterator[str]:
    """A service that has all the time, and room for six connections."""
    limits = f"patience=Patience(head={HUGE}, body={HUGE}, answer={HUGE}, connections=6, unread=2**20)"
    with serving(workspace, f"time_limit={HUGE}, result_limit=2**26, {limits}") as url:
        yield url


def alive(url: str) -> bool:
    """Whether others are served; one that is itself too slow for a brisk service asks again."""

    def answered() -> bool:
        with suppress(httpx.TransportError), client(url) as asking:
            return asking.get("/sparql", params={"query": "ASK { <urn:a> ?b ?c }"}).json()["boolean"]
        return False

    until(answered, "another client is answered")
    return True


def trickled(url: str, start: bytes, drop: bytes) -> bytes:
    """What comes back on a connection that sends a start, then one drop after the other for as long as that goes.

    On a busy machine the start itself may come too late; then it is sent again.
    """
    answers: list[bytes] = []

    def answered() -> bytes:
        answers.append(once(url, start, drop))
        return answers[-1]

    until(answered, "a slow client is told something")
    return answers[-1]


def once(url: str, start: bytes, drop: bytes) -> bytes:
    answer, part = b"", b"-"
    with connected(url) as connection, suppress(ConnectionError):
        connection.sendall(start)
        connection.settimeout(0.05)
        while part:
            try:
                part = connection.recv(65536)
                answer += part
            except TimeoutError:
                connection.sendall(drop)
    return answer


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"GET /sparql?query=", b"x"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", b"y"),
        (b"GET / HTTP/1.1\r\n", b"A: b\r\n"),
        (b"\r\n", b"\r\n"),
        (ASK[:-2], b"\r"[:0]),
        (POST + b"Content-Length: 1000\r\n\r\n", b" "),
        (POST + b"Content-Length: 1000\r\n\r\n", b""),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n5000\r\n", b"z"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"T: u\r\n"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n1;", b"extension"),
    ],
)
def test_what_comes_a_byte_at_a_time_is_ended_with_the_reason(brisk: str, start: bytes, drop: bytes):
    answer = trickled(brisk, start, drop)
    assert (status(answer), b"connection: close" in answer.lower()) == (408, True)
    assert answer.endswith(b".\n")
    assert alive(brisk)


def test_a_connection_on_which_nothing_is_said_is_closed_without_a_word(brisk: str):
    assert said(brisk) == b""


def test_a_slow_head_behind_an_answered_request_is_ended_too(brisk: str):
    answers: list[bytes] = []

    def answered() -> bool:
        answers.append(trickled(brisk, ASK + b"GET /", b"x"))
        return answers[-1].startswith(b"HTTP/1.1 200")

    until(answered, "the request before it is answered")
    assert b"HTTP/1.1 408" in answers[-1]


def test_an_answer_in_hand_is_not_cut_by_a_slow_head_behind_it(patient: str):
    with connected(patient) as connection:
        connection.sendall(ASK + ASK[:9])
        connection.sendall(ASK[9:] + b"GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = all_of(connection)
    assert (answer.count(b"HTTP/1.1 200"), answer.count(b"HTTP/1.1 404")) == (2, 1)


def test_many_slow_ones_keep_nobody_out(brisk: str):
    with ExitStack() as stack:
        for number in range(120):  # three times as many as there is room for
            one = stack.enter_context(connected(brisk))
            with suppress(ConnectionError):  # it may have had to go already
                one.sendall([b"", b"GET /", POST + b"Content-Length: 9\r\n\r\n"][number % 3])
            if number % 10 == 0:
                assert alive(brisk)


def test_where_there_is_no_room_who_waits_longest_without_a_request_goes(patient: str):
    with ExitStack() as stack:
        waiting = [stack.enter_context(connected(patient)) for _ in range(6)]
        waiting[0].sendall(b"GET /")
        assert alive(patient)
        assert all_of(waiting[0]) == b""
        waiting[1].sendall(ASK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert b"HTTP/1.1 200" in all_of(waiting[1])


@pytest.mark.parametrize("kind", ["brisk", "patient"])
def test_an_answer_that_is_not_taken_ends_its_connection(kind: str, request: pytest.FixtureRequest):
    url = request.getfixturevalue(kind)  # one has no time for it, the other no room
    many = "SELECT * { " + " ".join(f"VALUES ?{name} {{ 1 2 3 4 5 6 7 8 9 }}" for name in "abcde") + " }"
    query = POST + f"Content-Length: {len(many)}\r\n\r\n".encode() + many.encode()
    with connected(url) as deaf:
        with suppress(ConnectionError):
            deaf.sendall(query)
        until(lambda: gone(deaf), "the connection ended")
        assert len(all_of(deaf)) < 2**24  # of 26 megabytes
    assert alive(url)


def gone(connection: socket.socket) -> bool:
    """Whether the other side has closed a connection from which nothing is read."""
    try:
        connection.sendall(b"\r\n")
    except ConnectionError:
        return True
    return False


def test_a_client_that_takes_its_answer_slowly_but_steadily_gets_all_of_it(workspace: Path):
    limits = f"patience=Patience(answer=0.2, rate=1, head={HUGE})"
    with serving(workspace, f"time_limit={HUGE}, {limits}") as url, connected(url) as connection:
        connection.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert all_of(connection).endswith(b"}")


def test_a_refused_upload_can_take_the_answer_that_says_so(patient: str):
    with client(patient, headers=AUTHORIZED) as asking:
        for size in (2**21, 2**24):
            try:
                answer = asking.post("/sparql", content=b" " * size, headers={"Content-Type": "application/sparql-query"})
            except httpx.WriteError:
                pytest.fail("the connection was reset before the answer could be read")
            assert answer.status_code == 413
    assert alive(patient)


def test_there_are_never_more_connections_than_files_for_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kg.serve.connection._files", lambda: 256)
    process = LookupProcess(Settings(Path()), Metrics())
    assert Connections(Patience(connections=800), process).most == 56
    assert Connections(Patience(connections=20), process).most == 20

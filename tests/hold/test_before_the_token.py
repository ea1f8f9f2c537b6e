"""Before it is known who asks, nothing large is read, and nothing is decoded where others wait for it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.serve import Settings
from kg.serve.forms import packed, parameters
from kg.serve.http import Refused
from kg.serve.intake import Intake
from kg.serve.lookup import Lookups
from kg.serve.protocol import SparqlEndpoint
from kg.serve.tasks import Decode, Query, Reply, Update
from kg.serve.web import shared
from tests.hold.serving import AUTHORIZED, TOKEN, all_of, connected, said, serving, small_graph, status
from tests.servers import client, kg_server, until

FORM = "application/x-www-form-urlencoded"
KINDS = [FORM, "application/sparql-query", "application/sparql-update", "text/turtle", "multipart/form-data; boundary=x", "text/plain", ""]
ROOMS = ["/sparql", "/sparql/", "/rdf-graph-store?default", "/rdf-graph-store/mine", "/api/vocabulary", "/api/explore/start", "/nowhere"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_graph(tmp_path_factory.mktemp("token"))


@pytest.fixture(scope="module")
def guarded(workspace: Path) -> Iterator[str]:
    """A service that is open to other machines."""
    with serving(workspace, f"host='0.0.0.0', token={TOKEN!r}") as url:
        yield url


@pytest.fixture(scope="module")
def local(workspace: Path) -> Iterator[str]:
    """A service on loopback, which anybody there may read."""
    with serving(workspace, f"token={TOKEN!r}, request_limit=50_000, body_limit=400_000, bodies_limit=1_000_000") as url:
        yield url


def head(path: str, kind: str, *fields: str, method: str = "POST") -> bytes:
    """The head of a request; its body is another matter."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Type: {kind}", *fields, "", ""]).encode()


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("kind", KINDS)
def test_without_the_token_a_large_body_is_refused_before_it_is_sent(guarded: str, room: str, kind: str):
    answer = said(guarded, head(room, kind, "Content-Length: 209715200"))
    assert status(answer) == 401
    assert b"connection: close" in answer.lower()


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_no_method_gets_a_body_in_without_the_token(guarded: str, method: str):
    assert status(said(guarded, head("/sparql", FORM, "Transfer-Encoding: chunked", method=method))) == 401


def test_without_the_token_an_address_is_not_decoded(guarded: str):
    assert status(said(guarded, head("/sparql?query=%ff%fe&update=%", FORM, "Connection: close", method="GET"))) == 401
    assert status(said(guarded, head("/rdf-graph-store?graph=%ff", FORM, "Connection: close", method="GET"))) == 401


@pytest.mark.parametrize("kind", [FORM, "application/sparql-query"])
def test_a_reader_is_told_the_limit_before_a_body_that_says_it_is_larger(local: str, kind: str):
    answer = said(local, head("/sparql", kind, "Content-Length: 50001"))
    assert status(answer) == 413
    assert b"more than 50000 bytes" in answer


@pytest.mark.parametrize("kind", [FORM, "application/sparql-query"])
def test_a_reader_is_stopped_in_a_body_that_does_not_say_how_large_it_is(local: str, kind: str):
    chunk = b"2000\r\n" + b"%41" * 2730 + b"\r\n\r\n"
    with connected(local) as connection:
        connection.sendall(head("/sparql", kind, "Transfer-Encoding: chunked"))
        for _ in range(7):
            connection.sendall(chunk.replace(b"\r\n\r\n", b"aa\r\n"))
        assert status(all_of(connection)) == 413  # and no end of the body was ever sent


def test_a_client_that_asks_first_is_not_told_to_go_on(local: str):
    answer = said(local, head("/sparql", FORM, "Content-Length: 50001", "Expect: 100-continue"))
    assert answer.startswith(b"HTTP/1.1 413")


def test_the_largest_body_that_may_be_is_taken(local: str):
    query = b"ASK { }".ljust(50_000)
    with client(local) as asking:
        direct = asking.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})
        form = asking.post("/sparql", content=b"query=ASK%20%7B%7D%20".ljust(50_000, b"+"), headers={"Content-Type": FORM})
    assert [(one.status_code, one.json()["boolean"]) for one in (direct, form)] == [(200, True)] * 2


def test_the_limit_is_what_the_command_says(workspace: Path, tmp_path: Path):
    query = {"content": b"ASK { }".ljust(1_500_000), "headers": {"Content-Type": "application/sparql-query"}}
    with kg_server(tmp_path, "-w", workspace, "--max-request", 2) as url, client(url) as asking:
        assert asking.post("/sparql", **query).json()["boolean"] is True
        assert asking.post("/sparql", **query | {"content": b"ASK { }".ljust(2**21 + 1)}).status_code == 413


def test_an_update_is_refused_before_its_body_where_its_head_tells_what_it_is(local: str):
    assert status(said(local, head("/sparql", "application/sparql-update", "Content-Length: 40000"))) == 401
    assert status(said(local, head("/sparql?update=CLEAR%20ALL", FORM, "Content-Length: 40000"))) == 401
    assert status(said(local, head("/rdf-graph-store?default", "text/turtle", "Content-Length: 40000", method="PUT"))) == 401


def test_an_update_in_a_form_needs_the_token_too(local: str):
    with client(local) as asking:
        assert asking.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 401
        assert asking.post("/sparql", data={"update": "CLEAR ALL # ".ljust(30_000, "x")}).status_code == 401
        assert asking.get("/sparql", params={"query": "ASK { <urn:a> ?b ?c }"}).json()["boolean"] is True


@pytest.mark.parametrize("as_form", [True, False])
def test_who_has_the_token_may_send_more(local: str, as_form: bool):
    name = f"urn:large-{as_form}"
    text = f"INSERT DATA {{ <{name}> <urn:says> '春天 & 100%' }} # ".ljust(200_000, "x")
    with client(local, headers=AUTHORIZED) as asking:
        sent = (
            {"data": {"update": text}} if as_form else {"content": text.encode(), "headers": {"Content-Type": "application/sparql-update"}}
        )
        assert asking.post("/sparql", **sent).status_code == 204
        asked = {"query": f"ASK {{ <{name}> <urn:says> '春天 & 100%' }}"}
        assert asking.get("/sparql", params=asked).json()["boolean"] is True


def test_a_large_form_takes_the_graphs_that_it_names(local: str):
    text = "INSERT { <urn:found> <urn:in> ?o } WHERE { <urn:a> <urn:b> ?o } # ".ljust(200_000, "x")
    with client(local, headers=AUTHORIZED) as asking:
        assert asking.post("/sparql", data={"update": text, "using-graph-uri": "urn:here"}).status_code == 204
        rows = asking.get("/sparql", params={"query": "SELECT ?o { <urn:found> <urn:in> ?o }"}, headers={"Accept": "text/csv"})
        assert rows.text.split() == ["o", "2"]
        refused = asking.post("/sparql", data={"update": text, "using-graph-uri": "nothing"})
    assert (refused.status_code, "using-graph-uri" in refused.text) == (400, True)


def test_the_token_makes_no_query_larger(local: str):
    query = "ASK { }".ljust(60_000)
    with client(local, headers=AUTHORIZED) as asking:
        direct = asking.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"})
        form = asking.post("/sparql", data={"query": query})
    assert (direct.status_code, form.status_code) == (413, 400)
    assert "--max-request" in form.text


def test_bodies_that_are_held_together_have_a_limit_and_leave_no_trace(local: str):
    def put(asking: httpx.Client) -> int:
        answer = asking.put("/rdf-graph-store?graph=urn:x", content=b" " * 390_000, headers={"Content-Type": "text/turtle"})
        return answer.status_code

    whole = head("/rdf-graph-store?default", "text/turtle", f"Authorization: Bearer {TOKEN}", "Content-Length: 400000", method="PUT")
    with client(local, headers=AUTHORIZED) as asking:
        with connected(local) as first, connected(local) as second:
            for one in (first, second):
                one.sendall(whole + b" " * 399_999)
            until(lambda: put(asking) == 503, "both bodies have arrived")
        until(lambda: put(asking) in {201, 204}, "it is seen that both have gone")


@given(
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=50)), max_size=8),
    st.sampled_from(["{}={}", "{}", "&{}={}&", "{}={}=x"]),
    st.booleans(),
)
@example([("query", "a%+&=b 中")], "{}={}", True)
def test_parameters_are_read_as_the_standard_library_reads_them(pairs: list[tuple[str, str]], shape: str, escaped: bool):
    texts = [tuple("".join(f"%{byte:02X}" if escaped else f"%{byte:02x}" for byte in part.encode()) for part in pair) for pair in pairs]
    data = "&".join(shape.format(*pair) for pair in texts).encode()
    assert parameters(data, "form") == parse_qsl(data.decode(), keep_blank_values=True, errors="strict")


@given(st.binary(max_size=60))
@example(b"%4")
@example(b"a=%%341&b=%zz+%c3%a9%")
@example(b"a=\\x41%5cx41&b=\\u4e91%5Cn%\\x")
def test_any_bytes_are_parameters_as_the_standard_library_has_them_or_are_refused(data: bytes):
    try:
        wanted = parse_qsl(data.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        with pytest.raises(UsageError):
            parameters(data, "form")
    else:
        assert parameters(data, "form") == wanted


@pytest.mark.parametrize("lead", [0, 1, 2, 3])
def test_an_escape_at_the_edge_of_a_slice_stays_whole(lead: int):
    [(_, value)] = parameters(b"query=" + b"x" * lead + b"%41" * 800_000, "form")
    assert value == "x" * lead + "A" * 800_000


class Recording:
    """A pool that notes its tasks, and decodes as a worker does."""

    def __init__(self) -> None:
        self.tasks: list[Any] = []

    async def run(self, task: Any, _: float, __: object = None) -> Reply:
        self.tasks.append(task)
        return Reply(200, body=packed(parameters(task.data, task.where))) if isinstance(task, Decode) else Reply(200, body=b"{}")

    async def change(self, task: Any) -> Reply:
        return await self.run(task, 1.0)


def handed_over(method: str, target: str, content: bytes, kind: str = FORM, token: bool = False) -> list[Any]:
    """The tasks that a request becomes."""
    pool, settings = Recording(), Settings(Path(), token=TOKEN)
    path, _, query = target.partition("?")
    headers = [(b"host", b"localhost"), (b"content-type", kind.encode())]
    if token:
        headers.append((b"authorization", f"Bearer {TOKEN}".encode()))
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": headers, "scheme": "http"}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(_: Any) -> None: ...

    app = SparqlEndpoint(pool, settings, Intake(settings), Lookups(settings))  # type: ignore[arg-type]  # a pool that answers itself
    asyncio.run(app(scope, receive, send))
    return pool.tasks


@pytest.mark.parametrize("token", [True, False])
def test_large_forms_and_addresses_are_decoded_by_another_process(token: bool):
    form = handed_over("POST", "/sparql", b"query=ASK%20%7B%7D" + b"%20" * 300_000, token=token)
    assert [type(task) for task in form] == [Decode, Query]
    assert form[1].text.strip() == "ASK {}"
    address = handed_over("GET", "/sparql?query=ASK%20%7B%7D" + "%20" * 9_000, b"", token=token)
    assert [type(task) for task in address] == [Decode, Query]


def test_what_only_an_update_may_be_is_handed_over_as_it_came():
    [task] = handed_over("POST", "/sparql", b"update=CLEAR%20ALL" + b"%20" * 600_000, token=True)
    assert (type(task), task.text, task.form, task.content[:12]) == (Update, "", True, b"update=CLEAR")
    assert [type(task) for task in handed_over("POST", "/sparql?query=ASK%7B%7D", b"", token=True)] == [Query]
    with pytest.raises(Refused):
        handed_over("POST", "/sparql?query=ASK%7B%7D", b"update=CLEAR%20ALL" + b"%20" * 600_000, token=True)


def test_those_who_ask_for_the_health_at_once_share_one_answer():
    asked: list[int] = []

    async def ask() -> Reply:
        asked.append(1)
        await asyncio.sleep(0)
        return Reply(200)

    async def many() -> list[int]:
        alive = shared(ask)
        first = [reply.status for reply in await asyncio.gather(*(alive() for _ in range(50)))]
        return [*first, (await alive()).status]

    assert asyncio.run(many()) == [200] * 51
    assert len(asked) == 2

"""Whatever is sent over HTTP, the service answers in the words of the protocol and goes on: no 500, no trace, no worker lost."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.hold.serving import AUTHORIZED, TOKEN, all_of, connected, said, serving, small_graph, status
from tests.servers import client

BOUNDARY = "part"
PART = '--part\r\nContent-Disposition: form-data; name="f"; filename="a.ttl"\r\nContent-Type: text/turtle\r\n\r\n<urn:m> <urn:p> 1 .\r\n'
GETS = ["/", "/query", "/health", "/metrics", "/openapi.json", "/api/vocabulary", "/api/questions", "/static/query.js", "/sparql",
        "/sparql?query=ASK%7B%7D", "/rdf-graph-store?default", "/rdf-graph-store?graph=urn:here"]  # fmt: skip
FINE = {200, 201, 204, 307, 400, 401, 403, 404, 405, 406, 411, 413, 414, 415, 421, 422, 431, 503}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_graph(tmp_path_factory.mktemp("surface"))


@pytest.fixture(scope="module")
def url(workspace: Path) -> Iterator[str]:
    with serving(workspace, f"token={TOKEN!r}, body_limit=2_000_000, time_limit=300.0, cors=('https://page.example',)") as made:
        yield made


@pytest.fixture(scope="module")
def writer(url: str) -> Iterator[httpx.Client]:
    with client(url, headers=AUTHORIZED) as made:
        yield made


def log(workspace: Path) -> str:
    return (workspace.parent / "server.log").read_text(encoding="utf-8")


def check(answer: httpx.Response) -> None:
    assert answer.status_code in FINE, answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", GETS)
def test_what_get_answers_head_answers_without_a_body(writer: httpx.Client, path: str):
    get, head = writer.get(path), writer.head(path)
    assert (head.status_code, head.headers.get("content-type")) == (get.status_code, get.headers.get("content-type"))
    assert get.status_code in {200, 307}
    assert head.content == b""


@pytest.mark.parametrize("path", GETS)
@pytest.mark.parametrize("method", ["PATCH", "TRACE", "PROPFIND", "OPTIONS", "DELETE", "PUT", "QUERY", "M-SEARCH"])
def test_other_methods_are_told_which_there_are(writer: httpx.Client, path: str, method: str):
    answer = writer.request(method, path)
    if path.startswith("/rdf-graph-store") and method in {"PUT", "DELETE"}:
        return  # they are of its protocol
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["allow"].split(", "))


NO_IRIS = [
    *(":", "a:\x85", "", "a", "/a", "//a/b", "a b:c", "urn:\x00", "a:\ue000", "a:<b>", "a:b#c#d", "http://[::1", "a:%zz", "1a:b"),
    *("a:\\u0041", "a:{}", "a:\r\nX: y", "中文", "a:\U000e0001", "http://a:b/"),
]


@pytest.mark.parametrize("name", NO_IRIS)
def test_a_graph_whose_name_is_no_iri_is_refused_wherever_it_is_named(writer: httpx.Client, name: str):
    turtle = {"Content-Type": "text/turtle"}
    asked = [
        writer.get("/rdf-graph-store", params={"graph": name}),
        writer.put("/rdf-graph-store", params={"graph": name}, content=b"<urn:x> <urn:y> 1 .", headers=turtle),
        writer.post("/rdf-graph-store", params={"graph": name}, content=b"<urn:x> <urn:y> 1 .", headers=turtle),
        writer.delete("/rdf-graph-store", params={"graph": name}),
        writer.get("/sparql", params={"query": "ASK {}", "default-graph-uri": name}),
        writer.post("/sparql", data={"query": "ASK {}", "named-graph-uri": name}),
        writer.post("/sparql", data={"update": "DELETE {} WHERE {}", "using-graph-uri": name}),
        writer.post("/sparql", data={"update": "DELETE {} WHERE {}", "using-named-graph-uri": name}),
    ]
    assert [one.status_code for one in asked] == [400] * 8
    assert all(one.text.count("\n") == 1 and "IRI" in one.text for one in asked)


@pytest.mark.parametrize(
    "path", ["/%00", "/a%20b", "/%3Cx%3E", "/%ff", "/%E4%B8%AD", "/%5B%5D", "/%7B", "/a/../b", "/%25zz", "/;a=b", "/%0d%0aX:y", "//"]
)
def test_any_address_below_the_store_is_a_graph_of_its_own(writer: httpx.Client, path: str):
    turtle = {"Content-Type": "text/turtle"}
    address = httpx.URL(str(writer.base_url)).copy_with(raw_path=f"/rdf-graph-store{path}".encode())
    if path != "//":  # which is the store itself
        assert writer.put(address, content=b"<urn:x> <urn:y> 1 .", headers=turtle).status_code == 201
        assert writer.get(address).status_code == 200
        assert writer.delete(address).status_code == 204
    else:
        check(writer.get(address))


WHOLE = PART + f"--{BOUNDARY}--\r\n"
NO_FORMS = [
    ("multipart/form-data", WHOLE),
    ("multipart/form-data; boundary=", WHOLE),
    ('multipart/form-data; boundary=""', WHOLE),
    ("multipart/form-data; boundary=" + "x" * 71, WHOLE),
    ("multipart/form-data; boundary=other", WHOLE),
    ("multipart/form-data; boundary=\xe9", WHOLE),
    ("multipart/form-data; Boundary", WHOLE),
    ("multipart/form-data; boundary=part", ""),
    ("multipart/form-data; boundary=part", PART),
    ("multipart/form-data; boundary=part", "--part--\r\n"),
    ("multipart/form-data; boundary=part", "--part\r\n\r\n<urn:m> <urn:p> 1 .\r\n--part--\r\n"),
    ("multipart/form-data; boundary=part", '--part\r\nContent-Disposition: form-data; name="f"\r\n\r\n<urn:m> <urn:p> 1 .\r\n--part--\r\n'),
    ("multipart/form-data; boundary=part", WHOLE.replace("1 .", "1")),
    ("multipart/form-data; boundary=part", WHOLE.replace("Content-Disposition", "X" * 100_000)),
    ("multipart/form-data; boundary=part", WHOLE.replace("Content-Disposition", "X\xff")),
    ("multipart/form-data; boundary=part", PART * 1100 + "--part--\r\n"),
]


@pytest.mark.parametrize(("kind", "content"), NO_FORMS)
def test_a_form_that_is_not_whole_stores_nothing(writer: httpx.Client, kind: str, content: str):
    headers = {"Content-Type": kind.encode("latin-1")}
    answer = writer.post("/rdf-graph-store?graph=urn:none", content=content.encode("latin-1"), headers=headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer.text.count("\n")) == (400, 1)
    assert writer.get("/rdf-graph-store?graph=urn:none").status_code == 404


@pytest.mark.parametrize("cut", range(1, len(WHOLE) - 3, 7))
def test_a_form_cut_off_anywhere_stores_nothing(writer: httpx.Client, cut: int):
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    answer = writer.post("/rdf-graph-store?graph=urn:cut", content=WHOLE[:cut].encode(), headers=headers)
    assert answer.status_code == 400
    assert writer.get("/rdf-graph-store?graph=urn:cut").status_code == 404


def test_forms_that_are_whole_are_taken(writer: httpx.Client):
    files = {"a": ("a.ttl", b"<urn:m> <urn:p> 1 .", "text/turtle"), "b": ("b.nt", b"<urn:m> <urn:p> <urn:q> .", "application/n-triples")}
    assert writer.post("/rdf-graph-store?graph=urn:forms", files=files).status_code == 201
    assert writer.get("/rdf-graph-store?graph=urn:forms", headers={"Accept": "application/n-triples"}).text.count("\n") == 2
    quoted = {"Content-Type": 'multipart/form-data; charset=utf-8; BOUNDARY="part"'}
    assert (
        writer.post("/rdf-graph-store?graph=urn:forms", content=f"preamble\r\n{WHOLE}epilogue".encode(), headers=quoted).status_code == 204
    )
    wrong = {"a": ("a.exe", b"MZ", "application/octet-stream")}
    assert writer.post("/rdf-graph-store?graph=urn:forms", files=wrong).status_code == 415
    assert writer.put("/rdf-graph-store?graph=urn:forms", files=files).status_code == 415


SMUGGLED = [
    *("Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5, 5"),
    *("Content-Length: +5", "Content-Length: -1", "Content-Length: 0x5", "Content-Length: 99999999999999999999", "Content-Length : 5"),
    *("Transfer-Encoding: chunked, identity", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
    *("Host: x\r\n y: z", "X: a\x00b", "X\xff: a", ": a", "X: a\nY: b", "X: a\rY: b"),
]


@pytest.mark.parametrize("fields", SMUGGLED)
def test_a_request_that_two_servers_may_read_differently_is_refused(url: str, fields: str):
    hidden = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    lines = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n{fields}\r\n\r\n0\r\n\r\n{hidden}"
    answer = said(url, lines.encode("latin-1"))
    assert (status(answer), answer.count(b"HTTP/1.1 ")) == (400, 1)


CHUNKED = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"GET /sparql?query=" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        (b"GET /sparql?query=" + b"x" * 2_000_000, 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 2_000_000, 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"A: b\r\n" * 120 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"A: b\r\n" * 100_000, 431),
        (CHUNKED + b"0\r\nT: " + b"u" * 10**6, 431),
        (CHUNKED + b"1;" + b"e" * 10**6, 431),
        (b"\r\n" * 500_000, 431),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),  # TLS
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"SSH-2.0-OpenSSH_9.9\r\n", 400),
        (b"GET / HTTP/1.1\nHost: localhost\n\n", 400),
        (b"GET /\x80 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"get / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    ],
)  # fmt: skip
def test_a_head_that_is_too_large_or_no_head_is_refused(url: str, sent: bytes, expected: int):
    assert status(said(url, sent)) == expected


def test_requests_behind_one_another_are_answered_in_order_up_to_a_number(url: str):
    ask = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with connected(url) as connection:
        connection.sendall(ask * 9 + ask.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert all_of(connection).count(b"HTTP/1.1 200") == 10
    assert said(url, ask * 5_000).count(b"HTTP/1.1 200") < 1_000


def test_an_upgrade_is_not_made(url: str):
    fields = b"Host: localhost\r\nConnection: Upgrade, close\r\nUpgrade: %s\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n"
    for kind in (b"websocket", b"h2c"):
        assert status(said(url, b"GET /health HTTP/1.1\r\n" + fields % kind)) == 200


@pytest.mark.parametrize("accept", ["a/b," * 16_000, "text/csv;q=0.5," * 4_000, "x" * 60_000, "text/turtle," * 100])
@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/sparql", "/rdf-graph-store?default"])
def test_an_accept_header_that_takes_long_to_weigh_is_refused(writer: httpx.Client, accept: str, path: str):
    assert writer.get(path, headers={"Accept": accept}).status_code == 400
    long = ", ".join(f"application/x-{n};q=0.{n}" for n in range(1, 40)) + ", */*;q=0.1"
    assert writer.get(path, headers={"Accept": long}).status_code == 200


def test_a_preflight_tells_of_pages_and_nothing_else(writer: httpx.Client):
    fields = {"Origin": "https://page.example", "Access-Control-Request-Method": "POST"}
    assert writer.options("/sparql", headers=fields).headers["access-control-allow-origin"] == "https://page.example"
    assert writer.options("/sparql", headers=fields | {"Origin": "https://evil.example"}).status_code == 400


TARGETS = st.sampled_from(
    ["/sparql", "/sparql/", "/rdf-graph-store", "/rdf-graph-store/x", "/health", "/api/explore/find", "/api/explore/between", "/static/"]
)
NAMES = st.sampled_from(
    ["query", "update", "graph", "default", "default-graph-uri", "using-graph-uri", "node", "name", "from", "hops", "%71uery"]
)
VALUES = st.one_of(
    st.sampled_from(
        ["ASK{}", "SELECT * { ?s ?p ?o }", "DESCRIBE <urn:a>", "urn:here", "%00", "%", "%ff", "%C2%85", ":", "-1", "%ED%A0%80"]
    ),
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=12),
)
FIELDS = st.sampled_from(
    [
        *("Accept: text/csv", "Accept: */*;q=x", "Accept: ;;,,", "Accept: " + "a/b," * 900, "Content-Type: application/sparql-query"),
        *("Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data", "Content-Type: text/turtle"),
        *("Content-Type: application/ld+json; charset=x", "Content-Type: ", "Expect: 100-continue", "Expect: x", "Upgrade: x"),
        *("Authorization: Bearer " + TOKEN, "Authorization: Bearer \xff", "Authorization: x", "Origin: null", "Cookie: \xe9"),
        *("X-Forwarded-For: a, b,, c", "X-Forwarded-Proto: evil", "Range: bytes=5-1", "If-Modified-Since: x", "Connection: keep-alive"),
    ]
)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "LOCK", "QUERY"])
BODIES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([b"ASK{}", b"query=ASK{}", b"update=CLEAR%20GRAPH%20%3Curn:gone%3E", b"{}", b"[", b"--x--", b"%" * 9000]),
)


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """A request that can be read, of any words of the protocol."""
    query = "&".join(f"{name}={value}" for name, value in draw(st.lists(st.tuples(NAMES, VALUES), max_size=3)))
    lines = [
        f"{draw(METHODS)} {draw(TARGETS)}{'?' if query else ''}{query} HTTP/1.1",
        "Host: localhost",
        *draw(st.lists(FIELDS, max_size=4)),
    ]
    body, sent, content = draw(BODIES), draw(st.sampled_from(["no", "length", "chunks"])), b""
    if sent == "length":
        lines.append(f"Content-Length: {len(body)}")
        content = body
    elif sent == "chunks":
        lines.append("Transfer-Encoding: chunked")
        content = (b"%x\r\n%s\r\n" % (len(body), body) if body else b"") + b"0\r\n\r\n"
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + content


@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests())
@example(b"GET /rdf-graph-store?graph=: HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
def test_any_request_gets_an_answer_of_the_protocol(url: str, sent: bytes):
    answer = said(url, sent)
    while answer.startswith(b"HTTP/1.1 100"):
        answer = answer.partition(b"\r\n\r\n")[2]
    assert status(answer) in FINE, answer
    assert b"Traceback" not in answer


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_bytes_get_an_answer_or_an_end(url: str, data: st.DataObject):
    fields = b"Host: localhost\r\nContent-Type: application/sparql-query\r\nConnection: close\r\nContent-Length: 7"
    sent = bytearray(b"POST /sparql?x=%%41 HTTP/1.1\r\n%s\r\n\r\nASK { }" % fields)
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(sent) - 1))
        sent[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with connected(url) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(bytes(sent))
            connection.shutdown(1)  # nothing more comes
        answer = all_of(connection)
    assert not answer or status(answer) in FINE, answer


def test_after_all_of_it_no_worker_was_lost_and_nothing_went_wrong_in_the_log(workspace: Path, writer: httpx.Client):
    assert writer.get("/health").json()["status"] == "ok"
    assert "Traceback" not in log(workspace)
    assert '"failed"' not in log(workspace)

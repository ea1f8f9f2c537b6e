"""A service on loopback answers for this machine's names alone, and no spelling of another's is taken for one of them."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve import Settings
from kg.serve.access import require_host
from kg.serve.http import Refused, own_iri
from tests.hold.serving import TOKEN, said, serving, small_graph, status

OURS = [
    *("localhost", "LOCALHOST", "LocalHost:8000", "localhost.", "localhost:", "127.0.0.1", "127.0.0.1:80", "127.8.9.10:65535"),
    *("[::1]", "[::1]:8000", "[::1]:", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]"),
]
OTHERS = [
    *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil-localhost", "10.0.0.1:80", "0.0.0.0"),  # noqa: S104
    *("[::]", "[fe80::1]", "[::ffff:10.0.0.1]", "127.1", "0x7f.0.0.1", "2130706433", "127.0.0.01"),
    *("sub.localhost", "..localhost", "localhost.."),
]
NO_NAMES = [
    *("", " ", "[::1]evil.com", "[::1].evil.com", "[::1", "::1", "[::1]:x", "[::1%25lo]", "[::1%lo]", "[1]", "[]", "localhost:x"),
    *("localhost:80:80", "localhost:99999", "localhost:-1", "localhost:80@evil.com", "evil.com@localhost", "user:pw@localhost"),
    *("localhost/", "localhost/evil", "localhost?x", "localhost#x", "localhost evil", "localhost, evil.com", "localhost,localhost"),
    *("локалхост", "ｌocalhost", "localhost\t", "http://localhost", "loc%61lhost", "local\\host", "'localhost'", "*"),
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_graph(tmp_path_factory.mktemp("hosts"))


@pytest.fixture(scope="module")
def local(workspace: Path) -> Iterator[str]:
    with serving(workspace) as url:
        yield url


def refusal(*hosts: bytes, settings: Settings = Settings(Path()), version: str = "1.1") -> int:  # noqa: B008  # it is frozen
    """The status with which a request with such Host headers is refused, 0 where it is served."""
    try:
        require_host({"headers": [(b"host", host) for host in hosts], "http_version": version}, settings)
    except Refused as refused:
        return refused.status
    return 0


@pytest.mark.parametrize("host", OURS)
def test_names_of_this_machine_are_served(host: str):
    assert refusal(host.encode()) == 0


@pytest.mark.parametrize("host", OTHERS)
def test_names_of_others_are_not(host: str):
    assert refusal(host.encode()) == 421


@pytest.mark.parametrize("host", NO_NAMES)
def test_what_is_no_name_of_a_host_is_not(host: str):
    assert refusal(host.encode()) == 400


def test_one_host_header_is_needed():
    assert refusal() == refusal(b"localhost", b"localhost") == refusal(b"localhost", b"evil.example") == 400
    assert refusal(version="1.0") == 0  # which has none


def test_on_another_address_any_name_is_served_that_is_one():
    office = Settings(Path(), host="0.0.0.0", token=TOKEN)  # noqa: S104
    assert [refusal(host, settings=office) for host in (b"kg.office.example:8000", b"kg_serve", b"[fe80::1]:80")] == [0, 0, 0]
    assert [refusal(host, settings=office) for host in (b"a b", b"a/b", b"<x>", b'"', b"")] == [400] * 5


@given(st.text(st.sampled_from("[]:.@%1a/?#localhost\\ ,\x00é"), max_size=20), st.text(max_size=8))
def test_whatever_host_and_path_are_served_make_an_iri(host: str, path: str):
    scope = {"headers": [(b"host", host.encode())], "http_version": "1.1", "scheme": "http", "path": f"/{path}"}
    try:
        require_host(scope, Settings(Path(), host="10.0.0.1", token=TOKEN))
    except Refused:
        return
    assert ox.NamedNode(own_iri(scope)).value == own_iri(scope)


@pytest.mark.parametrize(
    ("request_line", "host", "expected"),
    [
        ("GET http://evil.example/health", "localhost", 421),
        ("GET http://evil.example/health", "evil.example", 421),
        ("GET http://localhost/health", "evil.example", 200),  # the target is what counts (RFC 9112, 3.2.2)
        ("GET HTTP://LOCALHOST/health", "localhost", 200),
        ("GET http://user@localhost/health", "localhost", 400),
        ("GET http:///health", "localhost", 400),
        ("GET ftp://localhost/health", "localhost", 400),
        ("GET //evil.example/health", "localhost", 404),
        ("GET /health", "[::1]evil.com", 400),
        ("GET /health", "LOCALHOST", 200),
        ("GET /health\r\nHost: localhost", "localhost", 400),
        ("OPTIONS *", "localhost", 400),
        ("CONNECT evil.example:80", "localhost", 400),
        ("CONNECT /health", "localhost", 400),
    ],
)
def test_it_is_so_on_the_wire(local: str, request_line: str, host: str, expected: int):
    first, _, rest = request_line.partition("\r\n")
    lines = [f"{first} HTTP/1.1", *([rest] if rest else []), f"Host: {host}", "Connection: close", "", ""]
    assert status(said(local, "\r\n".join(lines).encode())) == expected

"""The process that answers lookups beside the service's own: it holds connections on which lookups are asked, and nothing else.

A connection comes with the bytes of its next request, and goes back, with the bytes that have come, as soon as it sends anything but a
whole lookup by GET that can be answered at once. So nothing is decided here that could be decided otherwise: what is refused, evaluated by
a worker, broken, slow or cut, and what changes the graph, all of it is seen to where it was before.
"""

import json
import resource
import selectors
import signal
import socket
import time
from contextlib import suppress
from email.utils import formatdate

import httptools
import structlog

from kg.confine.offline import without_network
from kg.errors import UsageError
from kg.serve.access import require_host, require_reader
from kg.serve.formats import negotiated
from kg.serve.forms import operation, parameters
from kg.serve.http import SECURE, Refused, Scope, header, own_iri
from kg.serve.log import log_as_json
from kg.serve.lookup import Lookups, prefixes_of
from kg.serve.settings import Settings
from kg.serve.tasks import Query, Reply

LARGEST = 16 * 1024
"""Bytes of requests that are read at once, or sent from process to process."""
OPEN, OPENED, DONE = b"open", b"opened", b"done"
"""What is said beside connections: that there is a newer snapshot to read, that it is read, and what was done (followed by JSON)."""
STAYS, AGAIN = b"s", b"a"
"""Before the bytes of a connection that goes back: for good, or for now, since it is a lookup that cannot be answered at once just now."""
START = b"GET /sparql?"
_IDLE, _TELL = 5.0, 0.25
"""Seconds that a client may ask nothing, as uvicorn has it; seconds between two accounts of what was done."""
_SPECIAL = frozenset({b"connection", b"content-length", b"expect", b"origin", b"transfer-encoding", b"upgrade"})


def answer_lookups(link: socket.socket, settings: Settings) -> None:
    """Answer lookups until the other end closes: the body of the process.

    Args:
        link: to the service's own process; each message is one packet.
        settings: those of the service.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other end decides
    log_as_json()
    without_network()
    resource.setrlimit(resource.RLIMIT_DATA, (settings.memory_limit, settings.memory_limit))
    with suppress(ConnectionError):  # the service has ended
        LookupWorker(link, settings).run()


class _Request:
    """What the parser tells of one request."""

    def __init__(self) -> None:
        self.url = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.whole = False

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_message_complete(self) -> None:
        self.whole = True


def scope_of(data: bytes, settings: Settings) -> Scope | None:
    """The scope of the one whole request to `/sparql` by GET that some bytes are, without anything special; None for all others."""
    lines = data.count(b"\r\n")
    if not data.startswith(START) or data.find(b"\r\n\r\n") != len(data) - 4 or data.count(b"\n") != lines:
        return None
    found = _Request()
    parser = httptools.HttpRequestParser(found)
    try:
        parser.feed_data(data)
    except (httptools.HttpParserError, httptools.HttpParserUpgrade):
        return None
    if not found.whole or parser.get_http_version() != "1.1" or len(found.headers) > settings.patience.fields:
        return None
    if any(name in _SPECIAL for name, _ in found.headers):
        return None
    query = found.url[len(START) - len(b"GET ") :]
    plain = {"type": "http", "http_version": "1.1", "scheme": "http", "method": "GET", "path": "/sparql"}
    return {**plain, "query_string": query, "headers": found.headers} if b"#" not in query else None


def query_of(scope: Scope, settings: Settings) -> Query | None:
    """The query that a request asks; None where it is refused, or asks anything else."""
    try:
        require_host(scope, settings)
        require_reader(scope, settings)
        asked = operation(parameters(scope["query_string"], "query string"))
        rows, triples = negotiated(header(scope, b"accept"))
    except (Refused, UsageError):
        return None
    return Query(asked.text, rows, triples, own_iri(scope)) if asked.kind == "query" and not any(asked.graphs.values()) else None


def as_bytes(reply: Reply) -> bytes:
    """An answer of HTTP/1.1 with the headers that every answer has."""
    fields = [(b"date", formatdate(usegmt=True).encode()), (b"content-type", reply.media_type.encode())]
    fields += [(b"content-length", str(len(reply.body)).encode()), *SECURE]
    return b"".join((b"HTTP/1.1 200 OK\r\n", *(b"%b: %b\r\n" % field for field in fields), b"\r\n", reply.body))


class LookupWorker:
    """The connections that it holds, one request after the other."""

    def __init__(self, link: socket.socket, settings: Settings) -> None:
        self._link, self._settings, self._lookups = link, settings, Lookups(settings)
        self._ready = selectors.DefaultSelector()
        self._since: dict[socket.socket, float] = {}  # when each was answered last
        self._unsent: dict[socket.socket, bytes] = {}
        self._gone, self._seconds = 0, list[float]()
        self._told = time.monotonic()
        self._log = structlog.get_logger("kg.serve")

    def run(self) -> None:
        """Go on until the other end closes.

        Raises:
            ConnectionError: it did while something was said to it.
        """
        self._ready.register(self._link, selectors.EVENT_READ)
        self._open()
        while True:
            for key, events in self._ready.select(_TELL if self._since or self._gone else None):
                one: socket.socket = key.fileobj  # type: ignore[assignment]  # nothing else is registered
                if one is self._link:
                    if not self._heard():
                        return
                elif events & selectors.EVENT_WRITE:
                    self._ready.modify(one, selectors.EVENT_READ)
                    self._send(one, self._unsent.pop(one))
                else:
                    self._read(one)
            self._look(time.monotonic())

    def _heard(self) -> bool:
        """Take a connection, or a newer snapshot; false where the other end has closed."""
        data, files, _, _ = socket.recv_fds(self._link, LARGEST, 1)
        if files:
            one = socket.socket(fileno=files[0])
            one.setblocking(False)
            self._since[one] = time.monotonic()
            self._ready.register(one, selectors.EVENT_READ)
            self._answer(one, data)
        elif data == OPEN:
            self._open()
        else:  # there was no room for one more
            self._gone += 1
        return bool(data)

    def _open(self) -> None:
        with suppress(OSError, RuntimeError):  # a worker tells what it is
            self._lookups.open()
        self._link.send(OPENED)

    def _read(self, one: socket.socket) -> None:
        try:
            data = one.recv(LARGEST)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._answer(one, data)
        else:
            self._close(one)

    def _answer(self, one: socket.socket, data: bytes) -> None:
        began = time.perf_counter()
        scope = scope_of(data, self._settings)
        task = query_of(scope, self._settings) if scope else None
        reply = self._lookups.answer(task) if task else None
        if reply is None:
            mark = AGAIN if task and prefixes_of(task.text) is not None else STAYS
            socket.send_fds(self._link, [mark + data], [one.fileno()])
            self._let_go(one)
            return
        self._since[one] = time.monotonic()
        client = _client(one)
        self._send(one, as_bytes(reply))
        seconds = time.perf_counter() - began
        self._seconds.append(round(seconds, 6))
        self._log.info("request", method="GET", path="/sparql", status=200, ms=round(seconds * 1000, 1), client=client)

    def _send(self, one: socket.socket, data: bytes) -> None:
        try:
            sent = one.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._close(one)
            return
        if sent < len(data):  # nothing more is read before the client has taken it
            self._unsent[one] = data[sent:]
            self._ready.modify(one, selectors.EVENT_WRITE)

    def _close(self, one: socket.socket) -> None:
        self._let_go(one)
        self._gone += 1

    def _let_go(self, one: socket.socket) -> None:
        self._ready.unregister(one)
        self._since.pop(one)
        self._unsent.pop(one, None)
        one.close()

    def _look(self, now: float) -> None:
        """End connections that are silent or do not take their answer, and tell what was done."""
        if now - self._told < _TELL:
            return
        self._told = now
        for one, since in list(self._since.items()):
            if now - since > (self._settings.patience.answer if one in self._unsent else _IDLE):
                self._close(one)
        while self._gone or self._seconds:
            said, self._seconds = self._seconds[:1000], self._seconds[1000:]
            self._link.send(DONE + json.dumps([self._gone, said]).encode())
            self._gone = 0


def _client(one: socket.socket) -> str:
    """The address of the other end, "" where it has gone."""
    with suppress(OSError):
        return str(one.getpeername()[0])
    return ""

"""Connections: uvicorn's protocol with an end to what a client may take without asking anything.

uvicorn knows no limit for the time of a head, a body or an answer that is not taken, none for the bytes of a head, and
none for requests that wait behind another. A connection that exceeds one of ours is told so where it can be, and closed.
"""

import asyncio
import enum
import socket
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.serve.lookup_process import LookupProcess
from kg.serve.settings import Patience
from kg.serve.turns import LINE, Line

_OVERHEAD = 8
"""Bytes beside the body for each of its bytes: a chunk of one byte needs six."""
_LARGE = 1024 * 1024
"""Bytes of an answer that are looked after as soon as it is given out."""
_PARTING, _DROPPED = 1.0, 32 * 1024 * 1024
"""Seconds and bytes for which a client may go on sending what is not wanted, so that it can take the answer that says so."""


class Phase(enum.Enum):
    """What a connection is at: nothing, the head or the body of a request, its answer, or its end."""

    IDLE = enum.auto()
    HEAD = enum.auto()
    BODY = enum.auto()
    ANSWER = enum.auto()
    GONE = enum.auto()


class Connections:
    """The open connections of a service; one timer looks after all of them."""

    def __init__(self, patience: Patience, process: LookupProcess) -> None:
        self.patience, self.process = patience, process
        self.most = min(patience.connections, _files() - _OWN_FILES)
        self._open: dict[Connection, None] = {}
        self._timer: asyncio.TimerHandle | None = None

    def enter(self, one: "Connection") -> None:
        """Take a new connection; where there is no room for it, the one goes that has kept its place longest without a request."""
        if len(self._open) + self.process.given >= self.most:
            waiting = [each for each in self._open if each.phase is not Phase.ANSWER]
            gone = min(waiting, key=lambda each: (each.phase is Phase.BODY, each.since), default=one)
            self._open.pop(gone, None)
            gone.abort()
            if gone is one:
                return
        self._open[one] = None
        if self._timer is None:
            self._wait(one.loop)

    def leave(self, one: "Connection") -> None:
        """A connection has ended."""
        self._open.pop(one, None)

    def _wait(self, loop: asyncio.AbstractEventLoop) -> None:
        shortest = min(self.patience.head, self.patience.body, self.patience.answer)
        self._timer = loop.call_later(min(1.0, shortest / 4), self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for one in list(self._open):
            one.look(now)
        self._make_room()
        self._timer = None
        if self._open:
            self._wait(loop)

    def answered(self, now: float) -> None:
        """An answer was given out that its client has not taken at once."""
        for one in self._open:
            one.look_at_answer(now)
        self._make_room()

    def _make_room(self) -> None:
        """End the connections that have been slowest to take their answers until the rest are not too many."""
        unread = sorted((one for one in self._open if one.unread), key=lambda one: one.slow_since)
        total = sum(one.unread for one in unread)
        while total > self.patience.unread:
            slowest = unread.pop(0)
            total -= slowest.unread
            slowest.abort()


class Parting:
    """A transport that sends an answer's head with the body behind it, and whose `close` lets the client finish sending what is not read.

    Of a head that is sent alone a client wakes up twice. A system that closes while bytes arrive resets the connection, and the client
    may never see the answer.
    """

    def __init__(self, transport: asyncio.Transport, begin: Callable[[], bool], loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._begin, self._loop = transport, begin, loop
        self._held = b""
        self.parting = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send bytes, at the latest when the loop has nothing else to do just now."""
        if self.parting:
            return
        if self._held:
            held, self._held = self._held, b""
            self._transport.writelines((held, data))
        else:
            self._held = data
            self._loop.call_soon(self._send)

    def _send(self) -> None:
        if self._held:
            held, self._held = self._held, b""
            self._transport.write(held)

    def is_closing(self) -> bool:
        """Whether nothing more is to be sent."""
        return self.parting or self._transport.is_closing()

    def close(self) -> None:
        """Send what is still to be sent, and close, at once or when the client has."""
        if self.parting:
            return
        self._send()
        if not self._transport.is_closing() and self._begin():
            self.parting = True
            self._transport.write_eof()
        else:
            self._transport.close()


class Connection(HttpToolsProtocol):
    """One connection of a client.

    Attributes:
        phase: what it is at, `since` when (seconds of the loop's clock).
        unread: bytes of answers that the client has not taken, as last looked at; `slow_since` when that began.
    """

    def __init__(self, *args: Any, connections: Connections, **options: Any) -> None:
        super().__init__(*args, **options)
        self._all, self._patience = connections, connections.patience
        self.phase, self.since = Phase.HEAD, self.loop.time()
        self.unread, self.slow_since, self._at_first = 0, 0.0, 0
        self._beside = self._body = self._latest = 0
        self._heard = self._stays = False
        self._first = b""
        self._refusal: tuple[int, str] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """It is open."""
        super().connection_made(Parting(transport, self._part, self.loop))  # type: ignore[arg-type]  # it does what a transport does
        self.line = Line(self._address())
        self._all.enter(self)
        if self._first:
            self.data_received(self._first)

    def _address(self) -> str:
        """The address of the other end itself; what a header says of another one behind it is not believed here."""
        peer = self.transport.get_extra_info("peername")
        return str(peer[0]) if isinstance(peer, tuple) else ""

    def connection_lost(self, exc: Exception | None) -> None:
        """It is closed."""
        self._all.leave(self)
        self._all.process.here.discard(self)
        super().connection_lost(exc)
        self.line.gone()

    def data_received(self, data: bytes) -> None:
        """Bytes of requests."""
        if self.phase is Phase.GONE:
            self._beside += len(data)
            if self._beside > _DROPPED:
                self.abort()
            return
        if self.phase is Phase.IDLE:
            if self._given(data):
                return
            self.phase, self.since = Phase.HEAD, self.loop.time()
        self._latest = len(data)
        self._beside += self._latest
        self._heard = True
        super().data_received(data)
        if self.phase in (Phase.HEAD, Phase.BODY) and self._beside > self._patience.head_bytes + _OVERHEAD * self._body:
            self._refuse(431, "The head of the request is too large. Send fewer or shorter headers.")

    def _given(self, data: bytes) -> bool:
        """Whether it is given to the other process, with what came: it may be where its last request was a lookup, and has its answer."""
        if self._stays or not self.line.light or self.line.debts or self.transport.get_write_buffer_size():
            return False
        given = self._all.process.takes(self.transport.get_extra_info("socket"), data, self._back)
        if given is False:
            self._stays = True
            self._all.process.here.add(self)
        elif given:
            self.abort()
        return bool(given)

    def _back(self, one: socket.socket, data: bytes, stays: bool) -> None:
        """A connection comes back, this one or another, with what came on it."""
        one.setblocking(False)
        coming = self.server_state.tasks
        task = self.loop.create_task(self._taken_back(one, data, stays))
        coming.add(task)
        task.add_done_callback(coming.discard)

    async def _taken_back(self, one: socket.socket, data: bytes, stays: bool) -> None:
        def made() -> Connection:
            twin = Connection(self.config, self.server_state, self.app_state, self.loop, connections=self._all)
            twin._stays, twin._first = stays, data  # of the same class
            return twin

        with suppress(OSError):  # its client has gone
            await self.loop.connect_accepted_socket(made, one)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self.scope[LINE] = self.line  # type: ignore[literal-required]  # ours
        self.phase, self._beside, self._body = Phase.HEAD, 0, 0

    def on_headers_complete(self) -> None:
        """The head is there: uvicorn begins to answer."""
        self._check_head()
        if not self.url.startswith(b"/"):
            self._take_absolute()
        self.phase, self.since = Phase.BODY, self.loop.time()
        super().on_headers_complete()
        self.headers = []  # what comes behind a body in chunks is not the request's

    def _check_head(self) -> None:
        limits = self._patience
        if len(self.url) > limits.target:
            self._stop(414, f"The address has more than {limits.target} bytes. Send the query by POST.")
        if len(self.headers) > limits.fields:
            self._stop(431, f"The request has more than {limits.fields} headers. Send fewer.")
        large = self._beside + self._latest > limits.head_bytes  # else there is nothing to count
        if large and sum(len(name) + len(value) for name, value in self.headers) > limits.head_bytes:
            self._stop(431, f"The headers have more than {limits.head_bytes} bytes. Send less.")
        if len(self.pipeline) >= limits.pipelined:
            self._stop(400, "Too many requests were sent before the first was answered. Wait for an answer.")
        if self.parser.get_method() == b"CONNECT":
            self._stop(400, "CONNECT is not served here. Use GET or POST.")

    def _take_absolute(self) -> None:
        """Of `GET http://name/path` the name is what counts, whatever Host says (RFC 9112, 3.2.2)."""
        with suppress(ValueError):
            target = urlsplit(self.url.decode("ascii"))
            if target.scheme in ("http", "https") and target.netloc:
                self.headers[:] = [(name, value) for name, value in self.headers if name != b"host"]
                self.headers.append((b"host", target.netloc.encode()))
                return
        self._stop(400, "The request's target is no path. Send one that begins with /.")

    def on_body(self, body: bytes) -> None:
        """A part of a body."""
        self._beside -= len(body)
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        self.phase = Phase.ANSWER
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """A request is answered; where its body still comes, the connection ends, since the rest of it is not wanted."""
        super().on_response_complete()
        if self.transport.get_write_buffer_size() > _LARGE:
            self._all.answered(self.loop.time())
        if self._answering():
            return  # another one waits behind it
        if self.phase is Phase.BODY:
            self.transport.close()
        elif self.phase is Phase.ANSWER:
            self.phase, self.since = Phase.IDLE, self.loop.time()

    def _part(self) -> bool:
        """Whether the client may still be sending when the connection ends; if so, that is dropped from now on."""
        sending = self.phase in (Phase.HEAD, Phase.BODY) and self._heard
        if sending:
            self.phase, self.since, self._beside = Phase.GONE, self.loop.time(), 0
            self.flow.resume_reading()
        return sending

    def look(self, now: float) -> None:
        """End the connection where it has taken too long.

        Args:
            now: seconds of the loop's clock.
        """
        limits = self._patience
        self.look_at_answer(now)
        if self.phase is Phase.GONE:
            if now - self.since > _PARTING and not self.unread:
                self.abort()
        elif self.flow.read_paused or (self.phase is Phase.HEAD and self._answering()):
            self.since = now  # it is not the client that is slow
        elif self.phase is Phase.HEAD and now - self.since > limits.head:
            self._refuse(408, f"The head of the request did not come within {limits.head:g} seconds.")
        elif self.phase is Phase.BODY and now - self.since > limits.body + self._body / limits.rate:
            self._refuse(408, f"The body of the request came too slowly. Send it within {limits.body:g} seconds, or faster.")

    def look_at_answer(self, now: float) -> None:
        """Note how much of an answer is not taken, and end the connection where that goes too slowly.

        Args:
            now: seconds of the loop's clock.
        """
        held = self.transport.get_write_buffer_size()
        if held and (not self.unread or held > self._at_first):
            self.slow_since, self._at_first = now, held
        elif held and now - self.slow_since > self._patience.answer + (self._at_first - held) / self._patience.rate:
            self.abort()
        self.unread = held

    def _answering(self) -> bool:
        """Whether a request whose head has come is not answered yet."""
        return self.cycle is not None and not self.cycle.response_complete

    def abort(self) -> None:
        """End the connection, whatever is still to be sent."""
        self.transport.abort()

    def _stop(self, status: int, reason: str) -> None:
        """Stop reading what is being parsed, with a reason."""
        self._refusal = (status, reason)
        raise ValueError(reason)  # the parser hands it on as an error of its own

    def send_400_response(self, msg: str) -> None:
        """Say what was wrong with a request that could not be read."""
        self._refuse(*(self._refusal or (400, "This is no HTTP request that can be read.")))

    def _refuse(self, status: int, reason: str) -> None:
        """Answer and close; only close where nothing came, or an answer has begun that this one would run into."""
        begun = self._answering() and (self.cycle.response_started or self.phase is not Phase.BODY)
        silent = begun or self.pipeline or not self._heard
        if self._answering():
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if not silent and not self.transport.is_closing():
            line = f"{reason}\n".encode()
            head = (
                f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {len(line)}"
            )
            self.transport.write(head.encode() + b"\r\nConnection: close\r\n\r\n" + line)
        self.transport.close()


_OWN_FILES = 200
"""Files that a service needs for its workers, its log and its store."""


def _files() -> int:
    """Files that this process may have open."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ModuleNotFoundError:
        return 2048
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return most if most != resource.RLIM_INFINITY else 1 << 20

"""One process that evaluates, seen from the server."""

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from contextlib import suppress

import psutil

from kg.serve.tasks import HEADER, READY, Reply, length, packed_task, reply_of
from kg.serve.turns import Turn

BEHIND = 15
"""Nice value of a process whose task is slow: beside each other one it gets a thirtieth."""


class Worker(asyncio.Protocol):
    """A process and the channel to it; it has one task at a time.

    Attributes:
        turn: what it is at.
        ready: whether it has started, and reckons for its task alone.
        alive: false once it has ended, or was ended.
        spent: whether it holds too much to go on.
        behind: whether the others go before it.
    """

    def __init__(self, process: multiprocessing.process.BaseProcess, done: "Callable[[Worker, Reply], None]") -> None:
        self.process = process
        self.turn: Turn | None = None
        self.ready, self.alive = False, True
        self.spent = self.behind = False
        self._done = done
        self._parts: list[bytes] = []
        self._have = 0
        self._transport: asyncio.Transport | None = None
        self._seen: psutil.Process | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The channel is open."""
        self._transport = transport  # type: ignore[assignment]  # a stream

    def begin(self, turn: Turn) -> None:
        """Hand it a task."""
        if self._transport is None:
            raise RuntimeError("the worker is not connected")
        self.turn = turn
        self._transport.write(packed_task(turn.task))

    def data_received(self, data: bytes) -> None:
        """Bytes of a reply; before the first one, that it has started."""
        if not self.ready:
            self.ready, data = True, data[len(READY) :]
            if not data:
                return
        self._parts.append(data)
        self._have += len(data)
        if len(self._parts[0]) < HEADER:
            self._parts = [b"".join(self._parts)]
            if self._have < HEADER:
                return
        if self._have < HEADER + length(self._parts[0]):
            return
        reply = reply_of(self._parts[0] if len(self._parts) == 1 else b"".join(self._parts))
        self._parts, self._have = [], 0
        self.spent = reply.spent
        self._done(self, reply)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process has ended."""
        if self.alive:
            self.alive = False
            said = b"The process that evaluated it ended; it may need more memory than this service gives to one. Ask for less.\n"
            self._done(self, Reply(503, body=said, ended=True))

    def cpu(self) -> float:
        """Seconds that it has reckoned since it was made."""
        with suppress(psutil.Error):
            times = self._process().cpu_times()
            return float(times.user + times.system)
        return 0.0

    def held(self) -> int:
        """Bytes of memory that it does not share, as far as the system tells."""
        with suppress(psutil.Error):
            found = self._process().memory_info()
            return int(found.rss - getattr(found, "shared", 0))
        return 0

    def _process(self) -> psutil.Process:
        if self._seen is None:
            self._seen = psutil.Process(self.process.pid)
        return self._seen

    def give_way(self) -> None:
        """Let the others of the service go before it. It gets a little still where other programs take all there is."""
        with suppress(OSError):
            self.behind = True
            os.setpriority(os.PRIO_PROCESS, self.process.pid or 0, BEHIND)

    def catch_up(self) -> bool:
        """Give it its priority back; false where the system does not allow it."""
        if self.behind:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process.pid or 0, os.getpriority(os.PRIO_PROCESS, 0))
                self.behind = False
        return not self.behind

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.alive = False
        self.process.kill()
        if self._transport:
            self._transport.close()

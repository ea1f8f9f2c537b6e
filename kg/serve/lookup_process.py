"""The process that answers lookups beside this one, seen from here: which connections it has, and what it has done."""

import asyncio
import json
import multiprocessing
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

import structlog

from kg.serve.lookup_worker import AGAIN, DONE, LARGEST, OPEN, OPENED, START, STAYS, answer_lookups
from kg.serve.metrics import Metrics
from kg.serve.settings import Settings

Return = Callable[[socket.socket, bytes, bool], None]
"""Takes a connection that comes back, the bytes of its next request, and whether it is to stay."""


class LookupProcess:
    """The other process, started when a second connection asks lookups; it has half of those.

    Attributes:
        here: what asks lookups and stays in this process.
    """

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings, self._metrics = settings, metrics
        self._link: socket.socket | None = None
        self._possible = settings.beside and sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1
        self._opened = self._owed = False
        self.here: set[object] = set()
        self._back: Return | None = None
        self._log = structlog.get_logger("kg.serve")
        self._given = 0

    @property
    def given(self) -> int:
        """How many connections it has."""
        return self._given

    def _count(self, given: int) -> None:
        self._given = given
        self._metrics.beside(given)

    def takes(self, one: socket.socket, data: bytes, back: Return) -> bool | None:
        """Give it a connection on which a lookup was answered.

        Args:
            one: the connection; after it was given, this process has only to close it.
            data: what came of its next request.
            back: what is called with each connection that comes back.

        Returns:
            Whether it was given: false where it is to stay here, None where that is not decided yet.
        """
        if not self._possible or len(data) > LARGEST or not data.startswith(START):
            return False
        if len(self.here) <= self._given:
            return False
        if self._link is None:
            self._start()
        self._say()
        if self._link is None or not self._opened:
            return None
        try:
            socket.send_fds(self._link, [data], [one.fileno()])
        except OSError:  # it has more to do than it can
            return None
        self._back = back
        self._count(self._given + 1)
        return True

    def renew(self) -> None:
        """There is a newer snapshot, which could be read here."""
        if self._link:
            self._opened, self._owed = False, True
            self._say()

    def _say(self) -> None:
        """Tell the other process that there is a newer snapshot, where that is still to be told."""
        if self._link and self._owed:
            with suppress(OSError):  # it has more to do than it can
                self._link.send(OPEN)
                self._owed = False

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        process = multiprocessing.get_context("forkserver").Process(target=answer_lookups, args=(theirs, self._settings), daemon=True)
        try:
            process.start()
        except OSError:
            self._possible = False
            self._log.exception("no process")
            ours.close()
            return
        finally:
            theirs.close()
        ours.setblocking(False)
        self._link = ours
        asyncio.get_running_loop().add_reader(ours.fileno(), self._heard, ours)

    def _heard(self, link: socket.socket) -> None:
        try:
            data, files, _, _ = socket.recv_fds(link, 2 * LARGEST, 1)
        except BlockingIOError:
            return
        except OSError:
            data, files = b"", []
        if data[:1] in (STAYS, AGAIN):
            self._count(self._given - 1)
            if files and self._back:  # else there is no room for one more
                self._back(socket.socket(fileno=files[0]), data[1:], data[:1] == STAYS)
        elif data == OPENED:
            self._opened = True
        elif data.startswith(DONE):
            gone, seconds = json.loads(data[len(DONE) :])
            self._count(self._given - gone)
            for each in seconds:
                self._metrics.note("sparql", "GET", 200, each)
        elif not data:
            self._ended(link)

    def _ended(self, link: socket.socket) -> None:
        """It has ended, with the connections that it had; this process goes on alone."""
        asyncio.get_running_loop().remove_reader(link.fileno())
        link.close()
        self._link, self._possible = None, False
        self._count(0)
        self._log.error("the process that answers lookups beside this one has ended")

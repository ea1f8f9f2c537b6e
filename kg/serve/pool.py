"""Processes that evaluate queries: a few are kept ready, more come while slow ones run, and one that takes too long is killed."""

import asyncio
import multiprocessing
import os
import socket
from collections import deque
from contextlib import suppress

from kg.serve.engine import work
from kg.serve.settings import Settings
from kg.serve.tasks import HEADER, Reply, Task, Update, WriteGraph, framed, length, unpacked

PATIENCE = 0.05
"""Seconds that a task waits for a worker before another one is started."""
SLOW, BEHIND = 0.2, 15
"""Seconds after which a worker gives way to the others, and its nice value then."""


class Worker(asyncio.Protocol):
    """One process, seen from the server: it has one task at a time."""

    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        self.process = process
        self.alive = True
        self.behind = False
        self.spent = False
        self._buffer = bytearray()
        self._reply: asyncio.Future[Reply] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The channel is open."""
        self._transport = transport  # type: ignore[assignment]  # a stream

    def data_received(self, data: bytes) -> None:
        """Bytes of a reply."""
        self._buffer += data
        if len(self._buffer) < HEADER or len(self._buffer) < HEADER + length(self._buffer[:HEADER]):
            return
        message = unpacked(memoryview(self._buffer)[HEADER:])
        self._buffer = bytearray()
        if self._reply and not self._reply.done() and isinstance(message, Reply):
            self.spent = message.spent
            self._reply.set_result(message)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process has ended."""
        self.alive = False
        if self._reply and not self._reply.done():
            said = b"The process that evaluated it ended; it may need more memory than this service gives to one. Ask for less.\n"
            self._reply.set_result(Reply(503, body=said, ended=True))

    async def run(self, task: Task, limit: float) -> Reply:
        """Have a task done; the process is killed at the limit.

        Args:
            task: what to do.
            limit: seconds.
        """
        if self._transport is None:
            raise RuntimeError("the worker is not connected")
        loop = asyncio.get_running_loop()
        self._reply = loop.create_future()
        self._transport.write(framed(task))
        timers = [loop.call_later(limit, self._out_of_time, limit), loop.call_later(SLOW, self._give_way)]
        try:
            return await self._reply
        except asyncio.CancelledError:
            self.kill()
            raise
        finally:
            for timer in timers:
                timer.cancel()

    def _out_of_time(self, limit: float) -> None:
        self.kill()
        if self._reply and not self._reply.done():
            said = f"Stopped after {limit:g} seconds, which is this service's limit. Ask for less, or start it with a longer --timeout.\n"
            self._reply.set_result(Reply(503, body=said.encode()))

    def _give_way(self) -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid or 0, BEHIND)
            self.behind = True

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


class Pool:
    """The workers of a service."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["kg.serve.engine"])
        self._idle: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._writing = asyncio.Lock()
        self.workers: set[Worker] = set()

    async def start(self) -> None:
        """Make the workers that are kept ready."""
        for _ in range(self._settings.workers[0]):
            self._idle.append(await self._spawn())

    async def run(self, task: Task, limit: float) -> Reply:
        """Have a task done by a worker.

        Returns:
            Its reply; one of status 503 where it took too long, or none became free.
        """
        worker = await self._free(limit)
        if worker is None:
            return Reply(503, body=b"The service is busy. Try again in a moment.\n")
        try:
            return await worker.run(task, limit)
        finally:
            self._release(worker)

    async def change(self, task: Update | WriteGraph) -> Reply:
        """Have a change done, one after the other; a task whose workspace another process is writing is tried again for a while."""
        async with self._writing:
            for wait in (0.2, 0.4, 0.8, 1.6, 0.0):
                reply = await self.run(task, self._settings.write_limit)
                if not (reply.busy and wait):  # one that was stopped is not begun again
                    return reply
                await asyncio.sleep(wait)
        return reply

    async def _free(self, limit: float) -> Worker | None:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            self.workers.discard(worker)
        if len(self.workers) < self._settings.workers[0]:
            return await self._spawn()
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        for patience in (PATIENCE, limit):
            done, _ = await asyncio.wait([place], timeout=patience)
            if done:
                return place.result()
            if len(self.workers) < self._settings.workers[1]:
                self._leave(place)
                return place.result() if place.done() else await self._spawn()
        self._leave(place)
        return place.result() if place.done() else None

    def _leave(self, place: "asyncio.Future[Worker]") -> None:
        with suppress(ValueError):
            self._waiting.remove(place)

    def _release(self, worker: Worker) -> None:
        if not worker.alive or worker.spent or not worker.catch_up():
            self._retire(worker)
            return
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        if len(self._idle) < self._settings.workers[0]:
            self._idle.append(worker)
        else:
            self._retire(worker)

    def _retire(self, worker: Worker) -> None:
        self.workers.discard(worker)
        worker.kill()

    async def _spawn(self) -> Worker:
        ours, theirs = socket.socketpair()
        process = self._context.Process(target=work, args=(theirs, self._settings), daemon=True)
        worker = Worker(process)
        self.workers.add(worker)
        try:
            process.start()
            ours.setblocking(False)
            await asyncio.get_running_loop().create_connection(lambda: worker, sock=ours)
        except BaseException:
            self.workers.discard(worker)
            ours.close()
            raise
        finally:
            theirs.close()
        return worker

    def stop(self) -> None:
        """End all of them."""
        for worker in list(self.workers):
            self._retire(worker)

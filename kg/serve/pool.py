"""Processes that evaluate queries: some are always there for quick ones, and what is slow has a share and ends when that is full."""

import asyncio
import multiprocessing
import os
import socket

import structlog

from kg.serve.evaluator import work
from kg.serve.settings import MEGABYTE, Settings
from kg.serve.tasks import Reply, Task, Update, WriteGraph
from kg.serve.turns import GONE, Experience, Kind, Line, Turn, Waiting, is_kept, to_end
from kg.serve.worker import Worker

SLOW, UNSURE = 0.2, 0.05
"""Seconds of reckoning from which a task is slow; where its address has just sent slow ones, and nothing tells this one from them."""
_STARVED = 4
"""Times as many seconds after which one that has not reckoned so much keeps no other one of its kind waiting."""
_PATIENCE = 0.05
"""Seconds that all processes have been at their tasks before one more is started for those that wait."""
_GRACE = 1.0
"""Seconds that a slow task has at least."""
_ROW = 16
"""Tasks of an address that may wait for the share of slow ones; four times as many of all addresses together."""
_WATCH = 0.1
"""Seconds between two looks at the memory of all processes."""
_BUSY = Reply(503, body=b"The service is busy. Try again in a moment.\n")
_NO_ROOM = Reply(
    503, body=b"Stopped, since other questions needed the room: too many that take long came at once. Ask for less, or again later.\n"
)
_CROWDED = Reply(503, body=b"Too many questions that take long are asked at once. Ask for less, or again later.\n")
_LARGEST = (
    "All questions together need more than {} MB, which is this service's limit, and this one held most. Ask for less, or again later.\n"
)


class Pool:
    """The workers of a service."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["kg.serve.evaluator"])
        self._ready, most = settings.workers
        self._share = max(1, min(most - self._ready, 2 * _cores()))
        self._idle: list[Worker] = []
        self._busy: dict[Turn, Worker] = {}
        self._slow: dict[Turn, None] = {}
        self._unsure: set[Turn] = set()
        self._starved: set[Turn] = set()
        self._waiting = {kind: Waiting() for kind in Kind}
        self._experience = Experience()
        self._growing: set[asyncio.Task[None]] = set()
        self._watching: asyncio.TimerHandle | None = None
        self._looking: asyncio.TimerHandle | None = None
        self._writing = asyncio.Lock()
        self._stopped = False
        self._log = structlog.get_logger("kg.serve")
        self.workers: set[Worker] = set()

    @property
    def rests(self) -> bool:
        """Whether one of the workers has nothing to do."""
        return bool(self._idle)

    async def start(self) -> None:
        """Make the workers that are kept ready."""
        for _ in range(self._ready):
            self._idle.append(await self._spawn())

    async def run(self, task: Task, limit: float, line: Line | None = None) -> Reply:
        """Have a task done by a worker.

        Args:
            task: what to do.
            limit: seconds that it may wait for a worker, and seconds that it may take then.
            line: where it came from; None for what the service asks itself.

        Returns:
            Its reply; one of status 503 where it took too long, too much, or none became free.
        """
        loop = asyncio.get_running_loop()
        turn = Turn(task, limit, line or Line(), loop.create_future(), loop.time(), is_kept(task))
        if line is not None and not turn.kept:
            turn.tell = lambda: self._left(turn)
            line.waiting.add(turn.tell)
        self._admit(turn, loop)
        try:
            return await turn.reply
        except asyncio.CancelledError:
            self._end(turn, _BUSY)
            raise

    async def change(self, task: Update | WriteGraph) -> Reply:
        """Have a change done, one after the other; a task whose workspace another process is writing is tried again for a while."""
        async with self._writing:
            for wait in (0.2, 0.4, 0.8, 1.6, 0.0):
                reply = await self.run(task, self._settings.write_limit)
                if not (reply.busy and wait):  # one that was stopped is not begun again
                    return reply
                await asyncio.sleep(wait)
        return reply

    def stop(self) -> None:
        """End all of them."""
        self._stopped = True
        for timer in (self._watching, self._looking):
            if timer:
                timer.cancel()
        for growing in list(self._growing):
            growing.cancel()
        for worker in list(self.workers):
            self._retire(worker)

    # Who is next

    def _admit(self, turn: Turn, loop: asyncio.AbstractEventLoop) -> None:
        turn.timer = loop.call_later(turn.limit, self._end, turn, _BUSY)
        self._queue(turn, self._experience.kind(turn, turn.came))
        self._go_on()

    def _queue(self, turn: Turn, kind: Kind) -> None:
        waiting = self._waiting[kind]
        if kind is Kind.SLOW and (waiting.of(turn.line.address) >= _ROW or len(waiting) >= 4 * _ROW):
            turn.answer(_CROWDED)
        else:
            waiting.add(turn)

    def _go_on(self) -> None:
        """Give tasks to workers as long as there are both, and have more workers made where there are too few."""
        if self._stopped:
            return
        while self._idle and (found := self._next()):
            self._begin(*found, self._idle.pop())
        if len(self.workers) + len(self._growing) < self._wanted() and len(self._growing) < 2:
            growing = asyncio.create_task(self._grow())
            self._growing.add(growing)
            growing.add_done_callback(self._grown)

    def _next(self) -> tuple[Turn, Kind] | None:
        """The task that the next free worker gets; one worker at least is never given to what may be slow."""
        for kind in (Kind.QUICK, Kind.UNSURE):  # another one of its kind may have turned out slow by now
            for _ in range(len(self._waiting[kind])):
                turn = self._waiting[kind].first()
                now = self._experience.kind(turn, self._now())
                if now is kind:
                    break
                self._queue(self._waiting[kind].take(), now)
        quick, heavy = self._waiting[Kind.QUICK], self._heavy()
        if heavy and (not quick or self._waiting[heavy].first().came + SLOW < self._now()):
            return self._waiting[heavy].take(), heavy
        return (quick.take(), Kind.QUICK) if quick else None

    def _heavy(self) -> Kind | None:
        """Which kind of what may be slow can begin now."""
        if len(self.workers) - self._held_up() - len(self._unsure) <= max(1, self._ready - 1):
            return None
        if self._waiting[Kind.UNSURE] and not self._unsure:
            return Kind.UNSURE
        return Kind.SLOW if self._waiting[Kind.SLOW] and len(self._slow) < self._share else None

    def _held_up(self) -> int:
        """How many workers are not free soon, whoever asks."""
        return len(self._slow) + len(self._starved) + sum(turn.kept for turn in self._busy)

    def _wanted(self) -> int:
        """How many workers there should be: those kept ready, one for each that is at what takes long, and some for a crowd."""
        wanted = self._ready + self._held_up()
        wanted += bool(self._waiting[Kind.SLOW]) and len(self._slow) < self._share
        quick = [turn.began for turn in self._busy if not (turn.kept or turn in self._slow or turn in self._starved)]
        if quick and (self._waiting[Kind.QUICK] or self._waiting[Kind.UNSURE]):
            rest = max(quick) + _PATIENCE - self._now()  # until the last of them has been long at its task
            if rest <= 0:
                wanted += max(0, min(len(quick) + 1 - self._ready, 2 * _cores()))
            elif self._looking is None:
                self._looking = asyncio.get_running_loop().call_later(rest + 0.001, self._look_again)
        return min(wanted, self._settings.workers[1])

    def _look_again(self) -> None:
        self._looking = None
        self._go_on()

    # A task and its worker

    def _begin(self, turn: Turn, kind: Kind, worker: Worker) -> None:
        self._busy[turn] = worker
        turn.began = self._now()
        if kind is Kind.SLOW:
            self._slow[turn] = None
            worker.give_way()
            self._watch()
        elif kind is Kind.UNSURE:
            self._unsure.add(turn)
        if turn.timer:
            turn.timer.cancel()
        quantum = UNSURE if kind is Kind.UNSURE else SLOW
        turn.timer = asyncio.get_running_loop().call_later(min(quantum, turn.limit), self._look, turn, quantum, None)
        worker.begin(turn)

    def _look(self, turn: Turn, quantum: float, before: float | None) -> None:
        """A task has taken a while: it is slow, unless the machine had no time for it since it was looked at first.

        Args:
            turn: the task.
            quantum: seconds that it has before it is looked at.
            before: seconds that its process had reckoned when it was looked at first; None at that look.
        """
        worker, loop = self._busy[turn], asyncio.get_running_loop()
        taken = self._now() - turn.began
        left = turn.limit - taken
        if left <= 0.001:
            said = (
                f"Stopped after {turn.limit:g} seconds, which is this service's limit. Ask for less, or start it with a longer --timeout.\n"
            )
            self._end(turn, Reply(503, body=said.encode()))
            return
        if not turn.slow:
            now = worker.cpu() if worker.ready else None  # what it takes to start is not the task's
            if now is None or before is None or now - before < quantum / 4:
                turn.timer = loop.call_later(min(quantum / 2, left), self._look, turn, quantum, now if before is None else before)
                if taken >= _STARVED * quantum:
                    self._set_aside(turn)
                return
        turn.timer = loop.call_later(left, self._look, turn, quantum, 0.0)
        self._turn_slow(turn, worker)

    def _set_aside(self, turn: Turn) -> None:
        """A task waits for the machine, or for its disk: it is not slow, and no other one ends it; but those behind it go on."""
        if turn.gone:
            self._end(turn, Reply(GONE))
        elif turn in self._unsure and len(self._starved) < self._share:
            self._unsure.discard(turn)
            self._starved.add(turn)
            self._go_on()

    def _turn_slow(self, turn: Turn, worker: Worker) -> None:
        turn.slow = True
        self._unsure.discard(turn)
        self._starved.discard(turn)
        if turn.gone:
            self._end(turn, Reply(GONE))
            return
        self._experience.note(turn, self._now())
        worker.give_way()
        if not turn.kept:
            self._slow[turn] = None
            if len(self._slow) > self._share:
                oldest = to_end(self._slow)
                self._end(oldest if self._now() - oldest.began >= _GRACE else turn, _NO_ROOM)
            self._watch()
        self._go_on()

    def _done(self, worker: Worker, reply: Reply) -> None:
        """A worker has a reply, or has ended."""
        turn, worker.turn = worker.turn, None
        if turn is None:  # it ended while it rested
            self._forget(worker)
            self._go_on()
            return
        if not reply.ended:
            self._experience.note(turn, self._now())
        self._over(turn)
        turn.answer(reply)
        if self._stopped or not worker.alive or worker.spent or not worker.catch_up() or len(self._idle) >= self._ready:
            self._retire(worker)
        else:
            self._idle.append(worker)
        self._go_on()

    def _end(self, turn: Turn, reply: Reply) -> None:
        """A task ends without its worker's reply, wherever it is."""
        worker = self._busy.get(turn)
        if worker:
            worker.turn = None
            self._over(turn)
            self._retire(worker)
        else:
            any(waiting.remove(turn) for waiting in self._waiting.values())
        turn.answer(reply)
        self._go_on()

    def _left(self, turn: Turn) -> None:
        """The client of a task has gone. A quick one costs less to finish than a new process does."""
        turn.gone = True
        if turn.slow or turn not in self._busy:
            self._end(turn, Reply(GONE))

    def _over(self, turn: Turn) -> None:
        self._busy.pop(turn, None)
        self._slow.pop(turn, None)
        self._unsure.discard(turn)
        self._starved.discard(turn)

    # Memory of all together

    def _watch(self) -> None:
        if self._watching is None and self._slow and not self._stopped:
            self._watching = asyncio.get_running_loop().call_later(_WATCH, self._weigh)

    def _weigh(self) -> None:
        """End the slow tasks that hold most until all workers together hold what they may."""
        self._watching = None
        held = {worker: worker.held() for worker in self.workers}
        total = sum(held.values())
        for turn in sorted(self._slow, key=lambda turn: held.get(self._busy[turn], 0), reverse=True):
            if total <= self._settings.memory_total:
                break
            total -= held.get(self._busy[turn], 0)
            self._end(turn, Reply(503, body=_LARGEST.format(self._settings.memory_total // MEGABYTE).encode()))
        self._watch()

    # Processes

    async def _grow(self) -> None:
        self._idle.append(await self._spawn())

    def _grown(self, growing: "asyncio.Task[None]") -> None:
        self._growing.discard(growing)
        if growing.cancelled() or self._stopped:
            return
        if growing.exception() is None:
            self._go_on()
            return
        self._log.error("no process", exc_info=growing.exception())
        if not self.workers:  # else one of those will be free
            for waiting in self._waiting.values():
                while waiting:
                    waiting.take().answer(_BUSY)

    def _forget(self, worker: Worker) -> None:
        self.workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)

    def _retire(self, worker: Worker) -> None:
        self._forget(worker)
        worker.kill()

    async def _spawn(self) -> Worker:
        ours, theirs = socket.socketpair()
        process = self._context.Process(target=work, args=(theirs, self._settings), daemon=True)
        worker = Worker(process, self._done)
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

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

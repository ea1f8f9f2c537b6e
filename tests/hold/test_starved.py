"""A question that the machine has no time for is not taken for a slow one: time is told by the test, and processes are on paper."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from kg.serve import Settings
from kg.serve.pool import Pool
from kg.serve.tasks import READY, Query, Reply
from kg.serve.turns import Line, Turn
from kg.serve.worker import Worker

EVER = 1_000_000.0


class Clock(asyncio.SelectorEventLoop):
    """A loop whose time goes by as soon as nothing else is to be done."""

    def __init__(self) -> None:
        super().__init__()
        self._now, wait = 0.0, self._selector.select  # type: ignore[attr-defined]  # its own

        def at_once(timeout: float | None = None) -> list:
            self._now += timeout or 0.0
            return wait(0)

        self._selector.select = at_once  # type: ignore[attr-defined]

    def time(self) -> float:
        return self._now


class OnPaper(Worker):
    """A worker whose tasks reckon all the time, or, where their text begins so, never; none of them ends."""

    def __init__(self, done: Callable[[Worker, Reply], None]) -> None:
        super().__init__(None, done)  # type: ignore[arg-type]  # nobody asks it for its process
        self.data_received(READY)
        self._began = 0.0

    def begin(self, turn: Turn) -> None:
        self.turn, self._began = turn, asyncio.get_running_loop().time()

    def cpu(self) -> float:
        return 1.0 + (0.0 if text(self).startswith("starved") else asyncio.get_running_loop().time() - self._began)

    def held(self) -> int:
        return 0

    def give_way(self) -> None:
        self.behind = True

    def kill(self) -> None:
        self.alive = False


def text(worker: Worker) -> str:
    return worker.turn.task.text if worker.turn and isinstance(worker.turn.task, Query) else ""


def on_paper(monkeypatch: pytest.MonkeyPatch, what: Callable[[Pool], Awaitable[None]]) -> None:
    """Do something with a pool that has room for two slow tasks; whoever asks has the same address."""

    async def spawn(pool: Pool) -> Worker:
        worker = OnPaper(pool._done)
        pool.workers.add(worker)
        return worker

    async def all_of_it() -> None:
        pool = Pool(Settings(Path(), workers=(2, 8)))
        pool._share = 2
        await pool.start()
        await what(pool)
        pool.stop()

    monkeypatch.setattr(Pool, "_spawn", spawn)
    with asyncio.Runner(loop_factory=Clock) as runner:
        runner.run(all_of_it())


def asked(pool: Pool, query: str, line: Line | None = None) -> "asyncio.Task[Reply]":
    return asyncio.create_task(pool.run(Query(query, None, None), EVER, line or Line("192.0.2.1")))


async def begun(pool: Pool, query: str) -> Worker:
    """The worker that has a question, as soon as one has."""
    while not (found := [worker for worker in pool.workers if text(worker) == query]):
        await asyncio.sleep(0.01)
    return found[0]


async def two_slow(pool: Pool) -> "list[asyncio.Task[Reply]]":
    """As many as have room; they are slow, and have just begun."""
    killers = [asked(pool, f"busy {n}") for n in range(2)]
    while len(pool._slow) < 2:
        await asyncio.sleep(0.01)
    return killers


@pytest.mark.parametrize("why", ["the machine has no time", "its process has not started"])
def test_one_that_had_no_time_is_ended_for_nobody(monkeypatch: pytest.MonkeyPatch, why: str):
    async def crowded(pool: Pool) -> None:
        killers, line = await two_slow(pool), Line("192.0.2.1")
        name = "starved" if why == "the machine has no time" else "busy with starting"
        short = asked(pool, name, line)
        worker = await begun(pool, name)
        worker.ready = name == "starved"
        for n in range(60):
            killers.append(asked(pool, f"busy {n + 2}"))
            await asyncio.sleep(0.1)
        assert sum(each.done() for each in killers) > 10
        assert (short.done(), line.debts, worker.behind) == (False, 0, False)
        pool._done(worker, Reply(200))
        assert (await short).status == 200

    on_paper(monkeypatch, crowded)


def test_one_that_gets_its_time_late_is_slow_then(monkeypatch: pytest.MonkeyPatch):
    async def late(pool: Pool) -> None:
        await two_slow(pool)
        line = Line("192.0.2.1")
        asked(pool, "busy with starting", line)
        worker = await begun(pool, "busy with starting")
        worker.ready = False
        await asyncio.sleep(5)
        assert not worker.behind
        worker.ready = True
        await asyncio.sleep(1)
        assert (worker.behind, line.debts) == (True, 1)

    on_paper(monkeypatch, late)


def test_those_behind_one_that_the_machine_has_no_time_for_go_on(monkeypatch: pytest.MonkeyPatch):
    async def behind(pool: Pool) -> None:
        await two_slow(pool)
        asked(pool, "starved 1")
        await begun(pool, "starved 1")
        others = [asked(pool, f"starved {n}") for n in (2, 3)]
        await begun(pool, "starved 2")
        assert not any(each.done() for each in others)

    on_paper(monkeypatch, behind)


def test_one_whose_client_has_gone_is_ended_though_it_had_no_time(monkeypatch: pytest.MonkeyPatch):
    async def gone(pool: Pool) -> None:
        await two_slow(pool)
        line = Line("192.0.2.1")
        left = asked(pool, "starved", line)
        worker = await begun(pool, "starved")
        line.gone()
        assert (await left).status == 499
        assert not worker.alive

    on_paper(monkeypatch, gone)

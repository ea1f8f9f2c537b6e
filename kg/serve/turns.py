"""Who gets a process next: what is likely to be quick goes first, clients take turns, and what was slow waits for its share."""

import asyncio
import enum
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kg.serve.tasks import Check, Draw, Query, Reply, Task, Update, WriteGraph

LINE = "kg.line"
"""Key of a scope: the `Line` on which a request came."""
_KNOWN, _ADDRESSES = 4096, 1024
"""Tasks, and addresses, of which it is remembered how they went."""
_MEMORY = 60.0
"""Seconds for which it counts that a task was slow; half a minute without one clears an address."""
GONE = 499
"""Status in the log of a request whose client did not wait; nobody gets it."""


class Kind(enum.Enum):
    """What is expected of a task: that it is quick, that it may be slow, that it is slow as it was before."""

    QUICK = enum.auto()
    UNSURE = enum.auto()
    SLOW = enum.auto()


@dataclass(eq=False, slots=True)
class Line:
    """A client's connection.

    Attributes:
        address: of the client, as the system tells it.
        debts: how many tasks that came on it were slow.
        light: whether the last query on it was a lookup that was answered at once.
        waiting: what is to be told when the client goes away.
    """

    address: str = ""
    debts: int = 0
    light: bool = False
    waiting: set[Callable[[], None]] = field(default_factory=set)

    def gone(self) -> None:
        """The client has gone away."""
        for tell in list(self.waiting):
            tell()


@dataclass(eq=False, slots=True)
class Turn:
    """A task on its way.

    Attributes:
        task: what to do.
        limit: seconds that it may wait for a process, and then take.
        line: where it came from.
        reply: what comes of it.
        kept: whether it is work of the service's own or a change: nothing but its time limit ends it.
        came, began: when it came, and when a process took it, in seconds of the loop's clock.
        slow: whether it has turned out to be slow.
        gone: whether nobody waits for its reply.
        timer: that of its waiting, then that of its process.
    """

    task: Task
    limit: float
    line: Line
    reply: "asyncio.Future[Reply]"
    came: float
    kept: bool = False
    began: float = 0.0
    slow: bool = False
    gone: bool = False
    timer: asyncio.TimerHandle | None = None
    tell: Callable[[], None] | None = None

    def answer(self, reply: Reply) -> None:
        """It is over."""
        if self.timer:
            self.timer.cancel()
            self.timer = None
        if self.tell:
            self.line.waiting.discard(self.tell)
            self.tell = None
        if not self.reply.done():
            self.reply.set_result(reply)


def is_kept(task: Task) -> bool:
    """Whether a task is a change, or work for all clients together."""
    return isinstance(task, Update | WriteGraph | Check) or (isinstance(task, Draw) and task.facts_of is None)


class Experience:
    """How tasks went lately, by which the next ones are judged."""

    def __init__(self) -> None:
        self._tasks: OrderedDict[int, float | None] = OrderedDict()  # when it was slow, None where it was quick
        self._addresses: OrderedDict[str, float] = OrderedDict()

    def kind(self, turn: Turn, now: float) -> Kind:
        """What is expected of a task.

        Args:
            turn: it.
            now: seconds of the loop's clock.
        """
        known = self._tasks.get(_mark(turn.task), -_MEMORY)
        if known is None or turn.kept:
            return Kind.QUICK
        if now - known < _MEMORY:
            return Kind.SLOW
        last = self._addresses.get(turn.line.address)
        return Kind.UNSURE if last is not None and now - last < _MEMORY / 2 else Kind.QUICK

    def note(self, turn: Turn, now: float) -> None:
        """How a task went: as soon as it is slow, or when it was done."""
        if turn.kept:
            return
        turn.line.debts += turn.slow
        _put(self._tasks, _mark(turn.task), now if turn.slow else None, _KNOWN)
        if turn.slow:
            _put(self._addresses, turn.line.address, now, _ADDRESSES)


def _mark(task: Task) -> int:
    return hash((task.text, task.dataset)) if isinstance(task, Query) else hash(task)


def _put(where: "OrderedDict[Any, Any]", key: int | str, value: float | None, most: int) -> None:
    where[key] = value
    where.move_to_end(key)
    if len(where) > most:
        where.popitem(last=False)


class Waiting:
    """Tasks that wait, those of each address in the order in which they came; addresses take turns."""

    def __init__(self) -> None:
        self._of: OrderedDict[str, deque[Turn]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def of(self, address: str) -> int:
        """How many an address has here."""
        return len(self._of.get(address, ()))

    def add(self, turn: Turn) -> None:
        """One more."""
        self._of.setdefault(turn.line.address, deque()).append(turn)
        self._count += 1

    def first(self) -> Turn:
        """The next one: of the address whose turn it is the one that came first among those on lines with the fewest slow ones."""
        return min(next(iter(self._of.values())), key=lambda turn: turn.line.debts)

    def take(self) -> Turn:
        """The next one, taken out; its address goes to the end of the row."""
        address, turns = next(iter(self._of.items()))
        turn = self.first()
        turns.remove(turn)
        self._count -= 1
        if turns:
            self._of.move_to_end(address)
        else:
            del self._of[address]
        return turn

    def remove(self, turn: Turn) -> bool:
        """Take one out of the row; false where it is not in it."""
        turns = self._of.get(turn.line.address)
        if turns is None or turn not in turns:
            return False
        turns.remove(turn)
        self._count -= 1
        if not turns:
            del self._of[turn.line.address]
        return True


def to_end(slow: Iterable[Turn]) -> Turn:
    """Which slow task ends for another one: the oldest of the address that has most."""
    of: dict[str, list[Turn]] = {}
    for turn in slow:
        of.setdefault(turn.line.address, []).append(turn)
    most = max(of.values(), key=lambda turns: (len(turns), -min(turn.began for turn in turns)))
    return min(most, key=lambda turn: turn.began)

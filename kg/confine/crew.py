"""Processes that each do one task after the other, with limits: whatever a task does to its process, the others go on.

On Linux the first of them are forks, which costs milliseconds; one that follows a process that has ended, and each on other systems, is
a new interpreter. Tasks go there as pickles, which come from us; what comes back is bytes, so that a process which a hostile file has
taken over can say what it likes and make nothing run here.
"""

import os
import pickle
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, BinaryIO

from kg.confine.forked import end_with
from kg.confine.guard import Guard
from kg.confine.limits import Limits, end_tree, limit_memory, memory_held
from kg.confine.offline import without_network

_HEAD = struct.Struct(">Q?")
"""Of each message: its length, and whether its sender takes no more tasks."""
_READY = 60.0
"""Seconds that a new process has to say that it is there, and one made ahead to be warm; a fork amid other threads may never be."""
_KEEP_THREADS = frozenset({"onnxruntime", "duckdb"})
"""Libraries that work with threads of their own, which a fork does not have: where one is loaded, a new interpreter is started."""
Work = Callable[[Any], bytes]
Settings = tuple[str, int, bool, str]
"""The program, bytes of memory, whether there is a network, the folder for temporary files."""


class EndedError(Exception):
    """A process ended amid a task: the name of a signal, `status 3`, or `time`."""


class Worker:
    """One process, and the two channels to it."""

    def __init__(self, pid: int, to: BinaryIO, back: BinaryIO, room: str, started: "subprocess.Popen[bytes] | None" = None) -> None:
        self._pid, self._to, self._back, self.room, self._started = pid, to, back, room, started
        self._late = self._asked = False
        self.untold = b""
        """What it is told before its first task: the settings of one that was forked before they were known."""
        self.done = False
        self._how: str | None = None

    def ask(self, task: bytes, seconds: float) -> bytes:
        """Have a task done.

        Raises:
            EndedError: the process ended, or was ended since its time was up.
        """
        timer = threading.Timer(seconds, self._out_of_time)
        timer.daemon = True
        timer.start()
        try:
            if task:
                self._asked = True
                _send(self._to, task)
            answer, self.done = _received(self._back)
            return answer
        except (EOFError, OSError) as error:
            how = self.end()
            raise EndedError("time" if self._late else how) from error
        finally:
            timer.cancel()

    def _out_of_time(self) -> None:
        self._late = True
        end_tree(self._pid)

    def end(self) -> str:
        """End it, if it has not ended, and say how it did."""
        if self._how is None:
            self._how = self._ended()
            shutil.rmtree(self.room, ignore_errors=True)
        return self._how

    def _ended(self) -> str:
        for channel in (self._to, self._back):
            with suppress(OSError):
                channel.close()
        if self._started:
            with suppress(subprocess.TimeoutExpired):
                self._started.wait(0.5 if self._asked else 0.0)
            end_tree(self._pid)
            return _said(self._started.wait())
        status = _waited(self._pid) if self._asked else None  # one that was asked nothing is ended while it warms up
        if status is None:
            end_tree(self._pid)
            status = os.waitpid(self._pid, 0)[1]
        return _said(os.waitstatus_to_exitcode(status))


def _waited(pid: int) -> int | None:
    """How a process that closed its channel ended, once it has."""
    for _ in range(50):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        threading.Event().wait(0.01)
    return None


def _said(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"status {code}"


class Spare:
    """A fork made while nothing is known but the program, which it loads and warms up: a crew of that program takes it as its first.

    In a block with it (`with Spare(…):`) crews are given it; what no crew took is ended with the block.
    """

    def __init__(self, program: str) -> None:
        """Start it; elsewhere than on Linux there is none."""
        self.program = program
        self._worker: Worker | None = None
        if sys.platform == "linux":
            parent = os.getpid()
            self._worker = Worker(*_fork(lambda tasks, back: _serve_later(parent, tasks, back, program)), room="")

    def taken(self, settings: Settings) -> Worker | None:
        """The process, to be told these settings; None where another crew has it."""
        worker, self._worker = self._worker, None
        if worker:
            worker.room, worker.untold = settings[-1], pickle.dumps(settings)
        return worker

    def __enter__(self) -> "Spare":
        self._outer = _SPARE.set(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        _SPARE.reset(self._outer)
        if self._worker:
            self._worker.end()


_SPARE: ContextVar[Spare | None] = ContextVar("spare", default=None)


class Crew:
    """So many processes as tasks are done at once; open it before other threads are started."""

    def __init__(self, program: str, count: int, limits: Limits, network: bool = False, fork: bool = True, warm: bool = False) -> None:
        """Start them.

        Args:
            program: name of the module whose function `work` takes a task and gives bytes.
            count: how many.
            limits: of each task.
            network: whether they may speak with other machines.
            fork: whether they may be forks; false where the work needs threads that a library may have started in this process.
            warm: whether forks call the program's `warm` while there is no task yet.
        """
        self._program, self._limits, self._network, self._warm = program, limits, network, warm
        self._folder = Path(tempfile.mkdtemp(prefix="kg-reading-"))
        self._guard = Guard(self._folder)
        self._starter = ThreadPoolExecutor(1)  # to the system a process's parent is the thread that started it: this one stays
        self._idle: SimpleQueue[Worker | None] = SimpleQueue()
        self._all: set[Worker] = set()
        self._closed = False
        for _ in range(count):
            forks = fork and sys.platform == "linux" and _KEEP_THREADS.isdisjoint(sys.modules)
            self._idle.put((self._spare() if fork else None) or (self._forked() if forks else None))

    def do(self, task: object) -> bytes:
        """Have a task done by one that is free; called from as many threads as there are processes.

        Raises:
            EndedError: its process ended amid it; another takes its place.
        """
        worker = self._idle.get()
        try:
            if self._closed:
                raise EndedError("time")
            worker = self._told(worker) or self._new()
            return worker.ask(pickle.dumps(task), self._limits.seconds)
        except EndedError:
            if worker:
                worker.done = True
            raise
        finally:
            self._idle.put(self._kept(worker))

    def _kept(self, worker: Worker | None) -> Worker | None:
        """A worker that takes another task; one that does not is ended."""
        if worker and worker.done:
            self._all.discard(worker)
            worker.end()
            return None
        return worker

    def _spare(self) -> Worker | None:
        """A process that was made ahead for such a crew."""
        spare = _SPARE.get()
        worker = spare.taken(self._settings()) if spare and spare.program == self._program else None
        if worker:
            self._all.add(worker)
        return worker

    def _told(self, worker: Worker | None) -> Worker | None:
        """A worker that knows its settings; one that does not come up is ended."""
        if worker and worker.untold:
            settings, worker.untold = worker.untold, b""
            try:
                worker.ask(settings, _READY)
            except EndedError:
                self._all.discard(worker)
                return None
        return worker

    def _settings(self) -> Settings:
        return self._program, self._limits.memory, self._network, tempfile.mkdtemp(dir=self._folder)

    def _forked(self) -> Worker | None:
        parent, settings = os.getpid(), self._settings()
        return self._noted(Worker(*_fork(lambda tasks, back: _serve(parent, tasks, back, settings, self._warm)), room=settings[-1]))

    def _new(self) -> Worker:
        try:
            return self._starter.submit(self._started).result()
        except (RuntimeError, CancelledError) as error:  # the crew is being closed
            raise EndedError("time") from error

    def _started(self) -> Worker:
        settings = self._settings()
        command = [sys.executable, "-P", "-m", "kg.confine.crew", *map(str, (os.getpid(), *settings))]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603  # our own
        if process.stdin is None or process.stdout is None:
            raise EndedError("status 1")
        worker = self._noted(Worker(process.pid, process.stdin, process.stdout, settings[-1], process))  # type: ignore[arg-type]  # binary
        if worker is None:
            raise EndedError("status 1")
        return worker

    def _noted(self, worker: Worker) -> Worker | None:
        """A worker that has said that it is there."""
        try:
            worker.ask(b"", _READY)
        except EndedError:
            worker.end()
            return None
        self._all.add(worker)
        return worker

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    def end(self) -> None:
        """End the processes; where nothing more is to come, this may be done before the crew is left."""
        self._closed = True
        self._starter.shutdown(cancel_futures=True)
        for worker in list(self._all):
            worker.end()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._guard.dismiss()


def _received(channel: BinaryIO) -> tuple[bytes, bool]:
    head = channel.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    size, last = _HEAD.unpack(head)
    data = channel.read(size)
    if len(data) < size:
        raise EOFError
    return data, last


def _send(channel: BinaryIO, data: bytes, last: bool = False) -> None:
    channel.write(_HEAD.pack(len(data), last))
    channel.write(data)
    channel.flush()


def _fork(serve: Callable[[BinaryIO, BinaryIO], None]) -> tuple[int, BinaryIO, BinaryIO]:
    """A process that serves: its number, and the channels to it and back."""
    (task_out, task_in), (back_out, back_in) = os.pipe(), os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads beside: one that does not come up is given up
        pid = os.fork()
    if not pid:
        _be_child(task_out, back_in, serve)
    os.close(task_out)
    os.close(back_in)
    return pid, os.fdopen(task_in, "wb"), os.fdopen(back_out, "rb")


def _be_child(tasks: int, back: int, serve: Callable[[BinaryIO, BinaryIO], None]) -> None:
    """What a fork does; it never returns into what its parent was about."""
    status = 1
    try:
        os.dup2(tasks, 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        kept = os.dup2(back, 3) if back != 3 else 3
        os.closerange(4, 65536)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
        serve(os.fdopen(0, "rb", closefd=False), os.fdopen(kept, "wb"))
        status = 0
    except BaseException:  # noqa: S110  # nothing of it may reach what the parent was about
        pass
    finally:
        os._exit(status)


def _serve_later(parent: int, tasks: BinaryIO, back: BinaryIO, program: str) -> None:
    """Warm up, then do tasks with the settings that come before the first."""
    end_with(parent)
    module = import_module(program)
    with suppress(Exception):  # what is missing shows when a task needs it
        module.warm()
    settings: Settings = pickle.loads(_received(tasks)[0])  # noqa: S301  # from the process that started this one
    _serve(parent, tasks, back, settings)


def _serve(parent: int, tasks: BinaryIO, back: BinaryIO, settings: Settings, warm: bool = False) -> None:
    """Do tasks until the other end closes."""
    program, memory, network, folder = settings
    end_with(parent)
    tempfile.tempdir = folder
    if not network:
        without_network()
    module = import_module(program)
    work: Work = module.work
    limit_memory(memory_held() + memory)  # a fork holds what its parent did
    _send(back, b"here")
    room, last = memory_held() + memory // 2, False
    if warm:
        with suppress(Exception):  # what is missing shows when a task needs it
            module.warm()
    while not last:
        try:
            task, _ = _received(tasks)
        except EOFError:
            return
        answer = work(pickle.loads(task))  # noqa: S301  # from the process that started this one
        last = memory_held() > room  # what a task has left behind would be missing to the next
        _send(back, answer, last)


def _main(arguments: list[str]) -> None:
    parent, program, memory, network, folder = arguments
    back = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(back, "wb") as channel:
        _serve(int(parent), sys.stdin.buffer, channel, (program, int(memory), network == "True", folder))


if __name__ == "__main__":
    _main(sys.argv[1:])

"""What stays behind when a process of ours is killed: a guard ends what its readers had started, and removes their files.

Readers themselves end with the process that started them (`end_with`). An office program that a reader had started does not, and
nobody is left to remove temporary files; so a small process waits for the other end of a pipe to close. Linux: a program is known
as one of ours by its TMPDIR. On macOS and Windows there is no guard: there a program goes on until it has done its work.
"""

import os
import shutil
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_ROUNDS, _PAUSE = 5, 0.2
"""A reader may start a program as it is about to end, so that one look is not enough."""


class Guard:
    """A process that outlives this one by a moment; made before a crew forks."""

    def __init__(self, folder: Path) -> None:
        """Start it.

        Args:
            folder: where readers keep temporary files; a program with a TMPDIR in it is ended.
        """
        self._pid = self._kept = 0
        if sys.platform != "linux":
            return
        waiting, self._kept = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads beside: it uses nothing that they may hold
            self._pid = os.fork()
        if not self._pid:
            _watch(waiting, folder)
        os.close(waiting)

    def dismiss(self) -> None:
        """All is cleared away: it is not needed."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            os.close(self._kept)
            self._pid = 0


def _watch(waiting: int, folder: Path) -> None:
    """What the guard does; it never returns into what its parent was about."""
    try:
        os.setsid()  # what ends a whole group does not end it
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (1, 2):
            os.dup2(nothing, standard)
        os.dup2(waiting, 0)
        os.closerange(3, 65536)
        while os.read(0, 1):
            pass
        for _ in range(_ROUNDS):
            for pid in _started_in(folder):
                with suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(_PAUSE)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os._exit(0)


def _started_in(folder: Path) -> Iterator[int]:
    """Processes whose TMPDIR lies in a folder, as far as they are ours to look at."""
    sign = b"\0TMPDIR=" + os.fsencode(folder) + b"/"
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            if process.name.isdecimal() and sign in b"\0" + (process / "environ").read_bytes():
                yield int(process.name)

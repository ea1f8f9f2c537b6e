"""A command in a process of its own: an engine that uses up its stack, or is stopped by the system, ends that one alone.

Linux and macOS: a fork, made before anything heavy is loaded, which costs a few milliseconds. Ctrl+C ends the command at once, also
amid an evaluation that Python cannot interrupt. Where the old process is killed, the new one ends on Linux at once, on macOS when it
has done its work. Windows has no fork: there the command runs where it is.
"""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from typing import Any

_SIGNAL_AT_PARENTS_END = 1
CRASHES = frozenset({"SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE", "SIGTRAP"})
"""Signals by which a process ends that did something wrong itself."""


def apart() -> int | None:
    """Go on in a new process.

    Returns:
        None in the new process. In the old one, once the new one has ended, its exit status; minus the signal that ended it.
    """
    if not hasattr(os, "fork"):
        return None
    passed_on = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    kept = signal.pthread_sigmask(signal.SIG_BLOCK, passed_on)  # what comes amid the fork waits for whom it is meant
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        end_with(parent)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, kept)
        return None

    def tell(number: int, _: Any) -> None:
        with suppress(ProcessLookupError):  # it has just ended
            os.kill(child, number)

    for number in passed_on:
        signal.signal(number, tell)
    signal.pthread_sigmask(signal.SIG_SETMASK, kept)
    status = os.waitpid(child, 0)[1]
    for number in passed_on:
        signal.signal(number, signal.SIG_IGN)  # nothing is left to do but to say how it ended
    return os.waitstatus_to_exitcode(status)


def end_with(parent: int) -> None:
    """Have the system end this process when its parent ends, however that comes; Linux alone can (prctl(2), PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SIGNAL_AT_PARENTS_END, ctypes.c_ulong(signal.SIGKILL))
        if os.getppid() != parent:  # it has ended before this was asked for
            os._exit(1)

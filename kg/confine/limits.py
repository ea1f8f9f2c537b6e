"""Limits of a process: its memory, and what it leaves behind when it is ended."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
_AFTER_OTHERS = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take.

    Attributes:
        memory: bytes.
        seconds: from when it is begun.
    """

    memory: int = 2048 * MEGABYTE
    seconds: float = 300.0


def limit_memory(size: int) -> None:
    """Let this process, and each that it starts, have no more memory of its own than this; more is a `MemoryError`, or ends it.

    Linux counts what a process may write, used or not (RLIMIT_DATA of setrlimit(2)), macOS its addresses; Windows sets no limit.

    Args:
        size: bytes.
    """
    try:
        import resource  # noqa: PLC0415  # Windows has none
    except ModuleNotFoundError:
        return
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, most = resource.getrlimit(kind)
    soft = size if most == resource.RLIM_INFINITY else min(size, most)
    with suppress(OSError, ValueError):  # macOS refuses less than what is used already
        resource.setrlimit(kind, (soft, most))


def memory_held() -> int:
    """Bytes that this process holds of what `limit_memory` limits.

    Linux tells what it holds now, macOS the most that it ever used, Windows nothing (0).
    """
    if sys.platform == "linux":
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    try:
        import resource  # noqa: PLC0415  # Windows has none
    except ModuleNotFoundError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def machine_memory() -> int:
    """Bytes of memory that this machine has; 0 where it does not say, as on Windows."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0


def give_way(threads: str) -> None:
    """Have threads of this process whose names begin so leave the processors to all others; only Linux knows threads by name.

    They keep a tenth of what they would have, so that nobody waits long for what one of them holds.
    """
    for task in Path("/proc/self/task").glob("*/comm"):
        with suppress(OSError):  # it has ended
            if task.read_text(encoding="utf-8").startswith(threads):
                thread = int(task.parent.name)
                os.setpriority(os.PRIO_PROCESS, thread, max(_AFTER_OTHERS, os.getpriority(os.PRIO_PROCESS, thread)))


def end_tree(pid: int) -> None:
    """Kill a process and all that it has started, as far as the system tells of them (Linux)."""
    for one in [pid, *_below(pid)]:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(one, getattr(signal, "SIGKILL", signal.SIGTERM))


def _below(pid: int) -> Iterator[int]:
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, listed.read_text(encoding="ascii").split()):
                yield from (child, *_below(child))

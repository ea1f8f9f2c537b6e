"""What this process holds, and how what it has freed goes back to the system (glibc; elsewhere the system decides)."""

import ctypes
import resource
from contextlib import suppress
from functools import cache
from pathlib import Path

from kg.confine.limits import machine_memory

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # of malloc.h
_LARGE = 1 << 20
"""Bytes from which a block is mapped on its own, so that it goes back when it is freed."""


def held() -> int:
    """Bytes of memory that this process does not share, 0 where the system does not tell."""
    try:
        _, resident, shared, *_ = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return (int(resident) - int(shared)) * resource.getpagesize()


def office_share() -> int:
    """Bytes that a service may take of a machine that others use too: 4 GB, but no more than half of what there is."""
    return min(4 << 30, machine_memory() // 2 or 4 << 30)


def keep_little() -> None:
    """Have large blocks go back when they are freed, and threads share two arenas."""
    with suppress(AttributeError):
        _c().mallopt(_MMAP_THRESHOLD, _LARGE)
        _c().mallopt(_ARENA_MAX, 2)


def give_back() -> None:
    """Give back what is free."""
    with suppress(AttributeError):
        _c().malloc_trim(0)


@cache
def _c() -> ctypes.CDLL:
    return ctypes.CDLL(None)


class Memory:
    """What this process holds beyond what it held at first."""

    def __init__(self, keep: int) -> None:
        """Begin now.

        Args:
            keep: bytes that it may hold beside.
        """
        self._keep, self._fresh, self._first = keep, held(), _peak()

    def is_spent(self, beside: int) -> bool:
        """Whether it holds so much more, once it has given back what it can, that a fresh one should follow it.

        Args:
            beside: bytes that it needs just now.
        """
        if _peak() <= self._first + self._keep:  # it never held so much: asking that costs less than what it holds now
            return False
        usual = self._fresh + beside
        if held() - usual <= self._keep:
            return False
        give_back()
        return held() - usual > self._keep


def _peak() -> int:
    """Bytes that this process held at most, shared ones too (on macOS a larger number)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

"""What this process holds, and how what it has freed goes back to the system (glibc; elsewhere the system decides)."""

import ctypes
import resource
from contextlib import suppress
from functools import cache
from pathlib import Path

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

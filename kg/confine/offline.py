"""A process without network: whatever an engine is made to do in it, it reaches no other machine and no service of this one.

What holds where:

- Linux on x86-64, ARM64, RISC-V and LoongArch: a seccomp filter for all threads of the process and all that it starts. No socket can
  be opened but of the family `AF_UNIX`, and none can be connected; a channel that was open before goes on.
- macOS: the profile `no-internet` of the system's sandbox, for the process and all that it starts.
- Elsewhere, on Windows too: nothing. Only what is refused before it is evaluated holds there.

There is no way back: it is called in a process that does nothing else.

Source: seccomp(2), the kernel's seccomp_filter.rst and audit.h; sandbox_init(3).
"""

import ctypes
import errno
import platform
import socket
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MARK, _FIRST = 0, 4, 16
"""Where the number of a call, the machine that it is made for, and the low half of its first argument lie (struct seccomp_data)."""
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_OTHER_TABLE = 0x40000000
"""Numbers from here on are the calls of x32, which no program of today makes."""
_NO_NEW_PRIVILEGES, _FILTER, _ALL_THREADS = 38, 1, 1


@dataclass(frozen=True, slots=True)
class Machine:
    """How calls are numbered on a kind of machine, and its mark in audit.h."""

    mark: int
    socket: int = 198
    connect: int = 203
    io_uring_setup: int = 425
    seccomp: int = 277


MACHINES = MappingProxyType(
    {
        "x86_64": Machine(0xC000003E, socket=41, connect=42, seccomp=317),
        "aarch64": Machine(0xC00000B7),
        "riscv64": Machine(0xC00000F3),
        "loongarch64": Machine(0xC0000102),
    }
)


def without_network() -> bool:
    """Take the network away from this process for good.

    Returns:
        Whether it is gone; false where this system has no means to.
    """
    if sys.platform == "linux":
        machine = MACHINES.get(platform.machine())
        return machine is not None and _filtered(machine)
    return sys.platform == "darwin" and _sandboxed()


def program(machine: Machine) -> bytes:
    """The filter, as instructions of classic BPF (struct sock_filter: code, jump where true, where false, value)."""
    return b"".join(struct.pack("=HBBI", *step) for step in _steps(machine))


def _steps(machine: Machine) -> Iterator[tuple[int, int, int, int]]:
    yield _LOAD, 0, 0, _MARK
    yield _IF_EQUAL, 0, 8, machine.mark
    yield _LOAD, 0, 0, _NUMBER
    yield _IF_AT_LEAST, 6, 0, _OTHER_TABLE
    yield _IF_EQUAL, 5, 0, machine.connect
    yield _IF_EQUAL, 4, 0, machine.io_uring_setup
    yield _IF_EQUAL, 0, 2, machine.socket
    yield _LOAD, 0, 0, _FIRST
    yield _IF_EQUAL, 0, 1, int(socket.AF_UNIX)
    yield _RETURN, 0, 0, _ALLOW
    yield _RETURN, 0, 0, _REFUSE


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def _filtered(machine: Machine) -> bool:
    steps = program(machine)
    made = _Program(len(steps) // 8, steps)
    system, long = ctypes.CDLL(None), ctypes.c_ulong  # both take words of the machine's width
    if system.prctl(_NO_NEW_PRIVILEGES, long(1), long(0), long(0), long(0)) != 0:
        return False
    return bool(system.syscall(long(machine.seccomp), long(_FILTER), long(_ALL_THREADS), ctypes.byref(made)) == 0)


def _sandboxed() -> bool:
    named, said = 1, ctypes.c_char_p()
    try:
        start = ctypes.CDLL("/usr/lib/libSystem.B.dylib").sandbox_init
    except (AttributeError, OSError):
        return False
    start.argtypes = (ctypes.c_char_p, ctypes.c_uint64, ctypes.POINTER(ctypes.c_char_p))
    return bool(start(b"no-internet", named, ctypes.byref(said)) == 0)

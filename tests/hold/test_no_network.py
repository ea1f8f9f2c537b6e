"""A process that evaluates queries has no network: whatever gets past what is refused before, no call leaves it."""

import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from kg.confine.offline import MACHINES, program
from tests.hold.listening import listening
from tests.servers import PATIENCE

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the filter is of Linux")
REFUSED, ALLOWED = 0x00050000 | 13, 0x7FFF0000
X86, ARM = "x86_64", "aarch64"


def verdict(kind: str, number: int, first: int = 0, made_for: str | None = None) -> int:
    """What the filter of a machine says to a call, as the kernel would run it."""
    seen = {0: number, 4: MACHINES[made_for or kind].mark, 16: first}
    steps = list(struct.iter_unpack("=HBBI", program(MACHINES[kind])))
    held, place = 0, 0
    while True:
        code, yes, no, value = steps[place]
        place += 1
        if code == 0x20:
            held = seen[value]
        elif code == 0x06:
            return value
        else:
            place += yes if (held == value if code == 0x15 else held >= value) else no


@pytest.mark.parametrize(
    ("kind", "number", "first", "said"),
    [
        (X86, 41, socket.AF_INET, REFUSED),
        (X86, 41, 10, REFUSED),  # AF_INET6
        (X86, 41, 16, REFUSED),  # AF_NETLINK
        (X86, 41, 17, REFUSED),  # AF_PACKET
        (X86, 41, 40, REFUSED),  # AF_VSOCK
        (X86, 41, 1, ALLOWED),  # AF_UNIX
        (X86, 42, 3, REFUSED),  # connect
        (X86, 425, 0, REFUSED),  # io_uring_setup
        (X86, 53, 1, ALLOWED),  # socketpair
        (X86, 0, 2, ALLOWED),  # read
        (X86, 257, 0, ALLOWED),  # openat
        (X86, 0x40000029, socket.AF_INET, REFUSED),  # socket of x32
        (ARM, 198, socket.AF_INET, REFUSED),
        (ARM, 198, 1, ALLOWED),
        (ARM, 203, 3, REFUSED),
        (ARM, 425, 0, REFUSED),
        (ARM, 41, 2, ALLOWED),  # pivot_root there, which needs rights of its own
        ("riscv64", 198, 2, REFUSED),
        ("loongarch64", 203, 0, REFUSED),
    ],
)
def test_the_filter_refuses_calls_that_lead_out(kind: str, number: int, first: int, said: int):
    assert verdict(kind, number, first) == said


def test_calls_made_for_another_machine_are_refused():
    assert verdict(X86, 102, made_for=ARM) == REFUSED


def printed(code: str, *arguments: str) -> list[str]:
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, timeout=PATIENCE)
    return run.stdout.split()


@LINUX
def test_oxigraph_itself_and_its_threads_cannot_call():
    code = """
import sys, threading
import pyoxigraph as ox
from kg.confine.offline import without_network
print(without_network())
def ask(url):
    for text in (f"SELECT * {{ SERVICE <{url}> {{?a ?b ?c}} }}", f"LOAD <{url}>"):
        try:
            ox.Store().update(text) if "LOAD" in text else list(ox.Store().query(text))
            print("called")
        except OSError as error:
            print(type(error).__name__)
for url in sys.argv[1:]:
    ask(url)
    thread = threading.Thread(target=ask, args=(url,))
    thread.start()
    thread.join()
"""
    with listening() as listener:
        said = printed(code, *listener.urls)
        assert (said[0], len(said)) == ("True", 1 + 4 * len(listener.urls))
        assert said.count("PermissionError") >= 4
        assert listener.calls() == []


@LINUX
def test_threads_that_ran_before_and_programs_started_after_have_none_either():
    code = """
import socket, subprocess, sys, threading
from kg.confine.offline import without_network
go = threading.Event()
def later():
    go.wait()
    try: socket.socket(); print("made")
    except OSError as error: print(type(error).__name__)
thread = threading.Thread(target=later)
thread.start()
without_network(); go.set(); thread.join()
run = subprocess.run([sys.executable, "-c", "import socket; socket.socket()"], capture_output=True, text=True)
print(run.stderr.split()[-5].strip(":"))
print(*[one.recv(1) for one in [(lambda a, b: (a.send(b"x"), b)[1])(*socket.socketpair())]])
"""
    assert printed(code)[0] == "PermissionError"
    assert printed(code)[-2:] == ["PermissionError", "b'x'"]


WORK = """
import socket, sys
from pathlib import Path
from kg.serve.evaluator import work
from kg.serve.settings import Settings
ours, theirs = socket.socketpair()
ours.close()
work(theirs, Settings(Path(sys.argv[1]), services=tuple(sys.argv[2:])))
try: socket.socket(); print("network")
except PermissionError: print("none")
"""


@LINUX
def test_a_worker_of_the_service_has_a_network_only_where_a_query_may_use_it(tmp_path: Path):
    assert printed(WORK, str(tmp_path)) == ["none"]
    assert printed(WORK, str(tmp_path), "http://127.0.0.1:7/") == ["network"]

"""Seconds of `kg demo` and `kg --help`, beside a Python that imports nothing."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMANDS = {"demo": (["demo"], 6.0), "--help": (["--help"], 0.4)}


def main() -> None:
    kg = Path(sys.executable).with_name("kg")
    bare = seconds([sys.executable, "-c", "pass"])
    for name, (arguments, bar) in COMMANDS.items():
        took = seconds([str(kg), *arguments])
        print(f"kg {name:<6} {took:>7.2f} s (bar {bar} s): {'met' if took <= bar else 'MISSED'}; {took / bare:.0f} × a bare python")


def seconds(command: list[str], times: int = 3) -> float:
    """Best of several runs, each in an empty folder."""
    best = float("inf")
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            best = min(best, time.perf_counter() - start)
    return best

"""`make bench` starts with what `make dev` brings."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTED = """
import sys
from importlib import import_module
sys.modules["igraph"] = None
from bench.__main__ import NAMES
for name in NAMES:
    print(name, callable(import_module(f"bench.{name}").main))
"""


def test_every_bench_starts_without_igraph_which_no_extra_brings():
    done = subprocess.run([sys.executable, "-c", STARTED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "analysis True" in done.stdout.splitlines()
    assert {line.split()[1] for line in done.stdout.splitlines()} == {"True"}

"""`make bench` starts with what `make dev` brings, and speaks of what there is."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STARTED = """
import sys
from importlib import import_module
sys.modules["igraph"] = None
from bench.__main__ import NAMES
for name in NAMES:
    print(name, callable(import_module(f"bench.{name}").main))
"""


@pytest.mark.slow
def test_every_bench_starts_without_igraph_which_no_extra_brings():
    done = subprocess.run([sys.executable, "-c", STARTED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "analysis True" in done.stdout.splitlines()
    assert {line.split()[1] for line in done.stdout.splitlines()} == {"True"}


def test_generated_graphs_and_queries_say_only_what_the_ontology_knows():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bench").glob("*.py"))
    said = set(re.findall(r"\bino(?:\([\"']|:)(\w+)", code))
    assert {"about", "cooperatesWith", "Enterprise"} <= said
    ontology = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ontology").glob("*.ttl"))
    assert said - set(re.findall(r"^ino:(\w+) a ", ontology, re.MULTILINE)) == set()

"""What only some commands need is missed by those alone, and they say which install brings it."""

import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from kg.analyse.network import Network
from kg.analyse.prediction import Combination, Kinds
from kg.errors import ExtraMissingError

HEAVY = ("scipy", "sklearn", "pyarrow", "networkit", "rustworkx", "matplotlib", "xlsxwriter")
ASKED = "SELECT ?of ?growth { ?o ino:of ?of ; ino:growth ?growth }"


def kg_without(missing: tuple[str, ...], *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """`kg` where some packages are not installed."""
    asked = f"import sys; sys.modules.update(dict.fromkeys({missing!r})); sys.argv[0] = 'kg'; from kg.cli import main; main()"
    return subprocess.run([sys.executable, "-c", asked, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def test_reading_and_asking_need_nothing_that_only_analysis_needs(tmp_path: Path):
    (tmp_path / "report.txt").write_text("海思与上汽集团签订战略合作协议。\n", encoding="utf-8")
    assert kg_without(HEAVY, "--help", cwd=tmp_path).returncode == 0
    assert kg_without(HEAVY, "ingest", "report.txt", cwd=tmp_path).returncode == 0
    answer = kg_without(HEAVY, "query", "--name", "cooperations", "--format", "csv", cwd=tmp_path)
    assert answer.returncode == 0
    assert "海思" in answer.stdout

    parquet = kg_without(("pyarrow",), "query", ASKED, "--format", "parquet", "-o", "x.parquet", cwd=tmp_path)
    assert parquet.returncode == 2
    assert parquet.stderr.strip().endswith("Parquet needs pyarrow. Run: pip install 'innovation-kg[parquet]'")
    tables = kg_without(("pyarrow",), "export", "--format", "parquet", "-o", "tables", cwd=tmp_path)
    assert (tables.returncode, (tmp_path / "tables").exists()) == (2, False)


def test_a_clustering_needs_neither_the_learning_nor_the_drawing_package(tmp_path: Path):
    (tmp_path / "report.txt").write_text("海思与上汽集团签订战略合作协议。\n", encoding="utf-8")
    assert kg_without((), "ingest", "report.txt", cwd=tmp_path).returncode == 0
    found = kg_without(("sklearn", "matplotlib", "pyarrow"), "view", "-o", "graph.html", cwd=tmp_path)
    assert (found.returncode, found.stderr) == (0, "")


def test_learning_says_which_install_brings_what_it_needs(monkeypatch: pytest.MonkeyPatch):
    for name in ("sklearn", "sklearn.linear_model"):
        monkeypatch.setitem(sys.modules, name, None)
    network = Network.of(nx.karate_club_graph())
    kinds = Kinds(["Enterprise"] * network.n, frozenset({"Enterprise"}), frozenset({"Enterprise"}))
    with pytest.raises(ExtraMissingError, match=r"pip install 'innovation-kg\[recommend\]'"):
        Combination(network, np.arange(network.m), kinds)

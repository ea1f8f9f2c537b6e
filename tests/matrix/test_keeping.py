"""A graph of any kind is kept, brought back, emptied and read by the `kg` of the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg.workspace.workspace import Workspace
from tests.matrix.commands import COMMANDS, Command, Done, judge, kg
from tests.matrix.conftest import OnceMade
from tests.matrix.graphs import GRAPHS
from tests.servers import BIN, PATIENCE

pytestmark = pytest.mark.slow
EACH = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER (?g != graph:ontology) }"
FIRST_OF_EACH = tuple({command.line[0]: command for command in COMMANDS}.values())


def statements(workspace: Path) -> list[bytes]:
    """Every statement, a line each, in order."""
    return sorted(kg("query", EACH, "--format", "csv", "-w", workspace).out.splitlines())


@pytest.mark.parametrize("graph", GRAPHS)
def test_a_backup_brings_the_same_graph_back(made: OnceMade, graph: str, tmp_path: Path):
    before = made(graph).workspace
    assert kg("backup", tmp_path / "copy", "-w", before).status == 0
    assert kg("restore", tmp_path / "copy", "-w", tmp_path / "w").status == 0
    assert statements(tmp_path / "w") == statements(before)


@pytest.mark.parametrize("graph", GRAPHS)
def test_a_graph_without_its_documents_still_has_a_report_and_a_page(made: OnceMade, graph: str, tmp_path: Path):
    assert kg("backup", tmp_path / "copy", "-w", made(graph).workspace).status == 0
    assert kg("restore", tmp_path / "copy", "-w", tmp_path / "w").status == 0
    for document in Workspace(tmp_path / "w").documents():
        assert kg("remove", document.name, "-w", tmp_path / "w").status == 0
    for number, command in enumerate(FIRST_OF_EACH):
        out = tmp_path / f"{number}{command.suffix}"
        judge(command, kg(*command.words(out, made(graph).thing), "-w", tmp_path / "w"), out)


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script")
@pytest.mark.parametrize("command", FIRST_OF_EACH, ids=str)
def test_the_program_itself_answers_or_says_in_one_line_why_not(made: OnceMade, command: Command, tmp_path: Path):
    on, out = made("odd_passage"), tmp_path / f"out{command.suffix}"
    done = subprocess.run(
        [BIN / "kg", *command.words(out, on.thing), "-w", on.workspace], capture_output=True, check=False, timeout=PATIENCE
    )
    judge(command, Done(done.returncode, done.stdout, done.stderr.decode()), out)

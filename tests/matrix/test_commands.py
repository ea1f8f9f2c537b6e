"""No command ends in a traceback or an empty page, whatever graph it reads."""

from pathlib import Path

import pytest

from tests.matrix.commands import COMMANDS, Command, carry_out
from tests.matrix.conftest import OnceMade
from tests.matrix.graphs import GRAPHS

QUICK = {
    "odd_passage": (
        "report",
        "view",
        "rank",
        "clusters",
        "network",
        "whatif",
        "recommend",
        "export",
        "validate",
        "timeline",
        "diff",
        "check",
    ),
    "empty": ("report", "view", "network"),
}
"""Graph → commands that run on it whenever tests run; the rest is the slow part."""
CASES = [
    pytest.param(graph, command, id=f"{graph} {command}", marks=() if command.line[0] in QUICK.get(graph, ()) else pytest.mark.slow)
    for graph in GRAPHS
    for command in COMMANDS
]


@pytest.mark.parametrize(("graph", "command"), CASES)
def test_every_command_answers_or_says_in_one_line_why_not(made: OnceMade, graph: str, command: Command, tmp_path: Path):
    on = made(graph)
    carry_out(command, on.workspace, on.thing, tmp_path)

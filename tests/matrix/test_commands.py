"""No command ends in a traceback or an empty page, whatever graph it reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.query import questions
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


def tried(graph: str) -> Iterator[Command]:
    """What runs on a graph: each command, and each question in one of its forms, another on the next graph (Cohen et al., The AETG system,
    1997: all pairs of graph and question, of question and form, of graph and form)."""
    forms: dict[str, list[Command]] = {}
    for command in COMMANDS:
        if command.line[:2] == ("query", "--name"):
            forms.setdefault(command.line[2], []).append(command)
        else:
            yield command
    for number, of_one in enumerate(forms.values()):
        yield of_one[(list(GRAPHS).index(graph) + number) % len(of_one)]


CASES = [
    pytest.param(graph, command, id=f"{graph} {command}", marks=() if command.line[0] in QUICK.get(graph, ()) else pytest.mark.slow)
    for graph in GRAPHS
    for command in tried(graph)
]


def test_every_question_is_asked_of_every_graph_and_in_every_form():
    asked = {(graph, command.line[2]) for graph in GRAPHS for command in tried(graph) if command.line[:2] == ("query", "--name")}
    assert asked == {(graph, name) for graph in GRAPHS for name in questions()}
    assert {command for graph in GRAPHS for command in tried(graph)} == set(COMMANDS)


@pytest.mark.parametrize(("graph", "command"), CASES)
def test_every_command_answers_or_says_in_one_line_why_not(made: OnceMade, graph: str, command: Command, tmp_path: Path):
    on = made(graph)
    carry_out(command, on.workspace, on.thing, tmp_path)

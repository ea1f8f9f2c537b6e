"""No facts that a report may state make a command end in a traceback."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Facts
from tests.conftest import tries
from tests.matrix.commands import COMMANDS, Command, carry_out
from tests.matrix.facts import facts, stored

NOT_HERE = [command for command in COMMANDS if "--explorer" not in command.line]
SETTINGS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
KINDS: dict[tuple[str, ...], list[Command]] = {}
"""A command; of the forms in which a question is asked, each graph of facts meets one (`test_commands.py` tries all on graphs of ours)."""
for one in NOT_HERE:
    KINDS.setdefault(one.line[:3] if one.line[:2] == ("query", "--name") else one.line, []).append(one)
chosen = st.sampled_from(list(KINDS)).flatmap(lambda kind: st.sampled_from(KINDS[kind]))
made, some = facts(), st.lists(chosen, min_size=5, max_size=5, unique_by=str)


def answered(stated: Facts, commands: list[Command]) -> None:
    """Store facts in a new workspace, and run commands on it."""
    with tempfile.TemporaryDirectory() as folder:
        stored(stated, Path(folder) / "w")
        for number, command in enumerate(commands):
            (Path(folder) / str(number)).mkdir()
            carry_out(command, Path(folder) / "w", stated.entities[0].name, Path(folder) / str(number))


@settings(max_examples=6, **SETTINGS)  # type: ignore[arg-type]
@given(made, some)
def test_a_few_graphs_of_any_facts_answer_a_few_commands(stated: Facts, commands: list[Command]):
    answered(stated, commands)


@pytest.mark.slow
@settings(max_examples=tries(80), **SETTINGS)  # type: ignore[arg-type]
@given(made, some)
def test_many_graphs_of_any_facts_answer_a_few_commands(stated: Facts, commands: list[Command]):
    answered(stated, commands)
